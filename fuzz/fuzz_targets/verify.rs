//! The verifier on any bytes. Without an anchor nothing may pass, and the report is always JSON
//! that says the same as its fields.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use yinxin::Time;
use yinxin::verify::{Outcome, Policy, Verifier};

fuzz_target!(|input: &[u8]| {
    let at = Time::from_unix(1_795_420_800).expect("a time in 2026");
    let verifier = Verifier::new(Policy::window());
    for report in [
        verifier.verify(input, at),
        verifier.verify_detached(input, b"content", at),
    ] {
        assert_ne!(report.outcome, Outcome::Passed);
        assert!(report.headline.is_some());
        let json: Value = serde_json::from_str(&report.to_json()).expect("a report is JSON");
        assert_eq!(json["outcome"], report.outcome.name());
        assert_eq!(json["document"]["size"], input.len());
    }
});
