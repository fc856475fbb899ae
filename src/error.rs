//! One error type for the whole library, with kinds whose numbers never change.
//!
//! An [`Error`] tells what a *caller* can act on: a bad argument, input that is not what it was
//! said to be, a key that does not fit. A verdict on a document is never an error; it is a
//! [`Report`](crate::Report).

use std::borrow::Cow;
use std::fmt;

/// Shorthand for results of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! error_kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal, $name:literal;)+) => {
        /// What went wrong, as a stable number and name. Every face (C status, Python attribute,
        /// Java enum) uses the same list; numbers are never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ $variant = $number,)+
        }

        impl ErrorKind {
            /// Every kind, by number.
            pub const ALL: &[ErrorKind] = &[$(ErrorKind::$variant,)+];

            /// The stable name, such as `malformed`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(ErrorKind::$variant => $name,)+ }
            }

            /// The stable number.
            #[must_use]
            pub const fn number(self) -> i32 {
                match self { $(ErrorKind::$variant => $number,)+ }
            }
        }
    };
}

error_kinds! {
    /// Bytes do not have the form they must have.
    Malformed = 100, "malformed";
    /// A named limit on size, depth, count or ratio was exceeded.
    LimitExceeded = 101, "limit_exceeded";
    /// Well formed, but of a kind this version cannot judge.
    Unsupported = 102, "unsupported";
    /// A container that two readers could take for two different documents.
    Ambiguous = 103, "ambiguous";
    /// A part that others refer to is not there.
    Missing = 104, "missing";
    /// A signature value does not verify under the key.
    SignatureMismatch = 200, "signature_mismatch";
    /// A key is malformed, off its curve, or too small.
    InvalidKey = 201, "invalid_key";
    /// The password does not open the file.
    WrongPassword = 202, "wrong_password";
    /// Key and certificate do not belong together.
    KeyMismatch = 203, "key_mismatch";
    /// The algorithm is not offered, or not with this key.
    UnsupportedAlgorithm = 204, "unsupported_algorithm";
    /// An argument of the call is outside its documented range.
    InvalidArgument = 300, "invalid_argument";
    /// License metadata is incomplete or contradicts itself.
    InvalidMetadata = 301, "invalid_metadata";
    /// An identifier or code has a wrong form or check character.
    InvalidIdentifier = 302, "invalid_identifier";
    /// The seal may not be used for this signature.
    SealUnusable = 303, "seal_unusable";
    /// The signer's certificate is not in the seal's list.
    SignerNotInSeal = 304, "signer_not_in_seal";
    /// The signer's certificate was renewed: the seal must be made anew.
    SignerRenewed = 305, "signer_renewed";
    /// An earlier signature forbids further changes.
    DocumentLocked = 306, "document_locked";
    /// A pending signature does not belong to this document or was altered.
    PendingMismatch = 307, "pending_mismatch";
    /// The font has no glyph for a character of the text.
    MissingGlyph = 308, "missing_glyph";
    /// The text does not fit the place given for it.
    DoesNotFit = 309, "does_not_fit";
    /// The document does not show the text that was looked for.
    TextNotFound = 310, "text_not_found";
    /// The time stamp authority gave no time stamp.
    TimeStampRefused = 320, "time_stamp_refused";
    /// A time stamp answers another request.
    TimeStampMismatch = 321, "time_stamp_mismatch";
    /// A trust document is older than the one in force.
    TrustRollback = 400, "trust_rollback";
    /// A trust document does not follow from the one in force.
    TrustFork = 401, "trust_fork";
    /// A trust document is past its end.
    TrustExpired = 402, "trust_expired";
    /// Too few keys of the pinned root signed a trust document.
    TrustThreshold = 403, "trust_threshold";
    /// A trust document is of another kind, or of another trust system.
    TrustRole = 404, "trust_role";
    /// No key of the pinned root signed a trust document.
    TrustRoot = 405, "trust_root";
    /// A trust document for trials was offered to production, or the reverse.
    TrustEnvironment = 406, "trust_environment";
    /// A trust list believes nobody.
    TrustEmpty = 407, "trust_empty";
    /// The time given lies before one seen already, or before a document was issued.
    TrustClock = 408, "trust_clock";
    /// A bug of this library.
    Internal = 900, "internal";
}

/// An error with its kind, a sentence, and context as data.
///
/// Neither the sentence nor the context holds personal data or key material.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    context: Vec<(&'static str, String)>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            context: Vec::new(),
        }))
    }

    pub(crate) fn malformed(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Malformed, message)
    }

    pub(crate) fn limit(name: &'static str, limit: u64) -> Self {
        Self::new(ErrorKind::LimitExceeded, "a limit was exceeded")
            .with("limit", name)
            .with("value", limit)
    }

    pub(crate) fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Unsupported, message)
    }

    pub(crate) fn argument(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidArgument, message)
    }

    /// Adds context, outermost last.
    pub(crate) fn with(mut self, key: &'static str, value: impl fmt::Display) -> Self {
        self.0.context.push((key, value.to_string()));
        self
    }

    /// The stable kind.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// One English sentence without its context, fit for a log.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Context as key and value, innermost first: offsets, entry names, limits.
    pub fn context(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .context
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        for (index, (key, value)) in self.0.context.iter().enumerate() {
            let open = if index == 0 { " (" } else { ", " };
            // Context may quote names found in a hostile file.
            write!(f, "{open}{key}: {}", value.escape_debug())?;
        }
        if !self.0.context.is_empty() {
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Error[{} {}] {self}",
            self.0.kind.number(),
            self.0.kind.name()
        )
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_unique_and_ordered() {
        let numbers: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.number()).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
        let mut names: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }

    #[test]
    fn display_escapes_hostile_context() {
        let error = Error::malformed("bad entry")
            .with("entry", "a\u{1b}[31mb")
            .with("offset", 7);
        assert_eq!(
            error.to_string(),
            "bad entry (entry: a\\u{1b}[31mb, offset: 7)"
        );
    }
}
