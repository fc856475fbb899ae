//! A license is handed in, and then one that someone added a byte to.

use std::io::Write;

use yinxin::Policy;

use super::{Told, judged, made, verdict, verifier};

pub(crate) fn tell(out: &mut dyn Write) -> Told {
    let (license, _, _) = made::sealed_license()?;
    let report = verifier(Policy::basic())?.verify(&license, judged()?);
    let (policy, axes) = (&report.policy, report.axes);
    writeln!(
        out,
        "{} under {} {}",
        verdict(&report),
        policy.name,
        policy.version
    )?;
    writeln!(out, "authentic: {}", axes.authentic.name())?;
    writeln!(out, "trusted: {}", axes.trusted.name())?;
    writeln!(out, "in force: {}", axes.in_force.name())?;
    for signature in &report.signatures {
        let seal = signature.seal.as_ref().ok_or("no seal")?;
        let (at, source) = (signature.signed_at, signature.time_source);
        let (at, source) = (at.ok_or("no time")?, source.ok_or("no source")?);
        writeln!(out, "seal: {}, used {at} ({source})", seal.name)?;
    }
    let claims = &report.license.as_ref().ok_or("no license")?.claims;
    let (name, id) = (claims.name.as_deref(), claims.identifier.as_deref());
    writeln!(
        out,
        "license: {} {}",
        name.unwrap_or("-"),
        id.unwrap_or("-")
    )?;

    let longer = [license.as_slice(), b"x"].concat();
    let report = verifier(Policy::basic())?.verify(&longer, judged()?);
    writeln!(out, "with a byte more: {}", verdict(&report))?;
    let report = verifier(Policy::window())?.verify(&license, judged()?);
    writeln!(out, "under {}: {}", report.policy.name, verdict(&report))?;
    Ok(())
}
