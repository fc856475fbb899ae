//! OCSP responses that others make: OpenSSL with P-256, Bouncy Castle with SM2.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use yinxin::Time;
use yinxin::asn1::{self, named};
use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::pki::{Certificate, CertificateBuilder, Crl, CrlBuilder, KeyUsage, Name, OcspResponse};
use yinxin::trust::{
    AlgorithmPolicy, AnchorRole, Anchors, EvidenceAge, EvidenceRef, PathReport, PathRequest,
    RevocationMode, RevocationStatus, UnknownCause, Verdict,
};

use super::{Oracles, scratch};

/// An authority, a signer below it, and who may answer for the authority.
struct World {
    folder: PathBuf,
    keys: fn(u8) -> SoftwareKey,
    root: Certificate,
    leaf: Certificate,
}

const ROOT: u8 = 1;
const LEAF: u8 = 2;
const DELEGATE: u8 = 3;

fn sm2(seed: u8) -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[seed; 32]).unwrap()
}

/// P-256 keys are drawn at random, so each is made once a run.
fn p256(seed: u8) -> SoftwareKey {
    use std::collections::BTreeMap;
    use std::sync::{Mutex, OnceLock};
    static KEYS: OnceLock<Mutex<BTreeMap<u8, Vec<u8>>>> = OnceLock::new();
    let mut keys = KEYS.get_or_init(Mutex::default).lock().unwrap();
    let der = keys.entry(seed).or_insert_with(|| {
        SoftwareKey::generate(KeyKind::P256)
            .unwrap()
            .to_pkcs8()
            .to_vec()
    });
    SoftwareKey::from_pkcs8(der).unwrap()
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn name(common_name: &str) -> Name {
    Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, common_name)]).unwrap()
}

fn builder(common_name: &str, key: &SoftwareKey, serial: u8) -> CertificateBuilder {
    let (from, until) = (time("2025-01-01"), time("2035-01-01"));
    CertificateBuilder::new(
        name(common_name),
        key.public_key().clone(),
        &[serial],
        from,
        until,
    )
}

impl World {
    fn new(folder: &str, keys: fn(u8) -> SoftwareKey) -> Self {
        let folder = scratch(folder);
        let root_key = keys(ROOT);
        let root = builder("Demo CA", &root_key, ROOT)
            .authority(None)
            .self_sign(&root_key)
            .unwrap();
        let leaf = builder("Demo signer", &keys(LEAF), LEAF)
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .sign(&root, &root_key)
            .unwrap();
        let world = Self {
            folder,
            keys,
            root,
            leaf,
        };
        world.keep("root", &world.root, ROOT);
        world.keep("leaf", &world.leaf, LEAF);
        world
    }

    /// A certificate for answering, and its files.
    fn delegate(
        &self,
        file: &str,
        change: impl FnOnce(CertificateBuilder) -> CertificateBuilder,
    ) -> Certificate {
        let built = builder("Demo responder", &(self.keys)(DELEGATE), DELEGATE)
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .extended_key_usage(&[named::PURPOSE_OCSP], false)
            .extension(named::OCSP_NO_CHECK, false, asn1::null());
        let certificate = change(built).sign(&self.root, &(self.keys)(ROOT)).unwrap();
        self.keep(file, &certificate, DELEGATE);
        certificate
    }

