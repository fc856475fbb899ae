//! The token: what the authority signed, and whether it holds in itself.

use crate::asn1::{self, Oid, Tag, Tlv, named};
use crate::crypto::{Detached, DigestAlgorithm, Sm2Id};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};
use crate::pki::certificate::Certificate;
use crate::pki::cms::{CarriedEvidence, CertificateBinding, SignedData, SignerCheck};
use crate::pki::extension::{self, Extension};
use crate::pki::name::Name;
use crate::time::{self, Time};

/// Names of one certificate that a token's `tsa` may be.
const MAX_NAMES: usize = 256;

/// What the authority signed.
#[derive(Clone, Debug)]
pub struct TstInfo {
    policy: Oid,
    imprint_algorithm: Oid,
    imprint: Vec<u8>,
    serial: Vec<u8>,
    gen_time: Time,
    accuracy_micros: Option<u64>,
    ordering: bool,
    nonce: Option<Vec<u8>>,
    /// The GeneralName that the authority gives itself, as DER.
    authority: Option<Vec<u8>>,
}

impl TstInfo {
    fn read(der: &[u8], findings: &mut Vec<Finding>) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        match reader.read()?.small_integer()? {
            1 => {}
            // Said of GB/T 20520-2025; the fields are the same.
            2 => findings.push(Finding::new(
                FindingCode::TimeStampVersion,
                "tstInfo.version",
            )),
            other => {
                return Err(
                    Error::unsupported("the version of the time stamp is not known")
                        .with("version", other),
                );
            }
        }
        let policy = reader.read()?.oid()?;
        let mut imprint = reader.sequence()?;
        let imprint_algorithm = imprint.sequence()?.read()?.oid()?;
        let hashed = imprint.read()?.octets()?.to_vec();
        imprint.finish()?;
        let serial = reader.expect(Tag::INTEGER)?.content().to_vec();
        let gen_time = read_gen_time(&reader.expect(Tag::GENERALIZED_TIME)?)?;
        let accuracy_micros = match reader.optional(Tag::SEQUENCE)? {
            Some(accuracy) => Some(read_accuracy(&accuracy, findings)?),
            None => None,
        };
        let ordering = match reader.optional(Tag::BOOLEAN)? {
            Some(flag) => flag.boolean()?,
            None => false,
        };
        let nonce = reader.optional(Tag::INTEGER)?;
        let authority = match reader.optional(Tag::context(0))? {
            Some(name) => Some(name.inner()?.raw().to_vec()),
            None => None,
        };
        // No extension is defined; a critical one would have to be known.
        if let Some(extensions) = reader.optional(Tag::context(1))? {
            refuse_critical(&extensions)?;
        }
        reader.finish()?;
        Ok(Self {
            policy,
            imprint_algorithm,
            imprint: hashed,
            serial,
            gen_time,
            accuracy_micros,
            ordering,
            nonce: nonce.map(|nonce| nonce.content().to_vec()),
            authority,
        })
    }

    /// The policy the authority worked by.
    #[must_use]
    pub fn policy(&self) -> Oid {
        self.policy
    }

    /// The digest algorithm of the imprint, offered here or not.
    #[must_use]
    pub fn imprint_algorithm(&self) -> Oid {
        self.imprint_algorithm
    }

    /// The digest of what was stamped.
    #[must_use]
    pub fn imprint(&self) -> &[u8] {
        &self.imprint
    }

    /// The token's serial number as INTEGER content.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// When the authority made it.
    #[must_use]
    pub fn gen_time(&self) -> Time {
        self.gen_time
    }

    /// How far the time may be off, in microseconds, where it says so.
    #[must_use]
    pub fn accuracy_micros(&self) -> Option<u64> {
        self.accuracy_micros
    }

    /// Whether tokens of this authority order by time whatever their accuracy.
    #[must_use]
    pub fn ordering(&self) -> bool {
        self.ordering
    }

    /// The nonce of the request, as INTEGER content.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }

    /// Whether the name that the authority gives itself is one of its certificate's
    /// (RFC 3161 2.4.2); `true` when it gives none.
    fn names_authority(&self, certificate: &Certificate) -> Result<bool> {
        let Some(authority) = &self.authority else {
            return Ok(true);
        };
        let authority = Tlv::parse(authority)?;
        // directoryName [4]
        if authority.tag() == Tag::context(4) {
            let name = Name::from_tlv(&authority.inner()?)?;
            if name.matches(certificate.subject_name()) {
                return Ok(true);
            }
        }
        let Some(others) = certificate.extension(named::SUBJECT_ALT_NAME) else {
            return Ok(false);
        };
        let others = Tlv::parse(others.value())?.reader()?.read_all(MAX_NAMES)?;
        Ok(others.iter().any(|other| other.raw() == authority.raw()))
    }

    /// Checks that exactly these bytes were stamped.
    ///
    /// # Errors
    /// `signature_mismatch` when not; `unsupported_algorithm` for the digest.
    pub fn check_imprint(&self, message: &[u8]) -> Result<()> {
        self.check_imprint_over(&[message].as_slice())
    }

    /// The same over content that is digested by whoever keeps it.
    fn check_imprint_over(&self, message: &dyn Detached) -> Result<()> {
        let algorithm = DigestAlgorithm::from_oid(self.imprint_algorithm).ok_or_else(|| {
            Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "the digest algorithm of the time stamp is not offered",
            )
            .with("oid", self.imprint_algorithm)
        })?;
        if message.digest(algorithm)?.as_bytes() == self.imprint {
            Ok(())
        } else {
            Err(Error::new(
                ErrorKind::SignatureMismatch,
                "the time stamp is over other bytes",
            ))
        }
    }
}

