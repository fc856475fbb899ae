//! PAdES at every level, and signatures on files as others write them: pyHanko, EU DSS, PDFBox,
//! poppler, qpdf and Bouncy Castle judge what is signed and augmented here; OpenSSL stamps time.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{DigestAlgorithm, KeyKind, SignatureAlgorithm, Signer, SoftwareKey};
use yinxin::issue::Format;
use yinxin::pdf::{FieldLock, Font, Lettering, Permission};
use yinxin::pki::cms::Flavor;
use yinxin::pki::{Certificate, CertificateBuilder, Crl, CrlBuilder, KeyUsage, Name};
use yinxin::sign::augment::{Augmentation, DocumentStamp, Evidence, MissingEvidence};
use yinxin::sign::{PdfFormat, PdfOptions, Place, Profile, Request, Shown, prepare};
use yinxin::trust::AnchorRole;
use yinxin::verify::CheckCode;

use super::authority::OpenSsl;
use super::pdf::pdfsig;
use super::specimen::{Letters, draft, signature_of_pdf, write, write_certificate};
use super::{Oracles, Verdict, scratch};
use crate::pki::{Party, SIGNED_AT, stamp_png, time, world};

pub(super) const NONCE: [u8; 8] = [0x91, 2, 3, 4, 5, 6, 7, 8];

/// A root, signers of several kinds below it, a time stamp authority, and the root's list.
pub(super) struct People<'o> {
    pub(super) root: Party,
    pub(super) signers: Vec<(&'static str, Party, Option<SignatureAlgorithm>)>,
    pub(super) stamps: OpenSsl<'o>,
    crl: Crl,
}

impl<'o> People<'o> {
    pub(super) fn new(oracles: &'o Oracles, folder: &Path) -> Self {
        let root_key = SoftwareKey::generate(KeyKind::P256).unwrap();
        let root = builder("Example Root", &root_key, 1)
            .authority(None)
            .self_sign(&root_key)
            .unwrap();
        let root = Party {
            certificate: root,
            key: root_key,
        };
        let rsa = || {
            let path = folder.join("rsa.pem");
            let arguments = ["genpkey", "-quiet", "-algorithm", "RSA", "-out"];
            let arguments = arguments.map(std::ffi::OsString::from);
            let all = arguments.into_iter().chain([path.clone().into_os_string()]);
            oracles.tool("openssl", all).assert_good();
            SoftwareKey::from_pem(&fs::read_to_string(path).unwrap(), None).unwrap()
        };
        let pss = SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256);
        let p256 = SoftwareKey::generate(KeyKind::P256).unwrap();
        let keys = [
            ("ecdsa", p256, None),
            ("rsa", rsa(), None),
            ("rsa-pss", rsa().with_rsa_pss().unwrap(), Some(pss)),
        ];
        let signers = keys
            .into_iter()
            .zip(2..)
            .map(|((kind, key, algorithm), serial)| {
                let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
                let certificate = builder("Example Authority", &key, serial)
                    .end_entity()
                    .key_usage(usage)
                    .sign(&root.certificate, &root.key)
                    .unwrap();
                (kind, Party { certificate, key }, algorithm)
            });
        let signers = signers.collect();
        let now = now();
        let crl = CrlBuilder::new(
            1,
            now.checked_add(-3600).unwrap(),
            now.checked_add(30 * 86_400).unwrap(),
        )
        .sign(&root.certificate, &root.key)
        .unwrap();
        Self {
            stamps: OpenSsl::under(oracles, folder, &root),
            root,
            signers,
            crl,
        }
    }

    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            certificates: vec![self.root.certificate.clone()],
            crls: vec![self.crl.clone()],
            ..Evidence::default()
        }
    }
}

fn builder(name: &str, key: &SoftwareKey, serial: u8) -> CertificateBuilder {
    let name = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)]).unwrap();
    let (from, until) = (time("2025-01-01"), time("2035-01-01"));
    CertificateBuilder::new(name, key.public_key().clone(), &[serial], from, until)
}

pub(super) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time::from_unix(i64::try_from(since.as_secs()).unwrap()).unwrap()
}

