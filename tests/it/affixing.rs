//! Where seals show and in what order they are put on: points, keywords, riding seals, several
//! parties; on documents of several pages.

use yinxin::encryption::Encryptor;
use yinxin::ofd::{
    Area, Color, Document, FontFace, Limits, OfdBuilder, Package, PageContent, PageObject,
    SignatureEntry, SignatureList, Stamp, Text,
};
use yinxin::pki::cms::SignedShape;
use yinxin::ses::Layout;
use yinxin::sign::{
    Edge, Keyword, Occurrence, Pages, Pending, Place, Placement, Point, Protection, Request,
    Riding, prepare,
};
use yinxin::verify::{Outcome, SignatureKind};
use yinxin::{Error, ErrorKind};

use crate::pki::{self, Archive, Party, SIGNED_AT, time, world};

/// A contract: each page has its number, and lines for the seals of both parties.
pub(crate) fn contract(pages: usize) -> Vec<u8> {
    let mut builder = OfdBuilder::new([9; 16], time(SIGNED_AT)).title("示范合同");
    let font = builder.add_font(FontFace {
        name: "宋体".to_owned(),
        family: Some("SimSun".to_owned()),
        file: None,
    });
    for number in 1..=pages {
        let line = |x, baseline, text: &str| {
            PageObject::Text(Text {
                x,
                baseline,
                size: 5.0,
                font,
                color: Color(0, 0, 0),
                text: text.to_owned(),
                advances: vec![5.0; text.chars().count() - 1],
                tag: None,
            })
        };
        builder = builder.page(PageContent {
            width: 210.0,
            height: 297.0,
            objects: vec![
                line(25.0, 30.0, &format!("第{number}页　示范合同")),
                // Two objects that read as one line.
                line(25.0, 230.0, "甲方（盖"),
                line(45.0, 230.0, "章）"),
                line(120.0, 230.0, "乙方（盖章）"),
            ],
        });
    }
    builder.build().unwrap()
}

fn affix(placement: impl Into<Placement>) -> Request {
    let seal = pki::seal_of(Layout::Gbt38540_2020);
    let signer = world().signer.certificate.clone();
    Request::affix(seal, signer, time(SIGNED_AT)).at(placement)
}

fn sign(party: &Party) -> Request {
    Request::sign(party.certificate.clone(), time(SIGNED_AT))
}

fn signed(document: &[u8], request: Request, party: &Party) -> Vec<u8> {
    prepare(document, request)
        .unwrap()
        .sign(&party.key)
        .unwrap()
}

fn refused(document: &[u8], request: Request) -> Error {
    prepare(document, request).unwrap_err()
}

fn entries(document: &[u8]) -> Vec<SignatureEntry> {
    let package = Package::open(document, &Limits::default()).unwrap();
    let body = Document::read(&package).unwrap().bodies.remove(0);
    let list = SignatureList::read(&package, &body.signatures.unwrap()).unwrap();
    list.entries
}

/// Where the newest signature shows its seal.
pub(crate) fn stamps(document: &[u8]) -> Vec<Stamp> {
    entries(document).pop().unwrap().file.unwrap().stamps
}

/// Page IDs and centres of the newest signature's stamps.
fn centers(document: &[u8]) -> Vec<(String, f64, f64)> {
    let center = |stamp: Stamp| {
        let Area {
            x,
            y,
            width,
            height,
        } = stamp.boundary;
        assert_eq!((width, height, stamp.clip), (42.0, 42.0, None));
        (stamp.page, x + width / 2.0, y + height / 2.0)
    };
    stamps(document).into_iter().map(center).collect()
}

fn assert_passed(document: &[u8]) {
    let report = pki::judge(document);
    assert_eq!(
        report.outcome,
        Outcome::Passed,
        "{:?}",
        pki::not_passed(&report)
    );
}

#[test]
fn one_signature_shows_its_seal_on_many_pages() {
    let point = Point {
        x_mm: 150.0,
        y_mm: 250.0,
    };
    let pages: Pages = "1,3-".parse().unwrap();
    let sealed = signed(
        &contract(4),
        affix(Placement::At(point, pages)),
        &world().signer,
    );
    let expected = ["1", "3", "4"].map(|page| (page.to_owned(), 150.0, 250.0));
    assert_eq!(centers(&sealed), expected);
    assert_eq!(entries(&sealed).len(), 1);
    assert_passed(&sealed);
}

