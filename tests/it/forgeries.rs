//! Forgeries that cost nothing, each refused for the one thing that is wrong with it.
//!
//! [`refused`] compares *all* failed checks with the expected ones, so no forgery here is refused
//! for a reason that a better forger would have avoided. `coverage.document` fails along with
//! every broken signature: nothing intact covers the document any more.

use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::ofd;
use yinxin::pdf::Document;
use yinxin::ses::{Layout, SesSignature, SignatureDraft};
use yinxin::sign::{Place, Request, prepare};
use yinxin::verify::{CheckCode, Outcome, Reason, Report};

use crate::pki::{
    self, Archive, Party, RawEntry, Resealing, SIGNED_AT, Unsigned, reseal, time, world, write_raw,
};

const NO_COVER: (CheckCode, Reason) = (CheckCode::CoverageDocument, Reason::NoCoveringSignature);
const UNCOVERED: (CheckCode, Reason) = (CheckCode::CoverageDocument, Reason::Uncovered);
const CHANGED_FILE: (CheckCode, Reason) = (CheckCode::SignatureReferences, Reason::DigestDiffers);

/// Judges, and expects failure by exactly these checks, the first of them the headline.
fn refused(document: &[u8], expected: &[(CheckCode, Reason)]) -> Report {
    let report = pki::judge(document);
    let mut failed: Vec<_> = report
        .all_checks()
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| (check.code, check.reason.unwrap()))
        .collect();
    failed.sort_unstable();
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    assert_eq!(failed, sorted, "{:?}", pki::not_passed(&report));
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(expected[0].0));
    report
}

/// The names of files in the first failed check with this code.
fn files(report: &Report, code: CheckCode) -> Vec<String> {
    let check = pki::checks(report, code)
        .into_iter()
        .find(|check| check.outcome == Outcome::Failed)
        .unwrap();
    match &check.detail["files"] {
        yinxin::verify::Detail::List(files) => files.clone(),
        yinxin::verify::Detail::Text(text) => vec![text.clone()],
    }
}

/// A sealed license whose seal does not cover OFD.xml and the list of signatures, as those of
/// other makers often do not. It passes as it is.
fn loosely_sealed() -> Archive {
    loosened(&pki::sealed_ofd())
}

fn loosened(sealed: &[u8]) -> Archive {
    let mut archive = Archive::read(sealed);
    drop_reference(&mut archive, "OFD.xml");
    reseal(&mut archive, &Resealing::default());
    archive
}

fn drop_reference(archive: &mut Archive, file: &str) {
    let signature = archive.find("/Signature.xml");
    let mut xml = archive.text(&signature);
    let start = xml
        .find(&format!("<ofd:Reference FileRef=\"/{file}\">"))
        .unwrap();
    let close = "</ofd:Reference>";
    let end = start + xml[start..].find(close).unwrap() + close.len();
    xml.replace_range(start..end, "");
    archive.put(&signature, xml);
}

/// Puts bytes of equal length in place of others that stand in a file.
fn overwrite(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|window| window == from);
    let at = at.expect("the bytes to overwrite stand in the file");
    bytes[at..at + to.len()].copy_from_slice(to);
}

fn replaced(archive: &Archive, file: &str, from: &str, to: &str) -> Vec<u8> {
    let mut forged = archive.clone();
    forged.edit(file, from, to);
    forged.write()
}

#[test]
fn what_the_forgeries_start_from_passes() {
    let sealed = Archive::read(&pki::sealed_ofd());
    for honest in [sealed.write(), loosely_sealed().write(), pki::sealed_pdf()] {
        let report = pki::judge(&honest);
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{:?}",
            pki::not_passed(&report)
        );
    }
}

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

