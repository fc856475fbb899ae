//! The list that says who may use a seal, and looking a signer up in it.

use std::fmt;

use super::field::Field;
use super::limits::{MAX_CERTIFICATES, MAX_TEXT};
use crate::asn1::{Oid, Tag};
use crate::crypto::{Digest, DigestAlgorithm, PublicKey, Sm2Id};
use crate::error::Result;
use crate::finding::Finding;

/// Who may use a seal: certificates, or digests of certificates (GB/T 38540-2020 6.1).
#[derive(Clone, PartialEq, Eq)]
pub enum CertificateList {
    /// Whole certificates, DER; where a vendor put text in their place, that text.
    Certificates(Vec<Vec<u8>>),
    /// Digests of certificates; not in the layout of 2014.
    Digests(Vec<CertificateDigest>),
}

/// The digest of one certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateDigest {
    /// What the maker calls it, usually the algorithm; at most 1024 bytes of PrintableString.
    pub kind: String,
    /// The digest.
    pub value: Vec<u8>,
}

/// Whether a certificate is in a seal's list, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The same bytes stand in the list, at this index.
    ByCertificate {
        /// Counted from zero.
        index: usize,
    },
    /// Its digest stands in the list.
    ByDigest {
        /// Counted from zero.
        index: usize,
        /// The digest that fits.
        algorithm: DigestAlgorithm,
        /// Whether it was taken over Z ‖ certificate, as some makers do, in place of the
        /// certificate alone.
        with_z: bool,
    },
    /// Not in the list. Whether an entry is the same signer's older certificate is for a caller
    /// that reads certificates to tell.
    No,
}

impl CertificateList {
    /// How many signers it names.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Certificates(certificates) => certificates.len(),
            Self::Digests(digests) => digests.len(),
        }
    }

    /// Whether it names nobody, so that nobody may use the seal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Looks a certificate up. `key` is the certificate's own: a few makers hash with its Z.
    #[must_use]
    pub fn find(&self, certificate: &[u8], key: &PublicKey) -> Listed {
        match self {
            Self::Certificates(certificates) => certificates
                .iter()
                .position(|entry| entry == certificate)
                .map_or(Listed::No, |index| Listed::ByCertificate { index }),
            Self::Digests(digests) => find_digest(digests, certificate, key),
        }
    }

    /// Elements by their own shape: strings hold certificates, SEQUENCEs hold digests.
    pub(super) fn read(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let elements = field.elements(MAX_CERTIFICATES)?;
        let sequences = elements
            .iter()
            .filter(|element| element.tag() == Tag::SEQUENCE)
            .count();
        if sequences == 0 {
            let certificates = elements
                .iter()
                .map(|element| element.certificate(findings))
                .collect::<Result<_>>()?;
            return Ok(Self::Certificates(certificates));
        }
        if sequences != elements.len() {
            return Err(field.wrong("a list mixes certificates and digests"));
        }
        let digests = elements
            .iter()
            .map(|element| CertificateDigest::read(element, findings))
            .collect::<Result<_>>()?;
        Ok(Self::Digests(digests))
    }

    /// The number that announces this kind of list.
    pub(super) fn type_number(&self) -> u8 {
        match self {
            Self::Certificates(_) => 1,
            Self::Digests(_) => 2,
        }
    }
}

impl CertificateDigest {
    fn read(field: &Field<'_>, findings: &mut Vec<Finding>) -> Result<Self> {
        let mut fields = field.fields()?;
        let kind = fields
            .next("type")?
            .text(Tag::PRINTABLE_STRING, MAX_TEXT, findings)?;
        let value = fields.next("value")?.octets(findings)?.to_vec();
        fields.finish()?;
        Ok(Self { kind, value })
    }

    /// The algorithm its name means. Names are the maker's own; SM3 is what the standard's world
    /// hashes with, so an unknown name is taken for it.
    fn algorithm(&self) -> DigestAlgorithm {
        let named = Oid::parse(&self.kind)
            .ok()
            .and_then(DigestAlgorithm::from_oid);
        let plain: String = self
            .kind
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|character| character.to_ascii_lowercase())
            .collect();
        named.unwrap_or(match plain.as_str() {
            "sha1" => DigestAlgorithm::Sha1,
            "sha256" => DigestAlgorithm::Sha256,
            "sha384" => DigestAlgorithm::Sha384,
            "sha512" => DigestAlgorithm::Sha512,
            _ => DigestAlgorithm::Sm3,
        })
    }
}

