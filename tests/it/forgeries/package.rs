//! Forged packages: their container, and the tree of what they display.

use yinxin::verify::{CheckCode, Outcome, Reason};

use super::{
    CHANGED_FILE, NO_COVER, UNCOVERED, drop_reference, files, loosely_sealed, refused, replaced,
    seal,
};
use crate::pki::{self, Archive, RawEntry, Resealing, Unsigned, reseal, write_raw};

/// Invalid solely because a license without any seal is no license: the seal was cut out cleanly.
#[test]
fn signatures_stripped_from_an_ofd() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    forged.remove("Doc_0/Signs/");
    forged.edit(
        "OFD.xml",
        "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        "",
    );
    let expected = [(CheckCode::DocumentSigned, Reason::SignatureStripped)];
    let report = refused(&forged.write(), &expected);
    assert!(report.license.is_none());
    assert!(report.unsigned_claims.is_some());
}

/// Invalid solely because CustomDatas is not what was sealed.
#[test]
fn custom_data_swapped() {
    let sealed = Archive::read(&pki::sealed_ofd());
    let forged = replaced(&sealed, "OFD.xml", "张三", "李四");
    let report = refused(&forged, &[CHANGED_FILE, NO_COVER]);
    assert_eq!(files(&report, CheckCode::SignatureReferences), ["/OFD.xml"]);
    assert!(report.license.is_none());
}

/// CustomDatas that no seal covers says something else: shown as a mere claim, never as license.
#[test]
fn uncovered_custom_data_swapped() {
    let forged = replaced(&loosely_sealed(), "OFD.xml", "张三", "李四");
    let report = pki::judge(&forged);
    let holder = |claims: &yinxin::license::Claims| claims.field("FDDBR").unwrap().value.clone();
    let license = report.license.as_ref().unwrap();
    assert_eq!(holder(&license.claims), "张三");
    assert_eq!(holder(report.unsigned_claims.as_ref().unwrap()), "李四");
}

/// Invalid solely because the attached metadata is not what was sealed.
#[test]
fn attachment_swapped() {
    let sealed = Archive::read(&pki::sealed_ofd());
    let forged = replaced(&sealed, "Doc_0/Attachs/Attach_0.json", "张三", "李四");
    let report = refused(&forged, &[CHANGED_FILE, NO_COVER]);
    assert_eq!(
        files(&report, CheckCode::SignatureReferences),
        ["/Doc_0/Attachs/Attach_0.json"]
    );
}

/// Invalid solely because the page is not what was sealed.
#[test]
fn page_edited() {
    let sealed = Archive::read(&pki::sealed_ofd());
    let forged = replaced(&sealed, "Doc_0/Pages/Page_0/Content.xml", "张三", "李四");
    refused(&forged, &[CHANGED_FILE, NO_COVER]);
}

/// Invalid solely because a covered file is gone.
#[test]
fn covered_file_removed() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    forged.remove("Doc_0/Tags/Tag_0.xml");
    let report = pki::judge(&forged.write());
    let [references] = pki::checks(&report, CheckCode::SignatureReferences)[..] else {
        panic!("not one check of references");
    };
    assert_eq!(references.reason, Some(Reason::PartMissing));
    assert_eq!(report.outcome, Outcome::Failed);
}

/// Invalid solely because the page says another name than the data beside it, all of it sealed.
#[test]
fn sources_that_disagree() {
    let mut lying = Unsigned::of(&pki::business_license());
    let name = lying.page.iter_mut().find(|(tag, _)| tag == "KZ_FDDBR");
    name.unwrap().1 = "李四".to_owned();
    let expected = [(CheckCode::LicenseConsistent, Reason::SourcesDiffer)];
    refused(&seal(&lying.ofd()), &expected);
    refused(&seal(&lying.pdf()), &expected);
}

/// Invalid solely because two sealed attachments have one name: two readers read two licenses.
#[test]
fn second_attachment_of_the_same_name_in_an_ofd() {
    let mut doubled = Archive::read(&pki::unsigned_ofd());
    let list = "Doc_0/Attachs/Attachments.xml";
    let end = "</ofd:Attachments>";
    let second = r#"<ofd:Attachment ID="99" Name="license.json" Format="json"><ofd:FileLoc>/Doc_0/Attachs/Attach_1.json</ofd:FileLoc></ofd:Attachment>"#;
    doubled.edit(list, end, &format!("{second}{end}"));
    let copy = doubled.get("Doc_0/Attachs/Attach_0.json").to_vec();
    doubled.put("Doc_0/Attachs/Attach_1.json", copy);
    let expected = [(CheckCode::LicenseConsistent, Reason::SourceTwice)];
    refused(&seal(&doubled.write()), &expected);
}

