//! Making certificates and revocation lists, in two phases so that the key may be anywhere.

use super::certificate::Certificate;
use super::crl::{Crl, RevocationReason};
use super::extension::{AuthorityKeyId, BasicConstraints, Extension, KeyUsage};
use super::name::Name;
use crate::asn1::{self, Oid, Tag, named};
use crate::crypto::{DigestAlgorithm, PublicKey, PublicKeyKind, SignatureAlgorithm, Signer, Sm2Id};
use crate::error::{Error, Result};
use crate::time::Time;

/// Serial numbers have at most 20 bytes (RFC 5280 4.1.2.2).
const MAX_SERIAL: usize = 20;

/// Describes a certificate to be issued. Nothing is drawn at random: the caller gives the serial
/// number.
#[derive(Clone, Debug)]
pub struct CertificateBuilder {
    subject: Name,
    public_key: PublicKey,
    serial: Vec<u8>,
    not_before: Time,
    not_after: Time,
    extensions: Vec<Extension>,
}

impl CertificateBuilder {
    /// A version 3 certificate for a subject and its key, valid from `not_before` to `not_after`,
    /// both included. `serial` is a positive big-endian number of up to 20 bytes. The subject
    /// and authority key identifiers are added by themselves.
    #[must_use]
    pub fn new(
        subject: Name,
        public_key: PublicKey,
        serial: &[u8],
        not_before: Time,
        not_after: Time,
    ) -> Self {
        Self {
            subject,
            public_key,
            serial: serial.to_vec(),
            not_before,
            not_after,
            extensions: Vec::new(),
        }
    }

    /// Makes it a certification authority, with at most `path_len` authorities below it.
    #[must_use]
    pub fn authority(self, path_len: Option<u32>) -> Self {
        let constraints = BasicConstraints { ca: true, path_len };
        self.extension(named::BASIC_CONSTRAINTS, true, constraints.to_der())
            .key_usage(KeyUsage::KEY_CERT_SIGN.and(KeyUsage::CRL_SIGN))
    }

    /// Says that it is no certification authority.
    #[must_use]
    pub fn end_entity(self) -> Self {
        let constraints = BasicConstraints {
            ca: false,
            path_len: None,
        };
        self.extension(named::BASIC_CONSTRAINTS, true, constraints.to_der())
    }

    /// What the key may be used for; critical.
    #[must_use]
    pub fn key_usage(self, usage: KeyUsage) -> Self {
        self.extension(named::KEY_USAGE, true, usage.to_der())
    }

    /// Purposes by identifier.
    #[must_use]
    pub fn extended_key_usage(self, purposes: &[Oid], critical: bool) -> Self {
        let purposes: Vec<_> = purposes.iter().map(|oid| asn1::oid(*oid)).collect();
        self.extension(
            named::EXTENDED_KEY_USAGE,
            critical,
            asn1::sequence(&purposes),
        )
    }

    /// Any other extension: its value is the DER inside the OCTET STRING. One of the same type
    /// given before is replaced.
    #[must_use]
    pub fn extension(mut self, oid: Oid, critical: bool, value: Vec<u8>) -> Self {
        self.extensions.retain(|one| one.oid() != oid);
        self.extensions.push(Extension::new(oid, critical, value));
        self
    }

