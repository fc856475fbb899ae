//! What a call through the C interface costs over the core, side by side in one run:
//! `cargo bench -p yinxin-c`.
//!
//! The functions are those of the library, compiled in rather than loaded, so that both sides are
//! built alike; loading adds an indirect jump.
#![allow(non_camel_case_types, unreachable_pub, dead_code, missing_docs)]
#![allow(clippy::missing_safety_doc, clippy::unwrap_used, clippy::print_stdout)]

#[path = "../src/border.rs"]
mod border;
#[path = "../src/bytes.rs"]
mod bytes;
#[path = "../src/certificate.rs"]
mod certificate;
#[path = "../src/enums.rs"]
mod enums;
#[path = "../src/error.rs"]
mod error;
#[path = "../src/key.rs"]
mod key;
#[path = "../src/report.rs"]
mod report;
#[path = "../src/status.rs"]
mod status;
#[path = "../src/trust.rs"]
mod trust;
#[path = "../src/verifier.rs"]
mod verifier;

use std::hint::black_box;
use std::ptr;
use std::time::Instant;

use yinxin::trust::AnchorRole;
use yinxin::{Outcome, Policy, Time, Verifier, pki::Certificate};

/// A license of the stories, and the root that it is trusted by.
const LICENSE: &[u8] = include_bytes!("../../../examples/data/provinces/own.ofd");
const ROOT: &[u8] = include_bytes!("../../../examples/data/provinces/own-root.der");

const ROUNDS: usize = 15;
const CALLS: u32 = 40;

fn main() {
    let (license, root) = (LICENSE, ROOT);
    let at = Time::parse("2026-03-04T00:00:00Z").unwrap();
    let anchor = Certificate::from_der(root).unwrap();
    let core = Verifier::new(Policy::basic())
        .with_anchor(AnchorRole::Signer, anchor.clone())
        .with_anchor(AnchorRole::Maker, anchor);
    assert_eq!(core.verify(license, at).outcome, Outcome::Passed);
    let face = verifier(root);

    let mut differences = Vec::new();
    let (mut cores, mut faces) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // Side by side and taking turns, so that both meet the same machine.
        let (mut through_core, mut through_face) = (0.0, 0.0);
        for _ in 0..CALLS {
            through_core += micros(|| drop(black_box(core.verify(license, at))));
            through_face += micros(|| verify(face, license, at.unix()));
        }
        let calls = f64::from(CALLS);
        cores.push(through_core / calls);
        faces.push(through_face / calls);
        differences.push((through_face - through_core) / calls);
    }
    println!("core {:.1} us a call", median(&mut cores));
    println!("C    {:.1} us a call", median(&mut faces));
    println!(
        "C over the core: {:+.2} us a call (bound 2)",
        median(&mut differences)
    );
    // SAFETY: made below, and used no more.
    unsafe { verifier::yinxin_verifier_free(face) };
}

fn micros(call: impl FnOnce()) -> f64 {
    let start = Instant::now();
    call();
    start.elapsed().as_secs_f64() * 1e6
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// As a C program would.
fn verify(verifier: *const verifier::yinxin_verifier, license: &[u8], at: i64) {
    let mut report = ptr::null_mut();
    // SAFETY: live objects and bytes, a place to write to, and a report that is freed once.
    unsafe {
        let status = verifier::yinxin_verifier_verify(
            verifier,
            license.as_ptr(),
            license.len(),
            at,
            &raw mut report,
            ptr::null_mut(),
        );
        assert_eq!(status, status::yinxin_status::Ok);
        report::yinxin_report_free(report);
    }
}

fn verifier(root: &[u8]) -> *mut verifier::yinxin_verifier {
    let (mut builder, mut made) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: live objects and bytes, places to write to, and a builder that is freed once.
    unsafe {
        let policy = c"basic".as_ptr();
        let begun =
            verifier::yinxin_verifier_builder_new(policy, &raw mut builder, ptr::null_mut());
        assert_eq!(begun, status::yinxin_status::Ok);
        for role in [0, 1] {
            let added = verifier::yinxin_verifier_builder_add_anchors(
                builder,
                role,
                root.as_ptr(),
                root.len(),
                ptr::null_mut(),
            );
            assert_eq!(added, status::yinxin_status::Ok);
        }
        let built =
            verifier::yinxin_verifier_builder_build(builder, &raw mut made, ptr::null_mut());
        assert_eq!(built, status::yinxin_status::Ok);
        verifier::yinxin_verifier_builder_free(builder);
    }
    made
}
