//! What codes mean to people, in two languages.
//!
//! The report holds codes; sentences live here, so that every face shows the same ones. Each
//! language is a set of exhaustive matches: a code without a sentence does not compile.

mod en;
mod zh_cn;

use super::{CheckCode, Outcome, Reason};
use crate::finding::FindingCode;

/// A language of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Simplified Chinese.
    ZhCn,
    /// English.
    En,
}

/// Why something is so, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The cause, one sentence.
    pub cause: &'static str,
    /// The remedy, one sentence.
    pub remedy: &'static str,
}

impl Language {
    /// What an outcome is called on a clerk's screen.
    #[must_use]
    pub fn outcome(self, outcome: Outcome) -> &'static str {
        match self {
            Language::ZhCn => zh_cn::outcome(outcome),
            Language::En => en::outcome(outcome),
        }
    }

    /// What a check is called.
    #[must_use]
    pub fn check(self, code: CheckCode) -> &'static str {
        match self {
            Language::ZhCn => zh_cn::check(code),
            Language::En => en::check(code),
        }
    }

    /// Cause and remedy of a reason.
    #[must_use]
    pub fn advice(self, reason: Reason) -> Advice {
        let (cause, remedy) = match self {
            Language::ZhCn => zh_cn::advice(reason),
            Language::En => en::advice(reason),
        };
        Advice { cause, remedy }
    }

    /// What a finding means.
    #[must_use]
    pub fn finding(self, code: FindingCode) -> &'static str {
        match self {
            Language::ZhCn => zh_cn::finding(code),
            Language::En => en::finding(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_chinese_and_sentences_end() {
        for reason in Reason::ALL {
            let advice = Language::ZhCn.advice(*reason);
            for text in [advice.cause, advice.remedy] {
                assert!(text.ends_with('。'), "{}: {text}", reason.name());
                assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
            }
            let advice = Language::En.advice(*reason);
            for text in [advice.cause, advice.remedy] {
                assert!(
                    text.ends_with('.') && text.is_ascii(),
                    "{}: {text}",
                    reason.name()
                );
            }
        }
    }

    #[test]
    fn no_two_checks_share_a_title() {
        for language in [Language::ZhCn, Language::En] {
            let mut titles: Vec<_> = CheckCode::ALL
                .iter()
                .map(|code| language.check(*code))
                .collect();
            titles.sort_unstable();
            titles.dedup();
            assert_eq!(titles.len(), CheckCode::ALL.len());
        }
    }
}
