//! What kind of file a seal's picture is, told by its first bytes.

/// A kind of picture that seals carry (GB/T 38540-2020 6.1; OFD by practice).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// BMP.
    Bmp,
    /// JPEG.
    Jpeg,
    /// SVG.
    Svg,
    /// A whole OFD package.
    Ofd,
}

impl PictureFormat {
    /// Tells the format; `None` for anything else. That the file can be read in full is not
    /// promised.
    #[must_use]
    pub fn detect(data: &[u8]) -> Option<Self> {
        match data {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'B', b'M', ..] if is_bmp(data) => Some(Self::Bmp),
            [b'P', b'K', 3, 4, ..] if contains(data, b"OFD.xml") => Some(Self::Ofd),
            _ if is_svg(data) => Some(Self::Svg),
            _ => None,
        }
    }

    /// The type a seal declares for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Jpeg => "JPG",
            Self::Svg => "SVG",
            Self::Ofd => "ofd",
        }
    }

    /// Whether a declared type names it, in any letter case.
    #[must_use]
    pub fn fits(self, declared: &str) -> bool {
        declared.eq_ignore_ascii_case(self.name())
            || (self == Self::Jpeg && declared.eq_ignore_ascii_case("jpeg"))
    }
}

/// Two letters are no proof: the reserved words of the file header are zero as well, and its
/// offset of the pixels lies inside the file.
fn is_bmp(data: &[u8]) -> bool {
    let reserved = data.get(6..10) == Some(&[0; 4]);
    let pixels = data
        .get(10..14)
        .and_then(|bytes| bytes.try_into().ok())
        .and_then(|bytes| usize::try_from(u32::from_le_bytes(bytes)).ok());
    reserved && pixels.is_some_and(|offset| (26..=data.len()).contains(&offset))
}

/// XML whose root, looked for in the first KiB, is `svg`.
fn is_svg(data: &[u8]) -> bool {
    let head = data.get(..1024).unwrap_or(data);
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = text.trim_ascii_start();
    text.starts_with(b"<") && (contains(text, b"<svg ") || contains(text, b"<svg>"))
}

fn contains(data: &[u8], wanted: &[u8]) -> bool {
    data.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_bytes() {
        let mut bmp = b"BM".to_vec();
        bmp.extend([60, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]);
        bmp.resize(60, 0);
        let cases: [(&[u8], Option<PictureFormat>); 13] = [
            (b"\x89PNG\r\n\x1a\n....", Some(PictureFormat::Png)),
            (b"GIF89a....", Some(PictureFormat::Gif)),
            (b"GIF87a....", Some(PictureFormat::Gif)),
            (b"\xff\xd8\xff\xe0....", Some(PictureFormat::Jpeg)),
            (&bmp, Some(PictureFormat::Bmp)),
            (&bmp[..50], None),
            (b"BM is no picture by its letters", None),
            (b"PK\x03\x04......OFD.xml...", Some(PictureFormat::Ofd)),
            (b"PK\x03\x04......word/document.xml", None),
            (
                b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<svg xmlns=\"\"/>",
                Some(PictureFormat::Svg),
            ),
            (b" <svg></svg>", Some(PictureFormat::Svg)),
            (b"<html>", None),
            (b"", None),
        ];
        for (data, format) in cases {
            assert_eq!(PictureFormat::detect(data), format);
        }
    }

    #[test]
    fn declared_types_fit_in_any_case() {
        assert!(PictureFormat::Ofd.fits("OFD") && PictureFormat::Png.fits("png"));
        assert!(PictureFormat::Jpeg.fits("jpg") && PictureFormat::Jpeg.fits("JPEG"));
        assert!(!PictureFormat::Png.fits("jpg") && !PictureFormat::Png.fits(""));
    }
}
