//! Enumerations that callers pass as `int32_t`, since a number that is no member would be
//! undefined behaviour as an enumeration of Rust.

use yinxin::crypto::KeyKind;
use yinxin::issue::Format;
use yinxin::pdf::Permission;
use yinxin::seal::Listing;
use yinxin::ses::Layout;
use yinxin::sign::{Edge, Occurrence, PdfFormat};
use yinxin::template::FontRole;
use yinxin::trust::list::{Environment, PayloadKind};
use yinxin::trust::{AnchorRole, Purpose, RevocationMode};
use yinxin::verify::{Language, Outcome};

use crate::border::{Fault, Result};

/// What a verdict or a check came to. Cleared memory reads as failed.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_outcome {
    /// Shown to be wrong.
    Failed = 0,
    /// Cannot be judged with what is at hand.
    Indeterminate = 1,
    /// Shown to be right.
    Passed = 2,
}

impl From<Outcome> for yinxin_outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Failed => Self::Failed,
            Outcome::Indeterminate => Self::Indeterminate,
            Outcome::Passed => Self::Passed,
        }
    }
}

/// The three questions a verdict answers.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_axis {
    /// Are these the bytes that were sealed?
    Authentic = 0,
    /// Was it sealed by whom it should be?
    Trusted = 1,
    /// Is the license in force?
    InForce = 2,
}

/// What an anchor vouches for.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_anchor_role {
    /// Signers of documents and seals' users.
    Signer = 0,
    /// Makers of seals.
    Maker = 1,
    /// Time stamp authorities.
    Tsa = 2,
    /// OCSP responders.
    Ocsp = 3,
    /// Publishers of status lists.
    StatusPublisher = 4,
}

pub(crate) fn anchor_role(number: i32) -> Result<AnchorRole> {
    match number {
        0 => Ok(AnchorRole::Signer),
        1 => Ok(AnchorRole::Maker),
        2 => Ok(AnchorRole::Tsa),
        3 => Ok(AnchorRole::Ocsp),
        4 => Ok(AnchorRole::StatusPublisher),
        _ => Err(Fault::Enum("role")),
    }
}

/// The container of a license.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_format {
    /// An OFD package.
    Ofd = 0,
    /// A PDF document.
    Pdf = 1,
}

pub(crate) fn format(number: i32) -> Result<Format> {
    match number {
        0 => Ok(Format::Ofd),
        1 => Ok(Format::Pdf),
        _ => Err(Fault::Enum("format")),
    }
}

/// The layout of a seal, by its standard.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_layout {
    /// GM/T 0031-2014.
    Gmt0031_2014 = 2014,
    /// GB/T 38540-2020.
    Gbt38540_2020 = 2020,
    /// GM/T 0031-2025.
    Gmt0031_2025 = 2025,
}

pub(crate) fn layout(number: i32) -> Result<Layout> {
    match number {
        2014 => Ok(Layout::Gmt0031_2014),
        2020 => Ok(Layout::Gbt38540_2020),
        2025 => Ok(Layout::Gmt0031_2025),
        _ => Err(Fault::Enum("layout")),
    }
}

/// How a seal names its signers.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_listing {
    /// By whole certificates, which readers of every layout understand.
    Certificates = 0,
    /// By the SM3 digests of certificates. Not in 2014.
    Digests = 1,
    /// By SM3 digests over Z and certificate. Not in 2014; SM2 certificates only.
    DigestsWithZ = 2,
}

pub(crate) fn listing(number: i32) -> Result<Listing> {
    match number {
        0 => Ok(Listing::Certificates),
        1 => Ok(Listing::Digests),
        2 => Ok(Listing::DigestsWithZ),
        _ => Err(Fault::Enum("listing")),
    }
}

/// A kind of key that can be generated.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_key_kind {
    /// SM2.
    Sm2 = 0,
    /// ECDSA on P-256.
    P256 = 1,
    /// ECDSA on P-384.
    P384 = 2,
    /// Ed25519.
    Ed25519 = 3,
}

pub(crate) fn key_kind(number: i32) -> Result<KeyKind> {
    match number {
        0 => Ok(KeyKind::Sm2),
        1 => Ok(KeyKind::P256),
        2 => Ok(KeyKind::P384),
        3 => Ok(KeyKind::Ed25519),
        _ => Err(Fault::Enum("kind")),
    }
}

/// A language of the texts.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_language {
    /// Simplified Chinese.
    ZhCn = 0,
    /// English.
    En = 1,
}

pub(crate) fn language(number: i32) -> Result<Language> {
    match number {
        0 => Ok(Language::ZhCn),
        1 => Ok(Language::En),
        _ => Err(Fault::Enum("language")),
    }
}

/// What a text tells about a code.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_text_kind {
    /// What an outcome (`passed`) is called.
    Outcome = 0,
    /// What a check (`path.anchor`) is called.
    Check = 1,
    /// Why: the cause behind a reason (`no_path`).
    Cause = 2,
    /// What to do about a reason.
    Remedy = 3,
    /// What a finding means.
    Finding = 4,
}

