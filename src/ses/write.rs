//! What writing a seal and writing a signature share: refusing values that no strict reader would
//! take, and the elements both have.

use super::layout::Layout;
use super::limits::{MAX_EXTENSIONS, MAX_TEXT};
use super::seal::SesExtension;
use crate::Time;
use crate::asn1::{self, Tag, Tlv};
use crate::crypto::{SignatureAlgorithm, Sm2Signature, Strength};
use crate::error::{Error, ErrorKind, Result};

/// An argument that does not fit, with the field it was meant for.
pub(super) fn refused(field: &'static str, message: &'static str) -> Error {
    Error::argument(message).with("field", field)
}

/// IA5String of 1 to 1024 ASCII characters.
pub(super) fn ia5(field: &'static str, text: &str) -> Result<Vec<u8>> {
    let printable = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if text.is_empty() || text.len() > MAX_TEXT || !printable {
        return Err(refused(
            field,
            "a text must have 1 to 1024 ASCII characters",
        ));
    }
    Ok(asn1::ia5(text))
}

/// UTF8String of 1 to 1024 bytes.
pub(super) fn utf8(field: &'static str, text: &str) -> Result<Vec<u8>> {
    if text.is_empty() || text.len() > MAX_TEXT || text.chars().any(char::is_control) {
        return Err(refused(
            field,
            "a text must have 1 to 1024 bytes and no control characters",
        ));
    }
    Ok(asn1::utf8(text))
}

/// A certificate as OCTET STRING; only its outline is looked at here.
pub(super) fn certificate(field: &'static str, der: &[u8]) -> Result<Vec<u8>> {
    let outline = Tlv::parse(der).and_then(|top| top.expect(Tag::SEQUENCE).map(|_| ()));
    match outline {
        Ok(()) => Ok(asn1::octets(der)),
        Err(_) => Err(refused(field, "a certificate must be DER")),
    }
}

/// The identifier of an algorithm that needs no parameters to be understood and is in good
/// standing.
pub(super) fn algorithm(algorithm: SignatureAlgorithm) -> Result<Vec<u8>> {
    let told_by_oid =
        SignatureAlgorithm::from_oid(algorithm.oid()).is_ok_and(|told| told == algorithm);
    if told_by_oid && algorithm.digest().is_some() && algorithm.strength() == Strength::Current {
        return Ok(asn1::oid(algorithm.oid()));
    }
    Err(Error::new(
        ErrorKind::UnsupportedAlgorithm,
        "seals are not made with this algorithm",
    )
    .with("algorithm", algorithm.name()))
}

/// UTCTime in 2014, which ends with the year 2049, and GeneralizedTime since.
pub(super) fn time(field: &'static str, layout: Layout, time: Time) -> Result<Vec<u8>> {
    match (layout, time.civil().year) {
        (Layout::Gmt0031_2014, 1950..=2049) => Ok(asn1::x509_time(time)),
        (Layout::Gmt0031_2014, _) => Err(refused(
            field,
            "a seal of the layout of 2014 holds years from 1950 to 2049",
        )),
        (_, 0..=9999) => Ok(asn1::generalized_time(time)),
        _ => Err(refused(field, "a time must lie in the years 0 to 9999")),
    }
}

/// `ExtensionDatas`; `None` when there are none.
pub(super) fn extensions(extensions: &[SesExtension]) -> Result<Option<Vec<u8>>> {
    if extensions.len() > MAX_EXTENSIONS {
        return Err(Error::limit("extensions", MAX_EXTENSIONS as u64));
    }
    let element = |extension: &SesExtension| {
        let mut fields = vec![asn1::oid(extension.oid)];
        if extension.critical {
            fields.push(asn1::boolean(true));
        }
        fields.push(asn1::octets(&extension.value));
        asn1::sequence(&fields)
    };
    let elements: Vec<_> = extensions.iter().map(element).collect();
    Ok((!elements.is_empty()).then(|| asn1::sequence(&elements)))
}

/// A signature value as BIT STRING; SM2 and ECDSA as strict DER, SM2 also taken as r ‖ s.
pub(super) fn signature_value(algorithm: SignatureAlgorithm, value: &[u8]) -> Result<Vec<u8>> {
    let malformed = |_| Error::malformed("the signature value has no form of its algorithm");
    match algorithm {
        SignatureAlgorithm::Sm2Sm3 => Sm2Signature::from_der(value)
            .or_else(|_| Sm2Signature::from_raw(value))
            .map(|value| asn1::bits(&value.to_der()))
            .map_err(malformed),
        SignatureAlgorithm::Ecdsa(_) => Tlv::parse(value)
            .and_then(|top| top.expect(Tag::SEQUENCE).map(|_| asn1::bits(value)))
            .map_err(malformed),
        _ if value.is_empty() => Err(malformed(Error::malformed("empty"))),
        _ => Ok(asn1::bits(value)),
    }
}

/// `timeStamp [0]` around a token; only its outline is looked at here.
pub(super) fn time_stamp(token: &[u8]) -> Result<Vec<u8>> {
    let outline = Tlv::parse(token).and_then(|top| top.expect(Tag::SEQUENCE).map(|_| ()));
    match outline {
        Ok(()) => Ok(asn1::context(0, &[asn1::bits(token)])),
        Err(_) => Err(refused("timeStamp", "a time stamp token must be DER")),
    }
}
