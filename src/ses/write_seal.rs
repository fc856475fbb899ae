//! Writing an electronic seal in two phases: what the maker signs, then the seal.

use std::fmt;

use super::certificates::CertificateList;
use super::layout::Layout;
use super::limits::MAX_CERTIFICATES;
use super::seal::{Picture, SesExtension, SesSeal};
use super::write::{self, refused};
use crate::Time;
use crate::asn1::{self, Tag, Tlv};
use crate::crypto::SignatureAlgorithm;
use crate::error::{Error, Result};

/// What a new seal is to say, in any layout.
#[derive(Clone)]
pub struct SealDraft {
    /// The layout to write.
    pub layout: Layout,
    /// The vendor's code, ASCII.
    pub vendor_id: String,
    /// `esID`, the seal's unique code, ASCII.
    pub id: String,
    /// The kind of seal, by the business's own numbering; in 2014, 1 is a unit's and 2 a
    /// person's.
    pub seal_type: u32,
    /// The seal's name.
    pub name: String,
    /// Who may use it: at least one; digests not in 2014.
    pub certificates: CertificateList,
    /// When it is made.
    pub create_date: Time,
    /// First instant of its validity.
    pub valid_start: Time,
    /// Last instant of its validity, not before the first.
    pub valid_end: Time,
    /// What it looks like.
    pub picture: Picture,
    /// Vendors' own data; at most 64.
    pub extensions: Vec<SesExtension>,
}

/// A seal that lacks its maker's signature.
#[derive(Clone)]
pub struct UnsignedSeal {
    layout: Layout,
    algorithm: SignatureAlgorithm,
    info: Vec<u8>,
    certificate: Vec<u8>,
    signed_bytes: Vec<u8>,
}

impl SealDraft {
    /// Writes everything but the signature.
    ///
    /// # Errors
    /// `invalid_argument` naming the field that no reader of this layout would take,
    /// `limit_exceeded`, `unsupported_algorithm`.
    pub fn prepare(
        &self,
        maker_certificate: &[u8],
        algorithm: SignatureAlgorithm,
    ) -> Result<UnsignedSeal> {
        let info = self.info()?;
        let certificate = write::certificate("cert", maker_certificate)?;
        let oid = write::algorithm(algorithm)?;
        let signed_bytes = match self.layout {
            Layout::Gmt0031_2014 => asn1::sequence(&[&info, &certificate, &oid]),
            Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => info.clone(),
        };
        Ok(UnsignedSeal {
            layout: self.layout,
            algorithm,
            info,
            certificate,
            signed_bytes,
        })
    }

    /// `SES_SealInfo`.
    fn info(&self) -> Result<Vec<u8>> {
        let header = asn1::sequence(&[
            asn1::ia5("ES"),
            asn1::integer(self.layout.version().into()),
            write::ia5("eSealInfo.header.Vid", &self.vendor_id)?,
        ]);
        let mut fields = vec![
            header,
            write::ia5("eSealInfo.esID", &self.id)?,
            self.property()?,
            self.picture()?,
        ];
        fields.extend(write::extensions(&self.extensions)?);
        Ok(asn1::sequence(&fields))
    }

    /// `SES_ESPropertyInfo`.
    fn property(&self) -> Result<Vec<u8>> {
        if self.valid_end < self.valid_start {
            return Err(refused(
                "eSealInfo.property.validEnd",
                "a seal's validity must not end before it starts",
            ));
        }
        let mut fields = vec![
            asn1::integer(self.seal_type.into()),
            write::utf8("eSealInfo.property.name", &self.name)?,
        ];
        if self.layout != Layout::Gmt0031_2014 {
            fields.push(asn1::integer(self.certificates.type_number().into()));
        }
        fields.push(self.certificate_list()?);
        for (name, time) in [
            ("eSealInfo.property.createDate", self.create_date),
            ("eSealInfo.property.validStart", self.valid_start),
            ("eSealInfo.property.validEnd", self.valid_end),
        ] {
            fields.push(write::time(name, self.layout, time)?);
        }
        Ok(asn1::sequence(&fields))
    }

