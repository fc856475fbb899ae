//! Files that are not what they say: each refused by name, none by panic.

use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::pdf::encryption::tests::REVISION_6;
use crate::pdf::update::tests::signed;
use crate::pdf::write::tests::sample_bytes;

/// A file of these object bodies, numbered from 1, with a table that is right.
fn file(bodies: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", bodies.len() + 1);
    for (number, body) in (1..).zip(bodies) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{number} 0 obj {body} endobj\n").bytes());
    }
    let section = bytes.len();
    bytes.extend(table.bytes());
    let size = bodies.len() + 1;
    bytes.extend(format!("trailer <</Size {size}/Root 1 0 R>>\n").bytes());
    bytes.extend(format!("startxref\n{section}\n%%EOF\n").bytes());
    bytes
}

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]>>";

fn kind(bytes: &[u8]) -> ErrorKind {
    Document::open(bytes).unwrap_err().kind()
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// The same three objects in an object stream, with a cross-reference stream.
fn packed_file(packed: &[u8], count: usize, first: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let packed = deflate(packed);
    let stream = bytes.len();
    bytes.extend(
        format!(
            "4 0 obj <</Type/ObjStm/N {count}/First {first}/Filter/FlateDecode/Length {}>>\nstream\n",
            packed.len()
        )
        .bytes(),
    );
    bytes.extend(packed);
    bytes.extend(b"\nendstream endobj\n");
    let section = bytes.len();
    let rows: [[u8; 5]; 6] = [
        [0, 0, 0, 0, 0],
        [2, 0, 0, 4, 0],
        [2, 0, 0, 4, 1],
        [2, 0, 0, 4, 2],
        [1, 0, 0, u8::try_from(stream).unwrap(), 0],
        [
            1,
            0,
            u8::try_from(section / 256).unwrap(),
            u8::try_from(section % 256).unwrap(),
            0,
        ],
    ];
    // With the predictor that most writers use.
    let mut table = Vec::new();
    let mut above = [0_u8; 5];
    for row in rows {
        table.push(2);
        table.extend(
            row.iter()
                .zip(above)
                .map(|(byte, up)| byte.wrapping_sub(up)),
        );
        above = row;
    }
    let table = deflate(&table);
    bytes.extend(
        format!(
            "5 0 obj <</Type/XRef/Size 6/W[1 3 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms\
             <</Predictor 12/Columns 5>>/Length {}>>\nstream\n",
            table.len()
        )
        .bytes(),
    );
    bytes.extend(table);
    bytes.extend(format!("\nendstream endobj\nstartxref\n{section}\n%%EOF\n").bytes());
    bytes
}

fn packed_sample() -> Vec<u8> {
    let head = format!(
        "1 0 2 {} 3 {} ",
        CATALOG.len() + 1,
        CATALOG.len() + PAGES.len() + 2
    );
    let body = format!("{head}{CATALOG} {PAGES} {PAGE}");
    packed_file(body.as_bytes(), 3, head.len())
}

#[test]
fn reads_tables_and_streams() {
    for bytes in [file(&[CATALOG, PAGES, PAGE]), packed_sample()] {
        let document = Document::open(&bytes).unwrap();
        let pages = document.at(0).unwrap().pages().unwrap();
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].media_box, [0.0, 0.0, 100.0, 200.0]);
        assert_eq!(
            document.at(1).unwrap_err().kind(),
            ErrorKind::InvalidArgument
        );
    }
}

#[test]
fn signs_a_file_with_a_cross_reference_stream() {
    use crate::pdf::{SignatureOptions, add_signature};
    let original = packed_sample();
    let document = Document::open(&original).unwrap();
    let prepared = add_signature(&document, &SignatureOptions::new("S", "x")).unwrap();
    let bytes = prepared.complete(b"value").unwrap();
    assert!(bytes.starts_with(&original));
    let document = Document::open(&bytes).unwrap();
    assert_eq!(document.revisions()[1].form(), Form::Stream);
    let signatures = document.at(1).unwrap().signatures().unwrap();
    assert_eq!(signatures[0].signed_range().unwrap().revision(), 1);
}

