//! Algorithms as files name them, and whether the names agree.

use super::{Check, CheckCode, Policy, Reason, WeakAlgorithms};
use crate::asn1::{Oid, named};
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm};

/// What a CheckMethod amounts to.
pub(super) enum CheckMethod {
    /// A digest this library computes; `alias` when it is not named by its object identifier.
    Known {
        digest: DigestAlgorithm,
        alias: bool,
    },
    /// Missing, so that the schema's MD5 would apply, or MD5 itself.
    Refused(Reason),
    /// Nothing known.
    Unknown,
}

/// Reads a CheckMethod (GB/T 33190-2016), in any letter case.
pub(super) fn check_method(written: Option<&str>) -> CheckMethod {
    let Some(written) = written.map(str::trim).filter(|text| !text.is_empty()) else {
        return CheckMethod::Refused(Reason::MethodNotStated);
    };
    if let Ok(oid) = Oid::parse(written) {
        return match DigestAlgorithm::from_oid(oid) {
            Some(digest) => CheckMethod::Known {
                digest,
                alias: oid != digest.oid(),
            },
            None if oid == named::MD5 => CheckMethod::Refused(Reason::TooWeak),
            None => CheckMethod::Unknown,
        };
    }
    let known = |digest| CheckMethod::Known {
        digest,
        alias: true,
    };
    match written.to_ascii_uppercase().replace('-', "").as_str() {
        "SM3" => known(DigestAlgorithm::Sm3),
        "SHA1" => known(DigestAlgorithm::Sha1),
        "SHA256" => known(DigestAlgorithm::Sha256),
        "SHA384" => known(DigestAlgorithm::Sha384),
        "SHA512" => known(DigestAlgorithm::Sha512),
        "MD5" => CheckMethod::Refused(Reason::TooWeak),
        _ => CheckMethod::Unknown,
    }
}

/// The failure that a weak digest is, unless the policy admits it.
pub(super) fn weak_digest(policy: &Policy, digest: DigestAlgorithm) -> Option<Check> {
    let weak =
        digest == DigestAlgorithm::Sha1 && policy.weak_algorithms() == WeakAlgorithms::Refuse;
    weak.then(|| {
        Check::failed(CheckCode::SignatureAlgorithm, Reason::TooWeak)
            .with("check_method", digest.name())
    })
}

/// The failure when a SignatureMethod names another algorithm than the value does. A method that
/// is no object identifier names nothing that could disagree.
pub(super) fn method_disagrees(written: &str, value: Oid) -> Option<Check> {
    let method = Oid::parse(written.trim()).ok()?;
    let same = method == value || family(method).is_some_and(|name| Some(name) == family(value));
    (!same).then(|| {
        Check::failed(CheckCode::SignatureAlgorithm, Reason::AlgorithmsDisagree)
            .with("signature_method", method)
            .with("value", value)
    })
}

fn family(oid: Oid) -> Option<SignatureAlgorithm> {
    match oid {
        named::SM2_SIGN | named::SM2_CURVE => Some(SignatureAlgorithm::Sm2Sm3),
        _ => SignatureAlgorithm::from_oid(oid).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sm3_are_one() {
        for (text, expected) in [
            ("1.2.156.10197.1.401", false),
            ("1.2.156.10197.1.401.1", true),
            ("SM3", true),
            (" sm3 ", true),
        ] {
            match check_method(Some(text)) {
                CheckMethod::Known {
                    digest: DigestAlgorithm::Sm3,
                    alias,
                } => {
                    assert_eq!(alias, expected, "{text}");
                }
                _ => panic!("{text}"),
            }
        }
    }

    #[test]
    fn an_absent_method_is_not_md5_but_refused() {
        for text in [None, Some(""), Some("MD5"), Some("1.2.840.113549.2.5")] {
            assert!(
                matches!(check_method(text), CheckMethod::Refused(_)),
                "{text:?}"
            );
        }
        // Seen misused for a keyed digest.
        assert!(matches!(
            check_method(Some("1.2.156.10197.1.401.2")),
            CheckMethod::Unknown
        ));
    }

    #[test]
    fn methods_agree_by_family() {
        assert!(method_disagrees("1.2.156.10197.1.501", named::SM2_WITH_SM3).is_none());
        assert!(method_disagrees("1.2.156.10197.1.301.1", named::SM2_WITH_SM3).is_none());
        assert!(method_disagrees("1.2.840.10045.4.3.2", named::SM2_WITH_SM3).is_some());
    }
}
