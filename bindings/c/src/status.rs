//! What a call came to.

use yinxin::ErrorKind;

/// What a call came to. Zero is success; 1 to 99 are mistakes at the border between C and the
/// library; the rest are the library's kinds of error, the same numbers in every language. Numbers
/// are never used again.
#[allow(non_camel_case_types)]
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum yinxin_status {
    /// Success.
    Ok = 0,
    /// A pointer that must lead somewhere is NULL.
    NullPointer = 1,
    /// A text is not UTF-8.
    InvalidUtf8 = 2,
    /// A length is longer than any object can be.
    InvalidLength = 3,
    /// A number stands for no member of its enumeration.
    InvalidEnum = 4,
    /// A bug of the library was stopped at its border. Free the objects that took part.
    Panic = 5,
    /// Bytes do not have the form they must have.
    Malformed = 100,
    /// A named limit on size, depth, count or ratio was exceeded.
    LimitExceeded = 101,
    /// Well formed, but of a kind this version cannot judge.
    Unsupported = 102,
    /// A container that two readers could take for two different documents.
    Ambiguous = 103,
    /// A part that others refer to is not there.
    Missing = 104,
    /// A signature value does not verify under the key.
    SignatureMismatch = 200,
    /// A key is malformed, off its curve, or too small.
    InvalidKey = 201,
    /// The password does not open the file.
    WrongPassword = 202,
    /// Key and certificate do not belong together.
    KeyMismatch = 203,
    /// The algorithm is not offered, or not with this key.
    UnsupportedAlgorithm = 204,
    /// An argument of the call is outside its documented range.
    InvalidArgument = 300,
    /// License metadata is incomplete or contradicts itself.
    InvalidMetadata = 301,
    /// An identifier or code has a wrong form or check character.
    InvalidIdentifier = 302,
    /// The seal may not be used for this signature.
    SealUnusable = 303,
    /// The signer's certificate is not in the seal's list.
    SignerNotInSeal = 304,
    /// The signer's certificate was renewed: the seal must be made anew.
    SignerRenewed = 305,
    /// An earlier signature forbids further changes.
    DocumentLocked = 306,
    /// A pending signature does not belong to this document or was altered.
    PendingMismatch = 307,
    /// The font has no glyph for a character of the text.
    MissingGlyph = 308,
    /// The text does not fit the place given for it.
    DoesNotFit = 309,
    /// The document does not show the text that was looked for.
    TextNotFound = 310,
    /// The time stamp authority gave no time stamp.
    TimeStampRefused = 320,
    /// A time stamp answers another request.
    TimeStampMismatch = 321,
    /// A trust document is older than the one in force.
    TrustRollback = 400,
    /// A trust document does not follow from the one in force.
    TrustFork = 401,
    /// A trust document is past its end.
    TrustExpired = 402,
    /// Too few keys of the pinned root signed a trust document.
    TrustThreshold = 403,
    /// A trust document is of another kind, or of another trust system.
    TrustRole = 404,
    /// No key of the pinned root signed a trust document.
    TrustRoot = 405,
    /// A trust document for trials was offered to production, or the reverse.
    TrustEnvironment = 406,
    /// A trust list believes nobody.
    TrustEmpty = 407,
    /// The time given lies before one seen already, or before a document was issued.
    TrustClock = 408,
    /// A bug of the library.
    Internal = 900,
}

impl From<ErrorKind> for yinxin_status {
    /// The status of the same number; the test of the header sees that there is one.
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Malformed => Self::Malformed,
            ErrorKind::LimitExceeded => Self::LimitExceeded,
            ErrorKind::Unsupported => Self::Unsupported,
            ErrorKind::Ambiguous => Self::Ambiguous,
            ErrorKind::Missing => Self::Missing,
            ErrorKind::SignatureMismatch => Self::SignatureMismatch,
            ErrorKind::InvalidKey => Self::InvalidKey,
            ErrorKind::WrongPassword => Self::WrongPassword,
            ErrorKind::KeyMismatch => Self::KeyMismatch,
            ErrorKind::UnsupportedAlgorithm => Self::UnsupportedAlgorithm,
            ErrorKind::InvalidArgument => Self::InvalidArgument,
            ErrorKind::InvalidMetadata => Self::InvalidMetadata,
            ErrorKind::InvalidIdentifier => Self::InvalidIdentifier,
            ErrorKind::SealUnusable => Self::SealUnusable,
            ErrorKind::SignerNotInSeal => Self::SignerNotInSeal,
            ErrorKind::SignerRenewed => Self::SignerRenewed,
            ErrorKind::DocumentLocked => Self::DocumentLocked,
            ErrorKind::PendingMismatch => Self::PendingMismatch,
            ErrorKind::MissingGlyph => Self::MissingGlyph,
            ErrorKind::DoesNotFit => Self::DoesNotFit,
            ErrorKind::TextNotFound => Self::TextNotFound,
            ErrorKind::TimeStampRefused => Self::TimeStampRefused,
            ErrorKind::TimeStampMismatch => Self::TimeStampMismatch,
            ErrorKind::TrustRollback => Self::TrustRollback,
            ErrorKind::TrustFork => Self::TrustFork,
            ErrorKind::TrustExpired => Self::TrustExpired,
            ErrorKind::TrustThreshold => Self::TrustThreshold,
            ErrorKind::TrustRole => Self::TrustRole,
            ErrorKind::TrustRoot => Self::TrustRoot,
            ErrorKind::TrustEnvironment => Self::TrustEnvironment,
            ErrorKind::TrustEmpty => Self::TrustEmpty,
            ErrorKind::TrustClock => Self::TrustClock,
            _ => Self::Internal,
        }
    }
}
