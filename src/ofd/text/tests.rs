//! Text is found where it stands, however a document breaks it.

use super::super::testing::package;
use super::super::{Document, Limits, Package};
use super::*;
use crate::error::ErrorKind;

const OFD: &str = r#"<OFD xmlns="http://www.ofdspec.org/2016"><DocBody>
    <DocRoot>Document.xml</DocRoot></DocBody></OFD>"#;

/// A document of pages with these contents; the template `9` is used by the first of them.
fn document(pages: &[&str], template: &str) -> Vec<u8> {
    let space = r#"xmlns="http://www.ofdspec.org/2016""#;
    let listed: String = (1..=pages.len())
        .map(|id| format!(r#"<Page ID="{id}" BaseLoc="P{id}.xml"/>"#))
        .collect();
    let mut files = vec![
        ("OFD.xml".to_owned(), OFD.to_owned()),
        (
            "Document.xml".to_owned(),
            format!(
                r#"<Document {space}><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox>
                </PageArea><TemplatePage ID="9" BaseLoc="T.xml"/></CommonData>
                <Pages>{listed}</Pages></Document>"#
            ),
        ),
        (
            "T.xml".to_owned(),
            format!(
                r#"<Page {space}><Area><PhysicalBox>0 0 100 150</PhysicalBox></Area>
                <Content><Layer>{template}</Layer></Content></Page>"#
            ),
        ),
    ];
    for (number, content) in pages.iter().enumerate() {
        let uses = if number == 0 {
            r#"<Template TemplateID="9"/>"#
        } else {
            ""
        };
        files.push((
            format!("P{}.xml", number + 1),
            format!("<Page {space}>{uses}<Content><Layer>{content}</Layer></Content></Page>"),
        ));
    }
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    package(&files)
}

fn search(bytes: &[u8], pages: &[usize], text: &str) -> Result<Vec<TextHit>> {
    let package = Package::open(bytes, &Limits::default())?;
    let document = Document::read(&package)?;
    assert!(
        document.bodies[0].faults.is_empty(),
        "{:?}",
        document.bodies[0].faults
    );
    document.bodies[0]
        .displayed()
        .unwrap()
        .find_text(&package, pages, text)
}

/// Middles of all hits on a page with this content, to a tenth of a millimetre.
fn found(content: &str, text: &str) -> Vec<(f64, f64)> {
    let hits = search(&document(&[content], ""), &[0], text).unwrap();
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    let middle = |hit: &TextHit| {
        let area = &hit.area;
        (
            tenths(area.x + area.width / 2.0),
            tenths(area.y + area.height / 2.0),
        )
    };
    hits.iter().map(middle).collect()
}

/// A text object of size 10 at a place, with what its `TextCode` carries.
fn object(x: f64, y: f64, attributes: &str, text: &str) -> String {
    format!(
        r#"<TextObject Boundary="{x} {y} 100 20" Size="10" Font="1">
        <TextCode X="0" Y="10" {attributes}>{text}</TextCode></TextObject>"#
    )
}

#[test]
fn in_one_run_of_offsets() {
    let text = object(20.0, 40.0, r#"DeltaX="g 2 10 10 10""#, "申请盖章处");
    // The last two of five characters of 10 mm; the baseline lies at 50, the middle 3.6 above.
    assert_eq!(found(&text, "盖章"), [(50.0, 46.4)]);
    assert_eq!(found(&text, "章"), [(55.0, 46.4)]);
    assert!(found(&text, "签名").is_empty());
}

#[test]
fn over_several_text_codes() {
    let text = r#"<TextObject Boundary="20 40 100 20" Size="10" Font="1">
        <TextCode X="0" Y="10" DeltaX="10">申请</TextCode><TextCode X="20">盖</TextCode>
        <TextCode X="30">章</TextCode></TextObject>"#;
    assert_eq!(found(text, "请盖章"), [(45.0, 46.4)]);
}

#[test]
fn over_objects_of_one_character_in_any_order() {
    let text = [(30.0, "章"), (10.0, "申"), (20.0, "盖")]
        .map(|(x, text)| object(x, 0.0, "", text))
        .concat();
    assert_eq!(found(&text, "盖章"), [(30.0, 6.4)]);
}

#[test]
fn over_page_and_template() {
    let bytes = document(
        &[&object(20.0, 0.0, "", "章"), &object(20.0, 0.0, "", "章")],
        &object(10.0, 0.0, "", "盖"),
    );
    let hits = search(&bytes, &[0, 1], "盖章").unwrap();
    // The second page does not use the template.
    let pages: Vec<_> = hits.iter().map(|hit| hit.page).collect();
    assert_eq!(pages, [0]);
}

#[test]
fn spaced_wide_and_in_other_width() {
    let wide = object(10.0, 0.0, r#"DeltaX="45""#, "盖章");
    assert_eq!(found(&wide, "盖章"), [(37.5, 6.4)]);
    let spaced = object(10.0, 0.0, r#"DeltaX="g 4 10""#, "（ 盖　");
    assert_eq!(
        found(
            &(spaced + &object(40.0, 0.0, r#"DeltaX="10""#, "章）")),
            "(盖章)"
        )
        .len(),
        1
    );
}

#[test]
fn columns_are_not_one_text() {
    let apart = object(10.0, 0.0, "", "盖") + &object(45.0, 0.0, "", "章");
    assert!(found(&apart, "盖章").is_empty());
    let lines = object(10.0, 0.0, "", "盖") + &object(20.0, 8.0, "", "章");
    assert!(found(&lines, "盖章").is_empty());
}

#[test]
fn downwards_as_a_run_and_as_objects() {
    let run = object(50.0, 20.0, r#"DeltaY="g 2 12""#, "盖章处");
    assert_eq!(found(&run, "盖章"), [(55.0, 32.4)]);
    let objects: String = ["盖", "章"]
        .iter()
        .zip([20.0, 32.0])
        .map(|(text, y)| object(50.0, y, "", text))
        .collect();
    assert_eq!(found(&objects, "盖章"), [(55.0, 32.4)]);
}

#[test]
fn in_a_run_of_two_lines() {
    let text = object(
        0.0,
        0.0,
        r#"DeltaX="10 10 -20 10" DeltaY="0 0 15 0""#,
        "请在此盖章",
    );
    assert_eq!(found(&text, "盖章"), [(10.0, 21.4)]);
    assert_eq!(found(&text, "此"), [(25.0, 6.4)]);
}

#[test]
fn turned_and_scaled_by_a_matrix() {
    // Twice as large, a quarter turn to the right around the boundary's corner.
    let text = r#"<TextObject Boundary="100 50 60 60" CTM="0 2 -2 0 0 0" Size="5" Font="1">
        <TextCode X="0" Y="0" DeltaX="5">盖章</TextCode></TextObject>"#;
    assert_eq!(found(text, "盖章"), [(103.6, 60.0)]);
}

#[test]
fn without_offsets_by_estimated_widths() {
    let text = object(0.0, 0.0, "", "No.1盖章");
    assert_eq!(found(&text, "盖章"), [(30.0, 6.4)]);
    let up = r#"<TextObject Boundary="50 50 9 9" ReadDirection="90" Size="10" Font="1">
        <TextCode X="0" Y="0">盖章</TextCode></TextObject>"#;
    assert_eq!(found(up, "盖章"), [(55.0, 51.4)]);
}

#[test]
fn printed_twice_to_look_bold_is_one() {
    let bold =
        object(10.0, 0.0, r#"DeltaX="10""#, "盖章") + &object(10.3, 0.1, r#"DeltaX="10""#, "盖章");
    assert_eq!(found(&bold, "盖章").len(), 1);
}

#[test]
fn hidden_text_is_not_seen() {
    for hidden in [r#"Visible="false""#, r#"Alpha="0""#] {
        let text =
            object(10.0, 0.0, "", "盖章").replace("<TextObject", &format!("<TextObject {hidden}"));
        assert!(found(&text, "盖章").is_empty(), "{hidden}");
    }
}

#[test]
fn in_reading_order_and_apart() {
    let text = object(100.0, 100.5, r#"DeltaX="10""#, "盖章")
        + &object(10.0, 101.0, r#"DeltaX="10""#, "盖章")
        + &object(10.0, 20.0, r#"DeltaX="g 5 10""#, "盖章盖章盖章");
    let middles = [
        (20.0, 26.4),
        (40.0, 26.4),
        (60.0, 26.4),
        (20.0, 107.4),
        (110.0, 106.9),
    ];
    assert_eq!(found(&text, "盖章"), middles);
}

#[test]
fn only_on_the_pages_asked_for() {
    let page = object(10.0, 0.0, "", "盖章");
    let bytes = document(&["", &page, &page], &page);
    let pages = |asked: &[usize]| -> Vec<usize> {
        let hits = search(&bytes, asked, "盖章").unwrap();
        hits.iter().map(|hit| hit.page).collect()
    };
    assert_eq!(pages(&[0, 1, 2]), [0, 1, 2]);
    assert_eq!(pages(&[2]), [2]);
    let kind = |text: &str, page| search(&bytes, &[page], text).unwrap_err().kind();
    assert_eq!(kind("盖章", 3), ErrorKind::InvalidArgument);
    assert_eq!(kind(" \u{3000}", 0), ErrorKind::InvalidArgument);
    assert_eq!(kind(&"盖".repeat(201), 0), ErrorKind::InvalidArgument);
}

#[test]
fn numbers_that_are_none_hide_the_object_only() {
    let good = object(10.0, 40.0, "", "盖章");
    for bad in [
        object(10.0, 0.0, "", "盖章").replace(r#"Size="10""#, r#"Size="NaN""#),
        object(10.0, 0.0, "", "盖章").replace("Boundary=\"10 ", "Boundary=\"x "),
        object(10.0, 0.0, "", "盖章").replace("<TextObject", r#"<TextObject CTM="1 0 0""#),
        object(10.0, 0.0, "", "盖章").replace("<TextObject", r#"<TextObject CTM="0 0 0 0 0 0""#),
    ] {
        assert_eq!(found(&(bad + &good), "盖章").len(), 1);
    }
}

#[test]
fn pages_have_their_own_size_or_the_templates_or_the_documents() {
    let bytes = document(&["", ""], "");
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let document = Document::read(&package).unwrap();
    let sizes = document.bodies[0]
        .displayed()
        .unwrap()
        .page_sizes(&package)
        .unwrap();
    let sizes: Vec<_> = sizes.iter().map(|size| (size.width, size.height)).collect();
    assert_eq!(sizes, [(100.0, 150.0), (210.0, 297.0)]);
}
