//! The list of all files of a package, which its own signature protects against additions
//! (GM/T 0099-2020 7.4). It lists names, not digests.

use std::collections::HashSet;

use super::location::PackagePath;
use super::malformed;
use super::package::Package;
use super::signatures;
use super::xml::XmlFile;
use crate::error::Result;
use crate::finding::Finding;

const INTEGRITY_FILE: &str = "OFDEntries.xml";

/// OFDEntries.xml.
#[derive(Clone)]
pub struct IntegrityFile {
    /// Where it stands.
    pub path: PackagePath,
    /// Its bytes, which the signature protects.
    pub bytes: Vec<u8>,
    /// The file with the signature, a GB/T 35275 message.
    pub signed_value: PackagePath,
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
        let signed_value = signatures::resolve(package, &path, &written, &mut findings)?.path;

        let mut files = Vec::new();
        for element in root.required("FileList")?.all("File") {
            let written = element
                .attribute("FileLoc")
                .ok_or_else(|| malformed("file_location").with("entry", &path))?;
            files.push(signatures::resolve(package, &path, written, &mut findings)?.path);
        }
        let bytes = file.bytes().to_vec();
        findings.sort_unstable();
        findings.dedup();
        Ok(Some(Self {
            path: path.clone(),
            bytes,
            signed_value,
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
