//! Opening what others encrypted.

use std::fmt;

use zeroize::Zeroizing;

use crate::crypto::{Signer, Sm4Key, SoftwareKey};
use crate::error::{Error, ErrorKind, Result};
use crate::ofd::{Decrypted, Encryption, EncryptionScheme, Limits, Package, Recipient};
use crate::pki::Certificate;

/// A wrapped key is far shorter: an SM2 ciphertext of 16 bytes has some 125.
const MAX_WRAPPED: usize = 1024;

/// What opens a package.
#[derive(Clone, Copy)]
pub enum Access<'a> {
    /// The password of a user, whoever of them it is.
    Password(&'a str),
    /// The SM2 key of a user's certificate.
    Key(&'a SoftwareKey),
    /// The file key itself, which a device unwrapped from [`Recipient::wrapped_key`].
    FileKey(&'a Sm4Key),
}

impl fmt::Debug for Access<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "Access(password)",
            Self::Key(_) => "Access(key)",
            Self::FileKey(_) => "Access(file key)",
        })
    }
}

/// The plain package behind an encrypted one. Its files have the bytes they had, so signatures
/// on them hold.
///
/// # Errors
/// `invalid_argument` when the package is not encrypted; `wrong_password` or `key_mismatch`, without
/// saying more, when it does not open; `unsupported` for other schemes and packages that were
/// encrypted more than once; `malformed` and `ambiguous` as reading and
/// [`Encryption::decrypt`] give them.
pub fn decrypt(document: &[u8], access: &Access<'_>) -> Result<Vec<u8>> {
    let package = Package::open(document, &Limits::default())?;
    let encryption = Encryption::read(&package)?
        .ok_or_else(|| Error::argument("the package is not encrypted"))?;
    open(&package, &encryption, access)?.packed()
}

/// The plain package, not yet packed for keeping.
pub(crate) fn open(
    package: &Package<'_>,
    encryption: &Encryption,
    access: &Access<'_>,
) -> Result<Decrypted> {
    if let EncryptionScheme::Other(_) = encryption.scheme {
        return Err(Error::unsupported("the encryption scheme is not offered"));
    }
    let (key, vector) = unwrap(encryption, access)?;
    encryption.decrypt(package, &|ciphertext| key.decrypt(&vector, ciphertext))
}

/// The file key and the initial vector beside the recipient whose it is.
fn unwrap(encryption: &Encryption, access: &Access<'_>) -> Result<(Sm4Key, [u8; 16])> {
    let means = Means::of(&encryption.scheme, access)?;
    encryption
        .recipients
        .iter()
        .filter(|recipient| recipient.wrapped_key.len() <= MAX_WRAPPED)
        .find_map(|recipient| Some((means.open(recipient)?, recipient.initial_vector)))
        .ok_or_else(|| does_not_open(access))
}

/// What is tried on each recipient.
enum Means<'a> {
    Password(Sm4Key),
    Key(&'a SoftwareKey),
    FileKey(&'a Sm4Key),
}

impl<'a> Means<'a> {
    fn of(scheme: &EncryptionScheme, access: &Access<'a>) -> Result<Self> {
        match (access, scheme) {
            (Access::Password(password), EncryptionScheme::Password) => {
                Sm4Key::from_password(password)
                    .map(Self::Password)
                    .map_err(|_| does_not_open(access))
            }
            (Access::Key(key), EncryptionScheme::Certificate) => Ok(Self::Key(key)),
            (Access::FileKey(key), _) => Ok(Self::FileKey(key)),
            _ => Err(does_not_open(access)),
        }
    }

    fn open(&self, recipient: &Recipient) -> Option<Sm4Key> {
        match self {
            Self::Password(key) => {
                let plain = key.decrypt(&recipient.initial_vector, &recipient.wrapped_key)?;
                Sm4Key::from_bytes(&plain).ok()
            }
            Self::Key(key) => by_key(recipient, key),
            Self::FileKey(key) => Sm4Key::from_bytes(key.as_bytes()).ok(),
        }
    }
}

/// A certificate tells beforehand that the key is another's; without a readable one it is tried.
fn by_key(recipient: &Recipient, key: &SoftwareKey) -> Option<Sm4Key> {
    let certificate = recipient.certificate.as_deref();
    let other = certificate
        .and_then(|der| Certificate::from_der(der).ok())
        .and_then(|certificate| certificate.public_key().ok().cloned())
        .is_some_and(|public| public != *key.public_key());
    if other {
        return None;
    }
    let plain: Zeroizing<Vec<u8>> = key.sm2_decrypt(&recipient.wrapped_key).ok()?;
    Sm4Key::from_bytes(&plain).ok()
}

fn does_not_open(access: &Access<'_>) -> Error {
    let (kind, message) = match access {
        Access::Password(_) => (
            ErrorKind::WrongPassword,
            "the password does not open the package",
        ),
        Access::Key(_) | Access::FileKey(_) => {
            (ErrorKind::KeyMismatch, "the key does not open the package")
        }
    };
    Error::new(kind, message)
}
