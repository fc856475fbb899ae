//! One vector for each way in which a package can mean two documents, or too much.

use super::testing::{self, RawEntry, archive, interop, package};
use super::*;
use crate::error::{ErrorKind, Result};
use crate::finding::FindingCode;

fn open(bytes: &[u8]) -> Result<Package<'_>> {
    Package::open(bytes, &Limits::default())
}

#[track_caller]
fn refused(bytes: &[u8], kind: ErrorKind, cause: &str) {
    let error = open(bytes).expect_err(cause);
    assert_eq!(error.kind(), kind, "{error:?}");
    let shown = format!("{error}");
    assert!(shown.contains(cause), "{cause} expected: {shown}");
}

#[track_caller]
fn refused_entries(entries: &[RawEntry], kind: ErrorKind, cause: &str) {
    refused(&archive(entries), kind, cause);
}

fn ofd() -> RawEntry {
    RawEntry::deflated("OFD.xml", b"<OFD/>")
}

fn path(text: &str) -> PackagePath {
    PackagePath::new(text).unwrap()
}

#[test]
fn reads_stored_and_deflated_entries() {
    let text = "字".repeat(1000);
    let bytes = archive(&[ofd(), RawEntry::deflated("Doc_0/中.xml", text.as_bytes())]);
    let package = open(&bytes).unwrap();
    let paths: Vec<_> = package.paths().map(PackagePath::as_str).collect();
    assert_eq!(paths, ["/Doc_0/中.xml", "/OFD.xml"]);
    assert_eq!(
        &*package.read(&path("/Doc_0/中.xml")).unwrap(),
        text.as_bytes()
    );
    assert_eq!(&*package.read(&path("OFD.xml")).unwrap(), b"<OFD/>");
    assert!(package.findings().is_empty());
    assert_eq!(
        package.read(&path("/ofd.xml")).unwrap_err().kind(),
        ErrorKind::Missing
    );
}

#[test]
fn notes_descriptors_prefix_and_gaps() {
    let mut gap = ofd();
    gap.after = b"gap".to_vec();
    let bytes = archive(&[gap, RawEntry::deflated("a", b"a").with_descriptor()]);
    let mut prefixed = b"vendor header".to_vec();
    prefixed.extend(&bytes);
    let package = open(&prefixed).unwrap();
    let codes: Vec<_> = package
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert_eq!(
        codes,
        [
            FindingCode::PrefixBytes,
            FindingCode::GapBytes,
            FindingCode::DataDescriptor
        ]
    );
    assert_eq!(&*package.read(&path("a")).unwrap(), b"a");
}

#[test]
fn a_comment_is_fine_unless_it_looks_like_structure() {
    let mut bytes = archive(&[ofd()]);
    let length = bytes.len();
    bytes[length - 2] = 5;
    bytes.extend(b"hello");
    open(&bytes).unwrap();
    bytes.truncate(length);
    bytes.extend(b"PK\x03\x04!");
    refused(&bytes, ErrorKind::Ambiguous, "signature_in_comment");
}

#[test]
fn another_document_in_front_is_ambiguous() {
    let bytes = archive(&[ofd()]);
    for front in [
        &b"%PDF-1.7\n"[..],
        b"junk %PDF-1.7",
        b"\x89PNG\r\n",
        b"<html>",
    ] {
        refused(&[front, &bytes].concat(), ErrorKind::Ambiguous, "cause");
    }
    let first = archive(&[ofd()]);
    refused(
        &[&first[..], &bytes].concat(),
        ErrorKind::Ambiguous,
        "cause",
    );
    // The header counts wherever PDF readers look, even inside an entry.
    let inside = RawEntry::stored("a.pdf", b"%PDF-1.4");
    refused_entries(&[inside, ofd()], ErrorKind::Ambiguous, "pdf_header");
}

#[test]
fn local_header_and_directory_must_agree() {
    let mut name = ofd();
    name.local_name = b"OFE.xml".to_vec();
    refused_entries(&[name], ErrorKind::Ambiguous, "name_differs");
    let mut method = ofd();
    method.local_method = Some(0);
    refused_entries(&[method], ErrorKind::Ambiguous, "method_differs");
    let mut crc = ofd();
    crc.local_crc = Some(1);
    refused_entries(&[crc], ErrorKind::Ambiguous, "crc_differs");
    let mut size = ofd();
    size.local_size = Some(1);
    refused_entries(&[size], ErrorKind::Ambiguous, "sizes_differ");
}

