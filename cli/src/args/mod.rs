//! The command line as data. Every text is written twice, `English | 中文`, and
//! [`command`] keeps the one that is asked for.

mod affix;
mod augment;
mod cert;
mod demo;
mod drawn;
mod id;
mod inspect;
mod issue;
mod key;
mod localize;
mod phases;
mod policy;
mod profile;
mod protect;
mod seal;
mod sign;
mod trust;
mod verify;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use yinxin::Time;

pub(crate) use affix::{After, SealAffix};
pub(crate) use augment::Augment;
pub(crate) use cert::{Cert, CertMake, CertVerify, Purpose, Revocation};
pub(crate) use demo::Demo;
pub(crate) use drawn::{CentreName, Drawn, Family, FormName, OfficeName};
pub(crate) use id::{Id, IdCheck, IdKind, IdMake};
pub(crate) use inspect::Inspect;
pub(crate) use issue::{FormatName, Issue};
pub(crate) use key::{Key, KeyNew};
pub(crate) use phases::{Ask, Resume, Start};
pub(crate) use policy::PolicyFlags;
pub(crate) use profile::{Encoding, PdfFlags, PdfFormatName, PermissionName};
pub(crate) use protect::{Decrypt, Encrypt, Protect};
pub(crate) use seal::{Identity, LayoutName, ListingName, Seal, SealMake, SealShow, SealStamp};
pub(crate) use sign::Sign;
pub(crate) use trust::{
    Store, Trust, TrustCheck, TrustInstall, TrustMake, TrustPack, TrustShow, TrustStatus,
};
pub(crate) use verify::Verify;

use crate::language::Language;

/// Issue, seal and verify electronic licenses and seals in OFD and PDF | 电子证照、电子印章（OFD、PDF）的签发、盖章与核验
#[derive(Debug, Parser)]
#[command(name = "yinxin", version, after_help = EXIT_CODES, disable_help_subcommand = true)]
#[command(arg_required_else_help = true, subcommand_required = true)]
pub(crate) struct Cli {
    /// Language of all texts; by default that of the locale | 界面语言，默认随系统
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<LanguageName>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

const EXIT_CODES: &str = "\
Exit codes: 0 passed, 1 failed, 2 usage or unreadable input, 3 indeterminate;
of several files the worst of 1, 2, 3, 0.
---
退出码：0 通过，1 不通过，2 用法有误或文件读不了，3 无法判定；
多个文件时取最坏者，次序为 1、2、3、0。";

/// Values of `--lang`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LanguageName {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// The whole job on made-up data: make, issue, verify, tamper, verify again | 用虚构数据演示全过程：制章、签发、核验、篡改、再核验
    Demo(Demo),
    /// Verify documents, seals and signatures | 核验文件、印章和签名
    Verify(Box<Verify>),
    /// Show what is inside a file, without a verdict | 查看文件内容，不作结论
    Inspect(Inspect),
    /// Issue a license: metadata, page design and seal | 签发电子证照：元数据、版式、印章
    Issue(Issue),
    /// Electronic seals | 电子印章
    #[command(subcommand)]
    Seal(Seal),
    /// Sign an OFD or PDF without a seal, and finish what was begun in steps | 对 OFD、PDF 签名（不带印章），或完成分步办理的签名
    Sign(Box<Sign>),
    /// Make the signatures of a PDF last: evidence and time stamps | 让 PDF 签名可长期核验：补入证据和时间戳
    Augment(Box<Augment>),
    /// List every file of an OFD and sign the list | 为 OFD 加完整性清单并签名，防止夹带文件
    Protect(Protect),
    /// Encrypt an OFD for certificates or a password | 加密 OFD，用证书或口令打开
    Encrypt(Encrypt),
    /// Write the OFD behind an encrypted one | 解密 OFD
    Decrypt(Decrypt),
    /// Check and make identifiers and codes | 检查、生成证照标识和各种代码
    #[command(subcommand)]
    Id(Id),
    /// Certificates | 证书
    #[command(subcommand)]
    Cert(Cert),
    /// Trust lists: who is believed for what | 信任列表：信任谁、信任到什么范围
    #[command(subcommand)]
    Trust(Trust),
    /// Private keys | 私钥
    #[command(subcommand)]
    Key(Key),
    /// Write shell completions | 输出命令行补全脚本
    #[command(hide = true)]
    Completions {
        /// The shell | 命令行外壳
        shell: clap_complete::Shell,
    },
    /// Write manual pages into a folder | 把手册页写到文件夹
    #[command(hide = true)]
    Manual {
        /// The folder | 文件夹
        #[arg(value_name = "DIR")]
        folder: std::path::PathBuf,
    },
}

/// The whole command line with the texts of one language.
pub(crate) fn command(language: Language) -> clap::Command {
    localize::localize(Cli::command(), language)
}

/// Reads a time of a flag.
fn time(text: &str) -> Result<Time, String> {
    Time::parse(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound_in_both_languages() {
        for language in [Language::ZhCn, Language::En] {
            command(language).debug_assert();
        }
    }
}