/// Which of several occurrences of a keyword is meant; numbers from 0 on mean that one.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_occurrence {
    /// There must be one only.
    Only = -1,
    /// The last one.
    Last = -2,
    /// Each of them.
    All = -3,
}

pub(crate) fn occurrence(number: i32) -> Result<Occurrence> {
    match number {
        -1 => Ok(Occurrence::Only),
        -2 => Ok(Occurrence::Last),
        -3 => Ok(Occurrence::All),
        nth => usize::try_from(nth)
            .map(Occurrence::Nth)
            .map_err(|_| Fault::Enum("occurrence")),
    }
}

/// An edge of a page.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_edge {
    /// The left edge.
    Left = 0,
    /// The right edge.
    Right = 1,
    /// The upper edge.
    Top = 2,
    /// The lower edge.
    Bottom = 3,
}

pub(crate) fn edge(number: i32) -> Result<Edge> {
    match number {
        0 => Ok(Edge::Left),
        1 => Ok(Edge::Right),
        2 => Ok(Edge::Top),
        3 => Ok(Edge::Bottom),
        _ => Err(Fault::Enum("edge")),
    }
}

/// A kind of typeface of a page design.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_font_role {
    /// Song.
    Song = 0,
    /// Hei.
    Hei = 1,
    /// Kai.
    Kai = 2,
    /// Fangsong.
    FangSong = 3,
}

pub(crate) fn font_role(number: i32) -> Result<FontRole> {
    match number {
        0 => Ok(FontRole::Song),
        1 => Ok(FontRole::Hei),
        2 => Ok(FontRole::Kai),
        3 => Ok(FontRole::FangSong),
        _ => Err(Fault::Enum("role")),
    }
}

/// The year of a layout's standard; 0 for one that this face does not know.
pub(crate) fn layout_year(layout: Layout) -> i32 {
    match layout {
        Layout::Gmt0031_2014 => 2014,
        Layout::Gbt38540_2020 => 2020,
        Layout::Gmt0031_2025 => 2025,
        _ => 0,
    }
}

/// Whether a trust system is for real use or for trials.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_environment {
    /// For real use.
    Production = 0,
    /// For trials.
    Test = 1,
}

pub(crate) fn environment(number: i32) -> Result<Environment> {
    match number {
        0 => Ok(Environment::Production),
        1 => Ok(Environment::Test),
        _ => Err(Fault::Enum("environment")),
    }
}

/// A text of a PDF's signature.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_pdf_text {
    /// The field to sign: an empty one of this name, or a new one.
    Field = 0,
    /// The signer.
    Name = 1,
    /// Why.
    Reason = 2,
    /// Where.
    Location = 3,
    /// How to reach the signer.
    Contact = 4,
    /// Another `Filter` than the form's.
    Filter = 5,
    /// Another `SubFilter` than the form's.
    SubFilter = 6,
}

pub(crate) use yinxin_pdf_text as PdfText;

pub(crate) fn pdf_text(number: i32) -> Result<PdfText> {
    match number {
        0 => Ok(PdfText::Field),
        1 => Ok(PdfText::Name),
        2 => Ok(PdfText::Reason),
        3 => Ok(PdfText::Location),
        4 => Ok(PdfText::Contact),
        5 => Ok(PdfText::Filter),
        6 => Ok(PdfText::SubFilter),
        _ => Err(Fault::Enum("kind")),
    }
}

/// The form of a PDF's signature.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_pdf_format {
    /// `ETSI.CAdES.detached`, PAdES baseline.
    Pades = 0,
    /// `adbe.pkcs7.detached`, ISO 32000-1.
    Iso32000 = 1,
    /// `GM.sm2cms.detached`, as products that follow GM/T 0112 write it.
    National = 2,
}

pub(crate) fn pdf_format(number: i32) -> Result<PdfFormat> {
    match number {
        0 => Ok(PdfFormat::Pades),
        1 => Ok(PdfFormat::Iso32000),
        2 => Ok(PdfFormat::National),
        _ => Err(Fault::Enum("format")),
    }
}

/// What others may change in a PDF behind its author's signature (ISO 32000-2 12.8.2.2).
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_pdf_permission {
    /// Nothing.
    Nothing = 1,
    /// Fill in forms and sign.
    FillAndSign = 2,
    /// Comment besides.
    Comment = 3,
}

pub(crate) fn pdf_permission(number: i32) -> Result<Permission> {
    match number {
        1 => Ok(Permission::Nothing),
        2 => Ok(Permission::FillAndSign),
        3 => Ok(Permission::Comment),
        _ => Err(Fault::Enum("permission")),
    }
}

