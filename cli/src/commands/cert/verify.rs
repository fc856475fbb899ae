//! The path of one certificate.

use std::io::Write;

use yinxin::trust::{
    AnchorRole, Anchors, PathReport, PathRequest, PolicyRequest, RevocationMode, Verdict,
};

use crate::args::{CertVerify, Purpose, Revocation};
use crate::commands::material;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::screen;
use crate::session::Session;

/// Judges the path from the certificate to a trusted root.
pub(crate) fn verify(session: &Session, arguments: &CertVerify) -> Result<Exit> {
    let leaf = material::certificate(session, &arguments.leaf)?;
    let intermediates = material::certificates(session, &arguments.untrusted)?;
    let crls = material::crls(session, &arguments.crl)?;
    let ocsp = material::ocsp(session, &arguments.ocsp)?;
    let at = session.time(arguments.at)?;
    let (purpose, role) = purpose(arguments.purpose);
    let mut anchors = Anchors::new();
    anchors.add_all(material::certificates(session, &arguments.trust)?, role);

    let mut request = PathRequest::new(&leaf, &anchors, at);
    request.intermediates = &intermediates;
    request.crls = &crls;
    request.ocsp = &ocsp;
    request.role = role;
    request.purpose = purpose;
    request.revocation = match arguments.revocation {
        Revocation::Off => RevocationMode::Off,
        Revocation::IfAvailable => RevocationMode::IfAvailable,
        Revocation::Required => RevocationMode::Required,
    };
    request.max_depth = arguments.max_depth;
    request.policies = PolicyRequest {
        acceptable: arguments.policy_oid.clone(),
        explicit: arguments.explicit_policy,
        inhibit_mapping: arguments.inhibit_mapping,
        inhibit_any: arguments.inhibit_any,
    };
    let report = request.judge();

    let mut out = session.out();
    if arguments.json {
        let json = serde_json::to_string(&report).map_err(|_| {
            Failure::new(session.pick("报告无法写成 JSON", "the report cannot be written as JSON"))
        })?;
        writeln!(out, "{json}")?;
    } else {
        screen::path(&mut out, session.language, &report, at, session.columns())?;
    }
    out.flush()?;
    Ok(exit(&report))
}

fn exit(report: &PathReport) -> Exit {
    match report.outcome() {
        Verdict::Passed => Exit::Passed,
        Verdict::Failed => Exit::Failed,
        Verdict::Indeterminate | Verdict::NotChecked => Exit::Indeterminate,
    }
}

/// The purpose of the key and the role its anchor must have. The command line gives anchors
/// without roles: they are believed in the one that is asked about.
fn purpose(purpose: Purpose) -> (yinxin::trust::Purpose, AnchorRole) {
    match purpose {
        Purpose::Any => (yinxin::trust::Purpose::Any, AnchorRole::Signer),
        Purpose::Signer => (yinxin::trust::Purpose::Signer, AnchorRole::Signer),
        Purpose::Maker => (yinxin::trust::Purpose::Maker, AnchorRole::Maker),
        Purpose::Tsa => (yinxin::trust::Purpose::Tsa, AnchorRole::Tsa),
    }
}
