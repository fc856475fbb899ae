//! What keeps a command from doing its work, as a sentence for a person.

use std::io;
use std::path::Path;

use yinxin::ErrorKind;

use crate::escape::{clip, escape};
use crate::language::{Language, Pick};

/// The result of a command's steps.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// Columns of a quoted path or system message.
const QUOTE_COLUMNS: usize = 300;

/// Why a command ended early. All of it is exit code 2, but for a reader that went away.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A sentence in the user's language, already escaped.
    Message(String),
    /// Standard output could not be written.
    Output(io::Error),
}

impl Failure {
    /// A sentence of the program's own.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(language: Language, path: &Path, error: &io::Error) -> Self {
        Self::Message(format!(
            "{}: {}",
            shown_path(path),
            system_text(language, error)
        ))
    }

    /// An error of the library about `what`, such as a file's name.
    pub(crate) fn library(language: Language, what: &str, error: &yinxin::Error) -> Self {
        let mut text = format!(
            "{}: {}",
            clip(what, QUOTE_COLUMNS),
            kind_text(language, error)
        );
        let violations: Vec<&str> = error
            .context()
            .filter(|(key, _)| *key == "violation")
            .map(|(_, value)| value)
            .collect();
        for violation in violations {
            text.push_str("\n  - ");
            text.push_str(&escape(violation));
        }
        Self::Message(text)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A path as it may be shown.
pub(crate) fn shown_path(path: &Path) -> String {
    clip(&path.display().to_string(), QUOTE_COLUMNS)
}

fn system_text(language: Language, error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => ("找不到这个文件", "there is no such file"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        io::ErrorKind::IsADirectory => (
            "这是文件夹；要核验其中的文件请加 -r",
            "this is a folder; use -r for the files in it",
        ),
        io::ErrorKind::AlreadyExists => (
            "已经存在，不覆盖；如确要覆盖请加 --force",
            "it is there already and is not overwritten; use --force to do so",
        ),
        io::ErrorKind::FileTooLarge => ("文件太大", "the file is too large"),
        _ => return clip(&error.to_string(), QUOTE_COLUMNS),
    };
    language.pick(known.0, known.1).to_owned()
}

/// The kind in Chinese with the library's English sentence behind it; in English that alone.
fn kind_text(language: Language, error: &yinxin::Error) -> String {
    let own: String = match error.context().any(|(key, _)| key == "violation") {
        true => escape(error.message()),
        false => escape(&error.to_string()),
    };
    let chinese = match error.kind() {
        ErrorKind::Malformed => "数据格式不对或已损坏",
        ErrorKind::LimitExceeded => "超出安全限制",
        ErrorKind::Unsupported => "本版本尚不支持这种形式",
        ErrorKind::Ambiguous => "文件可被读成两份不同的文件",
        ErrorKind::Missing => "缺少必需的部分",
        ErrorKind::SignatureMismatch => "签名值不符",
        ErrorKind::InvalidKey => "密钥无效",
        ErrorKind::WrongPassword => "口令不对",
        ErrorKind::KeyMismatch => "密钥与证书不配对",
        ErrorKind::UnsupportedAlgorithm => "不支持这种算法",
        ErrorKind::InvalidArgument => "参数超出允许的范围",
        ErrorKind::InvalidMetadata => "证照元数据不完整或自相矛盾",
        ErrorKind::InvalidIdentifier => "标识或代码的格式或校验码不对",
        ErrorKind::SealUnusable => "这枚印章不能用于此次签章",
        ErrorKind::SignerNotInSeal => "签章人证书不在印章名单内",
        ErrorKind::SignerRenewed => "签章人证书已换发，需要重新制章",
        ErrorKind::DocumentLocked => "先前的签章不允许再改动文件",
        ErrorKind::PendingMismatch => "待完成的签章不属于这份文件",
        ErrorKind::MissingGlyph => "字体里没有其中的某个字",
        ErrorKind::DoesNotFit => "文字放不下",
        ErrorKind::TextNotFound => "文件里找不到指定的文字",
        ErrorKind::TimeStampRefused => "时间戳服务机构没有签发时间戳",
        ErrorKind::TimeStampMismatch => "这个时间戳答复对应的是另一次请求",
        ErrorKind::TrustRollback => "信任文件比现行的旧",
        ErrorKind::TrustFork => "信任文件与现行的不相衔接",
        ErrorKind::TrustExpired => "信任文件已过期",
        ErrorKind::TrustThreshold => "信任文件的签名不足法定数",
        ErrorKind::TrustRole => "信任文件的种类或所属体系不对",
        ErrorKind::TrustRoot => "信任文件不是由所认定的信任根签发",
        ErrorKind::TrustEnvironment => "试用与正式的信任文件不得混用",
        ErrorKind::TrustEmpty => "信任列表为空",
        ErrorKind::TrustClock => "时间早于已见过的时间",
        _ => "程序内部错误",
    };
    language.pick(format!("{chinese}（{own}）"), own.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_system_texts_are_escaped() {
        let error = io::Error::from(io::ErrorKind::NotFound);
        let Failure::Message(text) = Failure::file(Language::En, Path::new("a\u{1b}[2Jb"), &error)
        else {
            panic!("a message");
        };
        assert_eq!(text, "a\\u{1b}[2Jb: there is no such file");
    }

    #[test]
    fn a_library_error_says_its_kind_in_chinese() {
        let error = yinxin::license::codes::Uscc::parse("1").unwrap_err();
        let Failure::Message(text) = Failure::library(Language::ZhCn, "x", &error) else {
            panic!("a message");
        };
        assert!(
            text.starts_with("x: 标识或代码的格式或校验码不对（"),
            "{text}"
        );
    }
}
