//! Status lists as JWT and CWT, references into them, and revocation lists of seals. A line of a
//! header and a line of claims are also read as the JWT they make, since few mutations of Base64
//! decode to anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::crypto::{Signer, SoftwareKey};
use yinxin::trust::status::{SealRevocations, StatusList, StatusReferences};

fuzz_target!(|input: &[u8]| {
    look_at(input);
    if let Some(place) = input.iter().position(|byte| *byte == b'\n') {
        let (header, claims) = (&input[..place], &input[place + 1..]);
        let token = [header, claims, &[0; 64]].map(base64url).join(".");
        look_at(token.as_bytes());
    }
    if let Ok(mut references) = StatusReferences::from_json(input) {
        references.extend(StatusReferences::default());
    }
    if let Ok(list) = SealRevocations::from_json(input, None) {
        let _ = (list.as_of(), list.find("34990000000001"));
    }
});

fn look_at(token: &[u8]) {
    let Ok(list) = StatusList::from_bytes(token) else {
        return;
    };
    let count = list.count() as u64;
    for index in [0, count / 2, count.saturating_sub(1)] {
        assert_eq!(list.status(index).is_some(), index < count);
    }
    assert_eq!(list.status(count), None);
    assert_eq!(list.status(u64::MAX), None);
    if let Some(before) = list.issued().checked_add(-1) {
        assert!(!list.covers(before));
    }
    // Nobody signed with this key.
    let key = SoftwareKey::from_sm2_scalar(&[92; 32]).unwrap();
    assert!(list.verify(key.public_key()).is_err());
    let _ = list.usable_until();
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digit = |value: u32| char::from(DIGITS[(value & 63) as usize]);
    let group = |group: &[u8]| {
        let value = group
            .iter()
            .fold(0_u32, |value, byte| (value << 8) | u32::from(*byte));
        let value = value << (8 * (3 - group.len()));
        [18, 12, 6, 0]
            .into_iter()
            .take(group.len() + 1)
            .map(|shift| digit(value >> shift))
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}
