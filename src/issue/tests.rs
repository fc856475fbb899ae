use super::*;
use crate::crypto::{SignatureAlgorithm, Signer};
use crate::error::ErrorKind;
use crate::license::{Catalog, Claims, Metadata};
use crate::ofd;
use crate::pdf;
use crate::pki::Certificate;
use crate::pki::testing::{Party, root, signer, time};
use crate::ses::{CertificateList, Layout, Picture, SealDraft, SesSeal};
use crate::sign::Request;
use crate::template::{FontRole, Template, Typefaces};

const BUSINESS: &str = include_str!("../../examples/data/business-license.json");
const PERSONAL: &str = include_str!("../../examples/data/safety-officer-certificate.json");
/// A PNG of one red pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 0x03, 0x01, 0x01, 0, 0xc9, 0xfe, 0x92, 0xef, 0, 0, 0,
    0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn designs() -> [Template; 2] {
    [
        Template::standard_landscape().unwrap(),
        Template::standard_portrait().unwrap(),
    ]
}

fn draft_of(json: &str, template: Template) -> Draft {
    Draft::new(
        Metadata::from_json(json).unwrap(),
        template,
        time("2026-03-02T01:00:00Z"),
    )
}

fn draft(json: &str) -> Draft {
    let [landscape, _] = designs();
    draft_of(json, landscape)
}

/// Two holders in place of one.
fn shared() -> String {
    let holder = r#"{ "name": "张三", "code": "349901199003070016", "code_type": "111" }"#;
    let second = r#"{ "name": "李四", "code": "349901198506150021", "code_type": "111" }"#;
    let text = PERSONAL.replace(holder, &format!("{holder}, {second}"));
    assert_ne!(text, PERSONAL);
    text
}

/// What the three places of a document state: listed data, attached file, page.
struct Stated {
    listed: Claims,
    attached: Claims,
    shown: Claims,
}

fn stated(bytes: &[u8], format: Format) -> Stated {
    match format {
        Format::Ofd => stated_by_ofd(bytes),
        Format::Pdf => stated_by_pdf(bytes),
    }
}

fn stated_by_ofd(bytes: &[u8]) -> Stated {
    let package = ofd::Package::open(bytes, &ofd::Limits::default()).unwrap();
    let document = ofd::Document::read(&package).unwrap();
    assert!(document.findings.is_empty(), "{:?}", document.findings);
    let body = &document.bodies[0];
    assert!(body.faults.is_empty());
    let pairs = body
        .info
        .custom_data
        .iter()
        .map(|data| (&*data.name, &*data.value));
    let listed = Claims::from_custom_data(pairs).unwrap();
    let view = body.displayed().unwrap();
    let [attachment] = view.attachments.as_slice() else {
        panic!()
    };
    assert_eq!(attachment.name, "license.json");
    let attached = package.read(&attachment.path).unwrap();
    let attached = Claims::from_json(std::str::from_utf8(&attached).unwrap()).unwrap();
    let texts = view.tags[0].texts.iter();
    let tagged = texts.map(|tag| (tag.name.as_str(), tag.text.as_deref().unwrap()));
    Stated {
        listed,
        attached,
        shown: Claims::from_page(tagged).unwrap(),
    }
}

fn stated_by_pdf(bytes: &[u8]) -> Stated {
    let document = pdf::Document::open(bytes).unwrap();
    let view = document.at(0).unwrap();
    let metadata = view.metadata().unwrap().unwrap();
    let listed = Claims::from_custom_data(metadata.properties()).unwrap();
    let files = view.embedded_files().unwrap();
    let [file] = files.as_slice() else { panic!() };
    assert_eq!(
        (file.name(), file.relationship()),
        ("license.json", Some("Data"))
    );
    let attached = view.read_embedded(file, 1 << 20).unwrap();
    let attached = Claims::from_json(std::str::from_utf8(&attached).unwrap()).unwrap();
    let texts = view.page_text().unwrap();
    let tagged = texts
        .iter()
        .map(|text| (text.field.as_str(), text.text.as_str()));
    Stated {
        listed,
        attached,
        shown: Claims::from_page(tagged).unwrap(),
    }
}

#[test]
fn page_data_and_attachment_state_the_same() {
    for json in [BUSINESS, PERSONAL, &shared()] {
        let expected = Claims::from_json(json).unwrap();
        for template in designs() {
            let draft = draft_of(json, template);
            for format in [Format::Ofd, Format::Pdf] {
                let document = draft.document(format).unwrap();
                let Stated {
                    listed,
                    attached,
                    shown,
                } = stated(&document.bytes, format);
                for source in [&listed, &attached, &shown] {
                    assert_eq!(source.conflicts(&expected), [""; 0], "{format:?}");
                    assert_eq!(source.identifier, expected.identifier);
                    assert_eq!(source.valid_until, expected.valid_until);
                    assert_eq!(source.fields.len(), expected.fields.len());
                    assert_eq!(source.holders.len(), expected.holders.len());
                    assert_eq!(
                        source
                            .holders
                            .iter()
                            .map(|h| (&h.name, &h.code))
                            .collect::<Vec<_>>(),
                        expected
                            .holders
                            .iter()
                            .map(|h| (&h.name, &h.code))
                            .collect::<Vec<_>>()
                    );
                }
            }
        }
    }
}

