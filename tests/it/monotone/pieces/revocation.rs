//! Revocation lists and answers of responders.

use yinxin::asn1::{self, Oid, named};
use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::pki::{Certificate, Crl, CrlBuilder, OcspResponse, RevocationReason};

use super::super::subjects::{stamper, stamping_root};
use super::{Effect, Piece, Question, given};
use crate::pki::{Party, time, world};

pub(super) fn crls() -> Vec<Piece> {
    use Effect::{Accuses, BesideThePoint, Helps};
    use Question::{MakerRevoked, SignerRevoked, StamperRevoked};
    let root = stamping_root();
    let (ca, maker) = (&world().signer_authority, &world().maker_authority);
    let crl = |name,
               question,
               effect,
               by: &Party,
               (from, until),
               revoked: Option<(&Certificate, &str, RevocationReason)>| {
        let list = crl(by, from, until, revoked);
        given(name, question, effect, move |verifier| {
            verifier.with_crl(list.clone())
        })
    };
    let november = ("2026-11-01", "2026-12-01");
    let signer = &world().signer.certificate;
    let stamper = stamper().certificate;
    let compromised = RevocationReason::KeyCompromise;
    vec![
        crl("signers' list", SignerRevoked, Helps, ca, november, None),
        crl("makers' list", MakerRevoked, Helps, maker, november, None),
        crl(
            "stampers' list",
            StamperRevoked,
            Helps,
            &root,
            november,
            None,
        ),
        crl(
            "signers' list of October",
            SignerRevoked,
            BesideThePoint,
            ca,
            ("2026-10-01", "2026-11-01"),
            None,
        ),
        crl(
            "makers' list of December",
            MakerRevoked,
            BesideThePoint,
            maker,
            ("2026-12-01", "2027-01-01"),
            None,
        ),
        crl(
            "stampers' list of October",
            StamperRevoked,
            BesideThePoint,
            &root,
            ("2026-10-01", "2026-11-01"),
            None,
        ),
        crl(
            "stranger's list",
            SignerRevoked,
            BesideThePoint,
            &world().stranger,
            november,
            None,
        ),
        crl(
            "signer revoked before",
            SignerRevoked,
            Accuses,
            ca,
            november,
            Some((signer, "2026-11-19", compromised)),
        ),
        crl(
            "signer revoked since",
            SignerRevoked,
            Accuses,
            ca,
            ("2026-11-21", "2026-12-21"),
            Some((signer, "2026-11-21", compromised)),
        ),
        crl(
            "signer suspended once",
            SignerRevoked,
            Accuses,
            ca,
            ("2026-10-20", "2026-12-20"),
            Some((signer, "2026-10-19", RevocationReason::CertificateHold)),
        ),
        crl(
            "maker revoked since",
            MakerRevoked,
            Accuses,
            maker,
            ("2026-11-02", "2026-12-21"),
            Some((&world().maker.certificate, "2026-11-01", compromised)),
        ),
        crl(
            "stamper revoked",
            StamperRevoked,
            Accuses,
            &root,
            ("2026-11-21", "2026-12-21"),
            Some((&stamper, "2026-11-21", compromised)),
        ),
    ]
}

fn crl(
    by: &Party,
    from: &str,
    until: &str,
    revoked: Option<(&Certificate, &str, RevocationReason)>,
) -> Crl {
    let empty = CrlBuilder::new(1, time(from), time(until));
    let list = match revoked {
        None => empty,
        Some((certificate, since, reason)) => {
            empty.revoke(certificate.serial(), time(since), Some(reason))
        }
    };
    list.sign(&by.certificate, &by.key).unwrap()
}

pub(super) fn responses() -> Vec<Piece> {
    use Effect::{Accuses, BesideThePoint, Helps};
    use Question::SignerRevoked;
    let good = || vec![0x80, 0];
    let unknown = || vec![0x82, 0];
    let revoked = || asn1::context(1, &[asn1::generalized_time(time("2026-11-18"))]);
    let ca = &world().signer_authority;
    let response = |name, effect, by: &Party, status: Vec<u8>, from, until| {
        let response = response(by, &world().signer.certificate, &status, from, until);
        given(name, SignerRevoked, effect, move |verifier| {
            verifier.with_ocsp(response.clone())
        })
    };
    vec![
        response(
            "answer: good",
            Helps,
            ca,
            good(),
            "2026-11-22",
            "2026-11-23",
        ),
        response(
            "answer of last week",
            BesideThePoint,
            ca,
            good(),
            "2026-11-14",
            "2026-11-15",
        ),
        response(
            "answer: unknown",
            BesideThePoint,
            ca,
            unknown(),
            "2026-11-22",
            "2026-11-23",
        ),
        response(
            "stranger's answer: revoked",
            BesideThePoint,
            &world().stranger,
            revoked(),
            "2026-11-22",
            "2026-11-23",
        ),
        response(
            "answer: revoked",
            Accuses,
            ca,
            revoked(),
            "2026-11-20",
            "2026-11-21",
        ),
    ]
}

/// A `BasicOCSPResponse` of one answer, signed by the issuer itself (RFC 6960 4.2.1).
fn response(
    by: &Party,
    about: &Certificate,
    status: &[u8],
    from: &str,
    until: &str,
) -> OcspResponse {
    let sm3 = |bytes: &[u8]| asn1::octets(DigestAlgorithm::Sm3.digest(bytes).as_bytes());
    let algorithm = |oid: Oid| asn1::sequence(&[asn1::oid(oid)]);
    let issuer = &world().signer_authority.certificate;
    let certificate = asn1::sequence(&[
        algorithm(named::SM3),
        sm3(about.issuer_name().der()),
        sm3(issuer.public_key().unwrap().key_bits()),
        asn1::unsigned(about.serial()),
    ]);
    let answer = asn1::sequence(&[
        certificate,
        status.to_vec(),
        asn1::generalized_time(time(from)),
        asn1::context(0, &[asn1::generalized_time(time(until))]),
    ]);
    let data = asn1::sequence(&[
        asn1::context(1, &[by.certificate.subject_name().der()]),
        asn1::generalized_time(time(from)),
        asn1::sequence(&[answer]),
    ]);
    let value = by.key.sign(&data).unwrap();
    let der = asn1::sequence(&[data, algorithm(named::SM2_WITH_SM3), asn1::bits(&value)]);
    OcspResponse::from_der(&der).unwrap()
}
