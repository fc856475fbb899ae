//! Documents, signatures and integrity files: real ones, and made ones for what is rare.

use super::testing::{interop, package};
use super::*;
use crate::error::ErrorKind;
use crate::finding::FindingCode;

const OFD: &str = r#"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID><ofd:CustomDatas><ofd:CustomData Name="ZZMC">营业执照</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;
const DOCUMENT: &str = r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="9" BaseLoc="Tpl.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Page.xml"/></ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:CustomTags>Tags.xml</ofd:CustomTags><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>"#;
const PUBLIC_RES: &str = r#"<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>"#;
const PAGE: &str = r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="9"/><ofd:PageRes>PageRes.xml</ofd:PageRes><ofd:Content><ofd:Layer ID="3"><ofd:TextObject ID="4" Boundary="0 0 9 9"><ofd:TextCode X="0" Y="0">某某市</ofd:TextCode><ofd:TextCode X="0" Y="5">示范企业</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="5" Visible="false"><ofd:TextCode>hidden</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="6"><ofd:TextCode>a</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="6"><ofd:TextCode>b</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"#;
const TEMPLATE: &str = r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="10"><ofd:TextObject ID="11"><ofd:TextCode>底纹</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"#;
const TAGS: &str = r#"<ofd:CustomTags xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CustomTag TypeID=""><ofd:FileLoc>License.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>"#;
const TAG_FILE: &str = r#"<l:License xmlns:l="urn:x" xmlns:ofd="http://www.ofdspec.org/2016"><l:CZZT><ofd:ObjectRef PageRef="1">4</ofd:ObjectRef></l:CZZT><l:Both><ofd:ObjectRef>4</ofd:ObjectRef><ofd:ObjectRef PageRef="1">11</ofd:ObjectRef></l:Both><l:Hidden><ofd:ObjectRef PageRef="1">5</ofd:ObjectRef></l:Hidden><l:Twice><ofd:ObjectRef PageRef="1">6</ofd:ObjectRef></l:Twice><ofd:CuslomDatas><ofd:CuslomData name="ZZBS">1.2</ofd:CuslomData></ofd:CuslomDatas></l:License>"#;
const ATTACHMENTS: &str = r#"<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="20" Name="license" Format="xml"><ofd:FileLoc>a.xml</ofd:FileLoc></ofd:Attachment><ofd:Attachment ID="21" Name="license" Visible="false"><ofd:FileLoc>b.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"#;
const ANNOTATIONS: &str = r#"<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"#;

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("OFD.xml", OFD),
        ("Doc_0/Document.xml", DOCUMENT),
        ("Doc_0/PublicRes.xml", PUBLIC_RES),
        ("Doc_0/Res/f.ttf", "font"),
        ("Doc_0/Tpl.xml", TEMPLATE),
        ("Doc_0/Page.xml", PAGE),
        ("Doc_0/Tags.xml", TAGS),
        ("Doc_0/License.xml", TAG_FILE),
        ("Doc_0/Annots/Annotations.xml", ANNOTATIONS),
        ("Doc_0/Attachs/Attachments.xml", ATTACHMENTS),
        ("Doc_0/Attachs/a.xml", "<a/>"),
    ]
}

fn replaced(name: &str, text: &'static str) -> Vec<u8> {
    let mut files = files();
    files.retain(|(file, _)| *file != name);
    files.push((Box::leak(name.to_owned().into_boxed_str()), text));
    package(&files)
}

fn read(bytes: &[u8]) -> Document {
    Document::read(&Package::open(bytes, &Limits::default()).unwrap()).unwrap()
}

fn failure(bytes: &[u8]) -> Error {
    Document::read(&Package::open(bytes, &Limits::default()).unwrap()).unwrap_err()
}

fn roles(body: &Body) -> Vec<(&str, Role, bool)> {
    body.files
        .iter()
        .map(|file| (file.path.as_str(), file.role, file.present))
        .collect()
}

