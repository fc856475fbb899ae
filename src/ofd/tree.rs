//! The displayed tree: every file a document is made of, by role, and what a verifier reads of it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use super::location::PackagePath;
use super::package::Package;
use super::resources;
use super::tags::{self, TagFile};
use super::xml::{Element, XmlFile};
use crate::error::{Error, Result};
use crate::finding::Finding;

/// Templates of one page that are searched for tagged objects: real pages use one.
const MAX_TEMPLATES: usize = 16;

/// Bytes of XML read for all documents of a package: some 10 000 full pages. A package may name
/// the same files in several documents and versions, each read anew.
pub(super) const MAX_XML_BYTES: usize = 512 << 20;

/// As what a document uses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Role {
    /// OFD.xml.
    EntryPoint,
    /// The picture of the cover.
    Cover,
    /// The description of a version.
    Version,
    /// Document.xml or a version's replacement of it.
    Document,
    /// A page's content.
    Page,
    /// A template page's content.
    Template,
    /// Resources of the whole document: fonts, colour spaces.
    PublicResources,
    /// Resources of the whole document: media, drawing parameters.
    DocumentResources,
    /// Resources of one page.
    PageResources,
    /// An embedded font.
    Font,
    /// A colour profile.
    ColorProfile,
    /// A picture, sound or film.
    Media,
    /// The list of annotated pages.
    Annotations,
    /// The annotations of one page.
    AnnotationPage,
    /// The list of attachments.
    Attachments,
    /// An attached file.
    Attachment,
    /// The list of custom tags.
    CustomTags,
    /// A file of custom tags.
    CustomTagFile,
    /// The schema of a file of custom tags.
    CustomTagSchema,
    /// The list of extensions.
    Extensions,
    /// Data of an extension.
    ExtensionData,
}

/// A file that is part of a document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReachedFile {
    /// The file.
    pub path: PackagePath,
    /// What for.
    pub role: Role,
    /// The file that names it.
    pub named_by: PackagePath,
    /// Whether the package has it.
    pub present: bool,
}

impl fmt::Debug for ReachedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An attachment's file name may name its holder.
        f.debug_struct("ReachedFile")
            .field("role", &self.role)
            .field("present", &self.present)
            .finish_non_exhaustive()
    }
}

/// A file that could not be read in its role, and why.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The file, or the one that names it.
    pub path: PackagePath,
    /// What is wrong.
    pub error: Error,
}

/// One way to see a document: what follows from one Document.xml.
#[derive(Debug)]
pub struct View {
    /// The Document.xml.
    pub root: PackagePath,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The template pages.
    pub templates: Vec<Page>,
    /// The attachments in order.
    pub attachments: Vec<Attachment>,
    /// The files of custom tags in order.
    pub tags: Vec<TagFile>,
}

impl View {
    /// Names that more than one attachment carries, each once.
    #[must_use]
    pub fn duplicate_attachment_names(&self) -> Vec<&str> {
        let mut counts = BTreeMap::<&str, usize>::new();
        for attachment in &self.attachments {
            *counts.entry(&attachment.name).or_default() += 1;
        }
        counts
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(name, _)| name)
            .collect()
    }
}

/// A page or template. `Debug` shows no text.
pub struct Page {
    /// The page's ID, as written.
    pub id: String,
    /// The content file.
    pub path: PackagePath,
    /// The IDs of the templates it uses.
    pub templates: Vec<String>,
    /// Visible text by object ID; `None` where two objects carry one ID.
    texts: HashMap<String, Option<String>>,
    order: Vec<String>,
}

impl Page {
    /// The text of a visible text object; `None` when the page has no such object, it is hidden,
    /// or two carry the ID.
    #[must_use]
    pub fn text_of(&self, object: &str) -> Option<&str> {
        self.texts.get(object)?.as_deref()
    }