#[test]
fn the_same_draft_gives_the_same_bytes() {
    for format in [Format::Ofd, Format::Pdf] {
        let document = draft(BUSINESS).document(format).unwrap();
        assert_eq!(document, draft(BUSINESS).document(format).unwrap());
        let later = Draft::new(
            Metadata::from_json(BUSINESS).unwrap(),
            Template::standard_landscape().unwrap(),
            time("2026-03-02T01:00:02Z"),
        );
        assert_ne!(document.bytes, later.document(format).unwrap().bytes);
        assert_ne!(
            document.bytes,
            draft(PERSONAL).document(format).unwrap().bytes
        );
    }
}

#[test]
fn what_cannot_be_shown_is_named() {
    let long = BUSINESS.replace("软件开发；", &"销售，".repeat(1200));
    let strange = BUSINESS.replace("壹仟万元整", "壹仟万元整\u{1f600}");
    for (json, kind, format) in [
        (&long, ErrorKind::DoesNotFit, Format::Ofd),
        (&long, ErrorKind::DoesNotFit, Format::Pdf),
        (&strange, ErrorKind::MissingGlyph, Format::Pdf),
    ] {
        let error = draft(json).document(format).unwrap_err();
        assert_eq!(error.kind(), kind);
        let field = if kind == ErrorKind::DoesNotFit {
            "KZ_JYFW"
        } else {
            "KZ_ZCZB"
        };
        assert!(error.context().any(|(_, value)| value == field), "{error}");
    }
}

#[test]
fn the_catalog_entry_is_checked() {
    let catalog = Catalog::built_in();
    let metadata = Metadata::from_json(BUSINESS).unwrap();
    let own = catalog.find(metadata.type_code()).unwrap();
    let other = catalog.find("11100000000013338W011").unwrap();
    assert!(draft(BUSINESS).catalog_entry(own).is_ok());
    let error = draft(BUSINESS).catalog_entry(other).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidMetadata);
}

#[test]
fn a_real_font_is_embedded_and_measured() {
    let Some(path) = std::env::var_os("YINXIN_TEST_FONT") else {
        return;
    };
    let font = pdf::Font::embedded(std::fs::read(path).unwrap(), 0).unwrap();
    let fonts = Typefaces::one(font).embedded_in_ofd();
    let draft = draft(PERSONAL).fonts(fonts.clone());
    for format in [Format::Ofd, Format::Pdf] {
        let document = draft.document(format).unwrap();
        let Stated { listed, shown, .. } = stated(&document.bytes, format);
        assert_eq!(shown.conflicts(&listed), [""; 0]);
        assert!(document.bytes.len() > 20_000);
    }
    let strange = PERSONAL.replace("项目负责人（B类）", "项目\u{1f600}");
    for format in [Format::Ofd, Format::Pdf] {
        let draft = self::draft(&strange).fonts(fonts.clone());
        assert_eq!(
            draft.document(format).unwrap_err().kind(),
            ErrorKind::MissingGlyph
        );
    }
}

#[test]
fn fonts_of_roles_share_what_is_the_same() {
    let named = draft(BUSINESS).document(Format::Pdf).unwrap();
    let one = Typefaces::one(pdf::Font::predefined_song());
    assert_eq!(
        named,
        draft(BUSINESS)
            .fonts(one.clone())
            .document(Format::Pdf)
            .unwrap()
    );
    let two = one.with(FontRole::Kai, pdf::Font::predefined_song());
    assert_ne!(
        named,
        draft(BUSINESS).fonts(two).document(Format::Pdf).unwrap()
    );
}

struct Sealer {
    maker: Party,
    signer: Party,
}

impl Sealer {
    fn new() -> Self {
        let root = root("示范根", 0x31);
        Self {
            maker: signer("示范制章者", 0x32, &root),
            signer: signer("某某市示范局", 0x33, &root),
        }
    }

    fn seal(&self, width_mm: u32, height_mm: u32) -> SesSeal {
        let draft = SealDraft {
            layout: Layout::Gbt38540_2020,
            vendor_id: "yinxin".to_owned(),
            id: "34990000000001".to_owned(),
            seal_type: 1,
            name: "某某市示范局".to_owned(),
            certificates: CertificateList::Certificates(vec![
                self.signer.certificate.der().to_vec(),
            ]),
            create_date: time("2026-01-02T03:04:05Z"),
            valid_start: time("2026-01-02T03:04:05Z"),
            valid_end: time("2031-01-02T03:04:05Z"),
            picture: Picture {
                kind: "PNG".to_owned(),
                data: PIXEL.to_vec(),
                width_mm,
                height_mm,
            },
            extensions: Vec::new(),
        };
        let unsigned = draft
            .prepare(self.maker.certificate.der(), SignatureAlgorithm::Sm2Sm3)
            .unwrap();
        let value = self.maker.key.sign(unsigned.to_be_signed()).unwrap();
        unsigned.complete(&value, None).unwrap()
    }

