//! A font with Chinese characters: the one given, else one of those that systems have.

use std::fs;
use std::path::{Path, PathBuf};

use yinxin::pdf;
use yinxin::seal::picture::Font;
use yinxin::template::{FontRole, Typefaces};

use crate::failure::{Failure, Result, shown_path};
use crate::input;
use crate::language::{Language, Pick};
use crate::session::Session;

/// Folders and files that are looked at; font folders are shallow and small.
const MAX_DEPTH: usize = 6;
const MAX_ENTRIES: usize = 20_000;

/// Beginnings of file names, best first: Song faces, as official documents use, then Hei and
/// others.
const PREFERRED: &[&str] = &[
    "simsun",
    "nsimsun",
    "stsong",
    "songti",
    "fzss",
    "sourcehanserifsc",
    "sourcehanserifcn",
    "notoserifcjksc",
    "notoserifsc",
    "sourcehanserif",
    "notoserifcjk",
    "gbsn00lp",
    "uming",
    "simfang",
    "stfangsong",
    "gkai00mp",
    "ukai",
    "simkai",
    "sourcehansanssc",
    "sourcehansanscn",
    "notosanscjksc",
    "notosanssc",
    "sourcehansans",
    "notosanscjk",
    "simhei",
    "stheiti",
    "pingfang",
    "msyh",
    "wqy-zenhei",
    "wqy-microhei",
    "droidsansfallback",
];
/// The same of Hei faces, for headings.
const HEI: &[&str] = &[
    "simhei",
    "stheiti",
    "sourcehansanssc",
    "sourcehansanscn",
    "notosanscjksc",
    "notosanssc",
    "sourcehansans",
    "notosanscjk",
];

/// A font file and the face in it that is used.
pub(crate) struct FoundFont {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// All its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The face within a collection.
    pub(crate) index: u32,
}

impl FoundFont {
    /// As a PDF takes it.
    pub(crate) fn pdf_font(&self) -> yinxin::Result<pdf::Font> {
        pdf::Font::embedded(self.bytes.clone(), self.index)
    }

    /// As the library's drawing of seals takes it.
    pub(crate) fn seal_font(&self) -> yinxin::Result<Font<'_>> {
        Font::new(&self.bytes, self.index)
    }
}

/// The font that a flag names.
///
/// # Errors
/// When it cannot be read or is no font.
pub(crate) fn given(language: Language, path: &Path) -> Result<FoundFont> {
    let bytes = input::read_file(path).map_err(|error| Failure::file(language, path, &error))?;
    let font = FoundFont {
        index: simplified_face(path),
        path: path.to_owned(),
        bytes,
    };
    font.seal_font()
        .map_err(|error| Failure::library(language, &shown_path(path), &error))?;
    Ok(font)
}

/// The best font this system has, if it has one.
pub(crate) fn find() -> Option<FoundFont> {
    find_of(PREFERRED)
}

fn find_of(families: &[&str]) -> Option<FoundFont> {
    let mut candidates = Vec::new();
    let mut entries = 0;
    for folder in folders() {
        gather(&folder, families, 0, &mut entries, &mut candidates);
    }
    candidates.sort();
    candidates.into_iter().find_map(|(_, path)| {
        let index = simplified_face(&path);
        let font = FoundFont {
            bytes: input::read_file(&path).ok()?,
            path,
            index,
        };
        font.seal_font().is_ok().then_some(font)
    })
}

/// The fonts of a PDF: the one that a flag names, else the system's, else none is embedded and
/// the predefined STSong-Light is named. Says so where it is.
pub(crate) fn typefaces(session: &Session, path: Option<&Path>) -> Result<Typefaces> {
    let language = session.language;
    let (found, song) = match path {
        Some(path) => (given(language, path)?, true),
        None => match find() {
            Some(found) => (found, false),
            None => {
                session.talk(language.pick(
                    "注意：没有找到中文字体，PDF 不嵌入字体，显示时由阅读器选用宋体；可用 --font 指定",
                    "note: no font with Chinese characters was found, so none is embedded and the reader chooses a Song face; name one with --font",
                ));
                return Ok(Typefaces::named());
            }
        },
    };
    let named = shown_path(&found.path);
    let embedded = |found: FoundFont| pdf::Font::embedded(found.bytes, found.index);
    let font = embedded(found).map_err(|error| Failure::library(language, &named, &error))?;
    let typefaces = Typefaces::one(font);
    let bold = if song { None } else { find_of(HEI) };
    Ok(match bold.map(embedded) {
        Some(Ok(bold)) => typefaces.with(FontRole::Hei, bold),
        _ => typefaces,
    })
}

/// What to say when a font is needed and there is none.
pub(crate) fn none_found(language: Language) -> &'static str {
    language.pick(
        "没有找到中文字体：请用 --font 文件 指定一个（如 simsun.ttc、NotoSerifCJK-Regular.ttc）",
        "no font with Chinese characters was found: name one with --font FILE (such as simsun.ttc or NotoSerifCJK-Regular.ttc)",
    )
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(home) = std::env::home_dir() {
        for inside in [".fonts", ".local/share/fonts", "Library/Fonts"] {
            folders.push(home.join(inside));
        }
    }
    for system in [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:/Windows/Fonts",
    ] {
        folders.push(PathBuf::from(system));
    }
    folders
}

fn gather(
    folder: &Path,
    families: &[&str],
    depth: usize,
    entries: &mut usize,
    found: &mut Vec<(usize, PathBuf)>,
) {
    let Ok(listing) = fs::read_dir(folder) else {
        return;
    };
    for entry in listing.flatten() {
        *entries += 1;
        if *entries > MAX_ENTRIES {
            return;
        }
        let path = entry.path();
        if path.is_dir() {
            if depth < MAX_DEPTH {
                gather(&path, families, depth + 1, entries, found);
            }
        } else if let Some(rank) = rank(&path, families) {
            found.push((rank, path));
        }
    }
}

/// The face with mainland forms: Noto's and Source Han's collections have it third, after the
/// Japanese and the Korean one.
fn simplified_face(path: &Path) -> u32 {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let families = [
        "notoserifcjk-",
        "notosanscjk-",
        "sourcehanserif-",
        "sourcehansans-",
    ];
    let collection = name.ends_with(".ttc") && families.iter().any(|f| name.starts_with(f));
    if collection { 2 } else { 0 }
}

/// How good a font file is, by its name: smaller is better. Regular weights go before others.
fn rank(path: &Path, families: &[&str]) -> Option<usize> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    if !matches!(extension.as_str(), "ttf" | "ttc" | "otf" | "otc") {
        return None;
    }
    let name = path.file_stem()?.to_str()?.to_ascii_lowercase();
    let family = families.iter().position(|known| name.starts_with(known))?;
    let plain = !name.contains('-') || name.contains("regular") || name.starts_with("wqy");
    Some(family * 2 + usize::from(!plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn song_faces_go_before_hei_and_regular_before_bold() {
        let rank = |name: &str| rank(Path::new(name), PREFERRED);
        assert!(rank("/f/simsun.ttc") < rank("/f/NotoSerifCJK-Regular.ttc"));
        assert!(rank("/f/NotoSerifCJK-Regular.ttc") < rank("/f/NotoSerifCJK-Bold.ttc"));
        assert!(rank("/f/NotoSerifCJK-Bold.ttc") < rank("/f/NotoSansCJK-Regular.ttc"));
        assert_eq!(rank("/f/DejaVuSans.ttf"), None);
        assert_eq!(rank("/f/simsun.txt"), None);
    }
}