#[test]
fn object_streams_must_hold_what_the_table_says() {
    let head = "1 0 2 9 7 18 ";
    let wrong = packed_file(
        format!("{head}<</A 1>> <</B 1>> <</C 1>>").as_bytes(),
        3,
        head.len(),
    );
    assert_eq!(kind(&wrong), ErrorKind::Malformed);
    assert_eq!(
        kind(&packed_file(b"1 0 2 900 3 0 <<>>", 3, 14)),
        ErrorKind::Malformed
    );
    assert_eq!(kind(&packed_file(b"1 0", 3, 3)), ErrorKind::Malformed);
    let bomb = packed_file(&vec![b' '; 2 << 20], 3, 10);
    assert_eq!(kind(&bomb), ErrorKind::LimitExceeded);
}

#[test]
fn a_changed_structure_is_malformed() {
    let good = String::from_utf8(file(&[CATALOG, PAGES, PAGE])).unwrap();
    for (from, to) in [
        ("startxref\n", "startxref\n9"),
        ("0000000009 00000 n", "0000000010 00000 n"),
        ("0000000009 00000 n", "0000000009 00001 n"),
        ("0000000009 00000 n", "9999999999 00000 n"),
        ("0000000009 00000 n", "000000009 000000 n"),
        ("xref\n0 4", "xref\n1 4"),
        ("xref\n0 4", "xref\n0 5"),
        ("/Size 4", "/Size 3"),
        ("/Size 4", "/Sizf 4"),
        ("/Root 1 0 R", "/Root (abc)"),
        ("/Root 1 0 R", "/Root 1 0 R/Root 1 0 R"),
        ("/Root 1 0 R", "/Root 1 0 R/Prev 9"),
        ("/Root 1 0 R", "/Root 1 0 R/Prev 999999"),
        ("/Root 1 0 R", "/Root 1 0 R/Prev -1"),
        ("%%EOF\n", "%%EOF\n\n\n"),
        ("%%EOF\n", ""),
    ] {
        assert_eq!(good.matches(from).count(), 1, "{from}");
        let bad = good.replacen(from, to, 1);
        assert_eq!(kind(bad.as_bytes()), ErrorKind::Malformed, "{from} -> {to}");
    }
    for (from, to, expected) in [
        ("/Encrypt 2 0 R", ErrorKind::Unsupported),
        ("/Encrypt 9 0 R", ErrorKind::Malformed),
        ("/XRefStm 9", ErrorKind::Malformed),
        ("/XRefStm 99999", ErrorKind::Malformed),
    ]
    .map(|(entry, expected)| ("/Root 1 0 R", format!("/Root 1 0 R{entry}"), expected))
    {
        let bad = good.replacen(from, &to, 1);
        assert_eq!(kind(bad.as_bytes()), expected, "{to}");
    }
}

/// A file whose table lists the pages and whose stream lists the rest.
fn hybrid_file(hidden: [u8; 4], listed: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, body) in (1..).zip([CATALOG, PAGES, PAGE]) {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj {body} endobj\n").bytes());
    }
    let packed = bytes.len();
    let content = "4 0 (hidden)";
    bytes.extend(
        format!(
            "5 0 obj <</Type/ObjStm/N 1/First 4/Length 12>>\nstream\n{content}\nendstream endobj\n"
        )
        .bytes(),
    );
    let stream = bytes.len();
    bytes
        .extend(b"6 0 obj <</Type/XRef/Size 7/W[1 2 1]/Index[4 2]/Root 1 0 R/Length 8>>\nstream\n");
    bytes.extend(hidden);
    bytes.extend([1, 0, u8::try_from(packed).unwrap(), 0]);
    bytes.extend(b"\nendstream endobj\n");
    let section = bytes.len();
    let table: String = offsets
        .iter()
        .map(|at| format!("{at:010} 00000 n \n"))
        .collect();
    bytes.extend(
        format!(
            "xref\n0 {}\n0000000000 65535 f \n{table}{listed}trailer <</Size 7/Root 1 0 R/XRefStm {stream}>>\n\
             startxref\n{section}\n%%EOF\n",
            4 + listed.len() / 20
        )
        .bytes(),
    );
    bytes
}

