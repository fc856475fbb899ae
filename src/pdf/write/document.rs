//! Putting a document together.

use std::collections::BTreeSet;
use std::fmt;

use pdf_writer::types::{AssociationKind, StructRole, TabOrder};
use pdf_writer::{Date, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::page::{Marked, PageContent, PageObject, Written, draw, font_name};
use super::{Picture, deflate, points, xmp};
use crate::Time;
use crate::error::{Error, Result};
use crate::pdf::font::{Encoder, Font};
use crate::pdf::syntax::encode_text;

const PRODUCER: &str = concat!("yinxin ", env!("CARGO_PKG_VERSION"));

/// All that a new document holds.
#[derive(Clone)]
pub struct DocumentContent {
    /// The title that readers show.
    pub title: String,
    /// The natural language of the text, such as `zh-CN`.
    pub language: String,
    /// When the document is made; the core has no clock.
    pub created: Time,
    /// Where the file identifier comes from: a digest of what the document is made from.
    pub seed: [u8; 32],
    /// Properties of the library's XMP namespace, as name and value: the license metadata.
    pub properties: Vec<(String, String)>,
    /// The fonts that text refers to by index.
    pub fonts: Vec<Font>,
    /// The pages, at least one.
    pub pages: Vec<PageContent>,
    /// Embedded files.
    pub attachments: Vec<Attachment>,
    /// Claim PDF/A-3b (ISO 19005-3); needs an output profile and embedded fonts only.
    pub pdf_a: Option<OutputProfile>,
}

/// An ICC profile for the colours of a PDF/A document, such as sRGB.
#[derive(Clone)]
pub struct OutputProfile {
    /// The profile's bytes, for three colour components.
    pub icc: Vec<u8>,
    /// Its name, such as `sRGB IEC61966-2.1`.
    pub name: String,
}

/// A file to embed.
#[derive(Clone)]
pub struct Attachment {
    /// Its file name.
    pub name: String,
    /// Its media type, such as `application/json`.
    pub media_type: String,
    /// What it is, for the reader.
    pub description: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

impl fmt::Debug for DocumentContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentContent")
            .field("pages", &self.pages.len())
            .field("fonts", &self.fonts)
            .field("properties", &self.properties.len())
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for OutputProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputProfile")
            .field("size", &self.icc.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("size", &self.data.len())
            .finish_non_exhaustive()
    }
}

/// Writes a PDF 1.7 file: tagged, with XMP metadata, associated files and an identifier.
///
/// # Errors
/// `missing_glyph` naming a code point that a font lacks; `invalid_argument` for a page without
/// size, a place out of range, a name that repeats, or a claim to PDF/A with a font that is not
/// embedded; `malformed` for a picture that is no PNG; `limit_exceeded`.
pub fn write_document(content: &DocumentContent) -> Result<Vec<u8>> {
    check(content)?;
    let mut builder = Builder::new(content)?;
    builder.write_fonts()?;
    for page in &content.pages {
        builder.write_page(page)?;
    }
    builder.write_structure();
    builder.write_attachments()?;
    builder.write_metadata()?;
    builder.write_catalog()?;
    Ok(builder.finish())
}

fn check(content: &DocumentContent) -> Result<()> {
    if content.pages.is_empty() {
        return Err(Error::argument("a document needs a page"));
    }
    let names: BTreeSet<&str> = content
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    if names.len() != content.attachments.len() || names.contains("") {
        return Err(Error::argument(
            "an attachment has no name or that of another",
        ));
    }
    if content.pdf_a.is_some() && !content.fonts.iter().all(Font::is_embedded) {
        return Err(Error::argument("PDF/A needs every font embedded"));
    }
    Ok(())
}

struct Builder<'c> {
    content: &'c DocumentContent,
    pdf: Pdf,
    next: Ref,
    encoders: Vec<Encoder>,
    fonts: Vec<Ref>,
    pages: Vec<Ref>,
    elements: Vec<Vec<Ref>>,
    attachments: Vec<Ref>,
    catalog: Ref,
    page_tree: Ref,
    structure: Ref,
    root_element: Ref,
    metadata: Ref,
}

impl<'c> Builder<'c> {
    fn new(content: &'c DocumentContent) -> Result<Self> {
        let mut next = Ref::new(1);
        Ok(Self {
            content,
            encoders: encoders(content)?,
            catalog: next.bump(),
            page_tree: next.bump(),
            structure: next.bump(),
            root_element: next.bump(),
            metadata: next.bump(),
            pdf: Pdf::new(),
            next,
            fonts: Vec::new(),
            pages: Vec::new(),
            elements: Vec::new(),
            attachments: Vec::new(),
        })
    }

