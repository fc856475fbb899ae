//! The package: files by path, each read on demand.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::inflate::Inflaters;
use super::location::{Location, PackagePath};
use super::names::{self, Collisions};
use super::zip::{Archive, Entry, Method};
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Finding, FindingCode};

/// Bounds on what a package may ask of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole package. Default 256 MiB: large scanned dossiers stay below.
    pub file_bytes: u64,
    /// Entries, directories counted. Default 20 000: some ten files a page for 2000 pages.
    pub entries: usize,
    /// Sum of all entries when inflated, in bytes. Default 1 GiB.
    pub inflated_bytes: u64,
    /// Inflated bytes for one compressed byte, an entry. Default 200; XML reaches some 50.
    pub ratio: u64,
    /// Inflated bytes below which `ratio` is not asked. Default 1 MiB: blank bitmaps shrink a
    /// thousandfold.
    pub ratio_floor: u64,
    /// Bytes of one XML file. Default 32 MiB: pages of vector drawings reach 10 MiB.
    pub xml_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            entries: 20_000,
            inflated_bytes: 1 << 30,
            ratio: 200,
            ratio_floor: 1 << 20,
            xml_bytes: 32 << 20,
        }
    }
}

/// An OFD package over borrowed bytes. Nothing is inflated before it is asked for.
pub struct Package<'a> {
    entries: Vec<Entry<'a>>,
    files: BTreeMap<PackagePath, usize>,
    folded: HashMap<String, PackagePath>,
    findings: Vec<Finding>,
    limits: Limits,
    inflaters: Inflaters,
    kept: Kept,
}

/// Contents that were inflated before, by entry: a file is read to be shown, to be digested and to
/// be searched. Only so much is kept that a large package costs no second package in memory.
struct Kept {
    contents: Vec<OnceLock<Vec<u8>>>,
    bytes: AtomicUsize,
}

/// Bytes of inflated contents that are kept: all of an ordinary document, a tenth of the largest
/// dossiers.
const MAX_KEPT: usize = 16 << 20;

impl Kept {
    fn for_entries(count: usize) -> Self {
        Self {
            contents: (0..count).map(|_| OnceLock::new()).collect(),
            bytes: AtomicUsize::new(0),
        }
    }

    fn get(&self, index: usize) -> Option<&[u8]> {
        self.contents
            .get(index)
            .and_then(OnceLock::get)
            .map(Vec::as_slice)
    }

    /// Whether this entry is kept, or can be.
    fn has_room_for(&self, index: usize, size: usize) -> bool {
        let bytes = self.bytes.load(Ordering::Relaxed);
        self.get(index).is_some() || size <= MAX_KEPT.saturating_sub(bytes)
    }

