//! Revocation evidence in PDF: OCSP responses that OpenSSL makes go into the store and are what EU
//! DSS judges by, and what pyHanko and EU DSS put in is found here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use yinxin::Time;
use yinxin::asn1::{self, named};
use yinxin::crypto::{KeyKind, Signer, SoftwareKey, to_pem};
use yinxin::pki::{
    Certificate, CertificateBuilder, CrlBuilder, KeyUsage, Name, OcspResponse, RevocationReason,
};
use yinxin::sign::augment::{Augmentation, DocumentStamp, Evidence};
use yinxin::sign::{Profile, Request, prepare};
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Policy, Reason, Report, Verifier};

use super::authority::OpenSsl;
use super::pades::{NONCE, dss, lta_by_pyhanko as pyhanko_in_2049, now};
use super::specimen::{International, write, write_certificate};
use super::{Oracles, scratch};
use crate::pki::{checks, time, unsigned_pdf};

/// A signer and a time stamp authority under one root, which has a responder.
struct World<'o> {
    oracles: &'o Oracles,
    folder: PathBuf,
    people: International,
    stamps: OpenSsl<'o>,
    responder: Certificate,
}

impl<'o> World<'o> {
    fn new(oracles: &'o Oracles, name: &str) -> Self {
        Self::certified(oracles, name, |builder| builder)
    }

    /// With more in the certificates of signer and stamper.
    fn certified(
        oracles: &'o Oracles,
        name: &str,
        more: fn(CertificateBuilder) -> CertificateBuilder,
    ) -> Self {
        let folder = scratch(name);
        let people = International::certified(more);
        let root = &people.root;
        let key = SoftwareKey::generate(KeyKind::P256).unwrap();
        let name = Name::build(&[(named::COMMON_NAME, "Example Responder")]).unwrap();
        let (from, until) = (time("2025-01-01"), time("2035-01-01"));
        let responder = CertificateBuilder::new(name, key.public_key().clone(), &[50], from, until)
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .extended_key_usage(&[named::PURPOSE_OCSP], false)
            .extension(named::OCSP_NO_CHECK, false, asn1::null())
            .sign(&root.certificate, &root.key)
            .unwrap();
        write_certificate(&folder, "root.pem", &root.certificate);
        write_certificate(&folder, "responder.pem", &responder);
        let pem = to_pem("PRIVATE KEY", &key.to_pkcs8());
        write(&folder, "responder-key.pem", pem.as_bytes());
        let index = "V\t350101000000Z\t\t02\tunknown\t/CN=signer\n\
                     V\t350101000000Z\t\t63\tunknown\t/CN=stamper\n";
        write(&folder, "index.txt", index.as_bytes());
        let stamps = OpenSsl::certified(oracles, &folder, root, more);
        Self {
            oracles,
            folder,
            people,
            stamps,
            responder,
        }
    }

    fn file(&self, name: &str) -> OsString {
        self.folder.join(name).into_os_string()
    }

    /// What OpenSSL says about a certificate as the root's responder.
    fn answer(&self, name: &str, certificate: &Certificate) -> OcspResponse {
        let subject = write_certificate(&self.folder, &format!("{name}.pem"), certificate);
        let response = self.file(&format!("{name}.ocsp"));
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        let mut arguments = words("ocsp -issuer");
        arguments.push(self.file("root.pem"));
        arguments.extend(["-no_nonce".into(), "-cert".into()]);
        arguments.extend([subject.into(), "-reqout".into(), self.file("request.der")]);
        self.oracles.tool("openssl", arguments).assert_good();
        let mut arguments = words("ocsp -ndays 7 -index");
        arguments.push(self.file("index.txt"));
        for (flag, file) in [
            ("-CA", "root.pem"),
            ("-rsigner", "responder.pem"),
            ("-rkey", "responder-key.pem"),
            ("-reqin", "request.der"),
        ] {
            arguments.extend([flag.into(), self.file(file)]);
        }
        arguments.extend(["-respout".into(), response.clone()]);
        self.oracles.tool("openssl", arguments).assert_good();
        OcspResponse::from_der(&std::fs::read(response).unwrap()).unwrap()
    }