    fn write_fonts(&mut self) -> Result<()> {
        for encoder in &self.encoders {
            self.fonts
                .push(encoder.write(&mut self.pdf, &mut self.next)?);
        }
        Ok(())
    }

    fn write_page(&mut self, page: &PageContent) -> Result<()> {
        let mut images = Vec::new();
        for object in &page.objects {
            if let PageObject::Picture(picture) = object {
                let picture = Picture::from_png(&picture.png)?;
                images.push(picture.write(&mut self.pdf, &mut self.next));
            }
        }
        let names: Vec<String> = (0..images.len())
            .map(|index| format!("Im{index}"))
            .collect();
        let Written { content, marked } = draw(page, &self.encoders, &names)?;
        let (id, stream) = (self.next.bump(), self.next.bump());
        let deflated = deflate(&content)?;
        self.pdf
            .stream(stream, &deflated)
            .filter(Filter::FlateDecode)
            .finish();

        let key = count(self.pages.len())?;
        let mut writer = self.pdf.page(id);
        writer
            .parent(self.page_tree)
            .media_box(Rect::new(
                0.0,
                0.0,
                points(page.width_mm),
                points(page.height_mm),
            ))
            .contents(stream)
            .struct_parents(key)
            .tab_order(TabOrder::StructureOrder);
        let mut resources = writer.resources();
        let mut fonts = resources.fonts();
        for (index, font) in self.fonts.iter().enumerate() {
            fonts.pair(Name(font_name(index).as_bytes()), *font);
        }
        fonts.finish();
        let mut objects = resources.x_objects();
        for (name, image) in names.iter().zip(&images) {
            objects.pair(Name(name.as_bytes()), *image);
        }
        objects.finish();
        resources.finish();
        writer.finish();
        self.pages.push(id);
        self.write_elements(id, &marked)
    }

    /// One element for each piece of marked content.
    fn write_elements(&mut self, page: Ref, marked: &[Marked]) -> Result<()> {
        let mut elements = Vec::new();
        for (number, marked) in marked.iter().enumerate() {
            let id = self.next.bump();
            let mut element = self.pdf.struct_element(id);
            match marked {
                Marked::Paragraph { field } => {
                    element.kind(StructRole::P);
                    if let Some(field) = field {
                        element.title(TextStr(field));
                    }
                }
                Marked::Figure { description } => {
                    element.kind(StructRole::Figure).alt(TextStr(description));
                }
            }
            element.parent(self.root_element).page(page);
            element.children().marked_content_id(count(number)?);
            element.finish();
            elements.push(id);
        }
        self.elements.push(elements);
        Ok(())
    }

    fn write_structure(&mut self) {
        let mut root = self.pdf.struct_element(self.root_element);
        root.kind(StructRole::Document).parent(self.structure);
        let mut children = root.children();
        for element in self.elements.iter().flatten() {
            children.struct_element(*element);
        }
        children.finish();
        root.finish();

        let mut lists = Vec::new();
        for elements in &self.elements {
            let list = self.next.bump();
            self.pdf
                .indirect(list)
                .array()
                .items(elements.iter().copied());
            lists.push(list);
        }
        let mut tree = self
            .pdf
            .indirect(self.structure)
            .start::<pdf_writer::writers::StructTreeRoot<'_>>();
        tree.child(self.root_element);
        let mut parents = tree.parent_tree();
        let mut entries = parents.nums();
        for (key, list) in (0..).zip(&lists) {
            entries.insert(key, *list);
        }
    }

    fn write_attachments(&mut self) -> Result<()> {
        for file in &self.content.attachments {
            let (specification, stream) = (self.next.bump(), self.next.bump());
            let deflated = deflate(&file.data)?;
            let mut embedded = self.pdf.embedded_file(stream, &deflated);
            embedded.filter(Filter::FlateDecode);
            embedded.subtype(Name(file.media_type.as_bytes()));
            embedded
                .params()
                .size(count(file.data.len())?)
                .modification_date(date(self.content.created)?);
            embedded.finish();
            let mut writer = self.pdf.file_spec(specification);
            writer
                .path(Str(ascii_name(&file.name).as_bytes()))
                .unic_file(TextStr(&file.name))
                .description(TextStr(&file.description))
                .association_kind(AssociationKind::Data);
            let mut streams = writer.insert(Name(b"EF")).dict();
            streams.pair(Name(b"F"), stream).pair(Name(b"UF"), stream);
            streams.finish();
            writer.finish();
            self.attachments.push(specification);
        }
        Ok(())
    }

