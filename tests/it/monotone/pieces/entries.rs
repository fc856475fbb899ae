//! Whom to believe, and who is who.

use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::Certificate;
use yinxin::trust::AnchorRole;
use yinxin::trust::list::{EntryKind, Extent, Organization, Scope, TrustEntry, TrustList};

use super::super::subjects::stamping_root;
use super::statuses::{SEAL, publisher};
use super::{Effect, Piece, Question, given, listed};
use crate::pki::{entry, granted, region, withdrawn, world};

const ISSUER: &str = "11349900MB0EXAMP5Y";

pub(super) fn trust_entries() -> Vec<Piece> {
    use Effect::{Accuses, BesideThePoint, Helps};
    use Question::{LicenseInForce, WhoIsTrusted, WhoIsWho};
    let always = || vec![granted("2020-01-01", None, region("340000"))];
    let add =
        |id: &'static str, kind: EntryKind, certificate: &Certificate, history: fn() -> Vec<_>| {
            let certificate = certificate.clone();
            move |list: &mut TrustList| list.entries.push(entry(id, kind, &certificate, history()))
        };
    let body = |uscc: &'static str, seals: &[&str], certificates: Vec<String>| Organization {
        uscc: uscc.to_owned(),
        name: "某某市市场监督管理局".to_owned(),
        seals: seals.iter().map(|&seal| seal.to_owned()).collect(),
        certificates,
    };
    let owner = body(ISSUER, &[SEAL], Vec::new());
    let signer = &world().signer.certificate;
    let rival = body(
        "113499000000000010",
        &[],
        vec![signer.fingerprint(DigestAlgorithm::Sm3).to_hex()],
    );
    let (ca, maker) = (
        &world().signer_authority.certificate,
        &world().maker_authority.certificate,
    );
    let stranger = &world().stranger.certificate;
    let narrow: fn() -> Vec<_> = || {
        let other = Scope {
            license_types: Extent::Only(vec!["X".to_owned()]),
            ..Scope::any()
        };
        vec![granted("2020-01-01", None, other)]
    };
    let lapsed: fn() -> Vec<_> =
        || vec![granted("2020-01-01", Some("2025-01-01"), region("340000"))];
    let unlinked: fn() -> Vec<_> = || vec![granted("2020-01-01", None, region("350000"))];
    vec![
        listed(
            "signers' authority",
            WhoIsTrusted,
            Helps,
            add("ca", EntryKind::Ca, ca, always),
        ),
        listed(
            "makers' authority",
            WhoIsTrusted,
            Helps,
            add("maker", EntryKind::SealMaker, maker, always),
        ),
        listed(
            "stampers' authority",
            WhoIsTrusted,
            Helps,
            add("tsa", EntryKind::Tsa, &stamping_root().certificate, always),
        ),
        listed(
            "publisher",
            LicenseInForce,
            Helps,
            add(
                "publisher",
                EntryKind::StatusPublisher,
                &publisher().certificate,
                always,
            ),
        ),
        listed("owner of the seal", WhoIsWho, Helps, move |list| {
            list.organizations.push(owner.clone());
        }),
        listed(
            "signers' authority, of other types",
            WhoIsTrusted,
            BesideThePoint,
            add("narrow", EntryKind::Ca, ca, narrow),
        ),
        listed(
            "makers' authority, of past years",
            WhoIsTrusted,
            BesideThePoint,
            add("lapsed", EntryKind::SealMaker, maker, lapsed),
        ),
        listed(
            "signers' authority as maker",
            WhoIsTrusted,
            BesideThePoint,
            add("role", EntryKind::SealMaker, ca, always),
        ),
        listed(
            "stranger",
            WhoIsTrusted,
            BesideThePoint,
            add("stranger", EntryKind::Ca, stranger, always),
        ),
        listed(
            "publisher of another region",
            LicenseInForce,
            BesideThePoint,
            add(
                "unlinked",
                EntryKind::StatusPublisher,
                &publisher().certificate,
                unlinked,
            ),
        ),
        listed(
            "signers' authority, withdrawn",
            WhoIsTrusted,
            Accuses,
            add("withdrawn", EntryKind::Ca, ca, || {
                vec![withdrawn("2026-11-19")]
            }),
        ),
        listed(
            "another holder of the certificate",
            WhoIsWho,
            Accuses,
            move |list| {
                list.organizations.push(rival.clone());
            },
        ),
        given(
            "signers' authority on the caller's word",
            WhoIsTrusted,
            BesideThePoint,
            {
                let ca = ca.clone();
                move |verifier| verifier.with_anchor(AnchorRole::Signer, ca.clone())
            },
        ),
        given("carried certificate", WhoIsTrusted, BesideThePoint, {
            let ca = ca.clone();
            move |verifier| verifier.with_intermediate(ca.clone())
        }),
    ]
}

/// An entry that is of no use to anybody here.
pub(in crate::monotone) fn bystander() -> TrustEntry {
    let history = vec![granted("2020-01-01", Some("2021-01-01"), region("110000"))];
    let certificate = &world().stranger.certificate;
    entry("bystander", EntryKind::Tsa, certificate, history)
}
