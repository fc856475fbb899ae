//! Making the signatures of a PDF last: evidence (PAdES B-LT) and a time stamp over all of it
//! (B-LTA).
//!
//! [`Augmentation::prepare`] is a dry run: it finds whom the signatures and time stamps rest on,
//! takes what fits from the evidence given, and says what is missing. [`Augmentation::finish`]
//! writes it. [`DocumentStamp`] then asks for a time stamp over the whole document. Repeating both
//! before the last time stamp's certificate expires renews the proof.

mod evidence;
mod parties;
mod stamp;

pub use evidence::Evidence;
pub use stamp::DocumentStamp;

use std::fmt;

use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::pdf::{Document, SecurityStore, SignatureEvidence, SignedRange, add_evidence};
use crate::pki::Certificate;
use crate::time::Time;
use evidence::Gathered;

/// What a signature lacks to be judged without asking anyone.
#[derive(Clone, PartialEq, Eq)]
pub struct Missing {
    /// The names of the signature's fields. Hostile text.
    pub fields: Vec<String>,
    /// What is missing.
    pub what: MissingEvidence,
}

/// A kind of missing evidence.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingEvidence {
    /// A time stamp: the signature's own, or one over the whole document behind it.
    TimeStamp,
    /// The certificate of the signer or of a time stamp authority itself.
    Certificate,
    /// The certificate that issued this one.
    Issuer(Box<Certificate>),
    /// A revocation list or OCSP response on this certificate, from the time of signing or later.
    Revocation(Box<Certificate>),
    /// The value of the signature cannot be read.
    Unreadable,
}

impl MissingEvidence {
    /// The stable name, such as `revocation`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TimeStamp => "time_stamp",
            Self::Certificate => "certificate",
            Self::Issuer(_) => "issuer",
            Self::Revocation(_) => "revocation",
            Self::Unreadable => "unreadable",
        }
    }

    /// The certificate whose issuer or revocation data is missing.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Issuer(certificate) | Self::Revocation(certificate) => Some(certificate),
            _ => None,
        }
    }
}

impl fmt::Debug for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Missing({})", self.what.name())
    }
}

impl fmt::Debug for MissingEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Evidence that is about to be added to a PDF.
pub struct Augmentation {
    document: Vec<u8>,
    password: Zeroizing<String>,
    store: SecurityStore,
    signatures: Vec<SignatureEvidence>,
    missing: Vec<Missing>,
}

impl Augmentation {
    /// Finds what the signatures and time stamps of a PDF rest on. Nothing is judged: whether a
    /// chain is trusted and a certificate revoked, whoever verifies says.
    ///
    /// # Errors
    /// Those of reading the document; `missing` when it has no signature; `unsupported` when it
    /// is no PDF.
    pub fn prepare(document: &[u8], evidence: &Evidence) -> Result<Self> {
        Self::prepare_with_password(document, "", evidence)
    }

    /// The same of a PDF that may be encrypted; what is added is encrypted too.
    ///
    /// # Errors
    /// `wrong_password`; and as [`Augmentation::prepare`].
    pub fn prepare_with_password(
        document: &[u8],
        password: &str,
        evidence: &Evidence,
    ) -> Result<Self> {
        let pdf = open(document, password)?;
        let newest = pdf.at(pdf.revisions().len().saturating_sub(1))?;
        let signatures = newest.signatures()?;
        if signatures.is_empty() {
            return Err(Error::new(
                ErrorKind::Missing,
                "the document has no signature",
            ));
        }
        let mut gathered = Gathered::new(evidence, &newest.security_store()?);
        let ends: Vec<_> = signatures
            .iter()
            .filter(|signature| parties::is_time_stamp(signature))
            .filter_map(|stamp| Some(stamp.signed_range().ok()?.end()))
            .collect();
        let mut missing = Vec::new();
        let mut entries = Vec::new();
        for signature in &signatures {
            let mut lacks = |what| {
                missing.push(Missing {
                    fields: signature.fields().to_vec(),
                    what,
                });
            };
            let Ok(parties) = parties::of(signature) else {
                lacks(MissingEvidence::Unreadable);
                continue;
            };
            let end = signature
                .signed_range()
                .map_or(usize::MAX, SignedRange::end);
            if !parties.is_stamped && !ends.iter().any(|stamp| *stamp > end) {
                lacks(MissingEvidence::TimeStamp);
            }
            let mut entry = SignatureEvidence {
                key: signature.evidence_key().unwrap_or_default(),
                ..SignatureEvidence::default()
            };
            for carried in &parties.evidence {
                gathered.learn(carried);
            }
            for party in &parties.list {
                gathered.gather(party, &mut entry, &mut lacks);
            }
            entries.push(entry);
        }
        Ok(Self {
            document: document.to_vec(),
            password: Zeroizing::new(password.to_owned()),
            store: gathered.into_store(),
            signatures: entries,
            missing,
        })
    }

    /// What is still missing, each once.
    #[must_use]
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// What will be stored, beside what is there already.
    #[must_use]
    pub fn store(&self) -> &SecurityStore {
        &self.store
    }

    /// The document with its evidence, by an incremental update. `time` is when the evidence was
    /// gathered.
    ///
    /// # Errors
    /// `missing` when something is; [`Augmentation::finish_incomplete`] writes what there is.
    pub fn finish(&self, time: Time) -> Result<Vec<u8>> {
        match self.missing.first() {
            None => self.finish_incomplete(time),
            Some(first) => Err(Error::new(
                ErrorKind::Missing,
                "evidence is missing for the signatures to last",
            )
            .with("first", first.what.name())
            .with("count", self.missing.len())),
        }
    }

    /// The same with what there is.
    ///
    /// # Errors
    /// As writing the update.
    pub fn finish_incomplete(&self, time: Time) -> Result<Vec<u8>> {
        let pdf = open(&self.document, &self.password)?;
        add_evidence(&pdf, &self.store, &self.signatures, time)
    }
}

impl fmt::Debug for Augmentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Augmentation")
            .field("store", &self.store)
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

fn open<'d>(document: &'d [u8], password: &str) -> Result<Document<'d>> {
    if !document.starts_with(b"%PDF-") {
        return Err(Error::unsupported("only a PDF carries evidence here"));
    }
    Document::open_with_password(document, password)
}