    /// A document of level T.
    fn signed(&self) -> Vec<u8> {
        let signer = &self.people.signer;
        let profile = Profile {
            certificates: vec![self.people.root.certificate.clone()],
            ..Profile::default()
        };
        let request = Request::sign(signer.certificate.clone(), now()).profile(profile);
        let mut pending = prepare(&unsigned_pdf(), request).unwrap();
        let value = signer.key.sign(pending.message()).unwrap();
        pending.add_signature(&value).unwrap();
        let question = pending.time_stamp_request(&NONCE, None, None).unwrap();
        pending
            .add_time_stamp(&self.stamps.answer(&question), &[])
            .unwrap();
        pending.finish().unwrap()
    }

    fn verifier(&self, policy: Policy) -> Verifier {
        let root = &self.people.root.certificate;
        Verifier::new(policy)
            .with_anchor(AnchorRole::Signer, root.clone())
            .with_anchor(AnchorRole::Tsa, root.clone())
    }
}

/// Names an OCSP responder, as issuers that have one must (RFC 6960 3.1): pyHanko looks at no response
/// on a certificate that names none.
fn names_responder(builder: CertificateBuilder) -> CertificateBuilder {
    let [access, ocsp] =
        ["1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.48.1"].map(|oid| asn1::Oid::parse(oid).unwrap());
    let place = asn1::tlv(asn1::Tag::context_primitive(6), b"http://ocsp.example");
    let names = asn1::sequence(&[asn1::sequence(&[asn1::oid(ocsp), place])]);
    builder.extension(access, false, names)
}

fn one(report: &Report, code: CheckCode) -> (Outcome, Option<Reason>) {
    let found = checks(report, code);
    assert_eq!(found.len(), 1, "{}", report.to_json());
    (found[0].outcome, found[0].reason)
}

#[test]
fn ocsp_responses_make_a_signature_last() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let world = World::certified(&oracles, "evidence-ocsp", names_responder);
    let signed = world.signed();
    let mut evidence = Evidence {
        certificates: vec![world.people.root.certificate.clone()],
        ..Evidence::default()
    };
    let lacks = |evidence: &Evidence| {
        let prepared = Augmentation::prepare(&signed, evidence).unwrap();
        let missing = prepared.missing().iter();
        missing.map(|one| one.what.name()).collect::<Vec<_>>()
    };
    assert_eq!(lacks(&evidence), ["revocation", "revocation"]);
    let about = world.answer("signer", &world.people.signer.certificate);
    evidence.ocsps.push(about);
    assert_eq!(lacks(&evidence), ["revocation"]);
    evidence
        .ocsps
        .push(world.answer("stamper", &world.stamps.certificate));
    assert_eq!(lacks(&evidence), Vec::<&str>::new());

    let prepared = Augmentation::prepare(&signed, &evidence).unwrap();
    assert_eq!(prepared.store().ocsps.len(), 2);
    // Who answered must be judged later, too.
    let responder = world.responder.der().to_vec();
    assert!(prepared.store().certificates.contains(&responder));
    let lt = prepared.finish(now()).unwrap();
    let again = Augmentation::prepare(&lt, &Evidence::default()).unwrap();
    assert_eq!(again.missing(), []);

    let stamp = DocumentStamp::prepare(&lt, &NONCE, None, None).unwrap();
    let lta = stamp
        .complete(&world.stamps.answer(&stamp.request()), &[])
        .unwrap();
    let soon = now().checked_add(60).unwrap();
    let report = world.verifier(Policy::basic()).verify(&signed, soon);
    assert!(checks(&report, CheckCode::RevocationSigner).is_empty());
    let root = world.folder.join("root.pem");
    let mut files = Vec::new();
    for (level, bytes) in [("LT", &lt), ("LTA", &lta)] {
        let report = world.verifier(Policy::basic()).verify(bytes, soon);
        assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
        let good = (Outcome::Passed, None);
        assert_eq!(one(&report, CheckCode::RevocationSigner), good, "{level}");
        files.push(write(&world.folder, &format!("{level}.pdf"), bytes));
    }
    for file in &files {
        pyhanko_in_2049(&oracles, file, &root).assert_good();
    }
    let bare = write(&world.folder, "T.pdf", &signed);
    pyhanko_in_2049(&oracles, &bare, &root).assert_bad();
    let verdict = dss(&oracles, &root, &files);
    let rows = verdict.rows();
    let said: Vec<_> = rows.iter().filter(|row| row.get(1) == Some(&"0")).collect();
    let levels: Vec<_> = said.iter().map(|row| (row[2], row[4])).collect();
    let expected = [
        ("TOTAL_PASSED", "PAdES-BASELINE-LT"),
        ("TOTAL_PASSED", "PAdES-BASELINE-LTA"),
    ];
    assert_eq!(levels, expected, "{}", verdict.out);
}

