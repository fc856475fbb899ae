//! The plain package behind an encrypted one.

use std::collections::{HashMap, HashSet};
use std::fmt;

use zeroize::Zeroizing;

use super::super::integrity::IntegrityFile;
use super::super::location::PackagePath;
use super::super::names;
use super::super::package::{Limits, Package};
use super::super::write::ArchiveWriter;
use super::super::xml::XmlFile;
use super::super::{ambiguous, malformed};
use super::read::{Encryption, note_id};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Finding;
use crate::time::Time;

/// A package as it was before it was encrypted. `Debug` does not show it.
pub struct Decrypted {
    /// The package. Files that were encrypted are stored, the others are as they were.
    pub bytes: Vec<u8>,
    /// The package's list of files was made over the encrypted package: it speaks of that one and
    /// is left out here.
    pub list_left_out: bool,
    /// What was tolerated in the map of files.
    pub findings: Vec<Finding>,
}

/// What the file key makes of a file; `None` when that cannot be.
pub type Decrypt<'a> = dyn Fn(&[u8]) -> Option<Zeroizing<Vec<u8>>> + 'a;

/// A file's plain path by its encrypted one.
type Map = HashMap<PackagePath, PackagePath>;

impl Encryption {
    /// Puts the plain package together. `decrypt` gives what the file key makes of a file, or
    /// `None`.
    ///
    /// # Errors
    /// `malformed`, without saying more, when `decrypt` gives `None`; `ambiguous` when a decrypted
    /// file would take the place of another, which readers that do not decrypt would show;
    /// `missing` for an encrypted file that is not there; `unsupported` for files under keys of
    /// their own; `limit_exceeded`; and what reading the plain package gives.
    pub fn decrypt(&self, package: &Package<'_>, decrypt: &Decrypt<'_>) -> Result<Decrypted> {
        let mut findings = Vec::new();
        let map = self.read_map(package, decrypt, &mut findings)?;
        let list =
            IntegrityFile::read(package)?.filter(|list| list.files.contains(&self.entry_file));
        let mut dropped = HashSet::from([&self.entry_file, &self.key_file, &self.map_file]);
        if let Some(list) = &list {
            dropped.extend([&list.path, &list.signed_value]);
        }

        // Nothing tells when; the first date that ZIP can write stands for that.
        let mut writer =
            ArchiveWriter::new(Time::from_unix(0)?).reserve(package.compressed_bytes());
        let mut room = package.limits().file_bytes;
        for entry in package.entries() {
            let path = names::path_of(entry, &mut Vec::new())?;
            if let Some(plain) = map.get(&path) {
                let content = decrypt(&package.read(&path)?).ok_or_else(not_decrypted)?;
                room = u64::try_from(content.len())
                    .ok()
                    .and_then(|length| room.checked_sub(length))
                    .ok_or_else(|| Error::limit("package bytes", package.limits().file_bytes))?;
                writer.store(plain, &content)?;
            } else if !dropped.contains(&path) {
                writer.copy(entry)?;
            }
        }
        let bytes = writer.finish()?;
        // Two files of one path, or of paths that readers could take for one, are refused here.
        Package::open(&bytes, package.limits())?;
        Ok(Decrypted {
            bytes,
            list_left_out: list.is_some(),
            findings,
        })
    }

    /// The map of files, decrypted unless it was left in the clear.
    fn read_map(
        &self,
        package: &Package<'_>,
        decrypt: &Decrypt<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<Map> {
        let written = package.read_xml(&self.map_file)?;
        let plain = match decrypt(&written) {
            Some(plain) => plain.to_vec(),
            None if written.starts_with(b"<") => written.to_vec(),
            None => return Err(not_decrypted()),
        };
        let file = XmlFile::new(&self.map_file, plain).map_err(|_| not_decrypted())?;
        let parsed = file.parse().map_err(|_| not_decrypted())?;
        let root = parsed.root("EncryptEntries", findings)?;
        note_id(&root, &self.id, findings);

        let broken = |cause| malformed(cause).with("entry", &self.map_file);
        let mut map = Map::new();
        for entry in root.all("EncryptEntry") {
            if entry.attribute("DecryptSeedLoc").is_some() {
                return Err(Error::unsupported(
                    "files encrypted under keys of their own are not opened",
                ));
            }
            let attribute = |name| {
                entry
                    .attribute(name)
                    .ok_or_else(|| broken("encrypted_path"))
            };
            let plain = PackagePath::new(attribute("Path")?)?;
            let target = package.resolve(&self.map_file, attribute("EPath")?, findings)?;
            if !target.present {
                return Err(
                    Error::new(ErrorKind::Missing, "the package has no such file")
                        .with("entry", &target.path),
                );
            }
            let meta = [&self.entry_file, &self.key_file, &self.map_file];
            if meta.contains(&&target.path) || map.insert(target.path, plain).is_some() {
                return Err(ambiguous("encrypted_path").with("entry", &self.map_file));
            }
        }
        if map.is_empty() {
            return Err(broken("encrypted_path"));
        }
        Ok(map)
    }
}

impl Decrypted {
    /// The plain package, its files deflated where that is shorter, as it is kept or passed on.
    ///
    /// # Errors
    /// `limit_exceeded` beyond what ZIP holds.
    pub fn packed(&self) -> Result<Vec<u8>> {
        let package = Package::open(&self.bytes, &Limits::default())?;
        let mut writer = ArchiveWriter::new(Time::from_unix(0)?);
        for path in package.paths() {
            writer.add(path, &package.read(path)?)?;
        }
        writer.finish()
    }
}

/// One answer for all that goes wrong: what differs would tell who tries keys or alters
/// ciphertexts which of them came closer.
fn not_decrypted() -> Error {
    Error::malformed("what is encrypted cannot be decrypted")
}

impl fmt::Debug for Decrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decrypted")
            .field("size", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
