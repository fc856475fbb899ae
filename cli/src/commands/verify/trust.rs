//! From flags to a verifier.

use yinxin::trust::AnchorRole;
use yinxin::verify::Verifier;

use crate::args::Verify;
use crate::commands::material;
use crate::failure::Result;
use crate::secrets;
use crate::session::Session;

/// A verifier with the policy, anchors, intermediates and revocation evidence of the flags.
pub(super) fn verifier(session: &Session, arguments: &Verify) -> Result<Verifier> {
    let policy = arguments.policy.policy();
    let policy = if arguments.strict {
        policy.strict()
    } else {
        policy
    };
    let more = arguments.admit.iter().map(|change| change.change());
    let admitted: Vec<_> = policy.later_changes().iter().copied().chain(more).collect();
    let policy = policy.with_later_changes(&admitted);
    let mut verifier = Verifier::new(policy);
    for (role, paths) in [
        (AnchorRole::Signer, &arguments.trust),
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
