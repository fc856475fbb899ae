//! Password-based encryption: PBES2 (RFC 8018) and the old schemes of PKCS#12 (RFC 7292 C).

use std::num::NonZeroU32;

use ring::pbkdf2;
use sm3::{Digest as _, Sm3};
use zeroize::Zeroizing;

use super::super::{DigestAlgorithm, cbc};
use super::hmac_sm3;
use crate::asn1::{self, Oid, Reader, Tag, Tlv, named};
use crate::error::{Error, ErrorKind, Result};

/// Rounds of key derivation that one file may cost, all its parts together. The most cautious
/// writers ask for some 1 300 000 rounds of HMAC-SHA1; three of those (MAC, certificates, key)
/// fit, and the whole is a few seconds of one core. Without a bound a small file could stop a
/// server.
const MAX_ROUNDS: u64 = 5_000_000;

/// Salts are 8 to 64 bytes; more only adds work.
const MAX_SALT: usize = 1024;

/// Nobody types more; the old derivation hashes the password once a block.
const MAX_PASSWORD: usize = 1024;

/// What PKCS#12 mixes in so that one password gives unrelated keys (RFC 7292 B.3).
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

/// A password in the two encodings that key derivation asks for.
pub(super) struct Password {
    utf8: Zeroizing<Vec<u8>>,
    /// UTF-16, big-endian, with a terminating zero (RFC 7292 B.1).
    bmp: Zeroizing<Vec<u8>>,
}

impl Password {
    pub(super) fn new(text: &str) -> Result<Self> {
        if text.len() > MAX_PASSWORD {
            return Err(Error::argument("a password has at most 1024 bytes"));
        }
        // At most two bytes for each of UTF-8, and two zeros: no growing leaves a copy behind.
        let mut bmp = Zeroizing::new(Vec::with_capacity(text.len() * 2 + 2));
        for unit in text.encode_utf16().chain([0]) {
            bmp.extend_from_slice(&unit.to_be_bytes());
        }
        Ok(Self {
            utf8: Zeroizing::new(text.as_bytes().to_vec()),
            bmp,
        })
    }

    /// No password at all, which some writers tell apart from an empty one.
    pub(super) fn absent() -> Self {
        Self {
            utf8: Zeroizing::default(),
            bmp: Zeroizing::default(),
        }
    }
}

/// The work a file may still cost.
pub(super) struct Work(u64);

impl Work {
    pub(super) fn new() -> Self {
        Self(MAX_ROUNDS)
    }

    /// Takes the rounds an INTEGER of the file asks for.
    pub(super) fn spend(&mut self, iterations: &Tlv<'_>) -> Result<NonZeroU32> {
        let rounds = u32::try_from(iterations.small_integer()?)
            .ok()
            .and_then(NonZeroU32::new)
            .ok_or_else(|| Error::malformed("an iteration count is not a positive number"))?;
        self.0 = self
            .0
            .checked_sub(u64::from(rounds.get()))
            .ok_or_else(|| Error::limit("rounds of key derivation", MAX_ROUNDS))?;
        Ok(rounds)
    }
}

/// Decrypts what an AlgorithmIdentifier and a password protect.
///
/// # Errors
/// `unsupported_algorithm`, `malformed`, `limit_exceeded`; `wrong_password` when what comes out
/// is not padded as it must be, which a wrong password passes once in some 256 times.
pub(super) fn decrypt(
    mut algorithm: Reader<'_>,
    ciphertext: &[u8],
    password: &Password,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let scheme = algorithm.read()?.oid()?;
    let parameters = algorithm.sequence()?;
    algorithm.finish()?;
    match scheme {
        named::PBES2 => decrypt_pbes2(parameters, ciphertext, password, work),
        named::PBE_SHA_3DES => {
            decrypt_pkcs12(Cipher::TripleDes, parameters, ciphertext, password, work)
        }
        named::PBE_SHA_RC2_40 => {
            decrypt_pkcs12(Cipher::Rc2Of40, parameters, ciphertext, password, work)
        }
        other => Err(not_offered("the password encryption is not offered", other)),
    }
}

/// PBES2-params (RFC 8018 A.4).
fn decrypt_pbes2(
    mut parameters: Reader<'_>,
    ciphertext: &[u8],
    password: &Password,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let mut derivation = parameters.sequence()?;
    let mut encryption = parameters.sequence()?;
    parameters.finish()?;
    let cipher = encryption.read()?.oid()?;
    let cipher =
        Cipher::from_oid(cipher).ok_or_else(|| not_offered("the cipher is not offered", cipher))?;
    let iv = encryption.read()?.octets()?;
    encryption.finish()?;

    let function = derivation.read()?.oid()?;
    if function != named::PBKDF2 {
        return Err(not_offered("the key derivation is not offered", function));
    }
    let mut derivation_parameters = derivation.sequence()?;
    derivation.finish()?;
    let salt = read_salt(&mut derivation_parameters)?;
    let rounds = work.spend(&derivation_parameters.read()?)?;
    if let Some(length) = derivation_parameters.optional(Tag::INTEGER)?
        && usize::try_from(length.small_integer()?) != Ok(cipher.key_len())
    {
        return Err(Error::malformed("a key length is not its cipher's"));
    }
    // PBKDF2-params: prf DEFAULT hmacWithSHA1.
    let prf = if derivation_parameters.is_empty() {
        named::HMAC_SHA1
    } else {
        derivation_parameters.sequence()?.read()?.oid()?
    };
    derivation_parameters.finish()?;

    let mut key = Zeroizing::new(vec![0; cipher.key_len()]);
    pbkdf2_key(prf, &password.utf8, salt, rounds, &mut key)?;
    cipher.decrypt(&key, iv, ciphertext)
}

