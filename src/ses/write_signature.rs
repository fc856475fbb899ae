//! Writing a seal signature in two phases: what the signer signs, then the signature.

use std::fmt;

use super::layout::Layout;
use super::limits::MAX_PROPERTY_INFO;
use super::seal::{SesExtension, SesSeal};
use super::signature::SesSignature;
use super::write::{self, refused};
use crate::Time;
use crate::asn1;
use crate::crypto::SignatureAlgorithm;
use crate::error::{Error, Result};

/// What a new seal signature is to say. Its layout is the seal's: a seal of one layout never
/// gives a signature of another.
#[derive(Clone)]
pub struct SignatureDraft<'a> {
    /// The seal, embedded byte for byte.
    pub seal: &'a SesSeal,
    /// The time of signing.
    pub time: Time,
    /// The digest of what is sealed, by the digest of `algorithm`.
    pub data_hash: &'a [u8],
    /// The protected range and more: 1 to 65536 ASCII characters.
    pub property_info: &'a str,
    /// The signer's certificate, DER.
    pub signer_certificate: &'a [u8],
    /// The algorithm of the signature.
    pub algorithm: SignatureAlgorithm,
    /// Vendors' own data; at most 64, none in 2014.
    pub extensions: &'a [SesExtension],
}

/// A seal signature that lacks its value.
#[derive(Clone)]
pub struct UnsignedSignature {
    layout: Layout,
    algorithm: SignatureAlgorithm,
    to_sign: Vec<u8>,
    certificate: Vec<u8>,
}

impl SignatureDraft<'_> {
    /// Writes everything but the value. Whether the seal is good and names the signer is for the
    /// caller to have checked.
    ///
    /// # Errors
    /// `invalid_argument` naming the field that no reader of this layout would take,
    /// `limit_exceeded`, `unsupported_algorithm`.
    pub fn prepare(&self) -> Result<UnsignedSignature> {
        let layout = self.seal.layout();
        let certificate = write::certificate("cert", self.signer_certificate)?;
        let oid = write::algorithm(self.algorithm)?;
        let mut fields = vec![
            self.version()?,
            self.seal.raw().to_vec(),
            self.time_info(layout)?,
            self.data_hash()?,
            self.property_info()?,
        ];
        match (layout, write::extensions(self.extensions)?) {
            (Layout::Gmt0031_2014, None) => fields.extend([certificate.clone(), oid]),
            (Layout::Gmt0031_2014, Some(_)) => {
                return Err(refused(
                    "toSign.extDatas",
                    "a signature of the layout of 2014 has no extensions",
                ));
            }
            (_, extensions) => fields.extend(extensions.map(|list| asn1::context(0, &[list]))),
        }
        Ok(UnsignedSignature {
            layout,
            algorithm: self.algorithm,
            to_sign: asn1::sequence(&fields),
            certificate,
        })
    }

    /// The seal's own version number, which the signature must repeat.
    fn version(&self) -> Result<Vec<u8>> {
        u64::try_from(self.seal.info().header.version)
            .map(asn1::integer)
            .map_err(|_| refused("toSign.version", "the seal's version number is negative"))
    }

    fn time_info(&self, layout: Layout) -> Result<Vec<u8>> {
        let time = write::time("toSign.timeInfo", layout, self.time)?;
        Ok(match layout {
            Layout::Gmt0031_2014 => asn1::bits(&time),
            Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => time,
        })
    }

    fn data_hash(&self) -> Result<Vec<u8>> {
        let digest = self.algorithm.digest();
        if digest.is_some_and(|digest| digest.output_len() == self.data_hash.len()) {
            return Ok(asn1::bits(self.data_hash));
        }
        Err(refused(
            "toSign.dataHash",
            "the digest is not as long as the algorithm's",
        ))
    }

    fn property_info(&self) -> Result<Vec<u8>> {
        let text = self.property_info;
        if text.is_empty() || !text.is_ascii() {
            return Err(refused(
                "toSign.propertyInfo",
                "propertyInfo must name the protected range in ASCII",
            ));
        }
        if text.len() > MAX_PROPERTY_INFO {
            return Err(Error::limit(
                "bytes of propertyInfo",
                MAX_PROPERTY_INFO as u64,
            ));
        }
        Ok(asn1::ia5(text))
    }
}

impl UnsignedSignature {
    /// The layout being written.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The algorithm the value must be of.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Exactly what the signer signs: `TBS_Sign`.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_sign
    }

    /// The signature with its value: DER, or r ‖ s for SM2. The value is **not** verified here.
    ///
    /// A time stamp token, taken over [`SesSignature::signature_value`], can be put in by
    /// completing once more with the same value.
    ///
    /// # Errors
    /// `malformed` for a value in no form of its algorithm, `invalid_argument` for a time stamp
    /// in the layout of 2014 or one that is not DER, `limit_exceeded` beyond 16 MiB.
    pub fn complete(&self, signature: &[u8], time_stamp: Option<&[u8]>) -> Result<SesSignature> {
        let value = write::signature_value(self.algorithm, signature)?;
        let mut elements = vec![self.to_sign.clone()];
        if self.layout != Layout::Gmt0031_2014 {
            elements.push(self.certificate.clone());
            elements.push(asn1::oid(self.algorithm.oid()));
        }
        elements.push(value);
        match (self.layout, time_stamp) {
            (_, None) => {}
            (Layout::Gmt0031_2014, Some(_)) => {
                return Err(refused(
                    "timeStamp",
                    "a signature of the layout of 2014 has no place for a time stamp",
                ));
            }
            (_, Some(token)) => elements.push(write::time_stamp(token)?),
        }
        SesSignature::from_der(&asn1::sequence(&elements))
    }
}

impl fmt::Debug for SignatureDraft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureDraft")
            .field("seal", &self.seal)
            .field("time", &self.time)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for UnsignedSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "UnsignedSignature({:?}, {:?})",
            self.layout, self.algorithm
        )
    }
}
