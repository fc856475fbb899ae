//! Documents made here are read back; signatures are added to made and to real packages.

use super::testing::interop;
use super::*;
use crate::error::ErrorKind;
use crate::time::Time;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

fn time() -> Time {
    Time::parse("2026-11-22T08:00:00Z").unwrap()
}

fn text(text: &str, tag: Option<&str>) -> PageObject {
    let gaps = text.chars().count() - 1;
    PageObject::Text(Text {
        x: 20.0,
        baseline: 30.0,
        size: 5.0,
        font: 0,
        color: Color(0, 0, 0),
        text: text.to_owned(),
        advances: vec![5.0; gaps],
        tag: tag.map(str::to_owned),
    })
}

fn page(objects: Vec<PageObject>) -> PageContent {
    PageContent {
        width: 210.0,
        height: 297.0,
        objects,
    }
}

fn builder() -> OfdBuilder {
    let mut builder = OfdBuilder::new([7; 16], time());
    builder.add_font(FontFace {
        name: "宋体".to_owned(),
        family: Some("SimSun".to_owned()),
        file: Some(b"font".to_vec()),
    });
    let image = Image {
        area: Area {
            x: 1.0,
            y: 2.0,
            width: 3.0,
            height: 4.0,
        },
        png: PNG.to_vec(),
    };
    let line = Shape {
        steps: vec![PathStep::Move(0.0, 0.0), PathStep::Line(5.0, 5.0)],
        stroke: Some(Stroke {
            color: Color(200, 0, 0),
            width: 0.2,
        }),
        fill: None,
    };
    builder
        .title("营业执照 <样本>")
        .author("某某市示范机关")
        .custom_data("ZZMC", "营业执照 & \"副本\"")
        .vocabulary("urn:example:license", "License")
        .page(page(vec![
            PageObject::Shape(line),
            text("某某市示范", Some("CZZT")),
            text("企业有限公司", Some("CZZT")),
            PageObject::Image(image),
        ]))
        .page(page(vec![text("第二页", Some("ZZBH"))]))
        .attach("license.xml", "xml", b"<a/>".to_vec())
}

fn options(kind: SignatureKind, lock: Lock) -> SignatureOptions {
    let is_seal = kind == SignatureKind::Seal;
    let boundary = Area {
        x: 150.0,
        y: 220.0,
        width: 40.0,
        height: 40.0,
    };
    SignatureOptions {
        kind,
        provider: Provider {
            name: "yinxin".to_owned(),
            version: Some("0".to_owned()),
            company: None,
        },
        signature_method: "1.2.156.10197.1.501".to_owned(),
        check_method: "1.2.156.10197.1.401".to_owned(),
        date_time: "2026-11-22T08:00:00Z".to_owned(),
        stamps: if is_seal {
            vec![StampPlace {
                page: 0,
                boundary,
                clip: None,
            }]
        } else {
            vec![]
        },
        seal: is_seal.then(|| b"seal".to_vec()),
        relative: None,
        lock,
        modified: time(),
    }
}

/// No digest that anyone should use, but one that differs when bytes do.
fn digest(bytes: &[u8]) -> Vec<u8> {
    let mut digest = testing::crc(bytes).to_be_bytes().to_vec();
    digest.extend(u64::try_from(bytes.len()).unwrap().to_be_bytes());
    digest
}

fn open(bytes: &[u8]) -> Package<'_> {
    Package::open(bytes, &Limits::default()).unwrap()
}

fn signatures(package: &Package<'_>) -> SignatureList {
    let document = Document::read(package).unwrap();
    SignatureList::read(package, document.bodies[0].signatures.as_ref().unwrap()).unwrap()
}

fn sign(bytes: &[u8], kind: SignatureKind, lock: Lock) -> crate::error::Result<Vec<u8>> {
    let draft = SignatureDraft::prepare(&open(bytes), &options(kind, lock), &digest)?;
    draft.complete(b"value")
}

