//! `yinxin trust`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use yinxin::Time;

#[derive(Debug, Subcommand)]
pub(crate) enum Trust {
    /// Make a root or a list from a plan and sign it; or add a signature to one | 按计划制作信任根或信任列表并签名，或为已有的加签
    Make(TrustMake),
    /// Show what a root, list or kept state says, without a verdict | 查看信任根、信任列表或已安装状态的内容，不作结论
    Show(TrustShow),
    /// Try whether a root or list would be taken in; nothing is changed | 检查信任根或信任列表能否安装，不作改动
    Check(TrustCheck),
    /// Take in a root or list; one that fails leaves the old one in force | 安装信任根或信任列表；不合格者不影响现行的
    Install(TrustInstall),
    /// What is in force, and how fresh it is | 查看现行信任列表及其新旧
    Status(TrustStatus),
    /// Packs: a trust list with revocation and status lists in one signed file | 离线包：信任列表、吊销列表与状态列表合为一个签名文件
    #[command(subcommand)]
    Pack(TrustPack),
}

#[derive(Debug, Subcommand)]
pub(crate) enum TrustPack {
    /// Put a pack together from a plan and sign it; or add a signature to one | 按计划制作离线包并签名，或为已有的加签
    Make(TrustMake),
    /// Show what a pack holds, without a verdict | 查看离线包的内容，不作结论
    Show(TrustShow),
    /// Try whether a pack would be taken; nothing is changed | 检查离线包能否采用，不作改动
    Check(TrustCheck),
}

/// Where what is installed is kept.
#[derive(Args, Clone, Debug)]
pub(crate) struct Store {
    /// Folder of the installed trust list; by default that of YINXIN_STORE, else in the user's data folder | 已安装信任列表所在的文件夹，默认取环境变量 YINXIN_STORE，否则在用户数据目录
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(after_help = MAKE_EXAMPLES)]
pub(crate) struct TrustMake {
    /// A plan in JSON, or a signed document that lacks signatures | JSON 计划，或尚缺签名的文件
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,
    /// Key that signs, PEM; repeatable | 签名私钥，PEM 格式，可多次给出
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) key: Vec<PathBuf>,
    /// Password of the keys, in the first line of a file; else asked for | 私钥口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// The list before, which the new one follows | 前一份信任列表，新的与之衔接
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    /// Take the entries of ETSI trusted lists on your word: their XML signature is not verified | 按您的确认采用 ETSI 信任列表中的条目：本程序不核验其 XML 签名
    #[arg(long)]
    pub(crate) unverified_lists: bool,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const MAKE_EXAMPLES: &str = r#"A plan names certificates by their files, beside the plan; a list may also take whole folders of
certificates, and trusted lists of ETSI TS 119 612:
  {"root": {"name": "Trial", "environment": "test", "version": 1,
            "issued": "2026-01-01", "expires": "2036-01-01",
            "root": {"threshold": 2, "keys": ["k1.pem", "k2.pem", "k3.pem"]},
            "list": {"threshold": 1, "keys": ["k4.pem"]}}}
  {"list": {"name": "Trial", "environment": "test", "version": 1,
            "issued": "2026-11-01", "expires": "2027-11-01",
            "entries": [{"id": "ca", "kind": "ca", "name": "Province CA", "certificate": "ca.pem",
              "history": [{"from": "2020-01-01", "until": null, "standing": "granted",
                "scope": {"regions": ["340000"], "issuers": "any", "license_types": "any"}}]}],
            "organizations": [{"uscc": "…", "name": "…", "seals": ["…"], "certificates": []}]}}
  {"list": {…, "folders": [{"path": "cas", "kind": "ca",
              "scope": {"regions": ["340000"], "issuers": "any", "license_types": "any"}}],
            "etsi_lists": [{"file": "tl.xml", "kinds": ["ca", "tsa"],
              "scope": {"regions": "any", "issuers": "any", "license_types": "any"}}]}}
  {"pack": {"name": "Trial", "environment": "test", "issued": "2026-11-22", "expires": "2026-11-29",
            "list": "list-2.json", "crls": ["ca.crl"], "status_lists": ["status.jwt"],
            "status_references": "references.json"}}
