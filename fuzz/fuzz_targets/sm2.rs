//! SM2 by every back-end that the processor has: the same verdicts one by one and in batches, and the
//! same signatures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin_sm2::{Backend, Item, SigningKey, VerifyingKey, verify_batch};

/// Uses of a key at which it has come to its second and third table.
const USES: [u32; 3] = [0, 3, 81];

fuzz_target!(|input: ([u8; 32], [u8; 32], [[u8; 32]; 3], u16, u8)| {
    let (d, e, change, bits, uses) = input;
    let Ok(key) = SigningKey::from_bytes(&d) else {
        return;
    };
    let mut results = Backend::ALL
        .into_iter()
        .filter(|backend| *backend <= Backend::best())
        .map(|backend| {
            backend.limit();
            results(
                &key,
                &e,
                &change,
                bits,
                USES[usize::from(uses) % USES.len()],
            )
        });
    let portable = results.next();
    assert!(results.all(|other| Some(other) == portable));
});

/// The signature, and the verdicts on it and on changes of it.
fn results(
    key: &SigningKey,
    e: &[u8; 32],
    change: &[[u8; 32]; 3],
    bits: u16,
    uses: u32,
) -> ([u8; 32], [u8; 32], Vec<bool>) {
    let (r, s) = key.sign_prehash(e);
    let public = VerifyingKey::from_point(&key.verifying_key().to_point()).unwrap();
    for _ in 0..uses {
        assert!(public.verify_prehash(e, &r, &s).is_ok());
    }
    // Each item takes some of its numbers from the change.
    let items: Vec<Item> = (0..5)
        .map(|number| bits >> (3 * number))
        .map(|bits| Item {
            key: &public,
            e: if bits & 1 == 0 { *e } else { change[0] },
            r: if bits & 2 == 0 { r } else { change[1] },
            s: if bits & 4 == 0 { s } else { change[2] },
        })
        .collect();
    let together: Vec<bool> = verify_batch(&items).iter().map(Result::is_ok).collect();
    let alone: Vec<bool> = items
        .iter()
        .map(|item| public.verify_prehash(&item.e, &item.r, &item.s).is_ok())
        .collect();
    assert_eq!(together, alone);
    (r, s, together)
}
