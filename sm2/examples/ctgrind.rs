//! Signs and makes keys with secrets that valgrind's memcheck takes for undefined memory: it then
//! names every branch and every address that depends on one. `scripts/ctgrind` runs it.
//!
//! Outside valgrind the marks do nothing, and this only signs.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a check that cannot run may stop"
)]

use std::hint::black_box;

use yinxin_sm2::{Backend, SigningKey};

fn main() {
    let wanted = std::env::args().nth(1);
    let backend = Backend::ALL
        .into_iter()
        .find(|backend| Some(backend.name()) == wanted.as_deref())
        .unwrap_or(Backend::Portable);
    backend.limit();
    println!("back-end {}", Backend::active().name());
    // Tables are made before, of nothing secret.
    let warm = SigningKey::from_bytes(&[7; 32]).unwrap();
    let _ = black_box(warm.sign_prehash(&[1; 32]));
    for round in 1..=3 {
        let mut d = [round; 32];
        let mut random = [round ^ 0x55; 32];
        undefine(&mut d);
        undefine(&mut random);
        let key = SigningKey::from_bytes(&d).unwrap();
        let plain = key.sign_prehash(&[round; 32]);
        let hedged = key.sign_prehash_hedged(&[round; 32], &random);
        // Public by now, so that looking at them is no finding.
        assert_ne!(plain, hedged);
        let verified = key
            .verifying_key()
            .verify_prehash(&[round; 32], &plain.0, &plain.1);
        assert!(verified.is_ok());
    }
    if std::env::args().nth(2).is_some() {
        // What a leak looks like: the check must find it.
        let mut secret = [3_u8; 32];
        undefine(&mut secret);
        let [first, ..] = secret;
        println!(
            "{}",
            if black_box(first) > 1 {
                "greater"
            } else {
                "smaller"
            }
        );
    }
}

/// Memcheck's request `MAKE_MEM_UNDEFINED`: tool "MC", number 1.
#[cfg(target_arch = "x86_64")]
fn undefine(bytes: &mut [u8; 32]) {
    let request: [u64; 6] = [
        (u64::from(b'M') << 24 | u64::from(b'C') << 16) + 1,
        bytes.as_mut_ptr().expose_provenance() as u64,
        32,
        0,
        0,
        0,
    ];
    // SAFETY: valgrind's request sequence: rotations that add up to none and an exchange of a
    // register with itself. Outside valgrind it does nothing.
    unsafe {
        std::arch::asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            inout("rdx") 0_u64 => _,
            in("rax") request.as_ptr(),
            inout("rdi") 0_u64 => _,
        );
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn undefine(_: &mut [u8; 32]) {}
