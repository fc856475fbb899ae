//! OpenSSL and Bouncy Castle on our SM2 values, certificates and revocation lists.
//!
//! OpenSSL takes another SM2 user ID than the empty one only for the leaf of a chain
//! (openssl/openssl#23471), so each certificate is checked against its issuer as the trust anchor.
//! Roots and lists, for which there is no such switch, Bouncy Castle verifies.

use std::ffi::OsString;
use std::path::Path;

use yinxin::crypto::to_pem;
use yinxin::issue::Format;
use yinxin::ses::SesSignature;

use super::specimen::{LAYOUTS, write, write_certificate};
use super::{Oracles, scratch};
use crate::pki::{Archive, sealed, world};

const ID: &str = "distid:1234567812345678";

#[test]
fn openssl_verifies_the_values_in_our_seals_and_signatures() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("openssl-values");
    let key_of = |name: &str, certificate: &[u8]| {
        let certificate = yinxin::pki::Certificate::from_der(certificate).unwrap();
        let spki = certificate.public_key().unwrap().spki().to_vec();
        write(&folder, name, to_pem("PUBLIC KEY", &spki).as_bytes())
    };
    for (year, layout) in LAYOUTS {
        let archive = Archive::read(&sealed(Format::Ofd, layout));
        let value = archive.get(&archive.find("SignedValue.dat"));
        let signature = SesSignature::from_der(value).unwrap();
        let seal = signature.seal();
        let signer = key_of("signer.pem", signature.signer_certificate());
        let maker = key_of("maker.pem", seal.maker_certificate());
        for (who, key, message, value) in [
            (
                "signer",
                &signer,
                signature.signed_bytes(),
                signature.signature_value(),
            ),
            (
                "maker",
                &maker,
                &*seal.signed_bytes(),
                seal.signature_value(),
            ),
        ] {
            let message = write(&folder, &format!("{year}-{who}.message"), message);
            let value = write(&folder, &format!("{year}-{who}.value"), value);
            verify_value(&oracles, key, &message, &value).assert_good();
            let other = if who == "signer" { &maker } else { &signer };
            verify_value(&oracles, other, &message, &value).assert_bad();
        }
    }
}

fn verify_value(oracles: &Oracles, key: &Path, message: &Path, value: &Path) -> super::Verdict {
    let arguments = [
        words("pkeyutl -verify -pubin -rawin -digest sm3 -pkeyopt"),
        vec![
            ID.into(),
            "-inkey".into(),
            key.into(),
            "-in".into(),
            message.into(),
        ],
        vec!["-sigfile".into(), value.into()],
    ];
    oracles.tool("openssl", arguments.concat())
}

#[test]
fn openssl_verifies_our_sm2_certificates() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("openssl-certificates");
    let world = world();
    let certificate =
        |name, party: &crate::pki::Party| write_certificate(&folder, name, &party.certificate);
    let signers = certificate("signers.pem", &world.signer_authority);
    let makers = certificate("makers.pem", &world.maker_authority);
    let signer = certificate("signer.pem", &world.signer);
    let maker = certificate("maker.pem", &world.maker);
    let p256 = certificate("p256.pem", &world.p256_signer);
    let verify = |leaf: &Path, root: &Path| {
        // The 22nd of November 2026, when documents are judged here.
        let fixed = words("verify -x509_strict -attime 1795334400 -vfyopt");
        let files = vec![ID.into(), "-CAfile".into(), root.into(), leaf.into()];
        oracles.tool("openssl", [fixed, files].concat())
    };
    for (leaf, root) in [(&signer, &signers), (&maker, &makers), (&p256, &signers)] {
        verify(leaf, root).assert_good();
    }
    verify(&signer, &makers).assert_bad();

    let verdict = oracles.java(
        "VerifyCertificates",
        [
            &signer, &signers, &maker, &makers, &p256, &signers, &makers, &makers,
        ],
    );
    assert_eq!(verdict.assert_good().rows().len(), 4);
    let forged = forge(world.signer.certificate.der());
    let forged = write(
        &folder,
        "forged.pem",
        to_pem("CERTIFICATE", &forged).as_bytes(),
    );
    verify(&forged, &signers).assert_bad();
    oracles
        .java("VerifyCertificates", [&forged, &signers])
        .assert_bad();
}

#[test]
fn our_revocation_lists_are_read_and_verified() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("oracle-crl");
    let world = world();
    let signers = write_certificate(&folder, "signers.pem", &world.signer_authority.certificate);
    let makers = write_certificate(&folder, "makers.pem", &world.maker_authority.certificate);
    let empty = write(&folder, "empty.crl", world.signer_crl.der());
    let revoking = write(&folder, "revoking.crl", world.revoking_crl.der());

    let print = |list: &Path| {
        let mut arguments = words("crl -inform DER -noout -text -in");
        arguments.push(list.into());
        oracles.tool("openssl", arguments)
    };
    let text = print(&empty).assert_good().out.clone();
    assert!(text.contains("No Revoked Certificates."), "{text}");
    assert!(
        text.contains("Next Update: Dec  1 00:00:00 2026 GMT"),
        "{text}"
    );
    let text = print(&revoking).assert_good().out.clone();
    assert!(text.contains("Signature Algorithm: SM2-with-SM3"), "{text}");
    assert!(text.contains("Serial Number: 05"), "{text}");
    assert!(text.contains("Key Compromise"), "{text}");

    let verdict = oracles.java("VerifyCrls", [&empty, &signers, &revoking, &signers]);
    let rows = verdict.assert_good().rows();
    assert_eq!(
        (&rows[0][1..], &rows[1][1..]),
        (&["VALID", "0"][..], &["VALID", "1"][..])
    );
    oracles
        .java("VerifyCrls", [&revoking, &makers])
        .assert_bad();
    let forged = write(&folder, "forged.crl", &forge(world.revoking_crl.der()));
    oracles.java("VerifyCrls", [&forged, &signers]).assert_bad();
}

/// Another organisation of the same length in the signed part.
fn forge(der: &[u8]) -> Vec<u8> {
    let (old, new) = ("某某省", "某某市");
    let at = der.windows(old.len()).position(|at| at == old.as_bytes());
    let at = at.expect("the issuer's name is UTF-8");
    [&der[..at], new.as_bytes(), &der[at + old.len()..]].concat()
}

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}