#[test]
fn the_stream_of_a_hybrid_file_adds_what_its_table_hides() {
    let reference = Ref {
        number: 4,
        generation: 0,
    };
    for listed in ["", "0000000000 00000 f \n"] {
        let bytes = hybrid_file([2, 0, 5, 0], listed);
        let document = Document::open(&bytes).unwrap();
        let found = document.at(0).unwrap().find(reference).unwrap();
        let text = found.value.plain().unwrap();
        assert_eq!(text.as_string().unwrap().bytes, b"hidden");
    }
    // The table says that object 4 stands where object 3 does.
    let both = hybrid_file([2, 0, 5, 0], "0000000102 00000 n \n");
    assert_eq!(kind(&both), ErrorKind::Ambiguous);
}

/// A linearised file: the first page and the catalog stand before the rest.
fn linearised_file(first_xref_names: usize, length_error: usize) -> Vec<u8> {
    let build = |length: usize, rest: usize| {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut at = BTreeMap::new();
        let mut object = |bytes: &mut Vec<u8>, number: usize, body: &str| {
            at.insert(number, bytes.len());
            bytes.extend(format!("{number} 0 obj {body} endobj\n").bytes());
            at.clone()
        };
        object(
            &mut bytes,
            4,
            &format!("<</Linearized 1/L {length:06}/N 1/O 3>>"),
        );
        let first = bytes.len();
        let head = format!(
            "trailer <</Size 5/Root 1 0 R/Prev {rest:06}>>\nstartxref\n{first_xref_names}\n%%EOF\n"
        );
        // Its own size is known: object 1 and then 3 and 4.
        let section_size = "xref\n1 1\n3 2\n".len() + 3 * 20 + head.len();
        let catalog = first + section_size;
        let page = catalog + format!("1 0 obj {CATALOG} endobj\n").len();
        let line = |offset: usize| format!("{offset:010} 00000 n \n");
        bytes.extend(
            format!(
                "xref\n1 1\n{}3 2\n{}{}{head}",
                line(catalog),
                line(page),
                line(9)
            )
            .bytes(),
        );
        object(&mut bytes, 1, CATALOG);
        object(&mut bytes, 3, PAGE);
        let at = object(&mut bytes, 2, PAGES);
        let rest = bytes.len();
        bytes.extend(
            format!(
                "xref\n0 1\n0000000000 65535 f \n2 1\n{}trailer <</Size 5>>\nstartxref\n{first}\n%%EOF\n",
                line(at[&2])
            )
            .bytes(),
        );
        (bytes, rest)
    };
    let (draft, rest) = build(0, 0);
    build(draft.len() + length_error, rest).0
}

#[test]
fn a_linearised_file_is_one_revision() {
    use crate::pdf::{SignatureOptions, add_signature};
    let bytes = linearised_file(0, 0);
    let document = Document::open(&bytes).unwrap();
    assert_eq!(document.revisions().len(), 1);
    assert_eq!(document.revisions()[0].end(), bytes.len());
    assert_eq!(document.at(0).unwrap().pages().unwrap().len(), 1);
    // An update behind it continues the chain at the front section.
    let prepared = add_signature(&document, &SignatureOptions::new("S", "x")).unwrap();
    let signed = prepared.complete(b"value").unwrap();
    let document = Document::open(&signed).unwrap();
    assert_eq!(document.revisions().len(), 2);
    let signatures = document.at(1).unwrap().signatures().unwrap();
    assert_eq!(signatures[0].signed_range().unwrap().revision(), 1);

    for broken in [linearised_file(7, 0), linearised_file(0, 3)] {
        assert_eq!(kind(&broken), ErrorKind::Malformed);
    }
    let not_linearised = String::from_utf8(bytes).unwrap();
    let not_linearised = not_linearised.replacen("/Linearized", "/Linearizex", 1);
    assert_eq!(kind(not_linearised.as_bytes()), ErrorKind::Malformed);
}

