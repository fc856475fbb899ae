//! Messages in PDF as OpenSSL shapes them: BER, the key's own identifier as signature algorithm,
//! signers named by key, without attributes.

use std::ffi::OsString;

use yinxin::asn1::named;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::pdf::{Document, SignatureOptions, add_signature};
use yinxin::pki::{CertificateBuilder, KeyUsage, Name};
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Policy, Reason, Verifier};

use super::specimen::{International, write, write_certificate};
use super::{Oracles, scratch};
use crate::pki::{checks, time, unsigned_pdf};

/// A message that is asked of OpenSSL, and what is found of it.
struct Shape {
    name: &'static str,
    flags: &'static str,
    algorithm: &'static str,
    findings: &'static [&'static str],
}

const SHAPES: &[Shape] = &[
    // RSA is named by the key alone there, and the digest tells the rest.
    Shape {
        name: "rsa-encryption",
        flags: "",
        algorithm: "RSA-SHA256",
        findings: &[],
    },
    Shape {
        name: "key-identifier",
        flags: "-keyid",
        algorithm: "RSA-SHA256",
        findings: &[],
    },
    Shape {
        name: "no-attributes",
        flags: "-noattr",
        algorithm: "RSA-SHA256",
        findings: &[],
    },
    Shape {
        name: "pss",
        flags: "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32",
        algorithm: "RSA-PSS-SHA256",
        findings: &[],
    },
    Shape {
        name: "ber",
        flags: "-stream",
        algorithm: "RSA-SHA256",
        findings: &["cms.ber_encoding"],
    },
    Shape {
        name: "sha512",
        flags: "-md sha512",
        algorithm: "RSA-SHA512",
        findings: &[],
    },
];

#[test]
fn messages_of_openssl_are_judged_in_every_shape() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("cms-shapes");
    let root = International::new().root;
    let file = |name: &str| folder.join(name).into_os_string();
    let words = |text: &str| {
        let words = text.split(' ').filter(|word| !word.is_empty());
        words.map(OsString::from).collect::<Vec<_>>()
    };
    let mut arguments = words("genpkey -quiet -algorithm RSA -out");
    arguments.push(file("key.pem"));
    oracles.tool("openssl", arguments).assert_good();
    let pem = std::fs::read_to_string(file("key.pem")).unwrap();
    let key = SoftwareKey::from_pem(&pem, None).unwrap();
    let name = Name::build(&[(named::COMMON_NAME, "Example Signer")]).unwrap();
    let (from, until) = (time("2025-01-01"), time("2035-01-01"));
    let certificate = CertificateBuilder::new(name, key.public_key().clone(), &[8], from, until)
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .sign(&root.certificate, &root.key)
        .unwrap();
    write_certificate(&folder, "cert.pem", &certificate);
    let verifier =
        Verifier::new(Policy::basic()).with_anchor(AnchorRole::Signer, root.certificate.clone());
    let unsigned = unsigned_pdf();
    let document = Document::open(&unsigned).unwrap();
    for shape in SHAPES {
        let mut options = SignatureOptions::new("Signature", "adbe.pkcs7.detached");
        // OpenSSL keeps the content inside what it streams.
        options.capacity = 128 << 10;
        let prepared = add_signature(&document, &options).unwrap();
        write(&folder, "content", &prepared.digest_input().concat());
        let mut arguments = words("cms -sign -binary -outform DER -signer");
        arguments.extend([file("cert.pem"), "-inkey".into(), file("key.pem")]);
        arguments.extend(["-in".into(), file("content"), "-out".into(), file("value")]);
        arguments.extend(words(shape.flags));
        oracles.tool("openssl", arguments).assert_good();
        let value = std::fs::read(file("value")).unwrap();
        let signed = prepared.complete(&value).unwrap();
        let report = verifier.verify(&signed, time("2034-01-01"));
        let json = report.to_json();
        assert_eq!(report.outcome, Outcome::Passed, "{}: {json}", shape.name);
        let signature = &report.signatures[0];
        let algorithm = signature.algorithm.as_deref();
        assert_eq!(algorithm, Some(shape.algorithm), "{}", shape.name);
        let findings = report.findings.iter().map(|finding| finding.code.name());
        let named = |wanted: &&str| findings.clone().any(|name| name == *wanted);
        assert!(shape.findings.iter().all(named), "{}: {json}", shape.name);

        // The same value under a page that says something else.
        let changed = unsigned_pdf_changed(&signed);
        let report = verifier.verify(&changed, time("2034-01-01"));
        assert_eq!(report.outcome, Outcome::Failed, "{}", shape.name);
        let [code, other] = [CheckCode::SignatureDigest, CheckCode::SignatureValue];
        let failed = checks(&report, code)
            .into_iter()
            .chain(checks(&report, other));
        let reasons: Vec<_> = failed.filter_map(|check| check.reason).collect();
        assert!(
            reasons.contains(&Reason::DigestDiffers) || reasons.contains(&Reason::ValueMismatch),
            "{}: {reasons:?}",
            shape.name
        );
    }
}

/// A letter near the start is another; the structure stays readable.
fn unsigned_pdf_changed(document: &[u8]) -> Vec<u8> {
    let mut changed = document.to_vec();
    let at = changed.windows(6).position(|one| one == b"yinxin").unwrap();
    changed[at] = b'Y';
    changed
}
