//! Encrypting for recipients.

use std::fmt;

use crate::crypto::{PublicKeyKind, Sm4Key, fill_random};
use crate::error::{Error, ErrorKind, Result};
use crate::ofd::{
    Encryption, EncryptionOptions, EncryptionScheme, Limits, Package, Provider, Recipient,
};
use crate::pki::Certificate;
use crate::time::Time;

/// Encrypts a package for those it is told of: by password or by certificate, not both at once,
/// since a package names one scheme.
#[derive(Debug)]
pub struct Encryptor {
    time: Time,
    users: Vec<User>,
}

struct User {
    name: String,
    means: Means,
}

enum Means {
    Password(Sm4Key),
    Certificate(Box<Certificate>),
}

impl Encryptor {
    /// Encrypts for nobody yet. The time is what the package will say of when it was encrypted.
    #[must_use]
    pub fn new(time: Time) -> Self {
        Self {
            time,
            users: Vec::new(),
        }
    }

    /// Adds a user by password. The name stands in the package for all to read.
    ///
    /// # Errors
    /// `invalid_argument` for an empty name, or a password of no or more than 1024 bytes.
    pub fn password(self, name: &str, password: &str) -> Result<Self> {
        self.with(name, Means::Password(Sm4Key::from_password(password)?))
    }

    /// Adds a user by certificate, which will stand in the package, like the name.
    ///
    /// # Errors
    /// `invalid_argument` for an empty name; `unsupported_algorithm` unless the key is SM2.
    pub fn certificate(self, name: &str, certificate: Certificate) -> Result<Self> {
        if certificate.public_key()?.kind() != PublicKeyKind::Sm2 {
            return Err(Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "packages are encrypted to SM2 keys only",
            ));
        }
        self.with(name, Means::Certificate(Box::new(certificate)))
    }

    fn with(mut self, name: &str, means: Means) -> Result<Self> {
        if name.trim().is_empty() {
            return Err(Error::argument("a recipient has a name"));
        }
        self.users.push(User {
            name: name.to_owned(),
            means,
        });
        Ok(self)
    }

    /// Encrypts every file of an OFD package. Key, initial vector and nonces are drawn from the
    /// operating system's random numbers, so no two results are alike.
    ///
    /// # Errors
    /// `invalid_argument` without a user, or with users of both kinds; `unsupported` when the
    /// package is encrypted already; `limit_exceeded` beyond 256 users; `internal` when there are
    /// no random numbers; and what reading the package gives.
    pub fn encrypt(&self, document: &[u8]) -> Result<Vec<u8>> {
        let package = Package::open(document, &Limits::default())?;
        let key = Sm4Key::generate()?;
        let mut vector = [0; 16];
        fill_random(&mut vector)?;
        let wrap = |user: &User| user.wrap(&key, &vector);
        let options = EncryptionOptions {
            scheme: self.scheme()?,
            recipients: self.users.iter().map(wrap).collect::<Result<_>>()?,
            provider: Provider {
                name: "yinxin".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                company: None,
            },
            time: self.time,
        };
        Encryption::apply(&package, &options, &|plain| key.encrypt(&vector, plain))
    }

    fn scheme(&self) -> Result<EncryptionScheme> {
        let by_password = |user: &User| matches!(user.means, Means::Password(_));
        let passwords = self.users.iter().filter(|user| by_password(user)).count();
        match passwords {
            0 if self.users.is_empty() => {
                Err(Error::argument("an encrypted package needs a recipient"))
            }
            0 => Ok(EncryptionScheme::Certificate),
            all if all == self.users.len() => Ok(EncryptionScheme::Password),
            _ => Err(Error::argument(
                "a package is encrypted either for passwords or for certificates",
            )),
        }
    }
}

impl User {
    fn wrap(&self, key: &Sm4Key, vector: &[u8; 16]) -> Result<Recipient> {
        let (certificate, wrapped_key) = match &self.means {
            Means::Password(password) => (None, password.encrypt(vector, key.as_bytes())?),
            Means::Certificate(certificate) => (
                Some(certificate.der().to_vec()),
                certificate.public_key()?.sm2_encrypt(key.as_bytes())?,
            ),
        };
        Ok(Recipient {
            name: Some(self.name.clone()),
            owner: false,
            certificate,
            wrapped_key,
            initial_vector: *vector,
        })
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.means {
            Means::Password(_) => "User(password)",
            Means::Certificate(_) => "User(certificate)",
        })
    }
}
