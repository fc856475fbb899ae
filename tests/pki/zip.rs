//! Taking packages apart and putting them together, honestly or not.

use std::io::{Read, Write};

/// A package as names and contents, in order.
#[derive(Clone)]
pub(crate) struct Archive(pub(crate) Vec<(String, Vec<u8>)>);

impl Archive {
    /// Reads a well-formed archive by its central directory.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let end = find_last(bytes, b"PK\x05\x06");
        let mut at = u32_at(bytes, end + 16) as usize;
        let mut entries = Vec::new();
        for _ in 0..u16_at(bytes, end + 10) {
            assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
            let name_end = at + 46 + usize::from(u16_at(bytes, at + 28));
            let name = String::from_utf8(bytes[at + 46..name_end].to_vec()).unwrap();
            let local = u32_at(bytes, at + 42) as usize;
            let data = local
                + 30
                + usize::from(u16_at(bytes, local + 26))
                + usize::from(u16_at(bytes, local + 28));
            let packed = &bytes[data..data + u32_at(bytes, at + 20) as usize];
            let content = match u16_at(bytes, at + 10) {
                0 => packed.to_vec(),
                _ => inflate(packed),
            };
            entries.push((name, content));
            at = name_end
                + usize::from(u16_at(bytes, at + 30))
                + usize::from(u16_at(bytes, at + 32));
        }
        Self(entries)
    }

    /// The content of an entry.
    pub(crate) fn get(&self, name: &str) -> &[u8] {
        let entry = self.0.iter().find(|entry| entry.0 == name);
        &entry.unwrap_or_else(|| panic!("no entry {name}")).1
    }

    /// The content of an entry, as text.
    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.get(name).to_vec()).unwrap()
    }

    /// The names, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.0.iter().map(|entry| entry.0.clone()).collect()
    }

    /// Replaces an entry or adds one at the end.
    pub(crate) fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        match self.0.iter_mut().find(|entry| entry.0 == name) {
            Some(entry) => entry.1 = content.into(),
            None => self.0.push((name.to_owned(), content.into())),
        }
    }

    /// Drops every entry whose name begins so; there must be one.
    pub(crate) fn remove(&mut self, prefix: &str) {
        let before = self.0.len();
        self.0.retain(|entry| !entry.0.starts_with(prefix));
        assert!(self.0.len() < before, "no entry {prefix}");
    }

    /// Replaces text that must stand in an entry.
    pub(crate) fn edit(&mut self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from}: {text}");
        self.put(name, text.replace(from, to));
    }

    /// The one name that ends so.
    pub(crate) fn find(&self, suffix: &str) -> String {
        let mut found = self.0.iter().filter(|entry| entry.0.ends_with(suffix));
        let name = found.next().unwrap_or_else(|| panic!("no entry {suffix}"));
        assert!(found.next().is_none(), "two entries {suffix}");
        name.0.clone()
    }

    /// An archive of stored entries.
    pub(crate) fn write(&self) -> Vec<u8> {
        let entries: Vec<_> = self
            .0
            .iter()
            .map(|(name, content)| RawEntry::stored(name, content))
            .collect();
        write_raw(&entries)
    }
}

/// An entry whose local header and central record can be made to differ.
#[derive(Clone)]
pub(crate) struct RawEntry {
    pub(crate) local_name: String,
    pub(crate) name: String,
    pub(crate) method: u16,
    pub(crate) data: Vec<u8>,
    pub(crate) size: u32,
    pub(crate) crc: u32,
    /// In the local header, where it differs.
    pub(crate) local_size: Option<u32>,
    /// Whether sizes and checksum stand behind the data, too, and zeros in the local header.
    pub(crate) descriptor: bool,
    /// Whether the name is marked as UTF-8.
    pub(crate) utf8: bool,
}

impl RawEntry {
    /// An honest one.
    pub(crate) fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            local_name: name.to_owned(),
            name: name.to_owned(),
            method: 0,
            data: content.to_vec(),
            size: u32::try_from(content.len()).unwrap(),
            crc: crc(content),
            local_size: None,
            descriptor: false,
            utf8: !name.is_ascii(),
        }
    }
}

/// A compressed entry.
pub(crate) fn deflated(name: &str, content: &[u8]) -> RawEntry {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    RawEntry {
        method: 8,
        data: encoder.finish().unwrap(),
        ..RawEntry::stored(name, content)
    }
}

/// An archive of these entries, as they are.
pub(crate) fn write_raw(entries: &[RawEntry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let offset = u32::try_from(bytes.len()).unwrap();
        let packed = u32::try_from(entry.data.len()).unwrap();
        let flags = u16::from(entry.utf8) << 11 | u16::from(entry.descriptor) << 3;
        let local_size = entry.local_size.unwrap_or(entry.size);
        let common = |(crc, packed, size): (u32, u32, u32), name: &str| {
            let mut head = Vec::new();
            head.extend(flags.to_le_bytes());
            head.extend(entry.method.to_le_bytes());
            head.extend([0, 0, 0x21, 0]);
            head.extend(crc.to_le_bytes());
            head.extend(packed.to_le_bytes());
            head.extend(size.to_le_bytes());
            head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
            head.extend([0, 0]);
            head
        };
        bytes.extend(b"PK\x03\x04\x14\0");
        let local = if entry.descriptor {
            (0, 0, 0)
        } else {
            (entry.crc, packed, local_size)
        };
        bytes.extend(common(local, &entry.local_name));
        bytes.extend(entry.local_name.as_bytes());
        bytes.extend(&entry.data);
        if entry.descriptor {
            bytes.extend(b"PK\x07\x08");
            for number in [entry.crc, packed, entry.size] {
                bytes.extend(number.to_le_bytes());
            }
        }

        directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        directory.extend(common((entry.crc, packed, entry.size), &entry.name));
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
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

fn crc(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}

fn inflate(packed: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::DeflateDecoder::new(packed)
        .read_to_end(&mut content)
        .unwrap();
    content
}

fn find_last(bytes: &[u8], needle: &[u8]) -> usize {
    let found = bytes
        .windows(needle.len())
        .rposition(|window| window == needle);
    found.expect("an archive has an end")
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}
