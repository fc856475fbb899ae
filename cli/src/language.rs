//! The language of everything a person reads: `--lang`, else the locale.

use std::ffi::OsString;

pub(crate) use yinxin::verify::Language;

/// Chooses between two texts of the same meaning.
pub(crate) trait Pick {
    /// The first in Chinese, the second in English.
    fn pick<T>(self, chinese: T, english: T) -> T;
}

impl Pick for Language {
    fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Language::ZhCn => chinese,
            Language::En => english,
        }
    }
}

/// Reads `--lang` ahead of the full parse, since help and usage errors need it as well; then
/// `LC_ALL`, `LC_MESSAGES` and `LANG`, of which the first that is set decides (POSIX).
pub(crate) fn detect(
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Language {
    if let Some(language) = from_arguments(arguments) {
        return language;
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    match locale {
        Some(value)
            if value
                .to_string_lossy()
                .to_ascii_lowercase()
                .starts_with("zh") =>
        {
            Language::ZhCn
        }
        _ => Language::En,
    }
}

fn from_arguments(arguments: impl IntoIterator<Item = OsString>) -> Option<Language> {
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy().into_owned();
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next()?.to_string_lossy().into_owned(),
            Some(rest) => rest.strip_prefix('=').unwrap_or_default().to_owned(),
            None if argument == "--" => return None,
            None => continue,
        };
        match value.as_str() {
            "zh" => return Some(Language::ZhCn),
            "en" => return Some(Language::En),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(arguments: &[&str], variables: &[(&str, &str)]) -> Language {
        detect(arguments.iter().map(OsString::from), |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_flag_goes_before_the_locale() {
        let chinese = [("LANG", "zh_CN.UTF-8")];
        assert_eq!(with(&["yinxin", "verify"], &chinese), Language::ZhCn);
        assert_eq!(with(&["yinxin", "--lang", "en"], &chinese), Language::En);
        assert_eq!(with(&["yinxin", "--lang=zh"], &[]), Language::ZhCn);
        assert_eq!(with(&["yinxin", "--", "--lang=zh"], &[]), Language::En);
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let both = [("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")];
        assert_eq!(with(&[], &both), Language::En);
        let empty = [("LC_ALL", ""), ("LANG", "zh_CN.UTF-8")];
        assert_eq!(with(&[], &empty), Language::ZhCn);
        assert_eq!(with(&[], &[]), Language::En);
    }
}
