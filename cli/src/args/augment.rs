//! `yinxin augment`.

use std::path::PathBuf;

use clap::Args;
use yinxin::asn1::Oid;

use super::PdfPassword;

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Augment {
    /// The signed PDF; - is standard input | 已签名的 PDF；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Certificates of authorities, roots included; repeatable | 各级 CA 证书，含根证书，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) cert: Vec<PathBuf>,
    /// Certificate revocation lists; repeatable | 证书吊销列表，可多次给出
    #[arg(long, value_name = "CRL")]
    pub(crate) crl: Vec<PathBuf>,
    /// OCSP responses, DER; repeatable | OCSP 响应，DER 格式，可多次给出
    #[arg(long, value_name = "FILE")]
    pub(crate) ocsp: Vec<PathBuf>,
    /// Only say what is missing; nothing is written | 只列出还缺什么，不写文件
    #[arg(long, conflicts_with_all = ["out", "save", "resume", "time_stamp_request"])]
    pub(crate) dry_run: bool,
    /// Write what there is even if something is missing | 即使还缺材料，也把已有的写入
    #[arg(long)]
    pub(crate) incomplete: bool,
    /// Write a request for a time stamp over the whole document to this file (needs --save) | 把对整个文件的时间戳请求写到此文件（须同时给 --save）
    #[arg(long, value_name = "TSQ", requires = "save", conflicts_with_all = ["cert", "crl", "ocsp", "out"])]
    pub(crate) time_stamp_request: Option<PathBuf>,
    /// Policy to ask the time stamp authority for, an OID | 要求时间戳机构采用的策略（OID）
    #[arg(long, value_name = "OID", requires = "time_stamp_request", value_parser = super::phases::oid)]
    pub(crate) time_stamp_policy: Option<Oid>,
    /// Name the document by SM3, not SHA-256, in the request | 请求中用 SM3 而非 SHA-256 标识文件
    #[arg(long, requires = "time_stamp_request")]
    pub(crate) sm3: bool,
    /// Keep the unfinished time stamp in this file | 把未完成的时间戳存到此文件
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Go on with the unfinished time stamp in this file | 继续此文件里未完成的时间戳
    #[arg(long, value_name = "FILE", requires = "time_stamp_response", conflicts_with_all = ["cert", "crl", "ocsp", "save", "time_stamp_request"])]
    pub(crate) resume: Option<PathBuf>,
    /// The time stamp authority's answer | 时间戳机构的答复
    #[arg(long, value_name = "TSR", requires = "resume")]
    pub(crate) time_stamp_response: Option<PathBuf>,
    /// Certificate of the time stamp authority, where its answer lacks it | 时间戳机构证书，答复里没有时给出
    #[arg(long, value_name = "CERT", requires = "time_stamp_response")]
    pub(crate) time_stamp_cert: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) opened: PdfPassword,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE", required_unless_present_any = ["dry_run", "time_stamp_request"])]
    pub(crate) out: Option<PathBuf>,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const EXAMPLES: &str = "\
Examples:
  What is missing for the signatures to last:
  yinxin augment letter.pdf --dry-run

  Add it (PAdES B-LT), then a time stamp over the whole document (B-LTA):
  yinxin augment letter.pdf --cert ca.pem --cert root.pem --crl ca.crl --out letter.lt.pdf
  yinxin augment letter.lt.pdf --time-stamp-request letter.tsq --save letter.pending
  yinxin augment letter.lt.pdf --resume letter.pending --time-stamp-response letter.tsr \\
      --out letter.lta.pdf
---
示例：
  查看长期保存还缺什么：
  yinxin augment letter.pdf --dry-run

  补入材料（PAdES B-LT），再对整个文件加时间戳（B-LTA）：
  yinxin augment letter.pdf --cert ca.pem --cert root.pem --crl ca.crl --out letter.lt.pdf
  yinxin augment letter.lt.pdf --time-stamp-request letter.tsq --save letter.pending
  yinxin augment letter.lt.pdf --resume letter.pending --time-stamp-response letter.tsr \\
      --out letter.lta.pdf";
