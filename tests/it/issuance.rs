//! The main job end to end: a license is made, sealed and verified, in every container and layout.

use yinxin::crypto::{Signer, Sm2Signature};
use yinxin::issue;
use yinxin::pdf::Document;
use yinxin::seal::{Listing, SealMaker, SealPicture, SealSpec};
use yinxin::ses::{Layout, SesSeal};
use yinxin::sign::{Pending, Place, Protection, Request, prepare};
use yinxin::trust::AnchorRole;
use yinxin::verify::{
    CheckCode, Format, Outcome, Policy, Reason, Report, Role, SignatureKind, Verifier,
};
use yinxin::{ErrorKind, FindingClass};

use crate::pki::{self, Party, SIGNED_AT, time, world};

const LAYOUTS: [Layout; 3] = [
    Layout::Gmt0031_2014,
    Layout::Gbt38540_2020,
    Layout::Gmt0031_2025,
];

fn request(seal: SesSeal, signer: &Party) -> Request {
    Request::affix(seal, signer.certificate.clone(), time(SIGNED_AT)).at(Place {
        page: 0,
        center_x_mm: 160.0,
        center_y_mm: 240.0,
    })
}

fn pending(document: &[u8]) -> Pending {
    let seal = pki::seal_of(Layout::Gbt38540_2020);
    prepare(document, request(seal, &world().signer)).unwrap()
}

fn passed(document: &[u8]) -> Report {
    let report = pki::judge(document);
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
    assert_eq!(report.headline, None);
    report
}

/// Names of the license's sources with the signatures that cover each.
fn sources(report: &Report) -> Vec<(&str, &[usize])> {
    let license = report.license.as_ref().unwrap();
    let sources = license.sources.iter();
    sources
        .map(|source| (source.source, source.covered_by.as_slice()))
        .collect()
}

#[test]
fn a_sealed_ofd_passes_in_every_layout() {
    for layout in LAYOUTS {
        let report = passed(&pki::sealed(issue::Format::Ofd, layout));
        let [signature] = report.signatures.as_slice() else {
            panic!("{layout:?}: not one signature");
        };
        assert_eq!(signature.standard, Some(layout.standard()));
        assert_eq!(signature.kind, SignatureKind::Seal);
        assert_eq!(signature.signed_at, Some(time(SIGNED_AT)));
        assert_eq!(signature.time_source, Some("claimed"));
        let seal = signature.seal.as_ref().unwrap();
        assert_eq!(seal.id, "34990000000001");
    }
}

#[test]
fn a_sealed_pdf_passes_in_every_layout() {
    for layout in LAYOUTS {
        let report = passed(&pki::sealed(issue::Format::Pdf, layout));
        assert_eq!(report.signatures[0].standard, Some(layout.standard()));
    }
}

#[test]
fn the_license_comes_from_three_covered_sources() {
    let reports = [
        (
            passed(&pki::sealed_ofd()),
            ["custom-data", "attachment", "page"],
        ),
        (passed(&pki::sealed_pdf()), ["page", "xmp", "embedded-file"]),
    ];
    for (report, expected) in reports {
        let expected: Vec<_> = expected.map(|name| (name, [0].as_slice())).to_vec();
        assert_eq!(sources(&report), expected);
        assert!(report.unsigned_claims.is_none());
        let claims = &report.license.as_ref().unwrap().claims;
        let metadata = pki::business_license();
        assert_eq!(claims.number.as_deref(), Some(metadata.number()));
        assert_eq!(
            claims.identifier.as_deref(),
            Some(metadata.identifier().to_string().as_str())
        );
        assert_eq!(
            claims.field("FDDBR").map(|field| field.value.as_str()),
            Some("张三")
        );
    }
}

#[test]
fn each_axis_is_answered_and_an_expired_license_is_no_forgery() {
    let sealed = pki::sealed_ofd();
    let report = pki::verifier().verify(&sealed, time("2030-12-31"));
    assert_eq!(report.outcome, Outcome::Passed);
    let after = time("2046-02-01");
    let report = pki::verifier().verify(&sealed, after);
    assert_eq!(report.axes.authentic, Outcome::Passed);
    assert_eq!(report.axes.in_force, Outcome::Failed);
    assert_eq!(report.outcome, Outcome::Failed);
}

