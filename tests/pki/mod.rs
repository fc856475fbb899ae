//! A made-up world for tests: authorities, a seal, a sealed license, and the tools to forge them.
//!
//! Everything SM2 is deterministic: keys are fixed scalars and times are constants, so the
//! same document comes out byte for byte on every machine.

mod document;
mod forge;
mod people;
mod resign;
mod revision;
mod seal;
mod ses;
mod small;
mod stamper;
mod trust;
mod zip;

pub(crate) use document::{
    Unsigned, affix, business_license, draft, sealed, sealed_ofd, sealed_pdf, unsigned_ofd,
    unsigned_pdf,
};
pub(crate) use forge::{Forge, Update, blank_signature, rfind, stream};
pub(crate) use people::{Party, builder, key, time, world};
pub(crate) use resign::{Resealing, redigest, refresh_digests, reseal, sign_value};
pub(crate) use revision::append_revision;
pub(crate) use seal::{make_seal, seal_of, stamp_png};
pub(crate) use ses::{RawSeal, Sealed, WriteValue, as_bits, held};
pub(crate) use small::{small_builder, small_sealed, small_unsigned};
pub(crate) use stamper::TimeStamper;
pub(crate) use trust::{entry, granted, region, trust, trust_of, withdrawn};
pub(crate) use zip::{Archive, RawEntry, deflated, write_raw};

use yinxin::Time;
use yinxin::trust::AnchorRole;
use yinxin::verify::{Check, CheckCode, Outcome, Policy, Reason, Report, Verifier};

/// When documents are sealed.
pub(crate) const SIGNED_AT: &str = "2026-11-20T02:00:00Z";

/// When they are judged, two days later.
pub(crate) const JUDGED_AT: &str = "2026-11-22T08:00:00Z";

/// The time of judging.
pub(crate) fn now() -> Time {
    time(JUDGED_AT)
}

/// Judges under `basic`, trusting the signers' authority for signers and the makers' for makers.
pub(crate) fn verifier() -> Verifier {
    let world = world();
    Verifier::new(basic())
        .with_anchor(
            AnchorRole::Signer,
            world.signer_authority.certificate.clone(),
        )
        .with_anchor(AnchorRole::Maker, world.maker_authority.certificate.clone())
}

/// The policy of the tests.
pub(crate) fn basic() -> Policy {
    Policy::basic()
}

/// The verdict of [`verifier`] at [`now`].
pub(crate) fn judge(bytes: &[u8]) -> Report {
    verifier().verify(bytes, now())
}

/// All checks that did not pass, each as `code: outcome (reason)`, for messages of tests.
pub(crate) fn not_passed(report: &Report) -> Vec<String> {
    report
        .all_checks()
        .filter(|check| check.outcome != Outcome::Passed)
        .map(|check| {
            let reason = check.reason.map_or("-", Reason::name);
            format!("{}: {} ({reason})", check.code.name(), check.outcome.name())
        })
        .collect()
}

/// The checks with this code, document's and signatures'.
pub(crate) fn checks(report: &Report, code: CheckCode) -> Vec<&Check> {
    report
        .all_checks()
        .filter(|check| check.code == code)
        .collect()
}
