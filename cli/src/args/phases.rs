//! Flags of signing in several steps: what is still to come from elsewhere, and what has come.

use std::path::PathBuf;

use clap::Args;
use yinxin::asn1::Oid;

/// The steps of a signature that starts here.
#[derive(Args, Debug, Default)]
pub(crate) struct Start {
    /// Stop before what comes from elsewhere, and keep the unfinished signature in this file | 等待外部结果时，把未完成的签名存到此文件
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Write what is to be signed to this file, to be signed elsewhere (needs --save, no --key) | 把待签数据写到此文件，由外部设备签名（须同时给 --save，不给 --key）
    #[arg(long, value_name = "FILE", requires = "save", conflicts_with = "key")]
    pub(crate) message_out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) ask: Ask,
}

/// What is asked of a time stamp authority.
#[derive(Args, Debug, Default)]
pub(crate) struct Ask {
    /// Write a request for a time stamp over the signature to this file (needs --save) | 把时间戳请求写到此文件（须同时给 --save）
    #[arg(long, value_name = "TSQ", requires = "save")]
    pub(crate) time_stamp_request: Option<PathBuf>,
    /// Policy to ask the time stamp authority for, an OID | 要求时间戳机构采用的策略（OID）
    #[arg(long, value_name = "OID", requires = "time_stamp_request", value_parser = oid)]
    pub(crate) time_stamp_policy: Option<Oid>,
}

/// What has come for a signature that was saved.
#[derive(Args, Debug, Default)]
pub(crate) struct Resume {
    /// Go on with the unfinished signature in this file | 继续此文件里未完成的签名
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cert", "key", "message_out"])]
    pub(crate) resume: Option<PathBuf>,
    /// The signature made elsewhere: DER, or r ‖ s for SM2 | 外部设备给出的签名值：DER，SM2 也可为 r‖s
    #[arg(long, value_name = "FILE", requires = "resume")]
    pub(crate) signature: Option<PathBuf>,
    /// The time stamp authority's answer | 时间戳机构的答复
    #[arg(
        long,
        value_name = "TSR",
        requires = "resume",
        conflicts_with = "time_stamp_request"
    )]
    pub(crate) time_stamp_response: Option<PathBuf>,
    /// Certificate of the time stamp authority, where its answer lacks it | 时间戳机构证书，答复里没有时给出
    #[arg(long, value_name = "CERT", requires = "time_stamp_response")]
    pub(crate) time_stamp_cert: Vec<PathBuf>,
}

fn oid(text: &str) -> Result<Oid, String> {
    Oid::parse(text).map_err(|error| error.to_string())
}
