//! `yinxin sign`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use yinxin::pki::cms::SignedShape;

use super::{After, Identity};

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Sign {
    /// The OFD or PDF; - is standard input | 要签名的 OFD 或 PDF；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) signer: Identity,
    /// Message with signed attributes, or of the bare digest | 签名消息的形式：attributes 带签名属性，digest 仅以杂凑值为内容
    #[arg(long, value_enum, value_name = "SHAPE", default_value_t = ShapeName::Attributes)]
    pub(crate) shape: ShapeName,
    #[command(flatten)]
    pub(crate) after: After,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const EXAMPLES: &str = "\
Example:
  yinxin sign report.ofd --cert signer.pem --key signer.key.pem --out report.signed.ofd
---
示例：
  yinxin sign report.ofd --cert signer.pem --key signer.key.pem --out report.signed.ofd";

/// Values of `--shape`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ShapeName {
    Attributes,
    Digest,
}

impl From<ShapeName> for SignedShape {
    fn from(name: ShapeName) -> Self {
        match name {
            ShapeName::Attributes => Self::DetachedWithAttributes,
            ShapeName::Digest => Self::DigestAsContent,
        }
    }
}