fn find_digest(digests: &[CertificateDigest], certificate: &[u8], key: &PublicKey) -> Listed {
    let mut plain: Vec<Digest> = Vec::new();
    for (index, entry) in digests.iter().enumerate() {
        let algorithm = entry.algorithm();
        // Each algorithm hashes the certificate once, however long the list is.
        if !plain.iter().any(|digest| digest.algorithm() == algorithm) {
            plain.push(algorithm.digest(certificate));
        }
        let equal = |digest: &Digest| {
            digest.algorithm() == algorithm && digest.as_bytes() == entry.value.as_slice()
        };
        if plain.iter().any(equal) {
            return Listed::ByDigest {
                index,
                algorithm,
                with_z: false,
            };
        }
    }
    let with_z = key.sm2_digest(&Sm2Id::default(), certificate);
    let position = with_z.and_then(|digest| {
        digests.iter().position(|entry| {
            entry.algorithm() == DigestAlgorithm::Sm3 && entry.value == digest.as_bytes()
        })
    });
    position.map_or(Listed::No, |index| Listed::ByDigest {
        index,
        algorithm: DigestAlgorithm::Sm3,
        with_z: true,
    })
}

impl fmt::Debug for CertificateList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Certificates(_) => "certificates",
            Self::Digests(_) => "digests",
        };
        write!(f, "CertificateList({} {kind})", self.len())
    }
}

impl fmt::Debug for CertificateDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateDigest({} bytes)", self.value.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{Signer, SoftwareKey};

    fn list(kind: &str, value: &[u8]) -> CertificateList {
        CertificateList::Digests(vec![
            CertificateDigest {
                kind: "SM3".to_owned(),
                value: vec![0; 32],
            },
            CertificateDigest {
                kind: kind.to_owned(),
                value: value.to_vec(),
            },
        ])
    }

    #[test]
    fn a_signer_is_found_by_bytes_or_by_digest() {
        let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
        let key = key.public_key();
        let certificate = b"stands for a certificate";
        let bytes = CertificateList::Certificates(vec![vec![1], certificate.to_vec()]);
        assert_eq!(
            bytes.find(certificate, key),
            Listed::ByCertificate { index: 1 }
        );
        assert_eq!(bytes.find(b"another", key), Listed::No);

        for (kind, algorithm) in [
            ("SM3", DigestAlgorithm::Sm3),
            ("1.2.156.10197.1.401", DigestAlgorithm::Sm3),
            ("own name", DigestAlgorithm::Sm3),
            ("SHA-256", DigestAlgorithm::Sha256),
            ("sha1", DigestAlgorithm::Sha1),
        ] {
            let digest = algorithm.digest(certificate);
            assert_eq!(
                list(kind, digest.as_bytes()).find(certificate, key),
                Listed::ByDigest {
                    index: 1,
                    algorithm,
                    with_z: false
                },
                "{kind}"
            );
        }
        // A digest of another algorithm than the named one is none.
        let sm3 = DigestAlgorithm::Sm3.digest(certificate);
        assert_eq!(
            list("SHA-256", sm3.as_bytes()).find(certificate, key),
            Listed::No
        );
    }

    #[test]
    fn a_digest_over_z_is_found_second_and_says_so() {
        let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
        let other = SoftwareKey::from_sm2_scalar(&[8; 32]).unwrap();
        let certificate = b"stands for a certificate";
        let digest = key.public_key().sm2_digest(&Sm2Id::default(), certificate);
        let list = list("SM3", digest.unwrap().as_bytes());
        assert_eq!(
            list.find(certificate, key.public_key()),
            Listed::ByDigest {
                index: 1,
                algorithm: DigestAlgorithm::Sm3,
                with_z: true
            }
        );
        assert_eq!(list.find(certificate, other.public_key()), Listed::No);
    }
}
