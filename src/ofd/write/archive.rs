//! A deterministic writer of ZIP archives: entries in the order given, one date for all, sizes in
//! front of the data.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::super::location::PackagePath;
use super::super::zip::{Entry, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

const VERSION_NEEDED: u16 = 20;
const FLAG_UTF8: u16 = 1 << 11;
/// 1980-01-01, the first date DOS can write.
const FIRST_DATE: u32 = 0x0021 << 16;

/// What stands in both of an entry's headers.
struct Header<'a> {
    name: &'a [u8],
    utf8: bool,
    method: Method,
    modified: u32,
    crc: u32,
    compressed_size: u32,
    size: u32,
}

/// An archive that is being written.
#[derive(Clone)]
pub(in crate::ofd) struct ArchiveWriter {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
    modified: u32,
}

impl ArchiveWriter {
    /// Added files carry the date of `modified`, in UTC.
    pub(in crate::ofd) fn new(modified: Time) -> Self {
        Self {
            bytes: Vec::new(),
            directory: Vec::new(),
            count: 0,
            modified: dos_time(modified),
        }
    }

    /// Makes room beforehand: growing a large archive piece by piece would hold it twice at times.
    pub(in crate::ofd) fn reserve(mut self, bytes: usize) -> Self {
        self.bytes.reserve_exact(bytes);
        self
    }

    /// Adds a file, deflated where that is shorter.
    pub(in crate::ofd) fn add(&mut self, path: &PackagePath, content: &[u8]) -> Result<()> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let deflated = encoder.write_all(content).and_then(|()| encoder.finish());
        let deflated =
            deflated.map_err(|_| Error::new(ErrorKind::Internal, "deflating in memory failed"))?;
        let (method, data) = if deflated.len() < content.len() {
            (Method::Deflated, deflated.as_slice())
        } else {
            (Method::Stored, content)
        };
        self.put(path, content, method, data)
    }

    /// Adds a file as it is, where deflating would be in vain or is not worth its time.
    pub(in crate::ofd) fn store(&mut self, path: &PackagePath, content: &[u8]) -> Result<()> {
        self.put(path, content, Method::Stored, content)
    }

    fn put(
        &mut self,
        path: &PackagePath,
        content: &[u8],
        method: Method,
        data: &[u8],
    ) -> Result<()> {
        let mut crc = Crc::new();
        crc.update(content);
        let header = Header {
            name: path.entry_name().as_bytes(),
            utf8: true,
            method,
            modified: self.modified,
            crc: crc.sum(),
            compressed_size: size(data.len())?,
            size: size(content.len())?,
        };
        self.append(&header, data)
    }

    /// Adds an entry of another archive, its compressed bytes as they are.
    pub(in crate::ofd) fn copy(&mut self, entry: &Entry<'_>) -> Result<()> {
        let header = Header {
            name: entry.name,
            utf8: entry.utf8,
            method: entry.method,
            modified: entry.modified,
            crc: entry.crc,
            compressed_size: size(entry.compressed.len())?,
            size: size(entry.size)?,
        };
        self.append(&header, entry.compressed)
    }

    fn append(&mut self, header: &Header<'_>, data: &[u8]) -> Result<()> {
        let offset = size(self.bytes.len())?;
        let fields = header.fields()?;
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&fields);
        self.bytes.extend(header.name);
        self.bytes.extend(data);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION_NEEDED.to_le_bytes());
        self.directory.extend(&fields);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(header.name);
        // The largest count announces ZIP64.
        self.count = self
            .count
            .checked_add(1)
            .filter(|count| *count < u16::MAX)
            .ok_or_else(too_large)?;
        Ok(())
    }

    pub(in crate::ofd) fn finish(mut self) -> Result<Vec<u8>> {
        let offset = size(self.bytes.len())?;
        let length = size(self.directory.len())?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend([0, 0]);
        Ok(self.bytes)
    }
}

impl Header<'_> {
    /// From the version needed to the length of the extra field, alike in both headers.
    fn fields(&self) -> Result<Vec<u8>> {
        let mut fields = Vec::with_capacity(26);
        fields.extend(VERSION_NEEDED.to_le_bytes());
        fields.extend(if self.utf8 { FLAG_UTF8 } else { 0 }.to_le_bytes());
        fields.extend(self.method.number().to_le_bytes());
        fields.extend(self.modified.to_le_bytes());
        fields.extend(self.crc.to_le_bytes());
        fields.extend(self.compressed_size.to_le_bytes());
        fields.extend(self.size.to_le_bytes());
        let name = u16::try_from(self.name.len()).map_err(|_| too_large())?;
        fields.extend(name.to_le_bytes());
        fields.extend([0, 0]);
        Ok(fields)
    }
}

/// A size or offset below the value that announces ZIP64.
fn size(length: usize) -> Result<u32> {
    u32::try_from(length)
        .ok()
        .filter(|length| *length < u32::MAX)
        .ok_or_else(too_large)
}

fn too_large() -> Error {
    Error::limit("ZIP without ZIP64", u64::from(u32::MAX))
}

/// Date in the upper half, time in the lower, to two seconds; clamped to what DOS can write.
fn dos_time(time: Time) -> u32 {
    let civil = time.civil();
    let Ok(year) = u32::try_from(civil.year - 1980) else {
        return FIRST_DATE;
    };
    let date = (year.min(127) << 9) | (u32::from(civil.month) << 5) | u32::from(civil.day);
    let clock = (u32::from(civil.hour) << 11)
        | (u32::from(civil.minute) << 5)
        | (u32::from(civil.second) / 2);
    (date << 16) | clock
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofd::{Limits, Package};

    #[test]
    fn writes_what_it_reads() {
        let time = Time::parse("2026-11-22T08:00:00Z").unwrap();
        let mut writer = ArchiveWriter::new(time);
        let long = "证照".repeat(500);
        let paths = [
            PackagePath::new("a").unwrap(),
            PackagePath::new("/目录/b.xml").unwrap(),
        ];
        writer.add(&paths[0], b"").unwrap();
        writer.add(&paths[1], long.as_bytes()).unwrap();
        let bytes = writer.finish().unwrap();
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        assert!(package.findings().is_empty());
        assert_eq!(&*package.read(&paths[1]).unwrap(), long.as_bytes());
        assert!(package.read(&paths[0]).unwrap().is_empty());

        let mut copy = ArchiveWriter::new(time);
        for entry in package.entries() {
            copy.copy(entry).unwrap();
        }
        assert_eq!(copy.finish().unwrap(), bytes);
    }

    #[test]
    fn dates_are_clamped() {
        let dos = |text: &str| dos_time(Time::parse(text).unwrap());
        assert_eq!(dos("1970-01-01T00:00:00Z"), FIRST_DATE);
        assert_eq!(dos("1980-01-01T00:00:02Z"), FIRST_DATE | 1);
        assert_eq!(dos("2026-11-22T08:00:00Z") >> 25, 46);
    }
}