    /// The texts of the visible text objects in drawing order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.order.iter().filter_map(|id| self.text_of(id))
    }

    /// Object IDs and their texts, `None` where two objects carry one ID.
    pub(super) fn objects(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.texts
            .iter()
            .map(|(id, text)| (id.as_str(), text.as_deref()))
    }

    fn read(id: &str, root: &Element<'_, '_>) -> Self {
        let mut page = Self {
            id: id.to_owned(),
            path: root.path().clone(),
            templates: root
                .all("Template")
                .filter_map(|template| template.attribute("TemplateID"))
                .take(MAX_TEMPLATES)
                .map(str::to_owned)
                .collect(),
            texts: HashMap::new(),
            order: Vec::new(),
        };
        for object in root
            .descendants()
            .filter(|element| element.name() == "TextObject")
        {
            let Some(id) = object.attribute("ID").filter(|_| is_visible(&object)) else {
                continue;
            };
            let text: String = object.all("TextCode").map(|code| code.raw_text()).collect();
            let twice = page.texts.insert(id.to_owned(), Some(text)).is_some();
            if twice {
                page.texts.insert(id.to_owned(), None);
            } else {
                page.order.push(id.to_owned());
            }
        }
        page
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("id", &self.id)
            .field("path", &self.path)
            .field("texts", &self.texts.len())
            .finish_non_exhaustive()
    }
}

pub(super) fn is_visible(object: &Element<'_, '_>) -> bool {
    let is_zero = |value: &str| value.trim().parse::<f64>() == Ok(0.0);
    let hidden = object
        .attribute("Visible")
        .is_some_and(|v| matches!(v.trim(), "false" | "0"));
    let clear = object.attribute("Alpha").is_some_and(is_zero);
    let flat = object.attribute("Size").is_some_and(is_zero);
    !(hidden || clear || flat)
}

/// An attached file. `Debug` shows no names.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The ID, as written.
    pub id: Option<String>,
    /// The name under which a viewer lists it.
    pub name: String,
    /// The format, as written.
    pub format: Option<String>,
    /// The usage, as written.
    pub usage: Option<String>,
    /// Whether a viewer lists it.
    pub visible: bool,
    /// The file.
    pub path: PackagePath,
    /// Whether the package has it.
    pub present: bool,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

/// Follows all locations of one document, each file read once a role.
pub(super) struct Walker<'p, 'a> {
    package: &'p Package<'a>,
    files: Vec<ReachedFile>,
    seen: HashSet<(PackagePath, Role)>,
    /// What was reached in the present view, so that a file named a million times is read once.
    visited: HashSet<(PackagePath, Role)>,
    faults: Vec<Fault>,
    findings: Vec<Finding>,
    /// Bytes of XML that may still be read.
    budget: &'p mut usize,
}

impl<'p, 'a> Walker<'p, 'a> {
    pub(super) fn new(package: &'p Package<'a>, budget: &'p mut usize) -> Self {
        Self {
            package,
            files: Vec::new(),
            seen: HashSet::new(),
            visited: HashSet::new(),
            faults: Vec::new(),
            findings: Vec::new(),
            budget,
        }
    }

    pub(super) fn finish(mut self, findings: &mut Vec<Finding>) -> (Vec<ReachedFile>, Vec<Fault>) {
        // A location style used throughout is one finding a file, not one a location.
        self.findings.sort_unstable();
        self.findings.dedup();
        findings.append(&mut self.findings);
        (self.files, self.faults)
    }

    /// Reads the description of a version and reaches its document.
    pub(super) fn version(&mut self, path: &PackagePath) -> Option<PackagePath> {
        let file = self.xml(path)?;
        let parsed = self.note(path, file.parse())?;
        let root = parsed.root("DocVersion", &mut self.findings);
        let root = self.note(path, root)?;
        let written = self.note(path, root.text_of("DocRoot"))??;
        self.reach(path, &written, Role::Document)
    }

    /// Follows everything in a Document.xml.
    pub(super) fn view(&mut self, path: &PackagePath) -> View {
        let mut view = View {
            root: path.clone(),
            pages: Vec::new(),
            templates: Vec::new(),
            attachments: Vec::new(),
            tags: Vec::new(),
        };
        self.visited.clear();
        if let Some(file) = self.xml(path) {
            let filled = self.fill(&file, &mut view);
            self.note(path, filled);
        }
        view
    }