#[test]
fn a_seal_stands_on_the_middle_of_its_keyword() {
    let keyword = Keyword::new("甲方（盖章）").occurrence(Occurrence::Last);
    let sealed = signed(&contract(3), affix(keyword.clone()), &world().signer);
    // Six characters of 5 mm from 25 mm on; their middle lies 1.8 mm above the baseline.
    assert_eq!(centers(&sealed), [("3".to_owned(), 40.0, 228.2)]);
    assert_passed(&sealed);

    let all = keyword
        .occurrence(Occurrence::All)
        .on(Pages::odd())
        .offset(-2.5, 10.0);
    let sealed = signed(&contract(3), affix(all), &world().signer);
    let expected = ["1", "3"].map(|page| (page.to_owned(), 37.5, 238.2));
    assert_eq!(centers(&sealed), expected);

    // Both parties' lines match; they are counted as one reads.
    let second = Keyword::new("（盖章）").occurrence(Occurrence::Nth(3));
    let sealed = signed(&contract(3), affix(second), &world().signer);
    assert_eq!(centers(&sealed), [("2".to_owned(), 140.0, 228.2)]);
}

#[test]
fn a_keyword_that_is_not_there_or_not_alone_is_refused() {
    let document = contract(2);
    let kind = |keyword: Keyword| refused(&document, affix(keyword)).kind();
    assert_eq!(kind(Keyword::new("丙方（盖章）")), ErrorKind::TextNotFound);
    let nth = Keyword::new("甲方").occurrence(Occurrence::Nth(2));
    assert_eq!(kind(nth), ErrorKind::TextNotFound);
    assert_eq!(kind(Keyword::new("甲方")), ErrorKind::InvalidArgument);
    assert_eq!(kind(Keyword::new(" ")), ErrorKind::InvalidArgument);
    let elsewhere = Keyword::new("甲方").on(Pages::one(2));
    assert_eq!(kind(elsewhere), ErrorKind::InvalidArgument);
    // Off the page.
    let far = Keyword::new("甲方").on(Pages::one(0)).offset(0.0, 100.0);
    assert_eq!(kind(far), ErrorKind::InvalidArgument);
}

#[test]
fn a_riding_seal_is_one_signature_in_slices() {
    let riding = Riding::new(Edge::Right).along(100.0);
    let sealed = signed(&contract(3), affix(riding), &world().signer);
    let stamps = stamps(&sealed);
    for (index, (stamp, page)) in stamps.iter().zip(["1", "2", "3"]).enumerate() {
        let from = 14.0 * index as f64;
        assert_eq!(stamp.page, page);
        let Area {
            x,
            y,
            width,
            height,
        } = stamp.boundary;
        assert_eq!((x, y, width, height), (196.0 - from, 79.0, 42.0, 42.0));
        let clip = stamp.clip.unwrap();
        assert_eq!(
            (clip.x, clip.y, clip.width, clip.height),
            (from, 0.0, 14.0, 42.0)
        );
    }
    assert_eq!(entries(&sealed).len(), 1);
    assert_passed(&sealed);
    assert_eq!(
        refused(&contract(1), affix(Riding::new(Edge::Right))).kind(),
        ErrorKind::InvalidArgument
    );
}

#[test]
fn all_kinds_of_places_join_in_one_signature_and_survive_storage() {
    let document = contract(3);
    let place = Place {
        page: 2,
        center_x_mm: 150.0004,
        center_y_mm: 250.0,
    };
    let request = affix(place)
        .at(Keyword::new("乙方").on(Pages::last()).offset(-0.0004, 7.0))
        .at(Riding::new(Edge::Left).both_sides())
        .protection(Protection::Whole);
    let pending = prepare(&document, request).unwrap();
    let stored = pending.to_bytes().unwrap();
    let again = Pending::from_bytes(&stored, &document).unwrap();
    assert_eq!(again.message(), pending.message());
    let sealed = again.sign(&world().signer.key).unwrap();
    let pages: Vec<_> = stamps(&sealed)
        .into_iter()
        .map(|stamp| stamp.page)
        .collect();
    assert_eq!(pages, ["3", "3", "1", "2", "3"]);
    assert_passed(&sealed);
}

#[test]
fn places_off_the_page_are_refused() {
    let document = contract(2);
    for (page, x, y) in [
        (2, 50.0, 50.0),
        (0, 211.0, 50.0),
        (0, 50.0, -1.0),
        (1, f64::NAN, 0.0),
    ] {
        let place = Place {
            page,
            center_x_mm: x,
            center_y_mm: y,
        };
        let kind = refused(&document, affix(place)).kind();
        assert_eq!(kind, ErrorKind::InvalidArgument, "{page} {x} {y}");
    }
    // Nothing shows of a signature without a seal.
    let request = sign(&world().signer).at(Keyword::new("甲方"));
    assert_eq!(
        refused(&document, request).kind(),
        ErrorKind::InvalidArgument
    );
}

