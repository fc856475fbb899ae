//! Whether the names on a path are ones its authorities may certify (RFC 5280 4.2.1.10).

use std::mem::discriminant;
use std::net::Ipv4Addr;

use crate::asn1::named;
use crate::pki::{Certificate, GeneralName, Name, NameConstraints};
use crate::trust::report::ProblemCode;

/// Comparisons of one name with one subtree for one question. A path of eight, ten names and a
/// thousand subtrees each, needs eighty thousand; certificates made to keep us busy, millions.
pub(in crate::trust) const MAX_COMPARISONS: u32 = 250_000;

/// What the authorities above a certificate permit and exclude, gathered from the anchor down.
#[derive(Default)]
pub(super) struct NameJudge {
    constraints: Vec<NameConstraints>,
}

impl NameJudge {
    /// Adds what an authority says of those below it.
    pub(super) fn constrain(&mut self, authority: &Certificate) -> Result<(), ProblemCode> {
        let constraints = authority
            .name_constraints()
            .map_err(|_| ProblemCode::MalformedExtension)?;
        let Some(constraints) = constraints else {
            return Ok(());
        };
        let mut bases = constraints.permitted.iter().chain(&constraints.excluded);
        if !bases.all(is_base) {
            return Err(ProblemCode::MalformedExtension);
        }
        self.constraints.push(constraints);
        Ok(())
    }

    /// Judges every name of a certificate against everything gathered. `leaf`: it ends the path,
    /// so that its common name may stand for a host.
    pub(super) fn judge(
        &self,
        certificate: &Certificate,
        leaf: bool,
        comparisons: &mut u32,
    ) -> Result<(), ProblemCode> {
        if self.constraints.is_empty() {
            return Ok(());
        }
        for name in names_of(certificate, leaf)? {
            for constraints in &self.constraints {
                judge_name(&name, constraints, comparisons)?;
            }
        }
        Ok(())
    }
}

/// The subject, its mail addresses, all alternative names; and of a leaf without a host name
/// or an address among these, a common name that reads as one.
fn names_of(certificate: &Certificate, leaf: bool) -> Result<Vec<GeneralName>, ProblemCode> {
    let mut names = certificate
        .subject_alt_names()
        .map_err(|_| ProblemCode::MalformedExtension)?
        .unwrap_or_default();
    let subject = certificate.subject_name();
    if leaf && let Some(host) = host_in(subject) {
        let same_form = |name: &GeneralName| discriminant(name) == discriminant(&host);
        if !names.iter().any(same_form) {
            names.push(host);
        }
    }
    let mail = subject
        .attributes()
        .iter()
        .filter(|attribute| attribute.oid() == named::EMAIL_ADDRESS);
    for attribute in mail {
        let text = attribute.text().ok_or(ProblemCode::MalformedName)?;
        names.push(GeneralName::Mail(text.to_owned()));
    }
    if !subject.is_empty() {
        names.push(GeneralName::Directory(subject.clone()));
    }
    Ok(names)
}

fn host_in(subject: &Name) -> Option<GeneralName> {
    let name = subject.common_name()?;
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        return Some(GeneralName::Ip(address.octets().to_vec()));
    }
    (name.contains('.') && is_host(name)).then(|| GeneralName::Dns(name.to_owned()))
}

fn judge_name(
    name: &GeneralName,
    constraints: &NameConstraints,
    comparisons: &mut u32,
) -> Result<(), ProblemCode> {
    let mut count = || {
        *comparisons += 1;
        if *comparisons > MAX_COMPARISONS {
            Err(ProblemCode::NameComparisons)
        } else {
            Ok(())
        }
    };
    for base in &constraints.excluded {
        count()?;
        if within(name, base, Sense::Excluded)? == Some(true) {
            return Err(ProblemCode::NameExcluded);
        }
    }
    let mut asked = false;
    for base in &constraints.permitted {
        count()?;
        match within(name, base, Sense::Permitted)? {
            Some(true) => return Ok(()),
            Some(false) => asked = true,
            None => {}
        }
    }
    if asked {
        Err(ProblemCode::NameNotPermitted)
    } else {
        Ok(())
    }
}

/// Whether a name that stands for many (a wildcard) must lie within wholly, or only in part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Permitted,
    Excluded,
}