#[test]
fn every_file_is_reached_in_its_role_and_missing_ones_named() {
    let document = read(&package(&files()));
    let body = &document.bodies[0];
    assert_eq!(
        roles(body),
        [
            ("/OFD.xml", Role::EntryPoint, true),
            ("/Doc_0/Document.xml", Role::Document, true),
            ("/Doc_0/PublicRes.xml", Role::PublicResources, true),
            ("/Doc_0/Res/f.ttf", Role::Font, true),
            ("/Doc_0/Tpl.xml", Role::Template, true),
            ("/Doc_0/Page.xml", Role::Page, true),
            ("/Doc_0/PageRes.xml", Role::PageResources, false),
            ("/Doc_0/Annots/Annotations.xml", Role::Annotations, true),
            (
                "/Doc_0/Annots/Page_0/Annotation.xml",
                Role::AnnotationPage,
                false
            ),
            ("/Doc_0/Attachs/Attachments.xml", Role::Attachments, true),
            ("/Doc_0/Attachs/a.xml", Role::Attachment, true),
            ("/Doc_0/Attachs/b.xml", Role::Attachment, false),
            ("/Doc_0/Tags.xml", Role::CustomTags, true),
            ("/Doc_0/License.xml", Role::CustomTagFile, true),
        ]
    );
    assert!(body.faults.is_empty(), "{:?}", body.faults);
    assert_eq!(body.missing().count(), 3);
    assert_eq!(body.files[6].named_by.as_str(), "/Doc_0/Page.xml");
    assert!(document.findings.is_empty(), "{:?}", document.findings);
}

#[test]
fn text_is_read_from_the_page_only_where_it_is_seen() {
    let document = read(&package(&files()));
    let view = document.bodies[0].displayed().unwrap();
    let page = &view.pages[0];
    assert_eq!(page.text_of("4"), Some("某某市示范企业"));
    assert_eq!(page.text_of("5"), None, "hidden");
    assert_eq!(page.text_of("6"), None, "two objects of one ID");
    assert_eq!(page.texts().collect::<Vec<_>>(), ["某某市示范企业"]);

    let tags = &view.tags[0];
    let texts: Vec<_> = tags
        .texts
        .iter()
        .map(|tag| (tag.name.as_str(), tag.text.as_deref()))
        .collect();
    assert_eq!(
        texts,
        [
            ("CZZT", Some("某某市示范企业")),
            ("Both", Some("某某市示范企业底纹")),
            ("Hidden", None),
            ("Twice", None),
        ]
    );
    assert_eq!(tags.custom_data[0].name, "ZZBS");
    assert_eq!(document.bodies[0].info.custom_data[0].value, "营业执照");
    assert_eq!(view.duplicate_attachment_names(), ["license"]);
    assert!(!view.attachments[1].visible && view.attachments[0].present);
}

