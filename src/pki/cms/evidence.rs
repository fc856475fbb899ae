//! Evidence that a message carries beside its signature: what revocation was known when it was
//! made, or added later.

use super::{MAX_CRLS, SignedData};
use crate::asn1::{Tag, Tlv, named};
use crate::error::Result;

/// Revocation data in the places where messages carry it, each as it came. None of it is believed
/// for that: every piece is signed by whoever must vouch for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarriedEvidence {
    /// Certificates, beside those of the message itself.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses, whole or basic.
    pub ocsps: Vec<Vec<u8>>,
}

impl CarriedEvidence {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.crls.is_empty() && self.ocsps.is_empty()
    }
}

impl SignedData {
    /// What its `crls` field (RFC 5652 10.2.1, RFC 5940) and its signers' attributes carry:
    /// `adbe-revocationInfoArchival` (ISO 32000-1 12.8.3.3.2), and of CAdES `certificate-values`
    /// and `revocation-values`. A place that cannot be read holds no evidence.
    #[must_use]
    pub fn carried_evidence(&self) -> CarriedEvidence {
        let mut evidence = CarriedEvidence::default();
        for choice in self.crls() {
            let _ = read_choice(choice, &mut evidence);
        }
        for signer in self.signers() {
            let signed = signer.signed_attributes().into_iter();
            for attributes in signed.chain([signer.unsigned_attributes()]) {
                for value in attributes.values(named::REVOCATION_INFO_ARCHIVAL) {
                    let _ = read_archival(value, &mut evidence);
                }
                for value in attributes.values(named::REVOCATION_VALUES) {
                    let _ = read_archival(value, &mut evidence);
                }
                for value in attributes.values(named::CERTIFICATE_VALUES) {
                    let _ = Tlv::parse(value)
                        .and_then(|list| read_list(&list, &mut evidence.certificates));
                }
            }
        }
        evidence
    }
}

/// RevocationInfoChoice: a list, or something that its identifier names.
fn read_choice(choice: &[u8], evidence: &mut CarriedEvidence) -> Result<()> {
    let element = Tlv::parse(choice)?;
    if element.tag() == Tag::SEQUENCE {
        evidence.crls.push(choice.to_vec());
        return Ok(());
    }
    element.expect(Tag::context(1))?;
    let mut other = element.reader()?;
    if other.read()?.oid()? == named::REVOCATION_INFO_OCSP {
        evidence.ocsps.push(other.read()?.raw().to_vec());
    }
    Ok(())
}

/// RevocationInfoArchival and RevocationValues agree in what is read here: lists in `[0]`,
/// responses in `[1]`.
fn read_archival(value: &[u8], evidence: &mut CarriedEvidence) -> Result<()> {
    let outer = Tlv::parse(value)?;
    outer.expect(Tag::SEQUENCE)?;
    let mut reader = outer.reader()?;
    if let Some(crls) = reader.optional(Tag::context(0))? {
        read_list(&crls.inner()?, &mut evidence.crls)?;
    }
    if let Some(ocsps) = reader.optional(Tag::context(1))? {
        read_list(&ocsps.inner()?, &mut evidence.ocsps)?;
    }
    Ok(())
}

fn read_list(list: &Tlv<'_>, into: &mut Vec<Vec<u8>>) -> Result<()> {
    list.expect(Tag::SEQUENCE)?;
    let elements = list.reader()?.read_all(MAX_CRLS)?;
    into.extend(elements.iter().map(|element| element.raw().to_vec()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1;

    fn list(content: &[u8]) -> Vec<u8> {
        asn1::sequence(&[asn1::octets(content)])
    }

    #[test]
    fn lists_and_responses_are_found_in_an_archival() {
        let value = asn1::sequence(&[
            asn1::context(0, &[asn1::sequence(&[list(b"a"), list(b"b")])]),
            asn1::context(1, &[asn1::sequence(&[list(b"c")])]),
        ]);
        let mut found = CarriedEvidence::default();
        read_archival(&value, &mut found).unwrap();
        assert_eq!(found.crls, [list(b"a"), list(b"b")]);
        assert_eq!(found.ocsps, [list(b"c")]);
    }

    #[test]
    fn a_response_among_the_lists_is_told_apart() {
        let other = |oid| asn1::context(1, &[asn1::oid(oid), list(b"r")]);
        let mut found = CarriedEvidence::default();
        read_choice(&other(named::REVOCATION_INFO_OCSP), &mut found).unwrap();
        read_choice(&other(named::SM3), &mut found).unwrap();
        read_choice(&list(b"l"), &mut found).unwrap();
        assert_eq!(found.ocsps, [list(b"r")]);
        assert_eq!(found.crls, [list(b"l")]);
    }
}
