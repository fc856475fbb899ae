//! `yinxin seal`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::phases::Start;

#[derive(Debug, Subcommand)]
pub(crate) enum Seal {
    /// Make a seal | 制作电子印章
    Make(Box<SealMake>),
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
    #[command(flatten)]
    pub(crate) maker: Identity,
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
    /// Name signers by digests of their certificates | 以证书杂凑值登记可使用者
    #[arg(long)]
    pub(crate) digests: bool,
    /// Days of validity, from now | 有效天数，自当前时间起
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) days: u32,
    /// Picture file (PNG, SVG, …); without one a round seal is drawn | 图片文件（PNG、SVG 等）；不给则绘制圆章
    #[arg(long, value_name = "FILE", requires_all = ["width_mm", "height_mm"], conflicts_with_all = ["text", "line", "code", "font"])]
    pub(crate) picture: Option<PathBuf>,
    /// Width of the picture file, millimetres | 图片宽度，毫米
    #[arg(long, value_name = "MM", requires = "picture")]
    pub(crate) width_mm: Option<u32>,
    /// Height of the picture file, millimetres | 图片高度，毫米
    #[arg(long, value_name = "MM", requires = "picture")]
    pub(crate) height_mm: Option<u32>,
    /// Text along the edge of the drawn seal; by default its name | 圆章边缘文字；默认为印章名称
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Line below the star, such as the purpose of the seal | 五角星下方的文字，如“电子证照专用章”
    #[arg(long, value_name = "TEXT")]
    pub(crate) line: Option<String>,
    /// Code in small digits along the lower edge | 下缘的小号编码
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// Font for the drawn seal; by default one of the system's | 绘制圆章的字体；默认用系统字体
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const MAKE_EXAMPLES: &str = "\
Example:
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 'Sample seal' --id 34990000000001 --out seal.esl
---
示例：
  yinxin seal make --cert maker.pem --key maker.key.pem --signer signer.pem \\
      --name 某某市市场监督管理局 --line 电子证照专用章 --id 34990000000001 --out seal.esl";

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

#[derive(Args, Debug)]
#[command(after_help = AFFIX_EXAMPLES)]
pub(crate) struct SealAffix {
    /// The OFD or PDF; - is standard input | 要盖章的 OFD 或 PDF；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The seal (.esl) | 印章文件（.esl）
    #[arg(long, value_name = "SEAL")]
    pub(crate) seal: PathBuf,
    /// Certificate of the key; may be left out with PKCS#12 | 私钥的证书；私钥为 PKCS#12 时可不给
    #[arg(long, value_name = "CERT")]
    pub(crate) cert: Option<PathBuf>,
    /// Private key: PEM, or PKCS#12 with its certificate | 私钥：PEM，或带证书的 PKCS#12
    #[arg(long, value_name = "FILE", required_unless_present = "message_out")]
    pub(crate) key: Option<PathBuf>,
    /// Password of the key, in the first line of a file; else asked for | 私钥口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Page on which the seal shows, from 1 | 盖章页码，从 1 起
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: u32,
    /// Centre of the seal from the left edge, millimetres | 印章中心距左边，毫米
    #[arg(long, value_name = "MM")]
    pub(crate) x: f64,
    /// Centre of the seal from the top edge, millimetres | 印章中心距上边，毫米
    #[arg(long, value_name = "MM")]
    pub(crate) y: f64,
    /// Forbid later seals and signatures (OFD only) | 不许再加章加签（仅 OFD）
    #[arg(long)]
    pub(crate) lock: bool,
    #[command(flatten)]
    pub(crate) start: Start,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE", required_unless_present = "save")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const AFFIX_EXAMPLES: &str = "\
Example:
  yinxin seal affix letter.ofd --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --x 150 --y 240 --out letter.sealed.ofd
---
示例：
  yinxin seal affix letter.ofd --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --x 150 --y 240 --out letter.sealed.ofd";
