//! Closing the list of a package's files (GM/T 0099-2020 7.4), in two phases.

use super::usable;
use crate::asn1::{self, Tag, Tlv};
use crate::crypto::{Digest, DigestAlgorithm, SignatureAlgorithm, Signer, Sm2Id, Sm2Signature};
use crate::error::{Error, ErrorKind, Result};
use crate::ofd::{IntegrityDraft, Limits, Package, Provider};
use crate::pki::cms::{Flavor, PendingSignedData, SignedDataBuilder, SignedShape};
use crate::pki::{Certificate, TimeStampToken};
use crate::time::Time;

/// The version of a stored one.
const VERSION: i64 = 1;

/// An OFD package with a list of all its files that waits for the list's signature.
pub struct PendingIntegrity {
    document: Digest,
    signer: Certificate,
    time: Time,
    draft: IntegrityDraft,
    value: PendingSignedData,
}

/// Lists every file of an OFD package and freezes the list for signing. No byte of any file
/// changes, so signatures on the document hold; none can be added afterwards. The time is the
/// signer's claim, and stands in the list as a day in China.
///
/// # Errors
/// `unsupported_algorithm` unless the signer's key is SM2, the only one that GB/T 35275 knows;
/// `invalid_argument` for a time outside the signer certificate; `document_locked` when the package
/// has such a list already; and what reading the package gives.
pub fn prepare_integrity(
    document: &[u8],
    signer: Certificate,
    time: Time,
) -> Result<PendingIntegrity> {
    usable::signer(&signer, time)?;
    let algorithm = SignatureAlgorithm::Sm2Sm3;
    if !signer.public_key()?.fits(algorithm) {
        return Err(Error::new(
            ErrorKind::UnsupportedAlgorithm,
            "a list of files is signed with SM2 only",
        ));
    }
    let package = Package::open(document, &Limits::default())?;
    let creator = Provider {
        name: "yinxin".to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        company: None,
    };
    let draft = IntegrityDraft::prepare(&package, &creator, time)?;
    // The form that other programs make and read: the list's digest is the content.
    let shape = SignedShape::DigestAsContent;
    let builder = SignedDataBuilder::new(Flavor::Gm, shape, signer.clone(), algorithm);
    let value = builder.prepare(&[draft.list()])?;
    Ok(PendingIntegrity {
        document: DigestAlgorithm::Sm3.digest(document),
        signer,
        time,
        draft,
        value,
    })
}

impl PendingIntegrity {
    /// The bytes to sign with SM2 and SM3.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        self.value.to_be_signed()
    }

    /// What a signer that takes digests signs: e = SM3(Z ‖ M) under the signer's key and the
    /// default ID.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        let key = self.signer.public_key().ok()?;
        key.sm2_digest(&Sm2Id::default(), self.message())
    }

    /// Embeds the signature, DER or r ‖ s, and a time stamp token over its DER bytes where there is
    /// one.
    ///
    /// # Errors
    /// `signature_mismatch` when the signature does not verify under the signer's certificate, or
    /// the token is over something else; `malformed` for what is no token.
    pub fn complete(&self, signature: &[u8], time_stamp: Option<&[u8]>) -> Result<Vec<u8>> {
        let strict = match signature.len() {
            64 => Sm2Signature::from_raw(signature)?.to_der(),
            _ => signature.to_vec(),
        };
        if let Some(token) = time_stamp {
            TimeStampToken::parse(token)?
                .info()
                .check_imprint(&strict)?;
        }
        let value = self.value.complete(&strict, time_stamp)?;
        self.draft.clone().complete(&value)
    }

    /// Signs with a key at hand and completes, without a time stamp.
    ///
    /// # Errors
    /// `key_mismatch` when the key is not the certificate's, and as
    /// [`PendingIntegrity::complete`].
    pub fn sign(&self, key: &dyn Signer) -> Result<Vec<u8>> {
        if key.public_key() != self.signer.public_key()? {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "the key does not belong to the signer's certificate",
            ));
        }
        self.complete(&key.sign(self.message())?, None)
    }

    /// Stores what is needed to complete it later. Of the document only its SM3 is stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        asn1::sequence(&[
            asn1::integer(VERSION.unsigned_abs()),
            asn1::octets(self.document.as_bytes()),
            asn1::octets(self.message()),
            asn1::octets(self.signer.der()),
            asn1::generalized_time(self.time),
        ])
    }

    /// Takes a stored one up again, with the same document.
    ///
    /// # Errors
    /// `pending_mismatch` when the document is another or the bytes were altered; `unsupported` when
    /// another version stored it; `malformed`; and as [`prepare_integrity`].
    pub fn from_bytes(bytes: &[u8], document: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(bytes)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        if reader.read()?.small_integer()? != VERSION {
            return Err(Error::unsupported(
                "the pending list was stored by another version",
            ));
        }
        let (digest, frozen) = (reader.read()?.octets()?, reader.read()?.octets()?);
        let signer = Certificate::from_der(reader.read()?.octets()?)?;
        let time = reader.read()?.time()?;
        reader.finish()?;
        let mismatch = |message: &'static str| Error::new(ErrorKind::PendingMismatch, message);
        if DigestAlgorithm::Sm3.digest(document).as_bytes() != digest {
            return Err(mismatch("the pending list belongs to another document"));
        }
        let pending = prepare_integrity(document, signer, time)?;
        if pending.message() != frozen {
            return Err(mismatch(
                "the pending list was altered, or made by another version",
            ));
        }
        Ok(pending)
    }
}

impl std::fmt::Debug for PendingIntegrity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PendingIntegrity").finish_non_exhaustive()
    }
}
