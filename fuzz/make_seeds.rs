//! Writes the seeds of every fuzz target into `fuzz/seeds`, made here from fixed keys, so that
//! they are the same on every machine: `cargo run --example fuzz_seeds`. Third-party files are
//! added from `../shared/interop` where that folder is there; none is committed.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use yinxin::Time;
use yinxin::asn1::named;
use yinxin::crypto::{DigestAlgorithm, KeyKind, SignatureAlgorithm, Signer, SoftwareKey};
use yinxin::license::Metadata;
use yinxin::license::codes::RegionCode;
use yinxin::ofd::{self, Area, FontFace, Limits, OfdBuilder, Package};
use yinxin::pdf::{self, DocumentContent, Font, write_document};
use yinxin::pki::cms::{Flavor, SignedDataBuilder, SignedShape};
use yinxin::pki::{Certificate, CertificateBuilder, CrlBuilder, KeyUsage, Name, RevocationReason};
use yinxin::ses::{CertificateList, Layout, Picture, SealDraft, SesSeal, SesSignature};
use yinxin::ses::{SesExtension, SignatureDraft};
use yinxin::sign::{Place, Protection, Request, prepare, prepare_integrity};
use yinxin::trust::list::{
    EntryKind, Environment, Extent, Organization, PackParts, Period, Quorum, RootKey, Scope,
    Standing, TrustEntry, TrustList, TrustPack, TrustRoot,
};
use yinxin::trust::status::StatusListDraft;

type Outcome<T> = Result<T, Box<dyn Error>>;

const METADATA: &str = include_str!("../examples/data/business-license.json");

