//! The authority's answer (RFC 3161 2.4.2, GM/T 0033-2014 7.2), read strictly: an answer that does
//! not fit its question in every point is refused before anything is built on it.

use super::request::TimeStampRequest;
use super::token::{TimeStampToken, TstInfo};
use crate::asn1::{Reader, Tag, Tlv};
use crate::crypto::Sm2Id;
use crate::error::{Error, ErrorKind, Result};
use crate::pki::ber;
use crate::pki::certificate::Certificate;
use crate::pki::cms::CertificateBinding;

/// An answer holds one token with its chain.
const MAX_RESPONSE: usize = 1 << 20;

/// Free text lines of a refusal.
const MAX_TEXTS: usize = 16;

macro_rules! failures {
    ($($(#[doc = $doc:literal])+ $variant:ident = $bit:literal, $name:literal;)+) => {
        /// Why an authority refuses (PKIFailureInfo, RFC 3161 2.4.2).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum TimeStampFailure {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl TimeStampFailure {
            /// Every reason.
            pub const ALL: &[TimeStampFailure] = &[$(TimeStampFailure::$variant,)+];

            /// Its name in RFC 3161.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(TimeStampFailure::$variant => $name,)+ }
            }

            const fn bit(self) -> usize {
                match self { $(TimeStampFailure::$variant => $bit,)+ }
            }
        }
    };
}

failures! {
    /// The digest algorithm is not known there, or not approved.
    BadAlgorithm = 0, "badAlg";
    /// The question is not permitted or not supported.
    BadRequest = 2, "badRequest";
    /// The question has a wrong form.
    BadDataFormat = 5, "badDataFormat";
    /// The authority's clock is not available.
    TimeNotAvailable = 14, "timeNotAvailable";
    /// The policy asked for is not offered.
    UnacceptedPolicy = 15, "unacceptedPolicy";
    /// An extension asked for is not offered.
    UnacceptedExtension = 16, "unacceptedExtension";
    /// Further information asked for is not known or not available.
    AddInfoNotAvailable = 17, "addInfoNotAvailable";
    /// The authority failed.
    SystemFailure = 25, "systemFailure";
}

impl TimeStampRequest {
    /// Takes the token out of the authority's answer (`TimeStampResp`: the content of a `.tsr`
    /// file), after checking that it answers this question: granted, the same digest, policy and
    /// nonce, signed by a certificate for time stamping alone that the token names. `given` are
    /// certificates that may be the authority's; they come before those inside
    /// (GM/T 0033-2014 9.6).
    ///
    /// Whether the authority is to be trusted is not asked here.
    ///
    /// # Errors
    /// `time_stamp_refused` with `status` and `failure` when the authority gave no token;
    /// `time_stamp_mismatch` when the token answers another question; `signature_mismatch` when
    /// its signature does not verify; `key_mismatch` when its certificate is not for time
    /// stamping alone or is not the one it names; `missing` without that certificate;
    /// `malformed`, `unsupported`, `limit_exceeded`.
    pub fn check_response(&self, response: &[u8], given: &[Certificate]) -> Result<TimeStampToken> {
        let token = TimeStampToken::parse(&granted_token(response)?)?;
        self.check_answer(token.info())?;
        let found = token.check_itself(given, &Sm2Id::default())?;
        found.digest?;
        found.value?;
        found.purpose?;
        match found.binding? {
            CertificateBinding::Matches => Ok(token),
            CertificateBinding::Absent | CertificateBinding::Differs => Err(Error::new(
                ErrorKind::KeyMismatch,
                "the time stamp does not name the certificate it was signed under",
            )),
        }
    }

