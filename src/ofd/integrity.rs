//! The list of all files of a package, which its own signature protects against additions
//! (GM/T 0099-2020 7.4). It lists names, not digests.

use std::collections::HashSet;

use super::document::Document;
use super::encryption::Encryption;
use super::location::PackagePath;
use super::malformed;
use super::package::Package;
use super::signatures::{self, Provider};
use super::write::{ArchiveWriter, XmlWriter};
use super::xml::XmlFile;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};
use crate::time::{Time, Written, parse_iso};

const INTEGRITY_FILE: &str = "OFDEntries.xml";

/// Names tried for the signature's file before giving up: the first is taken in a package that
/// had a list before, and no other writer numbers them.
const MAX_NAME_TRIES: usize = 100;

/// OFDEntries.xml.
#[derive(Clone)]
pub struct IntegrityFile {
    /// Where it stands.
    pub path: PackagePath,
    /// Its bytes, which the signature protects.
    pub bytes: Vec<u8>,
    /// The file with the signature, a GB/T 35275 message.
    pub signed_value: PackagePath,
    /// The day it says it was made on, as its first second in China.
    pub created: Option<Time>,
    /// The files that belong to the package.
    pub files: Vec<PackagePath>,
    /// What was tolerated in this file.
    pub findings: Vec<Finding>,
}

impl IntegrityFile {
    /// Reads the list; `None` when the package has none.
    ///
    /// # Errors
    /// When it is malformed or ambiguous.
    pub fn read(package: &Package<'_>) -> Result<Option<Self>> {
        let mut findings = Vec::new();
        let root = PackagePath::new(INTEGRITY_FILE)?;
        let target = package.resolve(&root, INTEGRITY_FILE, &mut findings)?;
        if !target.present {
            return Ok(None);
        }
        let path = target.path;
        let file = XmlFile::read(package, &path)?;
        let parsed = file.parse()?;
        let root = parsed.root("DocEntries", &mut findings)?;
        let written = root
            .text_of("SignedValueLoc")?
            .ok_or_else(|| malformed("signed_value_location").with("entry", &path))?;
        let created = root.attribute("CreationDate").and_then(parse_iso);
        let signed_value = signatures::resolve(package, &path, &written, &mut findings)?.path;

        let mut files = Vec::new();
        for element in root.required("FileList")?.all("File") {
            let written = element
                .attribute("FileLoc")
                .ok_or_else(|| malformed("file_location").with("entry", &path))?;
            files.push(signatures::resolve(package, &path, written, &mut findings)?.path);
        }
        let bytes = file.bytes().to_vec();
        let mut seen = HashSet::new();
        if !files.iter().all(|listed| seen.insert(listed)) {
            findings.push(Finding::new(FindingCode::ListedTwice, path.as_str()));
        }
        findings.sort_unstable();
        findings.dedup();
        Ok(Some(Self {
            path: path.clone(),
            bytes,
            signed_value,
            created: created.map(Written::as_china),
            files,
            findings,
        }))
    }

    /// Files of the package that the list does not name, other than itself and its signature.
    #[must_use]
    pub fn unlisted(&self, package: &Package<'_>) -> Vec<PackagePath> {
        let listed: HashSet<_> = self.files.iter().collect();
        package
            .paths()
            .filter(|path| !listed.contains(path) && **path != self.path)
            .filter(|path| **path != self.signed_value)
            .cloned()
            .collect()
    }

    /// Listed files that the package lacks.
    #[must_use]
    pub fn missing(&self, package: &Package<'_>) -> Vec<PackagePath> {
        self.files
            .iter()
            .filter(|path| !package.contains(path))
            .cloned()
            .collect()
    }
}

impl std::fmt::Debug for IntegrityFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IntegrityFile")
            .field("files", &self.files.len())
            .finish_non_exhaustive()
    }
}

/// A package with a list of its files that lacks only the list's signature.
#[derive(Clone)]
pub struct IntegrityDraft {
    writer: ArchiveWriter,
    list: Vec<u8>,
    value_path: PackagePath,
}

impl IntegrityDraft {
    /// Lists every file of the package. All of them are copied as they are, compressed bytes
    /// included, so no signature on the document is touched.
    ///
    /// # Errors
    /// `document_locked` when the package has such a list already; and what reading the document
    /// gives.
    pub fn prepare(package: &Package<'_>, creator: &Provider, time: Time) -> Result<Self> {
        if IntegrityFile::read(package)?.is_some() {
            return Err(Error::new(
                ErrorKind::DocumentLocked,
                "the package has a closed list of its files",
            ));
        }
        // An encrypted package shows no document, and may be listed as it is.
        if Encryption::read(package)?.is_none() {
            Document::read(package)?;
        }
        let value_path = free_value_path(package)?;
        let list = list_xml(package, &value_path, creator, time)?;
        let mut writer = ArchiveWriter::new(time).reserve(package.compressed_bytes());
        for entry in package.entries() {
            writer.copy(entry)?;
        }
        writer.add(&PackagePath::new(INTEGRITY_FILE)?, &list)?;
        Ok(Self {
            writer,
            list,
            value_path,
        })
    }

    /// The bytes of OFDEntries.xml, the content that is signed.
    #[must_use]
    pub fn list(&self) -> &[u8] {
        &self.list
    }

    /// Writes the package with the list's signature. The same input gives the same bytes.
    ///
    /// # Errors
    /// `invalid_argument` for an empty signature; `limit_exceeded` beyond what ZIP holds.
    pub fn complete(mut self, signed_value: &[u8]) -> Result<Vec<u8>> {
        if signed_value.is_empty() {
            return Err(Error::argument("a signature's value must not be empty"));
        }
        self.writer.store(&self.value_path, signed_value)?;
        self.writer.finish()
    }
}

impl std::fmt::Debug for IntegrityDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IntegrityDraft")
            .field("list", &self.list.len())
            .finish_non_exhaustive()
    }
}

fn free_value_path(package: &Package<'_>) -> Result<PackagePath> {
    let name = |number| match number {
        0 => "/signedvalue.dat".to_owned(),
        _ => format!("/signedvalue_{number}.dat"),
    };
    (0..MAX_NAME_TRIES)
        .map(name)
        .find(|path| package.is_free(&format!("{path}/")))
        .ok_or_else(|| Error::limit("names of signature files", 100))
        .and_then(|path| PackagePath::new(&path))
}

/// Elements in the schema's order; the list's own identifier is the first.
fn list_xml(
    package: &Package<'_>,
    value_path: &PackagePath,
    creator: &Provider,
    time: Time,
) -> Result<Vec<u8>> {
    let (year, month, day) = time.china_date();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let mut attributes = vec![("ID", "1"), ("CreatorName", creator.name.as_str())];
    let version = creator.version.as_deref();
    attributes.extend(version.map(|version| ("Version", version)));
    attributes.push(("CreationDate", &date));
    let mut xml = XmlWriter::new("DocEntries", &attributes)?;
    xml.leaf("SignedValueLoc", &[], value_path.as_str())?;
    xml.begin("FileList", &[])?;
    for (number, path) in package.paths().enumerate() {
        let id = (number + 2).to_string();
        xml.empty("File", &[("ID", &id), ("FileLoc", path.as_str())])?;
    }
    Ok(xml.finish())
}