/// Invalid solely because a license without any seal is no license: only the revision before the
/// seal is left.
#[test]
fn signatures_stripped_from_a_pdf() {
    let sealed = pki::sealed_pdf();
    let end = Document::open(&sealed).unwrap().revisions()[0].end();
    let expected = [(CheckCode::DocumentSigned, Reason::SignatureStripped)];
    let report = refused(&sealed[..end], &expected);
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

/// Invalid solely because the XMP is not what was sealed.
#[test]
fn xmp_swapped() {
    let mut forged = pki::sealed_pdf();
    let element = |name: &str| format!("<yinxin:KZ_FDDBR>{name}</yinxin:KZ_FDDBR>");
    overwrite(
        &mut forged,
        element("张三").as_bytes(),
        element("李四").as_bytes(),
    );
    let expected = [
        (CheckCode::SignatureDigest, Reason::DigestDiffers),
        NO_COVER,
    ];
    let report = refused(&forged, &expected);
    assert!(report.license.is_none());
    let changes = &report.signatures[0].coverage.changes;
    assert!(changes[0].starts_with("bytes 0.."), "{changes:?}");
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

/// Invalid solely because two sealed embedded files have one name.
#[test]
fn second_embedded_file_of_the_same_name_in_a_pdf() {
    let unsigned = Unsigned::of(&pki::business_license());
    let mut doubled = unsigned.pdf_with_second_file("licensX.json");
    let text = |name: &str| format!("({name})").into_bytes();
    let mut renamed = 0;
    while doubled
        .windows(14)
        .any(|window| window == text("licensX.json"))
    {
        overwrite(&mut doubled, &text("licensX.json"), &text("license.json"));
        renamed += 1;
    }
    assert_eq!(renamed, 3, "in the name tree, as F and as UF");
    let expected = [(CheckCode::LicenseConsistent, Reason::SourceTwice)];
    refused(&seal(&doubled), &expected);
}

/// Invalid solely because the seal's maker is a company: its certificate is genuine, but the
/// authority that issued it is trusted for signers only.
#[test]
fn seal_made_by_a_company() {
    let seal = pki::make_seal(Layout::Gbt38540_2020, &[&world().signer], &world().company);
    let forged = affix(&pki::unsigned_ofd(), seal.clone(), &world().signer);
    let expected = [(CheckCode::PathAnchor, Reason::AnchorRole)];
    refused(&forged, &expected);
    let forged = affix(&pki::unsigned_pdf(), seal, &world().signer);
    refused(&forged, &expected);
}

/// Not accepted: signer and maker are nobody's. Open, because a missing anchor is no proof.
#[test]
fn seal_and_signer_of_a_stranger() {
    let stranger = &world().stranger;
    let seal = pki::make_seal(Layout::Gbt38540_2020, &[stranger], stranger);
    let forged = affix(&pki::unsigned_ofd(), seal, stranger);
    let report = pki::judge(&forged);
    assert_eq!(report.outcome, Outcome::Indeterminate);
    assert_eq!(report.headline, Some(CheckCode::PathAnchor));
    assert_eq!(
        pki::not_passed(&report),
        [
            "path.anchor: indeterminate (no_path)",
            "path.anchor: indeterminate (no_path)"
        ]
    );
}

/// Invalid solely because the seal was made with a certificate that had ended.
#[test]
fn seal_made_with_an_expired_certificate() {
    let world = world();
    let seal = pki::make_seal(
        Layout::Gbt38540_2020,
        &[&world.signer],
        &world.expired_maker,
    );
    let forged = affix(&pki::unsigned_ofd(), seal, &world.signer);
    let expected = [
        (CheckCode::SealMakerCertificate, Reason::OutsideCertificate),
        (CheckCode::PathConstraint, Reason::ChainValidity),
    ];
    refused(&forged, &expected);
}

/// Invalid solely because the tree of embedded files cannot be read, although other readers may
/// find a license there.
#[test]
fn embedded_files_that_cannot_be_read() {
    let mut broken = pki::unsigned_pdf();
    overwrite(&mut broken, b"/UF 35 0 R", b"/UF 33 0 R");
    let expected = [(CheckCode::LicenseConsistent, Reason::Malformed)];
    refused(&seal(&broken), &expected);
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

/// Invalid solely because the digest's method is not stated, so that it would be MD5.
#[test]
fn check_method_removed() {
    let forged = with_check_method("", &|bytes| md5(bytes).to_vec());
    let expected = [
        (CheckCode::SignatureAlgorithm, Reason::MethodNotStated),
        NO_COVER,
    ];
    refused(&forged, &expected);
}

/// Invalid solely because files are protected by MD5, under which other files have the same
/// digest.
#[test]
fn check_method_of_md5() {
    let expected = [(CheckCode::SignatureAlgorithm, Reason::TooWeak), NO_COVER];
    for name in ["MD5", "1.2.840.113549.2.5"] {
        let forged = with_check_method(&format!(" CheckMethod=\"{name}\""), &|bytes| {
            md5(bytes).to_vec()
        });
        refused(&forged, &expected);
    }
}

/// Invalid solely because files are protected by SHA-1.
#[test]
fn check_method_of_sha1() {
    let forged = with_check_method(" CheckMethod=\"1.3.14.3.2.26\"", &|bytes| {
        DigestAlgorithm::Sha1.digest(bytes).as_bytes().to_vec()
    });
    let expected = [(CheckCode::SignatureAlgorithm, Reason::TooWeak), NO_COVER];
    refused(&forged, &expected);
}

/// Invalid solely because SignatureMethod names another algorithm than the value has.
#[test]
fn signature_method_of_another_algorithm() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let signature = forged.find("/Signature.xml");
    forged.edit(&signature, "1.2.156.10197.1.501", "1.2.840.10045.4.3.2");
    reseal(&mut forged, &Resealing::default());
    let expected = [
        (CheckCode::SignatureAlgorithm, Reason::AlgorithmsDisagree),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the seal beside the signature is another genuine seal, whose picture
/// viewers would show; Signature.xml even lists its digest.
#[test]
fn seal_file_swapped() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let other = pki::make_seal(
        Layout::Gbt38540_2020,
        &[&world().signer, &world().other_signer],
        &world().maker,
    );
    let seal_file = forged.find("Seal.esl");
    forged.put(&seal_file, other.raw());
    pki::refresh_digests(&mut forged, &[&seal_file]);
    pki::sign_value(&mut forged, &Resealing::default());
    let expected = [
        (CheckCode::SealEmbeddedEqual, Reason::SealsDiffer),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the seal inside the signature is not the one that was signed.
#[test]
fn seal_inside_the_signature_swapped() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let world = world();
    let other = pki::make_seal(
        Layout::Gbt38540_2020,
        &[&world.signer, &world.company],
        &world.maker,
    );
    let value_file = forged.find("SignedValue.dat");
    let honest = SesSignature::from_der(forged.get(&value_file)).unwrap();
    let draft = SignatureDraft {
        seal: &other,
        time: time(SIGNED_AT),
        data_hash: honest.data_hash(),
        property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
        signer_certificate: world.signer.certificate.der(),
        algorithm: world.signer.key.algorithm(),
        extensions: &[],
    };
    let unsigned = draft.prepare().unwrap();
    let forged_value = unsigned.complete(honest.signature_value(), None).unwrap();
    let seal_file = forged.find("Seal.esl");
    // Equal to the embedded one, and so not what Signature.xml lists; that file is rewritten by a
    // forger who cannot sign, so the digest of what is signed goes with it.
    forged.put(&seal_file, other.raw());
    forged.put(&value_file, forged_value.raw());
    let expected = [
        CHANGED_FILE,
        (CheckCode::SignatureValue, Reason::ValueMismatch),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the signer is not one of those the seal was made for.
#[test]
fn signer_not_in_the_seal() {
    for (signer, reason) in [
        (&world().other_signer, Reason::NotListed),
        (&world().renewed_signer, Reason::Renewed),
    ] {
        let forged = resealed(&Resealing {
            signer,
            ..Resealing::default()
        });
        let expected = [(CheckCode::SealSignatureSignerListed, reason), NO_COVER];
        refused(&forged, &expected);
    }
}

/// Invalid solely because the value belongs to another document of the same signer.
#[test]
fn signature_value_of_another_document() {
    let mut other = Unsigned::of(&pki::business_license());
    other.page.pop();
    let other = Archive::read(&seal(&other.ofd()));
    let mut forged = Archive::read(&pki::sealed_ofd());
    let value_file = forged.find("SignedValue.dat");
    forged.put(&value_file, other.get(&value_file));
    let expected = [
        (CheckCode::SignatureDigest, Reason::DigestDiffers),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the value was made by another key than the certificate's.
#[test]
fn signature_value_of_another_key() {
    let world = world();
    let mut forged = Archive::read(&pki::sealed_ofd());
    let value_file = forged.find("SignedValue.dat");
    let honest = SesSignature::from_der(forged.get(&value_file)).unwrap();
    let seal = pki::seal_of(Layout::Gbt38540_2020);
    let draft = SignatureDraft {
        seal: &seal,
        time: time(SIGNED_AT),
        data_hash: honest.data_hash(),
        property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
        signer_certificate: world.signer.certificate.der(),
        algorithm: world.signer.key.algorithm(),
        extensions: &[],
    };
    let unsigned = draft.prepare().unwrap();
    let value = world.company.key.sign(unsigned.to_be_signed()).unwrap();
    forged.put(&value_file, unsigned.complete(&value, None).unwrap().raw());
    let expected = [(CheckCode::SignatureValue, Reason::ValueMismatch), NO_COVER];
    refused(&forged.write(), &expected);
}

/// Invalid solely because of the time that the signer claims.
#[test]
fn signing_time_out_of_bounds() {
    use CheckCode::{PathConstraint, SealSignatureTime, SealValidity};
    let at = |text: &str| Resealing {
        time: time(text),
        ..Resealing::default()
    };
    let before_the_seal = resealed(&at("2026-01-04T00:00:00Z"));
    let expected = [
        (SealValidity, Reason::OutsideSeal),
        (SealSignatureTime, Reason::OutsideSeal),
    ];
    refused(&before_the_seal, &expected);
    let before_the_certificate = resealed(&at("2024-06-01T00:00:00Z"));
    let expected = [
        (SealValidity, Reason::OutsideSeal),
        (SealSignatureTime, Reason::OutsideCertificate),
        (PathConstraint, Reason::ChainValidity),
    ];
    refused(&before_the_certificate, &expected);
    let in_the_future = resealed(&at("2026-11-22T08:00:01Z"));
    refused(&in_the_future, &[(SealSignatureTime, Reason::InFuture)]);
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

/// A signature entry that points outside or to nothing fails the whole document.
#[test]
fn second_signature_that_is_not_there() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let end = "</ofd:Signatures>";
    let entry =
        r#"<ofd:Signature ID="s009" Type="Seal" BaseLoc="/Doc_0/Signs/Sign_9/Signature.xml"/>"#;
    forged.edit("Doc_0/Signs/Signatures.xml", end, &format!("{entry}{end}"));
    refused(
        &forged.write(),
        &[(CheckCode::SignatureReferences, Reason::PartMissing)],
    );
}

/// Not accepted: bytes were appended to a sealed PDF.
#[test]
fn bytes_appended_to_a_pdf() {
    for tail in [&b"\n%"[..], b"garbage after the end", &[0; 700]] {
        let report = pki::judge(&[&pki::sealed_pdf(), tail].concat());
        assert_ne!(report.outcome, Outcome::Passed);
    }
}

/// Not accepted: an incremental update after the seal replaces the metadata. What is shown as
/// license stays that of the sealed revision.
#[test]
fn xmp_replaced_by_a_later_revision() {
    let sealed = pki::sealed_pdf();
    let packet = {
        let document = Document::open(&sealed).unwrap();
        let metadata = document.at(1).unwrap().metadata().unwrap().unwrap();
        String::from_utf8(metadata.packet().to_vec()).unwrap()
    };
    let forged_packet = packet.replace("张三", "李四");
    let body = format!(
        "<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{forged_packet}\nendstream",
        forged_packet.len()
    );
    let forged = pki::append_revision(&sealed, 5, body.as_bytes());
    let newest = Document::open(&forged).unwrap();
    assert_eq!(newest.revisions().len(), 3);
    let report = pki::judge(&forged);
    assert_eq!(report.headline, Some(CheckCode::PdfModification));
    assert_ne!(report.outcome, Outcome::Passed);
    let license = report.license.as_ref().unwrap();
    assert_eq!(license.claims.field("FDDBR").unwrap().value, "张三");
}

/// Invalid solely because the byte range leaves more out than the signature.
#[test]
fn byte_range_shifted() {
    let expected = [(CheckCode::PdfByteRange, Reason::RangeWrong), NO_COVER];
    let sealed = pki::sealed_pdf();
    let [start, gap, after, rest] = byte_range(&sealed);
    for moved in [
        [start, gap - 1, after, rest],
        [start, gap + 1, after, rest],
        [start, gap, after + 1, rest - 1],
        // One byte less is the line break after the end marker, and only the digest tells.
        [start, gap, after, rest - 2],
        [start, gap, after, rest + 1],
        [start + 1, gap - 1, after, rest],
    ] {
        let mut forged = sealed.clone();
        write_byte_range(&mut forged, moved);
        refused(&forged, &expected);
    }
}

/// Invalid solely because the hole in the byte range is not where the signature stands.
#[test]
fn signature_elsewhere_than_in_the_hole() {
    let mut forged = pki::sealed_pdf();
    // The viewer would take Contents; the hole is under another name.
    overwrite(&mut forged, b"/Contents <30", b"/Contenty <30");
    let report = pki::judge(&forged);
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.headline, Some(CheckCode::PdfByteRange));
    assert!(report.license.is_none());
}

fn resealed(by: &Resealing<'_>) -> Vec<u8> {
    let mut archive = Archive::read(&pki::sealed_ofd());
    reseal(&mut archive, by);
    archive.write()
}

fn seal(document: &[u8]) -> Vec<u8> {
    affix(
        document,
        pki::seal_of(Layout::Gbt38540_2020),
        &world().signer,
    )
}

fn affix(document: &[u8], seal: yinxin::ses::SesSeal, signer: &Party) -> Vec<u8> {
    let request = Request::affix(seal, signer.certificate.clone(), time(SIGNED_AT)).at(Place {
        page: 0,
        center_x_mm: 160.0,
        center_y_mm: 240.0,
    });
    prepare(document, request)
        .unwrap()
        .sign(&signer.key)
        .unwrap()
}

fn raw_entries() -> Vec<RawEntry> {
    Archive::read(&pki::sealed_ofd())
        .0
        .iter()
        .map(|(name, content)| RawEntry::stored(name, content))
        .collect()
}

/// The sealed license, its files protected by another digest, and sealed again.
fn with_check_method(attribute: &str, digest: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut archive = Archive::read(&pki::sealed_ofd());
    let signature = archive.find("/Signature.xml");
    let stated = " CheckMethod=\"1.2.156.10197.1.401\"";
    archive.edit(&signature, stated, attribute);
    pki::redigest(&mut archive, digest);
    pki::sign_value(&mut archive, &Resealing::default());
    archive.write()
}

fn byte_range(pdf: &[u8]) -> [usize; 4] {
    let text = String::from_utf8_lossy(pdf);
    let start = text.find("/ByteRange [").unwrap() + "/ByteRange [".len();
    let end = start + text[start..].find(']').unwrap();
    let numbers: Vec<usize> = text[start..end]
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    numbers.try_into().unwrap()
}

fn write_byte_range(pdf: &mut [u8], range: [usize; 4]) {
    let open = b"/ByteRange [";
    let start = pdf
        .windows(open.len())
        .position(|window| window == open)
        .unwrap()
        + open.len();
    let end = start + pdf[start..].iter().position(|byte| *byte == b']').unwrap();
    let [a, b, c, d] = range;
    let text = format!("{a} {b} {c} {d}");
    let width = end - start;
    pdf[start..end].copy_from_slice(format!("{text:width$}").as_bytes());
}

/// MD5 (RFC 1321), which the library does not have: a forger does.
fn md5(bytes: &[u8]) -> [u8; 16] {
    let shifts = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let mut message = bytes.to_vec();
    message.push(0x80);
    message.resize(message.len().next_multiple_of(64), 0);
    if message.len() - bytes.len() < 9 {
        message.resize(message.len() + 64, 0);
    }
    let length = message.len() - 8;
    message[length..].copy_from_slice(&(bytes.len() as u64 * 8).to_le_bytes());
    for block in message.chunks(64) {
        let words: Vec<u32> = block
            .chunks(4)
            .map(|word| u32::from_le_bytes(word.try_into().unwrap()))
            .collect();
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mix, word) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), 7 * step % 16),
            };
            let constant = (f64::sin((step + 1) as f64).abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(mix)
                .wrapping_add(constant)
                .wrapping_add(words[word]);
            let turned = sum.rotate_left(shifts[step / 16][step % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        for (value, add) in state.iter_mut().zip([a, b, c, d]) {
            *value = value.wrapping_add(add);
        }
    }
    let mut digest = [0; 16];
    for (bytes, word) in digest.chunks_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    digest
}

#[test]
fn the_forgers_md5_is_right() {
    let hex = |bytes: &[u8]| -> String {
        md5(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    assert_eq!(hex(b""), "d41d8cd98f00b204e9800998ecf8427e");
    assert_eq!(
        hex(b"12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
        "57edf4a22be3c955ac49da2e2107b67a"
    );
}