fn names(missing: &[yinxin::sign::augment::Missing]) -> Vec<&str> {
    missing.iter().map(|one| one.what.name()).collect()
}

#[test]
fn every_level_from_b_to_lta_is_what_others_call_so() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pades-levels");
    let people = People::new(&oracles, &folder);
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let unsigned = draft(&oracles, Letters::Named)
        .document(Format::Pdf)
        .unwrap()
        .bytes;
    let mut files = Vec::new();
    for (kind, signer, algorithm) in &people.signers {
        let profile = Profile {
            algorithm: *algorithm,
            certificates: vec![people.root.certificate.clone()],
            ..Profile::default()
        };
        let request = Request::sign(signer.certificate.clone(), now()).profile(profile);
        let mut pending = prepare(&unsigned, request).unwrap();
        pending
            .add_signature(&signer.key.sign(pending.message()).unwrap())
            .unwrap();
        let b = pending.finish().unwrap();
        let missing = Augmentation::prepare(&b, &Evidence::default()).unwrap();
        assert_eq!(names(missing.missing()), ["time_stamp", "revocation"]);

        let question = pending.time_stamp_request(&NONCE, None, None).unwrap();
        pending
            .add_time_stamp(&people.stamps.answer(&question), &[])
            .unwrap();
        let t = pending.finish().unwrap();
        // Of the authority that stamped, nobody gave the issuer.
        let missing = Augmentation::prepare(&t, &Evidence::default()).unwrap();
        assert_eq!(names(missing.missing()), ["revocation", "issuer"]);
        assert!(missing.finish(now()).is_err());

        let complete = Augmentation::prepare(&t, &people.evidence()).unwrap();
        assert_eq!(complete.missing(), []);
        let lt = complete.finish(now()).unwrap();
        let again = Augmentation::prepare(&lt, &Evidence::default()).unwrap();
        assert_eq!(again.missing(), []);

        let lta = stamped(&lt, &people.stamps);
        for (level, bytes) in [("B", b), ("T", t), ("LT", lt), ("LTA", lta)] {
            files.push((
                level,
                write(&folder, &format!("{kind}-{level}.pdf"), &bytes),
            ));
        }
    }

    let trusting = yinxin::Verifier::new(yinxin::Policy::basic())
        .with_anchor(AnchorRole::Signer, people.root.certificate.clone())
        .with_anchor(AnchorRole::Tsa, people.root.certificate.clone());
    let tomorrow = now().checked_add(86_400).unwrap();
    for (level, file) in &files {
        let report = trusting.verify(&fs::read(file).unwrap(), tomorrow);
        let json = report.to_json();
        assert_eq!(report.outcome, yinxin::Outcome::Passed, "{level}: {json}");
        let proven = if *level == "B" { "claimed" } else { "token" };
        assert_eq!(
            report.signatures[0].time_source,
            Some(proven),
            "{level}: {json}"
        );
        // The evidence inside is used; nobody handed in a list.
        let revocation = crate::pki::checks(&report, CheckCode::RevocationSigner);
        let expected = usize::from(matches!(*level, "LT" | "LTA"));
        assert_eq!(revocation.len(), expected, "{level}: {json}");
        oracles
            .tool("qpdf", ["--check".as_ref(), file.as_os_str()])
            .assert_good();
        let verdict = pyhanko(&oracles, file, &root);
        verdict.assert_good();
        if *level == "LTA" {
            let verdict = lta_by_pyhanko(&oracles, file, &root);
            assert!(
                verdict
                    .assert_good()
                    .out
                    .contains(r#"{"stamps": 1, "store": true}"#)
            );
        }
        if matches!(*level, "B" | "T") {
            lta_by_pyhanko(&oracles, file, &root).assert_bad();
        }
        let report = pdfsig(&oracles, &folder, file, &root);
        let valid = "Signature Validation: Signature is Valid.";
        assert!(report.contains(valid), "{level}: {report}");
    }

    let verdict = dss(&oracles, &root, files.iter().map(|(_, file)| file));
    let rows = verdict.rows();
    let said: Vec<_> = rows
        .iter()
        .filter(|row| row.get(1) == Some(&"0"))
        .map(|row| (row[2], row[4], row[5]))
        .collect();
    let expected = [
        ("INDETERMINATE", "PAdES-BASELINE-B", "true"),
        ("INDETERMINATE", "PAdES-BASELINE-T", "true"),
        ("TOTAL_PASSED", "PAdES-BASELINE-LT", "true"),
        ("TOTAL_PASSED", "PAdES-BASELINE-LTA", "true"),
    ];
    assert_eq!(
        said,
        expected.repeat(people.signers.len()),
        "{}",
        verdict.out
    );
    let read = rows.iter().filter(|row| row.get(1) == Some(&"PDFBOX"));
    assert_eq!(read.count(), files.len());
}

