// What the examples in the documentation stand on: made-up certificates, a seal and a sealed
// license. Included by them; errors are whatever went wrong.

use yinxin::asn1::named;
use yinxin::crypto::SoftwareKey;
use yinxin::issue::{Draft, Format};
use yinxin::ofd::{
    Color, Document, FontFace, Limits, OfdBuilder, Package, PageContent, PageObject, SignatureList,
    Text,
};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::seal::{Listing, SealPicture, SealSpec};
use yinxin::ses::Layout;
use yinxin::sign::Request;
use yinxin::{Metadata, Seal, SealMaker, Signer, Template, Time};

/// Two red pixels by two.
const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00r\xb6\x0d$\x00\x00\x00\x11IDATx\x9ccx\xc6 \xf4\x1f\x84\x19`\x0c\x00F\x14\x07\xdd\x98[`Y\x00\x00\x00\x00IEND\xaeB`\x82";

type Made<T> = Result<T, Box<dyn std::error::Error>>;

/// A sealed license, the signer's root and the maker's root, which is the same here.
#[allow(dead_code)]
pub(crate) fn sealed_license() -> Made<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    let (seal, signer, key) = seal_and_signer()?;
    let root = root()?.1.der().to_vec();
    Ok((licensed(seal, signer, &key)?, root.clone(), root))
}

/// The same license, sealed in another province, its root, and the identifier of its seal.
#[allow(dead_code)]
pub(crate) fn license_of_another_province() -> Made<(Vec<u8>, Certificate, String)> {
    let root_key = SoftwareKey::from_sm2_scalar(&[5; 32])?;
    let root = builder("示范根（另一省）", &root_key, 5)?
        .authority(None)
        .self_sign(&root_key)?;
    let (maker_key, maker) = issued_by(&root, &root_key, 6, "示范制章单位（另一省）")?;
    let (key, signer) = issued_by(&root, &root_key, 7, "某某市某某局（另一省）")?;
    let spec = spec("44990000000001", "某某市某某局（另一省）", &signer)?;
    let seal = SealMaker::from_certificate(maker)?.make(&spec, &maker_key)?;
    let id = seal.id().to_owned();
    Ok((licensed(seal, signer, &key)?, root, id))
}

fn licensed(seal: Seal, signer: Certificate, key: &SoftwareKey) -> Made<Vec<u8>> {
    let json = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/business-license.json"
    ));
    let now = Time::parse("2026-03-02T01:00:00Z")?;
    let draft = Draft::new(
        Metadata::from_json(json)?,
        Template::standard_landscape()?,
        now,
    );
    let pending = draft.prepare(Format::Ofd, Request::affix(seal, signer, now))?;
    Ok(pending.sign(key)?.into_bytes())
}

/// A seal, the certificate of one who may use it, and its key.
#[allow(dead_code)]
pub(crate) fn seal_and_signer() -> Made<(Seal, Certificate, SoftwareKey)> {
    let (maker_key, maker) = issued(2, "示范制章单位")?;
    let (key, signer) = issued(3, "某某市市场监督管理局")?;
    let spec = spec("34990000000001", "某某市市场监督管理局", &signer)?;
    let seal = SealMaker::from_certificate(maker)?.make(&spec, &maker_key)?;
    Ok((seal, signer, key))
}

fn spec(id: &str, name: &str, signer: &Certificate) -> Made<SealSpec> {
    Ok(SealSpec {
        layout: Layout::Gbt38540_2020,
        id: id.to_owned(),
        seal_type: 1,
        name: name.to_owned(),
        signers: vec![signer.clone()],
        listing: Listing::Certificates,
        create_date: Time::parse("2026-01-02T00:00:00Z")?,
        valid_from: Time::parse("2026-01-02T00:00:00Z")?,
        valid_until: Time::parse("2031-01-02T00:00:00Z")?,
        picture: SealPicture {
            data: PICTURE.to_vec(),
            width_mm: 42,
            height_mm: 42,
        },
        extensions: Vec::new(),
    })
}

/// Another who signs.
#[allow(dead_code)]
pub(crate) fn second_signer() -> Made<(Certificate, SoftwareKey)> {
    let (key, certificate) = issued(4, "某某市某某区行政审批局")?;
    Ok((certificate, key))
}

/// A contract of three pages, each with lines for the seals of both parties; its OFD has a text
/// object a character, as many printers write it.
#[allow(dead_code)]
pub(crate) fn contract() -> Made<Vec<u8>> {
    let mut builder = OfdBuilder::new([7; 16], Time::parse("2026-03-02T00:00:00Z")?);
    let font = builder.add_font(FontFace { name: "宋体".to_owned(), family: None, file: None });
    for number in ["第一页", "第二页", "第三页"] {
        let party = if number == "第三页" { "乙方（盖章）" } else { "" };
        let lines = [(number, 20.0), ("甲方（盖章）", 200.0), (party, 240.0)];
        let objects = lines.iter().flat_map(|(text, baseline)| {
            text.chars().zip(0_u8..).map(move |(c, place)| {
                PageObject::Text(Text {
                    x: 25.0 + 6.0 * f64::from(place),
                    baseline: *baseline,
                    size: 5.0,
                    font,
                    color: Color(0, 0, 0),
                    text: c.to_string(),
                    advances: Vec::new(),
                    tag: None,
                })
            })
        });
        let objects = objects.collect();
        builder = builder.page(PageContent { width: 210.0, height: 297.0, objects });
    }
    Ok(builder.build()?)
}

/// The page of each place where the newest signature shows its seal, by the page's ID.
#[allow(dead_code)]
pub(crate) fn pages_with_a_seal(document: &[u8]) -> Made<Vec<String>> {
    let package = Package::open(document, &Limits::default())?;
    let body = Document::read(&package)?.bodies.remove(0);
    let list = SignatureList::read(&package, &body.signatures.ok_or("unsigned")?)?;
    let newest = list.entries.into_iter().next_back().ok_or("unsigned")?.file?;
    Ok(newest.stamps.into_iter().map(|stamp| stamp.page).collect())
}

fn root() -> Made<(SoftwareKey, Certificate)> {
    let key = SoftwareKey::from_sm2_scalar(&[1; 32])?;
    let certificate = builder("示范根", &key, 1)?
        .authority(None)
        .self_sign(&key)?;
    Ok((key, certificate))
}

fn issued(number: u8, name: &str) -> Made<(SoftwareKey, Certificate)> {
    let (root_key, root) = root()?;
    issued_by(&root, &root_key, number, name)
}

fn issued_by(
    root: &Certificate,
    root_key: &SoftwareKey,
    number: u8,
    name: &str,
) -> Made<(SoftwareKey, Certificate)> {
    let key = SoftwareKey::from_sm2_scalar(&[number; 32])?;
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let builder = builder(name, &key, number)?.end_entity().key_usage(usage);
    Ok((key, builder.sign(root, root_key)?))
}

fn builder(name: &str, key: &SoftwareKey, serial: u8) -> Made<CertificateBuilder> {
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)])?;
    let from = Time::parse("2026-01-01T00:00:00Z")?;
    let until = Time::parse("2036-01-01T00:00:00Z")?;
    Ok(CertificateBuilder::new(
        subject,
        key.public_key().clone(),
        &[serial],
        from,
        until,
    ))
}