#[test]
fn sealing_is_deterministic_up_to_the_signature_and_so_is_the_rest() {
    let unsigned = pki::unsigned_ofd();
    assert_eq!(unsigned, pki::unsigned_ofd());
    assert_eq!(pending(&unsigned).message(), pending(&unsigned).message());
    assert_eq!(pki::sealed_ofd(), pki::sealed_ofd());
    assert_eq!(pki::sealed_pdf(), pki::sealed_pdf());
}

#[test]
fn a_value_made_elsewhere_comes_as_der_or_as_r_and_s() {
    let key = &world().signer.key;
    for unsigned in [pki::unsigned_ofd(), pki::unsigned_pdf()] {
        let pending = pending(&unsigned);
        let der = key.sign(pending.message()).unwrap();
        let raw = Sm2Signature::from_der(&der).unwrap().to_raw();
        let one = pending.complete(&der).unwrap();
        let other = pending.complete(&raw).unwrap();
        assert_eq!(one, other);
        passed(&one);
    }
}

#[test]
fn the_digest_is_what_a_token_signs() {
    let pending = pending(&pki::unsigned_ofd());
    let key = &world().signer.key;
    let expected = key
        .public_key()
        .sm2_digest(&yinxin::crypto::Sm2Id::default(), pending.message());
    assert!(pending.digest().is_some());
    assert_eq!(pending.digest(), expected);
}

#[test]
fn a_pending_signature_survives_storage() {
    for unsigned in [pki::unsigned_ofd(), pki::unsigned_pdf()] {
        let stored = pending(&unsigned).to_bytes().unwrap();
        let resumed = Pending::from_bytes(&stored, &unsigned).unwrap();
        passed(&resumed.sign(&world().signer.key).unwrap());
    }
}

#[test]
fn a_place_between_micrometres_survives_storage() {
    let unsigned = pki::unsigned_ofd();
    let request = request(pki::seal_of(Layout::Gbt38540_2020), &world().signer).at(Place {
        page: 0,
        center_x_mm: 100.0 + 1.0 / 3.0,
        center_y_mm: 200.000_04,
    });
    let stored = prepare(&unsigned, request).unwrap().to_bytes().unwrap();
    Pending::from_bytes(&stored, &unsigned).unwrap();
}

#[test]
fn a_pending_license_is_taken_up_by_its_draft_alone() {
    let signer = &world().signer;
    let request = request(pki::seal_of(Layout::Gbt38540_2020), signer);
    let stored = pki::draft().prepare(issue::Format::Ofd, request).unwrap();
    let stored = stored.to_bytes().unwrap();
    let resumed = pki::draft().resume(issue::Format::Ofd, &stored).unwrap();
    passed(resumed.sign(&signer.key).unwrap().bytes());
    let error = pki::draft()
        .resume(issue::Format::Pdf, &stored)
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PendingMismatch);
}

#[test]
fn a_pending_signature_belongs_to_its_document() {
    let stored = pending(&pki::unsigned_ofd()).to_bytes().unwrap();
    let error = Pending::from_bytes(&stored, &pki::unsigned_pdf()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PendingMismatch);
}

#[test]
fn an_altered_pending_signature_is_never_taken_up() {
    let unsigned = pki::unsigned_ofd();
    let stored = pending(&unsigned).to_bytes().unwrap();
    for place in (0..stored.len()).step_by(41) {
        let mut altered = stored.clone();
        altered[place] ^= 1;
        assert!(
            Pending::from_bytes(&altered, &unsigned).is_err(),
            "byte {place}"
        );
    }
}

#[test]
fn a_value_of_another_key_is_refused_before_it_is_embedded() {
    for unsigned in [pki::unsigned_ofd(), pki::unsigned_pdf()] {
        let pending = pending(&unsigned);
        let value = world().company.key.sign(pending.message()).unwrap();
        let error = pending.complete(&value).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
        let error = pending.sign(&world().company.key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::KeyMismatch);
    }
}

#[test]
fn a_seal_serves_only_its_signers() {
    let world = world();
    let seal = || pki::seal_of(Layout::Gbt38540_2020);
    let refused = |signer| {
        prepare(&pki::unsigned_ofd(), request(seal(), signer))
            .unwrap_err()
            .kind()
    };
    assert_eq!(refused(&world.company), ErrorKind::SignerNotInSeal);
    assert_eq!(refused(&world.renewed_signer), ErrorKind::SignerRenewed);
    assert_eq!(refused(&world.expired_signer), ErrorKind::InvalidArgument);
}