fn stamped(document: &[u8], authority: &OpenSsl<'_>) -> Vec<u8> {
    let stamp = DocumentStamp::prepare(document, &NONCE, None, None).unwrap();
    let answer = authority.answer(&stamp.request());
    let stored = stamp.to_bytes();
    assert!(DocumentStamp::from_bytes(&stored, &document[..document.len() - 1]).is_err());
    let stamp = DocumentStamp::from_bytes(&stored, document).unwrap();
    stamp.complete(&answer, &[]).unwrap()
}

#[test]
fn files_as_others_write_them_are_signed_without_a_changed_byte() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pades-foreign");
    let people = People::new(&oracles, &folder);
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let unsigned = draft(&oracles, Letters::Named)
        .document(Format::Pdf)
        .unwrap()
        .bytes;
    let plain = write(&folder, "plain.pdf", &unsigned);
    let (_, signer, _) = &people.signers[0];
    for (name, flags) in [
        ("streams", "--object-streams=generate"),
        ("tables", "--object-streams=disable"),
        ("linear", "--linearize"),
        ("turned-90", "--rotate=90"),
        ("turned-180", "--rotate=180"),
        ("turned-270", "--rotate=270"),
    ] {
        let foreign = folder.join(format!("{name}.pdf"));
        let arguments = [flags.as_ref(), plain.as_os_str(), foreign.as_os_str()];
        oracles.tool("qpdf", arguments).assert_good();
        let bytes = fs::read(&foreign).unwrap();
        let profile = Profile {
            pdf: PdfOptions {
                reason: Some("核准".to_owned()),
                location: Some("某某市".to_owned()),
                name: Some("某某市市场监督管理局".to_owned()),
                shown: Some(shown(&oracles)),
                ..PdfOptions::default()
            },
            ..Profile::default()
        };
        let request = Request::sign(signer.certificate.clone(), now())
            .profile(profile)
            .at(Place {
                page: 0,
                center_x_mm: 60.0,
                center_y_mm: 30.0,
            });
        let pending = prepare(&bytes, request).unwrap();
        // The stored request holds all of the profile.
        let stored = pending.to_bytes().unwrap();
        let pending = yinxin::sign::Pending::from_bytes(&stored, &bytes).unwrap();
        let once = pending.sign(&signer.key).unwrap();
        assert!(once.starts_with(&bytes));
        // A second signature of another form, on top.
        let (_, second, _) = &people.signers[1];
        let profile = Profile {
            without_time_stamp: true,
            pdf: PdfOptions {
                format: Some(PdfFormat::Iso32000),
                ..PdfOptions::default()
            },
            ..Profile::default()
        };
        let request = Request::sign(second.certificate.clone(), now()).profile(profile);
        let twice = prepare(&once, request).unwrap().sign(&second.key).unwrap();
        assert!(twice.starts_with(&once));
        let file = write(&folder, &format!("{name}.signed.pdf"), &twice);
        oracles
            .tool("qpdf", ["--check".as_ref(), file.as_os_str()])
            .assert_good();
        let verdict = pyhanko(&oracles, &file, &root);
        assert_eq!(verdict.assert_good().out.lines().count(), 2);
        let report = pdfsig(&oracles, &folder, &file, &root);
        let valid = report.matches("Signature Validation: Signature is Valid.");
        assert_eq!(valid.count(), 2, "{report}");
        let picture = folder.join(name);
        let arguments = ["-png", "-r", "60", "-singlefile"].map(std::ffi::OsString::from);
        let files = [file.into_os_string(), picture.clone().into_os_string()];
        oracles
            .tool("pdftoppm", arguments.into_iter().chain(files))
            .assert_good();
        assert!(picture.with_extension("png").exists());
    }
}

