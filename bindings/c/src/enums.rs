//! Enumerations that callers pass as `int32_t`, since a number that is no member would be
//! undefined behaviour as an enumeration of Rust.

use yinxin::crypto::KeyKind;
use yinxin::issue::Format;
use yinxin::seal::Listing;
use yinxin::ses::Layout;
use yinxin::sign::{Edge, Occurrence};
use yinxin::template::FontRole;
use yinxin::trust::AnchorRole;
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
