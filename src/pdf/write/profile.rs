//! The colour space of screens as an ICC profile (ICC.1:2004-10, IEC 61966-2-1), made from its
//! numbers, so that no file of others travels along.

use super::document::OutputProfile;

/// Bytes before the tag table.
const HEADER: usize = 128;

/// The tags in the order of the table: signature and data.
type Tags = Vec<(&'static [u8; 4], Vec<u8>)>;

impl OutputProfile {
    /// sRGB.
    #[must_use]
    pub fn srgb() -> Self {
        Self {
            icc: profile(),
            name: "sRGB IEC61966-2.1".to_owned(),
        }
    }
}

fn profile() -> Vec<u8> {
    let curve = curve();
    let tags: Tags = vec![
        (b"desc", text("sRGB IEC61966-2.1")),
        (b"cprt", text("No rights reserved")),
        (b"wtpt", numbers(b"XYZ ", &[0.9642, 1.0, 0.8249])),
        (
            b"chad",
            numbers(
                b"sf32",
                &[
                    1.047_882, 0.022_919, -0.050_201, 0.029_587, 0.990_479, -0.017_059, -0.009_232,
                    0.015_076, 0.751_678,
                ],
            ),
        ),
        (
            b"rXYZ",
            numbers(b"XYZ ", &[0.436_066, 0.222_488, 0.013_916]),
        ),
        (
            b"gXYZ",
            numbers(b"XYZ ", &[0.385_147, 0.716_873, 0.097_076]),
        ),
        (
            b"bXYZ",
            numbers(b"XYZ ", &[0.143_066, 0.060_608, 0.714_096]),
        ),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = word(tags.len());
    let mut data: Vec<u8> = Vec::new();
    let start = HEADER + 4 + tags.len() * 12;
    for (signature, content) in &tags {
        table.extend(*signature);
        table.extend(word(start + data.len()));
        table.extend(word(content.len()));
        data.extend(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header(start + data.len());
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = word(size);
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // The date of the standard; the profile does not depend on when it is written.
    for part in [1999_u16, 10, 18, 0, 0, 0] {
        header.extend(part.to_be_bytes());
    }
    header.extend(b"acsp");
    // No platform, flags, device or attributes; perceptual rendering.
    header.resize(68, 0);
    // The illuminant D50.
    header.extend([0.9642, 1.0, 0.8249].iter().flat_map(|value| fixed(*value)));
    header.resize(HEADER, 0);
    header
}

/// The transfer curve of sRGB: linear near black, then a power of 2.4.
fn curve() -> Vec<u8> {
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    let parameters = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
    curve.extend(parameters.iter().flat_map(|value| fixed(*value)));
    curve
}

fn numbers(kind: &[u8; 4], values: &[f64]) -> Vec<u8> {
    let mut tag = kind.to_vec();
    tag.extend([0; 4]);
    tag.extend(values.iter().flat_map(|value| fixed(*value)));
    tag
}

/// One English text in UTF-16.
fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut tag = b"mluc\0\0\0\0".to_vec();
    tag.extend(word(1));
    tag.extend(word(12));
    tag.extend(b"enUS");
    tag.extend(word(units.len()));
    tag.extend(word(28));
    tag.extend(units);
    tag
}

/// s15Fixed16Number.
fn fixed(value: f64) -> [u8; 4] {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the numbers above lie between -1 and 3"
    )]
    let fixed = (value * 65_536.0).round() as i32;
    fixed.to_be_bytes()
}

fn word(value: usize) -> Vec<u8> {
    u32::try_from(value)
        .unwrap_or(u32::MAX)
        .to_be_bytes()
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_as_long_as_it_says_and_its_tags_lie_inside() {
        let icc = OutputProfile::srgb().icc;
        let word = |at: usize| u32::from_be_bytes(icc[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(word(0), icc.len());
        assert_eq!(&icc[36..40], b"acsp");
        assert_eq!(word(HEADER), 10);
        for tag in 0..10 {
            let entry = HEADER + 4 + tag * 12;
            assert!(word(entry + 4) + word(entry + 8) <= icc.len());
        }
    }
}