/// A picture with text beside it.
pub(super) fn shown(oracles: &Oracles) -> Shown {
    let font = Font::embedded(fs::read(oracles.font()).unwrap(), 0).unwrap();
    let text = "签名人：某某市市场监督管理局\n事由：核准\n日期：2026年11月20日";
    Shown {
        size_mm: (80.0, 30.0),
        picture: Some(stamp_png()),
        text: Some(Lettering::new(&font, text, 11.0).unwrap()),
    }
}

#[test]
fn fields_that_others_made_are_signed_and_their_locks_kept() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pades-fields");
    let people = People::new(&oracles, &folder);
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let unsigned = draft(&oracles, Letters::Named)
        .document(Format::Pdf)
        .unwrap()
        .bytes;
    let plain = write(&folder, "plain.pdf", &unsigned);
    let path = |name: &str| folder.join(name).into_os_string();
    for (from, to, field, lock) in [
        (plain.as_os_str(), path("one.pdf"), "Applicant", None),
        (
            &path("one.pdf"),
            path("two.pdf"),
            "Clerk",
            Some("Applicant"),
        ),
    ] {
        let mut arguments = vec![from.to_owned(), to, field.into()];
        if let Some(lock) = lock {
            arguments.extend(["--lock".into(), lock.into()]);
        }
        oracles.python("add_field.py", arguments).assert_good();
    }
    let (_, signer, _) = &people.signers[0];
    let sign = |document: &[u8], options: PdfOptions| {
        let profile = Profile {
            pdf: options,
            ..Profile::default()
        };
        let request = Request::sign(signer.certificate.clone(), now()).profile(profile);
        prepare(document, request).and_then(|pending| pending.sign(&signer.key))
    };
    let field = |name: &str| PdfOptions {
        field: Some(name.to_owned()),
        ..PdfOptions::default()
    };
    let document = fs::read(path("two.pdf")).unwrap();
    // The first signature certifies, and shows in its field.
    let certified = sign(
        &document,
        PdfOptions {
            certify: Some(Permission::FillAndSign),
            shown: Some(shown(&oracles)),
            ..field("Applicant")
        },
    )
    .unwrap();
    let both = sign(&certified, field("Clerk")).unwrap();
    let file = write(&folder, "both.pdf", &both);
    oracles
        .tool("qpdf", ["--check".as_ref(), file.as_os_str()])
        .assert_good();
    let verdict = pyhanko(&oracles, &file, &root);
    let out = &verdict.assert_good().out;
    assert!(out.contains(r#""docmdp_ok": true"#), "{out}");
    assert_eq!(out.lines().count(), 2);

    // Signed fields, and second authors, are refused.
    let kind = |result: yinxin::Result<Vec<u8>>| result.unwrap_err().kind();
    assert_eq!(
        kind(sign(&both, field("Clerk"))),
        yinxin::ErrorKind::InvalidArgument
    );
    let second = PdfOptions {
        certify: Some(Permission::FillAndSign),
        ..PdfOptions::default()
    };
    assert_eq!(
        kind(sign(&both, second)),
        yinxin::ErrorKind::InvalidArgument
    );
    // The clerk's lock forbids the applicant's field once the clerk has signed.
    let clerk_first = sign(&document, field("Clerk")).unwrap();
    assert_eq!(
        kind(sign(&clerk_first, field("Applicant"))),
        yinxin::ErrorKind::DocumentLocked
    );
    // An author who permits nothing.
    let closed = sign(
        &document,
        PdfOptions {
            certify: Some(Permission::Nothing),
            lock: Some(FieldLock::All),
            ..PdfOptions::default()
        },
    )
    .unwrap();
    let file = write(&folder, "closed.pdf", &closed);
    pyhanko(&oracles, &file, &root).assert_good();
    assert_eq!(
        kind(sign(&closed, field("Clerk"))),
        yinxin::ErrorKind::DocumentLocked
    );
    // Time stamps are evidence, which is never forbidden.
    DocumentStamp::prepare(&closed, &NONCE, None, None).unwrap();
}

#[test]
fn sm2_signs_in_both_families_and_bouncy_castle_verifies_them() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pades-sm2");
    let unsigned = draft(&oracles, Letters::Named)
        .document(Format::Pdf)
        .unwrap()
        .bytes;
    let signer = &world().signer;
    let mut arguments = Vec::new();
    for (name, flavor, format) in [
        ("national", Flavor::Gm, PdfFormat::National),
        ("national-iso", Flavor::Gm, PdfFormat::Iso32000),
        ("pades", Flavor::Cms, PdfFormat::Pades),
        ("iso", Flavor::Cms, PdfFormat::Iso32000),
    ] {
        let profile = Profile {
            flavor: Some(flavor),
            pdf: PdfOptions {
                format: Some(format),
                ..PdfOptions::default()
            },
            ..Profile::default()
        };
        let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT)).profile(profile);
        let signed = prepare(&unsigned, request)
            .unwrap()
            .sign(&signer.key)
            .unwrap();
        let (covered, value) = signature_of_pdf(&signed);
        arguments.push(write(&folder, &format!("{name}.der"), &value));
        arguments.push(write(&folder, &format!("{name}.content"), &covered));
        let report = crate::pki::judge(&signed);
        assert_ne!(
            report.outcome,
            yinxin::Outcome::Failed,
            "{}",
            report.to_json()
        );
    }
    let verdict = oracles.java("VerifyCms", &arguments);
    assert_eq!(verdict.assert_good().rows().len(), 4);
}