    /// Prepares the bytes for the issuer to sign.
    ///
    /// # Errors
    /// `invalid_argument` for a bad serial number, a validity that ends before it begins, or an
    /// algorithm that does not fit the issuer's key.
    pub fn prepare(
        &self,
        issuer: &Name,
        issuer_key: &PublicKey,
        algorithm: SignatureAlgorithm,
    ) -> Result<PendingCertificate> {
        check_algorithm(issuer_key, algorithm)?;
        let significant = self.serial.iter().skip_while(|byte| **byte == 0).count();
        if significant == 0 || self.serial.len() > MAX_SERIAL {
            return Err(Error::argument(
                "a serial number is positive and has at most 20 bytes",
            ));
        }
        if self.not_after < self.not_before {
            return Err(Error::argument("the validity ends before it begins"));
        }
        let mut extensions = vec![Extension::new(
            named::SUBJECT_KEY_IDENTIFIER,
            false,
            asn1::octets(&key_identifier(&self.public_key)),
        )];
        extensions.push(Extension::new(
            named::AUTHORITY_KEY_IDENTIFIER,
            false,
            AuthorityKeyId::key_id_to_der(&key_identifier(issuer_key)),
        ));
        extensions.retain(|own| self.extensions.iter().all(|given| given.oid() != own.oid()));
        extensions.extend(self.extensions.iter().cloned());
        let extensions: Vec<_> = extensions.iter().map(Extension::to_der).collect();
        let validity = asn1::sequence(&[
            asn1::x509_time(self.not_before),
            asn1::x509_time(self.not_after),
        ]);
        let tbs = asn1::sequence(&[
            asn1::context(0, &[asn1::integer(2)]),
            asn1::unsigned(&self.serial),
            algorithm.to_identifier(),
            issuer.der().to_vec(),
            validity,
            self.subject.der().to_vec(),
            self.public_key.spki().to_vec(),
            asn1::context(3, &[asn1::sequence(&extensions)]),
        ]);
        Ok(PendingCertificate(Pending {
            tbs,
            algorithm,
            issuer_key: issuer_key.clone(),
        }))
    }

    /// Issues it under an authority's certificate, with the authority's key.
    ///
    /// # Errors
    /// As [`CertificateBuilder::prepare`] and [`PendingCertificate::complete`], and whatever the
    /// signer reports.
    pub fn sign(&self, issuer: &Certificate, signer: &dyn Signer) -> Result<Certificate> {
        self.sign_as(issuer.subject_name(), signer)
    }

    /// Issues it under its own name: with the subject's own key, a root.
    ///
    /// # Errors
    /// As [`CertificateBuilder::sign`].
    pub fn self_sign(&self, signer: &dyn Signer) -> Result<Certificate> {
        self.sign_as(&self.subject.clone(), signer)
    }

    fn sign_as(&self, issuer: &Name, signer: &dyn Signer) -> Result<Certificate> {
        let pending = self.prepare(issuer, signer.public_key(), signer.algorithm())?;
        let signature = signer.sign(pending.to_be_signed())?;
        pending.complete(&signature)
    }
}

/// A certificate that waits for its issuer's signature.
#[derive(Clone, Debug)]
pub struct PendingCertificate(Pending);

impl PendingCertificate {
    /// The bytes to sign.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.0.tbs
    }

    /// Puts the signature in, after verifying it under the issuer's key.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify.
    pub fn complete(&self, signature: &[u8]) -> Result<Certificate> {
        Certificate::from_der(&self.0.complete(signature)?)
    }
}

/// Describes a revocation list to be issued.
#[derive(Clone, Debug)]
pub struct CrlBuilder {
    this_update: Time,
    next_update: Time,
    number: u64,
    entries: Vec<(Vec<u8>, Time, Option<RevocationReason>)>,
    extensions: Vec<Extension>,
}

