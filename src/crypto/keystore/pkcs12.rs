//! The structure of PKCS#12 (RFC 7292 4).
//!
//! The MAC is checked over the bytes as they came before anything inside them is read.

use ring::hmac;
use zeroize::Zeroizing;

use super::super::{DigestAlgorithm, SoftwareKey};
use super::hmac_sm3::HmacSm3;
use super::pbe::{self, Password, Purpose, Work};
use super::{Tagged, pkcs8};
use crate::asn1::{Reader, Tag, Tlv, named, to_definite};
use crate::error::{Error, ErrorKind, Result};

/// A key with its chain is some 10 KiB; the largest bundles of a nation's roots stay below 1 MiB.
const MAX_FILE: usize = 4 << 20;

/// Keys and certificates together; a bundle of roots holds some 150.
const MAX_BAGS: usize = 1000;

/// Parts of a file; writers make two, one for keys and one for certificates.
const MAX_PARTS: usize = 64;

/// Attributes of a bag; two are usual.
const MAX_ATTRIBUTES: usize = 64;

/// Bags within bags; writers make none.
const MAX_NESTING: u8 = 4;

/// What a file holds.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) keys: Vec<Tagged<SoftwareKey>>,
    pub(super) certificates: Vec<Tagged<Vec<u8>>>,
    bags: usize,
}

/// Reads a whole file.
pub(super) fn read(file: &[u8], password: &str) -> Result<Contents> {
    if file.len() > MAX_FILE {
        return Err(Error::limit("bytes of a key file", MAX_FILE as u64));
    }
    let definite = to_definite(file)?;
    let outer = Tlv::parse(&definite)?;
    outer.expect(Tag::SEQUENCE)?;
    let mut pfx = outer.reader()?;
    if pfx.read()?.small_integer()? != 3 {
        return Err(Error::unsupported("only version 3 of PKCS#12 is read"));
    }
    let authenticated = plain_content(pfx.sequence()?)?.ok_or_else(|| {
        Error::unsupported("a PKCS#12 file that is signed in place of a MAC is not read")
    })?;
    if pfx.is_empty() {
        return Err(Error::unsupported(
            "a PKCS#12 file without a MAC is not read",
        ));
    }
    let mac = pfx.sequence()?;
    pfx.finish()?;

    let mut work = Work::new();
    let password = Mac::read(mac, &mut work)?.unlock(authenticated, password)?;
    Opening {
        password,
        work,
        contents: Contents::default(),
    }
    .authenticated_safe(authenticated)
}

/// The OCTET STRING of a ContentInfo of type data; `None` for another type.
fn plain_content<'a>(mut info: Reader<'a>) -> Result<Option<&'a [u8]>> {
    if info.read()?.oid()? != named::CMS_DATA {
        return Ok(None);
    }
    let content = info.expect(Tag::context(0))?.inner()?.octets()?;
    info.finish()?;
    Ok(Some(content))
}

/// MacData (RFC 7292 4), its work already paid for.
struct Mac<'a> {
    digest: DigestAlgorithm,
    value: &'a [u8],
    salt: &'a [u8],
    rounds: std::num::NonZeroU32,
}

impl<'a> Mac<'a> {
    fn read(mut mac: Reader<'a>, work: &mut Work) -> Result<Self> {
        let mut info = mac.sequence()?;
        let mut identifier = info.sequence()?;
        let algorithm = identifier.read()?.oid()?;
        identifier.optional(Tag::NULL)?;
        identifier.finish()?;
        let digest = DigestAlgorithm::from_oid(algorithm)
            .ok_or_else(|| pbe::not_offered("the MAC's digest is not offered", algorithm))?;
        let value = info.read()?.octets()?;
        info.finish()?;
        let salt = pbe::read_salt(&mut mac)?;
        // MacData: iterations DEFAULT 1.
        let rounds = match mac.optional(Tag::INTEGER)? {
            Some(iterations) => work.spend(&iterations)?,
            None => std::num::NonZeroU32::MIN,
        };
        mac.finish()?;
        Ok(Self {
            digest,
            value,
            salt,
            rounds,
        })
    }

    /// The password in the form that makes the MAC right. An empty one has two forms.
    fn unlock(&self, content: &[u8], text: &str) -> Result<Password> {
        let password = Password::new(text)?;
        if self.verifies(content, &password) {
            return Ok(password);
        }
        let absent = Password::absent();
        if text.is_empty() && self.verifies(content, &absent) {
            return Ok(absent);
        }
        Err(pbe::wrong_password())
    }

    fn verifies(&self, content: &[u8], password: &Password) -> bool {
        let mut key = Zeroizing::new(vec![0; self.digest.output_len()]);
        pbe::pkcs12_key(
            self.digest,
            Purpose::Mac,
            password,
            self.salt,
            self.rounds,
            &mut key,
        );
        let international = |algorithm| {
            let key = hmac::Key::new(algorithm, &key);
            hmac::verify(&key, content, self.value).is_ok()
        };
        match self.digest {
            DigestAlgorithm::Sha1 => international(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
            DigestAlgorithm::Sha256 => international(hmac::HMAC_SHA256),
            DigestAlgorithm::Sha384 => international(hmac::HMAC_SHA384),
            DigestAlgorithm::Sha512 => international(hmac::HMAC_SHA512),
            // Whoever could time this comparison chose the file and lacks the password.
            DigestAlgorithm::Sm3 => HmacSm3::new(&key).sign(&[content]) == *self.value,
        }
    }
}

/// A file whose MAC was right, being read.
struct Opening {
    password: Password,
    work: Work,
    contents: Contents,
}

impl Opening {
    /// AuthenticatedSafe: the parts of the file.
    fn authenticated_safe(mut self, ber: &[u8]) -> Result<Contents> {
        let definite = to_definite(ber)?;
        let outer = Tlv::parse(&definite)?;
        outer.expect(Tag::SEQUENCE)?;
        for part in outer.reader()?.read_all(MAX_PARTS)? {
            part.expect(Tag::SEQUENCE)?;
            self.part(&part)?;
        }
        Ok(self.contents)
    }