fn pbkdf2_key(
    prf: Oid,
    password: &[u8],
    salt: &[u8],
    rounds: NonZeroU32,
    key: &mut [u8],
) -> Result<()> {
    let algorithm = match prf {
        named::HMAC_SHA1 => pbkdf2::PBKDF2_HMAC_SHA1,
        named::HMAC_SHA256 => pbkdf2::PBKDF2_HMAC_SHA256,
        named::HMAC_SHA384 => pbkdf2::PBKDF2_HMAC_SHA384,
        named::HMAC_SHA512 => pbkdf2::PBKDF2_HMAC_SHA512,
        named::HMAC_SM3 => {
            hmac_sm3::pbkdf2(password, salt, rounds.get(), key);
            return Ok(());
        }
        other => return Err(not_offered("the key derivation is not offered", other)),
    };
    pbkdf2::derive(algorithm, rounds, salt, password, key);
    Ok(())
}

/// pkcs-12PbeParams (RFC 7292 C).
fn decrypt_pkcs12(
    cipher: Cipher,
    mut parameters: Reader<'_>,
    ciphertext: &[u8],
    password: &Password,
    work: &mut Work,
) -> Result<Zeroizing<Vec<u8>>> {
    let salt = read_salt(&mut parameters)?;
    let rounds = work.spend(&parameters.read()?)?;
    parameters.finish()?;
    let derive = |purpose, length| {
        let mut out = Zeroizing::new(vec![0; length]);
        pkcs12_key(
            DigestAlgorithm::Sha1,
            purpose,
            password,
            salt,
            rounds,
            &mut out,
        );
        out
    };
    let key = derive(Purpose::Key, cipher.key_len());
    let iv = derive(Purpose::Iv, cipher.block_len());
    cipher.decrypt(&key, &iv, ciphertext)
}

/// The salt of any derivation here.
pub(super) fn read_salt<'a>(parameters: &mut Reader<'a>) -> Result<&'a [u8]> {
    let salt = parameters.read()?.octets()?;
    if salt.len() > MAX_SALT {
        return Err(Error::limit("bytes of a salt", MAX_SALT as u64));
    }
    Ok(salt)
}

/// Fills `out` by the key derivation of PKCS#12 (RFC 7292 B.2); its letters are used.
pub(super) fn pkcs12_key(
    digest: DigestAlgorithm,
    purpose: Purpose,
    password: &Password,
    salt: &[u8],
    rounds: NonZeroU32,
    out: &mut [u8],
) {
    let v = match digest {
        DigestAlgorithm::Sha384 | DigestAlgorithm::Sha512 => 128,
        DigestAlgorithm::Sm3 | DigestAlgorithm::Sha1 | DigestAlgorithm::Sha256 => 64,
    };
    let diversifier = vec![purpose as u8; v];
    let mut i = Zeroizing::new(Vec::with_capacity(
        salt.len() + password.bmp.len() + v.saturating_mul(2),
    ));
    for part in [salt, &password.bmp] {
        let filled = part.len().div_ceil(v) * v;
        i.extend(part.iter().cycle().take(filled));
    }
    let mut a = Zeroizing::new([0_u8; 64]);
    let u = digest.output_len();
    for chunk in out.chunks_mut(u) {
        hash_into(digest, &[&diversifier, &i], a.as_mut_slice());
        for _ in 1..rounds.get() {
            let previous = Zeroizing::new(*a);
            hash_into(
                digest,
                &[previous.get(..u).unwrap_or_default()],
                a.as_mut_slice(),
            );
        }
        for (slot, byte) in chunk.iter_mut().zip(a.iter()) {
            *slot = *byte;
        }
        let b: Zeroizing<Vec<u8>> =
            Zeroizing::new(a.iter().take(u).cycle().take(v).copied().collect());
        i.chunks_mut(v).for_each(|block| add_with_one(block, &b));
    }
}

/// block + addend + 1, modulo the block's size, big-endian.
fn add_with_one(block: &mut [u8], addend: &[u8]) {
    let mut carry = 1_u16;
    for (byte, add) in block.iter_mut().zip(addend).rev() {
        let [high, low] = (u16::from(*byte) + u16::from(*add) + carry).to_be_bytes();
        *byte = low;
        carry = u16::from(high);
    }
}

