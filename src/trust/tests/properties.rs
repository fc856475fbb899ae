//! What more or less evidence can do to a verdict, whatever it is.

use std::sync::OnceLock;

use proptest::prelude::*;

use crate::pki::testing::{Party, authority, issue, root, signer, time};
use crate::pki::testing::{builder, sm2_key};
use crate::pki::{Certificate, Crl, CrlBuilder, RevocationReason};
use crate::trust::*;

struct World {
    anchors: Anchors,
    intermediates: Vec<Certificate>,
    leaf: Certificate,
    crls: Vec<Crl>,
}

/// The good path with its lists, and around it what could mislead: an authority without the right,
/// expired, forged; lists that are stale, early, another's, partial, that suspend and that revoke.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(make_world)
}

fn make_world() -> World {
    let root = root("根", 1);
    let good = authority("运营", 2, &root);
    let leaf = signer("签名人", 3, &good);
    let powerless = issue(builder("运营", 2).end_entity(), 2, &root);
    let stranger = Party {
        certificate: builder("运营", 8)
            .authority(None)
            .self_sign(&sm2_key(8))
            .unwrap(),
        key: sm2_key(8),
    };
    let list = |by: &Party, from: &str, to: &str, entries: &[(&Certificate, RevocationReason)]| {
        let empty = CrlBuilder::new(1, time(from), time(to));
        let since = time("2026-11-02");
        let list = entries.iter().fold(empty, |list, (certificate, reason)| {
            list.revoke(certificate.serial(), since, Some(*reason))
        });
        list.sign(&by.certificate, &by.key).unwrap()
    };
    let (from, to) = ("2026-11-01", "2026-12-01");
    let leaf_certificate = &leaf.certificate;
    let crls = vec![
        list(&root, from, to, &[]),
        list(&good, from, to, &[]),
        list(&good, "2026-10-01", "2026-11-01", &[]),
        list(&good, "2026-12-01", "2027-01-01", &[]),
        list(&stranger, from, to, &[]),
        list(&root, "2026-10-01", "2026-11-10", &[]),
        list(
            &good,
            "2026-11-03",
            to,
            &[(leaf_certificate, RevocationReason::KeyCompromise)],
        ),
        list(
            &good,
            "2026-10-20",
            to,
            &[(leaf_certificate, RevocationReason::CertificateHold)],
        ),
        list(
            &root,
            from,
            to,
            &[(&good.certificate, RevocationReason::CaCompromise)],
        ),
    ];
    let mut anchors = Anchors::new();
    anchors.add_all([root.certificate.clone()], AnchorRole::Signer);
    World {
        anchors,
        intermediates: vec![
            powerless.certificate,
            stranger.certificate,
            good.certificate,
        ],
        leaf: leaf.certificate,
        crls,
    }
}

/// Lists from here on accuse somebody.
const ACCUSING: usize = 6;

impl World {
    fn judge(&self, lists: &[bool], certificates: &[bool]) -> Verdict {
        let chosen = |index: usize, of: &[bool]| of.get(index).copied().unwrap_or_default();
        let crls: Vec<Crl> = (self.crls.iter().enumerate())
            .filter(|(index, _)| chosen(*index, lists))
            .map(|(_, crl)| crl.clone())
            .collect();
        let intermediates: Vec<Certificate> = (self.intermediates.iter().enumerate())
            .filter(|(index, _)| chosen(*index, certificates))
            .map(|(_, certificate)| certificate.clone())
            .collect();
        PathRequest {
            intermediates: &intermediates,
            revocation: RevocationMode::Required,
            crls: &crls,
            ..PathRequest::new(&self.leaf, &self.anchors, time("2026-11-22"))
        }
        .judge()
        .outcome()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn taking_evidence_away_acquits_nobody(
        lists in proptest::collection::vec(any::<bool>(), 9),
        certificates in proptest::collection::vec(any::<bool>(), 3),
        list in 0_usize..ACCUSING,
        certificate in 0_usize..3,
    ) {
        let world = world();
        let whole = world.judge(&lists, &certificates);
        let mut fewer = lists.clone();
        fewer[list] = false;
        if whole != Verdict::Passed {
            prop_assert_ne!(world.judge(&fewer, &certificates), Verdict::Passed);
            let mut fewer = certificates.clone();
            fewer[certificate] = false;
            prop_assert_ne!(world.judge(&lists, &fewer), Verdict::Passed);
        }
    }

    #[test]
    fn an_accusation_never_helps(
        lists in proptest::collection::vec(any::<bool>(), 9),
        accusing in ACCUSING..9,
    ) {
        let world = world();
        let mut more = lists.clone();
        more[accusing] = true;
        let all = [true; 3];
        if world.judge(&lists, &all) != Verdict::Passed {
            prop_assert_ne!(world.judge(&more, &all), Verdict::Passed);
        }
    }
}