    fn write_metadata(&mut self) -> Result<()> {
        let content = self.content;
        let packet = xmp::write(&xmp::Packet {
            title: &content.title,
            language: &content.language,
            producer: PRODUCER,
            created: content.created,
            properties: &content.properties,
            pdf_a: content.pdf_a.is_some(),
        })?;
        // Not deflated, so that tools which know nothing of PDF find it.
        self.pdf.metadata(self.metadata, packet.as_bytes()).finish();

        let created = date(content.created)?;
        self.pdf
            .document_info(self.next.bump())
            .title(TextStr(&content.title))
            .producer(TextStr(PRODUCER))
            .creation_date(created)
            .modified_date(created);
        Ok(())
    }

    fn write_catalog(&mut self) -> Result<()> {
        let profile = match &self.content.pdf_a {
            None => None,
            Some(profile) => {
                let id = self.next.bump();
                let deflated = deflate(&profile.icc)?;
                self.pdf
                    .icc_profile(id, &deflated)
                    .n(3)
                    .filter(Filter::FlateDecode);
                Some((id, profile))
            }
        };
        self.pdf
            .pages(self.page_tree)
            .count(count(self.pages.len())?)
            .kids(self.pages.iter().copied());
        let mut catalog = self.pdf.catalog(self.catalog);
        catalog
            .pages(self.page_tree)
            .lang(TextStr(&self.content.language))
            .metadata(self.metadata)
            .pair(Name(b"StructTreeRoot"), self.structure);
        catalog.viewer_preferences().display_doc_title(true);
        catalog.mark_info().marked(true);
        if !self.attachments.is_empty() {
            let keys = self
                .content
                .attachments
                .iter()
                .map(|file| encode_text(&file.name).bytes);
            let mut sorted: Vec<(Vec<u8>, Ref)> =
                keys.zip(self.attachments.iter().copied()).collect();
            // Name trees are sorted by the bytes of their keys (ISO 32000-1 7.9.6).
            sorted.sort_unstable();
            let mut names = catalog.names();
            let mut tree = names.embedded_files();
            let mut entries = tree.names();
            for (name, specification) in sorted {
                entries.insert(Str(&name), specification);
            }
            entries.finish();
            tree.finish();
            names.finish();
            catalog
                .insert(Name(b"AF"))
                .array()
                .items(self.attachments.iter().copied());
        }
        if let Some((id, profile)) = profile {
            catalog
                .output_intents()
                .push()
                .subtype(pdf_writer::types::OutputIntentSubtype::PDFA)
                .output_condition_identifier(TextStr(&profile.name))
                .info(TextStr(&profile.name))
                .dest_output_profile(id);
        }
        Ok(())
    }

    fn finish(mut self) -> Vec<u8> {
        let id = self.content.seed.get(..16).unwrap_or_default().to_vec();
        self.pdf.set_file_id((id.clone(), id));
        self.pdf.finish()
    }
}

/// Each font made ready for the characters that use it.
fn encoders(content: &DocumentContent) -> Result<Vec<Encoder>> {
    let mut used = vec![BTreeSet::new(); content.fonts.len()];
    for object in content.pages.iter().flat_map(|page| &page.objects) {
        if let PageObject::Text(text) = object {
            let characters = used
                .get_mut(text.font)
                .ok_or_else(|| Error::argument("there is no such font"))?;
            characters.extend(text.text.chars());
        }
    }
    content
        .fonts
        .iter()
        .zip(&used)
        .map(|(font, characters)| font.encoder(characters))
        .collect()
}

fn count(value: usize) -> Result<i32> {
    i32::try_from(value).map_err(|_| Error::limit("pdf integer", 1 << 31))
}

fn date(time: Time) -> Result<Date> {
    let civil = time.civil();
    let year = u16::try_from(civil.year)
        .map_err(|_| Error::argument("a date is before the common era"))?;
    Ok(Date::new(year)
        .month(civil.month)
        .day(civil.day)
        .hour(civil.hour)
        .minute(civil.minute)
        .second(civil.second)
        .utc_offset_hour(0))
}

/// The plain file name for readers that know no other.
fn ascii_name(name: &str) -> String {
    name.chars()
        .map(|letter| {
            if letter.is_ascii_graphic() {
                letter
            } else {
                '_'
            }
        })
        .collect()
}