#[test]
fn evidence_that_pyhanko_signs_along_is_found() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let world = World::new(&oracles, "evidence-signed");
    let root = &world.people.root;
    let now = now();
    let crl = CrlBuilder::new(
        1,
        now.checked_add(-3600).unwrap(),
        now.checked_add(86_400).unwrap(),
    )
    .sign(&root.certificate, &root.key)
    .unwrap();
    write(&world.folder, "list.crl", crl.der());
    world.answer("signer", &world.people.signer.certificate);
    let key = to_pem("PRIVATE KEY", &world.people.signer.key.to_pkcs8());
    write(&world.folder, "key.pem", key.as_bytes());
    let source = write(&world.folder, "plain.pdf", &unsigned_pdf());
    for (name, file) in [("crl", "list.crl"), ("ocsp", "signer.ocsp")] {
        let target = world.folder.join(format!("{name}.pdf"));
        let mut arguments: Vec<OsString> = vec![
            source.clone().into(),
            target.clone().into(),
            "sign-adbe".into(),
        ];
        for (flag, file) in [
            ("--key", "key.pem"),
            ("--cert", "signer.pem"),
            ("--root", "root.pem"),
            (&*format!("--{name}"), file),
        ] {
            arguments.extend([flag.into(), world.file(file)]);
        }
        oracles.python("change_pdf.py", arguments).assert_good();
        let bytes = std::fs::read(target).unwrap();
        let soon = now.checked_add(60).unwrap();
        let report = world.verifier(Policy::basic()).verify(&bytes, soon);
        assert_eq!(report.outcome, Outcome::Passed, "{}", report.to_json());
        let good = (Outcome::Passed, None);
        assert_eq!(one(&report, CheckCode::RevocationSigner), good, "{name}");
        // It need not be given again for the store.
        let prepared = Augmentation::prepare(&bytes, &Evidence::default()).unwrap();
        let missing: Vec<_> = prepared
            .missing()
            .iter()
            .map(|one| one.what.name())
            .collect();
        assert_eq!(missing, ["time_stamp"], "{name}");
    }
}

/// A signer's certificate that was revoked at some time, and a document time stamp by OpenSSL.
#[test]
fn a_time_stamp_over_the_document_proves_an_earlier_signature() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let world = World::new(&oracles, "evidence-stamp");
    let signer = &world.people.signer;
    let request = Request::sign(signer.certificate.clone(), now());
    let signed = prepare(&unsigned_pdf(), request)
        .unwrap()
        .sign(&signer.key)
        .unwrap();
    let stamp = DocumentStamp::prepare(&signed, &NONCE, None, None).unwrap();
    let stamped = stamp
        .complete(&world.stamps.answer(&stamp.request()), &[])
        .unwrap();
    let in_days = |days: i64| now().checked_add(days * 86_400).unwrap();
    let judge = |bytes: &[u8], revoked: Option<Time>| {
        let root = &world.people.root;
        let list = CrlBuilder::new(1, in_days(3), in_days(30));
        let list = match revoked {
            Some(since) => list.revoke(&[2], since, Some(RevocationReason::KeyCompromise)),
            None => list,
        };
        let crl = list.sign(&root.certificate, &root.key).unwrap();
        let verifier = world.verifier(Policy::basic()).with_crl(crl);
        verifier.verify(bytes, in_days(4))
    };
    let time_of = |report: &Report| {
        (
            report.signatures[0].time_source,
            one(report, CheckCode::SealSignatureTime),
        )
    };
    let passed = (Outcome::Passed, None);
    let since = (Outcome::Indeterminate, Some(Reason::RevokedSince));
    assert_eq!(time_of(&judge(&signed, None)), (Some("claimed"), passed));
    assert_eq!(time_of(&judge(&stamped, None)), (Some("token"), passed));
    // Whoever holds a stolen key can date back, but not before the stamp.
    let later = Some(in_days(1));
    assert_eq!(time_of(&judge(&signed, later)), (Some("claimed"), since));
    assert_eq!(time_of(&judge(&stamped, later)), (Some("token"), passed));
    // A stamp from after the revocation proves nothing, and takes nothing away.
    let earlier = Some(signed_before_stamp(&stamped, &world));
    assert_eq!(time_of(&judge(&stamped, earlier)).0, Some("claimed"));

    // Nor does one by an authority that nobody trusts.
    let root = world.people.root.certificate.clone();
    let untrusting = Verifier::new(Policy::basic()).with_anchor(AnchorRole::Signer, root);
    let report = untrusting.verify(&stamped, in_days(1));
    assert_eq!(report.signatures[0].time_source, Some("claimed"));
    // The archive's policy is satisfied by it.
    let of_archive = Policy::archive();
    assert!(
        of_archive
            .required()
            .contains(&CheckCode::SignatureTimestamp)
    );
    let report = judge(&stamped, None);
    let first = &report.signatures[0].checks;
    let token = first
        .iter()
        .find(|one| one.code == CheckCode::SignatureTimestamp);
    assert_eq!(token.unwrap().outcome, Outcome::Passed);
}

