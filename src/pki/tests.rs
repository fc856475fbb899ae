use super::testing::{interop, issue, root, signer, sm2_key, time};
use super::*;
use crate::asn1::{self, Oid, Tag, Tlv, named};
use crate::crypto::{DigestAlgorithm, Signer, Sm2Id};
use crate::error::ErrorKind;
use proptest::prelude::*;

fn id() -> Sm2Id {
    Sm2Id::default()
}

#[test]
fn what_is_built_reads_back() {
    let root = root("根", 1);
    let purposes = [named::PURPOSE_DOCUMENT, named::PURPOSE_MAIL];
    let leaf = testing::builder("张三", 2)
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .extended_key_usage(&purposes, false)
        .extension(Oid::parse("1.2.3.4").unwrap(), true, asn1::null());
    let leaf = issue(leaf, 2, &root).certificate;
    let again = Certificate::from_pem_or_der(leaf.to_pem().as_bytes()).unwrap();
    assert_eq!(again, std::slice::from_ref(&leaf));
    assert_eq!(leaf.version(), Version::V3);
    assert_eq!(leaf.serial_hex(), "02");
    assert!(leaf.issuer_name().matches(root.certificate.subject_name()));
    assert_eq!(leaf.subject_name().common_name(), Some("张三"));
    assert_eq!(leaf.not_after(), time("2035-01-01"));
    assert_eq!(leaf.key_usage().unwrap(), Some(KeyUsage::DIGITAL_SIGNATURE));
    assert_eq!(leaf.extended_key_usage().unwrap(), Some(purposes.to_vec()));
    assert_eq!(
        leaf.basic_constraints().unwrap(),
        Some(BasicConstraints {
            ca: false,
            path_len: None
        })
    );
    let root_id = root.certificate.subject_key_id().unwrap();
    assert_eq!(leaf.authority_key_id().unwrap().unwrap().key_id, root_id);
    assert_eq!(
        leaf.unrecognized_critical(),
        [Oid::parse("1.2.3.4").unwrap()]
    );
    assert_eq!(leaf.public_key().unwrap(), sm2_key(2).public_key());
    assert!(root.certificate.is_self_issued() && !leaf.is_self_issued());
    // A subject may be a person: nothing of it is printed.
    assert!(!format!("{leaf:?}").contains("张三"));
}