/// A file whose encryption dictionary is object 4.
fn encrypted_file() -> Vec<u8> {
    let text = String::from_utf8(file(&[CATALOG, PAGES, PAGE, REVISION_6])).unwrap();
    let entry = "/Root 1 0 R/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00>]";
    text.replacen("/Root 1 0 R", entry, 1).into_bytes()
}

/// One more revision with a trailer of one's own.
fn updated(bytes: &[u8], number: usize, body: &str, trailer: &str) -> Vec<u8> {
    let previous = Document::open_with_password(bytes, "user").unwrap();
    let previous = previous.revisions().last().unwrap().section();
    let mut bytes = bytes.to_vec();
    let offset = bytes.len();
    bytes.extend(format!("{number} 0 obj {body} endobj\n").bytes());
    let section = bytes.len();
    bytes.extend(
        format!(
            "xref\n{number} 1\n{offset:010} 00000 n \ntrailer <</Size 9/Root 1 0 R/Prev {previous}{trailer}>>\n\
             startxref\n{section}\n%%EOF\n"
        )
        .bytes(),
    );
    bytes
}

#[test]
fn encryption_must_stay_what_it_was() {
    let file_bytes = encrypted_file();
    assert_eq!(kind(&file_bytes), ErrorKind::WrongPassword);
    let document = Document::open_with_password(&file_bytes, "user").unwrap();
    assert!(document.is_encrypted());
    assert_eq!(document.at(0).unwrap().pages().unwrap().len(), 1);

    let identifier = "/ID[<00112233445566778899aabbccddeeff><01>]";
    let same = format!("/Encrypt 4 0 R{identifier}");
    let kind = |bytes: &[u8]| {
        Document::open_with_password(bytes, "user")
            .err()
            .map(|error| error.kind())
    };
    let update = |number, body, trailer: &str| kind(&updated(&file_bytes, number, body, trailer));
    assert_eq!(update(5, "<<>>", &same), None);
    assert_eq!(update(4, REVISION_6, &same), Some(ErrorKind::Ambiguous));
    for other in [
        identifier.to_owned(),
        format!("/Encrypt 5 0 R{identifier}"),
        "/Encrypt 4 0 R".to_owned(),
        "/Encrypt 4 0 R/ID[<ff><01>]".to_owned(),
    ] {
        assert_eq!(
            update(5, REVISION_6, &other),
            Some(ErrorKind::Ambiguous),
            "{other}"
        );
    }
    let plain = file(&[CATALOG, PAGES, PAGE, REVISION_6]);
    assert_eq!(
        kind(&updated(&plain, 5, "<<>>", &same)),
        Some(ErrorKind::Ambiguous)
    );
}

#[test]
fn a_previous_section_cannot_lead_forward() {
    let good = file(&[CATALOG, PAGES, PAGE]);
    let section = Document::open(&good).unwrap().revisions()[0].section();
    let text = String::from_utf8(good).unwrap();
    let looped = text.replacen("/Root", &format!("/Prev {section}/Root"), 1);
    assert_eq!(kind(looped.as_bytes()), ErrorKind::Malformed);
}

