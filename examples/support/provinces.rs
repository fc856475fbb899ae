// Two made-up provinces with their own authorities and seal makers, and the trust list and pack by
// which a window of province B judges what province A has sealed. Included by the example; errors
// are whatever went wrong.

use yinxin::asn1::named;
use yinxin::crypto::SoftwareKey;
use yinxin::issue::{Draft, Format};
use yinxin::license::codes::RegionCode;
use yinxin::pki::{Certificate, CertificateBuilder, CrlBuilder, KeyUsage, Name};
use yinxin::seal::{Listing, SealPicture, SealSpec};
use yinxin::ses::Layout;
use yinxin::sign::Request;
use yinxin::trust::list::{
    EntryKind, Environment, Extent, Organization, PackParts, Period, Quorum, RootKey, Scope,
    Standing, TrustEntry, TrustList, TrustPack, TrustRoot, TrustState,
};
use yinxin::trust::status::StatusListDraft;
use yinxin::{Metadata, SealMaker, Signer, Template, Time};

/// Two red pixels by two.
const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00r\xb6\x0d$\x00\x00\x00\x11IDATx\x9ccx\xc6 \xf4\x1f\x84\x19`\x0c\x00F\x14\x07\xdd\x98[`Y\x00\x00\x00\x00IEND\xaeB`\x82";

/// The type of the license that A issues.
pub(crate) const TYPE: &str = "11100000MB0143028R001";
/// The authority of A that certifies signers.
const SIGNERS_OF_A: &str = "甲省电子认证中心";
/// What a report says when its revocation list is missing.
pub(crate) const LIST_OF_A: &str = r#""list_of":["CN=甲省电子认证中心,"#;
const ISSUER: &str = "11349900MB0EXAMP5Y";
const SEAL: &str = "34990000000001";
const LICENSE: &str =
    "1.2.156.3005.2.11100000MB0143028R001.11349900MB0EXAMP5Y.20260115000001.001.2";
const STATUS_URI: &str = "https://status.example.invalid/1";
const NAME: &str = "跨省互认试用体系";

type Made<T> = Result<T, Box<dyn std::error::Error>>;

/// The time of the story.
pub(crate) fn now() -> Made<Time> {
    Ok(Time::parse("2026-11-22T08:00:00Z")?)
}

/// Who is there: a certificate and its key.
struct Party(Certificate, SoftwareKey);

/// The authorities of a province.
struct Province {
    region: &'static str,
    signers: Party,
    makers: Party,
}

fn province_a() -> Made<Province> {
    Ok(Province {
        region: "340000",
        signers: root(SIGNERS_OF_A, 1)?,
        makers: root("甲省印章管理中心", 2)?,
    })
}

fn province_b() -> Made<Province> {
    Ok(Province {
        region: "350000",
        signers: root("乙省电子认证中心", 3)?,
        makers: root("乙省印章管理中心", 4)?,
    })
}

/// A license that an authority of province A has sealed.
pub(crate) fn license_of_a() -> Made<Vec<u8>> {
    let province = province_a()?;
    let Party(maker, maker_key) = unit("甲省制章单位", 5, &province.makers)?;
    let Party(signer, signer_key) = unit("某某市市场监督管理局", 6, &province.signers)?;
    let made = Time::parse("2026-01-05T00:00:00Z")?;
    let spec = SealSpec {
        layout: Layout::Gbt38540_2020,
        id: SEAL.to_owned(),
        seal_type: 1,
        name: "某某市市场监督管理局".to_owned(),
        signers: vec![signer.clone()],
        listing: Listing::Certificates,
        create_date: made,
        valid_from: made,
        valid_until: Time::parse("2031-01-05T00:00:00Z")?,
        picture: SealPicture {
            data: PICTURE.to_vec(),
            width_mm: 42,
            height_mm: 42,
        },
        extensions: Vec::new(),
    };
    let seal = SealMaker::from_certificate(maker)?.make(&spec, &maker_key)?;
    let json = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/business-license.json"
    ));
    let signed_at = Time::parse("2026-11-20T02:00:00Z")?;
    let draft = Draft::new(
        Metadata::from_json(json)?,
        Template::standard_landscape()?,
        signed_at,
    );
    let pending = draft.prepare(Format::Ofd, Request::affix(seal, signer, signed_at))?;
    Ok(pending.sign(&signer_key)?.into_bytes())
}

/// A window of province B that has pinned the root of the system and no list yet.
pub(crate) fn window_of_b() -> Made<TrustState> {
    let quorum = |seed| -> Made<Quorum> {
        Ok(Quorum::new(1, vec![RootKey::of_signer(&key(seed)?)?])?)
    };
    let term = (Time::parse("2026-01-01")?, Time::parse("2036-01-01")?);
    let root = TrustRoot::new(NAME, Environment::Test, 1, term, quorum(90)?, quorum(91)?)?;
    let mut root = root.to_envelope();
    root.sign(&key(90)?)?;
    Ok(TrustState::pin(&root.to_bytes(), Environment::Test, now()?)?)
}

/// The pack that the keeper of the list hands to the windows of B. `types` are what the signers of
/// A are believed for, `crls_of_a` how many of A's two revocation lists are in it.
pub(crate) fn pack(types: &[&str], crls_of_a: usize) -> Made<Vec<u8>> {
    let (a, b) = (province_a()?, province_b()?);
    let publisher = root("甲省状态发布中心", 7)?;
    let list = list(&a, &b, &publisher, types)?;
    let status = StatusListDraft {
        uri: STATUS_URI.to_owned(),
        issued: Time::parse("2026-11-22T00:00:00Z")?,
        ttl: 86_400,
        bits: 2,
        statuses: vec![0, 2, 1, 0],
    };
    let references = format!(
        r#"{{"schema":"yinxin.status-references/1","licenses":{{"{LICENSE}":{{"uri":"{STATUS_URI}","idx":3}}}}}}"#
    );
    let mut crls = Vec::new();
    for authority in [&a.makers, &a.signers].into_iter().take(crls_of_a) {
        let term = (Time::parse("2026-11-21")?, Time::parse("2026-11-28")?);
        let crl = CrlBuilder::new(1, term.0, term.1).sign(&authority.0, &authority.1)?;
        crls.push(crl.der().to_vec());
    }
    let parts = PackParts {
        list,
        crls,
        status_lists: vec![status.sign(&publisher.1)?],
        status_references: Some(references.into_bytes()),
        ..PackParts::default()
    };
    let term = (Time::parse("2026-11-22")?, Time::parse("2026-11-29")?);
    let mut pack = TrustPack::new(NAME, Environment::Test, term, parts)?.to_envelope();
    pack.sign(&key(91)?)?;
    Ok(pack.to_bytes())
}

/// Each province's authorities, believed within their province.
fn list(a: &Province, b: &Province, publisher: &Party, types: &[&str]) -> Made<Vec<u8>> {
    let term = (Time::parse("2026-11-20")?, Time::parse("2027-11-20")?);
    let mut list = TrustList::new(NAME, Environment::Test, 1, None, term);
    let of_a = |types: Extent<String>| scope(a.region, types);
    let types = Extent::Only(types.iter().map(|&code| code.to_owned()).collect());
    list.entries = vec![
        entry("a-signers", EntryKind::Ca, &a.signers, of_a(types)?)?,
        entry("a-makers", EntryKind::SealMaker, &a.makers, of_a(Extent::Any)?)?,
        entry("a-status", EntryKind::StatusPublisher, publisher, of_a(Extent::Any)?)?,
        entry("b-signers", EntryKind::Ca, &b.signers, scope(b.region, Extent::Any)?)?,
        entry("b-makers", EntryKind::SealMaker, &b.makers, scope(b.region, Extent::Any)?)?,
    ];
    list.organizations = vec![Organization {
        uscc: ISSUER.to_owned(),
        name: "某某市市场监督管理局".to_owned(),
        seals: vec![SEAL.to_owned()],
        certificates: Vec::new(),
    }];
    let mut list = list.to_envelope()?;
    list.sign(&key(91)?)?;
    Ok(list.to_bytes())
}

fn entry(id: &str, kind: EntryKind, party: &Party, scope: Scope) -> Made<TrustEntry> {
    let period = Period {
        from: Time::parse("2026-01-01")?,
        until: None,
        standing: Standing::Granted,
        scope,
    };
    Ok(TrustEntry::new(id, kind, id, &party.0, vec![period])?)
}

fn scope(region: &str, license_types: Extent<String>) -> Made<Scope> {
    Ok(Scope {
        regions: Extent::Only(vec![RegionCode::parse(region)?]),
        issuers: Extent::Any,
        license_types,
    })
}

fn root(name: &str, number: u8) -> Made<Party> {
    let key = key(number)?;
    let certificate = builder(name, &key, number)?.authority(None).self_sign(&key)?;
    Ok(Party(certificate, key))
}

fn unit(name: &str, number: u8, issuer: &Party) -> Made<Party> {
    let key = key(number)?;
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let builder = builder(name, &key, number)?.end_entity().key_usage(usage);
    Ok(Party(builder.sign(&issuer.0, &issuer.1)?, key))
}

fn key(number: u8) -> Made<SoftwareKey> {
    Ok(SoftwareKey::from_sm2_scalar(&[number; 32])?)
}

fn builder(name: &str, key: &SoftwareKey, serial: u8) -> Made<CertificateBuilder> {
    let subject = Name::build(&[
        (named::COUNTRY, "CN"),
        (named::ORGANIZATION, name),
        (named::COMMON_NAME, name),
    ])?;
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
