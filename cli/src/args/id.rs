//! `yinxin id`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Id {
    /// Check identifiers and codes | 检查标识和代码
    Check(IdCheck),
    /// Make an identifier, or complete a code by its check digit | 生成标识，或补上代码的校验位
    #[command(subcommand)]
    Make(IdMake),
}

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IdCheck {
    /// What to check; - reads lines from standard input | 要检查的内容；- 表示从标准输入逐行读取
    #[arg(required = true, value_name = "CODE")]
    pub(crate) codes: Vec<String>,
    /// What it is; by default told by its form | 属于哪一种；默认按格式判断
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<IdKind>,
    /// Print one JSON object a line | 每项输出一行 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const EXAMPLES: &str = "\
A right check digit tells of no typing error. It proves nothing else.
Citizen numbers are shown with stars; prefer standard input for them, which leaves no trace
in the shell's history.

Examples:
  yinxin id check 91330106MA27XTP21M
  yinxin id check --kind citizen - < numbers.txt
---
校验位正确只说明没有录入差错，不能证明真实。
公民身份号码以星号遮盖显示；建议从标准输入读取，以免留在命令历史里。

示例：
  yinxin id check 91330106MA27XTP21M
  yinxin id check --kind citizen - < numbers.txt";

/// Kinds of identifiers and codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum IdKind {
    // License identifier, GB/T 36904
    License,
    // Unified social credit code, GB 32100
    Uscc,
    // Organisation code, GB 11714
    Organization,
    // Citizen number, GB 11643
    Citizen,
}

#[derive(Debug, Subcommand)]
pub(crate) enum IdMake {
    /// A license identifier (GB/T 36904) with its check character | 证照标识（GB/T 36904），含校验码
    License {
        /// Type of license, 21 characters | 证照类型代码，21 位
        #[arg(long, value_name = "CODE")]
        type_code: String,
        /// Issuer's unified social credit code | 颁发机构的统一社会信用代码
        #[arg(long, value_name = "USCC")]
        issuer: String,
        /// Serial of the license: digits and capital letters | 证照流水号：数字和大写字母
        #[arg(long, value_name = "SERIAL")]
        serial: String,
        /// Version, 1 to 999 | 版本号，1 至 999
        #[arg(long, value_name = "N", default_value_t = 1)]
        version: u16,
    },
    /// A unified social credit code from its first 17 characters | 由前 17 位补成统一社会信用代码
    Uscc {
        /// The first 17 characters | 前 17 位
        #[arg(value_name = "CODE")]
        body: String,
    },
    /// An organisation code from its first 8 characters | 由前 8 位补成组织机构代码
    Organization {
        /// The first 8 characters | 前 8 位
        #[arg(value_name = "CODE")]
        body: String,
    },
}
