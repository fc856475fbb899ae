//! A new document: pages, fonts, data and attachments in one package (GB/T 33190-2016).

use std::fmt;

use super::super::location::PackagePath;
use super::archive::ArchiveWriter;
use super::page::{Image, PageContent, Resources, TaggedObject, take_id};
use super::xml::{XmlWriter, is_name};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A font that pages use.
#[derive(Clone, PartialEq, Eq)]
pub struct FontFace {
    /// The name by which viewers look for it, such as 宋体.
    pub name: String,
    /// The family, such as SimSun.
    pub family: Option<String>,
    /// The TrueType or OpenType file to embed; it must keep its character map. Without it the
    /// viewer's own font of that name is shown.
    pub file: Option<Vec<u8>>,
}

impl fmt::Debug for FontFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FontFace")
            .field("name", &self.name)
            .field("embedded", &self.file.is_some())
            .finish_non_exhaustive()
    }
}

/// Builds a document. `Debug` shows no content.
#[derive(Clone)]
pub struct OfdBuilder {
    id: [u8; 16],
    created: Time,
    title: Option<String>,
    author: Option<String>,
    custom_data: Vec<(String, String)>,
    fonts: Vec<FontFace>,
    pages: Vec<PageContent>,
    attachments: Vec<NewAttachment>,
    vocabulary: Option<Vocabulary>,
}

#[derive(Clone)]
struct NewAttachment {
    name: String,
    format: String,
    content: Vec<u8>,
}

/// The namespace and root element of the tag file.
#[derive(Clone)]
struct Vocabulary {
    namespace: String,
    root: String,
}

/// A tag and the objects it points to, as page ID and object ID.
struct Tag {
    name: String,
    objects: Vec<(String, String)>,
}

impl OfdBuilder {
    /// Begins a document: `id` must be unique, `created` is written into the package.
    #[must_use]
    pub fn new(id: [u8; 16], created: Time) -> Self {
        Self {
            id,
            created,
            title: None,
            author: None,
            custom_data: Vec::new(),
            fonts: Vec::new(),
            pages: Vec::new(),
            attachments: Vec::new(),
            vocabulary: None,
        }
    }

    /// The title that viewers show.
    #[must_use]
    pub fn title(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }

    /// The author.
    #[must_use]
    pub fn author(mut self, author: &str) -> Self {
        self.author = Some(author.to_owned());
        self
    }