    fn fill(&mut self, file: &XmlFile<'_>, view: &mut View) -> Result<()> {
        let parsed = file.parse()?;
        let root = parsed.root("Document", &mut self.findings)?;
        if let Some(common) = root.optional("CommonData")? {
            self.common_data(&common, view);
        }
        if let Some(pages) = root.optional("Pages")? {
            for page in pages.all("Page") {
                view.pages.extend(self.page(&page, Role::Page));
            }
        }
        self.annotations(&root)?;
        if let Some(written) = root.text_of("Attachments")? {
            view.attachments = self.attachments(root.path(), &written);
        }
        if let Some(written) = root.text_of("CustomTags")? {
            view.tags = self.custom_tags(root.path(), &written, view);
        }
        self.extensions(&root)
    }

    fn common_data(&mut self, common: &Element<'_, '_>, view: &mut View) {
        let kinds = [
            ("PublicRes", Role::PublicResources),
            ("DocumentRes", Role::DocumentResources),
        ];
        for (name, role) in kinds {
            for element in common.all(name) {
                resources::follow(self, element.path(), &element.text(), role);
            }
        }
        for template in common.all("TemplatePage") {
            view.templates.extend(self.page(&template, Role::Template));
        }
    }

    fn page(&mut self, element: &Element<'_, '_>, role: Role) -> Option<Page> {
        let from = element.path();
        let Some(written) = element.attribute("BaseLoc") else {
            self.fault(from, super::malformed("page_location"));
            return None;
        };
        let path = self.reach_once(from, written, role)?;
        let file = self.xml(&path)?;
        let parsed = self.note(&path, file.parse())?;
        let root = parsed.root("Page", &mut self.findings);
        let root = self.note(&path, root)?;
        for resource in root.all("PageRes") {
            resources::follow(self, &path, &resource.text(), Role::PageResources);
        }
        Some(Page::read(
            element.attribute("ID").unwrap_or_default(),
            &root,
        ))
    }

    fn annotations(&mut self, document: &Element<'_, '_>) -> Result<()> {
        let Some(written) = document.text_of("Annotations")? else {
            return Ok(());
        };
        let Some((path, file)) = self.list(document.path(), &written, Role::Annotations) else {
            return Ok(());
        };
        let Some(parsed) = self.note(&path, file.parse()) else {
            return Ok(());
        };
        for page in parsed.any_root().all("Page") {
            let location = page.text_of("FileLoc");
            if let Some(Some(written)) = self.note(&path, location) {
                self.reach(&path, &written, Role::AnnotationPage);
            }
        }
        Ok(())
    }

    fn attachments(&mut self, from: &PackagePath, written: &str) -> Vec<Attachment> {
        let Some((path, file)) = self.list(from, written, Role::Attachments) else {
            return Vec::new();
        };
        let Some(parsed) = self.note(&path, file.parse()) else {
            return Vec::new();
        };
        let root = parsed.any_root();
        root.all("Attachment")
            .filter_map(|element| self.attachment(&path, &element))
            .collect()
    }

    fn attachment(&mut self, from: &PackagePath, element: &Element<'_, '_>) -> Option<Attachment> {
        let location = element.text_of("FileLoc");
        let written = self.note(from, location)?;
        let Some(written) = written else {
            self.fault(from, super::malformed("attachment_location"));
            return None;
        };
        let target = self.package.resolve(from, &written, &mut self.findings);
        let target = self.note(from, target)?;
        self.record(&target.path, from, Role::Attachment, target.present);
        let owned = |name: &str| element.attribute(name).map(str::to_owned);
        Some(Attachment {
            id: owned("ID"),
            name: owned("Name").unwrap_or_default(),
            format: owned("Format"),
            usage: owned("Usage"),
            visible: element
                .attribute("Visible")
                .is_none_or(|visible| visible.trim() != "false"),
            path: target.path,
            present: target.present,
        })
    }