/// A digest straight into a buffer that is wiped; [`DigestAlgorithm::digest`] leaves a copy.
fn hash_into(digest: DigestAlgorithm, parts: &[&[u8]], out: &mut [u8]) {
    let international = |algorithm, out: &mut [u8]| {
        let mut context = ring::digest::Context::new(algorithm);
        parts.iter().for_each(|part| context.update(part));
        let value = context.finish();
        out.iter_mut()
            .zip(value.as_ref())
            .for_each(|(slot, byte)| *slot = *byte);
    };
    match digest {
        DigestAlgorithm::Sm3 => {
            let mut hasher = Sm3::new();
            parts.iter().for_each(|part| hasher.update(part));
            out.iter_mut()
                .zip(hasher.finalize())
                .for_each(|(slot, byte)| *slot = byte);
        }
        DigestAlgorithm::Sha1 => international(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, out),
        DigestAlgorithm::Sha256 => international(&ring::digest::SHA256, out),
        DigestAlgorithm::Sha384 => international(&ring::digest::SHA384, out),
        DigestAlgorithm::Sha512 => international(&ring::digest::SHA512, out),
    }
}

/// A block cipher in CBC mode.
#[derive(Clone, Copy)]
enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
    Sm4,
    Rc2Of40,
}

impl Cipher {
    fn from_oid(oid: Oid) -> Option<Self> {
        match oid {
            named::AES128_CBC => Some(Self::Aes128),
            named::AES192_CBC => Some(Self::Aes192),
            named::AES256_CBC => Some(Self::Aes256),
            named::DES_EDE3_CBC => Some(Self::TripleDes),
            named::SM4_CBC => Some(Self::Sm4),
            _ => None,
        }
    }

    const fn key_len(self) -> usize {
        match self {
            Self::Rc2Of40 => 5,
            Self::Aes128 | Self::Sm4 => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
        }
    }

    const fn block_len(self) -> usize {
        match self {
            Self::TripleDes | Self::Rc2Of40 => 8,
            Self::Aes128 | Self::Aes192 | Self::Aes256 | Self::Sm4 => 16,
        }
    }

    fn decrypt(self, key: &[u8], iv: &[u8], ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let decrypt = match self {
            Self::Aes128 => cbc::decrypt::<aes::Aes128>,
            Self::Aes192 => cbc::decrypt::<aes::Aes192>,
            Self::Aes256 => cbc::decrypt::<aes::Aes256>,
            Self::TripleDes => cbc::decrypt::<des::TdesEde3>,
            Self::Sm4 => cbc::decrypt::<sm4::Sm4>,
            // Its effective length is the key's (RFC 2268 2).
            Self::Rc2Of40 => cbc::decrypt::<rc2::Rc2>,
        };
        let blocks = self.block_len();
        if iv.len() != blocks || ciphertext.is_empty() || !ciphertext.len().is_multiple_of(blocks) {
            return Err(Error::malformed(
                "an initial vector or ciphertext does not fit its cipher",
            ));
        }
        decrypt(key, iv, ciphertext).ok_or_else(wrong_password)
    }
}

/// Everything that PBES2 draws, so that writing is deterministic given it.
pub(super) struct Drawn {
    pub(super) salt: [u8; 16],
    pub(super) iv: [u8; 16],
    pub(super) iterations: NonZeroU32,
}

/// Encrypts with PBES2, PBKDF2-HMAC-SHA256 and AES-256-CBC: the AlgorithmIdentifier and the
/// ciphertext.
pub(super) fn encrypt(
    plaintext: &[u8],
    password: &Password,
    drawn: &Drawn,
) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA256,
        drawn.iterations,
        &drawn.salt,
        &password.utf8,
        key.as_mut_slice(),
    );
    let ciphertext = cbc::encrypt::<aes::Aes256>(key.as_slice(), &drawn.iv, plaintext)
        .ok_or_else(|| Error::new(ErrorKind::Internal, "a key could not be encrypted"))?;
    let derivation = asn1::sequence(&[
        asn1::oid(named::PBKDF2),
        asn1::sequence(&[
            asn1::octets(&drawn.salt),
            asn1::integer(drawn.iterations.get().into()),
            asn1::sequence(&[asn1::oid(named::HMAC_SHA256), asn1::null()]),
        ]),
    ]);
    let encryption = asn1::sequence(&[asn1::oid(named::AES256_CBC), asn1::octets(&drawn.iv)]);
    let algorithm = asn1::sequence(&[
        asn1::oid(named::PBES2),
        asn1::sequence(&[derivation, encryption]),
    ]);
    Ok((algorithm, ciphertext))
}

pub(super) fn wrong_password() -> Error {
    Error::new(
        ErrorKind::WrongPassword,
        "the password does not open the file",
    )
}

pub(super) fn not_offered(message: &'static str, oid: Oid) -> Error {
    Error::new(ErrorKind::UnsupportedAlgorithm, message).with("oid", oid)
}
