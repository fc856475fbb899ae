//! Adding a signature to a package: no byte that is or will be digested is written anew.
//!
//! OFD.xml and Signatures.xml are changed by splicing text at places found in them; all other
//! entries are copied with their compressed bytes. What the draft freezes is Signature.xml, whose
//! digest the caller signs; the signature's value then completes the package.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::document::{Body, Document};
use super::integrity::IntegrityFile;
use super::location::PackagePath;
use super::package::Package;
use super::signatures::{Area, Provider, SignatureFile, SignatureKind, SignatureList};
use super::write::{ArchiveWriter, XmlWriter, escape, write_number};
use super::xml::XmlFile;
use super::{malformed, names};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// Names tried for a new directory before giving up: more than the signatures a list may hold.
const MAX_NAME_TRIES: usize = 1000;

/// Whether others may sign after this signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The list of signatures stays open.
    Continue,
    /// The list of signatures is protected too: nothing can be added.
    Whole,
}

/// A place where a new signature shows its seal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StampPlace {
    /// The page, counted from 0.
    pub page: usize,
    /// Where on the page.
    pub boundary: Area,
    /// The visible part, relative to the boundary's origin; `None` for all of it.
    pub clip: Option<Area>,
}

/// What a new signature says. `Debug` does not show the seal.
#[derive(Clone)]
pub struct SignatureOptions {
    /// Seal or signature; `Unknown` is refused.
    pub kind: SignatureKind,
    /// The program that signs.
    pub provider: Provider,
    /// The signature's algorithm, an OID in dotted form.
    pub signature_method: String,
    /// The digest of the protected files, an OID in dotted form.
    pub check_method: String,
    /// The claimed time of signing, as text.
    pub date_time: String,
    /// Where the seal is shown; none for a signature.
    pub stamps: Vec<StampPlace>,
    /// The seal's file, needed for a seal.
    pub seal: Option<Vec<u8>>,
    /// The ID of an earlier signature to which this one is relative (OFD 2.0 `Relative`).
    pub relative: Option<String>,
    /// Whether others may sign afterwards.
    pub lock: Lock,
    /// The date of the package's new entries.
    pub modified: Time,
}

impl fmt::Debug for SignatureOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureOptions")
            .field("kind", &self.kind)
            .field("signature_method", &self.signature_method)
            .field("check_method", &self.check_method)
            .field("stamps", &self.stamps)
            .field("lock", &self.lock)
            .finish_non_exhaustive()
    }
}

/// A package that lacks only the signature's value.
#[derive(Clone)]
pub struct SignatureDraft {
    writer: ArchiveWriter,
    signature_path: PackagePath,
    signature_xml: Vec<u8>,
    value_path: PackagePath,
    covered: Vec<PackagePath>,
}

