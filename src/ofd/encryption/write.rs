//! Putting an encrypted package together.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::document::Document;
use super::super::location::PackagePath;
use super::super::package::Package;
use super::super::signatures::Provider;
use super::super::write::{ArchiveWriter, XmlWriter};
use super::read::{Encryption, EncryptionScheme, Recipient};
use super::{ENTRY_FILE, MAX_RECIPIENTS, too_many_recipients};
use crate::error::{Error, Result};
use crate::time::Time;

const KEY_FILE: &str = "/decryptseed.dat";
const MAP_FILE: &str = "/entriesmap.dat";

/// Where encrypted files stand, numbered: their names would tell what the package holds.
const FOLDER: &str = "/encrypted/";

/// The identifier of the first, and only, encryption of a package.
const ID: &str = "1";

/// What an encrypted package says. `Debug` tells nothing of its recipients.
#[derive(Clone, Debug)]
pub struct EncryptionOptions {
    /// How the file key is wrapped.
    pub scheme: EncryptionScheme,
    /// Who can open it, all with the initial vector that the files are encrypted with.
    pub recipients: Vec<Recipient>,
    /// The program that encrypts.
    pub provider: Provider,
    /// When.
    pub time: Time,
}

impl Encryption {
    /// Encrypts every file of a package. `encrypt` gives what the file key makes of a file.
    ///
    /// # Errors
    /// `unsupported` when it is encrypted already, or for another scheme; `invalid_argument`
    /// without recipients; `limit_exceeded` beyond 256; what reading the document gives; and what
    /// `encrypt` gives.
    pub fn apply(
        package: &Package<'_>,
        options: &EncryptionOptions,
        encrypt: &dyn Fn(&[u8]) -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        options.check()?;
        if Self::read(package)?.is_some() {
            return Err(Error::unsupported("the package is encrypted already"));
        }
        Document::read(package)?;

        let mut writer = ArchiveWriter::new(options.time).reserve(package.compressed_bytes());
        let mut map = XmlWriter::new("EncryptEntries", &[("ID", ID)])?;
        writer.add(&PackagePath::new(ENTRY_FILE)?, &options.entry_xml()?)?;
        writer.add(&PackagePath::new(KEY_FILE)?, &options.key_xml()?)?;
        for (number, path) in package.paths().enumerate() {
            let target = format!("{FOLDER}{number}.dat");
            map.empty(
                "EncryptEntry",
                &[("Path", path.as_str()), ("EPath", &target)],
            )?;
            writer.store(&PackagePath::new(&target)?, &encrypt(&package.read(path)?)?)?;
        }
        writer.store(&PackagePath::new(MAP_FILE)?, &encrypt(&map.finish())?)?;
        writer.finish()
    }
}

impl EncryptionOptions {
    fn check(&self) -> Result<()> {
        if matches!(self.scheme, EncryptionScheme::Other(_)) {
            return Err(Error::unsupported("the encryption scheme is not offered"));
        }
        if self.recipients.is_empty() {
            return Err(Error::argument("an encrypted package needs a recipient"));
        }
        if self.recipients.len() > MAX_RECIPIENTS {
            return Err(too_many_recipients());
        }
        Ok(())
    }

    /// Elements in the schema's order.
    fn entry_xml(&self) -> Result<Vec<u8>> {
        let mut xml = XmlWriter::new("Encryptions", &[])?;
        xml.begin("EncryptInfo", &[("ID", ID)])?;
        let mut provider = vec![("Name", self.provider.name.as_str())];
        let version = self.provider.version.as_deref();
        provider.extend(version.map(|version| ("Version", version)));
        let company = self.provider.company.as_deref();
        provider.extend(company.map(|company| ("Company", company)));
        xml.empty("Provider", &provider)?;
        xml.leaf("EncryptScope", &[], "All")?;
        xml.leaf("EncryptDate", &[], &self.time.to_string())?;
        xml.leaf("DecryptSeedLoc", &[], KEY_FILE)?;
        xml.leaf("EntriesMapLoc", &[], MAP_FILE)?;
        Ok(xml.finish())
    }

    fn key_xml(&self) -> Result<Vec<u8>> {
        let attributes = [("ID", ID), ("EncryptCaseId", self.scheme.id())];
        let mut xml = XmlWriter::new("DecyptSeed", &attributes)?;
        for recipient in &self.recipients {
            let mut attributes = Vec::new();
            attributes.extend(recipient.name.as_deref().map(|name| ("UserName", name)));
            attributes.push(("UserType", if recipient.owner { "Owner" } else { "User" }));
            xml.begin("UserInfo", &attributes)?;
            if let Some(certificate) = &recipient.certificate {
                xml.leaf("UserCert", &[], &STANDARD.encode(certificate))?;
            }
            xml.leaf("EncryptedWK", &[], &STANDARD.encode(&recipient.wrapped_key))?;
            xml.leaf("IVValue", &[], &STANDARD.encode(recipient.initial_vector))?;
            xml.end();
        }
        xml.empty("ExtendParams", &[])?;
        Ok(xml.finish())
    }
}
