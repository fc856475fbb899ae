//! Time stamps by others: OpenSSL as an authority with RSA and ECDSA, Bouncy Castle as one with
//! SM2. They read our requests, their tokens go into our documents, and OpenSSL reads those again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use yinxin::asn1::{Oid, named};
use yinxin::crypto::{DigestAlgorithm, Signer, SoftwareKey};
use yinxin::issue::Format;
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::pki::{Certificate, CertificateBuilder, Name, TimeStampRequest};
use yinxin::ses::{Layout, SesSignature};
use yinxin::sign::Request;
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Report};
use yinxin::{ErrorKind, Policy, Time};

use super::specimen::{Letters, draft, seal, signature_of_pdf, write};
use super::{Oracles, scratch};
use crate::pki::{self, SIGNED_AT, time, world};

const NONCE: [u8; 8] = [0xd1, 2, 3, 4, 5, 6, 7, 8];

#[test]
fn an_sm2_token_of_bouncy_castle_proves_the_time_of_every_kind_of_signature() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("time-stamps-sm2");
    let authority = BouncyCastle::new(&oracles, &folder);
    let draft = draft(&oracles, Letters::Named);
    for (number, (format, layout)) in [
        (Format::Ofd, Some(Layout::Gbt38540_2020)),
        (Format::Ofd, Some(Layout::Gmt0031_2025)),
        (Format::Ofd, None),
        (Format::Pdf, Some(Layout::Gbt38540_2020)),
        (Format::Pdf, None),
    ]
    .into_iter()
    .enumerate()
    {
        let signer = &world().signer;
        let request = match layout {
            Some(layout) => Request::affix(
                seal(&oracles, layout),
                signer.certificate.clone(),
                time(SIGNED_AT),
            ),
            None => Request::sign(signer.certificate.clone(), time(SIGNED_AT)),
        };
        let mut pending = draft.prepare(format, request).unwrap();
        pending
            .add_signature(&signer.key.sign(pending.message()).unwrap())
            .unwrap();
        let question = pending.time_stamp_request(&NONCE, None, None).unwrap();
        // Between question and answer the value is stored and taken up again.
        let stored = pending.to_bytes().unwrap();
        let national = number % 2 == 0;
        let answer = authority.answer(&question, "2026-11-20T02:00:05Z", national);
        let mut pending = draft.resume(format, &stored).unwrap();
        pending.add_time_stamp(&answer, &[]).unwrap();
        let pending = draft.resume(format, &pending.to_bytes().unwrap()).unwrap();
        let license = pending.finish().unwrap();

        let report = authority.judge(license.bytes());
        let expected = (Some(time("2026-11-20T02:00:05Z")), Some("token"));
        assert_eq!(proven(&report), expected, "{}", report.to_json());
        assert_eq!(stamp(&report), Outcome::Passed);
        let proof = report.all_checks().filter(|check| {
            matches!(
                check.code,
                CheckCode::SealSignatureTime | CheckCode::SignatureTimestamp
            )
        });
        assert!(
            proof
                .into_iter()
                .all(|check| check.outcome == Outcome::Passed)
        );
    }
}

#[test]
fn a_genuine_token_over_another_signature_proves_nothing() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("time-stamps-foreign");
    let authority = BouncyCastle::new(&oracles, &folder);
    let signer = &world().signer;
    let shape = SignedShape::DetachedWithAttributes;
    let builder = SignedDataBuilder::new(
        Flavor::Gm,
        shape,
        signer.certificate.clone(),
        signer.key.algorithm(),
    );
    let pending = builder.prepare(&[b"content"]).unwrap();
    let value = signer.key.sign(pending.to_be_signed()).unwrap();
    for (stamped, expected) in [
        (value.as_slice(), Outcome::Passed),
        (b"another signature", Outcome::Failed),
    ] {
        let question = TimeStampRequest::new(DigestAlgorithm::Sm3, stamped);
        let answer = authority.answer(&question.to_der(), "2026-11-20T02:00:05Z", true);
        let token = question.check_response(&answer, &[]).unwrap();
        let message = pending.complete(&value, Some(token.raw())).unwrap();
        let verifier = pki::verifier().with_anchor(AnchorRole::Tsa, authority.certificate.clone());
        let report = verifier.verify_detached(&message, b"content", pki::now());
        assert_eq!(stamp(&report), expected, "{}", report.to_json());
    }
}

