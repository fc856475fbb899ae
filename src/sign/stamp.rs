//! A time stamp over a signature that is about to be embedded: asked for, then answered.

use super::request::Request;
use crate::asn1::{self, Oid, Tag, Tlv};
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::pki::{Certificate, TimeStampRequest, TimeStampToken};

/// How far the signer's clock may run before the authority's, in seconds. Verifiers allow as much.
const CLOCK_ALLOWANCE: i64 = 300;

/// What was asked of an authority, and its token once it is there.
pub(super) struct Stamp {
    request: TimeStampRequest,
    token: Option<Vec<u8>>,
}

impl Stamp {
    pub(super) fn ask(
        digest: DigestAlgorithm,
        stamped: &[u8],
        nonce: &[u8],
        policy: Option<Oid>,
    ) -> Result<Self> {
        let request = TimeStampRequest::new(digest, stamped).nonce(nonce)?;
        let request = match policy {
            Some(policy) => request.policy(policy),
            None => request,
        };
        Ok(Self {
            request,
            token: None,
        })
    }

    pub(super) fn request(&self) -> &TimeStampRequest {
        &self.request
    }

    pub(super) fn token(&self) -> Option<&[u8]> {
        self.token.as_deref()
    }

    pub(super) fn answer(
        &mut self,
        response: &[u8],
        authority: &[Certificate],
        signed: &Request,
    ) -> Result<()> {
        let token = self.request.check_response(response, authority)?;
        check_time(&token, signed)?;
        self.token = Some(token.raw().to_vec());
        Ok(())
    }

    /// `SEQUENCE { request, token [0]? }`.
    pub(super) fn to_der(&self) -> Vec<u8> {
        let mut fields = vec![self.request.to_der()];
        if let Some(token) = &self.token {
            fields.push(asn1::context(0, &[token]));
        }
        asn1::sequence(&fields)
    }

    pub(super) fn from_der(stored: Tlv<'_>, stamped: &[u8]) -> Result<Self> {
        stored.expect(Tag::SEQUENCE)?;
        let mut reader = stored.reader()?;
        let request = TimeStampRequest::from_der(reader.read()?.raw())?;
        let token = match reader.optional(Tag::context(0))? {
            Some(token) => Some(token.inner()?.raw().to_vec()),
            None => None,
        };
        reader.finish()?;
        if let Some(token) = &token {
            TimeStampToken::parse(token)?
                .info()
                .check_imprint(stamped)?;
        }
        let digest = request.digest_algorithm().digest(stamped);
        if digest.as_bytes() != request.imprint() {
            return Err(Error::new(
                ErrorKind::PendingMismatch,
                "the stored time stamp request is over another signature",
            ));
        }
        Ok(Self { request, token })
    }
}

fn check_time(token: &TimeStampToken, signed: &Request) -> Result<()> {
    let stamped = token.info().gen_time();
    let early = stamped
        .checked_add(CLOCK_ALLOWANCE)
        .is_none_or(|latest| signed.time() > latest);
    let signer = signed.signer();
    let outside = stamped < signer.not_before() || stamped > signer.not_after();
    let part = match (early, outside) {
        (true, _) => "time of signing",
        (false, true) => "validity of the signer's certificate",
        (false, false) => return Ok(()),
    };
    Err(Error::new(
        ErrorKind::TimeStampMismatch,
        "the time stamp contradicts what is signed",
    )
    .with("part", part)
    .with("stamped", stamped))
}