/// The second of the stamp itself.
fn signed_before_stamp(stamped: &[u8], world: &World<'_>) -> Time {
    let report = world.verifier(Policy::basic()).verify(stamped, {
        let soon = now().checked_add(3600);
        soon.unwrap()
    });
    report.signatures[1].signed_at.unwrap()
}

#[test]
fn what_eu_dss_adds_is_admitted_and_used() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let world = World::new(&oracles, "changes-dss");
    let [tsa_key, tsa] = ["tsa-key.pem", "tsa.pem"].map(|name| world.folder.join(name));
    super::changes::rsa_stamper(&oracles, &tsa_key, &tsa);
    let stamper = Certificate::from_pem_or_der(&std::fs::read(&tsa).unwrap())
        .unwrap()
        .remove(0);
    let signer = &world.people.signer;
    let key = to_pem("PRIVATE KEY", &signer.key.to_pkcs8());
    write(&world.folder, "key.pem", key.as_bytes());
    write_certificate(&world.folder, "cert.pem", &signer.certificate);
    let root = &world.people.root;
    let (from, until) = (now().checked_add(-3600), now().checked_add(86_400));
    let crl = CrlBuilder::new(1, from.unwrap(), until.unwrap())
        .sign(&root.certificate, &root.key)
        .unwrap();
    write(&world.folder, "list.crl", crl.der());
    let change = |source: &Path, step: &str| {
        let stem = source.file_stem().unwrap().to_str().unwrap();
        let target = world.folder.join(format!("{stem}-{step}.pdf"));
        let mut arguments: Vec<OsString> = vec![source.into(), target.clone().into(), step.into()];
        for name in [
            "key.pem",
            "cert.pem",
            "root.pem",
            "tsa-key.pem",
            "tsa.pem",
            "list.crl",
        ] {
            arguments.push(world.file(name));
        }
        oracles.java_pdf("ChangeDss", arguments).assert_good();
        target
    };
    let request = Request::sign(signer.certificate.clone(), now());
    let ours = prepare(&unsigned_pdf(), request)
        .unwrap()
        .sign(&signer.key)
        .unwrap();
    let ours = write(&world.folder, "ours.pdf", &ours);
    let plain = write(&world.folder, "plain.pdf", &unsigned_pdf());
    let theirs = change(&plain, "sign");
    let verifier = world
        .verifier(Policy::basic())
        .with_anchor(AnchorRole::Tsa, stamper);
    for (source, steps, kinds) in [
        (&ours, "sign", &["signature"][..]),
        (&ours, "sign-t", &["signature"]),
        (&ours, "stamp", &["time_stamp"]),
        (&theirs, "sign", &["signature"]),
        (&theirs, "lt", &["evidence", "time_stamp"]),
        (&theirs, "lta", &["evidence", "time_stamp"]),
        (
            &theirs,
            "sign-t lt lta",
            &["evidence", "signature", "time_stamp"],
        ),
    ] {
        let file = steps
            .split(' ')
            .fold(source.clone(), |source, step| change(&source, step));
        let bytes = std::fs::read(&file).unwrap();
        let report = verifier.verify(&bytes, now().checked_add(60).unwrap());
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{}: {}",
            file.display(),
            report.to_json()
        );
        let changes = &report.signatures[0].coverage.changes;
        let mut said: Vec<_> = changes
            .iter()
            .filter_map(|change| Some(change.rsplit_once(": ")?.1))
            .filter(|kind| *kind != "upkeep")
            .collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said, kinds, "{}: {changes:#?}", file.display());
        if kinds.contains(&"evidence") {
            // The lists in their store are what revocation is judged by.
            let good = checks(&report, CheckCode::RevocationSigner);
            assert!(good.iter().all(|check| check.outcome == Outcome::Passed));
            assert_eq!(report.signatures[0].time_source, Some("token"));
        }
    }
}