/// GeneralizedTime with or without a fraction, in UTC (RFC 3161 2.4.2).
fn read_gen_time(value: &Tlv<'_>) -> Result<Time> {
    std::str::from_utf8(value.content())
        .ok()
        .filter(|text| text.ends_with('Z'))
        .and_then(time::parse_compact)
        .map(time::Written::as_utc)
        .ok_or_else(|| Error::malformed("the time of a time stamp is not in UTC"))
}

/// Accuracy: `millis` stands under `[0]`, or bare as GM/T 0033 prints it.
fn read_accuracy(accuracy: &Tlv<'_>, findings: &mut Vec<Finding>) -> Result<u64> {
    let mut reader = accuracy.reader()?;
    let number = |content: &[u8]| {
        content
            .iter()
            .try_fold(0_u64, |sum, byte| {
                sum.checked_mul(256)?.checked_add(u64::from(*byte))
            })
            .filter(|value| *value <= u64::from(u32::MAX))
            .ok_or_else(|| Error::malformed("the accuracy of a time stamp is out of range"))
    };
    let mut micros = 0;
    if let Some(seconds) = reader.optional(Tag::INTEGER)? {
        micros += number(seconds.unsigned()?)? * 1_000_000;
    }
    if let Some(millis) = reader.optional(Tag::context_primitive(0))? {
        micros += number(millis.content())? * 1_000;
    } else if let Some(millis) = reader.optional(Tag::INTEGER)? {
        micros += number(millis.unsigned()?)? * 1_000;
        findings.push(Finding::new(
            FindingCode::TimeStampAccuracyForm,
            "tstInfo.accuracy",
        ));
    }
    if let Some(rest) = reader.optional(Tag::context_primitive(1))? {
        micros += number(rest.content())?;
    }
    reader.finish()?;
    Ok(micros)
}

fn refuse_critical(extensions: &Tlv<'_>) -> Result<()> {
    // IMPLICIT: the elements stand directly inside the tag.
    let list = asn1::tlv(Tag::SEQUENCE, extensions.content());
    let list = Tlv::parse(&list)?;
    let read = extension::read_extensions(&list, "tstInfo.extensions", &mut Vec::new())?;
    match read.iter().find(|extension| extension.critical()) {
        Some(critical) => Err(Error::unsupported(
            "a time stamp has a critical extension that is not known",
        )
        .with("oid", critical.oid())),
        None => Ok(()),
    }
}

/// A time stamp token.
#[derive(Clone, Debug)]
pub struct TimeStampToken {
    der: Vec<u8>,
    signed: SignedData,
    info: TstInfo,
    findings: Vec<Finding>,
}

/// What was found of a token.
#[derive(Clone, Debug)]
pub struct TimeStampCheck {
    /// Whether the token is over the bytes given.
    pub imprint: Result<()>,
    /// Whether the token's content is what its signer signed.
    pub digest: Result<()>,
    /// Whether the signature value verifies.
    pub value: Result<()>,
    /// The authority's certificate.
    pub certificate: Option<Certificate>,
    /// Whether that certificate is for time stamping alone, critically (RFC 3161 2.3).
    pub purpose: Result<()>,
    /// Whether the signer's attribute names that certificate (RFC 3161 2.4.2, RFC 5816).
    pub binding: Result<CertificateBinding>,
    /// When the authority says it stamped.
    pub gen_time: Time,
    /// Tolerated departures.
    pub findings: Vec<Finding>,
}

