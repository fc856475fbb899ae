//! What RFC 5280 asks of those who issue certificates, where a departure changes nothing that is
//! judged here. Other programs refuse some of these, so they are told, and not refused.

use crate::asn1::{Oid, named};
use crate::finding::{Finding, FindingCode};
use crate::pki::{Certificate, Extension, KeyUsage, Version};

/// Serial numbers have at most 20 bytes (RFC 5280 4.1.2.2), and a leading zero where needed.
const MAX_SERIAL: usize = 20;

/// The departures of one certificate; `index` is its place, 0 the leaf.
pub(super) fn judge(certificate: &Certificate, index: usize, findings: &mut Vec<Finding>) {
    let departures = [
        (certificate.version() != Version::V3, "version"),
        (has_odd_serial(certificate), "serialNumber"),
        (has_odd_criticality(certificate), "critical"),
        (lacks_key_identifier(certificate, index), "keyIdentifier"),
        (is_nameless(certificate), "subject"),
        (constrains_nobody(certificate), "nameConstraints"),
        (is_for_no_use(certificate), "keyUsage"),
        (has_unreadable_names(certificate), "subjectAltName"),
    ];
    for (_, field) in departures.iter().filter(|(departs, _)| *departs) {
        findings.push(Finding::new(
            FindingCode::CertificateProfile,
            format!("certificate[{index}].{field}"),
        ));
    }
}

/// Zero, negative, or too long.
fn has_odd_serial(certificate: &Certificate) -> bool {
    let serial = certificate.serial();
    let negative = serial.first().is_some_and(|first| first & 0x80 != 0);
    let digits = serial.iter().skip_while(|byte| **byte == 0).count();
    negative || digits == 0 || digits > MAX_SERIAL
}

fn has_odd_criticality(certificate: &Certificate) -> bool {
    let marked = |oid: Oid, critical| {
        let extension = certificate.extension(oid);
        extension.is_some_and(|extension| extension.critical() == critical)
    };
    let authority = is_authority(certificate);
    let must_be = [
        named::NAME_CONSTRAINTS,
        named::POLICY_CONSTRAINTS,
        named::INHIBIT_ANY_POLICY,
    ];
    let must_not_be = [
        named::AUTHORITY_KEY_IDENTIFIER,
        named::SUBJECT_KEY_IDENTIFIER,
        named::ISSUER_ALT_NAME,
        named::FRESHEST_CRL,
    ];
    must_be.iter().any(|oid| marked(*oid, false))
        || must_not_be.iter().any(|oid| marked(*oid, true))
        || (authority && marked(named::BASIC_CONSTRAINTS, false))
}

/// An authority says which its key is; who is not self-signed says who signed it.
fn lacks_key_identifier(certificate: &Certificate, index: usize) -> bool {
    let has = |oid| certificate.extension(oid).is_some();
    let issuer_named = has(named::AUTHORITY_KEY_IDENTIFIER) || certificate.is_self_issued();
    let own_named = has(named::SUBJECT_KEY_IDENTIFIER) || index == 0;
    certificate.version() == Version::V3 && !(issuer_named && own_named)
}

/// Without a subject, the names that stand for it must be understood.
fn is_nameless(certificate: &Certificate) -> bool {
    let alternative = certificate.extension(named::SUBJECT_ALT_NAME);
    certificate.subject_name().is_empty() && !alternative.is_some_and(Extension::critical)
}

/// Name constraints in a certificate that can issue none.
fn constrains_nobody(certificate: &Certificate) -> bool {
    certificate.extension(named::NAME_CONSTRAINTS).is_some() && !is_authority(certificate)
}

/// A key usage of no bits at all (RFC 5280 4.2.1.3).
fn is_for_no_use(certificate: &Certificate) -> bool {
    let usage = certificate.key_usage();
    usage.is_ok_and(|usage| usage.is_some_and(KeyUsage::is_empty))
}

/// Alternative names of which there are none, or that are no names (RFC 5280 4.2.1.6); where they are
/// critical, or constrained, the certificate is refused.
fn has_unreadable_names(certificate: &Certificate) -> bool {
    certificate.subject_alt_names().is_err()
}

fn is_authority(certificate: &Certificate) -> bool {
    let constraints = certificate.basic_constraints().ok().flatten();
    constraints.is_some_and(|constraints| constraints.ca)
}
