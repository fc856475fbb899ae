//! `yinxin demo`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Demo {
    /// Folder for all files | 存放全部文件的文件夹
    #[arg(long, value_name = "DIR", default_value = "demo-out")]
    pub(crate) out: PathBuf,
    /// Font with Chinese characters; by default one of the system's | 中文字体；默认用系统字体
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
}