#[test]
fn tokens_of_openssl_with_rsa_and_ecdsa_prove_the_time_and_openssl_reads_them_back() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("time-stamps-openssl");
    let draft = draft(&oracles, Letters::Named);
    let signer = &world().signer;
    for kind in ["rsa", "ecdsa"] {
        let authority = OpenSsl::new(&oracles, &folder, kind);
        let request = Request::affix(
            seal(&oracles, Layout::Gbt38540_2020),
            signer.certificate.clone(),
            time(SIGNED_AT),
        );
        let mut pending = draft.prepare(Format::Pdf, request).unwrap();
        pending
            .add_signature(&signer.key.sign(pending.message()).unwrap())
            .unwrap();
        let policy = Oid::parse("1.2.3.4.1").unwrap();
        let digest = Some(DigestAlgorithm::Sha256);
        let question = pending
            .time_stamp_request(&NONCE, Some(policy), digest)
            .unwrap();
        let read = authority.read(&question);
        for expected in [
            "Hash Algorithm: sha256",
            "Policy OID: tsa_policy1",
            "Nonce: 0xD102030405060708",
            "Certificate required: yes",
        ] {
            assert!(read.contains(expected), "no {expected} in {read}");
        }
        let answer = authority.answer(&question);
        authority.verify(&question, &answer);
        pending.add_time_stamp(&answer, &[]).unwrap();
        let license = pending.finish().unwrap();

        // OpenSSL finds the token of the finished document good over its signature value.
        let (_, value) = signature_of_pdf(license.bytes());
        let seal_signature = SesSignature::from_der(&value).unwrap();
        let token = seal_signature.time_stamp().unwrap();
        authority.verify_token(token, seal_signature.signature_value(), true);
        authority.verify_token(token, b"another value", false);

        let report = authority.judge(license.bytes());
        assert_eq!(stamp(&report), Outcome::Passed, "{}", report.to_json());
        assert_eq!(proven(&report).1, Some("token"));
    }
}

#[test]
fn an_authority_that_is_not_trusted_or_refuses_proves_nothing() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("time-stamps-refused");
    let authority = OpenSsl::new(&oracles, &folder, "ecdsa");
    let signer = &world().signer;
    let draft = draft(&oracles, Letters::Named);
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let mut pending = draft.prepare(Format::Ofd, request).unwrap();
    assert_eq!(
        pending
            .time_stamp_request(&NONCE, None, None)
            .unwrap_err()
            .kind(),
        ErrorKind::InvalidArgument
    );
    pending
        .add_signature(&signer.key.sign(pending.message()).unwrap())
        .unwrap();

    // OpenSSL has no such policy, and this authority no SM3.
    let unknown = Oid::parse("1.2.3.4.99").unwrap();
    let sha256 = Some(DigestAlgorithm::Sha256);
    let asked = [
        (Some(unknown), sha256, "unacceptedPolicy"),
        (None, None, "badAlg"),
    ];
    for (policy, digest, failure) in asked {
        let question = pending.time_stamp_request(&NONCE, policy, digest).unwrap();
        let error = pending
            .add_time_stamp(&authority.answer(&question), &[])
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimeStampRefused, "{error}");
        let said: Vec<_> = error.context().collect();
        assert_eq!(said, [("status", "rejection"), ("failure", failure)]);
        assert_eq!(
            pending.finish().unwrap_err().kind(),
            ErrorKind::InvalidArgument
        );
    }

    // An answer to the question before.
    let earlier = pending.time_stamp_request(&[1], None, sha256).unwrap();
    let stale = authority.answer(&earlier);
    let question = pending.time_stamp_request(&NONCE, None, sha256).unwrap();
    let error = pending.add_time_stamp(&stale, &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimeStampMismatch);

    pending
        .add_time_stamp(&authority.answer(&question), &[])
        .unwrap();
    let license = pending.finish().unwrap();
    let report = pki::verifier().verify(license.bytes(), later());
    // What is not required and cannot be judged is listed as not checked.
    assert!(pki::checks(&report, CheckCode::SignatureTimestamp).is_empty());
    assert_eq!(proven(&report).1, Some("claimed"));
}