#[test]
fn a_revocation_list_from_before_is_no_evidence() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pades-stale");
    let people = People::new(&oracles, &folder);
    let (_, signer, _) = &people.signers[0];
    let unsigned = draft(&oracles, Letters::Named)
        .document(Format::Pdf)
        .unwrap()
        .bytes;
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let signed = prepare(&unsigned, request)
        .unwrap()
        .sign(&signer.key)
        .unwrap();
    let list = |from: &str, until: &str| {
        CrlBuilder::new(1, time(from), time(until))
            .sign(&people.root.certificate, &people.root.key)
            .unwrap()
    };
    let lacks = |crl: Crl| {
        let evidence = Evidence {
            crls: vec![crl],
            ..people.evidence()
        };
        let prepared = Augmentation::prepare(&signed, &evidence).unwrap();
        let missing = prepared.missing().iter();
        missing
            .filter_map(|one| match &one.what {
                MissingEvidence::Revocation(of) => Some(Certificate::clone(of)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let signers = std::slice::from_ref(&signer.certificate);
    let ended = list("2026-10-01", "2026-11-01");
    assert_eq!(lacks(ended), signers);
    assert_eq!(lacks(list("2026-11-01", "2026-12-01")), []);
    assert_eq!(lacks(list("2026-12-01", "2027-01-01")), []);
    // Another authority's list says nothing.
    assert_eq!(lacks(world().signer_crl.clone()), signers);
}

fn pyhanko(oracles: &Oracles, file: &Path, root: &Path) -> Verdict {
    let arguments = [file.as_os_str(), "--trust".as_ref(), root.as_os_str()];
    oracles.python("verify_pdf.py", arguments)
}

pub(super) fn lta_by_pyhanko(oracles: &Oracles, file: &Path, root: &Path) -> Verdict {
    // All certificates have long expired by then.
    let at = ["--at", "2049-01-01T00:00:00Z", "--trust"].map(std::ffi::OsString::from);
    let arguments = std::iter::once(file.as_os_str().to_owned())
        .chain(at)
        .chain([root.as_os_str().to_owned()]);
    oracles.python("verify_pades.py", arguments)
}

pub(super) fn dss<'p>(
    oracles: &Oracles,
    root: &Path,
    files: impl IntoIterator<Item = &'p PathBuf>,
) -> Verdict {
    let arguments = [root.as_os_str().to_owned(), "--".into()];
    let files = files.into_iter().map(|file| file.clone().into_os_string());
    oracles.java_pdf("VerifyPades", arguments.into_iter().chain(files))
}