#[test]
fn a_locked_ofd_takes_no_other_signature() {
    let request =
        request(pki::seal_of(Layout::Gbt38540_2020), &world().signer).protection(Protection::Whole);
    let locked = prepare(&pki::unsigned_ofd(), request)
        .unwrap()
        .sign(&world().signer.key)
        .unwrap();
    let report = passed(&locked);
    assert!(report.signatures[0].coverage.uncovered.is_empty());
    let second = Request::sign(world().other_signer.certificate.clone(), time(SIGNED_AT));
    let error = prepare(&locked, second).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DocumentLocked);
}

#[test]
fn a_second_seal_leaves_the_first_good() {
    let other = &world().other_signer;
    let seal = pki::make_seal(Layout::Gmt0031_2025, &[other], &world().maker);
    let twice = prepare(&pki::sealed_ofd(), request(seal, other))
        .unwrap()
        .sign(&other.key)
        .unwrap();
    let report = passed(&twice);
    let outcomes: Vec<_> = report.signatures.iter().map(|one| one.outcome).collect();
    assert_eq!(outcomes, [Outcome::Passed, Outcome::Passed]);
    for (_, covered_by) in sources(&report) {
        assert_eq!(covered_by, [0, 1]);
    }
}

#[test]
fn a_signature_without_a_seal_joins_one() {
    let other = &world().other_signer;
    let request = Request::sign(other.certificate.clone(), time(SIGNED_AT));
    let signed = prepare(&pki::sealed_ofd(), request)
        .unwrap()
        .sign(&other.key)
        .unwrap();
    let report = passed(&signed);
    assert_eq!(report.signatures[1].kind, SignatureKind::Signature);
    assert_eq!(report.signatures[1].standard, Some("GB/T 35275-2017"));
}

#[test]
fn a_second_signature_on_a_pdf_is_admitted_by_the_first() {
    let other = &world().other_signer;
    let request = Request::sign(other.certificate.clone(), time(SIGNED_AT));
    let signed = prepare(&pki::sealed_pdf(), request)
        .unwrap()
        .sign(&other.key)
        .unwrap();
    let report = passed(&signed);
    let changes = &report.signatures[0].coverage.changes;
    assert!(changes[0].ends_with(": signature"), "{changes:?}");
    assert_eq!(report.signatures[1].outcome, Outcome::Passed);
    assert_eq!(Document::open(&signed).unwrap().revisions().len(), 3);
}

#[test]
fn a_pdf_is_signed_with_p256_too() {
    let signer = &world().p256_signer;
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let pending = prepare(&pki::unsigned_pdf(), request).unwrap();
    let report = passed(&pending.sign(&signer.key).unwrap());
    assert_eq!(report.signatures[0].standard, Some("RFC 5652"));
    assert_eq!(
        report.signatures[0].algorithm.as_deref(),
        Some(pending.algorithm().name())
    );
}

#[test]
fn revocation_is_asked_for_by_the_window_and_found() {
    let sealed = pki::sealed_ofd();
    let world = world();
    let revocations = |report: &Report| -> Vec<_> {
        [CheckCode::RevocationSigner, CheckCode::RevocationMaker]
            .into_iter()
            .flat_map(|code| pki::checks(report, code))
            .map(|check| (check.code, check.outcome, check.reason))
            .collect()
    };
    let verifier = pki::verifier()
        .with_crl(world.signer_crl.clone())
        .with_crl(world.maker_crl.clone());
    let report = verifier.verify(&sealed, pki::now());
    assert_eq!(
        revocations(&report),
        [
            (CheckCode::RevocationSigner, Outcome::Passed, None),
            (CheckCode::RevocationMaker, Outcome::Passed, None)
        ]
    );
    assert_eq!(report.evidence.len(), 2);
    // Revoked the day after the claimed time, which nothing proves: open, not good.
    let verifier = pki::verifier().with_crl(world.revoking_crl.clone());
    let report = verifier.verify(&sealed, pki::now());
    assert_ne!(report.outcome, Outcome::Passed);
    let [time] = pki::checks(&report, CheckCode::SealSignatureTime)[..] else {
        panic!("not one time");
    };
    assert_eq!(time.outcome, Outcome::Indeterminate);
    assert_eq!(time.reason, Some(Reason::RevokedSince));
}

