//! What a seal's picture really is.

/// A format of pictures, told by the first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// SVG.
    Svg,
    /// A whole OFD package.
    Ofd,
}

impl PictureFormat {
    /// The format of some bytes, if it is one of these.
    #[must_use]
    pub fn detect(data: &[u8]) -> Option<Self> {
        let head = data.get(..256).unwrap_or(data);
        match data {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [b'B', b'M', ..] => Some(Self::Bmp),
            [b'P', b'K', 3, 4, ..] => Some(Self::Ofd),
            _ if head.windows(4).any(|window| window == b"<svg") => Some(Self::Svg),
            _ => None,
        }
    }

    /// Whether a declared type (GB/T 38540-2020 6.1: GIF, BMP, JPG, PNG, SVG, in any letter case;
    /// `ofd` in practice) names this format.
    #[must_use]
    pub fn fits(self, declared: &str) -> bool {
        let names: &[&str] = match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::Bmp => &["bmp"],
            Self::Svg => &["svg"],
            Self::Ofd => &["ofd"],
        };
        let declared = declared.trim().trim_start_matches('.');
        names.iter().any(|name| name.eq_ignore_ascii_case(declared))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_types_are_compared_with_the_bytes() {
        let png = PictureFormat::detect(b"\x89PNG\r\n").unwrap();
        assert!(png.fits("PNG") && png.fits(".png") && !png.fits("gif"));
        assert_eq!(
            PictureFormat::detect(b"PK\x03\x04"),
            Some(PictureFormat::Ofd)
        );
        assert_eq!(
            PictureFormat::detect(b"<?xml version='1.0'?><svg/>"),
            Some(PictureFormat::Svg)
        );
        assert_eq!(PictureFormat::detect(b""), None);
    }
}
