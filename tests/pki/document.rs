//! The example license as a document, bare and sealed.

use yinxin::issue::{Draft, Format};
use yinxin::license::Metadata;
use yinxin::ses::{Layout, SesSeal};
use yinxin::sign::{Place, Request, prepare};
use yinxin::template::Template;
use yinxin::{ofd, pdf};

use super::{Party, SIGNED_AT, seal_of, time, world};

/// The license whose metadata the examples show.
pub(crate) fn business_license() -> Metadata {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/business-license.json"
    );
    Metadata::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A license before it is sealed, by its parts, so that a test can make any of them lie.
#[derive(Clone)]
pub(crate) struct Unsigned {
    /// What the page shows: tag and text.
    pub(crate) page: Vec<(String, String)>,
    /// CustomDatas of an OFD, XMP of a PDF.
    pub(crate) properties: Vec<(String, String)>,
    /// The embedded JSON.
    pub(crate) attachment: Vec<u8>,
}

impl Unsigned {
    /// All three say the same.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        Self {
            page: metadata.custom_data(),
            properties: metadata.custom_data(),
            attachment: metadata.to_json().unwrap().into_bytes(),
        }
    }

    /// As an OFD.
    pub(crate) fn ofd(&self) -> Vec<u8> {
        let mut builder = ofd::OfdBuilder::new([7; 16], time(SIGNED_AT)).title("营业执照");
        let font = builder.add_font(ofd::FontFace {
            name: "宋体".to_owned(),
            family: Some("SimSun".to_owned()),
            file: None,
        });
        let line = |(number, (tag, text)): (usize, &(String, String))| {
            ofd::PageObject::Text(ofd::Text {
                x: 20.0,
                baseline: 20.0 + 6.0 * number as f64,
                size: 4.0,
                font,
                color: ofd::Color(0, 0, 0),
                text: text.clone(),
                advances: vec![4.0; text.chars().count() - 1],
                tag: Some(tag.clone()),
            })
        };
        let page = ofd::PageContent {
            width: 210.0,
            height: 297.0,
            objects: self.page.iter().enumerate().map(line).collect(),
        };
        let builder = self
            .properties
            .iter()
            .fold(builder, |builder, (name, value)| {
                builder.custom_data(name, value)
            });
        builder
            .vocabulary("https://yinxin.example/license/1", "License")
            .page(page)
            .attach("license.json", "json", self.attachment.clone())
            .build()
            .unwrap()
    }

    /// As a PDF.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        self.pdf_with_files(&["license.json"])
    }

    /// As a PDF with the same data embedded once more, under another name.
    pub(crate) fn pdf_with_second_file(&self, name: &str) -> Vec<u8> {
        self.pdf_with_files(&["license.json", name])
    }

    fn pdf_with_files(&self, names: &[&str]) -> Vec<u8> {
        let attachment = |name: &&str| pdf::Attachment {
            name: (*name).to_owned(),
            media_type: "application/json".to_owned(),
            description: "证照元数据".to_owned(),
            data: self.attachment.clone(),
        };
        let line = |(number, (tag, text)): (usize, &(String, String))| {
            pdf::PageObject::Text(pdf::TextObject {
                x_mm: 20.0,
                baseline_mm: 20.0 + 6.0 * number as f64,
                size_mm: 4.0,
                font: 0,
                rgb: [0, 0, 0],
                text: text.clone(),
                advances_mm: vec![4.0; text.chars().count()],
                field: Some(tag.clone()),
            })
        };
        let content = pdf::DocumentContent {
            title: "营业执照".to_owned(),
            language: "zh-CN".to_owned(),
            created: time(SIGNED_AT),
            seed: [7; 32],
            properties: self.properties.clone(),
            fonts: vec![pdf::Font::predefined_song()],
            pages: vec![pdf::PageContent {
                width_mm: 210.0,
                height_mm: 297.0,
                objects: self.page.iter().enumerate().map(line).collect(),
            }],
            attachments: names.iter().map(attachment).collect(),
            pdf_a: None,
        };
        pdf::write_document(&content).unwrap()
    }
}

/// The example license on its page, as it is issued.
pub(crate) fn draft() -> Draft {
    let template = Template::standard_portrait().unwrap();
    Draft::new(business_license(), template, time(SIGNED_AT))
}

/// The example license as an OFD without a seal.
pub(crate) fn unsigned_ofd() -> Vec<u8> {
    draft().document(Format::Ofd).unwrap().bytes
}

/// The example license as a PDF without a seal.
pub(crate) fn unsigned_pdf() -> Vec<u8> {
    draft().document(Format::Pdf).unwrap().bytes
}

/// The example license as a sealed OFD, in the layout of 2020.
pub(crate) fn sealed_ofd() -> Vec<u8> {
    sealed(Format::Ofd, Layout::Gbt38540_2020)
}

/// The example license as a sealed PDF, in the layout of 2020.
pub(crate) fn sealed_pdf() -> Vec<u8> {
    sealed(Format::Pdf, Layout::Gbt38540_2020)
}

/// The example license, issued and sealed.
pub(crate) fn sealed(format: Format, layout: Layout) -> Vec<u8> {
    let signer = &world().signer;
    let request = Request::affix(seal_of(layout), signer.certificate.clone(), time(SIGNED_AT));
    let pending = draft().prepare(format, request).unwrap();
    pending.sign(&signer.key).unwrap().into_bytes()
}

/// A document sealed at the foot of its first page.
pub(crate) fn affix(document: &[u8], seal: SesSeal, signer: &Party) -> Vec<u8> {
    let request = Request::affix(seal, signer.certificate.clone(), time(SIGNED_AT)).at(Place {
        page: 0,
        center_x_mm: 160.0,
        center_y_mm: 240.0,
    });
    prepare(document, request)
        .unwrap()
        .sign(&signer.key)
        .unwrap()
}