/// Two red pixels by two.
const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00r\xb6\x0d$\x00\x00\x00\x11IDATx\x9ccx\xc6 \xf4\x1f\x84\x19`\x0c\x00F\x14\x07\xdd\x98[`Y\x00\x00\x00\x00IEND\xaeB`\x82";

/// Larger files slow the search down more than they lead it on.
const MAX_SEED: u64 = 128 << 10;

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = Seeds(root.join("fuzz/seeds"));
    let cast = Cast::new()?;
    messages(&seeds, &cast)?;
    seals(&seeds, &cast)?;
    documents(&seeds, &cast)?;
    trust(&seeds, &cast)?;
    statuses(&seeds)?;
    third_party(&seeds, &root.join("../shared/interop"))
}

/// The folder with one folder a target.
struct Seeds(PathBuf);

impl Seeds {
    fn put(&self, targets: &[&str], name: &str, bytes: &[u8]) -> Outcome<()> {
        for target in targets {
            let folder = self.0.join(target);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name), bytes)?;
        }
        Ok(())
    }
}

/// Made-up people with fixed keys.
struct Cast {
    root: (SoftwareKey, Certificate),
    maker: (SoftwareKey, Certificate),
    signer: (SoftwareKey, Certificate),
}

impl Cast {
    fn new() -> Outcome<Self> {
        let root = SoftwareKey::from_sm2_scalar(&[1; 32])?;
        let root_certificate = certificate("示范根", root.public_key(), 1)?
            .authority(None)
            .self_sign(&root)?;
        let issue = |scalar: u8, name: &str| -> Outcome<(SoftwareKey, Certificate)> {
            let key = SoftwareKey::from_sm2_scalar(&[scalar; 32])?;
            let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
            let certificate = certificate(name, key.public_key(), scalar)?
                .end_entity()
                .key_usage(usage)
                .sign(&root_certificate, &root)?;
            Ok((key, certificate))
        };
        Ok(Self {
            maker: issue(2, "示范制章单位")?,
            signer: issue(3, "某某市市场监督管理局")?,
            root: (root, root_certificate),
        })
    }

    fn seal(&self, layout: Layout) -> Outcome<SesSeal> {
        let (maker, maker_certificate) = &self.maker;
        let draft = SealDraft {
            layout,
            vendor_id: "yinxin".to_owned(),
            id: "34990000000001".to_owned(),
            seal_type: 1,
            name: "某某市市场监督管理局".to_owned(),
            certificates: CertificateList::Certificates(vec![self.signer.1.der().to_vec()]),
            create_date: at("2026-01-02T00:00:00Z")?,
            valid_start: at("2026-01-02T00:00:00Z")?,
            valid_end: at("2031-01-02T00:00:00Z")?,
            picture: Picture {
                kind: "PNG".to_owned(),
                data: PICTURE.to_vec(),
                width_mm: 42,
                height_mm: 42,
            },
            extensions: vec![SesExtension {
                oid: named::CMS_DATA,
                critical: false,
                value: vec![5, 0],
            }],
        };
        let unsigned = draft.prepare(maker_certificate.der(), SignatureAlgorithm::Sm2Sm3)?;
        Ok(unsigned.complete(&maker.sign(unsigned.to_be_signed())?, None)?)
    }

    fn seal_signature(&self, seal: &SesSeal) -> Outcome<SesSignature> {
        let unsigned = SignatureDraft {
            seal,
            time: at("2026-02-03T04:05:06Z")?,
            data_hash: DigestAlgorithm::Sm3.digest(b"content").as_bytes(),
            property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
            signer_certificate: self.signer.1.der(),
            algorithm: SignatureAlgorithm::Sm2Sm3,
            extensions: &[],
        }
        .prepare()?;
        let value = self.signer.0.sign(unsigned.to_be_signed())?;
        Ok(unsigned.complete(&value, None)?)
    }
}

fn certificate(
    name: &str,
    key: &yinxin::crypto::PublicKey,
    serial: u8,
) -> Outcome<CertificateBuilder> {
    let subject = Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, name)])?;
    let (from, until) = (at("2026-01-01T00:00:00Z")?, at("2036-01-01T00:00:00Z")?);
    Ok(CertificateBuilder::new(
        subject,
        key.clone(),
        &[serial],
        from,
        until,
    ))
}

fn at(text: &str) -> Outcome<Time> {
    Ok(Time::parse(text)?)
}

fn messages(seeds: &Seeds, cast: &Cast) -> Outcome<()> {
    let (root, root_certificate) = &cast.root;
    let list = CrlBuilder::new(1, at("2026-01-01T00:00:00Z")?, at("2027-01-01T00:00:00Z")?)
        .revoke(
            &[9],
            at("2026-01-03T00:00:00Z")?,
            Some(RevocationReason::KeyCompromise),
        )
        .sign(root_certificate, root)?;
    seeds.put(&["cms", "der"], "made.crl", list.der())?;
    seeds.put(&["cms", "der"], "root.der", root_certificate.der())?;

    let (signer, certificate) = &cast.signer;
    let shapes = [
        ("attributes", SignedShape::DetachedWithAttributes),
        ("attached", SignedShape::Attached),
        ("digest", SignedShape::DigestAsContent),
        ("bare", SignedShape::DetachedBare),
    ];
    for (name, shape) in shapes {
        for (family, flavor) in [("gm", Flavor::Gm), ("cms", Flavor::Cms)] {
            let builder = SignedDataBuilder::new(
                flavor,
                shape,
                certificate.clone(),
                SignatureAlgorithm::Sm2Sm3,
            );
            let message = builder
                .certificates(std::slice::from_ref(root_certificate))
                .sign(&[b"content"], signer)?;
            seeds.put(
                &["cms", "verify"],
                &format!("{family}-{name}.p7s"),
                &message,
            )?;
        }
    }
    Ok(())
}

fn seals(seeds: &Seeds, cast: &Cast) -> Outcome<()> {
    let layouts = [
        ("2014", Layout::Gmt0031_2014),
        ("2020", Layout::Gbt38540_2020),
        ("2025", Layout::Gmt0031_2025),
    ];
    for (name, layout) in layouts {
        let seal = cast.seal(layout)?;
        let signature = cast.seal_signature(&seal)?;
        seeds.put(
            &["ses", "verify", "der"],
            &format!("{name}.esl"),
            seal.raw(),
        )?;
        seeds.put(&["ses", "verify"], &format!("{name}.ses"), signature.raw())?;
    }
    Ok(())
}

fn documents(seeds: &Seeds, cast: &Cast) -> Outcome<()> {
    let metadata = Metadata::from_json(METADATA)?;
    let plain = [
        ("ofd", license_ofd(&metadata)?),
        ("pdf", license_pdf(&metadata)?),
    ];
    let seal = cast.seal(Layout::Gbt38540_2020)?;
    let (signer, certificate) = &cast.signer;
    let (time, later) = (at("2026-02-03T04:05:06Z")?, at("2026-02-04T04:05:06Z")?);
    let place = Place {
        page: 0,
        center_x_mm: 100.0,
        center_y_mm: 100.0,
    };
    for (format, document) in &plain {
        let put = |name: &str, bytes: &[u8]| -> Outcome<()> {
            if *format == "ofd" {
                seeds.put(&["parts"], &format!("{name}.txt"), &parts(bytes)?)?;
            }
            seeds.put(&[format, "verify"], &format!("{name}.{format}"), bytes)
        };
        put("plain", document)?;
        let affix = Request::affix(seal.clone(), certificate.clone(), time).at(place);
        let sealed = prepare(document, affix)?.sign(signer)?;
        put("sealed", &sealed)?;
        let sign = Request::sign(certificate.clone(), later);
        put("sealed-and-signed", &prepare(&sealed, sign)?.sign(signer)?)?;
        if *format == "ofd" {
            let lock = Request::sign(certificate.clone(), later).protection(Protection::Whole);
            put("locked", &prepare(document, lock)?.sign(signer)?)?;
            let list = prepare_integrity(document, certificate.clone(), time)?;
            put("listed", &list.sign(signer)?)?;
            seeds.put(&["ofd"], "encrypted.ofd", &encrypted(document, time)?)?;
        }
    }
    international_pdf(seeds, &plain[1].1, time)
}

/// As the target `ofd` decrypts it: every ciphertext is its plaintext.
fn encrypted(document: &[u8], time: Time) -> Outcome<Vec<u8>> {
    let package = Package::open(document, &Limits::default())?;
    let recipient = ofd::Recipient {
        name: Some("user".to_owned()),
        owner: false,
        certificate: None,
        wrapped_key: vec![1; 32],
        initial_vector: [2; 16],
    };
    let options = ofd::EncryptionOptions {
        scheme: ofd::EncryptionScheme::Password,
        recipients: vec![recipient],
        provider: ofd::Provider::default(),
        time,
    };
    let same = |plain: &[u8]| Ok(plain.to_vec());
    Ok(ofd::Encryption::apply(&package, &options, &same)?)
}

/// The files of a package as the target `parts` takes them.
fn parts(package: &[u8]) -> Outcome<Vec<u8>> {
    let package = Package::open(package, &Limits::default())?;
    let mut parts = Vec::new();
    for path in package.paths() {
        parts.extend(format!("=== {}\n", path.as_str().trim_start_matches('/')).as_bytes());
        parts.extend(package.read(path)?.iter());
        parts.push(b'\n');
    }
    Ok(parts)
}

/// With a key that is new each time: P-256 keys are only generated or read here.
fn international_pdf(seeds: &Seeds, document: &[u8], time: Time) -> Outcome<()> {
    let key = SoftwareKey::generate(KeyKind::P256)?;
    let own = certificate("Example signer", key.public_key(), 1)?
        .end_entity()
        .self_sign(&key)?;
    let signed = prepare(document, Request::sign(own, time))?.sign(&key)?;
    seeds.put(&["pdf", "verify"], "p256.pdf", &signed)
}

fn license_ofd(metadata: &Metadata) -> Outcome<Vec<u8>> {
    let mut builder = OfdBuilder::new([7; 16], at("2026-02-01T00:00:00Z")?)
        .title(metadata.name())
        .vocabulary("https://example.org/license", "License")
        .attach("license.json", "json", metadata.to_json()?.into_bytes());
    for (name, value) in metadata.custom_data() {
        builder = builder.custom_data(&name, &value);
    }
    let font = builder.add_font(FontFace {
        name: "宋体".to_owned(),
        family: None,
        file: None,
    });
    let text = ofd::PageObject::Text(ofd::Text {
        x: 20.0,
        baseline: 40.0,
        size: 8.0,
        font,
        color: ofd::Color(0, 0, 0),
        text: metadata.number().to_owned(),
        advances: Vec::new(),
        tag: Some("ZZBH".to_owned()),
    });
    let area = Area {
        x: 20.0,
        y: 60.0,
        width: 20.0,
        height: 20.0,
    };
    let picture = ofd::PageObject::Image(ofd::Image {
        area,
        png: PICTURE.to_vec(),
    });
    let page = ofd::PageContent {
        width: 210.0,
        height: 297.0,
        objects: vec![text, picture],
    };
    Ok(builder.page(page).build()?)
}

fn license_pdf(metadata: &Metadata) -> Outcome<Vec<u8>> {
    let text = pdf::PageObject::Text(pdf::TextObject {
        x_mm: 20.0,
        baseline_mm: 40.0,
        size_mm: 8.0,
        font: 0,
        rgb: [0, 0, 0],
        text: metadata.number().to_owned(),
        advances_mm: Vec::new(),
        field: Some("ZZBH".to_owned()),
    });
    let picture = pdf::PageObject::Picture(pdf::PictureObject {
        x_mm: 20.0,
        y_mm: 60.0,
        width_mm: 20.0,
        height_mm: 20.0,
        png: PICTURE.to_vec(),
        description: None,
    });
    let page = pdf::PageContent {
        width_mm: 210.0,
        height_mm: 297.0,
        objects: vec![text, picture],
    };
    Ok(write_document(&DocumentContent {
        title: metadata.name().to_owned(),
        language: "zh-CN".to_owned(),
        created: at("2026-02-01T00:00:00Z")?,
        seed: [7; 32],
        properties: metadata.custom_data(),
        fonts: vec![Font::predefined_song()],
        pages: vec![page],
        attachments: vec![pdf::Attachment {
            name: "license.json".to_owned(),
            media_type: "application/json".to_owned(),
            description: "license metadata".to_owned(),
            data: metadata.to_json()?.into_bytes(),
        }],
        pdf_a: None,
    })?)
}

/// Payloads of a trust system of one key for roots and one for lists; their targets sign them.
fn trust(seeds: &Seeds, cast: &Cast) -> Outcome<()> {
    let quorum = |scalar: u8| -> Outcome<Quorum> {
        let key = SoftwareKey::from_sm2_scalar(&[scalar; 32])?;
        Ok(Quorum::new(1, vec![RootKey::of_signer(&key)?])?)
    };
    let (name, environment) = ("示范", Environment::Test);
    let term = (at("2026-01-01")?, at("2036-01-01")?);
    let next = TrustRoot::new(name, environment, 2, term, quorum(90)?, quorum(91)?)?;
    let next = next.to_envelope();
    seeds.put(&["trust"], "root.json", next.payload())?;
    seeds.put(&["trust"], "root-unsigned.json", &next.to_bytes())?;

    let mut list = TrustList::new(
        name,
        environment,
        1,
        None,
        (at("2026-11-01")?, at("2027-11-01")?),
    );
    let scope = Scope {
        regions: Extent::Only(vec![RegionCode::parse("340000")?]),
        ..Scope::any()
    };
    let granted = Period {
        from: at("2020-01-01")?,
        until: None,
        standing: Standing::Granted,
        scope,
    };
    let kinds = [
        ("ca", EntryKind::Ca),
        ("status", EntryKind::StatusPublisher),
    ];
    for (id, kind) in kinds {
        let history = vec![granted.clone()];
        list.entries
            .push(TrustEntry::new(id, kind, id, &cast.root.1, history)?);
    }
    list.organizations.push(Organization {
        uscc: "11349900MB0EXAMP5Y".to_owned(),
        name: "某某市市场监督管理局".to_owned(),
        seals: vec!["34990000000001".to_owned()],
        certificates: Vec::new(),
    });
    let mut list = list.to_envelope()?;
    seeds.put(&["trust"], "list.json", list.payload())?;
    list.sign(&SoftwareKey::from_sm2_scalar(&[91; 32])?)?;

    let crl = CrlBuilder::new(1, at("2026-11-01")?, at("2026-12-01")?);
    let parts = PackParts {
        list: list.to_bytes(),
        crls: vec![crl.sign(&cast.root.1, &cast.root.0)?.der().to_vec()],
        status_lists: vec![status_list()?.sign(&cast.root.0)?],
        status_references: Some(REFERENCES.as_bytes().to_vec()),
        seal_revocations: vec![REVOKED_SEALS.as_bytes().to_vec()],
        ..PackParts::default()
    };
    let term = (at("2026-11-20")?, at("2026-12-20")?);
    let pack = TrustPack::new(name, environment, term, parts)?.to_envelope();
    seeds.put(&["pack"], "pack.json", pack.payload())
}

const REFERENCES: &str = r#"{"schema":"yinxin.status-references/1",
    "licenses":{"1.2.156.3005.2.11100000MB0143028R001.11349900MB0EXAMP5Y.20260115000001.001.2":
    {"uri":"https://status.example.invalid/1","idx":5}},
    "seals":{"34990000000001":{"uri":"https://status.example.invalid/1","idx":6}}}"#;

const REVOKED_SEALS: &str = r#"{"asOf":"2026-11-22 00:00:00","revocationList":
    [{"sealCode":"34990000000001","invalidType":0,"invalidEffectTime":"2026-11-20 09:59:59"}]}"#;

fn status_list() -> Outcome<StatusListDraft> {
    Ok(StatusListDraft {
        uri: "https://status.example.invalid/1".to_owned(),
        issued: at("2026-11-22")?,
        ttl: 86_400,
        bits: 2,
        statuses: vec![0, 1, 2, 3, 0, 1, 2, 0],
    })
}

/// Status lists in both shapes: a CWT is a COSE_Sign1 of a map of claims (RFC 8392, 9052).
fn statuses(seeds: &Seeds) -> Outcome<()> {
    let key = SoftwareKey::from_sm2_scalar(&[93; 32])?;
    seeds.put(&["status"], "list.jwt", &status_list()?.sign(&key)?)?;
    // Deflated: eight statuses of two bits.
    let deflated: &[u8] = &[0x78, 0xda, 0x7b, 0xa2, 0x02, 0x00, 0x01, 0xee, 0x01, 0x09];
    let header = r#"{"alg":"SM2","typ":"statuslist+jwt"}"#;
    let claims = r#"{"sub":"https://status.example.invalid/1","iat":1795305600,"exp":1795392000,"ttl":3600,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}"#;
    seeds.put(
        &["status"],
        "parts.txt",
        format!("{header}\n{claims}").as_bytes(),
    )?;
    seeds.put(&["status"], "references.json", REFERENCES.as_bytes())?;
    seeds.put(&["status"], "seals.json", REVOKED_SEALS.as_bytes())?;

    let item = |kind: u8, bytes: &[u8]| -> Outcome<Vec<u8>> {
        Ok([&[kind, u8::try_from(bytes.len())?], bytes].concat())
    };
    let text = |text: &str| item(0x78, text.as_bytes());
    let octets = |bytes: &[u8]| item(0x58, bytes);
    let time = |seconds: u32| [&[0x1a][..], &seconds.to_be_bytes()].concat();
    let list = [
        vec![0xa2],
        text("bits")?,
        vec![2],
        text("lst")?,
        octets(deflated)?,
    ]
    .concat();
    let claims = [
        vec![0xa5, 2],
        text("https://status.example.invalid/1")?,
        vec![6],
        time(1_795_305_600),
        vec![4],
        time(1_795_392_000),
        vec![0x19, 0xff, 0xfe],
        time(3600),
        vec![0x19, 0xff, 0xfd],
        list,
    ];
    let protected = [vec![0xa2, 1, 0x26, 16], text("application/statuslist+cwt")?].concat();
    let token = [
        vec![0xd2, 0x84],
        octets(&protected)?,
        vec![0xa0],
        octets(&claims.concat())?,
        octets(&[7; 64])?,
    ];
    seeds.put(&["status"], "list.cwt", &token.concat())
}

/// Real files, where they are at hand.
fn third_party(seeds: &Seeds, interop: &Path) -> Outcome<()> {
    for file in files(&interop.join("ofd"))? {
        let targets: &[&str] = match extension(&file) {
            "ofd" => {
                // What no package can be read from is of use to the other targets all the same.
                if let Ok(parts) = parts(&fs::read(&file)?) {
                    seeds.put(&["parts"], name_of(&file), &parts)?;
                }
                &["ofd", "verify"]
            }
            "esl" | "dat" => &["ses", "verify", "der"],
            _ => continue,
        };
        copy(seeds, targets, &file)?;
    }
    for folder in ["ofd/certs", "sm2-certs"] {
        for file in files(&interop.join(folder))? {
            let Ok(certificates) = Certificate::from_pem_or_der(&fs::read(&file)?) else {
                continue;
            };
            for (number, certificate) in certificates.iter().enumerate() {
                let name = format!("{}-{number}.der", name_of(&file));
                seeds.put(&["cms"], &name, certificate.der())?;
            }
        }
    }
    Ok(())
}

fn copy(seeds: &Seeds, targets: &[&str], file: &Path) -> Outcome<()> {
    if fs::metadata(file)?.len() > MAX_SEED {
        return Ok(());
    }
    seeds.put(targets, name_of(file), &fs::read(file)?)
}

/// The files of a folder in a fixed order; none when it is not there.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn name_of(file: &Path) -> &str {
    file.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("seed")
}

fn extension(file: &Path) -> &str {
    file.extension()
        .and_then(|name| name.to_str())
        .unwrap_or("")
}
