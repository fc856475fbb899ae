//! Batches by several cores: the verdicts of one core, in the same order.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

mod common;

use common::{Random, with_each_backend};
use rayon::ThreadPoolBuilder;
use yinxin_sm2::{
    Item, Message, SigningKey, VerifyingKey, verify_batch, verify_batch_parallel, verify_messages,
    verify_messages_parallel,
};

/// Around the sizes of parts, and far more than threads.
const SIZES: [usize; 7] = [0, 1, 7, 64, 65, 300, 1500];

fn keys(random: &mut Random) -> Vec<(SigningKey, VerifyingKey)> {
    (0..5)
        .map(|_| {
            let signer = SigningKey::from_bytes(&random.bytes()).unwrap();
            let key = VerifyingKey::from_point(&signer.verifying_key().to_point()).unwrap();
            (signer, key)
        })
        .collect()
}

fn on_threads(count: usize, work: impl FnOnce() + Send) {
    let pool = ThreadPoolBuilder::new().num_threads(count).build().unwrap();
    pool.install(work);
}

#[test]
fn each_signature_keeps_its_verdict() {
    let mut random = Random(41);
    let keys = keys(&mut random);
    for size in SIZES {
        let items: Vec<Item<'_>> = (0..size)
            .map(|_| {
                let (signer, key) = &keys[random.below(keys.len())];
                let e = random.bytes();
                let (r, s) = signer.sign_prehash(&e);
                let e = if random.below(4) == 0 {
                    random.bytes()
                } else {
                    e
                };
                Item { key, e, r, s }
            })
            .collect();
        with_each_backend(|backend| {
            let one_core = verify_batch(&items);
            assert!(size < 64 || one_core.iter().any(Result::is_err));
            for threads in [1, 2, 5] {
                on_threads(threads, || {
                    let verdicts = verify_batch_parallel(&items);
                    assert_eq!(verdicts, one_core, "{backend:?} {threads} {size}");
                });
            }
        });
    }
}

#[test]
fn each_message_keeps_its_verdict() {
    let mut random = Random(42);
    let keys = keys(&mut random);
    let id = b"1234567812345678";
    for size in SIZES {
        let signed: Vec<_> = (0..size)
            .map(|_| {
                let (signer, key) = &keys[random.below(keys.len())];
                let message = vec![0x61; random.below(300)];
                let z = key.identity_digest(id).unwrap();
                let e = yinxin_sm2::digest_many_joined(&[&[&z[..], &message]])[0];
                let mut signature = signer.sign_prehash(&e);
                signature.1[31] ^= u8::from(random.below(4) == 0);
                (key, message, signature)
            })
            .collect();
        let messages: Vec<Message<'_>> = signed
            .iter()
            .map(|(key, message, (r, s))| Message {
                key,
                id,
                message,
                r: *r,
                s: *s,
            })
            .collect();
        let one_core = verify_messages(&messages);
        assert!(size < 64 || one_core.iter().any(Result::is_err));
        on_threads(3, || {
            assert_eq!(verify_messages_parallel(&messages), one_core)
        });
    }
}