/// Invalid because the list of attachments is not what was sealed.
#[test]
fn attachment_of_the_same_name_added_after_sealing() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let list = "Doc_0/Attachs/Attachments.xml";
    let end = "</ofd:Attachments>";
    let second = r#"<ofd:Attachment ID="99" Name="license.json" Format="json"><ofd:FileLoc>/Doc_0/Attachs/Attach_1.json</ofd:FileLoc></ofd:Attachment>"#;
    forged.edit(list, end, &format!("{second}{end}"));
    let metadata = forged.text("Doc_0/Attachs/Attach_0.json");
    forged.put(
        "Doc_0/Attachs/Attach_1.json",
        metadata.replace("张三", "李四"),
    );
    let report = refused(&forged.write(), &[CHANGED_FILE, NO_COVER]);
    assert!(report.license.is_none());
}

/// Invalid solely because a PDF reader and a package reader see two documents.
#[test]
fn pdf_header_before_the_package() {
    let sealed = pki::sealed_ofd();
    let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
    for header in ["%PDF-1.7\n", "\n\n%PDF-1.7\n"] {
        refused(&[header.as_bytes(), &sealed].concat(), &expected);
    }
}

/// Invalid solely because a whole PDF stands before the package.
#[test]
fn pdf_before_the_package() {
    let both = [pki::sealed_pdf(), pki::sealed_ofd()].concat();
    let report = pki::judge(&both);
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::ContainerAmbiguous));
    assert!(report.license.is_none());
}

/// Invalid solely because the local header gives another name than the central directory.
#[test]
fn local_header_with_another_name() {
    let mut entries = raw_entries();
    let page = entries
        .iter_mut()
        .find(|entry| entry.name.ends_with("Content.xml"))
        .unwrap();
    page.local_name = page.name.replace("Content", "Contend");
    let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
    refused(&write_raw(&entries), &expected);
}

/// Invalid solely because the local header gives another size than the central directory.
#[test]
fn local_header_with_another_size() {
    let mut entries = raw_entries();
    entries[0].local_size = Some(entries[0].size - 1);
    let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
    refused(&write_raw(&entries), &expected);
}

/// Invalid solely because one name stands twice, in letters of either case.
#[test]
fn entry_twice() {
    for name in ["OFD.xml", "ofd.XML", "./OFD.xml", "/OFD.xml"] {
        let mut entries = raw_entries();
        entries.push(RawEntry::stored(name, b"<OFD/>"));
        let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
        refused(&write_raw(&entries), &expected);
    }
}

/// Invalid solely because two names are one to a reader that folds separators or composes
/// letters.
#[test]
fn entry_twice_under_two_spellings() {
    for [one, other] in [
        ["Doc_0/Document.xml", "Doc_0//Document.xml"],
        ["Doc_0/Document.xml", "Doc_0\\Document.xml"],
        ["Doc_0/Document.xml", "doc_0/document.xml"],
        ["Doc_0/\u{e9}.xml", "Doc_0/e\u{301}.xml"],
    ] {
        let mut entries = raw_entries();
        entries.extend(
            [one, other]
                .into_iter()
                .filter(|name| *name != "Doc_0/Document.xml")
                .map(|name| RawEntry::stored(name, b"<x/>")),
        );
        let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
        refused(&write_raw(&entries), &expected);
    }
}

/// Invalid solely because the package's comment is a package of its own: a reader that looks for
/// the last end record opens another document than one that looks for the first.
#[test]
fn package_in_the_comment() {
    let mut forged = pki::sealed_ofd();
    let inner = Archive::read(&pki::unsigned_ofd());
    let inner = Archive(inner.0[..1].to_vec()).write();
    let length = forged.len();
    forged[length - 2..].copy_from_slice(&u16::try_from(inner.len()).unwrap().to_le_bytes());
    forged.extend(inner);
    let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
    refused(&forged, &expected);
}

/// Invalid solely because bytes follow the package's end.
#[test]
fn bytes_after_the_package() {
    let expected = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];
    refused(&[pki::sealed_ofd(), b"\0".to_vec()].concat(), &expected);
    let twice = [pki::sealed_ofd(), pki::unsigned_ofd()].concat();
    let report = pki::judge(&twice);
    assert_ne!(report.outcome, Outcome::Passed);
    assert!(report.license.is_none());
}