    /// Adds a named value to `CustomDatas`.
    #[must_use]
    pub fn custom_data(mut self, name: &str, value: &str) -> Self {
        self.custom_data.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a font and gives the number by which texts name it.
    pub fn add_font(&mut self, font: FontFace) -> usize {
        self.fonts.push(font);
        self.fonts.len() - 1
    }

    /// Adds a page at the end.
    #[must_use]
    pub fn page(mut self, page: PageContent) -> Self {
        self.pages.push(page);
        self
    }

    /// Attaches a file under a name; `format` is its extension, such as `xml`.
    #[must_use]
    pub fn attach(mut self, name: &str, format: &str, content: Vec<u8>) -> Self {
        let attachment = NewAttachment {
            name: name.to_owned(),
            format: format.to_owned(),
            content,
        };
        self.attachments.push(attachment);
        self
    }

    /// Names the vocabulary of the texts' tags: the namespace and root element of the tag file.
    /// Needed when a text has a tag.
    #[must_use]
    pub fn vocabulary(mut self, namespace: &str, root: &str) -> Self {
        self.vocabulary = Some(Vocabulary {
            namespace: namespace.to_owned(),
            root: root.to_owned(),
        });
        self
    }

    /// Writes the package. The same input gives the same bytes.
    ///
    /// # Errors
    /// `invalid_argument` when there is no page, a number is not finite, text or names cannot
    /// stand in XML, a font or vocabulary is missing, attachments share a name, or a picture is
    /// no PNG; `limit_exceeded` beyond what ZIP holds.
    pub fn build(&self) -> Result<Vec<u8>> {
        self.check()?;
        let mut next_id = 1;
        let plan = Plan::new(self, &mut next_id);
        let mut files = Vec::new();
        let tags = self.write_pages(&plan, &mut next_id, &mut files)?;
        self.write_attachments(&mut next_id, &mut files)?;
        self.write_resources(&plan, &mut files)?;
        self.write_tags(&tags, &mut files)?;

        let mut writer = ArchiveWriter::new(self.created);
        writer.add(&PackagePath::new("OFD.xml")?, &self.entry_point()?)?;
        let document = self.document(&plan, next_id - 1, !tags.is_empty())?;
        writer.add(&PackagePath::new("Doc_0/Document.xml")?, &document)?;
        for (path, content) in &files {
            writer.add(&PackagePath::new(path)?, content)?;
        }
        writer.finish()
    }

    fn check(&self) -> Result<()> {
        if self.pages.is_empty() {
            return Err(Error::argument("a document must have a page"));
        }
        let mut names: Vec<_> = self.attachments.iter().map(|item| &item.name).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(Error::argument("attachments must have different names"));
        }
        let is_format = |format: &str| {
            !format.is_empty() && format.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !self.attachments.iter().all(|item| is_format(&item.format)) {
            return Err(Error::argument(
                "an attachment's format must be a plain extension",
            ));
        }
        if self
            .images()
            .any(|image| !image.png.starts_with(PNG_SIGNATURE))
        {
            return Err(Error::argument("a picture must be a PNG file"));
        }
        Ok(())
    }

    fn images(&self) -> impl Iterator<Item = &Image> {
        self.pages.iter().flat_map(PageContent::images)
    }

    fn entry_point(&self) -> Result<Vec<u8>> {
        let mut xml = XmlWriter::new("OFD", &[("Version", "1.1"), ("DocType", "OFD")])?;
        xml.begin("DocBody", &[])?;
        xml.begin("DocInfo", &[])?;
        let id: String = self.id.iter().map(|byte| format!("{byte:02x}")).collect();
        xml.leaf("DocID", &[], &id)?;
        if let Some(title) = &self.title {
            xml.leaf("Title", &[], title)?;
        }
        if let Some(author) = &self.author {
            xml.leaf("Author", &[], author)?;
        }
        let (year, month, day) = self.created.china_date();
        xml.leaf(
            "CreationDate",
            &[],
            &format!("{year:04}-{month:02}-{day:02}"),
        )?;
        xml.leaf("Creator", &[], "yinxin")?;
        xml.leaf("CreatorVersion", &[], env!("CARGO_PKG_VERSION"))?;
        if !self.custom_data.is_empty() {
            xml.begin("CustomDatas", &[])?;
            for (name, value) in &self.custom_data {
                xml.leaf("CustomData", &[("Name", name)], value)?;
            }
            xml.end();
        }
        xml.end();
        xml.leaf("DocRoot", &[], "Doc_0/Document.xml")?;
        Ok(xml.finish())
    }

    fn document(&self, plan: &Plan, max_id: u32, has_tags: bool) -> Result<Vec<u8>> {
        let first = self.pages.first().ok_or_else(no_page)?;
        let mut xml = XmlWriter::new("Document", &[])?;
        xml.begin("CommonData", &[])?;
        xml.leaf("MaxUnitID", &[], &max_id.to_string())?;
        xml.begin("PageArea", &[])?;
        xml.leaf("PhysicalBox", &[], &first.physical_box()?)?;
        xml.end();
        xml.leaf("PublicRes", &[], "PublicRes.xml")?;
        if !plan.images.is_empty() {
            xml.leaf("DocumentRes", &[], "DocumentRes.xml")?;
        }
        xml.end();
        xml.begin("Pages", &[])?;
        for (index, id) in plan.pages.iter().enumerate() {
            let location = format!("Pages/Page_{index}/Content.xml");
            xml.empty("Page", &[("ID", id), ("BaseLoc", &location)])?;
        }
        xml.end();
        if has_tags {
            xml.leaf("CustomTags", &[], "Tags/CustomTags.xml")?;
        }
        if !self.attachments.is_empty() {
            xml.leaf("Attachments", &[], "Attachs/Attachments.xml")?;
        }
        Ok(xml.finish())
    }

    fn write_pages(&self, plan: &Plan, next_id: &mut u32, files: &mut Files) -> Result<Vec<Tag>> {
        let mut resources = Resources {
            fonts: &plan.fonts,
            images: plan.images.iter(),
            next_id,
        };
        let mut tags = Vec::new();
        for (index, (page, id)) in self.pages.iter().zip(&plan.pages).enumerate() {
            let (content, tagged) = page.write(&mut resources)?;
            files.push((format!("Doc_0/Pages/Page_{index}/Content.xml"), content));
            collect_tags(&mut tags, id, tagged)?;
        }
        Ok(tags)
    }

    fn write_resources(&self, plan: &Plan, files: &mut Files) -> Result<()> {
        let mut xml = XmlWriter::new("Res", &[("BaseLoc", "Res")])?;
        xml.begin("Fonts", &[])?;
        for (index, (font, id)) in self.fonts.iter().zip(&plan.fonts).enumerate() {
            let mut attributes = vec![("ID", id.as_str()), ("FontName", &font.name)];
            attributes.extend(font.family.as_deref().map(|family| ("FamilyName", family)));
            let Some(file) = &font.file else {
                xml.empty("Font", &attributes)?;
                continue;
            };
            let name = format!("Font_{index}.ttf");
            xml.begin("Font", &attributes)?;
            xml.leaf("FontFile", &[], &name)?;
            xml.end();
            files.push((format!("Doc_0/Res/{name}"), file.clone()));
        }
        files.push(("Doc_0/PublicRes.xml".to_owned(), xml.finish()));
        if plan.images.is_empty() {
            Ok(())
        } else {
            self.write_images(plan, files)
        }
    }

    fn write_images(&self, plan: &Plan, files: &mut Files) -> Result<()> {
        let mut xml = XmlWriter::new("Res", &[("BaseLoc", "Res")])?;
        xml.begin("MultiMedias", &[])?;
        for (index, (image, id)) in self.images().zip(&plan.images).enumerate() {
            let name = format!("Image_{index}.png");
            xml.begin(
                "MultiMedia",
                &[("ID", id), ("Type", "Image"), ("Format", "PNG")],
            )?;
            xml.leaf("MediaFile", &[], &name)?;
            xml.end();
            files.push((format!("Doc_0/Res/{name}"), image.png.clone()));
        }
        files.push(("Doc_0/DocumentRes.xml".to_owned(), xml.finish()));
        Ok(())
    }

    fn write_attachments(&self, next_id: &mut u32, files: &mut Files) -> Result<()> {
        if self.attachments.is_empty() {
            return Ok(());
        }
        // xs:dateTime without a zone: the schema's examples are civil time.
        let created = self.created.to_string();
        let created = created.trim_end_matches('Z');
        let mut xml = XmlWriter::new("Attachments", &[])?;
        for (index, attachment) in self.attachments.iter().enumerate() {
            let path = format!("Doc_0/Attachs/Attach_{index}.{}", attachment.format);
            let size = kilobytes(attachment.content.len())?;
            xml.begin(
                "Attachment",
                &[
                    ("ID", &take_id(next_id)),
                    ("Name", &attachment.name),
                    ("Format", &attachment.format),
                    ("CreationDate", created),
                    ("Size", &size),
                ],
            )?;
            xml.leaf("FileLoc", &[], &format!("/{path}"))?;
            xml.end();
            files.push((path, attachment.content.clone()));
        }
        files.push(("Doc_0/Attachs/Attachments.xml".to_owned(), xml.finish()));
        Ok(())
    }

    fn write_tags(&self, tags: &[Tag], files: &mut Files) -> Result<()> {
        if tags.is_empty() {
            return Ok(());
        }
        let vocabulary = self
            .vocabulary
            .as_ref()
            .filter(|vocabulary| is_name(&vocabulary.root) && !vocabulary.namespace.is_empty())
            .ok_or_else(|| Error::argument("tags need a vocabulary"))?;
        let mut list = XmlWriter::new("CustomTags", &[])?;
        list.begin("CustomTag", &[("NameSpace", &vocabulary.namespace)])?;
        list.leaf("FileLoc", &[], "/Doc_0/Tags/Tag_0.xml")?;
        files.push(("Doc_0/Tags/CustomTags.xml".to_owned(), list.finish()));

        let root = format!("t:{}", vocabulary.root);
        let mut xml = XmlWriter::new(&root, &[("xmlns:t", &vocabulary.namespace)])?;
        for tag in tags {
            xml.begin(&format!("t:{}", tag.name), &[])?;
            for (page, object) in &tag.objects {
                xml.leaf("ObjectRef", &[("PageRef", page)], object)?;
            }
            xml.end();
        }
        files.push(("Doc_0/Tags/Tag_0.xml".to_owned(), xml.finish()));
        Ok(())
    }
}

impl fmt::Debug for OfdBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfdBuilder")
            .field("fonts", &self.fonts)
            .field("pages", &self.pages.len())
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

type Files = Vec<(String, Vec<u8>)>;

/// The IDs of all that others refer to.
struct Plan {
    pages: Vec<String>,
    fonts: Vec<String>,
    images: Vec<String>,
}

impl Plan {
    fn new(builder: &OfdBuilder, next_id: &mut u32) -> Self {
        Self {
            pages: builder.pages.iter().map(|_| take_id(next_id)).collect(),
            fonts: builder.fonts.iter().map(|_| take_id(next_id)).collect(),
            images: builder.images().map(|_| take_id(next_id)).collect(),
        }
    }
}

fn collect_tags(tags: &mut Vec<Tag>, page: &str, tagged: Vec<TaggedObject>) -> Result<()> {
    for TaggedObject { tag: name, object } in tagged {
        if !is_name(&name) {
            return Err(Error::argument("a tag must be a plain XML name"));
        }
        let object = (page.to_owned(), object);
        match tags.iter_mut().find(|tag| tag.name == name) {
            Some(tag) => tag.objects.push(object),
            None => tags.push(Tag {
                name,
                objects: vec![object],
            }),
        }
    }
    Ok(())
}

/// The unit of an attachment's size.
fn kilobytes(length: usize) -> Result<String> {
    let length =
        u32::try_from(length).map_err(|_| Error::limit("attachment bytes", u64::from(u32::MAX)))?;
    super::write_number(f64::from(length) / 1024.0)
}

fn no_page() -> Error {
    Error::new(ErrorKind::InvalidArgument, "a document must have a page")
}
