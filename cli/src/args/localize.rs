//! Help texts in one language of the two they are written in.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use crate::language::{Language, Pick};

/// Between the English and the Chinese of one line.
const IN_LINE: &str = " | ";
/// The same where a text has several lines.
const BETWEEN_LINES: &str = "\n---\n";

/// The command with the texts of `language` alone, in it and all that is below it.
pub(super) fn localize(command: Command, language: Language) -> Command {
    let mut command = command
        .help_template(language.pick(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        ))
        .subcommand_help_heading(language.pick("命令", "Commands"))
        .subcommand_value_name(language.pick("命令", "COMMAND"))
        .disable_help_flag(true)
        .arg(own_flag("help", 'h', ArgAction::Help, HELP, LAST + 1));
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(own_flag(
            "version",
            'V',
            ArgAction::Version,
            VERSION,
            LAST + 2,
        ));
    }
    if let Some(about) = command.get_about().map(|text| choose(text, language)) {
        command = command.about(about);
    }
    if let Some(help) = command.get_after_help().map(|text| choose(text, language)) {
        command = command.after_help(help);
    }
    command
        .mut_args(|argument| localize_argument(argument, language))
        .mut_subcommands(|inner| localize(inner, language))
}

const HELP: &str = "Show this help | 显示帮助";
const VERSION: &str = "Show the version | 显示版本";
/// After all others.
const LAST: usize = 1000;

/// Clap's own flags, whose texts it has in English only.
fn own_flag(
    name: &'static str,
    short: char,
    action: ArgAction,
    help: &'static str,
    order: usize,
) -> Arg {
    Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(help)
        .display_order(order)
}

fn localize_argument(argument: Arg, language: Language) -> Arg {
    let heading = match argument.is_positional() {
        true => language.pick("参数", "Arguments"),
        false => language.pick("选项", "Options"),
    };
    let help = argument
        .get_help()
        .map(|text| choose(text, language))
        .unwrap_or_default();
    let global = argument.is_global_set();
    let argument = argument.help_heading(heading);
    let argument = if global {
        argument.display_order(LAST)
    } else {
        argument
    };
    match language {
        Language::En => argument.help(help),
        Language::ZhCn => {
            let help = format!("{help}{}", chinese_values(&argument));
            let argument = argument.help(help);
            if argument.get_action().takes_values() {
                argument.hide_possible_values(true).hide_default_value(true)
            } else {
                argument
            }
        }
    }
}

/// The possible and the default values, which clap names in English only.
fn chinese_values(argument: &Arg) -> String {
    let possible: Vec<_> = argument
        .get_possible_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| value.get_name().to_owned())
        .collect();
    let default: Vec<_> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy())
        .collect();
    let mut text = String::new();
    if !possible.is_empty() {
        text.push_str(&format!("；可选 {}", possible.join("、")));
    }
    if !default.is_empty() && argument.get_action().takes_values() {
        text.push_str(&format!("；默认 {}", default.join("、")));
    }
    text
}

fn choose(text: &StyledStr, language: Language) -> String {
    let text = text.to_string();
    match text
        .split_once(BETWEEN_LINES)
        .or_else(|| text.split_once(IN_LINE))
    {
        Some((english, chinese)) => language.pick(chinese, english).trim().to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// Each text of the definition has its two halves, so no help is half translated.
    fn assert_both(command: &Command) {
        let has = |text: Option<&StyledStr>, of: &str| {
            let text = text.map(ToString::to_string).unwrap_or_default();
            let both = text
                .split_once(BETWEEN_LINES)
                .or_else(|| text.split_once(IN_LINE));
            let (english, chinese) = both.unwrap_or_else(|| panic!("{of}: {text:?}"));
            assert!(!english.chars().any(|c| c > '\u{2fff}'), "{of}: {english}");
            assert!(chinese.chars().any(|c| c > '\u{2fff}'), "{of}: {chinese}");
        };
        has(command.get_about(), command.get_name());
        if command.get_after_help().is_some() {
            has(command.get_after_help(), command.get_name());
        }
        for argument in command.get_arguments() {
            has(argument.get_help(), argument.get_id().as_str());
        }
        for inner in command.get_subcommands() {
            assert_both(inner);
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        assert_both(&super::super::Cli::command());
    }

    #[test]
    fn help_holds_one_language() {
        let help = |language| {
            let mut command = super::super::command(language);
            let verify = command.find_subcommand_mut("verify").unwrap();
            verify.render_long_help().to_string()
        };
        assert!(!help(Language::En).chars().any(|c| c > '\u{2fff}'));
        assert!(!help(Language::ZhCn).contains(" | "));
        assert!(help(Language::ZhCn).contains("用法"));
    }
}