#[test]
fn flags_must_agree_where_they_change_what_is_read() {
    let with_local_flags = |name: &str, flags: u8| {
        let mut bytes = archive(&[RawEntry::deflated(name, b"<OFD/>")]);
        bytes[6] = flags;
        bytes
    };
    // An ASCII name is the same with and without the mark.
    let mut marked = archive(&[ofd()]);
    marked[7] = 8;
    open(&marked).unwrap();
    let mut unmarked = archive(&[RawEntry::deflated("中.xml", b"<OFD/>")]);
    unmarked[7] = 0;
    refused(&unmarked, ErrorKind::Ambiguous, "flags_differ");
    let encrypted = with_local_flags("OFD.xml", 1);
    refused(&encrypted, ErrorKind::Ambiguous, "flags_differ");
}

#[test]
fn descriptors_must_agree_and_end_findable_data() {
    let mut wrong = ofd().with_descriptor();
    wrong.after[5] ^= 1;
    refused_entries(&[wrong], ErrorKind::Ambiguous, "descriptor_differs");
    let stored = RawEntry::stored("a", b"abc").with_descriptor();
    refused_entries(&[stored], ErrorKind::Ambiguous, "stored_with_descriptor");
}

#[test]
fn hidden_and_overlapping_entries_are_ambiguous() {
    let mut hiding = ofd();
    let hidden = archive(&[RawEntry::stored("OFD.xml", b"<evil/>")]);
    hiding.after = hidden[..40].to_vec();
    refused_entries(&[hiding], ErrorKind::Ambiguous, "hidden_entries");

    // The second record points to the first entry's header.
    let mut bytes = archive(&[ofd(), ofd()]);
    let second = bytes
        .windows(4)
        .rposition(|window| window == b"PK\x01\x02")
        .unwrap();
    bytes[second + 42..second + 46].fill(0);
    refused(&bytes, ErrorKind::Ambiguous, "cause");
    let overlapping = archive(&[RawEntry::stored("a", b"aa"), RawEntry::stored("b", b"bb")]);
    let mut lapped = overlapping.clone();
    let second = lapped
        .windows(4)
        .rposition(|window| window == b"PK\x01\x02")
        .unwrap();
    lapped[second + 42..second + 46].fill(0);
    lapped[second + 46] = b'a';
    let crc = testing::crc(b"aa").to_le_bytes();
    lapped[second + 16..second + 20].copy_from_slice(&crc);
    refused(&lapped, ErrorKind::Ambiguous, "overlapping_entries");
}

#[test]
fn names_that_some_reader_folds_together_are_ambiguous() {
    for other in [
        "OFD.xml",
        "ofd.XML",
        "/OFD.xml",
        "./OFD.xml",
        "a/../OFD.xml",
    ] {
        let second = RawEntry::stored(other, b"2");
        refused_entries(&[ofd(), second], ErrorKind::Ambiguous, "duplicate_name");
    }
    let pairs = [
        ("a/b", "a\\b"),
        ("a/b", "a//b"),
        ("É", "E\u{301}"),
        ("É", "é"),
    ];
    for (one, other) in pairs {
        let entries = [RawEntry::stored(one, b"1"), RawEntry::stored(other, b"2")];
        refused_entries(&entries, ErrorKind::Ambiguous, "duplicate_name");
    }
    let entries = [RawEntry::stored("a", b"1"), RawEntry::stored("A/b", b"2")];
    refused_entries(&entries, ErrorKind::Ambiguous, "file_is_directory");
}