/// Who came later covers all that came earlier, so their order is proven.
#[test]
fn later_signers_cover_earlier_ones_and_say_whom_they_countersign() {
    let (first, second) = (&world().signer, &world().other_signer);
    let once = signed(
        &contract(2),
        affix(Keyword::new("甲方").on(Pages::last())),
        first,
    );
    let base = entries(&once)[0].id.clone();
    let twice = signed(&once, sign(second).relative_to(&base), second);
    let thrice = signed(&twice, sign(first).protection(Protection::Whole), first);

    let entries = entries(&thrice);
    let relative: Vec<_> = entries
        .iter()
        .map(|entry| entry.relative.as_deref())
        .collect();
    assert_eq!(relative, [None, Some(base.as_str()), None]);
    let files: Vec<_> = entries
        .iter()
        .map(|entry| entry.file.as_ref().unwrap())
        .collect();
    for (number, later) in files.iter().enumerate() {
        for (other, file) in files.iter().enumerate() {
            let covered = [
                Some(&file.path),
                Some(&file.signed_value),
                file.seal.as_ref(),
            ];
            for path in covered.into_iter().flatten() {
                let own_seal = number == other && Some(path) == file.seal.as_ref();
                assert_eq!(later.lists(path), other < number || own_seal, "{path}");
            }
        }
    }
    assert_passed(&thrice);
    let fourth = refused(&thrice, sign(second));
    assert_eq!(fourth.kind(), ErrorKind::DocumentLocked);
    let unknown = refused(&once, sign(second).relative_to("s999"));
    assert_eq!(unknown.kind(), ErrorKind::InvalidArgument);
    let alone = refused(&contract(1), sign(second).relative_to("s001"));
    assert_eq!(alone.kind(), ErrorKind::InvalidArgument);
}

/// Whatever is digested, by us or by those before us, stays as it came.
#[test]
fn no_file_but_the_list_of_signatures_is_written_anew() {
    let (first, second) = (&world().signer, &world().other_signer);
    let once = signed(&contract(3), affix(Riding::new(Edge::Right)), first);
    let twice = signed(&once, sign(second), second);
    let (before, after) = (Archive::read(&once), Archive::read(&twice));
    let changed: Vec<_> = before
        .names()
        .into_iter()
        .filter(|name| before.get(name) != after.get(name))
        .collect();
    assert_eq!(changed, ["Doc_0/Signs/Signatures.xml"]);
}

#[test]
fn messages_come_in_both_shapes_and_for_other_keys() {
    let document = contract(1);
    let (sm2, p256) = (&world().signer, &world().p256_signer);
    for party in [sm2, p256] {
        for shape in [
            SignedShape::DetachedWithAttributes,
            SignedShape::DigestAsContent,
        ] {
            let pending = prepare(&document, sign(party).shape(shape)).unwrap();
            let stored = pending.to_bytes().unwrap();
            let pending = Pending::from_bytes(&stored, &document).unwrap();
            let signed = pending.sign(&party.key).unwrap();
            let report = pki::judge(&signed);
            assert_eq!(report.signatures[0].kind, SignatureKind::Signature);
            let open = pki::not_passed(&report);
            assert!(open.is_empty(), "{open:?}");
        }
        for shape in [SignedShape::Attached, SignedShape::DetachedBare] {
            let kind = refused(&document, sign(party).shape(shape)).kind();
            assert_eq!(kind, ErrorKind::InvalidArgument);
        }
    }
}

#[test]
fn a_seal_serves_a_p256_signer_too() {
    let signer = &world().p256_signer;
    for layout in [
        Layout::Gmt0031_2014,
        Layout::Gbt38540_2020,
        Layout::Gmt0031_2025,
    ] {
        let seal = pki::make_seal(layout, &[signer], &world().maker);
        let request = Request::affix(seal, signer.certificate.clone(), time(SIGNED_AT));
        let request = request.at(Keyword::new("甲方"));
        assert_passed(&signed(&contract(1), request, signer));
    }
}

#[test]
fn an_encrypted_document_is_not_signed() {
    let encrypted = Encryptor::new(time(SIGNED_AT))
        .password("张三", "a password")
        .and_then(|encryptor| encryptor.encrypt(&contract(1)))
        .unwrap();
    let error = refused(&encrypted, sign(&world().signer));
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.message().contains("decrypted"), "{error}");
}

#[test]
fn a_pdf_refuses_by_name_what_it_does_not_do() {
    let document = pki::unsigned_pdf();
    let place = Place {
        page: 0,
        center_x_mm: 60.0,
        center_y_mm: 60.0,
    };
    let point = Point {
        x_mm: 60.0,
        y_mm: 60.0,
    };
    signed(
        &document,
        affix(Placement::At(point, Pages::last())),
        &world().signer,
    );
    for request in [
        affix(Keyword::new("营业执照")),
        affix(Riding::new(Edge::Right)),
        affix(place).at(place),
        affix(place).relative_to("s001"),
    ] {
        assert_eq!(refused(&document, request).kind(), ErrorKind::Unsupported);
    }
}
