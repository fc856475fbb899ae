//! `yinxin seal`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use yinxin::Time;

use super::SealAffix;
use super::drawn::Drawn;

#[derive(Debug, Subcommand)]
pub(crate) enum Seal {
    /// Make a seal | 制作电子印章
    Make(Box<SealMake>),
    /// Put a time stamp into a seal of the layout of 2025 | 给 2025 版结构的印章加时间戳
    Stamp(SealStamp),
    /// Look at a seal, and take its picture out | 查看电子印章，导出图片
    Show(SealShow),
    /// Put a seal on an OFD or PDF | 在 OFD、PDF 上加盖电子印章
    Affix(Box<SealAffix>),
}

/// Who signs: a key with its certificate.
#[derive(Args, Debug)]
pub(crate) struct Identity {
    /// Certificate of the key; may be left out with PKCS#12 | 私钥的证书；私钥为 PKCS#12 时可不给
    #[arg(long, value_name = "CERT")]
    pub(crate) cert: Option<PathBuf>,
    /// Private key: PEM, or PKCS#12 with its certificate | 私钥：PEM，或带证书的 PKCS#12
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Password of the key, in the first line of a file; else asked for | 私钥口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(after_help = MAKE_EXAMPLES)]
pub(crate) struct SealMake {
    /// Certificate of the maker; may be left out with PKCS#12 | 制章者证书；私钥为 PKCS#12 时可不给
    #[arg(long, value_name = "CERT")]
    pub(crate) cert: Option<PathBuf>,
    /// Private key of the maker: PEM, or PKCS#12 with its certificate | 制章者私钥：PEM，或带证书的 PKCS#12
    #[arg(long, value_name = "FILE", required_unless_present_any = ["to_be_signed", "signature"], conflicts_with_all = ["to_be_signed", "signature"])]
    pub(crate) key: Option<PathBuf>,
    /// Password of the key, in the first line of a file; else asked for | 私钥口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(crate) password_file: Option<PathBuf>,
    /// Key kept elsewhere, first step: write what it must sign to this file, and stop | 私钥在别处时的第一步：把待签数据写到此文件，不制章
    #[arg(long, value_name = "FILE", requires_all = ["cert", "created"], conflicts_with_all = ["signature", "out"])]
    pub(crate) to_be_signed: Option<PathBuf>,
    /// Key kept elsewhere, second step: the signature over it; all other flags as before | 私钥在别处时的第二步：签名值文件；其余选项与第一步相同
    #[arg(long, value_name = "FILE", requires_all = ["cert", "created"])]
    pub(crate) signature: Option<PathBuf>,
    /// Trusted root of seal makers: the maker's certificate is verified first; repeatable | 制章者信任根：制章前先核验制章者证书，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) trust_maker: Vec<PathBuf>,
    /// Intermediate certificates; repeatable | 中间证书，可多次给出
    #[arg(long, value_name = "CERT", requires = "trust_maker")]
    pub(crate) untrusted: Vec<PathBuf>,
    /// Revocation list, PEM or DER; repeatable | 证书吊销列表，PEM 或 DER，可多次给出
    #[arg(long, value_name = "CRL", requires = "trust_maker")]
    pub(crate) crl: Vec<PathBuf>,
    /// Certificate of who may use the seal; repeatable | 可使用印章者的证书，可多次给出
    #[arg(long, value_name = "CERT", required = true)]
    pub(crate) signer: Vec<PathBuf>,
    /// Name of the seal | 印章名称
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Unique code of the seal | 印章唯一编码
    #[arg(long, value_name = "CODE")]
    pub(crate) id: String,
    /// Kind of seal, by your own numbering | 印章类型，按业务编号
    #[arg(long = "type", value_name = "N", default_value_t = 1)]
    pub(crate) seal_type: u32,
    /// Layout: 2014 GM/T 0031, 2020 GB/T 38540, 2025 GM/T 0031 | 结构：2014 为 GM/T 0031，2020 为 GB/T 38540，2025 为 GM/T 0031
    #[arg(long, value_enum, default_value_t = LayoutName::V2020, value_name = "YEAR")]
    pub(crate) layout: LayoutName,
    /// How the seal names signers: whole certificates, SM3 digests, or digests over Z and certificate | 登记方式：证书、证书的 SM3 杂凑值，或 Z 值与证书的杂凑值
    #[arg(long, value_enum, default_value_t = ListingName::Certificates, value_name = "HOW")]
    pub(crate) listing: ListingName,
    /// When the seal is made; by default now | 制章时间；默认为当前时间
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub(crate) created: Option<Time>,
    /// Days of validity, from then on | 有效天数，自制章时间起
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) days: u32,
    /// Extension to keep in the seal, its content from a DER or other file; repeatable | 写入印章的扩展数据，内容取自文件，可多次给出
    #[arg(long, value_name = "OID=FILE", value_parser = extension)]
    pub(crate) extension: Vec<(String, PathBuf)>,
    /// Picture file (PNG, SVG, …); without one the picture is drawn | 图片文件（PNG、SVG 等）；不给则绘制
    #[arg(long, value_name = "FILE", requires_all = ["width_mm", "height_mm"], conflicts_with = "drawn")]
    pub(crate) picture: Option<PathBuf>,
    /// Width of the picture file, millimetres | 图片宽度，毫米
    #[arg(long, value_name = "MM", requires = "picture")]
    pub(crate) width_mm: Option<u32>,
    /// Height of the picture file, millimetres | 图片高度，毫米
    #[arg(long, value_name = "MM", requires = "picture")]
    pub(crate) height_mm: Option<u32>,
    #[command(flatten)]
    pub(crate) drawn: Drawn,
    /// Write the drawn picture to this file too | 另将绘制的图片写到此文件
    #[arg(long, value_name = "FILE", conflicts_with = "picture")]
    pub(crate) picture_out: Option<PathBuf>,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE", required_unless_present = "to_be_signed")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const MAKE_EXAMPLES: &str = "\