/// Time of signing and its source.
fn proven(report: &Report) -> (Option<Time>, Option<&str>) {
    let signature = &report.signatures[0];
    (signature.signed_at, signature.time_source)
}

fn stamp(report: &Report) -> Outcome {
    let checks = pki::checks(report, CheckCode::SignatureTimestamp);
    checks.iter().map(|check| check.outcome).min().unwrap()
}

/// After the clock of this machine, by which OpenSSL stamps.
fn later() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time::from_unix(i64::try_from(since.as_secs()).unwrap() + 86_400).unwrap()
}

/// Bouncy Castle with an SM2 key.
struct BouncyCastle<'o> {
    oracles: &'o Oracles,
    folder: &'o Path,
    certificate: Certificate,
}

impl<'o> BouncyCastle<'o> {
    fn new(oracles: &'o Oracles, folder: &'o Path) -> Self {
        let key = SoftwareKey::from_sm2_scalar(&[78; 32]).unwrap();
        let name = Name::build(&[(named::COMMON_NAME, "某某时间戳示范机构")]).unwrap();
        let (from, until) = (time("2025-01-01"), time("2035-01-01"));
        let certificate =
            CertificateBuilder::new(name, key.public_key().clone(), &[78], from, until)
                .end_entity()
                .extended_key_usage(&[named::PURPOSE_TIME_STAMPING], true)
                .self_sign(&key)
                .unwrap();
        write(folder, "key.der", &key.to_pkcs8());
        write(folder, "certificate.der", certificate.der());
        Self {
            oracles,
            folder,
            certificate,
        }
    }

    fn answer(&self, question: &[u8], at: &str, national: bool) -> Vec<u8> {
        let path = |name: &str| self.folder.join(name).into_os_string();
        write(self.folder, "request.tsq", question);
        let mut arguments = vec![
            path("key.der"),
            path("certificate.der"),
            at.into(),
            path("request.tsq"),
            path("response.tsr"),
        ];
        arguments.extend(national.then(|| "gm".into()));
        let verdict = self.oracles.java("MakeTimeStamp", arguments);
        let rows = verdict.assert_good().rows();
        assert_eq!(rows[0][1], "1.2.156.10197.1.401");
        fs::read(self.folder.join("response.tsr")).unwrap()
    }

    fn judge(&self, document: &[u8]) -> Report {
        pki::verifier()
            .with_anchor(AnchorRole::Tsa, self.certificate.clone())
            .verify(document, pki::now())
    }
}

/// `openssl ts` with a key and a certificate of its own making.
struct OpenSsl<'o> {
    oracles: &'o Oracles,
    folder: PathBuf,
    certificate: Certificate,
}

const CONFIGURATION: &str = "\
oid_section = oids
[ oids ]
tsa_policy1 = 1.2.3.4.1
[ req ]
distinguished_name = name
x509_extensions = stamper
prompt = no
[ name ]
CN = Example Time Stamps
[ stamper ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ tsa ]
default_tsa = authority
[ authority ]
serial = serial
default_policy = tsa_policy1
other_policies = tsa_policy1
digests = sha256, sha384
accuracy = secs:1, millisecs:500
tsa_name = yes
ess_cert_id_alg = sha256
signer_digest = sha256
crypto_device = builtin
";

impl<'o> OpenSsl<'o> {
    fn new(oracles: &'o Oracles, folder: &Path, kind: &str) -> Self {
        let folder = folder.join(kind);
        fs::create_dir_all(&folder).unwrap();
        write(&folder, "openssl.cnf", CONFIGURATION.as_bytes());
        write(&folder, "serial", b"01\n");
        let algorithm: &[&str] = match kind {
            "rsa" => &["-newkey", "rsa:2048"],
            _ => &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        };
        let path = |name: &str| folder.join(name).into_os_string().into_string().unwrap();
        let mut arguments = vec!["req", "-x509", "-nodes", "-days", "3650"];
        arguments.extend(algorithm);
        let (configuration, key, certificate) = (
            path("openssl.cnf"),
            path("key.pem"),
            path("certificate.pem"),
        );
        arguments.extend([
            "-config",
            &configuration,
            "-keyout",
            &key,
            "-out",
            &certificate,
        ]);
        oracles.tool("openssl", &arguments).assert_good();
        let pem = fs::read(&certificate).unwrap();
        let certificate = Certificate::from_pem_or_der(&pem).unwrap().remove(0);
        Self {
            oracles,
            folder,
            certificate,
        }
    }