    fn keep(&self, name: &str, certificate: &Certificate, key: u8) {
        let write = |end: &str, bytes: &[u8]| {
            std::fs::write(self.folder.join(format!("{name}.{end}")), bytes).unwrap();
        };
        let key = (self.keys)(key).to_pkcs8();
        write("der", certificate.der());
        write("pem", certificate.to_pem().as_bytes());
        write("key.der", &key);
        write(
            "key.pem",
            yinxin::crypto::to_pem("PRIVATE KEY", &key).as_bytes(),
        );
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn response(&self, name: &str) -> OcspResponse {
        OcspResponse::from_der(&std::fs::read(self.path(name)).unwrap()).unwrap()
    }

    fn judge(&self, name: &str, at: Time) -> PathReport {
        self.judge_by(name, at, |request| request.judge())
    }

    fn judge_by(
        &self,
        name: &str,
        at: Time,
        judge: impl FnOnce(PathRequest<'_>) -> PathReport,
    ) -> PathReport {
        let responses = [self.response(name)];
        let mut anchors = Anchors::new();
        anchors.add_all([self.root.clone()], AnchorRole::Signer);
        judge(PathRequest {
            revocation: RevocationMode::Required,
            ocsp: &responses,
            ..PathRequest::new(&self.leaf, &anchors, at)
        })
    }
}

fn unknown(report: &PathReport) -> UnknownCause {
    assert_eq!(
        report.outcome(),
        Verdict::Indeterminate,
        "{:?}",
        report.problems()
    );
    match report.revocation()[0] {
        RevocationStatus::Unknown(cause) => cause,
        other => panic!("{other:?}"),
    }
}

#[test]
fn openssl_answers() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let world = World::new("ocsp-openssl", p256);
    world.delegate("delegate", |builder| builder);
    let subject = "unknown\t/C=CN/CN=Demo signer\n";
    let good = format!("V\t350101000000Z\t\t02\t{subject}");
    let revoked = format!("R\t350101000000Z\t251101000000Z,keyCompromise\t02\t{subject}");
    std::fs::write(world.path("good.txt"), good).unwrap();
    std::fs::write(world.path("revoked.txt"), revoked).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = Time::from_unix(i64::try_from(now.as_secs()).unwrap() + 60).unwrap();
    for (index, responder, digest, expected) in [
        ("good.txt", "root", "-sha1", Verdict::Passed),
        ("good.txt", "delegate", "-sha256", Verdict::Passed),
        ("revoked.txt", "root", "-sha256", Verdict::Failed),
        ("revoked.txt", "delegate", "-sha1", Verdict::Failed),
    ] {
        let file = |name: &str| world.path(name).to_str().unwrap().to_owned();
        let (pem, key) = (format!("{responder}.pem"), format!("{responder}.key.pem"));
        oracles
            .tool(
                "openssl",
                [
                    "ocsp",
                    "-issuer",
                    &file("root.pem"),
                    digest,
                    "-cert",
                    &file("leaf.pem"),
                    "-reqout",
                    &file("request.der"),
                ],
            )
            .assert_good();
        oracles
            .tool(
                "openssl",
                [
                    "ocsp",
                    "-index",
                    &file(index),
                    "-CA",
                    &file("root.pem"),
                    "-rsigner",
                    &file(&pem),
                    "-rkey",
                    &file(&key),
                    "-reqin",
                    &file("request.der"),
                    "-ndays",
                    "7",
                    "-respout",
                    &file("response.der"),
                ],
            )
            .assert_good();
        let report = world.judge("response.der", now);
        assert_eq!(report.outcome(), expected, "{index} {responder} {digest}");
        assert_eq!(report.evidence(), [EvidenceRef::Ocsp(0)]);
        // OpenSSL repeats the nonce of the request.
        let nonce = world.response("response.der").nonce().unwrap().to_vec();
        let other = world.judge_by("response.der", now, |request| {
            let nonce = [&nonce[..], &[0]].concat();
            PathRequest {
                ocsp_nonce: Some(&nonce),
                ..request
            }
            .judge()
        });
        assert_eq!(unknown(&other), UnknownCause::Nonce);
        let same = world.judge_by("response.der", now, |request| {
            PathRequest {
                ocsp_nonce: Some(&nonce),
                ..request
            }
            .judge()
        });
        assert_eq!(same.outcome(), expected);
        // Eight days on, what was good is not known to be so any more.
        let later = now.checked_add(8 * 86_400).unwrap();
        let later = world.judge("response.der", later);
        match expected {
            Verdict::Passed => assert_eq!(unknown(&later), UnknownCause::Stale),
            _ => assert_eq!(later.outcome(), Verdict::Failed),
        }
    }
}

const THIS: &str = "2026-11-20T00:00:00Z";
const NEXT: &str = "2026-11-27T00:00:00Z";

/// What Bouncy Castle is to answer, and where it writes that.
struct Answer<'a> {
    out: &'a str,
    responder: &'a str,
    status: &'a str,
    digest: &'a str,
    next: &'a str,
}