impl CrlBuilder {
    /// A version 2 list with its CRL number, current from `this_update` to `next_update`.
    #[must_use]
    pub fn new(number: u64, this_update: Time, next_update: Time) -> Self {
        Self {
            this_update,
            next_update,
            number,
            entries: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// Adds a revoked certificate by its serial number, as INTEGER content
    /// ([`Certificate::serial`]).
    #[must_use]
    pub fn revoke(mut self, serial: &[u8], time: Time, reason: Option<RevocationReason>) -> Self {
        self.entries.push((serial.to_vec(), time, reason));
        self
    }

    /// Any other extension, as in [`CertificateBuilder::extension`].
    #[must_use]
    pub fn extension(mut self, oid: Oid, critical: bool, value: Vec<u8>) -> Self {
        self.extensions.retain(|one| one.oid() != oid);
        self.extensions.push(Extension::new(oid, critical, value));
        self
    }

    /// Prepares the bytes for the issuer to sign.
    ///
    /// # Errors
    /// `invalid_argument` when the list ends before it begins, or the algorithm does not fit.
    pub fn prepare(
        &self,
        issuer: &Name,
        issuer_key: &PublicKey,
        algorithm: SignatureAlgorithm,
    ) -> Result<PendingCrl> {
        check_algorithm(issuer_key, algorithm)?;
        if self.next_update < self.this_update {
            return Err(Error::argument("a revocation list ends before it begins"));
        }
        let mut parts = vec![
            asn1::integer(1),
            algorithm.to_identifier(),
            issuer.der().to_vec(),
            asn1::x509_time(self.this_update),
            asn1::x509_time(self.next_update),
        ];
        if !self.entries.is_empty() {
            let entries = self.entries.iter().map(|(serial, time, reason)| {
                let mut entry = vec![asn1::tlv(Tag::INTEGER, serial), asn1::x509_time(*time)];
                if let Some(reason) = reason {
                    let value = asn1::tlv(Tag::ENUMERATED, &[reason.number()]);
                    let extension = Extension::new(named::CRL_REASON, false, value);
                    entry.push(asn1::sequence(&[extension.to_der()]));
                }
                asn1::sequence(&entry)
            });
            parts.push(asn1::sequence(&entries.collect::<Vec<_>>()));
        }
        let mut extensions = vec![
            Extension::new(
                named::AUTHORITY_KEY_IDENTIFIER,
                false,
                AuthorityKeyId::key_id_to_der(&key_identifier(issuer_key)),
            ),
            Extension::new(named::CRL_NUMBER, false, asn1::integer(self.number)),
        ];
        extensions.extend(self.extensions.iter().cloned());
        let extensions: Vec<_> = extensions.iter().map(Extension::to_der).collect();
        parts.push(asn1::context(0, &[asn1::sequence(&extensions)]));
        Ok(PendingCrl(Pending {
            tbs: asn1::sequence(&parts),
            algorithm,
            issuer_key: issuer_key.clone(),
        }))
    }

    /// Issues it under an authority's certificate, with the authority's key.
    ///
    /// # Errors
    /// As [`CrlBuilder::prepare`] and [`PendingCrl::complete`], and whatever the signer reports.
    pub fn sign(&self, issuer: &Certificate, signer: &dyn Signer) -> Result<Crl> {
        let pending = self.prepare(
            issuer.subject_name(),
            signer.public_key(),
            signer.algorithm(),
        )?;
        let signature = signer.sign(pending.to_be_signed())?;
        pending.complete(&signature)
    }
}

/// A revocation list that waits for its issuer's signature.
#[derive(Clone, Debug)]
pub struct PendingCrl(Pending);

impl PendingCrl {
    /// The bytes to sign.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.0.tbs
    }

    /// Puts the signature in, after verifying it under the issuer's key.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify.
    pub fn complete(&self, signature: &[u8]) -> Result<Crl> {
        Crl::from_der(&self.0.complete(signature)?)
    }
}

#[derive(Clone, Debug)]
struct Pending {
    tbs: Vec<u8>,
    algorithm: SignatureAlgorithm,
    issuer_key: PublicKey,
}

impl Pending {
    fn complete(&self, signature: &[u8]) -> Result<Vec<u8>> {
        self.issuer_key
            .verify(self.algorithm, &Sm2Id::default(), &self.tbs, signature)?;
        Ok(asn1::sequence(&[
            self.tbs.clone(),
            self.algorithm.to_identifier(),
            asn1::bits(signature),
        ]))
    }
}

fn check_algorithm(key: &PublicKey, algorithm: SignatureAlgorithm) -> Result<()> {
    if key.fits(algorithm) {
        Ok(())
    } else {
        Err(
            Error::argument("the algorithm does not fit the issuer's key")
                .with("algorithm", algorithm.name()),
        )
    }
}

/// The first 160 bits of a digest of the key's bits (RFC 7093 method 1; SM3 for SM2 keys).
fn key_identifier(key: &PublicKey) -> Vec<u8> {
    let algorithm = match key.kind() {
        PublicKeyKind::Sm2 => DigestAlgorithm::Sm3,
        _ => DigestAlgorithm::Sha256,
    };
    let digest = algorithm.digest(key.key_bits());
    digest.as_bytes().iter().take(20).copied().collect()
}
