//! Does with Tongsuo what each line asks for, `verify 20` say, and answers with the nanoseconds of
//! processor time that it took: `YINXIN_SM2_TONGSUO` names this program to `cargo bench -p yinxin-sm2`.
//!
//! Tongsuo descends from OpenSSL and has the same functions.

#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/differential/openssl.rs"]
mod openssl;

use std::io;

use common::Other;
use openssl::OpenSsl;
use yinxin_sm2::SigningKey;

fn main() -> io::Result<()> {
    let d = [0x39; 32];
    let signer = SigningKey::from_bytes(&d).expect("a key");
    let tongsuo = OpenSsl::new(&d, &signer.verifying_key().to_point());
    let e = [0xb7; 32];
    let (r, s) = signer.sign_prehash(&e);
    for line in io::stdin().lines() {
        let line = line?;
        let (operation, count) = line.split_once(' ').expect("an operation and a count");
        let count: usize = count.parse().expect("a count");
        let start = now();
        for _ in 0..count {
            match operation {
                "verify" => assert!(tongsuo.accepts(&e, &r, &s)),
                "sign" => assert!(tongsuo.sign(&e).is_some()),
                other => panic!("{other} is not done"),
            }
        }
        println!("{}", now() - start);
    }
    Ok(())
}

/// Nanoseconds of the processor's time that this thread has had.
fn now() -> i64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: writes the one structure that it is given.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(status, 0);
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}
