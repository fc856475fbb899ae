//! What a drawn seal shows.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// A picture to be drawn. No flag has a default of its own, so that giving one is a decision.
#[derive(Args, Debug)]
#[group(id = "drawn", multiple = true)]
pub(crate) struct Drawn {
    /// What kind of seal is drawn; by default a round one | 绘制哪种印章；默认为圆章
    #[arg(long, value_enum, value_name = "FAMILY")]
    pub(crate) family: Option<Family>,
    /// Whose official seal it is: sets size and centre by the State Council's rule of 1999 | 用印单位层级，按国发〔1999〕25号确定尺寸和中心图案
    #[arg(long, value_enum, value_name = "OFFICE")]
    pub(crate) office: Option<OfficeName>,
    /// Text along the edge, or of a name seal; by default the seal's name | 环形文字或名章文字；默认为印章名称
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Line below the star, such as the purpose of the seal | 五角星下方的文字，如“电子证照专用章”
    #[arg(long, value_name = "TEXT")]
    pub(crate) line: Option<String>,
    /// Code in small digits along the lower edge | 下缘的小号编码
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// Taxpayer's number of an invoice seal | 发票专用章上的纳税人识别号
    #[arg(long, value_name = "NUMBER")]
    pub(crate) taxpayer: Option<String>,
    /// Number of an invoice seal among several, such as (1) | 发票专用章的顺序编号，如 (1)
    #[arg(long, value_name = "NUMBER")]
    pub(crate) serial: Option<String>,
    /// What stands in the middle of a round seal | 圆章中心图案
    #[arg(long, value_enum, value_name = "CENTRE")]
    pub(crate) centre: Option<CentreName>,
    /// Size in whole millimetres: 42, or 24x10 | 尺寸，整毫米：42 或 24x10
    #[arg(long, value_name = "MM", value_parser = size)]
    pub(crate) size: Option<(u8, u8)>,
    /// Colour as six hexadecimal digits; by default red | 颜色，六位十六进制；默认为红色
    #[arg(long, value_name = "RRGGBB", value_parser = color)]
    pub(crate) color: Option<(u8, u8, u8)>,
    /// Font of the text; by default one of the system's | 文字字体；默认用系统字体
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    /// Font of codes and numbers; by default that of the text | 编码和数字的字体；默认与文字相同
    #[arg(long, value_name = "FILE")]
    pub(crate) digits_font: Option<PathBuf>,
    /// Form of the picture; by default PNG | 图片格式；默认为 PNG
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub(crate) form: Option<FormName>,
    /// Pixels per inch of a PNG, 300 to 1200; by default 600 | PNG 分辨率，300 至 1200；默认 600
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(300..=1200))]
    pub(crate) dpi: Option<u32>,
}

/// Values of `--family`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Family {
    // The round seal of a body or company.
    Round,
    // A round seal for one purpose: contract, finance.
    Special,
    // The elliptic invoice seal.
    Invoice,
    // A person's name seal.
    Name,
}

/// Values of `--office`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OfficeName {
    // State Council: 60 mm, emblem.
    StateCouncil,
    // Province or ministry: 50 mm, emblem.
    Province,
    // National bureau under a ministry: 45 mm, emblem.
    NationalBureau,
    // Prefecture, city, county or district: 45 mm, emblem.
    County,
    // Administrative office of a prefecture: 45 mm, star.
    PrefecturalOffice,
    // Township: 42 mm, emblem.
    Township,
    // Any other body: at most 45 mm, star.
    Institution,
}

/// Values of `--centre`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CentreName {
    // A five-pointed star.
    Star,
    // A dashed circle that keeps the emblem's place.
    Emblem,
    // Nothing.
    Blank,
}

/// Values of `--as`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormName {
    // Pixels with transparency.
    Png,
    // Outlines.
    Svg,
    // Outlines in an OFD package.
    Ofd,
}

fn size(text: &str) -> Result<(u8, u8), &'static str> {
    let number = |text: &str| text.trim().parse::<u8>().ok();
    let (width, height) = text.split_once(['x', 'X', '×']).unwrap_or((text, text));
    number(width)
        .zip(number(height))
        .ok_or("42 or 24x10 is expected, in whole millimetres")
}

fn color(text: &str) -> Result<(u8, u8, u8), &'static str> {
    const WRONG: &str = "six hexadecimal digits are expected, such as e60012";
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(WRONG);
    }
    let number = u32::from_str_radix(text, 16).map_err(|_| WRONG)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Ok((red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_colours_are_read() {
        assert_eq!(size("42"), Ok((42, 42)));
        assert_eq!(size("24x10"), Ok((24, 10)));
        assert_eq!(size("40×30"), Ok((40, 30)));
        assert!(size("42.5").is_err() && size("x").is_err() && size("300").is_err());
        assert_eq!(color("e60012"), Ok((230, 0, 18)));
        assert!(color("red").is_err() && color("+60012").is_err() && color("e6001").is_err());
    }
}