#[test]
fn one_name_in_two_encodings_is_ambiguous() {
    let legacy = |bytes: &[u8]| {
        let mut entry = RawEntry::stored("x", b"2");
        entry.local_name = bytes.to_vec();
        entry.central_name = bytes.to_vec();
        entry
    };
    let gbk = legacy(b"\xd6\xd0.xml");
    let marked = RawEntry::stored("中.xml", b"1");
    refused_entries(
        &[marked, gbk.clone()],
        ErrorKind::Ambiguous,
        "name_encoding",
    );
    let unmarked = legacy("中.xml".as_bytes());
    refused_entries(
        &[unmarked, gbk.clone()],
        ErrorKind::Ambiguous,
        "name_encoding",
    );

    let bytes = archive(&[gbk, legacy(b"\xce\xc4.xml")]);
    let package = open(&bytes).unwrap();
    assert!(package.contains(&path("%D6%D0.xml")) && package.contains(&path("%CE%C4.xml")));
    assert!(
        package
            .findings()
            .iter()
            .all(|finding| finding.code == FindingCode::NameEncoding)
    );
    assert_eq!(package.findings().len(), 2);
}

#[test]
fn a_second_name_in_an_extra_field_is_ambiguous() {
    let mut entry = ofd();
    entry.extra = b"\x75\x70\x0c\0\x01\0\0\0\0EVI.xml".to_vec();
    refused_entries(&[entry.clone()], ErrorKind::Ambiguous, "second_name");
    entry.extra = b"\x75\x70\x0c\0\x01\0\0\0\0OFD.xml".to_vec();
    open(&archive(&[entry])).unwrap();
}

#[test]
fn paths_may_not_leave_the_package() {
    for (name, cause) in [
        ("../a", "path_escape"),
        ("a/../../b", "path_escape"),
        ("..\\a", "path_escape"),
        ("C:/a", "path_drive"),
        ("a\nb", "path_control_character"),
        ("a\0", "path_control_character"),
    ] {
        refused_entries(
            &[ofd(), RawEntry::stored(name, b"")],
            ErrorKind::Malformed,
            cause,
        );
    }
    let mut link = ofd();
    link.attributes = 0o120_777 << 16;
    refused_entries(&[link], ErrorKind::Malformed, "symbolic_link");
}

#[test]
fn end_records_are_unambiguous() {
    let bytes = archive(&[ofd()]);
    refused(
        &[&bytes[..], b"\0"].concat(),
        ErrorKind::Ambiguous,
        "trailing_bytes",
    );
    let end = bytes[bytes.len() - 22..].to_vec();
    refused(
        &[&bytes[..], &end].concat(),
        ErrorKind::Ambiguous,
        "two_end_records",
    );
    refused(
        &bytes[..bytes.len() - 1],
        ErrorKind::Malformed,
        "end_record",
    );
    refused(b"", ErrorKind::Malformed, "no_end_record");
    refused(
        b"PK\x03\x04 but no more",
        ErrorKind::Malformed,
        "no_end_record",
    );

    let mut fewer = archive(&[ofd(), RawEntry::stored("a", b"")]);
    let at = fewer.len() - 22;
    fewer[at + 8] = 1;
    fewer[at + 10] = 1;
    refused(&fewer, ErrorKind::Ambiguous, "central_directory_count");
}