    /// Runs `openssl ts` in the authority's folder, which its configuration counts in.
    fn ts(&self, arguments: &[&str]) -> super::Verdict {
        let mut all = vec!["-C", self.folder.to_str().unwrap(), "openssl", "ts"];
        all.extend(arguments);
        self.oracles.tool("env", all)
    }

    fn read(&self, question: &[u8]) -> String {
        write(&self.folder, "request.tsq", question);
        let arguments = [
            "-query",
            "-in",
            "request.tsq",
            "-text",
            "-config",
            "openssl.cnf",
        ];
        self.ts(&arguments).assert_good().out.clone()
    }

    fn answer(&self, question: &[u8]) -> Vec<u8> {
        write(&self.folder, "request.tsq", question);
        let arguments = [
            "-reply",
            "-config",
            "openssl.cnf",
            "-queryfile",
            "request.tsq",
            "-signer",
            "certificate.pem",
            "-inkey",
            "key.pem",
            "-out",
            "response.tsr",
        ];
        self.ts(&arguments).assert_good();
        fs::read(self.folder.join("response.tsr")).unwrap()
    }

    fn verify(&self, question: &[u8], answer: &[u8]) {
        write(&self.folder, "request.tsq", question);
        write(&self.folder, "response.tsr", answer);
        let arguments = [
            "-verify",
            "-queryfile",
            "request.tsq",
            "-in",
            "response.tsr",
            "-CAfile",
            "certificate.pem",
        ];
        self.ts(&arguments).assert_good();
    }

    fn verify_token(&self, token: &[u8], stamped: &[u8], good: bool) {
        write(&self.folder, "token.der", token);
        write(&self.folder, "stamped", stamped);
        let arguments = [
            "-verify",
            "-data",
            "stamped",
            "-in",
            "token.der",
            "-token_in",
            "-CAfile",
            "certificate.pem",
        ];
        let verdict = self.ts(&arguments);
        if good {
            verdict.assert_good();
        } else {
            verdict.assert_bad();
        }
    }

    fn judge(&self, document: &[u8]) -> Report {
        pki::verifier()
            .with_anchor(AnchorRole::Tsa, self.certificate.clone())
            .verify(document, later())
    }
}

#[test]
fn under_archive_only_a_token_proves_a_time_whose_certificate_has_expired() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("time-stamps-archive");
    let authority = BouncyCastle::new(&oracles, &folder);
    let signer = &world().signer;
    let draft = draft(&oracles, Letters::Named);
    let judge = |stamped: bool, at: &str| {
        let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
        let mut pending = draft.prepare(Format::Ofd, request).unwrap();
        pending
            .add_signature(&signer.key.sign(pending.message()).unwrap())
            .unwrap();
        if stamped {
            let question = pending.time_stamp_request(&NONCE, None, None).unwrap();
            let answer = authority.answer(&question, "2026-11-20T02:00:05Z", true);
            pending.add_time_stamp(&answer, &[]).unwrap();
        }
        let license = pending.finish().unwrap();
        let verifier = yinxin::Verifier::new(Policy::archive())
            .with_anchor(
                AnchorRole::Signer,
                world().signer_authority.certificate.clone(),
            )
            .with_anchor(AnchorRole::Tsa, authority.certificate.clone())
            .with_crl(world().revoking_crl.clone());
        let report = verifier.verify(license.bytes(), time(at));
        let time = pki::checks(&report, CheckCode::SealSignatureTime);
        (
            time[0].outcome,
            time[0].reason.map(yinxin::verify::Reason::name),
        )
    };
    // The certificate is revoked as of the 21st, the day after signing.
    let revoked = "2026-11-22T08:00:00Z";
    assert_eq!(
        judge(false, revoked),
        (Outcome::Indeterminate, Some("revoked_since"))
    );
    assert_eq!(judge(true, revoked), (Outcome::Passed, None));
}