    fn request(&self, width_mm: u32, height_mm: u32) -> Request {
        let certificate: Certificate = self.signer.certificate.clone();
        Request::affix(
            self.seal(width_mm, height_mm),
            certificate,
            time("2026-03-02T02:00:00Z"),
        )
    }
}

fn stamp_center(bytes: &[u8]) -> (f64, f64) {
    let package = ofd::Package::open(bytes, &ofd::Limits::default()).unwrap();
    let document = ofd::Document::read(&package).unwrap();
    let list = document.bodies[0].signatures.clone().unwrap();
    let list = ofd::SignatureList::read(&package, &list).unwrap();
    let area = list.entries[0].file.as_ref().unwrap().stamps[0].boundary;
    (area.x + area.width / 2.0, area.y + area.height / 2.0)
}

/// From the last annotation's rectangle, on a page 210 mm high.
fn widget_center(bytes: &[u8]) -> (f64, f64) {
    let text = String::from_utf8_lossy(bytes);
    let (_, rectangle) = text.rsplit_once("/Rect").unwrap();
    let (rectangle, _) = rectangle.split_once(']').unwrap();
    let numbers = rectangle
        .trim_start()
        .trim_start_matches('[')
        .split_whitespace();
    let points: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
    let middle = |one: f64, other: f64| f64::midpoint(one, other) * 25.4 / 72.0;
    (
        middle(points[0], points[2]),
        210.0 - middle(points[1], points[3]),
    )
}

#[test]
fn a_sealed_license_still_states_the_same_and_shows_the_seal_in_its_place() {
    let sealer = Sealer::new();
    let draft = draft(PERSONAL);
    for format in [Format::Ofd, Format::Pdf] {
        let place = draft.document(format).unwrap().seal;
        let pending = draft.prepare(format, sealer.request(42, 40)).unwrap();
        let license = pending.sign(&sealer.signer.key).unwrap();
        assert_eq!(license.id(), draft.metadata().identifier());
        assert_eq!(license.format(), format);
        let Stated {
            listed,
            attached,
            shown,
        } = stated(license.bytes(), format);
        assert_eq!(listed.conflicts(&attached), [""; 0]);
        assert_eq!(shown.conflicts(&attached), [""; 0]);
        let (x, y) = match format {
            Format::Ofd => stamp_center(license.bytes()),
            Format::Pdf => widget_center(license.bytes()),
        };
        assert!((x - place.center_x_mm).abs() < 0.01 && (y - place.center_y_mm).abs() < 0.01);
    }
}

#[test]
fn a_pending_license_is_taken_up_again_by_the_same_draft_only() {
    let sealer = Sealer::new();
    for format in [Format::Ofd, Format::Pdf] {
        let pending = draft(BUSINESS)
            .prepare(format, sealer.request(40, 40))
            .unwrap();
        let stored = pending.to_bytes().unwrap();
        let again = draft(BUSINESS).resume(format, &stored).unwrap();
        assert_eq!(again.message(), pending.message());
        let value = sealer.signer.key.sign(pending.message()).unwrap();
        assert_eq!(
            again.complete(&value).unwrap(),
            pending.complete(&value).unwrap()
        );
        let other = draft(PERSONAL).resume(format, &stored).unwrap_err();
        assert_eq!(other.kind(), ErrorKind::PendingMismatch);
        let wrong = sealer.maker.key.sign(pending.message()).unwrap();
        assert_eq!(
            pending.complete(&wrong).unwrap_err().kind(),
            ErrorKind::SignatureMismatch
        );
    }
}

#[test]
fn a_seal_larger_than_its_place_is_refused() {
    let sealer = Sealer::new();
    for (width, height) in [(43, 40), (40, 43)] {
        let error = draft(BUSINESS).prepare(Format::Ofd, sealer.request(width, height));
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DoesNotFit);
        assert!(error.context().any(|(_, value)| value == "seal"), "{error}");
    }
}

#[test]
fn debug_hides_people() {
    let sealer = Sealer::new();
    let draft = draft(PERSONAL);
    let pending = draft.prepare(Format::Ofd, sealer.request(40, 40)).unwrap();
    let license = pending.sign(&sealer.signer.key).unwrap();
    let unsigned = draft.document(Format::Ofd).unwrap();
    for shown in [
        format!("{draft:?}"),
        format!("{pending:?}"),
        format!("{license:?}"),
        format!("{unsigned:?}"),
    ] {
        assert!(
            !shown.contains("张三") && !shown.contains("19900307"),
            "{shown}"
        );
    }
}
