//! Status lists by Bouncy Castle, in both encodings, with SM2 and on P-256; and ours read by it.

use std::fs;

use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::trust::status::StatusList;

use super::{Oracles, scratch};
use crate::pki::{Party, STATUS_URI, builder, key, status_jwt, time};

const STATUSES: &[u8] = &[1, 0, 1, 1, 0, 0, 1, 0, 1];

fn party(key: SoftwareKey) -> Party {
    let certificate = builder("某某省状态发布中心", &key, 60, ("2025-01-01", "2035-01-01"))
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}

fn publishers() -> [(&'static str, Party); 2] {
    let p256 = SoftwareKey::generate(KeyKind::P256).unwrap();
    [
        ("SM3withSM2", party(key(60))),
        ("SHA256withECDSA", party(p256)),
    ]
}

#[test]
fn tokens_of_bouncy_castle_are_read_and_verified() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("status-lists");
    let issued = time("2026-11-22");
    let listed: Vec<_> = STATUSES.iter().map(ToString::to_string).collect();
    for (algorithm, publisher) in publishers() {
        let key_file = folder.join("key.der");
        fs::write(&key_file, publisher.key.to_pkcs8().as_slice()).unwrap();
        let key = publisher.key.public_key();
        for encoding in ["jwt", "cwt"] {
            for bits in ["1", "2", "4", "8"] {
                let file = folder.join(format!("{bits}.{encoding}"));
                let arguments = [
                    "make".into(),
                    encoding.into(),
                    algorithm.into(),
                    key_file.clone().into_os_string(),
                    bits.into(),
                    issued.unix().to_string().into(),
                    "3600".into(),
                    STATUS_URI.into(),
                    listed.join(",").into(),
                    file.clone().into_os_string(),
                ];
                oracles.java("TokenStatusList", arguments).assert_good();
                let token = fs::read(&file).unwrap();
                let list = StatusList::from_bytes(&token).unwrap();
                list.verify(key).unwrap();
                assert_eq!(list.uri(), STATUS_URI);
                assert_eq!(
                    (list.issued(), list.usable_until().unix() - issued.unix()),
                    (issued, 3600)
                );
                for (index, status) in (0..).zip(STATUSES) {
                    assert_eq!(
                        list.status(index),
                        Some(*status),
                        "{encoding} {bits} {index}"
                    );
                }
                refuses_changes(&token, key);
            }
        }
    }
}

/// No byte of a token may change and leave it both readable and signed.
fn refuses_changes(token: &[u8], key: &yinxin::crypto::PublicKey) {
    for place in (0..token.len()).step_by(5) {
        let mut changed = token.to_vec();
        changed[place] ^= 1;
        if let Ok(list) = StatusList::from_bytes(&changed) {
            assert!(list.verify(key).is_err(), "byte {place}");
        }
    }
}

#[test]
fn bouncy_castle_reads_and_verifies_ours() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("status-lists-ours");
    for (algorithm, publisher) in publishers() {
        let certificate = folder.join("publisher.der");
        fs::write(&certificate, publisher.certificate.der()).unwrap();
        let token = status_jwt(&publisher.key, 1, STATUSES, time("2026-11-22"), 3600);
        let file = folder.join("list.jwt");
        let check = |token: &[u8]| {
            fs::write(&file, token).unwrap();
            let arguments: [&std::ffi::OsStr; 4] = [
                "check".as_ref(),
                algorithm.as_ref(),
                certificate.as_ref(),
                file.as_ref(),
            ];
            oracles.java("TokenStatusList", arguments)
        };
        assert_eq!(check(&token).assert_good().rows()[0][1], "4d01");
        let mut changed = token.clone();
        changed[60] ^= 1;
        check(&changed).assert_bad();
    }
}
