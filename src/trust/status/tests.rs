use ::base64::Engine;
use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::crypto::Signer;
use crate::error::ErrorKind;
use crate::pki::testing::{sm2_key, time};

fn b64(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token of made-up claims; what it is signed with does not matter to reading it.
fn token(header: &str, payload: &str) -> Vec<u8> {
    let signature = URL_SAFE_NO_PAD.encode([1; 64]);
    format!("{}.{}.{signature}", b64(header), b64(payload)).into_bytes()
}

const HEADER: &str = r#"{"alg":"ES256","typ":"statuslist+jwt"}"#;

fn claims(bits: u8, lst: &str, more: &str) -> String {
    format!(
        r#"{{"sub":"https://example.invalid/statuslists/1","iat":1790000000{more},"status_list":{{"bits":{bits},"lst":"{lst}"}}}}"#
    )
}

fn read(bits: u8, lst: &str) -> StatusList {
    StatusList::from_bytes(&token(HEADER, &claims(bits, lst, ""))).unwrap()
}

/// The two examples of the draft (section 4 and its test vectors of one and two bits).
#[test]
fn the_drafts_examples_read_as_printed() {
    let one = read(1, "eNrbuRgAAhcBXQ");
    let statuses: Vec<_> = (0..16).map(|index| one.status(index).unwrap()).collect();
    assert_eq!(statuses, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
    assert_eq!(one.status(16), None);
    let two = read(2, "eNo76fITAAPfAgc");
    let statuses: Vec<_> = (0..12).map(|index| two.status(index).unwrap()).collect();
    assert_eq!(statuses, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
}

#[test]
fn a_list_says_how_long_it_may_be_used() {
    let lst = "eNrbuRgAAhcBXQ";
    let with = |more: &str| {
        StatusList::from_bytes(&token(HEADER, &claims(1, lst, more)))
            .unwrap()
            .usable_until()
            .unix()
            - 1_790_000_000
    };
    assert_eq!(with(""), 86_400);
    assert_eq!(with(r#","exp":1790000100"#), 100);
    assert_eq!(with(r#","ttl":50"#), 50);
    assert_eq!(with(r#","exp":1790000100,"ttl":50"#), 50);
    let list = read(1, lst);
    assert!(!list.covers(time("2020-01-01")));
    assert!(list.covers(list.issued()) && list.covers(list.usable_until()));
}

#[test]
fn what_is_no_list_is_refused() {
    let good = claims(1, "eNrbuRgAAhcBXQ", "");
    let kind = |bytes: &[u8]| StatusList::from_bytes(bytes).unwrap_err().kind();
    assert_eq!(kind(b""), ErrorKind::Malformed);
    assert_eq!(kind(b"<html></html>"), ErrorKind::Malformed);
    assert_eq!(kind(b"eyJ9.eyJ9"), ErrorKind::Malformed);
    assert_eq!(
        kind(&token(r#"{"typ":"JWT"}"#, &good)),
        ErrorKind::Unsupported
    );
    let critical = r#"{"typ":"statuslist+jwt","crit":["x"]}"#;
    assert_eq!(kind(&token(critical, &good)), ErrorKind::Unsupported);
    for (bits, lst) in [
        (3, "eNrbuRgAAhcBXQ"),
        (0, "eNrbuRgAAhcBXQ"),
        (1, "AAAA"),
        (1, "!"),
    ] {
        assert_eq!(
            kind(&token(HEADER, &claims(bits, lst, ""))),
            ErrorKind::Malformed
        );
    }
    let mut twice = good.clone();
    twice.insert_str(1, r#""iat":1,"#);
    assert_eq!(kind(&token(HEADER, &twice)), ErrorKind::Malformed);
    // Two minutes of zeros: a small token, a large list.
    let bomb = {
        use std::io::Write;
        let encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let mut encoder = encoder;
        encoder.write_all(&vec![0; (16 << 20) + 1]).unwrap();
        URL_SAFE_NO_PAD.encode(encoder.finish().unwrap())
    };
    assert_eq!(
        kind(&token(HEADER, &claims(8, &bomb, ""))),
        ErrorKind::LimitExceeded
    );
}

#[test]
fn a_wrong_signature_is_no_ones() {
    let list = read(1, "eNrbuRgAAhcBXQ");
    let key = sm2_key(1);
    let error = list.verify(key.public_key()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
}

/// Which key signed a list is remembered, and nothing else.
#[test]
fn a_list_verified_by_one_key_is_still_no_other_ones() {
    let draft = StatusListDraft {
        uri: "https://example.invalid/statuslists/1".to_owned(),
        issued: time("2026-11-22"),
        ttl: 3600,
        bits: 1,
        statuses: vec![0, 1],
    };
    let list = StatusList::from_bytes(&draft.sign(&sm2_key(1)).unwrap()).unwrap();
    for _ in 0..2 {
        assert!(list.verify(sm2_key(2).public_key()).is_err());
        assert!(list.clone().verify(sm2_key(2).public_key()).is_err());
        list.verify(sm2_key(1).public_key()).unwrap();
    }
}

#[test]
fn seals_are_revoked_since_a_time() {
    let json = br#"{"asOf":"2026-11-22T08:00:00Z","total":3,"revocationList":[
        {"sealCode":"1","sealName":"x","invalidType":"2","invalidEffectTime":"2026-11-01 00:00:00"},
        {"sealCode":"1","invalidType":0,"invalidEffectTime":"2026-10-01T00:00:00+08:00"},
        {"sealCode":"2","invalidType":7,"invalidEffectTime":"2026-11-01 00:00:00"}]}"#;
    let list = SealRevocations::from_json(json, None).unwrap();
    let first = list.find("1").unwrap();
    assert_eq!(
        (first.since, first.kind),
        (time("2026-09-30T16:00:00Z"), Some(0))
    );
    assert_eq!(list.find("2").unwrap().kind, None);
    assert_eq!(list.find("3"), None);
    let without = br#"{"revocationList":[]}"#;
    assert!(SealRevocations::from_json(without, None).is_err());
    assert!(SealRevocations::from_json(without, Some(time("2026-11-22"))).is_ok());
}

#[test]
fn references_are_read_strictly() {
    let json = br#"{"schema":"yinxin.status-references/1","licenses":{"a":{"uri":"u","idx":3}}}"#;
    let references = StatusReferences::from_json(json).unwrap();
    assert_eq!(references.licenses["a"].idx, 3);
    assert!(StatusReferences::from_json(b"{}").is_err());
    let other = br#"{"schema":"yinxin.status-references/2"}"#;
    assert_eq!(
        StatusReferences::from_json(other).unwrap_err().kind(),
        ErrorKind::Unsupported
    );
}