Examples:
  yinxin trust make root-plan.json --key k1.key --key k2.key --out root.json
  yinxin trust make list-plan.json --key k4.key --previous list-1.json --out list-2.json
---
计划中的证书写文件名，放在计划旁边；信任列表还可整批取自证书文件夹和 ETSI TS 119 612 信任列表：
  {"root": {"name": "试用体系", "environment": "test", "version": 1,
            "issued": "2026-01-01", "expires": "2036-01-01",
            "root": {"threshold": 2, "keys": ["k1.pem", "k2.pem", "k3.pem"]},
            "list": {"threshold": 1, "keys": ["k4.pem"]}}}
  {"list": {"name": "试用体系", "environment": "test", "version": 1,
            "issued": "2026-11-01", "expires": "2027-11-01",
            "entries": [{"id": "ca", "kind": "ca", "name": "某某省 CA", "certificate": "ca.pem",
              "history": [{"from": "2020-01-01", "until": null, "standing": "granted",
                "scope": {"regions": ["340000"], "issuers": "any", "license_types": "any"}}]}],
            "organizations": [{"uscc": "…", "name": "…", "seals": ["…"], "certificates": []}]}}
  {"list": {…, "folders": [{"path": "cas", "kind": "ca",
              "scope": {"regions": ["340000"], "issuers": "any", "license_types": "any"}}],
            "etsi_lists": [{"file": "tl.xml", "kinds": ["ca", "tsa"],
              "scope": {"regions": "any", "issuers": "any", "license_types": "any"}}]}}
  {"pack": {"name": "试用体系", "environment": "test", "issued": "2026-11-22", "expires": "2026-11-29",
            "list": "list-2.json", "crls": ["ca.crl"], "status_lists": ["status.jwt"],
            "status_references": "references.json"}}
示例：
  yinxin trust make root-plan.json --key k1.key --key k2.key --out root.json
  yinxin trust make list-plan.json --key k4.key --previous list-1.json --out list-2.json"#;

#[derive(Args, Debug)]
pub(crate) struct TrustShow {
    /// A root, a list, or a kept state | 信任根、信任列表或已安装状态的文件
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print the payload as JSON | 输出其中的 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct TrustCheck {
    /// A root or list | 信任根或信任列表
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Judge under this root instead of the installed one | 按此信任根检查，而非已安装的
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub(crate) root: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) store: Store,
    /// Check as of this time; by default now | 按此时间检查；默认为当前时间
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub(crate) at: Option<Time>,
    /// Admit trust documents for trials | 允许试用的信任文件
    #[arg(long)]
    pub(crate) test: bool,
}

#[derive(Args, Debug)]
#[command(after_help = INSTALL_EXAMPLES)]
pub(crate) struct TrustInstall {
    /// A root or list | 信任根或信任列表
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Pin this root as the first one: you have compared its fingerprint with its keepers | 认定此信任根为首个信任根：已与保管人核对其指纹
    #[arg(long)]
    pub(crate) pin: bool,
    /// Admit trust documents for trials; needed with --pin only | 允许试用的信任文件；仅与 --pin 同用
    #[arg(long, requires = "pin")]
    pub(crate) test: bool,
    #[command(flatten)]
    pub(crate) store: Store,
    /// Install as of this time; by default now | 按此时间安装；默认为当前时间
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub(crate) at: Option<Time>,
}

const INSTALL_EXAMPLES: &str = "\
Examples:
  yinxin trust install root.json --pin
  yinxin trust install list-2.json
---
示例：
  yinxin trust install root.json --pin
  yinxin trust install list-2.json";

#[derive(Args, Debug)]
pub(crate) struct TrustStatus {
    #[command(flatten)]
    pub(crate) store: Store,
    /// As of this time; by default now | 截至此时间；默认为当前时间
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub(crate) at: Option<Time>,
    /// Print it as JSON | 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}