    fn custom_tags(&mut self, from: &PackagePath, written: &str, view: &View) -> Vec<TagFile> {
        let Some((path, file)) = self.list(from, written, Role::CustomTags) else {
            return Vec::new();
        };
        let Some(parsed) = self.note(&path, file.parse()) else {
            return Vec::new();
        };
        let mut files = Vec::new();
        let mut objects = tags::ObjectIndex::new(view);
        for element in parsed.any_root().all("CustomTag") {
            let schema = element.text_of("SchemaLoc");
            if let Some(Some(written)) = self.note(&path, schema) {
                self.reach(&path, &written, Role::CustomTagSchema);
            }
            let location = element.text_of("FileLoc");
            let Some(Some(written)) = self.note(&path, location) else {
                continue;
            };
            let Some(tag_path) = self.reach_once(&path, &written, Role::CustomTagFile) else {
                continue;
            };
            let Some(file) = self.xml(&tag_path) else {
                continue;
            };
            let read = tags::read(&file, &tag_path, &mut objects);
            files.extend(self.note(&tag_path, read));
        }
        files
    }

    fn extensions(&mut self, document: &Element<'_, '_>) -> Result<()> {
        let Some(written) = document.text_of("Extensions")? else {
            return Ok(());
        };
        let Some((path, file)) = self.list(document.path(), &written, Role::Extensions) else {
            return Ok(());
        };
        let Some(parsed) = self.note(&path, file.parse()) else {
            return Ok(());
        };
        for data in parsed
            .any_root()
            .descendants()
            .filter(|e| e.name() == "ExtendData")
        {
            self.reach(&path, &data.text(), Role::ExtensionData);
        }
        Ok(())
    }

    /// Reaches a file that lists others and reads it.
    fn list(
        &mut self,
        from: &PackagePath,
        written: &str,
        role: Role,
    ) -> Option<(PackagePath, XmlFile<'p>)> {
        let path = self.reach_once(from, written, role)?;
        let file = self.xml(&path)?;
        Some((path, file))
    }

    /// The present file that `written` means, recorded under its role.
    pub(super) fn reach(
        &mut self,
        from: &PackagePath,
        written: &str,
        role: Role,
    ) -> Option<PackagePath> {
        self.reach_in(from, from.directory(), written, role)
    }

    pub(super) fn reach_in(
        &mut self,
        from: &PackagePath,
        directory: &str,
        written: &str,
        role: Role,
    ) -> Option<PackagePath> {
        let target = self
            .package
            .resolve_in(from, directory, written, &mut self.findings);
        let target = self.note(from, target)?;
        self.record(&target.path, from, role, target.present);
        target.present.then_some(target.path)
    }

    /// As [`Walker::reach`], but `None` when this view reached the file in this role before.
    pub(super) fn reach_once(
        &mut self,
        from: &PackagePath,
        written: &str,
        role: Role,
    ) -> Option<PackagePath> {
        let path = self.reach(from, written, role)?;
        self.visited.insert((path.clone(), role)).then_some(path)
    }

    pub(super) fn record(
        &mut self,
        path: &PackagePath,
        from: &PackagePath,
        role: Role,
        present: bool,
    ) {
        if self.seen.insert((path.clone(), role)) {
            self.files.push(ReachedFile {
                path: path.clone(),
                role,
                named_by: from.clone(),
                present,
            });
        }
    }

    pub(super) fn xml(&mut self, path: &PackagePath) -> Option<XmlFile<'p>> {
        let Some(left) = self.budget.checked_sub(self.package.size_of(path)) else {
            self.fault(path, Error::limit("XML bytes of all documents", 512 << 20));
            return None;
        };
        *self.budget = left;
        let file = XmlFile::read(self.package, path);
        self.note(path, file)
    }

    pub(super) fn findings(&mut self) -> &mut Vec<Finding> {
        &mut self.findings
    }

    /// Takes the value, or notes the fault.
    pub(super) fn note<T>(&mut self, path: &PackagePath, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.fault(path, error)).ok()
    }

    fn fault(&mut self, path: &PackagePath, error: Error) {
        self.faults.push(Fault {
            path: path.clone(),
            error,
        });
    }
}