#[test]
fn debug_shows_no_content() {
    let shown = format!("{:?}", read(&package(&files())));
    for secret in ["营业执照", "某某市", "底纹", "1.2"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn a_version_is_a_second_view() {
    let ofd = r#"<OFD xmlns="http://www.ofdspec.org/2016"><DocBody><DocRoot>Doc_0/Document.xml</DocRoot><Versions><Version ID="v1" Index="1" BaseLoc="V1.xml"/><Version ID="v2" Index="2" BaseLoc="V2.xml"/></Versions></DocBody></OFD>"#;
    let version = r#"<DocVersion xmlns="http://www.ofdspec.org/2016"><FileList/><DocRoot>/Doc_0/New.xml</DocRoot></DocVersion>"#;
    let mut files = files();
    files[0].1 = ofd;
    files.push(("V2.xml", version));
    files.push(("Doc_0/New.xml", DOCUMENT));
    let document = read(&package(&files));
    let roots: Vec<_> = document.bodies[0]
        .views
        .iter()
        .map(|view| (view.root.as_str(), view.pages.len()))
        .collect();
    assert_eq!(roots, [("/Doc_0/New.xml", 1), ("/Doc_0/Document.xml", 1)]);
    assert!(roles(&document.bodies[0]).contains(&("/V2.xml", Role::Version, true)));

    let both = r#"<OFD xmlns="http://www.ofdspec.org/2016"><DocBody><DocRoot>Doc_0/Document.xml</DocRoot><Versions><Version Current="true" BaseLoc="V1.xml"/><Version Current="true" BaseLoc="V2.xml"/></Versions></DocBody></OFD>"#;
    assert_eq!(
        failure(&replaced("OFD.xml", both)).kind(),
        ErrorKind::Ambiguous
    );
}

#[test]
fn an_unclear_entry_point_is_refused() {
    for (ofd, kind) in [
        (
            "<OFD><DocBody><DocRoot>a</DocRoot><DocRoot>b</DocRoot></DocBody></OFD>",
            ErrorKind::Ambiguous,
        ),
        (
            "<OFD><DocBody><DocRoot>a<!-- -->b</DocRoot></DocBody></OFD>",
            ErrorKind::Ambiguous,
        ),
        ("<!DOCTYPE OFD><OFD/>", ErrorKind::Ambiguous),
        ("<OFD/>", ErrorKind::Malformed),
        ("<Other/>", ErrorKind::Malformed),
        ("no XML", ErrorKind::Malformed),
    ] {
        assert_eq!(failure(&replaced("OFD.xml", ofd)).kind(), kind, "{ofd}");
    }
    let none = package(&[("a", "")]);
    assert_eq!(failure(&none).kind(), ErrorKind::Missing);
}

#[test]
fn a_broken_page_is_a_fault_and_the_rest_is_read() {
    for (page, kind) in [
        ("<!DOCTYPE Page><Page/>", ErrorKind::Ambiguous),
        ("<Page>", ErrorKind::Malformed),
        ("<Page ID='1' ID='2'/>", ErrorKind::Ambiguous),
    ] {
        let document = read(&replaced("Doc_0/Page.xml", page));
        let body = &document.bodies[0];
        assert_eq!(body.faults.len(), 1, "{page}");
        assert_eq!(body.faults[0].error.kind(), kind, "{page}");
        assert_eq!(body.views[0].attachments.len(), 2);
    }
}

#[test]
fn every_body_is_read_and_the_old_namespace_noted() {
    let ofd = r#"<OFD xmlns="http://www.ofdspec.org"><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody><DocBody><DocRoot>/Doc_1/Document.xml</DocRoot></DocBody></OFD>"#;
    let document = read(&replaced("OFD.xml", ofd));
    assert_eq!(document.bodies.len(), 2);
    assert!(document.bodies[1].views.is_empty());
    assert_eq!(document.bodies[1].missing().count(), 1);
    assert_eq!(document.findings[0].code, FindingCode::OldNamespace);
}

fn signatures(list: &'static str, file: &'static str) -> SignatureList {
    let bytes = package(&[
        ("S/Signatures.xml", list),
        ("S/1/Signature.xml", file),
        ("a", ""),
    ]);
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    SignatureList::read(&package, &PackagePath::new("S/Signatures.xml").unwrap()).unwrap()
}

#[test]
fn an_absent_check_method_stays_absent() {
    let list = signatures(
        r#"<Signatures xmlns="http://www.ofdspec.org/2016"><MaxSignId>s1</MaxSignId><Signature ID="s1" BaseLoc="1/Signature.xml"/><Signature ID="2" Type="Other" BaseLoc="none.xml"/><Signature ID="s3" BaseLoc="/S/1/Signature.xml"/></Signatures>"#,
        r#"<Signature xmlns="http://www.ofdspec.org/2016"><SignedInfo><Provider ProviderName="p"/><References><Reference FileRef="/a"><CheckValue>AAEC AwQF</CheckValue></Reference></References><StampAnnot ID="1" PageRef="1" Boundary="1 2 3.5 4" Clip="0 0 1 4"/></SignedInfo><SignedValue>v.dat</SignedValue></Signature>"#,
    );
    let first = list.entries[0].file.as_ref().unwrap();
    assert_eq!(list.entries[0].kind, SignatureKind::Seal);
    assert_eq!(first.check_method, None);
    assert_eq!(first.references[0].check_value, [0, 1, 2, 3, 4, 5]);
    assert!(first.references[0].present && first.lists(&PackagePath::new("a").unwrap()));
    assert_eq!(first.signed_value.as_str(), "/S/1/v.dat");
    assert_eq!(
        first.stamps[0].boundary,
        Area {
            x: 1.0,
            y: 2.0,
            width: 3.5,
            height: 4.0
        }
    );
    assert_eq!(first.findings[0].code, FindingCode::RelativeLocation);

    assert_eq!(
        list.entries[1].kind,
        SignatureKind::Unknown("Other".to_owned())
    );
    assert_eq!(
        list.entries[1].file.as_ref().unwrap_err().kind(),
        ErrorKind::Missing
    );
    assert_eq!(
        list.entries[2].file.as_ref().unwrap_err().kind(),
        ErrorKind::Malformed
    );
    let codes: Vec<_> = list.findings.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&FindingCode::IdentifierForm));
}