#[test]
fn a_built_document_reads_back() {
    let bytes = builder().build().unwrap();
    assert_eq!(bytes, builder().build().unwrap());
    let package = open(&bytes);
    let document = Document::read(&package).unwrap();
    assert!(package.findings().is_empty() && document.findings.is_empty());
    let body = &document.bodies[0];
    assert!(body.faults.is_empty(), "{:?}", body.faults);
    assert_eq!(body.missing().count(), 0);
    // Nothing in the package that the document does not lead to.
    let reached: std::collections::BTreeSet<_> = body.files.iter().map(|file| &file.path).collect();
    assert_eq!(reached.len(), package.paths().count());

    assert_eq!(
        body.info.id.as_deref(),
        Some("07070707070707070707070707070707")
    );
    assert_eq!(body.info.title.as_deref(), Some("营业执照 <样本>"));
    assert_eq!(body.info.custom_data[0].value, "营业执照 & \"副本\"");
    let view = body.displayed().unwrap();
    assert_eq!(view.pages.len(), 2);
    let tags: Vec<_> = view.tags[0]
        .texts
        .iter()
        .map(|tag| (tag.name.as_str(), tag.text.as_deref().unwrap()))
        .collect();
    assert_eq!(
        tags,
        [("CZZT", "某某市示范企业有限公司"), ("ZZBH", "第二页")]
    );
    assert_eq!(view.attachments[0].name, "license.xml");
    assert_eq!(&*package.read(&view.attachments[0].path).unwrap(), b"<a/>");
}

#[test]
fn ids_are_unique_and_counted() {
    let bytes = builder().build().unwrap();
    let package = open(&bytes);
    let mut ids = Vec::new();
    let mut max = None;
    for path in package
        .paths()
        .filter(|path| path.as_str().ends_with(".xml"))
    {
        let file = xml::XmlFile::read(&package, path).unwrap();
        let parsed = file.parse().unwrap();
        for element in parsed.any_root().descendants() {
            ids.extend(element.attribute("ID").map(|id| id.parse::<u32>().unwrap()));
            if element.name() == "MaxUnitID" {
                max = Some(element.text().parse::<u32>().unwrap());
            }
        }
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!((ids.len(), ids.last().copied()), (count, max));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let refused = |builder: OfdBuilder| builder.build().unwrap_err().kind();
    let empty = || OfdBuilder::new([0; 16], time());
    assert_eq!(refused(empty()), ErrorKind::InvalidArgument);
    let with = |object: PageObject| {
        let mut builder = empty().vocabulary("urn:x", "L");
        builder.add_font(FontFace {
            name: "宋体".to_owned(),
            family: None,
            file: None,
        });
        builder.page(page(vec![object]))
    };
    with(text("文", Some("ok"))).build().unwrap();
    assert_eq!(
        refused(with(text("文", Some("a b")))),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        refused(with(text("\u{1}", None))),
        ErrorKind::InvalidArgument
    );
    let PageObject::Text(plain) = text("文字", None) else {
        unreachable!()
    };
    let changed = |change: fn(&mut Text)| {
        let mut text = plain.clone();
        change(&mut text);
        refused(with(PageObject::Text(text)))
    };
    assert_eq!(changed(|text| text.font = 1), ErrorKind::InvalidArgument);
    assert_eq!(
        changed(|text| text.x = f64::NAN),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        changed(|text| text.advances.push(1.0)),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        changed(|text| text.text.clear()),
        ErrorKind::InvalidArgument
    );
    let no_png = Image {
        area: Area {
            x: 0.,
            y: 0.,
            width: 1.,
            height: 1.,
        },
        png: vec![1],
    };
    assert_eq!(
        refused(with(PageObject::Image(no_png))),
        ErrorKind::InvalidArgument
    );
    let twice = with(text("文", None))
        .attach("a", "xml", vec![])
        .attach("a", "xml", vec![]);
    assert_eq!(refused(twice), ErrorKind::InvalidArgument);
    let odd = with(text("文", None)).attach("a", "../x", vec![]);
    assert_eq!(refused(odd), ErrorKind::InvalidArgument);
}

#[test]
fn a_first_signature_covers_everything_but_the_list() {
    let bytes = builder().build().unwrap();
    let before = open(&bytes);
    let options = options(SignatureKind::Seal, Lock::Continue);
    let draft = SignatureDraft::prepare(&before, &options, &digest).unwrap();
    assert_eq!(draft.property_info(), "/Doc_0/Signs/Sign_0/Signature.xml");
    let signature_xml = draft.signature_xml().to_vec();
    let covered: Vec<_> = draft.covered().to_vec();
    let signed = draft.complete(b"value").unwrap();

    let after = open(&signed);
    assert!(after.findings().is_empty());
    let list = signatures(&after);
    assert!(list.findings.is_empty());
    assert_eq!(list.max_id.as_deref(), Some("s002"));
    let file = list.entries[0].file.as_ref().unwrap();
    assert!(file.findings.is_empty(), "{:?}", file.findings);
    assert_eq!(file.bytes, signature_xml);
    assert_eq!(&*after.read(&file.signed_value).unwrap(), b"value");
    assert_eq!(&*after.read(file.seal.as_ref().unwrap()).unwrap(), b"seal");
    assert_eq!(file.stamps[0].page, "1");
    assert_eq!(file.check_method.as_deref(), Some("1.2.156.10197.1.401"));
    let uncovered: Vec<_> = after
        .paths()
        .filter(|path| !covered.contains(path))
        .map(PackagePath::as_str)
        .collect();
    assert_eq!(
        uncovered,
        [
            "/Doc_0/Signs/Sign_0/Signature.xml",
            "/Doc_0/Signs/Sign_0/SignedValue.dat",
            "/Doc_0/Signs/Signatures.xml"
        ]
    );
    assert_references_hold(&after, file);
    for path in before.paths().filter(|path| path.as_str() != "/OFD.xml") {
        assert_eq!(before.read(path).unwrap(), after.read(path).unwrap());
    }
}

fn assert_references_hold(package: &Package<'_>, file: &SignatureFile) {
    for reference in &file.references {
        let content = package.read(&reference.path).unwrap();
        assert_eq!(
            digest(&content),
            reference.check_value,
            "{}",
            reference.path
        );
    }
}

#[test]
fn later_signatures_leave_earlier_ones_intact_until_one_locks() {
    let mut bytes = builder().build().unwrap();
    for lock in [Lock::Continue, Lock::Continue, Lock::Whole] {
        bytes = sign(&bytes, SignatureKind::Seal, lock).unwrap();
    }
    let package = open(&bytes);
    let list = signatures(&package);
    let ids: Vec<_> = list.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["s001", "s003", "s005"]);
    assert_eq!(list.max_id.as_deref(), Some("s006"));
    for entry in &list.entries {
        assert_references_hold(&package, entry.file.as_ref().unwrap());
    }
    // Each covers the ones before it, values included.
    let last = list.entries[2].file.as_ref().unwrap();
    assert!(last.lists(&list.entries[0].file.as_ref().unwrap().signed_value));
    assert!(last.lists(&list.path));
    let refused = sign(&bytes, SignatureKind::Sign, Lock::Continue).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::DocumentLocked);
}

