//! A seal in the hands of someone who wants to use it.

use std::fmt;

use super::PictureFormat;
use crate::Time;
use crate::crypto::Sm2Id;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Finding;
use crate::pki::Certificate;
use crate::ses::{CertificateList, Layout, Listed, Picture, SesSeal};

/// An electronic seal that can be used: it can be read in full, its maker's signature verifies
/// under the certificate it carries, its validity is known, and it names at least one signer.
///
/// Whether that maker is *trusted* is not said here; [`trust`](crate::trust) and verification do.
#[derive(Clone)]
pub struct Seal {
    ses: SesSeal,
    maker: Certificate,
    valid_from: Time,
    valid_until: Time,
    findings: Vec<Finding>,
}

impl Seal {
    /// Reads a seal file (`.esl`).
    ///
    /// # Errors
    /// As [`SesSeal::from_der`], and as [`Seal::new`].
    pub fn from_der(der: &[u8]) -> Result<Self> {
        Self::new(SesSeal::from_der(der)?)
    }

    /// From a seal that was read already.
    ///
    /// # Errors
    /// `seal_unusable` when the maker's certificate cannot be read, the maker's signature does
    /// not verify, the validity cannot be read, or nobody is named.
    pub fn new(ses: SesSeal) -> Result<Self> {
        let maker = Certificate::from_der(ses.maker_certificate())
            .map_err(|error| unusable("the maker's certificate cannot be read", &error))?;
        let key = maker
            .public_key()
            .map_err(|error| unusable("the maker's key cannot be used", &error))?;
        let mut findings = ses.findings().to_vec();
        let value = ses
            .verify_maker_signature(key, &Sm2Id::default())
            .map_err(|error| unusable("the maker's signature does not verify", &error))?;
        findings.extend(value);
        let info = ses.info();
        let (Some(valid_from), Some(valid_until)) = (info.valid_start.time, info.valid_end.time)
        else {
            return Err(Error::new(
                ErrorKind::SealUnusable,
                "the seal's validity cannot be read",
            ));
        };
        if info.certificates.is_empty() {
            return Err(Error::new(
                ErrorKind::SealUnusable,
                "the seal names nobody who may use it",
            ));
        }
        Ok(Self {
            ses,
            maker,
            valid_from,
            valid_until,
            findings,
        })
    }

    /// The seal's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.ses.info().name
    }

    /// The seal's unique code.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.ses.info().id
    }

    /// The layout of its structure.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.ses.layout()
    }

    /// First instant of its validity.
    #[must_use]
    pub fn valid_from(&self) -> Time {
        self.valid_from
    }

    /// Last instant of its validity.
    #[must_use]
    pub fn valid_until(&self) -> Time {
        self.valid_until
    }

    /// Whether it may be used at `time` as far as its own validity goes.
    #[must_use]
    pub fn is_valid_at(&self, time: Time) -> bool {
        (self.valid_from..=self.valid_until).contains(&time)
    }

    /// What it looks like.
    #[must_use]
    pub fn picture(&self) -> &Picture {
        &self.ses.info().picture
    }

    /// What kind of file the picture really is; `None` when it is of no known kind.
    #[must_use]
    pub fn picture_format(&self) -> Option<PictureFormat> {
        PictureFormat::detect(&self.picture().data)
    }

    /// Whether the picture is of the kind it is declared to be.
    #[must_use]
    pub fn picture_fits_its_type(&self) -> bool {
        self.picture_format()
            .is_some_and(|format| format.fits(&self.picture().kind))
    }

    /// Who may use it.
    #[must_use]
    pub fn certificates(&self) -> &CertificateList {
        &self.ses.info().certificates
    }

    /// Whether this signer may use it.
    ///
    /// # Errors
    /// `unsupported_algorithm` or `invalid_key` when the certificate's key cannot be used.
    pub fn find_signer(&self, signer: &Certificate) -> Result<Listed> {
        let key = signer.public_key()?;
        Ok(self.certificates().find(signer.der(), key))
    }

    /// Whether the list holds another certificate of the same subject and issuer: the signer's was
    /// renewed, and the seal must be made anew (GB/T 38540-2020 7.2 a 3).
    #[must_use]
    pub fn lists_renewed(&self, signer: &Certificate) -> bool {
        lists_renewed(self.certificates(), signer)
    }

    /// The certificate of its maker.
    #[must_use]
    pub fn maker(&self) -> &Certificate {
        &self.maker
    }

    /// What its maker wrote otherwise than its standard asks.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// All bytes of the seal: the content of a seal file.
    #[must_use]
    pub fn to_der(&self) -> &[u8] {
        self.ses.raw()
    }

    /// The structure behind it.
    #[must_use]
    pub fn ses(&self) -> &SesSeal {
        &self.ses
    }

    /// The structure behind it, given away.
    #[must_use]
    pub fn into_ses(self) -> SesSeal {
        self.ses
    }
}

fn unusable(message: &'static str, cause: &Error) -> Error {
    Error::new(ErrorKind::SealUnusable, message).with("cause", cause.message())
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Name and code may be a person's.
        f.debug_struct("Seal")
            .field("layout", &self.layout())
            .field("valid_from", &self.valid_from)
            .field("valid_until", &self.valid_until)
            .field("picture", self.picture())
            .finish_non_exhaustive()
    }
}

/// Whether a list that lacks this certificate holds another of the same subject and issuer.
pub(crate) fn lists_renewed(list: &CertificateList, signer: &Certificate) -> bool {
    let CertificateList::Certificates(certificates) = list else {
        return false;
    };
    certificates
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .any(|listed| {
            listed.subject_name().matches(signer.subject_name())
                && listed.issuer_name().matches(signer.issuer_name())
        })
}

impl From<Seal> for SesSeal {
    fn from(seal: Seal) -> Self {
        seal.into_ses()
    }
}
