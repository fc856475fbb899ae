//! Archives for tests, honest and hostile, built field by field.

use std::io::Write;
use std::path::PathBuf;

/// An entry whose local header and central record can be made to differ.
#[derive(Clone)]
pub(super) struct RawEntry {
    pub(super) local_name: Vec<u8>,
    pub(super) central_name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) data: Vec<u8>,
    pub(super) crc: u32,
    pub(super) size: u32,
    /// In the local header, where it differs.
    pub(super) local_crc: Option<u32>,
    pub(super) local_method: Option<u16>,
    pub(super) local_size: Option<u32>,
    pub(super) attributes: u32,
    pub(super) extra: Vec<u8>,
    /// Bytes after the data: a descriptor or something hidden.
    pub(super) after: Vec<u8>,
}

impl RawEntry {
    pub(super) fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            local_name: name.into(),
            central_name: name.into(),
            flags: if name.is_ascii() { 0 } else { 1 << 11 },
            method: 0,
            data: data.to_vec(),
            crc: crc(data),
            size: u32::try_from(data.len()).unwrap(),
            local_crc: None,
            local_method: None,
            local_size: None,
            attributes: 0,
            extra: Vec::new(),
            after: Vec::new(),
        }
    }

    pub(super) fn deflated(name: &str, data: &[u8]) -> Self {
        let mut encoder =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        let size = u32::try_from(data.len()).unwrap();
        let plain = Self::stored(name, data);
        Self {
            method: 8,
            data: encoder.finish().unwrap(),
            size,
            ..plain
        }
    }

    /// The same entry with its sizes after the data.
    pub(super) fn with_descriptor(mut self) -> Self {
        self.flags |= 1 << 3;
        self.local_crc = Some(0);
        self.local_size = Some(0);
        self.after.extend(b"PK\x07\x08");
        self.after.extend(self.crc.to_le_bytes());
        self.after
            .extend(u32::try_from(self.data.len()).unwrap().to_le_bytes());
        self.after.extend(self.size.to_le_bytes());
        self
    }
}

pub(super) fn crc(data: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    crc.sum()
}

/// An archive of these entries.
pub(super) fn archive(entries: &[RawEntry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = u32::try_from(bytes.len()).unwrap();
        let compressed = u32::try_from(entry.data.len()).unwrap();
        let streamed = entry.flags & 8 != 0;
        bytes.extend(b"PK\x03\x04\x14\0");
        bytes.extend(entry.flags.to_le_bytes());
        bytes.extend(entry.local_method.unwrap_or(entry.method).to_le_bytes());
        bytes.extend([0, 0, 0x21, 0]);
        bytes.extend(entry.local_crc.unwrap_or(entry.crc).to_le_bytes());
        bytes.extend(if streamed { 0 } else { compressed }.to_le_bytes());
        bytes.extend(entry.local_size.unwrap_or(entry.size).to_le_bytes());
        bytes.extend(u16::try_from(entry.local_name.len()).unwrap().to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(&entry.local_name);
        bytes.extend(&entry.data);
        bytes.extend(&entry.after);

        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend(entry.flags.to_le_bytes());
        directory.extend(entry.method.to_le_bytes());
        directory.extend([0, 0, 0x21, 0]);
        directory.extend(entry.crc.to_le_bytes());
        directory.extend(compressed.to_le_bytes());
        directory.extend(entry.size.to_le_bytes());
        directory.extend(
            u16::try_from(entry.central_name.len())
                .unwrap()
                .to_le_bytes(),
        );
        directory.extend(u16::try_from(entry.extra.len()).unwrap().to_le_bytes());
        directory.extend([0; 6]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(&entry.central_name);
        directory.extend(&entry.extra);
    }
    let start = u32::try_from(bytes.len()).unwrap();
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(u32::try_from(directory.len()).unwrap().to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// An archive of stored files.
pub(super) fn package(files: &[(&str, &str)]) -> Vec<u8> {
    let entries: Vec<_> = files
        .iter()
        .map(|(name, text)| RawEntry::stored(name, text.as_bytes()))
        .collect();
    archive(&entries)
}

/// A real file of other makers, `None` on machines that do not have the collection.
pub(super) fn interop(name: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/interop/ofd", "../../shared/interop/ofd"]
        .iter()
        .find_map(|folder| std::fs::read(root.join(folder).join(name)).ok())
}