impl TimeStampToken {
    /// Reads a token, which must be the whole input, in either flavor.
    ///
    /// # Errors
    /// `malformed`; `unsupported` for other content; `missing` or `ambiguous` unless there is
    /// one signer.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let signed = SignedData::parse(bytes)?;
        let mut findings = signed.findings().to_vec();
        match signed.content_type() {
            named::TST_INFO => {}
            named::GM_DATA => findings.push(Finding::new(
                FindingCode::ContentTypeVariant,
                "encapContentInfo.eContentType",
            )),
            other => {
                return Err(
                    Error::unsupported("the signed message is no time stamp").with("type", other)
                );
            }
        }
        let content = signed
            .content()
            .ok_or_else(|| Error::new(ErrorKind::Missing, "the time stamp has no content"))?;
        let info = TstInfo::read(content, &mut findings)?;
        let signer = signed.single_signer()?;
        if signer.signed_attributes().is_none() {
            return Err(Error::malformed("a time stamp has signed attributes"));
        }
        Ok(Self {
            der: bytes.to_vec(),
            signed,
            info,
            findings,
        })
    }

    /// The token as it came.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.der
    }

    /// What the authority signed.
    #[must_use]
    pub fn info(&self) -> &TstInfo {
        &self.info
    }

    /// The authority's certificate, where it is inside.
    #[must_use]
    pub fn authority(&self) -> Option<&Certificate> {
        let signer = self.signed.single_signer().ok()?;
        signer.find_certificate(self.signed.certificates())
    }

    /// The certificates inside.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        self.signed.certificates()
    }

    /// Revocation data inside, as of any message.
    #[must_use]
    pub fn carried_evidence(&self) -> CarriedEvidence {
        self.signed.carried_evidence()
    }

    /// The revocation lists inside, each as raw DER.
    #[must_use]
    pub fn crls(&self) -> &[Vec<u8>] {
        self.signed.crls()
    }

    /// Checks the token over `message`. `given` are certificates that may be the authority's; they
    /// come before those inside (GM/T 0033-2014 9.6).
    ///
    /// # Errors
    /// `internal` never in practice: a token that was read has its one signer.
    pub fn check(
        &self,
        message: &[u8],
        given: &[Certificate],
        id: &Sm2Id,
    ) -> Result<TimeStampCheck> {
        self.check_over(&[message].as_slice(), given, id)
    }

    /// The same over content that is digested by whoever keeps it.
    pub(crate) fn check_over(
        &self,
        message: &dyn Detached,
        given: &[Certificate],
        id: &Sm2Id,
    ) -> Result<TimeStampCheck> {
        let found = self.check_itself(given, id)?;
        Ok(TimeStampCheck {
            imprint: self.info.check_imprint_over(message),
            ..found
        })
    }

    /// The same without looking at what was stamped.
    pub(super) fn check_itself(&self, given: &[Certificate], id: &Sm2Id) -> Result<TimeStampCheck> {
        let signer = self.signed.single_signer()?;
        let SignerCheck {
            digest,
            value,
            certificate,
            binding,
            mut findings,
            ..
        } = self.signed.check(signer, None, given, id);
        if let Some(certificate) = &certificate
            && !self.info.names_authority(certificate)?
        {
            findings.push(Finding::new(
                FindingCode::TimeStampAuthorityName,
                "tstInfo.tsa",
            ));
        }
        Ok(TimeStampCheck {
            imprint: Ok(()),
            digest,
            value,
            purpose: certificate
                .as_ref()
                .ok_or_else(|| {
                    Error::new(
                        ErrorKind::Missing,
                        "the time stamp authority's certificate is not there",
                    )
                })
                .and_then(check_purpose),
            certificate,
            binding,
            gen_time: self.info.gen_time,
            findings: self.findings.iter().cloned().chain(findings).collect(),
        })
    }
}

/// Time stamping is the only extended key usage, and critical (RFC 3161 2.3).
fn check_purpose(certificate: &Certificate) -> Result<()> {
    let only = certificate.extended_key_usage()? == Some(vec![named::PURPOSE_TIME_STAMPING]);
    let critical = certificate
        .extension(named::EXTENDED_KEY_USAGE)
        .is_some_and(Extension::critical);
    if only && critical {
        Ok(())
    } else {
        Err(Error::new(
            ErrorKind::KeyMismatch,
            "the certificate is not for time stamping alone",
        ))
    }
}

#[cfg(test)]
mod tests;