#[test]
fn a_seal_made_by_its_maker_serves_however_it_lists_its_signers() {
    let world = world();
    let maker = SealMaker::from_certificate(world.maker.certificate.clone()).unwrap();
    for (layout, listing) in [
        (Layout::Gmt0031_2014, Listing::Certificates),
        (Layout::Gbt38540_2020, Listing::Certificates),
        (Layout::Gbt38540_2020, Listing::Digests),
        (Layout::Gmt0031_2025, Listing::Digests),
    ] {
        let spec = SealSpec {
            layout,
            id: "34990000000002".to_owned(),
            seal_type: 1,
            name: "某某市市场监督管理局电子证照专用章".to_owned(),
            signers: vec![world.signer.certificate.clone()],
            listing,
            create_date: time("2026-01-05T00:00:00Z"),
            valid_from: time("2026-01-05T00:00:00Z"),
            valid_until: time("2031-01-05T00:00:00Z"),
            picture: SealPicture {
                data: pki::stamp_png(),
                width_mm: 42,
                height_mm: 42,
            },
            extensions: Vec::new(),
        };
        let seal = maker.make(&spec, &world.maker.key).unwrap();
        let sealed = pki::affix(&pki::unsigned_ofd(), seal.into_ses(), &world.signer);
        passed(&sealed);
    }
}

/// What is written here departs from no standard in any way that reading knows of.
#[test]
fn what_is_written_passes_strict_reading() {
    let world = world();
    let strict = Verifier::new(Policy::basic().strict())
        .with_anchor(
            AnchorRole::Signer,
            world.signer_authority.certificate.clone(),
        )
        .with_anchor(AnchorRole::Maker, world.maker_authority.certificate.clone());
    for format in [issue::Format::Ofd, issue::Format::Pdf] {
        for layout in LAYOUTS {
            let report = strict.verify(&pki::sealed(format, layout), pki::now());
            assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
            let defects = report.findings.iter();
            let mut defects = defects.filter(|f| f.code.class() == FindingClass::Defect);
            assert_eq!(defects.next(), None);
        }
    }
}

/// Nobody was named for makers, so nothing is known of this one: open, neither passed nor failed.
#[test]
fn anchors_for_signers_alone_leave_the_maker_open() {
    let world = world();
    let verifier = [&world.signer_authority, &world.maker_authority]
        .into_iter()
        .fold(Verifier::new(Policy::basic()), |verifier, authority| {
            verifier.with_anchor(AnchorRole::Signer, authority.certificate.clone())
        });
    let report = verifier.verify(&pki::sealed(issue::Format::Ofd, LAYOUTS[0]), pki::now());
    let open = report
        .all_checks()
        .find(|check| check.outcome == Outcome::Indeterminate);
    let open = open.map(|check| (check.code, check.role, check.reason));
    let expected = (
        CheckCode::PathAnchor,
        Some(Role::Maker),
        Some(Reason::NoAnchors),
    );
    assert_eq!(
        (report.outcome, open),
        (Outcome::Indeterminate, Some(expected))
    );
}

#[test]
fn a_seal_passes_alone() {
    for layout in LAYOUTS {
        let report = passed(pki::seal_of(layout).raw());
        assert_eq!(report.document.format, Format::Seal);
        assert!(report.license.is_none());
    }
    let company = pki::make_seal(Layout::Gbt38540_2020, &[&world().signer], &world().company);
    let report = pki::judge(company.raw());
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::PathAnchor));
}

#[test]
fn a_seal_signature_is_judged_with_its_content() {
    let archive = pki::Archive::read(&pki::sealed_ofd());
    let value = archive.get(&archive.find("SignedValue.dat"));
    let content = archive.get(&archive.find("/Signature.xml"));
    let verifier = pki::verifier();
    let report = verifier.verify_detached(value, content, pki::now());
    assert_eq!(report.outcome, Outcome::Passed);
    let report = verifier.verify_detached(value, b"other", pki::now());
    assert_eq!(report.headline, Some(CheckCode::SignatureDigest));
    assert_eq!(report.outcome, Outcome::Failed);
    let report = verifier.verify(value, pki::now());
    assert_eq!(report.headline, Some(CheckCode::SignatureDigest));
    assert_eq!(report.outcome, Outcome::Indeterminate);
}

#[test]
fn without_anchors_nothing_passes() {
    let report = Verifier::new(pki::basic()).verify(&pki::sealed_ofd(), pki::now());
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert_eq!(report.headline, Some(CheckCode::PathAnchor));
    assert_eq!(report.axes.authentic, Outcome::Passed);
}
