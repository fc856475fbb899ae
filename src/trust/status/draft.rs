//! Status lists that are to be published.

use std::io::Write;

use ::base64::Engine;
use ::base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::json;

use crate::asn1::Tlv;
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm, Signer};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// A list as its publisher fills it in.
#[derive(Clone, Debug)]
pub struct StatusListDraft {
    /// What the list is referred to by.
    pub uri: String,
    /// When its statuses hold.
    pub issued: Time,
    /// Seconds after that for which it may be used.
    pub ttl: u32,
    /// Bits of a status: 1, 2, 4 or 8.
    pub bits: u8,
    /// The statuses by their index.
    pub statuses: Vec<u8>,
}

impl StatusListDraft {
    /// The list as a JWT, signed by its publisher with SM2 or on P-256.
    ///
    /// # Errors
    /// `invalid_argument` for another width or a status that does not fit it,
    /// `unsupported_algorithm` for a key of another kind, and what the signer gives.
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>> {
        let algorithm = match signer.algorithm() {
            SignatureAlgorithm::Sm2Sm3 => "SM2",
            SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256) => "ES256",
            _ => {
                return Err(Error::new(
                    ErrorKind::UnsupportedAlgorithm,
                    "a status list is signed with SM2 or on P-256",
                ));
            }
        };
        let lst = URL_SAFE_NO_PAD.encode(deflate(&self.packed()?)?);
        let header = json!({"alg": algorithm, "typ": "statuslist+jwt"}).to_string();
        let claims = json!({
            "sub": self.uri,
            "iat": self.issued.unix(),
            "ttl": self.ttl,
            "status_list": {"bits": self.bits, "lst": lst},
        });
        let [header, claims] =
            [header, claims.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part));
        let signed = format!("{header}.{claims}");
        let signature = URL_SAFE_NO_PAD.encode(raw(&signer.sign(signed.as_bytes())?)?);
        Ok(format!("{signed}.{signature}").into_bytes())
    }

    fn packed(&self) -> Result<Vec<u8>> {
        let fits = |status: &u8| u32::from(*status) < 1 << self.bits;
        if !matches!(self.bits, 1 | 2 | 4 | 8) || !self.statuses.iter().all(fits) {
            return Err(Error::argument(
                "a status has 1, 2, 4 or 8 bits and fits them",
            ));
        }
        let width = usize::from(self.bits);
        let byte = |chunk: &[u8]| {
            let places = chunk.iter().enumerate();
            places.fold(0, |byte, (place, status)| {
                byte | (status << (place * width))
            })
        };
        Ok(self.statuses.chunks(8 / width).map(byte).collect())
    }
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|_| Error::new(ErrorKind::Internal, "a status list cannot be deflated"))
}

/// r and s in 32 octets each, from DER.
fn raw(der: &[u8]) -> Result<Vec<u8>> {
    const OCTETS: usize = 32;
    let mut reader = Tlv::parse(der)?.reader()?;
    let mut raw = Vec::with_capacity(2 * OCTETS);
    for _ in 0..2 {
        let content = reader.read()?.content();
        let digits = content.strip_prefix(&[0]).unwrap_or(content);
        raw.resize(raw.len() + OCTETS.saturating_sub(digits.len()), 0);
        raw.extend_from_slice(digits);
    }
    Ok(raw)
}
