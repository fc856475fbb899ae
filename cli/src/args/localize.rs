//! Help texts in one language of the two they are written in.

use clap::Command;
use clap::builder::StyledStr;

use crate::language::{Language, Pick};

/// Between the English and the Chinese of one line.
const IN_LINE: &str = " | ";
/// The same where a text has several lines.
const BETWEEN_LINES: &str = "\n---\n";

/// The command with the texts of `language` alone, in it and all that is below it.
pub(super) fn localize(command: Command, language: Language) -> Command {
    let command = command
        .help_template(language.pick(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        ))
        .subcommand_help_heading(language.pick("命令", "Commands"))
        .subcommand_value_name(language.pick("命令", "COMMAND"))
        .disable_help_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help(language.pick("显示帮助", "Show this help")),
        );
    below(command, language)
}

fn below(mut command: Command, language: Language) -> Command {
    if let Some(about) = command.get_about() {
        command = command.clone().about(choose(about, language));
    }
    if let Some(about) = command.get_long_about() {
        command = command.clone().long_about(choose(about, language));
    }
    if let Some(help) = command.get_after_help() {
        command = command.clone().after_help(choose(help, language));
    }
    command
        .mut_args(|argument| {
            let heading = match argument.is_positional() {
                true => language.pick("参数", "Arguments"),
                false => language.pick("选项", "Options"),
            };
            let mut argument = argument.help_heading(heading);
            if let Some(help) = argument.get_help() {
                argument = argument.clone().help(choose(help, language));
            }
            if let Some(help) = argument.get_long_help() {
                argument = argument.clone().long_help(choose(help, language));
            }
            argument
        })
        .mut_subcommands(|inner| localize(inner, language))
}

fn choose(text: &StyledStr, language: Language) -> String {
    let text = text.to_string();
    match text.split_once(BETWEEN_LINES).or_else(|| text.split_once(IN_LINE)) {
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
            let both = text.split_once(BETWEEN_LINES).or_else(|| text.split_once(IN_LINE));
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