#[test]
fn a_certificate_verifies_under_its_issuer_only() {
    let (root, other) = (root("根", 1), root("另一根", 3));
    let leaf = signer("签名人", 2, &root).certificate;
    let key = |party: &testing::Party| party.certificate.public_key().unwrap().clone();
    leaf.verify_signed_by(&key(&root), &id()).unwrap();
    let error = leaf.verify_signed_by(&key(&other), &id()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
    let other_id = Sm2Id::new(b"").unwrap();
    assert!(leaf.verify_signed_by(&key(&root), &other_id).is_err());
}

#[test]
fn the_algorithm_outside_must_be_the_one_inside() {
    let root = root("根", 1);
    let der = root.certificate.der();
    let outer = Tlv::parse(der).unwrap();
    let mut reader = outer.reader().unwrap();
    let tbs = reader.read().unwrap().raw();
    reader.read().unwrap();
    let value = reader.read().unwrap().raw();
    // SM2 with NULL parameters names the same algorithm in other bytes.
    let identifier = asn1::sequence(&[asn1::oid(named::SM2_WITH_SM3), asn1::null()]);
    let swapped = asn1::sequence(&[tbs, &identifier, value]);
    let swapped = Certificate::from_der(&swapped).unwrap();
    let key = root.certificate.public_key().unwrap();
    let error = swapped.verify_signed_by(key, &id()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

#[test]
fn builders_refuse_what_no_reader_should_see() {
    let root = root("根", 1);
    let build = |serial: &[u8], from, to| {
        let key = sm2_key(2).public_key().clone();
        CertificateBuilder::new(testing::name("x"), key, serial, time(from), time(to))
            .sign(&root.certificate, &root.key)
    };
    assert!(build(&[5], "2025-01-01", "2026-01-01").is_ok());
    for (serial, from, to) in [
        (&[0][..], "2025-01-01", "2026-01-01"),
        (&[1; 21], "2025-01-01", "2026-01-01"),
        (&[1], "2026-01-01", "2025-01-01"),
    ] {
        let error = build(serial, from, to).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
    let pending = testing::builder("x", 2)
        .prepare(
            root.certificate.subject_name(),
            root.key.public_key(),
            root.key.algorithm(),
        )
        .unwrap();
    let foreign = sm2_key(5).sign(pending.to_be_signed()).unwrap();
    assert!(pending.complete(&foreign).is_err());
}

#[test]
fn a_revocation_list_reads_back() {
    let root = root("根", 1);
    let (at, since) = (time("2026-01-01"), time("2025-06-01"));
    let reason = Some(RevocationReason::KeyCompromise);
    let crl = CrlBuilder::new(7, at, time("2026-02-01"))
        .revoke(&[0x05], since, reason)
        .revoke(&[0x02], since, None)
        .revoke(&[0x05], time("2025-05-01"), None)
        .sign(&root.certificate, &root.key)
        .unwrap();
    assert_eq!(
        (crl.this_update(), crl.next_update()),
        (at, Some(time("2026-02-01")))
    );
    assert_eq!((crl.len(), crl.number()), (3, Some(&[7][..])));
    assert!(crl.delta_base().is_none() && crl.issuing_point().name.is_none());
    assert_eq!(
        crl.find(&[0x02]),
        Some(Revoked {
            time: since,
            reason: None
        })
    );
    // The earliest of two entries.
    assert_eq!(crl.find(&[0x05]).unwrap().time, time("2025-05-01"));
    assert_eq!(crl.find(&[0x03]), None);
    let key = root.certificate.public_key().unwrap();
    crl.verify_signed_by(key, &id()).unwrap();
    assert!(
        crl.verify_signed_by(sm2_key(4).public_key(), &id())
            .is_err()
    );
    let pem = crate::crypto::to_pem("X509 CRL", crl.der());
    assert_eq!(Crl::from_pem_or_der(pem.as_bytes()).unwrap(), [crl]);
}

#[test]
fn lists_that_do_not_speak_for_all_say_so() {
    let root = root("根", 1);
    let build = |oid, value| {
        CrlBuilder::new(1, time("2026-01-01"), time("2026-02-01"))
            .extension(oid, true, value)
            .sign(&root.certificate, &root.key)
            .unwrap()
    };
    let delta = build(named::DELTA_CRL_INDICATOR, asn1::integer(1));
    assert_eq!(delta.delta_base(), Some(&[1][..]));
    let unknown = Oid::parse("1.2.3").unwrap();
    let read = build(unknown, asn1::null()).unknown_critical();
    assert_eq!(read, Some(unknown));

    let flag = |number| asn1::tlv(Tag::context_primitive(number), &[0xff]);
    let reasons = asn1::tlv(Tag::context_primitive(3), &[0x05, 0x60]);
    let uri = asn1::tlv(Tag::context_primitive(6), b"http://crl.example/1.crl");
    let full = asn1::context(0, &[asn1::context(0, std::slice::from_ref(&uri))]);
    let value = asn1::sequence(&[full, flag(1), reasons, flag(4)]);
    let list = build(named::ISSUING_DISTRIBUTION_POINT, value);
    let part = list.issuing_point();
    assert!(part.only_users && part.indirect);
    assert!(!part.only_authorities && !part.only_attributes);
    // keyCompromise and cACompromise.
    let reasons = part.reasons.unwrap();
    assert!(!reasons.includes(ReasonSet::ALL) && reasons.or(ReasonSet::ALL) == ReasonSet::ALL);
    let names = part.name.as_ref().unwrap().in_full(list.issuer_name());
    assert!(matches!(
        &names.unwrap()[..],
        [GeneralName::Uri(uri)] if uri == "http://crl.example/1.crl"
    ));
}

#[test]
fn truncated_and_changed_certificates_are_errors_or_do_not_verify() {
    let root = root("根", 1);
    let der = root.certificate.der();
    let key = root.certificate.public_key().unwrap();
    for length in 0..der.len() {
        assert!(Certificate::from_der(&der[..length]).is_err());
    }
    for at in (0..der.len()).step_by(7) {
        let mut changed = der.to_vec();
        changed[at] ^= 0x01;
        if let Ok(certificate) = Certificate::from_der(&changed) {
            assert!(
                certificate.verify_signed_by(key, &id()).is_err(),
                "byte {at}"
            );
        }
    }
}

/// Every version of `der` with a NULL after the last field of one constructed element, and all
/// lengths around it put right.
fn with_something_after_each_sequence(der: &[u8]) -> Vec<Vec<u8>> {
    let element = Tlv::parse(der).unwrap();
    if !element.tag().is_constructed() {
        return Vec::new();
    }
    let rebuild = |content: &[u8]| asn1::tlv(element.tag(), content);
    let mut variants = vec![rebuild(&[element.content(), &asn1::null()].concat())];
    let children = element.reader().unwrap().read_all(64).unwrap();
    for (at, child) in children.iter().enumerate() {
        for changed in with_something_after_each_sequence(child.raw()) {
            let mut parts: Vec<&[u8]> = children.iter().map(Tlv::raw).collect();
            parts[at] = &changed;
            variants.push(rebuild(&parts.concat()));
        }
    }
    variants
}

/// x509-parser passes over such bytes, and takes the signed part to end before them.
#[test]
fn nothing_can_be_hidden_after_the_last_field() {
    let root = root("根", 1);
    let crl = CrlBuilder::new(7, time("2026-01-01"), time("2026-02-01"))
        .revoke(&[5], time("2025-06-01"), Some(RevocationReason::Superseded))
        .sign(&root.certificate, &root.key)
        .unwrap();
    let certificates = with_something_after_each_sequence(root.certificate.der());
    let lists = with_something_after_each_sequence(crl.der());
    assert!(certificates.len() > 20 && lists.len() > 15);
    let key = root.certificate.public_key().unwrap();
    // Seen for what it is, not only by a signature that no longer fits.
    for changed in certificates {
        let read = Certificate::from_der(&changed).and_then(|read| {
            read.public_key()?;
            read.verify_signed_by(key, &id())
        });
        assert_eq!(read.unwrap_err().kind(), ErrorKind::Malformed);
    }
    for changed in lists {
        let read = Crl::from_der(&changed).and_then(|read| read.verify_signed_by(key, &id()));
        assert_eq!(read.unwrap_err().kind(), ErrorKind::Malformed);
    }
}

#[test]
fn reasons_beyond_the_standard_are_none_given() {
    let root = root("根", 1);
    let crl = CrlBuilder::new(7, time("2026-01-01"), time("2026-02-01"))
        .revoke(&[5], time("2025-06-01"), Some(RevocationReason::Superseded))
        .sign(&root.certificate, &root.key)
        .unwrap();
    let reason = asn1::tlv(Tag::ENUMERATED, &[4]);
    let at = crl
        .der()
        .windows(3)
        .position(|bytes| bytes == reason)
        .unwrap();
    let read = |tag: Tag, number| {
        let mut der = crl.der().to_vec();
        (der[at], der[at + 2]) = (tag.0, number);
        Crl::from_der(&der).map(|crl| crl.find(&[5]).unwrap().reason)
    };
    let known = Some(RevocationReason::AaCompromise);
    assert_eq!(read(Tag::ENUMERATED, 10).unwrap(), known);
    for number in [7, 11, 0x80] {
        assert_eq!(read(Tag::ENUMERATED, number).unwrap(), None);
    }
    assert!(read(Tag::INTEGER, 4).is_err());
}

#[test]
fn a_false_in_so_many_words_is_a_finding_and_other_classes_are_errors() {
    let value = KeyUsage::CRL_SIGN.to_der();
    let parts = |flag: Vec<u8>| {
        let oid = asn1::oid(named::KEY_USAGE);
        asn1::sequence(&[asn1::sequence(&[oid, flag, asn1::octets(&value)])])
    };
    let read = |list: &[u8]| {
        let mut findings = Vec::new();
        let list = Tlv::parse(list)?;
        extension::read_extensions(&list, "extensions", &mut findings)
            .map(|read| (read[0].critical(), findings.len()))
    };
    assert_eq!(read(&parts(Vec::new())).unwrap(), (false, 0));
    assert_eq!(read(&parts(asn1::boolean(true))).unwrap(), (true, 0));
    assert_eq!(read(&parts(asn1::boolean(false))).unwrap(), (false, 1));
    assert!(read(&parts(vec![1, 1, 1])).is_err());
    for at in [0, 2] {
        let mut other = parts(Vec::new());
        other[at] ^= 0x40;
        assert!(read(&other).is_err());
    }
    let constraints = asn1::tlv(Tag(0x70), &asn1::boolean(true));
    assert!(BasicConstraints::read(&Tlv::parse(&constraints).unwrap()).is_err());
    let enumerated = asn1::sequence(&[asn1::boolean(true), asn1::tlv(Tag::ENUMERATED, &[1])]);
    assert!(BasicConstraints::read(&Tlv::parse(&enumerated).unwrap()).is_err());
}

/// Files of the shared collection under this folder.
fn folder(path: &str) -> Vec<(String, Vec<u8>)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/interop/");
    let Ok(entries) = std::fs::read_dir(format!("{root}{path}")) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let bytes = interop(&format!("{path}/{name}")).unwrap();
            (name, bytes)
        })
        .collect();
    files.sort();
    files
}

/// Nothing of a real certificate is lost between x509-parser and our types.
#[test]
fn real_certificates_are_read_as_x509_parser_reads_them() {
    use x509_parser::prelude::{FromDer, X509Certificate};
    for path in ["pkits/certs", "sm2-certs", "ofd/certs"] {
        for (name, bytes) in folder(path) {
            if !(name.ends_with(".crt") || name.ends_with(".pem")) {
                continue;
            }
            for certificate in Certificate::from_pem_or_der(&bytes).unwrap() {
                let (_, other) = X509Certificate::from_der(certificate.der()).unwrap();
                assert_eq!(certificate.tbs(), other.tbs_certificate.as_ref(), "{name}");
                assert_eq!(certificate.serial(), other.raw_serial(), "{name}");
                assert_eq!(certificate.subject_name().der(), other.subject().as_raw());
                assert_eq!(certificate.issuer_name().der(), other.issuer().as_raw());
                assert_eq!(
                    certificate.not_before().unix(),
                    other.validity().not_before.timestamp()
                );
                assert_eq!(
                    certificate.not_after().unix(),
                    other.validity().not_after.timestamp()
                );
                let ours: Vec<_> = certificate
                    .extensions()
                    .iter()
                    .map(|one| (one.oid().to_string(), one.critical(), one.value().to_vec()))
                    .collect();
                let theirs: Vec<_> = other
                    .extensions()
                    .iter()
                    .map(|one| (one.oid.to_id_string(), one.critical, one.value.to_vec()))
                    .collect();
                assert_eq!(ours, theirs, "{name}");
                let ours = certificate.basic_constraints().unwrap();
                let theirs = other.basic_constraints().unwrap().map(|one| one.value);
                assert_eq!(
                    ours.map(|one| (one.ca, one.path_len)),
                    theirs.map(|one| (one.ca, one.path_len_constraint)),
                    "{name}"
                );
                let sha = certificate.fingerprint(DigestAlgorithm::Sha256);
                assert_eq!(sha, DigestAlgorithm::Sha256.digest(certificate.der()));
            }
        }
    }
}

/// Nothing of a real revocation list is lost, though its frame is walked by our own reader.
#[test]
fn real_revocation_lists_are_read_as_x509_parser_reads_them() {
    use x509_parser::prelude::{CertificateRevocationList, FromDer};
    for path in ["pkits/crls", "ofd/certs"] {
        for (name, bytes) in folder(path) {
            if !name.ends_with(".crl") {
                continue;
            }
            for crl in Crl::from_pem_or_der(&bytes).unwrap() {
                let (_, other) = CertificateRevocationList::from_der(crl.der()).unwrap();
                assert_eq!(crl.issuer_name().der(), other.issuer().as_raw());
                assert_eq!(crl.this_update().unix(), other.last_update().timestamp());
                assert_eq!(
                    crl.next_update().map(crate::Time::unix),
                    other.next_update().map(|time| time.timestamp())
                );
                let revoked: Vec<_> = other.iter_revoked_certificates().collect();
                assert_eq!(crl.len(), revoked.len(), "{name}");
                // The entries of an indirect list are of other issuers' certificates.
                if crl.issuing_point().indirect {
                    continue;
                }
                for entry in revoked {
                    let found = crl.find(entry.raw_serial()).unwrap();
                    assert!(found.time.unix() <= entry.revocation_date.timestamp());
                }
            }
        }
    }
}

/// SM2 certificates of several makers verify with the ID that GM/T 0009 fixes, or fail as their
/// names say.
#[test]
fn real_sm2_certificates_verify_or_fail_as_their_names_say() {
    let read = |name: &str| {
        interop(&format!("sm2-certs/{name}")).map(|b| Certificate::from_pem_or_der(&b).unwrap())
    };
    let pairs = [
        ("sm2-root-cert.pem", "sm2-root-cert.pem", true),
        ("sm2-cert.pem", "sm2-root-cert.pem", true),
        ("sm2-leaf.crt", "sm2-chain-ca.crt", true),
        ("tlcp_client_sign.crt", "tlcp_chain-ca.crt", true),
        ("tlcp_client_sign_expire.crt", "tlcp_chain-ca.crt", true),
        ("tlcp_server_enc.crt", "tlcp_chain-ca.crt", true),
        ("sm2-noza-cert.pem", "sm2-noza-root-cert.pem", false),
        ("sm2-noza-root-cert.pem", "sm2-noza-root-cert.pem", false),
    ];
    for (leaf, issuers, good) in pairs {
        let (Some(leaf_chain), Some(issuers)) = (read(leaf), read(issuers)) else {
            return;
        };
        let verified = issuers.iter().any(|issuer| {
            let key = issuer.public_key().unwrap();
            leaf_chain[0].verify_signed_by(key, &id()).is_ok()
        });
        assert_eq!(verified, good, "{leaf}");
    }
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Certificate::from_pem_or_der(&bytes);
        let _ = Crl::from_pem_or_der(&bytes);
    }

    #[test]
    fn a_changed_bit_never_panics(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let root = root("根", 1);
        let crl = CrlBuilder::new(7, time("2026-01-01"), time("2026-02-01"))
            .revoke(&[5], time("2025-06-01"), None)
            .sign(&root.certificate, &root.key)
            .unwrap();
        for der in [root.certificate.der(), crl.der()] {
            let mut changed = der.to_vec();
            let at = at.index(changed.len());
            changed[at] ^= 1 << bit;
            if let Ok(certificate) = Certificate::from_der(&changed) {
                let _ = (certificate.key_usage(), certificate.extended_key_usage());
                let _ = (certificate.authority_key_id(), certificate.crl_distribution_points());
                let _ = certificate.subject_name().to_string();
            }
            let _ = Crl::from_der(&changed);
        }
    }
}