impl SignatureDraft {
    /// Lists and digests every file of the package and freezes Signature.xml.
    ///
    /// `digest` must be the function that `options.check_method` names.
    ///
    /// # Errors
    /// `document_locked` when an earlier signature protects the list of signatures, or the package
    /// has a closed list of its files (GM/T 0099); `missing` when the document names files that are
    /// not there; `unsupported` for several documents in one package; `invalid_argument` for a
    /// page that does not exist, a base signature that does not, a seal without its file or a
    /// signature with one; and what reading the package gives.
    pub fn prepare(
        package: &Package<'_>,
        options: &SignatureOptions,
        digest: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<Self> {
        Self::prepare_read(package, &Document::read(package)?, options, digest)
    }

    /// As [`SignatureDraft::prepare`], with the document already read from the package.
    pub(crate) fn prepare_read(
        package: &Package<'_>,
        document: &Document,
        options: &SignatureOptions,
        digest: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<Self> {
        options.check()?;
        let body = signable(package, document)?;
        let plan = Plan::new(package, &document.entry_point, body, options)?;

        let mut changed = plan.changed.clone();
        if let Some(seal) = &options.seal {
            changed.insert(plan.seal_path.clone(), seal.clone());
        }
        let references = digest_all(package, &changed, &plan, options.lock, digest)?;
        let signature_xml = plan.signature_xml(options, &references)?;

        let mut writer = ArchiveWriter::new(options.modified);
        copy_entries(package, &mut changed, &mut writer)?;
        for (path, content) in &changed {
            writer.add(path, content)?;
        }
        writer.add(&plan.signature_path, &signature_xml)?;
        Ok(Self {
            writer,
            signature_path: plan.signature_path,
            signature_xml,
            value_path: plan.value_path,
            covered: references.into_iter().map(|(path, _)| path).collect(),
        })
    }

    /// The bytes of Signature.xml. Their digest is the signed hash of a seal signature, and they
    /// are the content of a GB/T 35275 message.
    #[must_use]
    pub fn signature_xml(&self) -> &[u8] {
        &self.signature_xml
    }

    /// What a seal signature names as the protected range: the path of Signature.xml.
    #[must_use]
    pub fn property_info(&self) -> &str {
        self.signature_path.as_str()
    }

    /// The files that the signature protects by a digest, in the order of their paths.
    #[must_use]
    pub fn covered(&self) -> &[PackagePath] {
        &self.covered
    }

    /// Writes the package with the signature's value. The same input gives the same bytes.
    ///
    /// # Errors
    /// `invalid_argument` for an empty value; `limit_exceeded` beyond what ZIP holds.
    pub fn complete(mut self, signed_value: &[u8]) -> Result<Vec<u8>> {
        if signed_value.is_empty() {
            return Err(Error::argument("a signature's value must not be empty"));
        }
        self.writer.add(&self.value_path, signed_value)?;
        self.writer.finish()
    }
}

impl fmt::Debug for SignatureDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureDraft")
            .field("signature", &self.signature_path)
            .field("covered", &self.covered.len())
            .finish_non_exhaustive()
    }
}

impl SignatureOptions {
    fn check(&self) -> Result<()> {
        match (&self.kind, &self.seal) {
            (SignatureKind::Seal, Some(seal)) if !seal.is_empty() => Ok(()),
            (SignatureKind::Seal, _) => Err(Error::argument("a seal signature needs its seal")),
            (SignatureKind::Sign, None) if self.stamps.is_empty() => Ok(()),
            (SignatureKind::Sign, _) => {
                Err(Error::argument("a signature without a seal shows no stamp"))
            }
            (SignatureKind::Unknown(_), _) => {
                Err(Error::argument("a new signature is a seal or a signature"))
            }
        }
    }
}

/// The one document of the package, complete and readable.
fn signable<'d>(package: &Package<'_>, document: &'d Document) -> Result<&'d Body> {
    let [body] = document.bodies.as_slice() else {
        return Err(Error::unsupported(
            "packages with several documents are not signed",
        ));
    };
    if let Some(fault) = body.faults.first() {
        return Err(fault.error.clone());
    }
    if let Some(missing) = body.missing().next() {
        return Err(Error::new(
            ErrorKind::Missing,
            "the document names a file that is not there",
        )
        .with("entry", &missing.path));
    }
    if IntegrityFile::read(package)?.is_some() {
        return Err(Error::new(
            ErrorKind::DocumentLocked,
            "the package has a closed list of its files",
        ));
    }
    Ok(body)
}

/// Everything that is decided before files are digested.
struct Plan {
    list_path: PackagePath,
    signature_path: PackagePath,
    value_path: PackagePath,
    seal_path: PackagePath,
    stamps: Vec<PlannedStamp>,
    /// OFD.xml and Signatures.xml as they will be, where they change.
    changed: BTreeMap<PackagePath, Vec<u8>>,
}

struct PlannedStamp {
    id: String,
    page: String,
    boundary: String,
    clip: Option<String>,
}

