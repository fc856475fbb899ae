//! `yinxin key`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use yinxin::crypto::KeyKind;

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Make a private key, encrypted by a password | 生成私钥，以口令加密保存
    New(KeyNew),
}

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct KeyNew {
    /// The file to write, PEM | 要写入的文件，PEM 格式
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The kind of key | 密钥种类
    #[arg(long, value_enum, default_value_t = KeyKindName::Sm2, value_name = "KIND")]
    pub(crate) kind: KeyKindName,
    /// Password in the first line of a file; else asked for | 口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE", conflicts_with = "unencrypted")]
    pub(crate) password_file: Option<PathBuf>,
    /// No password: anyone who reads the file has the key | 不加密：拿到文件就拿到私钥
    #[arg(long)]
    pub(crate) unencrypted: bool,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const EXAMPLES: &str = "\
Examples:
  yinxin key new --out signer.key.pem
  yinxin key new --kind p256 --out pdf.key.pem --password-file password.txt
---
示例：
  yinxin key new --out signer.key.pem
  yinxin key new --kind p256 --out pdf.key.pem --password-file password.txt";

/// Values of `--kind`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum KeyKindName {
    Sm2,
    P256,
    P384,
    Ed25519,
}

impl From<KeyKindName> for KeyKind {
    fn from(name: KeyKindName) -> Self {
        match name {
            KeyKindName::Sm2 => KeyKind::Sm2,
            KeyKindName::P256 => KeyKind::P256,
            KeyKindName::P384 => KeyKind::P384,
            KeyKindName::Ed25519 => KeyKind::Ed25519,
        }
    }
}
