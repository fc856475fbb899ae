//! `yinxin issue`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Identity;

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Issue {
    /// Metadata of the license, JSON; - is standard input | 证照元数据，JSON；- 表示标准输入
    #[arg(value_name = "METADATA")]
    pub(crate) metadata: PathBuf,
    /// The seal (.esl) | 印章文件（.esl）
    #[arg(long, value_name = "SEAL")]
    pub(crate) seal: PathBuf,
    #[command(flatten)]
    pub(crate) signer: Identity,
    /// Page design: landscape, portrait, or a JSON file | 版式：landscape 横版、portrait 竖版，或 JSON 文件
    #[arg(long, value_name = "TEMPLATE", default_value = "landscape")]
    pub(crate) template: String,
    /// Catalog (JSON) whose entry the metadata must fit | 证照目录（JSON），元数据须符合其目录项
    #[arg(long, value_name = "FILE")]
    pub(crate) catalog: Option<PathBuf>,
    /// Container; by default told by the name of --out | 文件格式；默认由 --out 的扩展名决定
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<FormatName>,
    /// Font for a PDF; by default one of the system's | PDF 所用字体；默认用系统字体
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    /// Make a PDF for the archive, PDF/A-3b; needs a font to embed | 生成存档用 PDF（PDF/A-3b），须指定要嵌入的字体
    #[arg(long, requires = "font")]
    pub(crate) pdfa: bool,
    /// The file to write, .ofd or .pdf | 要写入的文件，.ofd 或 .pdf
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const EXAMPLES: &str = "\
Example:
  yinxin issue license.json --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --out license.ofd
---
示例：
  yinxin issue license.json --seal seal.esl --cert signer.pem --key signer.key.pem \\
      --out license.ofd";

/// Values of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatName {
    Ofd,
    Pdf,
}