impl Plan {
    fn new(
        package: &Package<'_>,
        entry_point: &PackagePath,
        body: &Body,
        options: &SignatureOptions,
    ) -> Result<Self> {
        let mut changed = BTreeMap::new();
        let list_path = match &body.signatures {
            Some(path) => path.clone(),
            None => {
                let path = new_list_path(package, body)?;
                let spliced = with_signatures_element(package, entry_point, &path)?;
                changed.insert(entry_point.clone(), spliced);
                path
            }
        };
        let existing = if package.contains(&list_path) {
            Some(SignatureList::read(package, &list_path)?)
        } else {
            None
        };
        refuse_locked(existing.as_ref(), &list_path)?;
        if let Some(base) = &options.relative {
            require_base(existing.as_ref(), base)?;
        }

        let directory = free_directory(package, list_path.directory(), "Sign_", 0)?;
        let mut ids = Ids::after(existing.as_ref());
        let id = ids.take();
        let stamps = plan_stamps(body, &options.stamps, &mut ids)?;
        let within = |name: &str| PackagePath::new(&format!("{directory}{name}"));
        let signature_path = within("Signature.xml")?;
        let entry = NewEntry {
            id: &id,
            kind: &options.kind,
            path: &signature_path,
            relative: options.relative.as_deref(),
        };
        let list = match existing {
            Some(_) => spliced_list(package, &list_path, &entry, &ids.last())?,
            None => new_list(&entry, &ids.last())?,
        };
        changed.insert(list_path.clone(), list);
        Ok(Self {
            value_path: within("SignedValue.dat")?,
            seal_path: within("Seal.esl")?,
            signature_path,
            list_path,
            stamps,
            changed,
        })
    }

    /// Elements in the schema's order.
    fn signature_xml(
        &self,
        options: &SignatureOptions,
        references: &[(PackagePath, Vec<u8>)],
    ) -> Result<Vec<u8>> {
        let mut xml = XmlWriter::new("Signature", &[])?;
        xml.begin("SignedInfo", &[])?;
        let provider = &options.provider;
        let mut attributes = vec![("ProviderName", provider.name.as_str())];
        attributes.extend(
            provider
                .version
                .as_deref()
                .map(|version| ("Version", version)),
        );
        attributes.extend(
            provider
                .company
                .as_deref()
                .map(|company| ("Company", company)),
        );
        xml.empty("Provider", &attributes)?;
        xml.leaf("SignatureMethod", &[], &options.signature_method)?;
        xml.leaf("SignatureDateTime", &[], &options.date_time)?;
        xml.begin("References", &[("CheckMethod", &options.check_method)])?;
        for (path, value) in references {
            xml.begin("Reference", &[("FileRef", path.as_str())])?;
            xml.leaf("CheckValue", &[], &STANDARD.encode(value))?;
            xml.end();
        }
        xml.end();
        for stamp in &self.stamps {
            let mut attributes = vec![
                ("ID", stamp.id.as_str()),
                ("PageRef", &stamp.page),
                ("Boundary", &stamp.boundary),
            ];
            attributes.extend(stamp.clip.as_deref().map(|clip| ("Clip", clip)));
            xml.empty("StampAnnot", &attributes)?;
        }
        if options.seal.is_some() {
            xml.begin("Seal", &[])?;
            xml.leaf("BaseLoc", &[], self.seal_path.as_str())?;
            xml.end();
        }
        xml.end();
        xml.leaf("SignedValue", &[], self.value_path.as_str())?;
        Ok(xml.finish())
    }
}

fn refuse_locked(list: Option<&SignatureList>, list_path: &PackagePath) -> Result<()> {
    for entry in list.into_iter().flat_map(|list| &list.entries) {
        let file: &SignatureFile = entry.file.as_ref().map_err(Clone::clone)?;
        if file.lists(list_path) {
            return Err(Error::new(
                ErrorKind::DocumentLocked,
                "an earlier signature protects the list of signatures",
            )
            .with("signature", &file.path));
        }
    }
    Ok(())
}

