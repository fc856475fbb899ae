//! From flags to a verifier.

use std::path::{Path, PathBuf};

use yinxin::trust::AnchorRole;
use yinxin::trust::list::{PackContents, TrustState};
use yinxin::trust::status::{SealRevocations, StatusList, StatusReferences};
use yinxin::verify::{Policy, Verifier};

use crate::args::{PolicyFlags, Verify};
use crate::commands::material;
use crate::commands::trust::store::Store;
use crate::failure::{Failure, Result, shown_path};
use crate::secrets;
use crate::session::Session;

/// A verifier with the policy, anchors, intermediates and revocation evidence of the flags.
pub(super) fn verifier(session: &Session, arguments: &Verify) -> Result<Verifier> {
    let mut verifier = Verifier::new(policy(session, &arguments.policy)?);
    let (lists, certificates) = partition(session, &arguments.trust)?;
    if let Some((state, packs)) = installed(session, arguments, &lists)? {
        verifier = packs.into_iter().fold(verifier, Verifier::with_pack);
        verifier = verifier.with_trust(state);
    }
    for path in &arguments.status {
        verifier = with_status(session, verifier, path)?;
    }
    for (role, paths) in [
        (AnchorRole::Signer, &certificates),
        (AnchorRole::Maker, &arguments.trust_maker),
        (AnchorRole::Tsa, &arguments.trust_tsa),
    ] {
        for certificate in material::certificates(session, paths)? {
            verifier = verifier.with_anchor(role, certificate);
        }
    }
    for certificate in material::certificates(session, &arguments.untrusted)? {
        verifier = verifier.with_intermediate(certificate);
    }
    if let Some(path) = &arguments.signer_cert {
        let certificate = material::certificate(session, path)?;
        verifier = verifier.with_signer_certificate(certificate);
    }
    for crl in material::crls(session, &arguments.crl)? {
        verifier = verifier.with_crl(crl);
    }
    for response in material::ocsp(session, &arguments.ocsp)? {
        verifier = verifier.with_ocsp(response);
    }
    if let Some(path) = &arguments.password_file {
        let password = secrets::existing(session.language, Some(path), "OFD / PDF")?;
        verifier = verifier.with_password(&password);
    }
    Ok(verifier)
}

fn policy(session: &Session, flags: &PolicyFlags) -> Result<Policy> {
    match &flags.policy_file {
        Some(path) => Policy::from_json(&session.read_text(path)?)
            .map_err(|error| Failure::library(session.language, &shown_path(path), &error)),
        None => Ok(flags.made()),
    }
}

/// Signed lists, and files of certificates.
fn partition(session: &Session, paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let mut sorted = (Vec::new(), Vec::new());
    for path in paths {
        // Standard input can be read once only, and is read as certificates.
        let is_list =
            path != Path::new("-") && session.read(path)?.trim_ascii_start().starts_with(b"{");
        let side = if is_list {
            &mut sorted.0
        } else {
            &mut sorted.1
        };
        side.push(path.clone());
    }
    Ok(sorted)
}

/// What is installed, with the lists that are given for this run only.
fn installed(
    session: &Session,
    arguments: &Verify,
    lists: &[PathBuf],
) -> Result<Option<(TrustState, Vec<PackContents>)>> {
    let Some(store) = Store::at(arguments.store.store.as_deref()) else {
        return Ok(None);
    };
    let now = session.time(None)?;
    let Some(mut state) = store.load(session)? else {
        return match lists.iter().chain(&arguments.pack).next() {
            None => Ok(None),
            Some(list) => Err(Failure::new(session.pick(
                format!(
                    "{}：尚未认定信任根，无法采信这份信任列表；请先用 trust install 安装信任根",
                    shown_path(list)
                ),
                format!(
                    "{}: no trust root is pinned that this list could be judged by; install one first",
                    shown_path(list)
                ),
            ))),
        };
    };
    // A time that is asked for may be any; the machine's own must not run backwards.
    let at = match arguments.at {
        Some(at) => at,
        None => {
            let named = shown_path(store.folder());
            state = state
                .seen(now)
                .map_err(|error| Failure::library(session.language, &named, &error))?;
            store.remember(session, &state, now);
            now
        }
    };
    for list in lists {
        state = state
            .install(&session.read(list)?, at.max(state.latest_seen()))
            .map_err(|error| Failure::library(session.language, &shown_path(list), &error))?;
    }
    let mut packs = Vec::new();
    for path in &arguments.pack {
        let failed =
            |error: yinxin::Error| Failure::library(session.language, &shown_path(path), &error);
        let bytes = session.read(path)?;
        let (opened, pack) = state
            .open_pack(&bytes, at.max(state.latest_seen()))
            .map_err(failed)?;
        state = opened;
        packs.push(pack.contents().map_err(failed)?);
    }
    Ok(Some((state, packs)))
}

/// A status list, references into one, or a revocation list of seals, as its beginning tells.
fn with_status(session: &Session, verifier: Verifier, path: &Path) -> Result<Verifier> {
    let bytes = session.read(path)?;
    let added = if !bytes.trim_ascii_start().starts_with(b"{") {
        StatusList::from_bytes(&bytes).map(|list| verifier.with_status_list(list))
    } else if bytes
        .windows(16)
        .any(|window| window == b"\"revocationList\"")
    {
        SealRevocations::from_json(&bytes, None).map(|seals| verifier.with_seal_revocations(seals))
    } else {
        StatusReferences::from_json(&bytes).map(|found| verifier.with_status_references(found))
    };
    added.map_err(|error| Failure::library(session.language, &shown_path(path), &error))
}
