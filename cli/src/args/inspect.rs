//! `yinxin inspect`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Inspect {
    /// OFD, PDF, seal, signature, certificate or revocation list; - is standard input | OFD、PDF、印章、签名、证书或吊销列表；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Password of an encrypted PDF, in the first line of a file | 加密 PDF 的口令文件（取首行）
    #[arg(long, value_name = "FILE")]
    pub(crate) document_password_file: Option<PathBuf>,
    /// Print JSON | 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const EXAMPLES: &str = "\
Nothing that is shown has been verified.

Examples:
  yinxin inspect license.ofd
  yinxin inspect seal.esl --json
---
显示的内容均未经核验。

示例：
  yinxin inspect license.ofd
  yinxin inspect seal.esl --json";
