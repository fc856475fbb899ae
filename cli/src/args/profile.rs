//! Flags that say how a signature is made and what a PDF says of it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What a PDF says of a signature or seal.
#[derive(Args, Debug, Default)]
pub(crate) struct PdfFlags {
    /// Signature field of the PDF: an empty one of this name, or a new one | PDF 签名域名称：已有的空签名域，没有则新建
    #[arg(long, value_name = "NAME")]
    pub(crate) field: Option<String>,
    /// Name of the signer, as the PDF shows it | PDF 中显示的签名人姓名或名称
    #[arg(long, value_name = "TEXT")]
    pub(crate) signer_name: Option<String>,
    /// Reason of signing, in the PDF | PDF 中的签名事由
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Place of signing, in the PDF | PDF 中的签名地点
    #[arg(long, value_name = "TEXT")]
    pub(crate) location: Option<String>,
    /// How to reach the signer, in the PDF | PDF 中的联系方式
    #[arg(long, value_name = "TEXT")]
    pub(crate) contact: Option<String>,
    /// Sign as the PDF's author, and say what others may do afterwards | 以文件作者身份签名，并限定此后允许的操作
    #[arg(long, value_enum, value_name = "PERMISSION")]
    pub(crate) certify: Option<PermissionName>,
    /// Form field that may not change afterwards, `*` for all; repeatable | 此后不得再改的表单域，* 表示全部，可多次给出
    #[arg(long, value_name = "NAME")]
    pub(crate) lock_field: Vec<String>,
    /// Another Filter than usual | 另行指定 Filter
    #[arg(long, value_name = "NAME")]
    pub(crate) filter: Option<String>,
    /// Another SubFilter than usual | 另行指定 SubFilter
    #[arg(long, value_name = "NAME")]
    pub(crate) sub_filter: Option<String>,
}

/// What opens the document.
#[derive(Args, Debug, Default)]
pub(crate) struct PdfPassword {
    /// Password of an encrypted PDF, in the first line of a file; else asked for | 加密 PDF 的口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) document_password_file: Option<PathBuf>,
}

/// Values of `--certify`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PermissionName {
    Nothing,
    Forms,
    Annotations,
}

/// How a signature without a seal is encoded, and what shows.
#[derive(Args, Debug, Default)]
pub(crate) struct Encoding {
    /// Form of a PDF signature: PAdES, ISO 32000 (adbe.pkcs7.detached), or as GM/T 0112 products write it | PDF 签名格式：PAdES、ISO 32000（adbe.pkcs7.detached），或 GM/T 0112 产品的写法
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<PdfFormatName>,
    /// Encode an SM2 signature as CMS (RFC 5652), not as GB/T 35275 | SM2 签名按 CMS（RFC 5652）编码，不按 GB/T 35275
    #[arg(long)]
    pub(crate) cms: bool,
    /// Sign with RSA-PSS; needs an RSA key | 用 RSA-PSS 签名，须为 RSA 私钥
    #[arg(long)]
    pub(crate) rsa_pss: bool,
    /// Certificate to carry beside the signer's; repeatable | 随签名携带的其他证书，可多次给出
    #[arg(long, value_name = "CERT")]
    pub(crate) chain: Vec<PathBuf>,
    /// Page on which the signature shows, from 1 (PDF only) | 显示签名的页码，从 1 起（仅 PDF）
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: u32,
    /// Centre of what shows, from the left and top edge, millimetres | 显示位置的中心，距左边、上边，毫米
    #[arg(long, value_name = "X,Y", value_parser = pair)]
    pub(crate) at: Option<(f64, f64)>,
    /// Width and height of what shows, millimetres | 显示区域的宽和高，毫米
    #[arg(long, value_name = "W,H", default_value = "60,20", value_parser = pair)]
    pub(crate) size: (f64, f64),
    /// Picture to show, PNG | 要显示的图片，PNG
    #[arg(long, value_name = "FILE")]
    pub(crate) picture: Option<PathBuf>,
    /// Text to show; \n begins a line | 要显示的文字；\n 表示换行
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Font for the text; by default one of the system's | 文字所用字体；默认用系统字体
    #[arg(long, value_name = "FILE", requires = "text")]
    pub(crate) font: Option<PathBuf>,
}

/// Values of `--format`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PdfFormatName {
    Pades,
    Iso,
    Gm,
}

/// Two numbers with a comma between.
fn pair(text: &str) -> Result<(f64, f64), String> {
    let numbers = text.split_once(',').and_then(|(first, second)| {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        Some((number(first)?, number(second)?))
    });
    numbers.ok_or_else(|| format!("`{text}` is not two numbers such as 60,20"))
}
