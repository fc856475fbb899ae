//! `yinxin seal affix`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgGroup, Args, ValueEnum};
use yinxin::sign::{Edge, Occurrence, Pages};

use super::{PdfFlags, PdfPassword, Start};

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
#[command(group = ArgGroup::new("place").args(["at", "keyword", "riding", "field"]).required(true).multiple(true))]
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
    /// Centre of the seal from the left and top edge, millimetres | 印章中心距左边、上边，毫米
    #[arg(long, value_name = "X,Y", conflicts_with = "keyword")]
    pub(crate) at: Option<Millimetres>,
    /// Put the seal on this text of the page (OFD only) | 盖在页面上的这个关键字处（仅 OFD）
    #[arg(long, value_name = "TEXT")]
    pub(crate) keyword: Option<String>,
    /// Pages, such as 1,3-5,last, all, odd, even; the first for --at, all for --keyword | 页码，如 1,3-5,last（末页）、all（全部）、odd（奇数页）、even（偶数页）；--at 默认首页，--keyword 默认全部
    #[arg(long, value_name = "PAGES")]
    pub(crate) page: Option<Pages>,
    /// Which occurrence of the keyword, from 1, or last | 第几处关键字，从 1 起；last 为最后一处
    #[arg(long, value_name = "N", requires = "keyword")]
    pub(crate) nth: Option<Nth>,
    /// Every occurrence of the keyword | 每一处关键字
    #[arg(long, requires = "keyword", conflicts_with = "nth")]
    pub(crate) all: bool,
    /// Move from the keyword to the right and down, millimetres | 自关键字向右、向下偏移，毫米
    #[arg(
        long,
        value_name = "X,Y",
        requires = "keyword",
        allow_hyphen_values = true
    )]
    pub(crate) offset: Option<Millimetres>,
    /// A riding seal over the pages, along this edge (OFD only) | 骑缝章，沿页面的这一边（仅 OFD）
    #[arg(long, value_name = "EDGE", value_enum)]
    pub(crate) riding: Option<EdgeName>,
    /// Pages of the riding seal; all by default | 骑缝章的页码，默认全部
    #[arg(long, value_name = "PAGES", requires = "riding")]
    pub(crate) riding_pages: Option<Pages>,
    /// Centre of the riding seal from the top (or left), millimetres; the middle by default | 骑缝章中心距上边（上下两边则距左边），毫米；默认居中
    #[arg(long, value_name = "MM", requires = "riding")]
    pub(crate) riding_along: Option<f64>,
    /// Sheets are printed on both sides: backs bear it at the opposite edge | 双面打印：背面盖在对侧的边上
    #[arg(long, requires = "riding")]
    pub(crate) riding_both_sides: bool,
    /// Least width of a slice, millimetres; more pages take several seals | 每页骑缝部分的最小宽度，毫米；页数多时分组盖多枚
    #[arg(long, value_name = "MM", default_value_t = 4.0, requires = "riding")]
    pub(crate) riding_slice: f64,
    #[command(flatten)]
    pub(crate) after: After,
    #[command(flatten)]
    pub(crate) pdf: PdfFlags,
    #[command(flatten)]
    pub(crate) opened: PdfPassword,
    #[command(flatten)]
    pub(crate) start: Start,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE", required_unless_present = "save")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

/// What holds between this signature and others.
#[derive(Args, Debug)]
pub(crate) struct After {
    /// Allow later seals and signatures (the default) | 允许以后再加章加签（默认）
    #[arg(long = "continue", conflicts_with = "lock")]
    pub(crate) continued: bool,
    /// Forbid later seals and signatures (OFD only) | 不许再加章加签（仅 OFD）
    #[arg(long)]
    pub(crate) lock: bool,
    /// ID of the earlier signature that this one counter-signs (OFD 2.0) | 所会签的在先签名的 ID（OFD 2.0）
    #[arg(long, value_name = "ID")]
    pub(crate) relative: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  yinxin seal affix letter.ofd --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --page last --at 150,240 --out letter.sealed.ofd
  yinxin seal affix contract.ofd --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --keyword 'Party A (seal)' --offset 10,0 --riding right --out contract.sealed.ofd

  In the place that a PDF keeps for it:
  yinxin seal affix form.pdf --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --field Seal --out form.sealed.pdf
---
示例：
  yinxin seal affix letter.ofd --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --page last --at 150,240 --out letter.sealed.ofd
  yinxin seal affix contract.ofd --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --keyword '甲方（盖章）' --offset 10,0 --riding right --out contract.sealed.ofd

  盖在 PDF 预留的签名域里：
  yinxin seal affix form.pdf --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --field Seal --out form.sealed.pdf";

/// Two lengths, `X,Y`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Millimetres {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl FromStr for Millimetres {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|mm| mm.is_finite());
        text.split_once([',', '，'])
            .and_then(|(x, y)| {
                Some(Self {
                    x: number(x)?,
                    y: number(y)?,
                })
            })
            .ok_or_else(|| "X,Y".to_owned())
    }
}

/// Values of `--nth`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nth(pub(crate) Occurrence);

impl FromStr for Nth {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "last" {
            return Ok(Self(Occurrence::Last));
        }
        let number = text
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        number
            .map(|index| Self(Occurrence::Nth(index)))
            .ok_or_else(|| "1, 2, … last".to_owned())
    }
}

/// Values of `--riding`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum EdgeName {
    Left,
    Right,
    Top,
    Bottom,
}

impl From<EdgeName> for Edge {
    fn from(name: EdgeName) -> Self {
        match name {
            EdgeName::Left => Self::Left,
            EdgeName::Right => Self::Right,
            EdgeName::Top => Self::Top,
            EdgeName::Bottom => Self::Bottom,
        }
    }
}