#[test]
fn a_broken_signature_file_is_its_own_error() {
    let list = r#"<Signatures xmlns="http://www.ofdspec.org/2016"><Signature ID="s1" BaseLoc="/S/1/Signature.xml"/></Signatures>"#;
    for file in [
        "<Signature/>",
        "<Signature><SignedInfo><References/></SignedInfo></Signature>",
        "<Signature><SignedInfo><References><Reference FileRef='/a'><CheckValue>!</CheckValue></Reference></References></SignedInfo><SignedValue>/v</SignedValue></Signature>",
        "<Signature><SignedInfo><References><Reference FileRef='/../a'/></References></SignedInfo><SignedValue>/v</SignedValue></Signature>",
    ] {
        let list = signatures(list, file);
        assert_eq!(
            list.entries[0].file.as_ref().unwrap_err().kind(),
            ErrorKind::Malformed,
            "{file}"
        );
    }
}

#[test]
fn real_signed_files_are_as_expected() {
    for (name, kind, seal, references, locked) in [
        ("allprotected.ofd", SignatureKind::Seal, true, 6, true),
        ("SESV4SignDoc.ofd", SignatureKind::Seal, true, 5, false),
        ("DigitalSign.ofd", SignatureKind::Sign, false, 4, false),
    ] {
        let Some(bytes) = interop(name) else { continue };
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        let document = Document::read(&package).unwrap();
        let body = &document.bodies[0];
        assert!(
            body.faults.is_empty() && body.missing().next().is_none(),
            "{name}"
        );
        assert_eq!(
            roles(body)
                .iter()
                .map(|(path, ..)| *path)
                .collect::<Vec<_>>(),
            [
                "/OFD.xml",
                "/Doc_0/Document.xml",
                "/Doc_0/PublicRes.xml",
                "/Doc_0/Pages/Page_0/Content.xml"
            ],
        );
        let page = &body.views[0].pages[0];
        assert_eq!(page.text_of("4"), Some("你好呀，OFD Reader&Writer！"));

        let path = body.signatures.as_ref().unwrap();
        let list = SignatureList::read(&package, path).unwrap();
        assert_eq!(list.entries.len(), 1);
        let entry = &list.entries[0];
        let file = entry.file.as_ref().unwrap();
        assert_eq!((&entry.kind, file.seal.is_some()), (&kind, seal), "{name}");
        assert_eq!(file.references.len(), references, "{name}");
        assert!(file.references.iter().all(|reference| reference.present));
        assert_eq!(file.lists(path), locked, "{name}");
        assert_eq!(
            file.signature_method.as_deref(),
            Some("1.2.156.10197.1.501")
        );
        assert!(package.contains(&file.signed_value));
        assert_eq!(file.bytes, &*package.read(&file.path).unwrap());
        assert!(IntegrityFile::read(&package).unwrap().is_none());
    }
}

#[test]
fn a_real_integrity_file_lists_all_files() {
    let Some(bytes) = interop("hello-integrity.ofd") else {
        return;
    };
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let list = IntegrityFile::read(&package).unwrap().unwrap();
    assert_eq!(list.files.len(), 5);
    assert_eq!(list.signed_value.as_str(), "/signedvalue.dat");
    assert!(list.unlisted(&package).is_empty() && list.missing(&package).is_empty());
    let document = Document::read(&package).unwrap();
    assert_eq!(document.bodies[0].views[0].pages.len(), 2);
    assert!(document.bodies[0].signatures.is_none());
}

#[test]
fn an_added_file_is_unlisted() {
    let bytes = package(&[
        (
            "OFDEntries.xml",
            r#"<DocEntries xmlns="http://www.ofdspec.org/2016"><SignedValueLoc>/s.dat</SignedValueLoc><FileList><File FileLoc="/a"/><File FileLoc="/gone"/></FileList></DocEntries>"#,
        ),
        ("s.dat", ""),
        ("a", ""),
        ("b", ""),
    ]);
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let list = IntegrityFile::read(&package).unwrap().unwrap();
    assert_eq!(list.unlisted(&package)[0].as_str(), "/b");
    assert_eq!(list.missing(&package)[0].as_str(), "/gone");
}
