//! rustls-webpki.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{
    EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert,
};
use yinxin::Time;
use yinxin::pki::Certificate;

use super::{AT, Opinion, Place, Places, Plan, Trait, first_of};

#[test]
fn our_verdicts_and_those_of_webpki() {
    let opinion = Opinion {
        accepts: &mut theirs,
        explains: &explanation,
        rules: include_str!("webpki.tsv"),
    };
    opinion.compare(4000);
}

struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}

fn theirs(chain: &[Certificate]) -> bool {
    let ders: Vec<CertificateDer<'_>> = chain
        .iter()
        .map(|one| CertificateDer::from(one.der()))
        .collect();
    let (leaf, above) = ders.split_first().unwrap();
    let (root, intermediates) = above.split_last().unwrap();
    let seconds = u64::try_from(Time::parse(AT).unwrap().unix()).unwrap();
    let judge = || {
        let anchor = [anchor_from_trusted_cert(root)?];
        let leaf = EndEntityCert::try_from(leaf)?;
        leaf.verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &anchor,
            intermediates,
            UnixTime::since_unix_epoch(Duration::from_secs(seconds)),
            AnyPurpose,
            None,
            None,
        )?;
        Ok::<(), webpki::Error>(())
    };
    judge().is_ok()
}

/// The rule that explains why we refuse what they accept, or accept what they refuse.
fn explanation(plan: &Plan, we_accept: bool) -> Option<&'static str> {
    let places = Places(plan);
    let (root, leaf) = (Place::Root, Place::Leaf);
    let rules: &[(&str, bool)] = if we_accept {
        &[
            ("critical_policies", places.any(Trait::CriticalPolicies)),
            ("directory_constraint", places.any(Trait::PermitsDirectory)),
            (
                "authority_as_leaf",
                places.at(leaf, Trait::Authority) || places.at(leaf, Trait::PathLengthZero),
            ),
            ("self_issued", places.inner(Trait::SelfIssued)),
        ]
    } else {
        &[
            (
                "anchor_validity",
                places.at(root, Trait::Expired) || places.at(root, Trait::NotYetValid),
            ),
            (
                "anchor_rights",
                [
                    Trait::NoBasicConstraints,
                    Trait::NotAnAuthority,
                    Trait::PathLengthZero,
                    Trait::NoCertSign,
                    Trait::UnknownCritical,
                ]
                .iter()
                .any(|one| places.at(root, *one)),
            ),
            (
                "key_usage",
                places.below_root(Trait::NoCertSign)
                    || places.below_root(Trait::NoBasicConstraints),
            ),
            ("leading_period", places.any(Trait::LeadingPeriod)),
            (
                "common_purpose",
                places.any(Trait::DocumentPurpose) && places.any(Trait::ServerPurpose),
            ),
        ]
    };
    first_of(rules)
}
