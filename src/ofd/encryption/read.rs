//! What Encryptions.xml and the key description say.

use std::fmt;

use super::super::location::PackagePath;
use super::super::package::Package;
use super::super::signatures::{decode_base64, resolve};
use super::super::xml::{Element, XmlFile};
use super::super::{ambiguous, malformed};
use super::{ENTRY_FILE, MAX_RECIPIENTS, too_many_recipients};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};

/// How the file key is wrapped (GM/T 0099-2020 A.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncryptionScheme {
    /// 1.1.1: under a password; files with SM4 in CBC mode.
    Password,
    /// 1.1.2: under the SM2 key of a certificate; files with SM4 in CBC mode.
    Certificate,
    /// Another identifier.
    Other(String),
}

/// One who can open the package. `Debug` tells nothing of them.
#[derive(Clone)]
pub struct Recipient {
    /// The user's name, as the file states it.
    pub name: Option<String>,
    /// The document's administrator, not just a user.
    pub owner: bool,
    /// The certificate whose key unwraps the file key, DER; with a password there is none.
    pub certificate: Option<Vec<u8>>,
    /// The file key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// The initial vector of the files, and of a key wrapped under a password.
    pub initial_vector: [u8; 16],
}

/// How a package was encrypted.
#[derive(Clone)]
pub struct Encryption {
    /// The identifier of the operation.
    pub id: String,
    /// How keys are wrapped.
    pub scheme: EncryptionScheme,
    /// Who can open it, in file order; at least one.
    pub recipients: Vec<Recipient>,
    /// What was tolerated in these files.
    pub findings: Vec<Finding>,
    pub(super) entry_file: PackagePath,
    pub(super) key_file: PackagePath,
    pub(super) map_file: PackagePath,
}

impl Encryption {
    /// Reads how the package was encrypted; `None` when it was not.
    ///
    /// # Errors
    /// `unsupported` for a package that was encrypted more than once; `malformed`, `ambiguous`
    /// and `missing` for files that are not as they must be; `limit_exceeded` beyond 256
    /// recipients.
    pub fn read(package: &Package<'_>) -> Result<Option<Self>> {
        let mut findings = Vec::new();
        let root = PackagePath::new(ENTRY_FILE)?;
        let entry = package.resolve(&root, ENTRY_FILE, &mut findings)?;
        if !entry.present {
            return Ok(None);
        }
        let file = XmlFile::read(package, &entry.path)?;
        let parsed = file.parse()?;
        let root = parsed.root("Encryptions", &mut findings)?;
        let mut operations = root.all("EncryptInfo");
        let info = operations
            .next()
            .ok_or_else(|| malformed("encryption_missing").with("entry", &entry.path))?;
        if operations.next().is_some() {
            return Err(Error::unsupported(
                "packages that were encrypted more than once are not opened",
            ));
        }
        let id = info.attribute("ID").unwrap_or_default().to_owned();
        let mut place = |name: &'static str| -> Result<PackagePath> {
            let written = info
                .text_of(name)?
                .ok_or_else(|| malformed("encryption_location").with("entry", &entry.path))?;
            let target = resolve(package, &entry.path, &written, &mut findings)?;
            if target.present {
                Ok(target.path)
            } else {
                Err(missing(&target.path))
            }
        };
        let key_file = place("DecryptSeedLoc")?;
        let map_file = place("EntriesMapLoc")?;
        if key_file == map_file || key_file == entry.path || map_file == entry.path {
            return Err(ambiguous("encryption_location").with("entry", &entry.path));
        }
        let (scheme, recipients) = read_keys(package, &key_file, &id, &mut findings)?;
        findings.sort_unstable();
        findings.dedup();
        Ok(Some(Self {
            id,
            scheme,
            recipients,
            findings,
            entry_file: entry.path.clone(),
            key_file,
            map_file,
        }))
    }
}

/// The key description. Its root is misspelt in the standard.
fn read_keys(
    package: &Package<'_>,
    path: &PackagePath,
    id: &str,
    findings: &mut Vec<Finding>,
) -> Result<(EncryptionScheme, Vec<Recipient>)> {
    let file = XmlFile::read(package, path)?;
    let parsed = file.parse()?;
    let root = parsed.root("DecyptSeed", findings)?;
    note_id(&root, id, findings);
    let mut recipients = Vec::new();
    for user in root.all("UserInfo") {
        if recipients.len() == MAX_RECIPIENTS {
            return Err(too_many_recipients());
        }
        recipients.push(Recipient::read(&user)?);
    }
    if recipients.is_empty() {
        return Err(malformed("recipients").with("entry", path));
    }
    let scheme = match root.attribute("EncryptCaseId").map(str::trim) {
        Some("1.1.1") => EncryptionScheme::Password,
        Some("1.1.2") => EncryptionScheme::Certificate,
        Some(other) => EncryptionScheme::Other(other.to_owned()),
        // A writer in use leaves it out; only recipients by certificate carry one.
        None => {
            findings.push(Finding::new(FindingCode::IdentifierForm, path.as_str()));
            let with = recipients.iter().filter(|user| user.certificate.is_some());
            match with.count() {
                0 => EncryptionScheme::Password,
                all if all == recipients.len() => EncryptionScheme::Certificate,
                _ => return Err(ambiguous("encryption_scheme").with("entry", path)),
            }
        }
    };
    Ok((scheme, recipients))
}

/// The operation's identifier should stand in all three files.
pub(super) fn note_id(root: &Element<'_, '_>, id: &str, findings: &mut Vec<Finding>) {
    if root.attribute("ID") != Some(id) {
        findings.push(Finding::new(
            FindingCode::IdentifierForm,
            root.path().as_str(),
        ));
    }
}

fn missing(path: &PackagePath) -> Error {
    Error::new(ErrorKind::Missing, "the package has no such file").with("entry", path)
}

impl EncryptionScheme {
    /// The identifier: `1.1.1`, `1.1.2`, or the other one.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Password => "1.1.1",
            Self::Certificate => "1.1.2",
            Self::Other(id) => id,
        }
    }
}

impl Recipient {
    fn read(user: &Element<'_, '_>) -> Result<Self> {
        let broken = |cause| malformed(cause).with("entry", user.path());
        let bytes = |name, cause| match user.text_of(name)? {
            None => Ok(None),
            Some(text) => decode_base64(&text).map(Some).ok_or_else(|| broken(cause)),
        };
        let owner = match user.attribute("UserType") {
            None | Some("User") => false,
            Some("Owner") => true,
            Some(_) => return Err(broken("recipient_type")),
        };
        Ok(Self {
            name: user.attribute("UserName").map(str::to_owned),
            owner,
            certificate: bytes("UserCert", "recipient_certificate")?,
            wrapped_key: bytes("EncryptedWK", "wrapped_key")?
                .ok_or_else(|| broken("wrapped_key"))?,
            initial_vector: match bytes("IVValue", "initial_vector")? {
                None => [0; 16],
                Some(vector) => vector.try_into().map_err(|_| broken("initial_vector"))?,
            },
        })
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipient")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encryption")
            .field("scheme", &self.scheme)
            .field("recipients", &self.recipients.len())
            .finish_non_exhaustive()
    }
}