Example:
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 'Sample seal' --id 34990000000001 --out seal.esl
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 'Example Ltd' --family special --line Contract --id 1 --out contract.esl
---
示例：
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 某某市市场监督管理局 --line 电子证照专用章 --id 34990000000001 --out seal.esl
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 某某市示范企业有限公司合同专用章 --family special --text 某某市示范企业有限公司 \\
      --line 合同专用章 --code 3701020000002 --id 34990000000002 --out contract.esl
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 某某市示范企业有限公司发票专用章 --family invoice --text 某某市示范企业有限公司 \\
      --taxpayer 91350100M000100Y43 --id 34990000000003 --out invoice.esl";

/// Values of `--listing`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListingName {
    Certificates,
    Digests,
    DigestsWithZ,
}

/// `OID=FILE`.
fn extension(text: &str) -> Result<(String, PathBuf), &'static str> {
    match text.split_once('=') {
        Some((oid, file)) if !oid.is_empty() && !file.is_empty() => {
            Ok((oid.to_owned(), PathBuf::from(file)))
        }
        _ => Err("OID=FILE is expected"),
    }
}

/// Values of `--layout`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LayoutName {
    #[value(name = "2014")]
    V2014,
    #[value(name = "2020")]
    V2020,
    #[value(name = "2025")]
    V2025,
}

#[derive(Args, Debug)]
#[command(after_help = STAMP_EXAMPLES)]
pub(crate) struct SealStamp {
    /// The seal (.esl) | 印章文件（.esl）
    #[arg(value_name = "SEAL")]
    pub(crate) seal: PathBuf,
    /// The request: written in the first step, read again in the second | 时间戳请求文件：第一步写出，第二步再读入
    #[arg(long, value_name = "TSQ")]
    pub(crate) time_stamp_request: PathBuf,
    /// Policy to ask the time stamp authority for, an OID | 要求时间戳机构采用的策略（OID）
    #[arg(long, value_name = "OID", conflicts_with = "time_stamp_response")]
    pub(crate) time_stamp_policy: Option<String>,
    /// Second step: the time stamp authority's answer | 第二步：时间戳机构的答复
    #[arg(long, value_name = "TSR", requires = "out")]
    pub(crate) time_stamp_response: Option<PathBuf>,
    /// Certificate of the time stamp authority, where its answer lacks it | 时间戳机构证书，答复里没有时给出
    #[arg(long, value_name = "CERT", requires = "time_stamp_response")]
    pub(crate) time_stamp_cert: Vec<PathBuf>,
    /// The stamped seal to write | 要写入的加戳印章
    #[arg(long, value_name = "FILE", requires = "time_stamp_response")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const STAMP_EXAMPLES: &str = "\
Example:
  yinxin seal stamp seal.esl --time-stamp-request seal.tsq
  yinxin seal stamp seal.esl --time-stamp-request seal.tsq --time-stamp-response seal.tsr \\
      --out stamped.esl
---
示例：
  yinxin seal stamp seal.esl --time-stamp-request seal.tsq
  yinxin seal stamp seal.esl --time-stamp-request seal.tsq --time-stamp-response seal.tsr \\
      --out stamped.esl";

#[derive(Args, Debug)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct SealShow {
    /// The seal (.esl); - is standard input | 印章文件（.esl）；- 表示标准输入
    #[arg(value_name = "SEAL")]
    pub(crate) seal: PathBuf,
    /// Write the seal's picture to this file | 把印章图片写到此文件
    #[arg(long, value_name = "FILE")]
    pub(crate) picture: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
    /// Print JSON | 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const SHOW_EXAMPLES: &str = "\
Nothing that is shown has been verified.

Example:
  yinxin seal show seal.esl --picture seal.png
---
显示的内容均未经核验。

示例：
  yinxin seal show seal.esl --picture seal.png";