#[test]
fn what_is_not_read_is_unsupported() {
    let mut encrypted = ofd();
    encrypted.flags |= 1;
    refused_entries(&[encrypted], ErrorKind::Unsupported, "encrypted");
    let mut method = ofd();
    method.method = 12;
    refused_entries(&[method], ErrorKind::Unsupported, "method");
    let mut wide = ofd();
    wide.extra = vec![1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    refused_entries(&[wide], ErrorKind::Unsupported, "ZIP64");
    let mut parts = archive(&[ofd()]);
    let at = parts.len() - 22;
    parts[at + 4] = 1;
    refused(&parts, ErrorKind::Unsupported, "parts");
}

#[test]
fn limits_are_kept() {
    let bytes = archive(&[ofd(), RawEntry::deflated("a", &[0; 2_000_000])]);
    refused(&bytes, ErrorKind::LimitExceeded, "inflation ratio");
    let bytes = archive(&[ofd(), RawEntry::deflated("a", &[0; 100_000])]);
    open(&bytes).unwrap();
    let tight = |limits: Limits| Package::open(&bytes, &limits).unwrap_err().to_string();
    let wide = Limits::default();
    assert!(
        tight(Limits {
            file_bytes: 10,
            ..wide
        })
        .contains("package bytes")
    );
    assert!(tight(Limits { entries: 1, ..wide }).contains("package entries"));
    assert!(
        tight(Limits {
            inflated_bytes: 99_999,
            ..wide
        })
        .contains("inflated bytes")
    );
    let long = RawEntry::stored(&"a".repeat(1025), b"");
    refused_entries(&[long], ErrorKind::LimitExceeded, "path bytes");
}

#[test]
fn content_must_be_as_declared() {
    let read = |entry: RawEntry| {
        let bytes = archive(&[entry]);
        open(&bytes)
            .unwrap()
            .read(&path("OFD.xml"))
            .map(|_| ())
            .unwrap_err()
            .to_string()
    };
    let mut crc = ofd();
    crc.crc ^= 1;
    assert!(read(crc).contains("crc"));
    for size in [5, 7] {
        let mut lying = ofd();
        lying.size = size;
        assert!(read(lying).contains("inflated_size"));
    }
    let mut longer = ofd();
    longer.data.extend(b"rest");
    assert!(read(longer).contains("compressed_size"));
    let mut cut = ofd();
    cut.data.pop();
    assert!(read(cut).contains("cause"));
}

#[test]
fn locations_resolve_with_findings() {
    let bytes = package(&[
        ("Doc_0/Pages/P.xml", ""),
        ("Res/a.png", ""),
        ("OFD.xml", ""),
    ]);
    let package = open(&bytes).unwrap();
    let from = path("/Doc_0/Document.xml");
    let resolve = |written: &str| {
        let mut findings = Vec::new();
        let target = package.resolve(&from, written, &mut findings).unwrap();
        let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
        (target.path.as_str().to_owned(), target.present, codes)
    };
    let page = "/Doc_0/Pages/P.xml".to_owned();
    assert_eq!(resolve("Pages/P.xml"), (page.clone(), true, vec![]));
    let style = vec![FindingCode::LocationStyle];
    assert_eq!(resolve("Pages\\P.xml"), (page.clone(), true, style.clone()));
    assert_eq!(resolve("pages/p.xml"), (page, true, style));
    let relative = vec![FindingCode::RelativeLocation];
    assert_eq!(
        resolve("Res/a.png"),
        ("/Res/a.png".to_owned(), true, relative)
    );
    assert_eq!(resolve("/none"), ("/none".to_owned(), false, vec![]));
}

mod mutations {
    use super::*;
    use proptest::prelude::*;

    fn read_everything(bytes: &[u8]) {
        let Ok(package) = open(bytes) else { return };
        for path in package.paths() {
            let _ = package.read(path);
        }
        let _ = IntegrityFile::read(&package);
        let Ok(document) = Document::read(&package) else {
            return;
        };
        for body in &document.bodies {
            if let Some(path) = &body.signatures {
                let _ = SignatureList::read(&package, path);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn reading_changed_real_packages_never_panics(
            file in 0_usize..3,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            cut in any::<prop::sample::Index>(),
            cuts in any::<bool>(),
        ) {
            let names = ["allprotected.ofd", "DigitalSign.ofd", "hello-integrity.ofd"];
            let Some(mut bytes) = interop(names[file]) else { return Ok(()) };
            for (index, value) in changes {
                let at = index.index(bytes.len());
                bytes[at] = value;
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()));
            }
            read_everything(&bytes);
        }

        #[test]
        fn reading_changed_xml_never_panics(
            entry in any::<prop::sample::Index>(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let Some(bytes) = interop("allprotected.ofd") else { return Ok(()) };
            let package = open(&bytes).unwrap();
            let paths: Vec<_> = package.paths().cloned().collect();
            let chosen = entry.index(paths.len());
            let entries: Vec<_> = paths.iter().enumerate().map(|(index, path)| {
                let mut content = package.read(path).unwrap().into_owned();
                if index == chosen {
                    for (at, value) in &changes {
                        let at = at.index(content.len());
                        content[at] = *value;
                    }
                }
                RawEntry::stored(path.entry_name(), &content)
            }).collect();
            read_everything(&archive(&entries));
        }
    }
}