#[test]
fn real_packages_are_signed_without_changing_what_is_covered() {
    for name in ["SESV4SignDoc.ofd", "DigitalSign.ofd"] {
        let Some(bytes) = interop(name) else { continue };
        let signed = sign(&bytes, SignatureKind::Seal, Lock::Continue).unwrap();
        let (before, after) = (open(&bytes), open(&signed));
        for path in before
            .paths()
            .filter(|path| !path.as_str().ends_with("Signatures.xml"))
        {
            assert_eq!(
                before.read(path).unwrap(),
                after.read(path).unwrap(),
                "{name} {path}"
            );
        }
        let list = signatures(&after);
        assert_eq!(list.entries.len(), 2);
        assert_references_hold(&after, list.entries[1].file.as_ref().unwrap());
        // The list is spliced: what stood there still stands.
        let old = signatures(&before);
        assert_eq!(list.entries[0].id, old.entries[0].id);
        let found: Vec<_> = list.findings.iter().map(|finding| finding.code).collect();
        let known: Vec<_> = old.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(found, known);
    }
    let Some(bytes) = interop("allprotected.ofd") else {
        return;
    };
    let refused = sign(&bytes, SignatureKind::Seal, Lock::Continue).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::DocumentLocked);
    let Some(bytes) = interop("hello-integrity.ofd") else {
        return;
    };
    let refused = sign(&bytes, SignatureKind::Seal, Lock::Continue).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::DocumentLocked);
}

