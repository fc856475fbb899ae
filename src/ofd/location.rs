//! Paths inside a package, and how a written location (`ST_Loc`) becomes one.

use std::borrow::Cow;
use std::fmt;

use super::malformed;
use crate::error::{Error, Result};

/// Longest path in bytes: what common file systems hold, far beyond what packages use.
pub(super) const MAX_PATH_BYTES: usize = 1024;

/// The absolute path of a file in a package, such as `/Doc_0/Document.xml`: `/` between segments,
/// no empty segment, no `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackagePath(String);

impl PackagePath {
    /// Reads a location relative to the package's root.
    ///
    /// # Errors
    /// `malformed` when it is empty, leaves the root, names a drive, or holds control characters;
    /// `limit_exceeded` beyond 1024 bytes.
    pub fn new(location: &str) -> Result<Self> {
        Location::resolve("/", location).map(|location| location.path)
    }

    /// The path, beginning with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without its leading `/`, as ZIP entries are named.
    pub(super) fn entry_name(&self) -> &str {
        self.0.strip_prefix('/').unwrap_or(&self.0)
    }

    /// The directory, ending in `/`.
    pub(super) fn directory(&self) -> &str {
        self.0
            .rfind('/')
            .and_then(|slash| self.0.get(..=slash))
            .unwrap_or("/")
    }
}

impl fmt::Display for PackagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A location brought into the form of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Location {
    pub(super) path: PackagePath,
    /// It was written from the package's root.
    pub(super) absolute: bool,
    /// It holds `\` or an empty segment.
    pub(super) odd_style: bool,
}

impl Location {
    /// Resolves against `directory`, which ends in `/`.
    pub(super) fn resolve(directory: &str, written: &str) -> Result<Self> {
        let written = written.trim();
        check_characters(written)?;
        let slashed = slashed(written);
        let absolute = slashed.starts_with('/');
        let segments = segments(directory, &slashed)?;
        if segments.is_empty() {
            return Err(malformed("path_empty"));
        }
        let mut path = String::with_capacity(directory.len() + slashed.len() + 1);
        for segment in segments {
            path.push('/');
            path.push_str(segment);
        }
        if path.len() > MAX_PATH_BYTES {
            return Err(Error::limit("path bytes", 1024));
        }
        let odd_style = written.contains('\\') || slashed.contains("//");
        Ok(Self {
            path: PackagePath(path),
            absolute,
            odd_style,
        })
    }
}

/// The directory, ending in `/`, that `written` means in `directory`; the root may be meant.
pub(super) fn resolve_directory(directory: &str, written: &str) -> Result<String> {
    let written = written.trim();
    check_characters(written)?;
    let slashed = slashed(written);
    let mut path = String::from("/");
    for segment in segments(directory, &slashed)? {
        path.push_str(segment);
        path.push('/');
    }
    Ok(path)
}

fn slashed(written: &str) -> Cow<'_, str> {
    if written.contains('\\') {
        Cow::Owned(written.replace('\\', "/"))
    } else {
        Cow::Borrowed(written)
    }
}

fn segments<'a>(directory: &'a str, slashed: &'a str) -> Result<Vec<&'a str>> {
    let base = if slashed.starts_with('/') {
        ""
    } else {
        directory
    };
    let mut segments: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for segment in slashed.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop().ok_or_else(|| malformed("path_escape"))?;
            }
            name => segments.push(name),
        }
    }
    Ok(segments)
}

fn check_characters(written: &str) -> Result<()> {
    if written.len() > MAX_PATH_BYTES {
        return Err(Error::limit("path bytes", 1024));
    }
    if written.chars().any(char::is_control) {
        return Err(malformed("path_control_character"));
    }
    // `C:` and `scheme:`, but a colon later in a file name does no harm.
    let before_colon = written.split_once(':').map(|(before, _)| before);
    if before_colon.is_some_and(|before| !before.contains(['/', '\\'])) {
        return Err(malformed("path_drive"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn resolved(directory: &str, written: &str) -> String {
        Location::resolve(directory, written)
            .unwrap()
            .path
            .as_str()
            .to_owned()
    }

    #[test]
    fn resolves_relative_absolute_and_dotted() {
        assert_eq!(resolved("/Doc_0/", "Pages/P.xml"), "/Doc_0/Pages/P.xml");
        assert_eq!(resolved("/Doc_0/", "/Res/a.png"), "/Res/a.png");
        assert_eq!(
            resolved("/Doc_0/Pages/", "../Res/./a.png"),
            "/Doc_0/Res/a.png"
        );
        assert_eq!(
            resolved("/Doc_0/", " Pages\\\\P.xml\n"),
            "/Doc_0/Pages/P.xml"
        );
    }

    #[test]
    fn tells_the_style() {
        let odd = Location::resolve("/", "a//b").unwrap();
        assert!(odd.odd_style && !odd.absolute);
        let plain = Location::resolve("/", "/a/b").unwrap();
        assert!(!plain.odd_style && plain.absolute);
    }

    #[test]
    fn refuses_escapes_and_foreign_roots() {
        for (written, cause) in [
            ("../a", "path_escape"),
            ("/a/../../b", "path_escape"),
            ("C:\\a", "path_drive"),
            ("file:///etc/passwd", "path_drive"),
            ("a\0b", "path_control_character"),
            ("", "path_empty"),
            ("/", "path_empty"),
        ] {
            let error = PackagePath::new(written).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Malformed, "{written:?}");
            assert!(
                error.context().any(|(_, value)| value == cause),
                "{written:?} {error:?}"
            );
        }
        let long = "a".repeat(MAX_PATH_BYTES + 1);
        assert_eq!(
            PackagePath::new(&long).unwrap_err().kind(),
            ErrorKind::LimitExceeded
        );
    }

    #[test]
    fn names_its_directory() {
        assert_eq!(PackagePath::new("OFD.xml").unwrap().directory(), "/");
        assert_eq!(PackagePath::new("a/b/c").unwrap().directory(), "/a/b/");
    }
}
