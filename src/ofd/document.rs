//! OFD.xml: the documents of a package and what describes them.

use std::fmt;

use super::location::PackagePath;
use super::package::Package;
use super::tree::{Fault, MAX_XML_BYTES, ReachedFile, Role, View, Walker};
use super::xml::{Element, XmlFile};
use super::{ambiguous, malformed};
use crate::error::{Error, Result};
use crate::finding::Finding;

/// Documents in one package: real ones hold one; each is read as a whole.
const MAX_BODIES: usize = 64;
/// Versions listed for one document.
const MAX_VERSIONS: usize = 1000;

const ENTRY_POINT: &str = "OFD.xml";

/// What a package displays (GB/T 33190-2016): all its documents.
#[derive(Debug)]
pub struct Document {
    /// The version of the format, as written in OFD.xml.
    pub version: Option<String>,
    /// The path of OFD.xml.
    pub entry_point: PackagePath,
    /// Every `DocBody`, in order. Viewers show the first or all.
    pub bodies: Vec<Body>,
    /// What was tolerated.
    pub findings: Vec<Finding>,
}

/// One document of a package.
#[derive(Debug)]
pub struct Body {
    /// What the document says of itself.
    pub info: DocumentInfo,
    /// What readers may show: the version marked as current, where there is one, then what
    /// `DocRoot` names. With several, all must be judged.
    pub views: Vec<View>,
    /// The list of signatures, where one is named. It may be absent from the package.
    pub signatures: Option<PackagePath>,
    /// Every file that is part of the document, with its role; a file has an element for each of
    /// its roles. Signatures are not among them.
    pub files: Vec<ReachedFile>,
    /// Files that could not be read in their role.
    pub faults: Vec<Fault>,
}

/// `DocInfo`: claims of the document about itself. `Debug` shows none of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DocumentInfo {
    /// 32 hexadecimal digits by the schema.
    pub id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The program that made the file.
    pub creator: Option<String>,
    /// The date of making, as written.
    pub creation_date: Option<String>,
    /// Named values, in order; names may repeat.
    pub custom_data: Vec<CustomData>,
}

impl fmt::Debug for DocumentInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentInfo")
            .field("custom_data", &self.custom_data.len())
            .finish_non_exhaustive()
    }
}

/// A named value of `CustomDatas`. `Debug` shows the name only.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomData {
    /// The name, such as `ZZBS`.
    pub name: String,
    /// The value, white space at both ends cut.
    pub value: String,
}

impl fmt::Debug for CustomData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomData")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Document {
    /// Reads OFD.xml and every file it leads to. What is wrong with a file further down is a
    /// [`Fault`] of its body, so that the rest can still be judged.
    ///
    /// # Errors
    /// When OFD.xml itself is missing, malformed or ambiguous.
    pub fn read(package: &Package<'_>) -> Result<Self> {
        let mut findings = Vec::new();
        let root = PackagePath::new(ENTRY_POINT)?;
        let target = package.resolve(&root, ENTRY_POINT, &mut findings)?;
        let file = XmlFile::read(package, &target.path)?;
        let parsed = file.parse()?;
        let root = parsed.root("OFD", &mut findings)?;

        let mut budget = MAX_XML_BYTES;
        let mut bodies = Vec::new();
        for element in root.all("DocBody") {
            if bodies.len() == MAX_BODIES {
                return Err(Error::limit("documents in a package", 64));
            }
            bodies.push(Body::read(package, element, &mut budget, &mut findings)?);
        }
        if bodies.is_empty() {
            return Err(malformed("no_document"));
        }
        Ok(Self {
            version: root.attribute("Version").map(str::to_owned),
            entry_point: target.path,
            bodies,
            findings,
        })
    }
}

