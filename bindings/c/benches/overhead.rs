//! What a call through the C interface costs over the core: `scripts/overhead c`.
//!
//! One call of each, many thousand times, taking turns at going first: what else the machine does
//! falls on both alike, and the median of the differences is the face's own share. Its spread is that
//! of the medians of twenty parts of the run. An input that is refused at once shows the share that
//! every call has.
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
use std::process::ExitCode;
use std::ptr;
use std::time::Instant;

use yinxin::trust::AnchorRole;
use yinxin::{Outcome, Policy, Time, Verifier, pki::Certificate};

const SEALED: &[u8] = include_bytes!("../../small/sealed.ofd");
const ROOT: &[u8] = include_bytes!("../../small/root.der");

/// Pairs of calls: twenty parts of a thousand, some ten seconds.
const PARTS: usize = 20;
const PAIRS: usize = 1_000;
/// What a call may cost beyond the core, in microseconds.
const BOUND: f64 = 2.0;

fn main() -> ExitCode {
    let at = Time::parse("2026-03-04T00:00:00Z").unwrap();
    let anchor = Certificate::from_der(ROOT).unwrap();
    let core = Verifier::new(Policy::basic())
        .with_anchor(AnchorRole::Signer, anchor.clone())
        .with_anchor(AnchorRole::Maker, anchor);
    assert_eq!(core.verify(SEALED, at).outcome, Outcome::Passed);
    let face = verifier(ROOT);
    let mut within = true;
    for (name, document) in [("small OFD", SEALED), ("refused", b"no license".as_slice())] {
        let measured = measure(
            || drop(black_box(core.verify(black_box(document), at))),
            || verify(face, black_box(document), at.unix()),
        );
        measured.tell(name, document.len());
        within &= measured.over <= BOUND;
    }
    // SAFETY: made above, and used no more.
    unsafe { verifier::yinxin_verifier_free(face) };
    if within {
        ExitCode::SUCCESS
    } else {
        println!("more than {BOUND} us");
        ExitCode::FAILURE
    }
}

/// Microseconds.
struct Measured {
    core: f64,
    face: f64,
    /// The median difference, and that of the lowest and the highest part.
    over: f64,
    spread: (f64, f64),
    /// The shortest call of the face against the shortest of the core.
    least: f64,
}

fn measure(core: impl Fn(), face: impl Fn()) -> Measured {
    let (mut cores, mut faces) = (Vec::new(), Vec::new());
    let (mut differences, mut parts) = (Vec::new(), Vec::new());
    for part in 0..=PARTS {
        let mut own = Vec::with_capacity(PAIRS);
        for pair in 0..PAIRS {
            let (of_core, of_face) = if pair % 2 == 0 {
                let first = micros(&core);
                (first, micros(&face))
            } else {
                let first = micros(&face);
                (micros(&core), first)
            };
            // The first part warms up.
            if part > 0 {
                cores.push(of_core);
                faces.push(of_face);
                own.push(of_face - of_core);
            }
        }
        if part > 0 {
            parts.push(median(&mut own));
            differences.append(&mut own);
        }
    }
    let (core, face) = (median(&mut cores), median(&mut faces));
    let over = median(&mut differences);
    parts.sort_by(f64::total_cmp);
    let end = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
    Measured {
        core,
        face,
        over,
        spread: (end(parts.first()), end(parts.last())),
        // Sorted by now.
        least: end(faces.first()) - end(cores.first()),
    }
}

impl Measured {
    fn tell(&self, name: &str, bytes: usize) {
        println!(
            "C: {name}, {bytes} bytes: core {:.1} us, face {:.1} us, over the core {:+.2} us \
             (parts {:+.2} to {:+.2}; least against least {:+.2})",
            self.core, self.face, self.over, self.spread.0, self.spread.1, self.least
        );
    }
}

fn micros(call: &impl Fn()) -> f64 {
    let start = Instant::now();
    call();
    start.elapsed().as_secs_f64() * 1e6
}

/// Sorts them, too.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// As a C program would.
fn verify(verifier: *const verifier::yinxin_verifier, document: &[u8], at: i64) {
    let mut report = ptr::null_mut();
    // SAFETY: live objects and bytes, a place to write to, and a report that is freed once.
    unsafe {
        let status = verifier::yinxin_verifier_verify(
            verifier,
            document.as_ptr(),
            document.len(),
            at,
            &raw mut report,
            ptr::null_mut(),
        );
        assert_eq!(status, status::yinxin_status::Ok);
        black_box(report::yinxin_report_outcome(report));
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