    fn part(&mut self, part: &Tlv<'_>) -> Result<()> {
        if let Some(content) = plain_content(part.reader()?)? {
            return self.safe_contents(content, 0);
        }
        let mut info = part.reader()?;
        match info.read()?.oid()? {
            named::CMS_ENCRYPTED_DATA => {
                let data = info.expect(Tag::context(0))?.inner()?;
                info.finish()?;
                let plain = self.decrypt_data(&data)?;
                self.safe_contents(&plain, 0)
            }
            other => {
                Err(Error::unsupported("a part of the key file is not read").with("oid", other))
            }
        }
    }

    /// EncryptedData (RFC 5652 8).
    fn decrypt_data(&mut self, data: &Tlv<'_>) -> Result<Zeroizing<Vec<u8>>> {
        data.expect(Tag::SEQUENCE)?;
        let mut data = data.reader()?;
        data.read()?.small_integer()?;
        let mut info = data.sequence()?;
        if info.read()?.oid()? != named::CMS_DATA {
            return Err(Error::unsupported("encrypted content is not plain data"));
        }
        let algorithm = info.sequence()?;
        let content = info.read()?;
        info.finish()?;
        // `[0] IMPLICIT OCTET STRING`, in one piece or, in BER, in several.
        let mut pieces = Vec::new();
        match content.tag() {
            tag if tag == Tag::context_primitive(0) => pieces.extend_from_slice(content.content()),
            tag if tag == Tag::context(0) => {
                let mut reader = content.reader()?;
                while !reader.is_empty() {
                    pieces.extend_from_slice(reader.read()?.octets()?);
                }
            }
            _ => return Err(Error::malformed("encrypted data without its content")),
        }
        pbe::decrypt(algorithm, &pieces, &self.password, &mut self.work)
    }

    /// SafeContents: bags.
    fn safe_contents(&mut self, ber: &[u8], nesting: u8) -> Result<()> {
        let definite = to_definite(ber)?;
        let outer = Tlv::parse(&definite)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut bags = outer.reader()?;
        while !bags.is_empty() {
            self.contents.bags += 1;
            if self.contents.bags > MAX_BAGS {
                return Err(Error::limit("bags of a key file", MAX_BAGS as u64));
            }
            self.bag(bags.sequence()?, nesting)?;
        }
        Ok(())
    }

    fn bag(&mut self, mut bag: Reader<'_>, nesting: u8) -> Result<()> {
        let kind = bag.read()?.oid()?;
        let value = bag.expect(Tag::context(0))?.inner()?;
        let local_id = read_local_id(bag)?;
        match kind {
            named::KEY_BAG => self.key(value.raw(), local_id),
            named::SHROUDED_KEY_BAG => {
                let plain = pkcs8::decrypt(&value, &self.password, &mut self.work)?;
                self.key(&plain, local_id)
            }
            named::CERT_BAG => self.certificate(&value, local_id),
            named::SAFE_CONTENTS_BAG if nesting >= MAX_NESTING => {
                Err(Error::limit("bags within bags", MAX_NESTING.into()))
            }
            named::SAFE_CONTENTS_BAG => self.safe_contents(value.raw(), nesting + 1),
            // Revocation lists, secrets and what is yet to come hold no key to sign with.
            _ => Ok(()),
        }
    }

    fn key(&mut self, pkcs8: &[u8], local_id: Option<Vec<u8>>) -> Result<()> {
        self.contents.keys.push(Tagged {
            value: SoftwareKey::from_pkcs8(pkcs8)?,
            local_id,
        });
        Ok(())
    }

    fn certificate(&mut self, value: &Tlv<'_>, local_id: Option<Vec<u8>>) -> Result<()> {
        value.expect(Tag::SEQUENCE)?;
        let mut certificate = value.reader()?;
        if certificate.read()?.oid()? != named::X509_CERTIFICATE {
            return Ok(());
        }
        let der = certificate.expect(Tag::context(0))?.inner()?.octets()?;
        certificate.finish()?;
        self.contents.certificates.push(Tagged {
            value: der.to_vec(),
            local_id,
        });
        Ok(())
    }
}

/// The localKeyId among a bag's attributes.
fn read_local_id(mut bag: Reader<'_>) -> Result<Option<Vec<u8>>> {
    let Some(attributes) = bag.optional(Tag::SET)? else {
        bag.finish()?;
        return Ok(None);
    };
    bag.finish()?;
    let mut local_id = None;
    for attribute in attributes.reader()?.read_all(MAX_ATTRIBUTES)? {
        attribute.expect(Tag::SEQUENCE)?;
        let mut attribute = attribute.reader()?;
        if attribute.read()?.oid()? != named::LOCAL_KEY_ID {
            continue;
        }
        let value = attribute.expect(Tag::SET)?.inner()?.octets()?;
        if local_id.replace(value.to_vec()).is_some() {
            return Err(Error::new(
                ErrorKind::Malformed,
                "a bag has two local key ids",
            ));
        }
    }
    Ok(local_id)
}
