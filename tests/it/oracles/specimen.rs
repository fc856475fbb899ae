//! What the oracles judge: licenses as a user of the library makes them, with the page design, a
//! drawn seal, and the test font; and what they are taken apart into.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use yinxin::asn1::named;
use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::issue::{Draft, Format};
use yinxin::license::Metadata;
use yinxin::pdf::Font;
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::seal::picture::{Font as Face, Fonts, RoundSeal, SealDesign};
use yinxin::seal::{Listing, SealMaker, SealPicture, SealSpec};
use yinxin::ses::{Layout, SesSeal};
use yinxin::sign::Request;
use yinxin::template::{SealPlace, Template, Typefaces};

use super::Oracles;
use crate::pki::{Party, SIGNED_AT, business_license, time, world};

/// The layouts a seal is made in, with a word for file names.
pub(super) const LAYOUTS: [(&str, Layout); 3] = [
    ("2014", Layout::Gmt0031_2014),
    ("2020", Layout::Gbt38540_2020),
    ("2025", Layout::Gmt0031_2025),
];

/// How a document comes by its fonts.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Letters {
    /// A subset travels with it.
    Embedded,
    /// It names fonts the reader has.
    Named,
}

/// The example license on its page design.
pub(super) fn draft(oracles: &Oracles, letters: Letters) -> Draft {
    let design = Template::standard_landscape().unwrap();
    draft_of(oracles, business_license(), design, letters)
}

/// A license on a page design.
pub(super) fn draft_of(
    oracles: &Oracles,
    metadata: Metadata,
    design: Template,
    letters: Letters,
) -> Draft {
    let draft = Draft::new(metadata, design, time("2026-03-02T01:00:00Z"));
    match letters {
        Letters::Named => draft,
        Letters::Embedded => {
            let font = Font::embedded(fs::read(oracles.font()).unwrap(), 0).unwrap();
            draft.fonts(Typefaces::one(font).embedded_in_ofd())
        }
    }
}

/// The issuing authority's round seal.
pub(super) fn seal(oracles: &Oracles, layout: Layout) -> SesSeal {
    let world = world();
    let maker = SealMaker::from_certificate(world.maker.certificate.clone()).unwrap();
    let spec = SealSpec {
        layout,
        id: "34990000000001".to_owned(),
        seal_type: 1,
        name: "某某市市场监督管理局电子证照专用章".to_owned(),
        signers: vec![world.signer.certificate.clone()],
        listing: Listing::Certificates,
        create_date: time("2026-01-05T00:00:00Z"),
        valid_from: time("2026-01-05T00:00:00Z"),
        valid_until: time("2031-01-05T00:00:00Z"),
        picture: SealPicture {
            data: stamp(oracles).clone(),
            width_mm: 42,
            height_mm: 42,
        },
        extensions: Vec::new(),
    };
    maker.make(&spec, &world.maker.key).unwrap().into_ses()
}

/// Its picture, drawn once.
fn stamp(oracles: &Oracles) -> &'static Vec<u8> {
    static STAMP: OnceLock<Vec<u8>> = OnceLock::new();
    STAMP.get_or_init(|| {
        let font = fs::read(oracles.font()).unwrap();
        let fonts = Fonts::new(Face::new(&font, 0).unwrap());
        let mut design = RoundSeal::new("某某市市场监督管理局");
        design.second_line = Some("电子证照专用章".to_owned());
        let drawing = SealDesign::Round(design).draw(&fonts).unwrap();
        drawing.to_png(300).unwrap()
    })
}

/// The draft under the authority's seal.
pub(super) fn sealed(oracles: &Oracles, draft: &Draft, format: Format, layout: Layout) -> Vec<u8> {
    let signer = &world().signer;
    let request = Request::affix(
        seal(oracles, layout),
        signer.certificate.clone(),
        time(SIGNED_AT),
    );
    let pending = draft.prepare(format, request).unwrap();
    pending.sign(&signer.key).unwrap().into_bytes()
}

/// The draft with a signature and no seal.
pub(super) fn signed(draft: &Draft, format: Format, signer: &Party) -> Vec<u8> {
    let request = Request::sign(signer.certificate.clone(), time(SIGNED_AT));
    let pending = draft.prepare(format, request).unwrap();
    pending.sign(&signer.key).unwrap().into_bytes()
}

/// Where the design wants the seal.
pub(super) fn seal_place(draft: &Draft, format: Format) -> SealPlace {
    draft.document(format).unwrap().seal
}

/// A signer that programs without SM2 know: P-256 all the way up to its root, new in every run.
pub(super) struct International {
    pub(super) root: Party,
    pub(super) signer: Party,
}

impl International {
    pub(super) fn new() -> Self {
        Self::certified(|builder| builder)
    }

    /// The same with more in the signer's certificate.
    pub(super) fn certified(more: impl FnOnce(CertificateBuilder) -> CertificateBuilder) -> Self {
        let key = || SoftwareKey::generate(KeyKind::P256).unwrap();
        let (root_key, signer_key) = (key(), key());
        let root = builder("Example Root", &root_key, 1)
            .authority(None)
            .self_sign(&root_key)
            .unwrap();
        let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
        let signer = builder("Example Authority", &signer_key, 2)
            .end_entity()
            .key_usage(usage);
        let signer = more(signer).sign(&root, &root_key).unwrap();
        let party = |certificate, key| Party { certificate, key };
        Self {
            root: party(root, root_key),
            signer: party(signer, signer_key),
        }
    }
}

fn builder(common_name: &str, key: &SoftwareKey, serial: u8) -> CertificateBuilder {
    let name = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, common_name)]);
    CertificateBuilder::new(
        name.unwrap(),
        key.public_key().clone(),
        &[serial],
        time("2025-01-01"),
        time("2035-01-01"),
    )
}

/// Writes a file into the folder.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// Writes a certificate as PEM.
pub(super) fn write_certificate(folder: &Path, name: &str, certificate: &Certificate) -> PathBuf {
    write(folder, name, certificate.to_pem().as_bytes())
}

/// What the one signature of a PDF covers, and its value without padding; found by their text,
/// with nothing of the library.
pub(super) fn signature_of_pdf(pdf: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let find = |needle: &[u8], from: usize| {
        let found = pdf[from..]
            .windows(needle.len())
            .position(|at| at == needle);
        from + found.expect("the PDF is signed")
    };
    let range = find(b"/ByteRange", 0);
    let (open, close) = (find(b"[", range) + 1, find(b"]", range));
    let numbers: Vec<usize> = std::str::from_utf8(&pdf[open..close])
        .unwrap()
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let [a, b, c, d] = numbers[..] else {
        panic!("a ByteRange of {} numbers", numbers.len());
    };
    assert_eq!((a, c + d), (0, pdf.len()), "the signature covers the file");
    assert_eq!((pdf[b], pdf[c - 1]), (b'<', b'>'));
    let padded: Vec<u8> = pdf[b + 1..c - 1]
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let value = padded[..der_length(&padded)].to_vec();
    assert!(padded[value.len()..].iter().all(|byte| *byte == 0));
    ([&pdf[..b], &pdf[c..]].concat(), value)
}

/// The length of the first DER element, its head included.
fn der_length(der: &[u8]) -> usize {
    match der[1] {
        short @ 0..0x80 => 2 + usize::from(short),
        long => {
            let octets = usize::from(long & 0x7f);
            let length = der[2..2 + octets]
                .iter()
                .fold(0, |length, octet| length << 8 | usize::from(*octet));
            2 + octets + length
        }
    }
}