/// The signature that a new one is relative to is in the list, once.
fn require_base(list: Option<&SignatureList>, base: &str) -> Result<()> {
    let entries = list.into_iter().flat_map(|list| &list.entries);
    if entries.filter(|entry| entry.id == base).count() != 1 {
        return Err(Error::argument(
            "the document has no one signature with the ID to be relative to",
        ));
    }
    Ok(())
}

/// Digests of all files as they will be, in the order of their paths.
fn digest_all(
    package: &Package<'_>,
    changed: &BTreeMap<PackagePath, Vec<u8>>,
    plan: &Plan,
    lock: Lock,
    digest: &dyn Fn(&[u8]) -> Vec<u8>,
) -> Result<Vec<(PackagePath, Vec<u8>)>> {
    let mut references = BTreeMap::new();
    for path in package.paths().filter(|path| !changed.contains_key(path)) {
        references.insert(path.clone(), digest(&package.read(path)?));
    }
    for (path, content) in changed {
        references.insert(path.clone(), digest(content));
    }
    if lock == Lock::Continue {
        references.remove(&plan.list_path);
    }
    Ok(references.into_iter().collect())
}

/// Copies the package, putting changed files in place of the old ones; what stays in `changed` is
/// new.
fn copy_entries(
    package: &Package<'_>,
    changed: &mut BTreeMap<PackagePath, Vec<u8>>,
    writer: &mut ArchiveWriter,
) -> Result<()> {
    for entry in package.entries() {
        let path = names::path_of(entry, &mut Vec::new())?;
        match changed.remove(&path) {
            Some(content) => writer.add(&path, &content)?,
            None => writer.copy(entry)?,
        }
    }
    Ok(())
}

/// `Signs/Signatures.xml` beside the document.
fn new_list_path(package: &Package<'_>, body: &Body) -> Result<PackagePath> {
    let view = body.displayed().ok_or_else(|| malformed("no_document"))?;
    let beside = view.root.directory();
    let plain = format!("{beside}Signs/");
    let directory = if package.is_free(&plain) {
        plain
    } else {
        free_directory(package, beside, "Signs_", 1)?
    };
    PackagePath::new(&format!("{directory}Signatures.xml"))
}

fn free_directory(package: &Package<'_>, inside: &str, name: &str, first: usize) -> Result<String> {
    (first..first + MAX_NAME_TRIES)
        .map(|number| format!("{inside}{name}{number}/"))
        .find(|directory| package.is_free(directory))
        .ok_or_else(|| Error::limit("directories of signatures", 1000))
}

/// OFD.xml naming the list of signatures, last in its only `DocBody`.
fn with_signatures_element(
    package: &Package<'_>,
    entry_point: &PackagePath,
    list: &PackagePath,
) -> Result<Vec<u8>> {
    let file = XmlFile::read(package, entry_point)?;
    let parsed = file.parse()?;
    let body = parsed.any_root().required("DocBody")?;
    if body.optional("Signatures")?.is_some() {
        return Err(malformed("signatures_location").with("entry", entry_point));
    }
    let insertion = file.insertion(body.range()).ok_or_else(no_place)?;
    let prefix = &insertion.prefix;
    let mut text = format!("<{prefix}Signatures>");
    escape(list.as_str(), &mut text)?;
    text.push_str(&format!("</{prefix}Signatures>"));
    file.spliced(&[insertion.at_end(&text)])
}

/// A line of Signatures.xml.
struct NewEntry<'a> {
    id: &'a str,
    kind: &'a SignatureKind,
    path: &'a PackagePath,
    relative: Option<&'a str>,
}