impl Body {
    fn read(
        package: &Package<'_>,
        element: Element<'_, '_>,
        budget: &mut usize,
        findings: &mut Vec<Finding>,
    ) -> Result<Self> {
        let mut walker = Walker::new(package, budget);
        walker.record(element.path(), element.path(), Role::EntryPoint, true);
        let info = DocumentInfo::read(&element, &mut walker)?;

        let mut views = Vec::new();
        if let Some(root) = current_version(&element, &mut walker)? {
            views.push(walker.view(&root));
        }
        if let Some(written) = element.text_of("DocRoot")? {
            let root = walker.reach(element.path(), &written, Role::Document);
            let shown = |root: &PackagePath| views.iter().any(|view: &View| view.root == *root);
            if let Some(root) = root.filter(|root| !shown(root)) {
                views.push(walker.view(&root));
            }
        }
        let signatures = match element.text_of("Signatures")? {
            Some(written) => Some(package.resolve(element.path(), &written, findings)?.path),
            None => None,
        };
        let (files, faults) = walker.finish(findings);
        Ok(Self {
            info,
            views,
            signatures,
            files,
            faults,
        })
    }

    /// The view that a reader who knows versions shows.
    #[must_use]
    pub fn displayed(&self) -> Option<&View> {
        self.views.first()
    }

    /// Files that the document names and the package lacks.
    pub fn missing(&self) -> impl Iterator<Item = &ReachedFile> {
        self.files.iter().filter(|file| !file.present)
    }
}

impl DocumentInfo {
    fn read(body: &Element<'_, '_>, walker: &mut Walker<'_, '_>) -> Result<Self> {
        let Some(info) = body.optional("DocInfo")? else {
            return Ok(Self::default());
        };
        if let Some(cover) = info.text_of("Cover")? {
            walker.reach(body.path(), &cover, Role::Cover);
        }
        Ok(Self {
            id: info.text_of("DocID")?,
            title: info.text_of("Title")?,
            author: info.text_of("Author")?,
            creator: info.text_of("Creator")?,
            creation_date: info.text_of("CreationDate")?,
            custom_data: custom_data(&info),
        })
    }
}

/// `CustomDatas` below `element`, also under the name that one family of systems writes.
pub(super) fn custom_data(element: &Element<'_, '_>) -> Vec<CustomData> {
    let is_list = |name: &str| matches!(name, "CustomDatas" | "CuslomDatas");
    let is_item = |name: &str| matches!(name, "CustomData" | "CuslomData");
    element
        .descendants()
        .filter(|list| is_list(list.name()))
        .flat_map(|list| list.children())
        .filter(|item| is_item(item.name()))
        .filter_map(|item| {
            let name = item
                .attribute("Name")
                .or_else(|| item.attribute("name"))?
                .to_owned();
            Some(CustomData {
                name,
                value: item.text(),
            })
        })
        .collect()
}

/// The document root of the version marked as current, else of the highest index.
fn current_version(
    body: &Element<'_, '_>,
    walker: &mut Walker<'_, '_>,
) -> Result<Option<PackagePath>> {
    let Some(versions) = body.optional("Versions")? else {
        return Ok(None);
    };
    let versions: Vec<_> = versions.all("Version").collect();
    if versions.len() > MAX_VERSIONS {
        return Err(Error::limit("versions of a document", 1000));
    }
    let marked: Vec<_> = versions
        .iter()
        .filter(|version| is_true(version.attribute("Current")))
        .collect();
    if marked.len() > 1 {
        return Err(ambiguous("two_current_versions"));
    }
    let index = |version: &&Element<'_, '_>| {
        version
            .attribute("Index")
            .and_then(|index| index.trim().parse::<u64>().ok())
    };
    let Some(current) = marked
        .first()
        .copied()
        .or_else(|| versions.iter().max_by_key(index))
    else {
        return Ok(None);
    };
    let written = current
        .attribute("BaseLoc")
        .ok_or_else(|| malformed("version_location"))?;
    Ok(walker
        .reach(body.path(), written, Role::Version)
        .and_then(|path| walker.version(&path)))
}

pub(super) fn is_true(value: Option<&str>) -> bool {
    value.is_some_and(|value| matches!(value.trim(), "true" | "1"))
}
