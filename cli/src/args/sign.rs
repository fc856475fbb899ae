//! `yinxin sign`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use yinxin::pki::cms::SignedShape;

use super::After;
use super::phases::{Resume, Start};
use super::profile::{Encoding, PdfFlags, PdfPassword};

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Sign {
    /// The OFD or PDF; - is standard input | 要签名的 OFD 或 PDF；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Certificate of the key; may be left out with PKCS#12 | 私钥的证书；私钥为 PKCS#12 时可不给
    #[arg(long, value_name = "CERT")]
    pub(crate) cert: Option<PathBuf>,
    /// Private key: PEM, or PKCS#12 with its certificate | 私钥：PEM，或带证书的 PKCS#12
    #[arg(long, value_name = "FILE", required_unless_present_any = ["message_out", "resume"])]
    pub(crate) key: Option<PathBuf>,
    /// Password of the key, in the first line of a file; else asked for | 私钥口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Message with signed attributes, or of the bare digest | 签名消息的形式：attributes 带签名属性，digest 仅以杂凑值为内容
    #[arg(long, value_enum, value_name = "SHAPE", default_value_t = ShapeName::Attributes)]
    pub(crate) shape: ShapeName,
    #[command(flatten)]
    pub(crate) after: After,
    #[command(flatten)]
    pub(crate) encoding: Encoding,
    #[command(flatten)]
    pub(crate) pdf: PdfFlags,
    #[command(flatten)]
    pub(crate) opened: PdfPassword,
    #[command(flatten)]
    pub(crate) start: Start,
    #[command(flatten)]
    pub(crate) resume: Resume,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE", required_unless_present = "save")]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const EXAMPLES: &str = "\
Examples:
  yinxin sign letter.pdf --cert signer.pem --key signer.key.pem --out letter.signed.pdf

  Seen on the page, as the author, with forms left open:
  yinxin sign letter.pdf --cert signer.pem --key signer.key.pem --chain ca.pem \
      --at 150,260 --text 'Approved\n2026-11-20' --certify forms --out letter.signed.pdf

  With a time stamp. Whatever carries request and answer, this program does not:
  yinxin sign letter.pdf --cert signer.pem --key signer.key.pem \\
      --save letter.pending --time-stamp-request letter.tsq
  curl -H 'Content-Type: application/timestamp-query' --data-binary @letter.tsq \\
      https://tsa.example -o letter.tsr
  yinxin sign letter.pdf --resume letter.pending --time-stamp-response letter.tsr \\
      --out letter.signed.pdf

  With a key that is elsewhere:
  yinxin sign letter.ofd --cert signer.pem --message-out letter.tbs --save letter.pending
  yinxin sign letter.ofd --resume letter.pending --signature letter.sig --out letter.signed.ofd

  --resume also finishes what `seal affix --save` began.
---
示例：
  yinxin sign letter.pdf --cert signer.pem --key signer.key.pem --out letter.signed.pdf

  在页面上显示，以作者身份签名，此后仍可填表：
  yinxin sign letter.pdf --cert signer.pem --key signer.key.pem --chain ca.pem \
      --at 150,260 --text '核准\n2026年11月20日' --certify forms --out letter.signed.pdf

  加时间戳（请求与答复由其他程序收发）：
  yinxin sign letter.pdf --cert signer.pem --key signer.key.pem \\
      --save letter.pending --time-stamp-request letter.tsq
  curl -H 'Content-Type: application/timestamp-query' --data-binary @letter.tsq \\
      https://tsa.example -o letter.tsr
  yinxin sign letter.pdf --resume letter.pending --time-stamp-response letter.tsr \\
      --out letter.signed.pdf

  私钥在外部设备中：
  yinxin sign letter.ofd --cert signer.pem --message-out letter.tbs --save letter.pending
  yinxin sign letter.ofd --resume letter.pending --signature letter.sig --out letter.signed.ofd

  seal affix --save 未完成的盖章也用 --resume 完成。";

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