impl Default for Answer<'_> {
    fn default() -> Self {
        Self {
            out: "",
            responder: "delegate",
            status: "good",
            digest: "SM3",
            next: NEXT,
        }
    }
}

fn make(oracles: &Oracles, folder: &Path, answers: &[Answer<'_>]) {
    let file = |name: String| folder.join(name).to_str().unwrap().to_owned();
    let arguments = answers.iter().flat_map(|answer| {
        [
            file(answer.out.to_owned()),
            file("root.der".to_owned()),
            file(format!("{}.der", answer.responder)),
            file(format!("{}.key.der", answer.responder)),
            file("leaf.der".to_owned()),
            answer.status.to_owned(),
            answer.digest.to_owned(),
            THIS.to_owned(),
            answer.next.to_owned(),
            "5a".to_owned(),
        ]
    });
    oracles.java("MakeOcsp", arguments).assert_good();
}

#[test]
fn bouncy_castle_answers_with_sm2() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let world = World::new("ocsp-sm2", sm2);
    let delegate = world.delegate("delegate", |builder| builder);
    world.delegate("undelegated", |builder| {
        builder.extended_key_usage(&[named::PURPOSE_DOCUMENT], false)
    });
    world.delegate("cipher", |builder| {
        builder.key_usage(KeyUsage::KEY_ENCIPHERMENT)
    });
    let checked = builder("Demo responder", &sm2(DELEGATE), 4)
        .end_entity()
        .extended_key_usage(&[named::PURPOSE_OCSP], false)
        .sign(&world.root, &sm2(ROOT))
        .unwrap();
    world.keep("checked", &checked, DELEGATE);
    let stranger = builder("Demo responder", &sm2(DELEGATE), 5)
        .extended_key_usage(&[named::PURPOSE_OCSP], false)
        .self_sign(&sm2(DELEGATE))
        .unwrap();
    world.keep("stranger", &stranger, DELEGATE);
    let by = |out, responder| Answer {
        out,
        responder,
        ..Answer::default()
    };
    make(
        &oracles,
        &world.folder,
        &[
            Answer {
                digest: "SHA-1",
                ..by("root-sha1", "root")
            },
            Answer {
                digest: "SHA-256",
                ..by("root-sha256", "root")
            },
            by("root-sm3", "root"),
            by("delegate", "delegate"),
            Answer {
                digest: "SHA-1",
                ..by("delegate-by-key", "delegate")
            },
            by("undelegated", "undelegated"),
            by("cipher", "cipher"),
            by("checked", "checked"),
            by("stranger", "stranger"),
            Answer {
                status: "unknown",
                ..by("unknown", "root")
            },
            Answer {
                status: "1@2026-11-02T00:00:00Z",
                ..by("revoked", "delegate")
            },
            Answer {
                status: "1@2026-11-23T00:00:00Z",
                ..by("revoked-later", "delegate")
            },
            Answer {
                next: "-",
                ..by("endless", "delegate")
            },
        ],
    );
    let at = time("2026-11-22");
    for file in [
        "root-sha1",
        "root-sha256",
        "root-sm3",
        "delegate",
        "delegate-by-key",
    ] {
        let report = world.judge(file, at);
        assert_eq!(
            report.outcome(),
            Verdict::Passed,
            "{file} {:?}",
            report.revocation()
        );
    }
    for (file, cause) in [
        ("undelegated", UnknownCause::NotDelegated),
        ("cipher", UnknownCause::NotDelegated),
        ("stranger", UnknownCause::NotDelegated),
        ("checked", UnknownCause::ResponderUnknown),
        ("unknown", UnknownCause::ResponderDoesNotKnow),
        ("endless", UnknownCause::NoNextUpdate),
    ] {
        assert_eq!(unknown(&world.judge(file, at)), cause, "{file}");
    }
    let revoked = world.judge("revoked", at);
    assert_eq!(revoked.outcome(), Verdict::Failed);
    assert!(matches!(
        revoked.revocation()[0],
        RevocationStatus::Revoked { time: since, .. } if since == time("2026-11-02")
    ));
    // Whoever is called revoked is, even where a date to come is given (RFC 6960 2.2).
    for at in [at, time("2026-11-24")] {
        assert_eq!(world.judge("revoked-later", at).outcome(), Verdict::Failed);
    }

    assert_eq!(
        unknown(&world.judge("delegate", time("2026-11-19"))),
        UnknownCause::NotYetValid
    );
    assert_eq!(
        unknown(&world.judge("delegate", time("2026-11-28"))),
        UnknownCause::Stale
    );
    let evidence_age = |evidence_age, file, at: &str| {
        world.judge_by(file, time(at), |request| {
            PathRequest {
                evidence_age,
                ..request
            }
            .judge()
        })
    };
    let days = |days: u32| days * 86_400;
    let graced = EvidenceAge {
        grace: days(2),
        max_age: None,
        ..EvidenceAge::default()
    };
    assert_eq!(
        evidence_age(graced, "delegate", "2026-11-28").outcome(),
        Verdict::Passed
    );
    let limited = EvidenceAge {
        grace: 0,
        max_age: Some(days(3)),
        ..EvidenceAge::default()
    };
    assert_eq!(
        evidence_age(limited, "endless", "2026-11-22").outcome(),
        Verdict::Passed
    );
    assert_eq!(
        unknown(&evidence_age(limited, "delegate", "2026-11-25")),
        UnknownCause::Stale
    );

    // The list of the authority tells of its delegate.
    let list = |serials: &[u8]| -> Crl {
        let list = CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"));
        let since = time("2026-11-02");
        let list = serials
            .iter()
            .fold(list, |list, serial| list.revoke(&[*serial], since, None));
        list.sign(&world.root, &sm2(ROOT)).unwrap()
    };
    for (revoked, cause) in [
        (&[][..], None),
        (&[4][..], Some(UnknownCause::ResponderRevoked)),
    ] {
        // It is about the delegate alone, so that it does not speak for the signer too.
        let crls = [list(revoked)];
        let responses = [world.response("checked")];
        let mut anchors = Anchors::new();
        anchors.add_all([world.root.clone()], AnchorRole::Signer);
        let request = PathRequest {
            revocation: RevocationMode::Required,
            ocsp: &responses,
            crls: &crls,
            ..PathRequest::new(&world.leaf, &anchors, at)
        };
        let evidence = request.judge();
        assert_eq!(evidence.outcome(), Verdict::Passed);
        let by_response = evidence.evidence().contains(&EvidenceRef::Ocsp(0));
        assert_eq!(by_response, cause.is_none(), "{revoked:?}");
    }

    // A responder that the caller believes needs nobody's leave.
    let responses = [world.response("stranger")];
    let mut anchors = Anchors::new();
    anchors.add_all([world.root.clone()], AnchorRole::Signer);
    anchors.add_all([stranger], AnchorRole::Ocsp);
    let request = PathRequest {
        revocation: RevocationMode::Required,
        ocsp: &responses,
        algorithms: AlgorithmPolicy::default(),
        ..PathRequest::new(&world.leaf, &anchors, at)
    };
    assert_eq!(request.judge().outcome(), Verdict::Passed);
    assert!(responses[0].responder().is(&delegate));

    // One bit of the signature, or of what is signed, and it says nothing.
    let good = std::fs::read(world.path("delegate")).unwrap();
    let carried = good
        .windows(delegate.der().len())
        .position(|window| window == delegate.der())
        .unwrap();
    let mut unread = 0;
    for at_byte in (0..carried).step_by(3) {
        let mut bytes = good.clone();
        bytes[at_byte] ^= 1;
        let Ok(response) = OcspResponse::from_der(&bytes) else {
            unread += 1;
            continue;
        };
        let responses = [response];
        let mut anchors = Anchors::new();
        anchors.add_all([world.root.clone()], AnchorRole::Signer);
        let report = PathRequest {
            revocation: RevocationMode::Required,
            ocsp: &responses,
            ..PathRequest::new(&world.leaf, &anchors, at)
        }
        .judge();
        assert_ne!(report.outcome(), Verdict::Passed, "byte {at_byte}");
    }
    assert!(unread > 0);
}
