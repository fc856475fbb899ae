//! `yinxin protect`, `yinxin encrypt` and `yinxin decrypt`.

use std::path::PathBuf;

use clap::Args;

use super::Identity;

#[derive(Args, Debug)]
#[command(after_help = PROTECT_EXAMPLES)]
pub(crate) struct Protect {
    /// The OFD file; - is standard input | OFD 文件；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) signer: Identity,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const PROTECT_EXAMPLES: &str = "\
The list names every file in the OFD and is signed with SM2 (GM/T 0099-2020 7.4). Seals stay as
they are; none can be added afterwards.

Example:
  yinxin protect license.ofd --cert signer.pem --key signer.key.pem --out closed.ofd
---
清单列出 OFD 包内全部文件，并用 SM2 签名（GM/T 0099-2020 7.4）。已有的签章不受影响，此后不能再加盖。

示例：
  yinxin protect license.ofd --cert signer.pem --key signer.key.pem --out closed.ofd";

#[derive(Args, Debug)]
#[command(after_help = ENCRYPT_EXAMPLES)]
pub(crate) struct Encrypt {
    /// The OFD file; - is standard input | OFD 文件；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Certificate of who may open it, with an SM2 key; repeatable. Without one, by password | 可打开者的证书（SM2），可多次给出；不给则用口令加密
    #[arg(long, value_name = "CERT")]
    pub(crate) to: Vec<PathBuf>,
    /// Name of the password's user, which the file shows | 口令用户的名称，写在文件里
    #[arg(
        long,
        value_name = "NAME",
        default_value = "user",
        conflicts_with = "to"
    )]
    pub(crate) user: String,
    /// Password, in the first line of a file; else asked for | 口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    pub(crate) password_file: Option<PathBuf>,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const ENCRYPT_EXAMPLES: &str = "\
Every file in the OFD is encrypted with SM4 (GM/T 0099-2020 7.3). The standard does not slow down
guessing of passwords: use a long random one, or certificates.

Examples:
  yinxin encrypt license.ofd --to clerk.pem --to archive.pem --out license.encrypted.ofd
  yinxin encrypt license.ofd --password-file password.txt --out license.encrypted.ofd
---
OFD 包内每个文件都用 SM4 加密（GM/T 0099-2020 7.3）。该标准不能减缓口令猜测，请用足够长的随机口令，或用证书加密。

示例：
  yinxin encrypt license.ofd --to clerk.pem --to archive.pem --out license.encrypted.ofd
  yinxin encrypt license.ofd --password-file password.txt --out license.encrypted.ofd";

#[derive(Args, Debug)]
#[command(after_help = DECRYPT_EXAMPLES)]
pub(crate) struct Decrypt {
    /// The encrypted OFD file; - is standard input | 已加密的 OFD 文件；- 表示标准输入
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Private key of a certificate that it is encrypted to: PEM or PKCS#12 | 加密所用证书的私钥：PEM 或 PKCS#12
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Password of the OFD, or of the key, in the first line of a file; else asked for | OFD 或私钥的口令文件（取首行）；不给则在终端询问
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// The file to write | 要写入的文件
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Write over a file that is there | 覆盖已有的文件
    #[arg(long)]
    pub(crate) force: bool,
}

const DECRYPT_EXAMPLES: &str = "\
Decrypting is no verification: give the result to yinxin verify, or give the encrypted file and what
opens it.

Examples:
  yinxin decrypt license.encrypted.ofd --key clerk.key.pem --out license.ofd
  yinxin verify license.encrypted.ofd --decrypt-key clerk.key.pem --trust root.pem
---
解密不等于核验：请再用 yinxin verify 核验结果，或核验时直接给出加密文件和打开它的口令或私钥。

示例：
  yinxin decrypt license.encrypted.ofd --key clerk.key.pem --out license.ofd
  yinxin verify license.encrypted.ofd --decrypt-key clerk.key.pem --trust root.pem";
