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

const SM3: &str = "1.2.156.10197.1.401";
const SM3_WITHOUT_KEY: &str = "1.2.156.10197.1.401.1";
const SM2_WITH_SM3: &str = "1.2.156.10197.1.501";
const SM2_SIGN: &str = "1.2.156.10197.1.301.1";
const SM2_CURVE: &str = "1.2.156.10197.1.301";
const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";

/// How products name SM2 as a signature algorithm, with its parameter: and whether the name is one
/// that is only tolerated.
const NAMES_OF_SM2: [(&str, &str, bool); 7] = [
    (SM2_WITH_SM3, "-", false),
    (SM2_WITH_SM3, "null", false),
    (SM2_SIGN, "-", false),
    (SM2_SIGN, "null", false),
    (SM2_CURVE, "-", true),
    (EC_PUBLIC_KEY, "-", true),
    (EC_PUBLIC_KEY, SM2_CURVE, true),
];

#[test]
fn sm2_of_bouncy_castle_is_judged_under_every_name_and_refused_when_altered() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("cms-sm2-names");
    let signer = &crate::pki::world().signer;
    let unsigned = unsigned_pdf();
    let document = Document::open(&unsigned).unwrap();
    let options = SignatureOptions::new("Signature", "adbe.pkcs7.detached");
    let prepared = add_signature(&document, &options).unwrap();
    let file = |name: &str| folder.join(name).into_os_string();
    write(&folder, "content", &prepared.digest_input().concat());
    write(&folder, "key.der", &signer.key.to_pkcs8());
    write(&folder, "cert.der", signer.certificate.der());

    let mut shapes = Vec::new();
    let mut arguments = vec![file("key.der"), file("cert.der")];
    for digest in [SM3, SM3_WITHOUT_KEY] {
        for (name, parameter, tolerated) in NAMES_OF_SM2 {
            for family in ["gm", "cms"] {
                for attributes in ["yes", "no"] {
                    let shape = format!("{}.der", shapes.len());
                    arguments.extend([file(&shape), file("content")]);
                    arguments.extend([family, digest, name, parameter, attributes].map(Into::into));
                    let told = format!("{family} {digest} {name} {parameter} {attributes}");
                    shapes.push((shape, told, tolerated, attributes == "yes"));
                }
            }
        }
    }
    oracles.java_pdf("MakeSm2Message", arguments).assert_good();
    let pairs = shapes
        .iter()
        .flat_map(|(shape, ..)| [file(shape), file("content")]);
    // Read and verified by other code than what made them.
    oracles.java("VerifyCms", pairs).assert_good();

    // Bouncy Castle states the time of the day.
    let judge = |bytes: &[u8]| crate::pki::verifier().verify(bytes, time("2034-01-01"));
    let said = |bytes: &[u8], code| {
        let report = judge(bytes);
        let found = checks(&report, code);
        found.first().map(|check| (check.outcome, check.reason))
    };
    for (shape, told, tolerated, with_attributes) in &shapes {
        let value = std::fs::read(file(shape)).unwrap();
        let signed = prepared.complete(&value).unwrap();
        let report = judge(&signed);
        let json = report.to_json();
        for code in [
            CheckCode::SignatureDigest,
            CheckCode::SignatureValue,
            CheckCode::SignatureAlgorithm,
        ] {
            let found = checks(&report, code);
            assert_eq!(found[0].outcome, Outcome::Passed, "{told}: {json}");
        }
        assert_ne!(report.outcome, Outcome::Failed, "{told}: {json}");
        let algorithm = report.signatures[0].algorithm.as_deref();
        assert_eq!(algorithm, Some("SM2-SM3"), "{told}");
        let remarked = report
            .findings
            .iter()
            .any(|finding| finding.code == yinxin::FindingCode::AlgorithmVariant);
        assert_eq!(remarked, *tolerated, "{told}: {json}");

        // The content is another, and the value is.
        let changed = said(
            &unsigned_pdf_changed(&signed),
            match with_attributes {
                true => CheckCode::SignatureDigest,
                false => CheckCode::SignatureValue,
            },
        );
        let reason = match with_attributes {
            true => Reason::DigestDiffers,
            false => Reason::ValueMismatch,
        };
        assert_eq!(changed, Some((Outcome::Failed, Some(reason))), "{told}");
        let mut altered = value.clone();
        *altered.last_mut().unwrap() ^= 1;
        let altered = prepared.complete(&altered).unwrap();
        let altered = said(&altered, CheckCode::SignatureValue);
        let refused = Some((Outcome::Failed, Some(Reason::ValueMismatch)));
        assert_eq!(altered, refused, "{told}");
    }

    // Names that contradict each other are not guessed at.
    let mut arguments = vec![file("key.der"), file("cert.der")];
    let sha256 = "2.16.840.1.101.3.4.2.1";
    let p256 = "1.2.840.10045.3.1.7";
    let pairs = [(sha256, SM2_WITH_SM3), (SM3, p256), ("1.2.3", SM2_SIGN)];
    for (index, (digest, name)) in pairs.into_iter().enumerate() {
        arguments.extend([file(&format!("wrong-{index}.der")), file("content")]);
        arguments.extend(["cms", digest, name, "-", "yes"].map(Into::into));
    }
    oracles.java_pdf("MakeSm2Message", arguments).assert_good();
    for index in 0..pairs.len() {
        let value = std::fs::read(file(&format!("wrong-{index}.der"))).unwrap();
        let report = judge(&prepared.complete(&value).unwrap());
        assert_ne!(report.outcome, Outcome::Passed, "{}", report.to_json());
        let found = checks(&report, CheckCode::SignatureAlgorithm);
        assert_eq!(found[0].reason, Some(Reason::AlgorithmUnknown));
    }
}
