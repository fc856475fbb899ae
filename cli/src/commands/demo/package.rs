//! A ZIP writer without compression, just enough to pack a tampered OFD again.

/// Packs files in the given order; `None` beyond the sizes that the format's fields hold.
pub(super) fn stored(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let offset = u32::try_from(archive.len()).ok()?;
        let fields = fields(name, content)?;
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend_from_slice(&fields);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(content);

        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&fields);
        // Comment, disk, attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len()).ok()?.to_le_bytes();
    let start = u32::try_from(archive.len()).ok()?;
    let size = u32::try_from(directory.len()).ok()?;
    archive.append(&mut directory);
    archive.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    archive.extend_from_slice(&count);
    archive.extend_from_slice(&count);
    archive.extend_from_slice(&size.to_le_bytes());
    archive.extend_from_slice(&start.to_le_bytes());
    archive.extend_from_slice(&[0, 0]);
    Some(archive)
}

/// From "version needed" to "extra length": the same in a local header and in the directory.
fn fields(name: &str, content: &[u8]) -> Option<Vec<u8>> {
    /// 1980-01-01, the first date the format knows.
    const DATE: u16 = 0x0021;
    let size = u32::try_from(content.len()).ok()?.to_le_bytes();
    let mut fields = vec![20, 0, 0, 0x08, 0, 0, 0, 0];
    fields.extend_from_slice(&DATE.to_le_bytes());
    fields.extend_from_slice(&crc32(content).to_le_bytes());
    fields.extend_from_slice(&size);
    fields.extend_from_slice(&size);
    fields.extend_from_slice(&u16::try_from(name.len()).ok()?.to_le_bytes());
    fields.extend_from_slice(&[0, 0]);
    Some(fields)
}

/// CRC-32 of ISO 3309, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use yinxin::ofd::{Limits, Package, PackagePath};

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_library_reads_what_is_packed() {
        let files = [
            ("OFD.xml".to_owned(), b"<a/>".to_vec()),
            ("Doc_0/x".to_owned(), Vec::new()),
        ];
        let bytes = stored(&files).unwrap();
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        let path = PackagePath::new("OFD.xml").unwrap();
        assert_eq!(package.read(&path).unwrap().as_ref(), b"<a/>");
        assert_eq!(package.paths().count(), 2);
    }
}