    fn check_answer(&self, info: &TstInfo) -> Result<()> {
        let mismatch = |part: &'static str| {
            Err(Error::new(
                ErrorKind::TimeStampMismatch,
                "the time stamp answers another request",
            )
            .with("part", part))
        };
        if info.imprint_algorithm() != self.algorithm.oid() || info.imprint() != self.imprint {
            return mismatch("imprint");
        }
        if self.policy.is_some_and(|policy| policy != info.policy()) {
            return mismatch("policy");
        }
        // A nonce nobody asked for is no answer to this question either.
        if info.nonce() != self.nonce.as_deref() {
            return mismatch("nonce");
        }
        Ok(())
    }
}

/// The token of a positive answer, as DER.
fn granted_token(response: &[u8]) -> Result<Vec<u8>> {
    if response.len() > MAX_RESPONSE {
        return Err(Error::limit(
            "bytes of a time stamp response",
            MAX_RESPONSE as u64,
        ));
    }
    // Some authorities wrap a BER token; what is DER stays as it is.
    let (der, taken) = ber::to_der(response)?;
    if taken != response.len() {
        return Err(Error::malformed("bytes follow the time stamp response"));
    }
    let outer = Tlv::parse(&der)?;
    outer.expect(Tag::SEQUENCE)?;
    let mut reader = outer.reader()?;
    let status = Status::read(reader.sequence()?)?;
    let token = reader.optional(Tag::SEQUENCE)?;
    reader.finish()?;
    match (status.granted(), token) {
        (true, Some(token)) if status.failures.is_empty() => Ok(token.raw().to_vec()),
        (true, _) => Err(Error::malformed(
            "a granted time stamp needs a token and no failure",
        )),
        (false, None) => Err(status.refusal()),
        (false, Some(_)) => Err(Error::malformed("a refused time stamp has a token")),
    }
}

/// PKIStatusInfo.
struct Status {
    number: i64,
    failures: Vec<TimeStampFailure>,
}

impl Status {
    fn read(mut reader: Reader<'_>) -> Result<Self> {
        let number = reader.read()?.small_integer()?;
        if !(0..=5).contains(&number) {
            return Err(
                Error::malformed("the status of the time stamp response is not known")
                    .with("status", number),
            );
        }
        // Text for a person at the authority's side; it names nothing that can be acted on.
        if let Some(texts) = reader.optional(Tag::SEQUENCE)? {
            for text in texts.reader()?.read_all(MAX_TEXTS)? {
                text.expect(Tag::UTF8_STRING)?;
            }
        }
        let failures = match reader.optional(Tag::BIT_STRING)? {
            Some(bits) => read_failures(&bits)?,
            None => Vec::new(),
        };
        reader.finish()?;
        Ok(Self { number, failures })
    }

    fn granted(&self) -> bool {
        matches!(self.number, 0 | 1)
    }

    fn refusal(&self) -> Error {
        let name = match self.number {
            2 => "rejection",
            3 => "waiting",
            4 => "revocationWarning",
            5 => "revocationNotification",
            _ => "granted",
        };
        let refusal = Error::new(
            ErrorKind::TimeStampRefused,
            "the time stamp authority gave no time stamp",
        )
        .with("status", name);
        self.failures.iter().fold(refusal, |error, failure| {
            error.with("failure", failure.name())
        })
    }
}

/// A bit that is not known is an error (RFC 3161 2.4.2, GM/T 0033-2014 7.2).
fn read_failures(bits: &Tlv<'_>) -> Result<Vec<TimeStampFailure>> {
    let bits = bits.bits()?;
    let set = bits
        .bytes
        .iter()
        .enumerate()
        .flat_map(|(at, byte)| (0..8).map(move |bit| (at * 8 + bit, byte & (0x80 >> bit) != 0)))
        .filter(|(_, is_set)| *is_set);
    set.map(|(number, _)| {
        let known = TimeStampFailure::ALL.iter().copied();
        known
            .into_iter()
            .find(|failure| failure.bit() == number)
            .ok_or_else(|| {
                Error::malformed("the time stamp response has an unknown failure")
                    .with("bit", number)
            })
    })
    .collect()
}

#[cfg(test)]
mod tests;
