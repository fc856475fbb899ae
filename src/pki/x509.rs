//! The bridge to x509-parser, which reads certificates and revocation lists.
//!
//! That parser passes over what it does not expect: bytes after the last field of a SEQUENCE,
//! lengths that are not minimal, optional fields it cannot read. What it took in is therefore
//! written again and must be the input ([`Remainder`]), so nothing signed goes unseen.

use x509_parser::asn1_rs::{self, Any};
use x509_parser::certificate::{TbsCertificate, TbsCertificateParser};
use x509_parser::error::X509Error;
use x509_parser::extensions::{X509Extension, X509ExtensionParser};
use x509_parser::nom::Parser;
use x509_parser::prelude::FromDer;
use x509_parser::time::ASN1Time;
use x509_parser::x509::AlgorithmIdentifier;

use crate::asn1::{self, Oid, Tag, Tlv};
use crate::error::{Error, Result};
use crate::time::Time;

/// Reads a structure that must be the whole input.
pub(super) fn whole<'a, T>(input: &'a [u8], what: &'static str) -> Result<T>
where
    T: FromDer<'a, X509Error>,
{
    match T::from_der(input) {
        Ok(([], read)) => Ok(read),
        _ => Err(Error::malformed(what)),
    }
}

/// Reads the signed part of a certificate, its extensions' values unread.
pub(super) fn certificate_body(input: &[u8]) -> Result<TbsCertificate<'_>> {
    let mut parser = TbsCertificateParser::new().with_deep_parse_extensions(false);
    match parser.parse(input) {
        Ok(([], body)) => Ok(body),
        _ => Err(Error::malformed(
            "the signed part of a certificate cannot be read",
        )),
    }
}

/// Reads one extension and what follows it, its value unread.
pub(super) fn extension(input: &[u8]) -> Result<(&[u8], X509Extension<'_>)> {
    let mut parser = X509ExtensionParser::new().with_deep_parse_extensions(false);
    parser
        .parse(input)
        .map_err(|_| Error::malformed("an extension cannot be read"))
}

/// Reads a time in the forms of RFC 5280 4.1.2.5.
pub(super) fn time(element: &Tlv<'_>) -> Result<Time> {
    let read = whole(element.raw(), "a time cannot be read")?;
    let mut rest = Remainder::new(element.raw());
    let time = rest.strip_time(&read)?;
    rest.finish()?;
    Ok(time)
}

/// An identifier in this library's type, which knows only minimal ones.
pub(super) fn oid(read: &asn1_rs::Oid<'_>) -> Result<Oid> {
    Oid::from_der_content(read.as_bytes())
}

/// An element of any type, written again.
pub(super) fn element(any: &Any<'_>) -> Result<Vec<u8>> {
    let number = u8::try_from(any.tag().0).unwrap_or(u8::MAX);
    if number >= 0x1f {
        return Err(Error::malformed(
            "a multi-byte tag is not used by any structure read here",
        ));
    }
    let constructed = u8::from(any.header.constructed());
    let tag = Tag((any.class() as u8) << 6 | constructed << 5 | number);
    Ok(asn1::tlv(tag, any.data))
}

/// An algorithm's identifier, written again.
pub(super) fn algorithm(read: &AlgorithmIdentifier<'_>) -> Result<Vec<u8>> {
    let mut parts = vec![asn1::oid(oid(&read.algorithm)?)];
    if let Some(parameters) = &read.parameters {
        parts.push(element(parameters)?);
    }
    Ok(asn1::sequence(&parts))
}

/// What of an input has not yet been found to be what was read from it.
pub(super) struct Remainder<'a>(&'a [u8]);

impl<'a> Remainder<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self(input)
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn starts_with(&self, tag: Tag) -> bool {
        self.0.first() == Some(&tag.0)
    }

    /// Takes these bytes off the front and says whether they stood there.
    pub(super) fn take(&mut self, written: &[u8]) -> bool {
        match self.0.strip_prefix(written) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Takes these bytes off the front, where they must stand.
    pub(super) fn strip(&mut self, written: &[u8]) -> Result<()> {
        if self.take(written) {
            Ok(())
        } else {
            Err(Error::malformed(
                "a structure is not in DER or holds more than its fields",
            ))
        }
    }

    /// Takes a time off the front, in the form it was read from: seconds, `Z`, no fraction.
    pub(super) fn strip_time(&mut self, read: &ASN1Time) -> Result<Time> {
        let time = Time::from_unix(read.timestamp())
            .map_err(|_| Error::malformed("a time is out of range"))?;
        if read.is_utctime() {
            self.strip(&asn1::x509_time(time))?;
        } else {
            self.strip(&asn1::generalized_time(time))?;
        }
        Ok(time)
    }

    pub(super) fn finish(self) -> Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(Error::malformed("bytes follow the last element"))
        }
    }
}
