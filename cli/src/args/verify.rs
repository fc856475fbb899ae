//! `yinxin verify`.

use std::path::PathBuf;

use clap::Args;
use yinxin::Time;

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    /// OFD, PDF, seal (.esl), seal signature or CMS; - is standard input | OFD、PDF、印章（.esl）、签章数据或 CMS 文件；- 表示标准输入
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Search folders for .ofd .pdf .esl .ses .p7s .p7m .p7b .cms .sig | 核验文件夹内的 .ofd .pdf .esl .ses .p7s .p7m .p7b .cms .sig 文件
    #[arg(short, long)]
    pub(crate) recursive: bool,
    /// Trusted root of signers, PEM or DER, or a signed trust list; repeatable | 签章人的信任根证书，PEM 或 DER，或已签名的信任列表，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) trust: Vec<PathBuf>,
    /// Trusted root of seal makers; repeatable | 制章者的信任根证书，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) trust_maker: Vec<PathBuf>,
    /// Trusted root of time stamping authorities; repeatable | 时间戳机构的信任根证书，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) trust_tsa: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) store: super::Store,
    /// Intermediate certificates, not trusted by themselves; repeatable | 中间证书，本身不作信任根，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) untrusted: Vec<PathBuf>,
    /// Signer's certificate where the file holds none | 签名人证书，用于文件内没有证书的情形
    #[arg(long, value_name = "CERT")]
    pub(crate) signer_cert: Option<PathBuf>,
    /// File whose first line is the password of encrypted OFDs and PDFs | 口令文件，首行为加密 OFD、PDF 的口令
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Private key that opens OFDs encrypted to its certificate: PEM or PKCS#12 | 打开加密 OFD 的私钥：PEM 或 PKCS#12
    #[arg(long, value_name = "FILE")]
    pub(crate) decrypt_key: Option<PathBuf>,
    /// Password of that key, in the first line of a file; else asked for | 该私钥的口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE", requires = "decrypt_key")]
    pub(crate) decrypt_key_password_file: Option<PathBuf>,
    /// Content beside its signature | 与签名分开存放的原文
    #[arg(long, value_name = "FILE", conflicts_with = "recursive")]
    pub(crate) content: Option<PathBuf>,
    /// Revocation list, PEM or DER; repeatable | 证书吊销列表，PEM 或 DER，可多次给出
    #[arg(long, value_name = "CRL")]
    pub(crate) crl: Vec<PathBuf>,
    /// OCSP response, DER; repeatable | OCSP 响应，DER 格式，可多次给出
    #[arg(long, value_name = "FILE")]
    pub(crate) ocsp: Vec<PathBuf>,
    /// Status list (JWT or CWT), status references or revoked seals in JSON; repeatable | 状态列表（JWT 或 CWT）、状态索引或印章吊销列表（JSON），可多次给出
    #[arg(long, value_name = "FILE")]
    pub(crate) status: Vec<PathBuf>,
    /// Pack with a trust list, revocation and status lists; repeatable | 离线包：信任列表、吊销列表和状态列表，可多次给出
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: Vec<PathBuf>,
    /// Judge as of this time, such as 2026-11-22T16:00:00+08:00; by default now | 按此时间核验，如 2026-11-22T16:00:00+08:00；默认为当前时间
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub(crate) at: Option<Time>,
    #[command(flatten)]
    pub(crate) policy: super::PolicyFlags,
    /// Print the report as JSON; of several files a line each | 输出 JSON 报告；多个文件时每个一行
    #[arg(long, conflicts_with_all = ["quiet", "detail"])]
    pub(crate) json: bool,
    /// Print nothing but errors: the exit code tells | 不输出结果，只看退出码
    #[arg(short, long, conflicts_with = "detail")]
    pub(crate) quiet: bool,
    /// Show every check with its clause and facts | 列出每项检查、条款与依据
    #[arg(long)]
    pub(crate) detail: bool,
}

const EXAMPLES: &str = "\
Examples:
  yinxin verify license.ofd --trust signer-root.pem --trust-maker maker-root.pem
  yinxin verify -r inbox --policy basic --trust root.pem --json > reports.jsonl
  yinxin verify contract.p7s --content contract.pdf --trust root.pem --detail
---
示例：
  yinxin verify license.ofd --trust signer-root.pem --trust-maker maker-root.pem
  yinxin verify -r inbox --policy basic --trust root.pem --json > reports.jsonl
  yinxin verify contract.p7s --content contract.pdf --trust root.pem --detail";