/// Whether a name lies within a subtree; `None` where they are of different forms, so that one
/// says nothing of the other.
fn within(
    name: &GeneralName,
    base: &GeneralName,
    sense: Sense,
) -> Result<Option<bool>, ProblemCode> {
    let malformed = Err(ProblemCode::MalformedName);
    Ok(Some(match (name, base) {
        // Level by level: each is a whole element, so that a prefix ends between two.
        (GeneralName::Directory(name), GeneralName::Directory(base)) => {
            name.prepared().starts_with(base.prepared())
        }
        (GeneralName::Dns(name), GeneralName::Dns(base)) => {
            if !is_host(name.strip_prefix("*.").unwrap_or(name)) {
                return malformed;
            }
            dns_within(name, base, sense)
        }
        (GeneralName::Mail(name), GeneralName::Mail(base)) => match split_mail(name) {
            Some(mailbox) => mail_within(mailbox, base),
            None => return malformed,
        },
        // An address beyond ASCII cannot be told apart from those the constraint is about.
        (GeneralName::Other(named::SMTP_UTF8_MAILBOX, _), GeneralName::Mail(_)) => {
            return Err(ProblemCode::NameForm);
        }
        (GeneralName::Uri(name), GeneralName::Uri(base)) => match uri_host(name) {
            Some(host) => host_within(host, base),
            None => return malformed,
        },
        (GeneralName::Ip(name), GeneralName::Ip(base)) => {
            if name.len() != 4 && name.len() != 16 {
                return malformed;
            }
            // IPv4 and IPv6 are two forms of their own.
            if name.len() * 2 != base.len() {
                return Ok(None);
            }
            ip_within(name, base)
        }
        (GeneralName::Other(name, _), GeneralName::Other(base, _)) if name == base => {
            return Err(ProblemCode::NameForm);
        }
        (GeneralName::Rare(name, _), GeneralName::Rare(base, _)) if name == base => {
            return Err(ProblemCode::NameForm);
        }
        _ => return Ok(None),
    }))
}

/// Whether a constraint has the form that RFC 5280 gives it.
fn is_base(base: &GeneralName) -> bool {
    match base {
        GeneralName::Dns(host) => host.is_empty() || is_host(host),
        GeneralName::Mail(mailbox) if mailbox.contains('@') => split_mail(mailbox).is_some(),
        GeneralName::Mail(host) => {
            host.is_empty() || is_host(host.strip_prefix('.').unwrap_or(host))
        }
        GeneralName::Uri(base) => is_host(base.strip_prefix('.').unwrap_or(base)),
        GeneralName::Ip(bytes) if bytes.len() == 8 || bytes.len() == 32 => {
            let (_, mask) = bytes.split_at(bytes.len() / 2);
            is_contiguous(mask)
        }
        GeneralName::Ip(_) => false,
        GeneralName::Directory(_) | GeneralName::Other(..) | GeneralName::Rare(..) => true,
    }
}

fn is_contiguous(mask: &[u8]) -> bool {
    let mut rest = mask.iter().skip_while(|byte| **byte == 0xff);
    let edge = rest
        .next()
        .is_none_or(|byte| byte.count_ones() == byte.leading_ones());
    edge && rest.all(|byte| *byte == 0)
}

/// Labels of letters, digits, hyphens and underscores, none empty or beyond 63 bytes.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// The base itself, or labels added to its left. A wildcard is excluded where any name that it
/// stands for is, and permitted where all are.
fn dns_within(name: &str, base: &str, sense: Sense) -> bool {
    if base.is_empty() {
        return true;
    }
    let Some(parent) = name.strip_prefix("*.") else {
        return is_or_below(name, base);
    };
    let overlaps = || {
        base.split_once('.')
            .is_some_and(|(_, above)| above.eq_ignore_ascii_case(parent))
    };
    is_or_below(parent, base) || (sense == Sense::Excluded && overlaps())
}

fn is_or_below(name: &str, base: &str) -> bool {
    let (name, base) = (name.as_bytes(), base.as_bytes());
    let Some(left) = name.len().checked_sub(base.len()) else {
        return false;
    };
    let (before, tail) = name.split_at(left);
    tail.eq_ignore_ascii_case(base) && before.last().is_none_or(|last| *last == b'.')
}

fn is_below(name: &str, base: &str) -> bool {
    name.len() > base.len() && is_or_below(name, base)
}

/// One host, or with a leading period all below one.
fn host_within(host: &str, base: &str) -> bool {
    match base.strip_prefix('.') {
        Some(domain) => is_below(host, domain),
        None => host.eq_ignore_ascii_case(base),
    }
}

fn split_mail(address: &str) -> Option<(&str, &str)> {
    let (local, host) = address.rsplit_once('@')?;
    let plain = !local.is_empty() && local.is_ascii() && !local.contains(['\0', ' ', '@']);
    (plain && is_host(host)).then_some((local, host))
}

/// One mailbox, all at one host, or with a leading period all at hosts below one.
fn mail_within((local, host): (&str, &str), base: &str) -> bool {
    match base.rsplit_once('@') {
        Some((base_local, base_host)) => {
            local == base_local && host.eq_ignore_ascii_case(base_host)
        }
        None => base.is_empty() || host_within(host, base),
    }
}

