//! Forged seals: who made them, who uses them, and when.

use yinxin::crypto::Signer;
use yinxin::ses::{Layout, SesSignature, SignatureDraft};
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Policy, Reason, Verifier};

use super::{CHANGED_FILE, NO_COVER, refused, resealed};
use crate::pki::{self, Archive, Resealing, SIGNED_AT, affix, time, world};

/// Invalid solely because the seal's maker is a company: its certificate is genuine, but the
/// authority that issued it is trusted for signers only.
#[test]
fn seal_made_by_a_company() {
    let seal = pki::make_seal(Layout::Gbt38540_2020, &[&world().signer], &world().company);
    let forged = affix(&pki::unsigned_ofd(), seal.clone(), &world().signer);
    let expected = [(CheckCode::PathAnchor, Reason::AnchorRole)];
    refused(&forged, &expected);
    let forged = affix(&pki::unsigned_pdf(), seal, &world().signer);
    refused(&forged, &expected);
}

/// Not accepted: a company put its own genuine seal on a license that names an authority. Under
/// `basic` nobody asks; under `window` it stays open until somebody says who may issue.
#[test]
fn license_sealed_by_a_company() {
    let world = world();
    let seal = pki::make_seal(Layout::Gbt38540_2020, &[&world.company], &world.maker);
    let forged = affix(&pki::unsigned_ofd(), seal, &world.company);
    let basic = pki::judge(&forged);
    let left_out = |code| basic.not_checked.iter().any(|entry| entry.code == code);
    assert!(left_out(CheckCode::AuthorityIssuer));
    let window = Verifier::new(Policy::window())
        .with_anchor(
            AnchorRole::Signer,
            world.signer_authority.certificate.clone(),
        )
        .with_anchor(AnchorRole::Maker, world.maker_authority.certificate.clone())
        .with_crl(world.signer_crl.clone())
        .with_crl(world.maker_crl.clone())
        .verify(&forged, pki::now());
    assert_eq!(window.outcome, Outcome::Indeterminate);
    assert_eq!(window.headline, Some(CheckCode::AuthorityMaker));
    let open: Vec<_> = window
        .all_checks()
        .filter(|check| check.outcome == Outcome::Indeterminate)
        .map(|check| check.code)
        .collect();
    assert!(open.contains(&CheckCode::AuthorityIssuer), "{open:?}");
}

/// Not accepted: signer and maker are nobody's. Open, because a missing anchor is no proof.
#[test]
fn seal_and_signer_of_a_stranger() {
    let stranger = &world().stranger;
    let seal = pki::make_seal(Layout::Gbt38540_2020, &[stranger], stranger);
    let forged = affix(&pki::unsigned_ofd(), seal, stranger);
    let report = pki::judge(&forged);
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert_eq!(report.headline, Some(CheckCode::PathAnchor));
    assert_eq!(
        pki::not_passed(&report),
        [
            "path.anchor: indeterminate (no_path)",
            "path.anchor: indeterminate (no_path)"
        ]
    );
}

/// Invalid solely because the seal was made with a certificate that had ended.
#[test]
fn seal_made_with_an_expired_certificate() {
    let world = world();
    let seal = pki::make_seal(
        Layout::Gbt38540_2020,
        &[&world.signer],
        &world.expired_maker,
    );
    let forged = affix(&pki::unsigned_ofd(), seal, &world.signer);
    let expected = [
        (CheckCode::SealMakerCertificate, Reason::OutsideCertificate),
        (CheckCode::PathConstraint, Reason::ChainValidity),
    ];
    refused(&forged, &expected);
}

/// Invalid solely because the seal beside the signature is another genuine seal, whose picture
/// viewers would show; Signature.xml even lists its digest.
#[test]
fn seal_file_swapped() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let other = pki::make_seal(
        Layout::Gbt38540_2020,
        &[&world().signer, &world().other_signer],
        &world().maker,
    );
    let seal_file = forged.find("Seal.esl");
    forged.put(&seal_file, other.raw());
    pki::refresh_digests(&mut forged, &[&seal_file]);
    pki::sign_value(&mut forged, &Resealing::default());
    let expected = [
        (CheckCode::SealEmbeddedEqual, Reason::SealsDiffer),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the seal inside the signature is not the one that was signed.
#[test]
fn seal_inside_the_signature_swapped() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let world = world();
    let other = pki::make_seal(
        Layout::Gbt38540_2020,
        &[&world.signer, &world.company],
        &world.maker,
    );
    let value_file = forged.find("SignedValue.dat");
    let honest = SesSignature::from_der(forged.get(&value_file)).unwrap();
    let draft = SignatureDraft {
        seal: &other,
        time: time(SIGNED_AT),
        data_hash: honest.data_hash(),
        property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
        signer_certificate: world.signer.certificate.der(),
        algorithm: world.signer.key.algorithm(),
        extensions: &[],
    };
    let unsigned = draft.prepare().unwrap();
    let forged_value = unsigned.complete(honest.signature_value(), None).unwrap();
    let seal_file = forged.find("Seal.esl");
    // Equal to the embedded one, and so not what Signature.xml lists; that file is rewritten by a
    // forger who cannot sign, so the digest of what is signed goes with it.
    forged.put(&seal_file, other.raw());
    forged.put(&value_file, forged_value.raw());
    let expected = [
        CHANGED_FILE,
        (CheckCode::SignatureValue, Reason::ValueMismatch),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the signer is not one of those the seal was made for.
#[test]
fn signer_not_in_the_seal() {
    for (signer, reason) in [
        (&world().other_signer, Reason::NotListed),
        (&world().renewed_signer, Reason::Renewed),
    ] {
        let forged = resealed(&Resealing {
            signer,
            ..Resealing::default()
        });
        let expected = [(CheckCode::SealSignatureSignerListed, reason), NO_COVER];
        refused(&forged, &expected);
    }
}

/// Invalid solely because of the time that the signer claims.
#[test]
fn signing_time_out_of_bounds() {
    use CheckCode::{PathConstraint, SealSignatureTime, SealValidity};
    let at = |text: &str| Resealing {
        time: time(text),
        ..Resealing::default()
    };
    let before_the_seal = resealed(&at("2026-01-04T00:00:00Z"));
    let expected = [
        (SealValidity, Reason::OutsideSeal),
        (SealSignatureTime, Reason::OutsideSeal),
    ];
    refused(&before_the_seal, &expected);
    let before_the_certificate = resealed(&at("2024-06-01T00:00:00Z"));
    let expected = [
        (SealValidity, Reason::OutsideSeal),
        (SealSignatureTime, Reason::OutsideCertificate),
        (PathConstraint, Reason::ChainValidity),
    ];
    refused(&before_the_certificate, &expected);
    let in_the_future = resealed(&at("2026-11-22T08:00:01Z"));
    refused(&in_the_future, &[(SealSignatureTime, Reason::InFuture)]);
}