/// Which form fields of a PDF a signature locks.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_field_lock {
    /// Every field.
    All = 0,
    /// The named ones and all below them.
    Only = 1,
    /// All but the named ones and those below them.
    AllBut = 2,
}

pub(crate) use yinxin_field_lock as Lock;

pub(crate) fn field_lock(number: i32) -> Result<Lock> {
    match number {
        0 => Ok(Lock::All),
        1 => Ok(Lock::Only),
        2 => Ok(Lock::AllBut),
        _ => Err(Fault::Enum("lock")),
    }
}

/// A file of a pack.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_pack_part {
    /// Revocation lists, DER or PEM.
    Crls = 0,
    /// An OCSP response, DER.
    Ocsp = 1,
    /// A status list, JWT or CWT.
    StatusList = 2,
    /// Where licenses and seals stand in status lists, JSON.
    StatusReferences = 3,
    /// A revocation list of seals, JSON with its `asOf`.
    SealRevocations = 4,
    /// The catalog of licenses, JSON.
    Catalog = 5,
}

pub(crate) use yinxin_pack_part as Part;

pub(crate) fn pack_part(number: i32) -> Result<Part> {
    match number {
        0 => Ok(Part::Crls),
        1 => Ok(Part::Ocsp),
        2 => Ok(Part::StatusList),
        3 => Ok(Part::StatusReferences),
        4 => Ok(Part::SealRevocations),
        5 => Ok(Part::Catalog),
        _ => Err(Fault::Enum("part")),
    }
}

/// What an operator of a trust system publishes.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_trust_document_kind {
    /// A root: who may sign lists.
    Root = 0,
    /// A list: whom to believe for what.
    List = 1,
}

pub(crate) fn trust_document_kind(number: i32) -> Result<PayloadKind> {
    match number {
        0 => Ok(PayloadKind::Root),
        1 => Ok(PayloadKind::List),
        _ => Err(Fault::Enum("kind")),
    }
}

/// What a certificate's key is to be used for.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_purpose {
    /// Anything: key usage and extended key usage are not looked at.
    Any = 0,
    /// Signing documents, or with a seal.
    Signer = 1,
    /// Making seals.
    Maker = 2,
    /// Time stamping.
    Tsa = 3,
}

/// The purpose, and the role in which its anchor is believed.
pub(crate) fn purpose(number: i32) -> Result<(Purpose, AnchorRole)> {
    match number {
        0 => Ok((Purpose::Any, AnchorRole::Signer)),
        1 => Ok((Purpose::Signer, AnchorRole::Signer)),
        2 => Ok((Purpose::Maker, AnchorRole::Maker)),
        3 => Ok((Purpose::Tsa, AnchorRole::Tsa)),
        _ => Err(Fault::Enum("purpose")),
    }
}

/// Whether revocation is looked at.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_revocation_mode {
    /// Not at all.
    Off = 0,
    /// As far as the evidence goes; none is no obstacle.
    IfAvailable = 1,
    /// Every certificate below the anchor needs current evidence.
    Required = 2,
}

pub(crate) fn revocation_mode(number: i32) -> Result<RevocationMode> {
    match number {
        0 => Ok(RevocationMode::Off),
        1 => Ok(RevocationMode::IfAvailable),
        2 => Ok(RevocationMode::Required),
        _ => Err(Fault::Enum("mode")),
    }
}

/// A kind of code that can be judged by itself.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_code_kind {
    /// License identifier (证照标识, GB/T 36904).
    License = 0,
    /// Unified social credit code (统一社会信用代码, GB 32100).
    Uscc = 1,
    /// Organization code (组织机构代码, GB 11714).
    Organization = 2,
    /// Citizen number (公民身份号码, GB 11643).
    Citizen = 3,
    /// Region (行政区划代码, GB/T 2260): six digits.
    Region = 4,
}

pub(crate) use yinxin_code_kind as CodeKind;

pub(crate) fn code_kind(number: i32) -> Result<CodeKind> {
    match number {
        0 => Ok(CodeKind::License),
        1 => Ok(CodeKind::Uscc),
        2 => Ok(CodeKind::Organization),
        3 => Ok(CodeKind::Citizen),
        4 => Ok(CodeKind::Region),
        _ => Err(Fault::Enum("kind")),
    }
}

/// A part of a license identifier.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum yinxin_id_part {
    /// The license's type.
    TypeCode = 0,
    /// Who issued it.
    Issuer = 1,
    /// Its serial.
    Serial = 2,
    /// Its version, a number.
    Version = 3,
}

pub(crate) use yinxin_id_part as LicenseIdPart;

pub(crate) fn license_id_part(number: i32) -> Result<LicenseIdPart> {
    match number {
        0 => Ok(LicenseIdPart::TypeCode),
        1 => Ok(LicenseIdPart::Issuer),
        2 => Ok(LicenseIdPart::Serial),
        3 => Ok(LicenseIdPart::Version),
        _ => Err(Fault::Enum("part")),
    }
}
