//! `yinxin cert`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use yinxin::Time;
use yinxin::asn1::Oid;

#[derive(Debug, Subcommand)]
pub(crate) enum Cert {
    /// Make a certificate for tests: a root, or one issued by it | 生成测试用证书：根证书或由它签发的证书
    Make(CertMake),
    /// Verify the path of one certificate | 核验一张证书的证书链
    Verify(CertVerify),
}

#[derive(Args, Debug)]
#[command(after_help = MAKE_EXAMPLES)]
pub(crate) struct CertMake {
    /// Key of the certificate, PEM | 证书的私钥，PEM 格式
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Password of the key, in the first line of a file; else asked for | 私钥口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Common name of the subject | 主体通用名（CN）
    #[arg(long, value_name = "NAME")]
    pub(crate) common_name: String,
    /// Organisation of the subject | 主体机构名（O）
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<String>,
    /// Issue others with it: a root or intermediate | 作为签发其他证书的根或中间证书
    #[arg(long)]
    pub(crate) authority: bool,
    /// Certificate of the issuer; without one it signs itself | 签发者证书；不给则自签
    #[arg(long, value_name = "CERT", requires = "issuer_key")]
    pub(crate) issuer: Option<PathBuf>,
    /// Key of the issuer, PEM | 签发者私钥，PEM 格式
    #[arg(long, value_name = "FILE", requires = "issuer")]
    pub(crate) issuer_key: Option<PathBuf>,
    /// Password of the issuer's key | 签发者私钥的口令文件
    #[arg(long, value_name = "FILE", requires = "issuer_key")]
    pub(crate) issuer_password_file: Option<PathBuf>,
    /// Days of validity, from today | 有效天数，自今日起
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) days: u32,
    /// The file to write, PEM | 要写入的文件，PEM 格式
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const MAKE_EXAMPLES: &str = "\
Examples:
  yinxin cert make --authority --common-name 'Test root' --key root.key.pem --out root.pem
  yinxin cert make --common-name 'Signer' --key signer.key.pem --issuer root.pem \\
      --issuer-key root.key.pem --out signer.pem
---
示例：
  yinxin cert make --authority --common-name 测试根 --key root.key.pem --out root.pem
  yinxin cert make --common-name 示范签章人 --key signer.key.pem --issuer root.pem \\
      --issuer-key root.key.pem --out signer.pem";

#[derive(Args, Debug)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct CertVerify {
    /// The certificate, PEM or DER; - is standard input | 要核验的证书，PEM 或 DER；- 表示标准输入
    #[arg(value_name = "LEAF")]
    pub(crate) leaf: PathBuf,
    /// Trusted root, PEM or DER; repeatable | 信任根证书，PEM 或 DER，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) trust: Vec<PathBuf>,
    /// Intermediate certificates; repeatable | 中间证书，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) untrusted: Vec<PathBuf>,
    /// Revocation list, PEM or DER; repeatable | 证书吊销列表，PEM 或 DER，可多次给出
    #[arg(long, value_name = "CRL")]
    pub(crate) crl: Vec<PathBuf>,
    /// OCSP response, DER; repeatable | OCSP 响应，DER 格式，可多次给出
    #[arg(long, value_name = "FILE")]
    pub(crate) ocsp: Vec<PathBuf>,
    /// Judge as of this time; by default now | 按此时间核验；默认为当前时间
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub(crate) at: Option<Time>,
    /// What the certificate is used for | 证书的用途
    #[arg(long, value_enum, default_value_t = Purpose::Any, value_name = "PURPOSE")]
    pub(crate) purpose: Purpose,
    /// Whether revocation must be known | 是否必须查明吊销状态
    #[arg(long, value_enum, default_value_t = Revocation::IfAvailable, value_name = "MODE")]
    pub(crate) revocation: Revocation,
    /// Certificates in the path at most, leaf and root included | 证书链最多几张证书，含首尾
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(crate) max_depth: usize,
    /// Certificate policy that is accepted, by its identifier; repeatable | 可接受的证书策略（OID），可多次给出
    #[arg(long, value_name = "OID", value_parser = policy)]
    pub(crate) policy_oid: Vec<Oid>,
    /// An accepted policy must be valid even if no authority says so | 必须满足可接受的证书策略
    #[arg(long)]
    pub(crate) explicit_policy: bool,
    /// The policy "any" does not count | 不认“任意策略”
    #[arg(long)]
    pub(crate) inhibit_any: bool,
    /// Mappings of policies do not count | 不认策略映射
    #[arg(long)]
    pub(crate) inhibit_mapping: bool,
    /// Print JSON | 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const VERIFY_EXAMPLES: &str = "\
Example:
  yinxin cert verify signer.pem --trust root.pem --crl root.crl --revocation required
---
示例：
  yinxin cert verify signer.pem --trust root.pem --crl root.crl --revocation required";

fn policy(text: &str) -> Result<Oid, String> {
    Oid::parse(text).map_err(|error| error.to_string())
}

/// Values of `--purpose`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Purpose {
    Any,
    Signer,
    Maker,
    Tsa,
}

/// Values of `--revocation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Revocation {
    Off,
    IfAvailable,
    Required,
}