#[test]
fn odd_but_legal_xml_is_spliced() {
    let document = "<Document xmlns='http://www.ofdspec.org/2016'><Pages/></Document>";
    let files = |ofd: &'static str, list: &'static str| {
        testing::package(&[
            ("OFD.xml", ofd),
            ("D.xml", document),
            ("S/Signatures.xml", list),
        ])
    };
    let none = "\u{feff}<x:OFD xmlns:x='http://www.ofdspec.org/2016'><x:DocBody a='</b>'><x:DocRoot>D.xml</x:DocRoot><!-- </x:DocBody> --></x:DocBody ></x:OFD>";
    // `<` may not stand in attributes, so such a file is refused, not spliced wrongly.
    assert!(sign(&files(none, "<a/>"), SignatureKind::Sign, Lock::Continue).is_err());
    let none = "\u{feff}<x:OFD xmlns:x='http://www.ofdspec.org/2016'><x:DocBody a='>'><x:DocRoot>D.xml</x:DocRoot><!-- </x:DocBody> --></x:DocBody ></x:OFD>";
    let signed = sign(&files(none, "<a/>"), SignatureKind::Sign, Lock::Continue).unwrap();
    let package = open(&signed);
    assert_eq!(signatures(&package).path.as_str(), "/Signs/Signatures.xml");
    let ofd = package.read(&PackagePath::new("OFD.xml").unwrap()).unwrap();
    assert!(
        String::from_utf8_lossy(&ofd)
            .contains("--><x:Signatures>/Signs/Signatures.xml</x:Signatures></x:DocBody ></x:OFD>")
    );

    let named = "<OFD xmlns='http://www.ofdspec.org/2016'><DocBody><DocRoot>D.xml</DocRoot><Signatures>S/Signatures.xml</Signatures></DocBody></OFD>";
    for list in [
        "<Signatures xmlns='http://www.ofdspec.org/2016'/>",
        "<y:Signatures xmlns:y='http://www.ofdspec.org/2016'></y:Signatures>",
        "<Signatures xmlns='http://www.ofdspec.org/2016'>\n<MaxSignId>7</MaxSignId>\n</Signatures>",
    ] {
        let signed = sign(&files(named, list), SignatureKind::Sign, Lock::Continue).unwrap();
        let package = open(&signed);
        let list = signatures(&package);
        assert!(list.findings.is_empty());
        assert_eq!(list.entries.len(), 1);
        assert_eq!(list.max_id.as_deref(), Some(list.entries[0].id.as_str()));
        assert!(package.contains(&PackagePath::new("S/Sign_0/SignedValue.dat").unwrap()));
    }
}

#[test]
fn options_must_fit_each_other_and_the_document() {
    let bytes = builder().build().unwrap();
    let package = open(&bytes);
    let refused = |change: fn(&mut SignatureOptions)| {
        let mut options = options(SignatureKind::Seal, Lock::Continue);
        change(&mut options);
        SignatureDraft::prepare(&package, &options, &digest)
            .unwrap_err()
            .kind()
    };
    assert_eq!(
        refused(|options| options.seal = None),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        refused(|options| options.kind = SignatureKind::Sign),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        refused(|options| options.stamps[0].page = 2),
        ErrorKind::InvalidArgument
    );
    assert_eq!(
        refused(|options| options.stamps[0].boundary.width = 0.0),
        ErrorKind::InvalidArgument
    );
    let two = "<OFD><DocBody><DocRoot>a</DocRoot></DocBody><DocBody/></OFD>";
    let bytes = testing::package(&[("OFD.xml", two)]);
    let refused = sign(&bytes, SignatureKind::Sign, Lock::Continue).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unsupported);
}

mod round_trips {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_comes_back_from_the_page(
            value in "[^\\p{Cc}\u{fffe}\u{ffff}]{1,40}",
            name in "[^\\p{Cc}\u{fffe}\u{ffff}]{0,20}",
            seal in any::<bool>(),
        ) {
            let mut builder = OfdBuilder::new([1; 16], time()).vocabulary("urn:x", "L");
            builder.add_font(FontFace { name: "宋体".to_owned(), family: None, file: None });
            let bytes = builder
                .custom_data(&name, &value)
                .page(page(vec![text(&value, Some("A"))]))
                .attach(&name, "bin", value.clone().into_bytes())
                .build()
                .unwrap();
            let kind = if seal { SignatureKind::Seal } else { SignatureKind::Sign };
            let bytes = sign(&bytes, kind, Lock::Whole).unwrap();
            let package = open(&bytes);
            let document = Document::read(&package).unwrap();
            let body = &document.bodies[0];
            prop_assert!(body.faults.is_empty());
            let view = body.displayed().unwrap();
            prop_assert_eq!(view.tags[0].texts[0].text.as_deref(), Some(value.as_str()));
            prop_assert_eq!(&view.attachments[0].name, &name);
            prop_assert_eq!(&body.info.custom_data[0].name, &name);
            prop_assert_eq!(body.info.custom_data[0].value.as_str(), value.trim());
            assert_references_hold(&package, signatures(&package).entries[0].file.as_ref().unwrap());
        }
    }
}
