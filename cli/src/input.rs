//! What a command reads: files, standard input and folders, each with a bound.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of one input. Sealed documents have some megabytes; whole archives are not verified.
const MAX_BYTES: u64 = 512 << 20;
/// Depth of folders, deeper than any archive is kept.
const MAX_DEPTH: usize = 64;
/// What a folder is searched for: documents, seals and signatures by the names they go under.
const EXTENSIONS: &[&str] = &[
    "ofd", "pdf", "esl", "ses", "p7s", "p7m", "p7b", "cms", "sig",
];

/// One input of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// `-`.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// From an argument.
    pub(crate) fn from_argument(path: &Path) -> Self {
        if path == Path::new("-") {
            Self::Stdin
        } else {
            Self::File(path.to_owned())
        }
    }

    /// The name under which it is shown and reported.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("-"),
            Self::File(path) => path,
        }
    }

    /// All its bytes.
    ///
    /// # Errors
    /// Whatever the system says; `FileTooLarge` beyond 512 MiB.
    pub(crate) fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Stdin => bounded(io::stdin().lock(), MAX_BYTES, 0),
            Self::File(path) => {
                let file = File::open(path)?;
                let metadata = file.metadata()?;
                if metadata.is_dir() {
                    return Err(io::ErrorKind::IsADirectory.into());
                }
                if metadata.len() > MAX_BYTES {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                bounded(file, MAX_BYTES, metadata.len())
            }
        }
    }
}

/// Reads a file that a flag names (a key, a certificate, metadata).
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    Input::from_argument(path).read()
}

/// All bytes up to a limit; about so many are `expected`.
fn bounded(reader: impl Read, limit: u64, expected: u64) -> io::Result<Vec<u8>> {
    // One more, or the end would be looked for in a larger buffer.
    let expected = usize::try_from(expected.min(limit)).unwrap_or(0) + 1;
    let mut bytes = Vec::with_capacity(expected);
    let read = reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= limit) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::FileTooLarge.into())
    }
}

/// The inputs that arguments name; with `recursive` folders stand for the documents in them, in
/// the order of their names. Links to folders are not followed.
///
/// Each folder that cannot be read is given to `report`, and the others are still searched.
pub(crate) fn expand(
    arguments: &[PathBuf],
    recursive: bool,
    mut report: impl FnMut(&Path, io::Error),
) -> Vec<Input> {
    let mut inputs = Vec::new();
    for argument in arguments {
        let input = Input::from_argument(argument);
        if recursive && input != Input::Stdin && argument.is_dir() {
            search(argument, 0, &mut inputs, &mut report);
        } else {
            inputs.push(input);
        }
    }
    inputs
}

fn search(
    folder: &Path,
    depth: usize,
    inputs: &mut Vec<Input>,
    report: &mut impl FnMut(&Path, io::Error),
) {
    if depth > MAX_DEPTH {
        return report(folder, io::Error::other("folders nested more than 64 deep"));
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return report(folder, error),
    };
    let mut found = Vec::new();
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
            Ok(entry) => found.push(entry),
            Err(error) => report(folder, error),
        }
    }
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    for (name, kind) in found {
        let path = folder.join(name);
        if kind.is_dir() {
            search(&path, depth + 1, inputs, report);
        } else if is_document(&path) && (kind.is_file() || path.is_file()) {
            inputs.push(Input::File(path));
        }
    }
}

fn is_document(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| {
            EXTENSIONS
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_stops_at_the_bound() {
        assert_eq!(bounded(&b"abcd"[..], 4, 2).unwrap(), b"abcd");
        let error = bounded(io::repeat(0), 1000, u64::MAX).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn folders_give_their_documents_in_order() {
        let root = std::env::temp_dir().join(format!("yinxin-input-{}", std::process::id()));
        fs::create_dir_all(root.join("inner")).unwrap();
        for name in ["b.OFD", "a.pdf", "notes.txt", "inner/c.esl"] {
            fs::write(root.join(name), b"x").unwrap();
        }
        let paths = [root.clone(), PathBuf::from("-")];
        let found = expand(&paths, true, |_, _| panic!("all can be read"));
        let expected: Vec<Input> = ["a.pdf", "b.OFD", "inner/c.esl"]
            .map(|name| Input::File(root.join(name)))
            .into_iter()
            .chain([Input::Stdin])
            .collect();
        assert_eq!(found, expected);
        assert_eq!(expand(&paths, false, |_, _| {}).len(), 2);
        fs::remove_dir_all(root).unwrap();
    }
}