impl NewEntry<'_> {
    fn attributes(&self) -> Vec<(&'static str, &str)> {
        let kind = if *self.kind == SignatureKind::Sign {
            "Sign"
        } else {
            "Seal"
        };
        let mut attributes = vec![
            ("ID", self.id),
            ("Type", kind),
            ("BaseLoc", self.path.as_str()),
        ];
        attributes.extend(self.relative.map(|base| ("Relative", base)));
        attributes
    }

    /// The element with the prefix of the list it is put into.
    fn element(&self, prefix: &str) -> Result<String> {
        let mut text = format!("<{prefix}Signature");
        for (name, value) in self.attributes() {
            text.push_str(&format!(" {name}=\""));
            escape(value, &mut text)?;
            text.push('"');
        }
        text.push_str("/>");
        Ok(text)
    }
}

fn new_list(entry: &NewEntry<'_>, max_id: &str) -> Result<Vec<u8>> {
    let mut xml = XmlWriter::new("Signatures", &[])?;
    xml.leaf("MaxSignId", &[], max_id)?;
    xml.empty("Signature", &entry.attributes())?;
    Ok(xml.finish())
}

fn spliced_list(
    package: &Package<'_>,
    path: &PackagePath,
    entry: &NewEntry<'_>,
    max_id: &str,
) -> Result<Vec<u8>> {
    let file = XmlFile::read(package, path)?;
    let parsed = file.parse()?;
    let root = parsed.any_root();
    let insertion = file.insertion(root.range()).ok_or_else(no_place)?;
    let prefix = &insertion.prefix;
    let max_id = format!("<{prefix}MaxSignId>{max_id}</{prefix}MaxSignId>");
    let element = entry.element(prefix)?;
    if insertion.opened.is_some() {
        return file.spliced(&[insertion.at_end(&format!("{max_id}{element}"))]);
    }
    let old_max: Option<Range<usize>> = root.optional("MaxSignId")?.map(|old| old.range());
    let first = (old_max.unwrap_or_else(|| insertion.first.clone()), max_id);
    file.spliced(&[first, insertion.at_end(&element)])
}

fn no_place() -> Error {
    Error::new(ErrorKind::Internal, "no place was found for a new element")
}

/// Numbers the signature and its stamps after all that the list has given.
struct Ids {
    last: u64,
}

impl Ids {
    fn after(list: Option<&SignatureList>) -> Self {
        let mut last = 0;
        let mut count = |id: &str| last = last.max(number_in(id));
        if let Some(list) = list {
            list.max_id.as_deref().map(&mut count);
            for entry in &list.entries {
                count(&entry.id);
                let stamps = entry.file.iter().flat_map(|file| &file.stamps);
                stamps
                    .filter_map(|stamp| stamp.id.as_deref())
                    .for_each(&mut count);
            }
        }
        Self { last }
    }

    fn take(&mut self) -> String {
        self.last = self.last.saturating_add(1);
        self.last()
    }

    fn last(&self) -> String {
        format!("s{:03}", self.last)
    }
}

/// The digits at the end of an ID.
fn number_in(id: &str) -> u64 {
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().unwrap_or(0)
}

fn plan_stamps(body: &Body, stamps: &[StampPlace], ids: &mut Ids) -> Result<Vec<PlannedStamp>> {
    let pages = body
        .displayed()
        .map(|view| view.pages.as_slice())
        .unwrap_or_default();
    let plan = |stamp: &StampPlace| {
        let page = pages
            .get(stamp.page)
            .ok_or_else(|| Error::argument("the stamp's page does not exist"))?;
        Ok(PlannedStamp {
            id: ids.take(),
            page: page.id.clone(),
            boundary: write_area(&stamp.boundary)?,
            clip: stamp.clip.as_ref().map(write_area).transpose()?,
        })
    };
    stamps.iter().map(plan).collect()
}

fn write_area(area: &Area) -> Result<String> {
    if !(area.width > 0.0 && area.height > 0.0) {
        return Err(Error::argument("a stamp must have a width and a height"));
    }
    let numbers = [area.x, area.y, area.width, area.height];
    let written: Result<Vec<_>> = numbers.into_iter().map(write_number).collect();
    Ok(written?.join(" "))
}
