//! Private keys as PEM, plain and under a password (RFC 5958, RFC 5915, RFC 7468).

use std::num::NonZeroU32;

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::super::pem::{secret_blocks, to_pem};
use super::super::{SoftwareKey, key::ec_pkcs8};
use super::pbe::{self, Drawn, Password, Work};
use crate::asn1::{self, Tag, Tlv};
use crate::error::{Error, ErrorKind, Result};

/// PKCS#8, unencrypted.
const PLAIN: &str = "PRIVATE KEY";
/// PKCS#8 under a password.
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";
/// SEC 1, unencrypted.
const SEC1: &str = "EC PRIVATE KEY";

/// What OWASP asks of PBKDF2-HMAC-SHA256 since 2023: some 0.3 s for each guess.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(600_000).unwrap();

impl SoftwareKey {
    /// The one private key of a PEM text: `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY` (PBES2) or
    /// `EC PRIVATE KEY`. The password is used for an encrypted key and otherwise not looked at.
    ///
    /// # Errors
    /// `missing` without a private key, `ambiguous` with several, `wrong_password` also when an
    /// encrypted key comes without a password, and as [`SoftwareKey::from_pkcs8`].
    pub fn from_pem(text: &str, password: Option<&str>) -> Result<Self> {
        let legacy = text.contains("Proc-Type:") && text.contains("ENCRYPTED");
        if legacy && text.contains(SEC1) {
            return Err(Error::unsupported(
                "a key encrypted in the PEM armour itself is not read; convert it to PKCS#8",
            ));
        }
        let mut blocks = Vec::new();
        for label in [PLAIN, ENCRYPTED, SEC1] {
            let found = secret_blocks(text, label)?;
            blocks.extend(found.into_iter().map(|block| (label, block)));
        }
        let (label, der) = match blocks.as_slice() {
            [one] => one,
            [] => {
                return Err(Error::new(
                    ErrorKind::Missing,
                    "the text holds no private key",
                ));
            }
            _ => {
                return Err(Error::new(
                    ErrorKind::Ambiguous,
                    "the text holds several private keys",
                ));
            }
        };
        match (*label, password) {
            (ENCRYPTED, Some(password)) => Self::from_encrypted_pkcs8(der, password),
            (ENCRYPTED, None) => Err(Error::new(
                ErrorKind::WrongPassword,
                "the private key is encrypted and no password was given",
            )),
            (SEC1, _) => Self::from_sec1(der),
            _ => Self::from_pkcs8(der),
        }
    }

    /// From EncryptedPrivateKeyInfo DER (RFC 5958 3): PBES2 with PBKDF2 (HMAC with SHA-1, SHA-2
    /// or SM3) and AES, triple DES or SM4 in CBC mode.
    ///
    /// # Errors
    /// `wrong_password`, `limit_exceeded` beyond 5 000 000 rounds, and as
    /// [`SoftwareKey::from_pkcs8`].
    pub fn from_encrypted_pkcs8(der: &[u8], password: &str) -> Result<Self> {
        let plain = decrypt(
            &Tlv::parse(der)?,
            &Password::new(password)?,
            &mut Work::new(),
        )?;
        Self::from_pkcs8(&plain)
    }

    /// From ECPrivateKey DER (RFC 5915) that names its curve.
    ///
    /// # Errors
    /// As [`SoftwareKey::from_pkcs8`]; `unsupported` when the curve is not named.
    pub fn from_sec1(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        reader.expect(Tag::INTEGER)?;
        reader.expect(Tag::OCTET_STRING)?;
        let curve = reader
            .optional(Tag::context(0))?
            .map(|parameters| parameters.inner())
            .transpose()?
            .filter(|curve| curve.tag() == Tag::OID)
            .ok_or_else(|| Error::unsupported("a private key does not name its curve"))?;
        Self::from_pkcs8(&ec_pkcs8(curve.oid()?, der))
    }

    /// PKCS#8 PEM under a password: PBES2 with PBKDF2-HMAC-SHA256 of 600 000 rounds and
    /// AES-256-CBC. Salt and initial vector are drawn from the operating system.
    ///
    /// # Errors
    /// `invalid_argument` for an empty password or one beyond 1024 bytes, `internal` without
    /// randomness.
    pub fn to_encrypted_pem(&self, password: &str) -> Result<String> {
        let random = SystemRandom::new();
        let mut drawn = Drawn {
            salt: [0; 16],
            iv: [0; 16],
            iterations: ITERATIONS,
        };
        random
            .fill(&mut drawn.salt)
            .and_then(|()| random.fill(&mut drawn.iv))
            .map_err(|_| Error::new(ErrorKind::Internal, "no randomness could be drawn"))?;
        self.encrypted_pem(password, &drawn)
    }

    pub(super) fn encrypted_pem(&self, password: &str, drawn: &Drawn) -> Result<String> {
        if password.is_empty() {
            return Err(Error::argument("an empty password protects nothing"));
        }
        let password = Password::new(password)?;
        let (algorithm, ciphertext) = pbe::encrypt(&self.to_pkcs8(), &password, drawn)?;
        let der = asn1::sequence(&[algorithm, asn1::octets(&ciphertext)]);
        Ok(to_pem(ENCRYPTED, &der))
    }
}

/// The PrivateKeyInfo inside an EncryptedPrivateKeyInfo.
///
/// # Errors
/// As [`pbe::decrypt`]; `wrong_password` also when no structure comes out.
pub(super) fn decrypt(
    encrypted: &Tlv<'_>,
    password: &Password,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    encrypted.expect(Tag::SEQUENCE)?;
    let mut reader = encrypted.reader()?;
    let algorithm = reader.sequence()?;
    let ciphertext = reader.read()?.octets()?;
    reader.finish()?;
    let plain = pbe::decrypt(algorithm, ciphertext, password, work)?;
    // A wrong password may leave valid padding by chance, but no PrivateKeyInfo.
    let starts_well = || {
        let mut info = Tlv::parse(&plain).ok()?.reader().ok()?;
        info.expect(Tag::INTEGER).ok()?;
        info.sequence().ok()?.expect(Tag::OID).ok()
    };
    match starts_well() {
        Some(_) => Ok(plain),
        None => Err(pbe::wrong_password()),
    }
}