    fn certificate_list(&self) -> Result<Vec<u8>> {
        const FIELD: &str = "eSealInfo.property.certList";
        match self.certificates.len() {
            0 => return Err(refused(FIELD, "a seal must name at least one signer")),
            1..=MAX_CERTIFICATES => {}
            _ => return Err(Error::limit("certificates", MAX_CERTIFICATES as u64)),
        }
        let elements: Vec<_> = match &self.certificates {
            CertificateList::Certificates(certificates) => certificates
                .iter()
                .map(|der| write::certificate(FIELD, der))
                .collect::<Result<_>>()?,
            CertificateList::Digests(_) if self.layout == Layout::Gmt0031_2014 => {
                return Err(refused(
                    FIELD,
                    "the layout of 2014 holds whole certificates only",
                ));
            }
            CertificateList::Digests(digests) => digests
                .iter()
                .map(|digest| {
                    if !is_printable(&digest.kind) || digest.value.is_empty() {
                        return Err(refused(
                            FIELD,
                            "a digest needs a value and a name of PrintableString characters",
                        ));
                    }
                    let kind = asn1::printable(&digest.kind);
                    Ok(asn1::sequence(&[kind, asn1::octets(&digest.value)]))
                })
                .collect::<Result<_>>()?,
        };
        Ok(asn1::sequence(&elements))
    }

    /// `SES_ESPictrueInfo`.
    fn picture(&self) -> Result<Vec<u8>> {
        let Picture {
            kind,
            data,
            width_mm,
            height_mm,
        } = &self.picture;
        if data.is_empty()
            || *width_mm == 0
            || *height_mm == 0
            || i32::try_from(*width_mm.max(height_mm)).is_err()
        {
            return Err(refused(
                "eSealInfo.picture",
                "a picture needs data and a size in millimetres",
            ));
        }
        Ok(asn1::sequence(&[
            write::ia5("eSealInfo.picture.type", kind)?,
            asn1::octets(data),
            asn1::integer((*width_mm).into()),
            asn1::integer((*height_mm).into()),
        ]))
    }
}

impl UnsignedSeal {
    /// The layout being written.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The algorithm the signature must be of.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Exactly what the maker signs.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.signed_bytes
    }

    /// The seal with its signature: DER, or r ‖ s for SM2. The value is **not** verified here.
    ///
    /// A time stamp token, taken over [`SesSeal::signature_value`], can be put in by completing
    /// once more with the same value.
    ///
    /// # Errors
    /// `malformed` for a value in no form of its algorithm, `invalid_argument` for a time stamp
    /// in a layout before 2025 or one that is not DER, `limit_exceeded` beyond 16 MiB.
    pub fn complete(&self, signature: &[u8], time_stamp: Option<&[u8]>) -> Result<SesSeal> {
        let value = write::signature_value(self.algorithm, signature)?;
        let oid = asn1::oid(self.algorithm.oid());
        let mut elements = match self.layout {
            Layout::Gmt0031_2014 => {
                let sign_info = asn1::sequence(&[&self.certificate, &oid, &value]);
                vec![self.info.clone(), sign_info]
            }
            Layout::Gbt38540_2020 | Layout::Gmt0031_2025 => {
                vec![self.info.clone(), self.certificate.clone(), oid, value]
            }
        };
        match (self.layout, time_stamp) {
            (_, None) => {}
            (Layout::Gmt0031_2025, Some(token)) => elements.push(write::time_stamp(token)?),
            (_, Some(_)) => return Err(no_place_for_time_stamp()),
        }
        // What is written is at once read, so that no draft can become a seal that is not one.
        SesSeal::from_der(&asn1::sequence(&elements))
    }
}

impl SesSeal {
    /// The same seal with a time stamp token over [`SesSeal::signature_value`], put in by its
    /// maker after signing (GM/T 0031-2025). What was signed stays byte for byte; the token is
    /// **not** verified here.
    ///
    /// # Errors
    /// `invalid_argument` for a seal of a layout before 2025, one that is stamped already, or a
    /// token that is not DER; `limit_exceeded` beyond 16 MiB.
    pub fn with_time_stamp(&self, token: &[u8]) -> Result<SesSeal> {
        if self.layout() != Layout::Gmt0031_2025 {
            return Err(no_place_for_time_stamp());
        }
        if self.time_stamp().is_some() {
            return Err(refused("timeStamp", "the seal has a time stamp already"));
        }
        let mut content = Tlv::parse(self.raw())?.content().to_vec();
        content.extend(write::time_stamp(token)?);
        SesSeal::from_der(&asn1::tlv(Tag::SEQUENCE, &content))
    }
}

fn no_place_for_time_stamp() -> Error {
    refused(
        "timeStamp",
        "only the layout of 2025 has a time stamp in the seal",
    )
}

/// PrintableString's alphabet (X.680 41.4), at most 64 of it.
fn is_printable(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

impl fmt::Debug for SealDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Name and code may be a person's.
        f.debug_struct("SealDraft")
            .field("layout", &self.layout)
            .field("certificates", &self.certificates)
            .field("picture", &self.picture)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for UnsignedSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnsignedSeal({:?}, {:?})", self.layout, self.algorithm)
    }
}