/// Invalid solely because the document root is now a file that no seal covers.
#[test]
fn document_root_switched() {
    let mut forged = loosely_sealed();
    let document = forged.text("Doc_0/Document.xml");
    forged.put("Doc_0/Document_1.xml", document);
    forged.edit("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document_1.xml");
    let report = refused(&forged.write(), &[UNCOVERED]);
    assert_eq!(
        files(&report, CheckCode::CoverageDocument),
        ["/Doc_0/Document_1.xml"]
    );
}

/// Invalid solely because a later version, which no seal covers, is now displayed.
#[test]
fn version_added() {
    let mut forged = loosely_sealed();
    let page = forged.text("Doc_0/Pages/Page_0/Content.xml");
    let document = forged.text("Doc_0/Document.xml");
    forged.put(
        "Doc_0/Pages/Page_1/Content.xml",
        page.replace("张三", "李四"),
    );
    forged.put(
        "Doc_0/Document_1.xml",
        document.replace("Page_0/Content.xml", "Page_1/Content.xml"),
    );
    let version = r#"<ofd:DocVersion xmlns:ofd="http://www.ofdspec.org/2016" ID="1" Version="2"><ofd:FileList/><ofd:DocRoot>/Doc_0/Document_1.xml</ofd:DocRoot></ofd:DocVersion>"#;
    forged.put("Doc_0/Versions/Version_1.xml", version);
    let versions = r#"<ofd:Versions><ofd:Version ID="1" Index="1" Current="true" BaseLoc="/Doc_0/Versions/Version_1.xml"/></ofd:Versions>"#;
    let end = "</ofd:DocRoot>";
    forged.edit("OFD.xml", end, &format!("{end}{versions}"));
    let expected = [
        (CheckCode::DocumentChangedAfterSigning, Reason::LaterVersion),
        UNCOVERED,
    ];
    let report = refused(&forged.write(), &expected);
    assert_eq!(
        files(&report, CheckCode::CoverageDocument),
        [
            "/Doc_0/Document_1.xml",
            "/Doc_0/Pages/Page_1/Content.xml",
            "/Doc_0/Versions/Version_1.xml"
        ]
    );
}

/// Invalid solely because the package displays a second document that no seal covers.
#[test]
fn second_body_without_a_seal() {
    let mut forged = loosely_sealed();
    let unsigned = Archive::read(&pki::unsigned_ofd());
    for (name, content) in &unsigned.0 {
        if let Some(rest) = name.strip_prefix("Doc_0/") {
            let text = String::from_utf8(content.clone()).unwrap();
            let text = text.replace("Doc_0/", "Doc_1/").replace("张三", "李四");
            forged.put(&format!("Doc_1/{rest}"), text);
        }
    }
    let body = "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>";
    let end = "</ofd:OFD>";
    forged.edit("OFD.xml", end, &format!("{body}{end}"));
    let report = refused(&forged.write(), &[UNCOVERED]);
    assert!(
        files(&report, CheckCode::CoverageDocument)
            .iter()
            .all(|file| file.starts_with("/Doc_1/"))
    );
    let license = &report.license.as_ref().unwrap().claims;
    assert_eq!(license.field("FDDBR").unwrap().value, "张三");
}

/// Invalid solely because an annotation, which may paint over the page, is covered by no seal.
#[test]
fn annotation_added() {
    let mut unsigned = Archive::read(&pki::unsigned_ofd());
    let tags = "<ofd:CustomTags>";
    unsigned.edit(
        "Doc_0/Document.xml",
        tags,
        &format!("<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>{tags}"),
    );
    let list = r#"<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"#;
    unsigned.put("Doc_0/Annots/Annotations.xml", list);
    let annotation = r#"<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"/>"#;
    unsigned.put("Doc_0/Annots/Page_0/Annotation.xml", annotation);
    let honest = seal(&unsigned.write());
    assert_eq!(pki::judge(&honest).outcome, Outcome::Passed);
    // Some software leaves annotations out, so that they can be added later.
    let mut forged = Archive::read(&honest);
    drop_reference(&mut forged, "Doc_0/Annots/Page_0/Annotation.xml");
    reseal(&mut forged, &Resealing::default());
    let report = refused(&forged.write(), &[UNCOVERED]);
    assert_eq!(
        files(&report, CheckCode::CoverageDocument),
        ["/Doc_0/Annots/Page_0/Annotation.xml"]
    );
}

fn raw_entries() -> Vec<RawEntry> {
    Archive::read(&pki::sealed_ofd())
        .0
        .iter()
        .map(|(name, content)| RawEntry::stored(name, content))
        .collect()
}