    /// Keeps a content where there is room, else hands it back.
    fn keep(&self, index: usize, content: Vec<u8>) -> Cow<'_, [u8]> {
        let Some(place) = self.contents.get(index).filter(|_| self.takes(&content)) else {
            return Cow::Owned(content);
        };
        Cow::Borrowed(place.get_or_init(|| content))
    }

    /// Whether there is room. Two threads that inflate one entry at once count it twice, which
    /// only keeps less.
    fn takes(&self, content: &[u8]) -> bool {
        let room = |bytes: usize| Some(bytes + content.len()).filter(|sum| *sum <= MAX_KEPT);
        let order = Ordering::Relaxed;
        self.bytes.fetch_update(order, order, room).is_ok()
    }
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// `ambiguous` with a `cause` when two readers could see two documents; `malformed`;
    /// `unsupported` for encrypted, split or ZIP64 archives; `limit_exceeded`.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self> {
        let archive = Archive::open(bytes, limits)?;
        let mut findings = archive.findings;
        let mut files = BTreeMap::new();
        let mut collisions = Collisions::new();
        for (index, entry) in archive.entries.iter().enumerate() {
            let path = names::path_of(entry, &mut findings)?;
            if is_directory(entry) {
                if entry.size != 0 {
                    return Err(super::ambiguous("directory_with_content").with("entry", &path));
                }
                continue;
            }
            collisions.add(&path, entry)?;
            files.insert(path, index);
        }
        let folded = collisions.into_files()?;
        Ok(Self {
            kept: Kept::for_entries(archive.entries.len()),
            inflaters: Inflaters::default(),
            entries: archive.entries,
            files,
            folded,
            findings,
            limits: *limits,
        })
    }

    /// All files, in the order of their paths; directories are not listed.
    pub fn paths(&self) -> impl Iterator<Item = &PackagePath> {
        self.files.keys()
    }

    /// Whether the file is there, letter case observed.
    #[must_use]
    pub fn contains(&self, path: &PackagePath) -> bool {
        self.files.contains_key(path)
    }

    /// What was tolerated in the container.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The bytes of a file, inflated and checked.
    ///
    /// # Errors
    /// `missing` when there is no such file; `malformed` or `ambiguous` when its data do not
    /// inflate to the declared size and checksum.
    pub fn read(&self, path: &PackagePath) -> Result<Cow<'_, [u8]>> {
        let (index, entry) = self.existing(path)?;
        if let Some(content) = self.kept.get(index) {
            return Ok(Cow::Borrowed(content));
        }
        let content = self.inflaters.content(entry);
        Ok(match content.map_err(|error| error.with("entry", path))? {
            Cow::Owned(content) => self.kept.keep(index, content),
            stored => stored,
        })
    }

    /// The digest of a file's bytes. One too large to be kept is digested while it is inflated, and
    /// never held as a whole.
    ///
    /// # Errors
    /// As [`Package::read`].
    pub fn digest(&self, path: &PackagePath, algorithm: DigestAlgorithm) -> Result<Digest> {
        if let Some(content) = self.read_to_keep(path)? {
            return Ok(algorithm.digest(content));
        }
        let (_, entry) = self.existing(path)?;
        let mut hasher = algorithm.hasher();
        self.inflaters
            .in_pieces(entry, &mut |piece| hasher.update(piece))
            .map_err(|error| error.with("entry", path))?;
        Ok(hasher.finish())
    }

    /// A file's bytes where they stay in memory anyway: stored ones, and what there is room for.
    pub(crate) fn read_to_keep(&self, path: &PackagePath) -> Result<Option<&[u8]>> {
        let (index, entry) = self.existing(path)?;
        if entry.method == Method::Deflated && !self.kept.has_room_for(index, entry.size) {
            return Ok(None);
        }
        Ok(match self.read(path)? {
            Cow::Borrowed(content) => Some(content),
            // Another thread took the room.
            Cow::Owned(_) => None,
        })
    }

    fn existing(&self, path: &PackagePath) -> Result<(usize, &Entry<'a>)> {
        self.find(path).ok_or_else(|| {
            Error::new(ErrorKind::Missing, "the package has no such file").with("entry", path)
        })
    }

    /// The bytes of an XML file, within its own limit.
    pub(super) fn read_xml(&self, path: &PackagePath) -> Result<Cow<'_, [u8]>> {
        if self
            .entry(path)
            .is_some_and(|entry| entry.size > self.limits.xml_bytes)
        {
            let limit = u64::try_from(self.limits.xml_bytes).unwrap_or(u64::MAX);
            return Err(Error::limit("XML bytes", limit).with("entry", path));
        }
        self.read(path)
    }

    /// The bounds it was opened under.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Bytes of all entries as they stand, without their headers.
    pub(super) fn compressed_bytes(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| entry.compressed.len())
            .sum()
    }

    /// Inflated bytes of a file; 0 when it is absent.
    #[must_use]
    pub fn size_of(&self, path: &PackagePath) -> usize {
        self.entry(path).map_or(0, |entry| entry.size)
    }

    /// Whether nothing is named like `directory`, which ends in `/`, or inside it.
    pub(super) fn is_free(&self, directory: &str) -> bool {
        let directory = names::folded(directory);
        let as_file = directory.trim_end_matches('/');
        !self
            .folded
            .keys()
            .any(|path| path.starts_with(&directory) || path == as_file)
    }

    /// All entries as they stand, directories included.
    pub(super) fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    fn entry(&self, path: &PackagePath) -> Option<&Entry<'a>> {
        self.find(path).map(|(_, entry)| entry)
    }

    /// The entry of a file, and which it is among all.
    fn find(&self, path: &PackagePath) -> Option<(usize, &Entry<'a>)> {
        let index = *self.files.get(path)?;
        Some((index, self.entries.get(index)?))
    }

    /// The file that `written` means in the file `from`.
    pub(super) fn resolve(
        &self,
        from: &PackagePath,
        written: &str,
        findings: &mut Vec<Finding>,
    ) -> Result<Target> {
        self.resolve_in(from, from.directory(), written, findings)
    }

    /// As [`Package::resolve`], relative to another directory than the file's own.
    pub(super) fn resolve_in(
        &self,
        from: &PackagePath,
        directory: &str,
        written: &str,
        findings: &mut Vec<Finding>,
    ) -> Result<Target> {
        let location =
            Location::resolve(directory, written).map_err(|error| error.with("entry", from))?;
        if location.odd_style {
            findings.push(Finding::new(FindingCode::LocationStyle, from.as_str()));
        }
        if self.contains(&location.path) {
            return Ok(Target {
                path: location.path,
                present: true,
            });
        }
        if let Some(path) = self.same_but_for_case(&location.path) {
            findings.push(Finding::new(FindingCode::LocationStyle, from.as_str()));
            return Ok(Target {
                path,
                present: true,
            });
        }
        if let Some(path) = self.by_other_reading(from, &location, written) {
            findings.push(Finding::new(FindingCode::RelativeLocation, from.as_str()));
            return Ok(Target {
                path,
                present: true,
            });
        }
        Ok(Target {
            path: location.path,
            present: false,
        })
    }

    fn same_but_for_case(&self, path: &PackagePath) -> Option<PackagePath> {
        self.folded.get(&names::folded(path.as_str())).cloned()
    }

    /// Some writers give locations from another directory than the schema's; viewers look there
    /// when the right place is empty.
    fn by_other_reading(
        &self,
        from: &PackagePath,
        location: &Location,
        written: &str,
    ) -> Option<PackagePath> {
        if location.absolute {
            return None;
        }
        [from.directory(), "/"]
            .into_iter()
            .filter_map(|directory| Location::resolve(directory, written).ok())
            .map(|other| other.path)
            .find(|path| self.contains(path))
    }
}

impl fmt::Debug for Package<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // File names may name holders.
        f.debug_struct("Package")
            .field("files", &self.files.len())
            .finish_non_exhaustive()
    }
}

fn is_directory(entry: &Entry<'_>) -> bool {
    matches!(entry.name.last(), Some(b'/' | b'\\'))
}

/// Where a location leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) path: PackagePath,
    pub(super) present: bool,
}