/// The host of a URI with an authority part. One that names an address or no host cannot be
/// constrained and is refused (RFC 5280 4.2.1.10).
fn uri_host(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (_, host_and_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host = host_and_port
        .rsplit_once(':')
        .map_or(host_and_port, |(host, _)| host);
    let last = host.rsplit('.').next().unwrap_or_default();
    let address = last.bytes().all(|byte| byte.is_ascii_digit());
    let plain = scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (plain && !scheme.is_empty() && is_host(host) && !address).then_some(host)
}

fn ip_within(address: &[u8], base: &[u8]) -> bool {
    let (network, mask) = base.split_at(base.len() / 2);
    let bytes = address.iter().zip(network).zip(mask);
    bytes
        .into_iter()
        .all(|((address, network), mask)| address & mask == network & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dns(name: &str, base: &str) -> Result<Option<bool>, ProblemCode> {
        let (name, base) = (GeneralName::Dns(name.into()), GeneralName::Dns(base.into()));
        within(&name, &base, Sense::Permitted)
    }

    #[test]
    fn hosts_lie_at_or_below_the_base() {
        for (name, base, expected) in [
            ("host.example", "example", true),
            ("HOST.example", "host.EXAMPLE", true),
            ("a.b.example", "b.example", true),
            ("ab.example", "b.example", false),
            ("example", "host.example", false),
            ("anything.example", "", true),
            ("*.b.example", "b.example", true),
            ("*.example", "b.example", false),
        ] {
            assert_eq!(dns(name, base), Ok(Some(expected)), "{name} in {base}");
        }
        for name in ["no host?", "", ".example", "a..b", "host.example."] {
            assert_eq!(
                dns(name, "example"),
                Err(ProblemCode::MalformedName),
                "{name}"
            );
        }
        assert!(dns_within("*.example", "b.example", Sense::Excluded));
        assert!(!dns_within("*.example", "a.b.example", Sense::Excluded));
    }

    #[test]
    fn a_base_of_another_form_than_the_standards_is_none() {
        for (base, good) in [
            (GeneralName::Dns("example".into()), true),
            (GeneralName::Dns(".example".into()), false),
            (GeneralName::Mail(".example".into()), true),
            (GeneralName::Mail("one@example".into()), true),
            (GeneralName::Mail("@example".into()), false),
            (GeneralName::Uri(".example".into()), true),
            (GeneralName::Uri("http://example".into()), false),
            (GeneralName::Ip(vec![10, 0, 0, 0, 255, 0, 0, 0]), true),
            (GeneralName::Ip(vec![10, 0, 0, 0, 255, 0, 255, 0]), false),
            (GeneralName::Ip(vec![10, 0, 0, 0, 160, 0, 0, 0]), false),
            (GeneralName::Ip(vec![10, 0, 0, 0]), false),
        ] {
            assert_eq!(is_base(&base), good, "{base:?}");
        }
    }

    #[test]
    fn mailboxes_hosts_and_domains() {
        for (address, base, expected) in [
            ("one@host.example", "one@HOST.example", true),
            ("One@host.example", "one@host.example", false),
            ("one@host.example", "host.example", true),
            ("one@a.host.example", "host.example", false),
            ("one@a.host.example", ".host.example", true),
            ("one@host.example", ".host.example", false),
        ] {
            let mailbox = split_mail(address).unwrap();
            assert_eq!(mail_within(mailbox, base), expected, "{address} in {base}");
        }
        for address in ["host.example", "@host.example", "one@", "one@ho st"] {
            assert_eq!(split_mail(address), None, "{address}");
        }
    }

    #[test]
    fn the_host_of_a_uri() {
        for (uri, host) in [
            ("http://host.example/x?y#z", Some("host.example")),
            ("ldap://one@host.example:389/", Some("host.example")),
            ("http://host.example@evil.example/", Some("evil.example")),
            ("http://10.0.0.1/", None),
            ("http://[::1]/", None),
            ("mailto:one@host.example", None),
            ("http:///path", None),
        ] {
            assert_eq!(uri_host(uri), host, "{uri}");
        }
    }

    #[test]
    fn addresses_of_a_network() {
        let base = [10, 1, 0, 0, 255, 255, 0, 0];
        assert!(ip_within(&[10, 1, 2, 3], &base));
        assert!(!ip_within(&[10, 2, 2, 3], &base));
        let other_family = within(
            &GeneralName::Ip(vec![0; 16]),
            &GeneralName::Ip(base.to_vec()),
            Sense::Permitted,
        );
        assert_eq!(other_family, Ok(None));
    }
}
