//! Passwords: from a file or typed at a terminal, never from the command line or environment.

use std::io::{self, IsTerminal};
use std::path::Path;

use zeroize::Zeroizing;

use crate::failure::{Failure, Result};
use crate::input;
use crate::language::{Language, Pick};

/// The password that opens `what`: the first line of the file, else asked for.
pub(crate) fn existing(
    language: Language,
    file: Option<&Path>,
    what: &str,
) -> Result<Zeroizing<String>> {
    match file {
        Some(file) => from_file(language, file),
        None => ask(
            language,
            &language.pick(format!("{what} 的口令："), format!("Password of {what}: ")),
        ),
    }
}

/// A new password, typed twice where it is typed.
pub(crate) fn new(language: Language, file: Option<&Path>) -> Result<Zeroizing<String>> {
    let password = match file {
        Some(file) => from_file(language, file)?,
        None => {
            let first = ask(language, language.pick("设置口令：", "New password: "))?;
            let second = ask(language, language.pick("再输一次：", "Once more: "))?;
            if first != second {
                return Err(Failure::new(
                    language.pick("两次输入的口令不同", "the passwords differ"),
                ));
            }
            first
        }
    };
    if password.is_empty() {
        return Err(Failure::new(
            language.pick("口令不能为空", "the password is empty"),
        ));
    }
    Ok(password)
}

fn from_file(language: Language, file: &Path) -> Result<Zeroizing<String>> {
    let bytes = input::read_file(file).map_err(|error| Failure::file(language, file, &error))?;
    let bytes = Zeroizing::new(bytes);
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Failure::new(language.pick(
            "口令文件不是 UTF-8 文本",
            "the password file is not UTF-8 text",
        ))
    })?;
    Ok(Zeroizing::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

fn ask(language: Language, prompt: &str) -> Result<Zeroizing<String>> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new(language.pick(
            "需要口令：请用 --password-file 指定口令文件，或在终端里运行",
            "a password is needed: name a file with --password-file, or run in a terminal",
        )));
    }
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|error| Failure::new(crate::escape::escape(&error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_the_file_is_the_password() {
        let file = std::env::temp_dir().join(format!("yinxin-secret-{}", std::process::id()));
        std::fs::write(&file, "打 开\r\nsecond\n").unwrap();
        assert_eq!(
            existing(Language::En, Some(&file), "x").unwrap().as_str(),
            "打 开"
        );
        std::fs::write(&file, "").unwrap();
        assert!(new(Language::En, Some(&file)).is_err());
        std::fs::remove_file(&file).unwrap();
        assert!(existing(Language::En, Some(&file), "x").is_err());
    }
}