#[test]
fn loops_and_depths_in_trees_end() {
    let looped = file(&[
        CATALOG,
        "<</Type/Pages/Kids[3 0 R]>>",
        "<</Type/Pages/Kids[2 0 R]>>",
    ]);
    let document = Document::open(&looped).unwrap();
    assert_eq!(
        document.at(0).unwrap().pages().unwrap_err().kind(),
        ErrorKind::Malformed
    );

    let form = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>";
    let field = "<</T(a)/FT/Sig/Kids[4 0 R]>>";
    let document = file(&[form, PAGES, PAGE, field]);
    let document = Document::open(&document).unwrap();
    assert!(document.at(0).unwrap().signatures().is_err());

    let names = "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>";
    let document = file(&[names, PAGES, PAGE, "<</Kids[4 0 R]>>"]);
    let document = Document::open(&document).unwrap();
    assert_eq!(
        document.at(0).unwrap().embedded_files().unwrap_err().kind(),
        ErrorKind::Malformed
    );

    let chain: Vec<String> = (3..200)
        .map(|n| format!("<</Type/Pages/Kids[{n} 0 R]>>"))
        .collect();
    let mut bodies = vec![CATALOG];
    bodies.extend(chain.iter().map(String::as_str));
    let document = file(&bodies);
    let document = Document::open(&document).unwrap();
    assert_eq!(
        document.at(0).unwrap().pages().unwrap_err().kind(),
        ErrorKind::LimitExceeded
    );

    let references = file(&["2 0 R", "1 0 R"]);
    assert!(
        Document::open(&references)
            .unwrap()
            .at(0)
            .unwrap()
            .pages()
            .is_err()
    );
}

#[test]
fn a_stream_length_that_is_the_stream_ends() {
    let stream = "<</Length 4 0 R>>\nstream\nabc\nendstream";
    let bytes = file(&[CATALOG, PAGES, PAGE, stream]);
    let document = Document::open(&bytes).unwrap();
    let reference = Ref {
        number: 4,
        generation: 0,
    };
    assert!(document.at(0).unwrap().find(reference).is_err());
}

#[test]
fn files_of_the_same_name_are_marked() {
    let catalog = "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names\
                   [(a)<</F(x)/EF<</F 4 0 R>>>>(b)<</F(x)/EF<</F 5 0 R>>>>]>>>>>>";
    let stream = "<</Length 1>>\nstream\na\nendstream";
    let bytes = file(&[catalog, PAGES, PAGE, stream, stream]);
    let document = Document::open(&bytes).unwrap();
    let files = document.at(0).unwrap().embedded_files().unwrap();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(EmbeddedFile::duplicate));

    // One key for two files of different names; readers differ in which they find.
    let repeated = String::from_utf8(bytes).unwrap();
    let repeated = repeated.replacen("(b)<</F(x)", "(a)<</F(y)", 1);
    let document = Document::open(repeated.as_bytes()).unwrap();
    let files = document.at(0).unwrap().embedded_files().unwrap();
    assert_ne!(files[0].name(), files[1].name());
    assert!(files.iter().all(EmbeddedFile::duplicate));
}

#[test]
fn a_truncated_file_never_opens_as_the_whole() {
    let bytes = signed(&sample_bytes(), "Seal1", b"value");
    for length in (0..bytes.len())
        .step_by(37)
        .chain(bytes.len() - 200..bytes.len())
    {
        let part = &bytes[..length];
        let ends = part.strip_suffix(b"\n").unwrap_or(part).ends_with(b"%%EOF");
        assert_eq!(Document::open(part).is_ok(), ends, "{length}");
    }
}

/// Asks everything there is to ask.
fn read_all(bytes: &[u8]) {
    let Ok(document) = Document::open(bytes) else {
        return;
    };
    for revision in 0..document.revisions().len() {
        let view = document.at(revision).unwrap();
        let _ = view.pages();
        let _ = view.page_text();
        let _ = view.metadata();
        let _ = view.info_title();
        for file in view.embedded_files().unwrap_or_default() {
            let _ = view.read_embedded(&file, 1 << 20);
        }
        for signature in view.signatures().unwrap_or_default() {
            let _ = signature.signed_range();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn mutated_files_never_panic(
        packed in any::<bool>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = if packed {
            packed_sample()
        } else {
            signed(&sample_bytes(), "Seal1", b"value")
        };
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn cut_and_joined_files_never_panic(
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
    ) {
        let bytes = signed(&sample_bytes(), "Seal1", b"value");
        let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
        let (from, to) = (from.min(to), from.max(to));
        read_all(&[&bytes[..from], &bytes[to..]].concat());
    }
}
