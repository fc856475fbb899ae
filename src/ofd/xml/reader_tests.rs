//! The reader beside `roxmltree`: the same texts are refused, and the same trees come out.

use proptest::prelude::*;

use super::reader::{FlawKind, parse};
use super::tree::{Content, Space, Tree};

/// Elements and texts as lines, with ranges, names, attributes and values.
fn ours(tree: &Tree<'_>) -> String {
    let mut lines = String::new();
    for node in &tree.nodes {
        match &node.content {
            Content::Text(text) => lines += &format!("{text:?}\n"),
            Content::Element(tag) => {
                lines += &format!("{} {:?}", tag.local, tag.range);
                for attribute in tree.attributes(tag) {
                    lines += &format!(" {}={:?}", attribute.local, attribute.value);
                }
                lines.push('\n');
            }
        }
    }
    lines
}

fn theirs(document: &roxmltree::Document<'_>) -> String {
    let mut lines = String::new();
    let nodes = document.descendants().skip(1);
    for node in nodes.filter(|node| node.parent_element().is_some() || node.is_element()) {
        if node.is_text() {
            // It leaves a carriage return that stands before CDATA, against XML 1.0, 2.11.
            let text = node.text().unwrap_or_default().replace('\r', "\n");
            lines += &format!("{text:?}\n");
        }
        if node.is_element() {
            lines += &format!("{} {:?}", node.tag_name().name(), node.range());
            for attribute in node.attributes() {
                lines += &format!(" {}={:?}", attribute.name(), attribute.value());
            }
            lines.push('\n');
        }
    }
    lines
}

/// Whether the two agree on a text; where not, how.
fn compare(text: &str) -> Result<(), String> {
    match (parse(text), roxmltree::Document::parse(text)) {
        (Ok(mine), Ok(other)) => {
            let (mine, other) = (ours(&mine), theirs(&other));
            if mine == other {
                Ok(())
            } else {
                Err(format!("{text:?}\nours\n{mine}theirs\n{other}"))
            }
        }
        (Err(_), Err(_)) => Ok(()),
        // Two attributes of one local name in OFD's element: only here is that a flaw.
        (Err(flaw), Ok(_)) if flaw.kind == FlawKind::DuplicateAttribute => Ok(()),
        (Err(flaw), Ok(_)) if ends_a_target(text.split_at(flaw.at).0) => Ok(()),
        (Err(flaw), Ok(_)) if is_in_declaration(text, flaw.at) => Ok(()),
        // A name with an empty prefix.
        (Err(flaw), Ok(_)) if text.split_at(flaw.at).1.starts_with(':') => Ok(()),
        (Err(flaw), Ok(_)) => Err(format!("{text:?}\nonly ours refuses: {flaw:?}")),
        (Ok(_), Err(error)) => Err(format!("{text:?}\nonly theirs refuses: {error}")),
    }
}

/// Whether a text ends in the target of an instruction. What follows it must be white space (XML
/// 1.0, 2.6), which `roxmltree` does not ask.
fn ends_a_target(before: &str) -> bool {
    let target = before.rsplit_once("<?").map(|(_, target)| target);
    target.is_some_and(|target| !target.contains([' ', '\t', '\r', '\n', '?']))
}

/// Whether a place lies in the XML declaration, which `roxmltree` reads more loosely.
fn is_in_declaration(text: &str, at: usize) -> bool {
    text.starts_with("<?xml") && !text.split_at(at).0.contains("?>\n")
}

/// What markup is made of; put together at random it is now and then well formed.
const PIECES: &[&str] = &[
    "<a>",
    "</a>",
    "<a",
    "<b>",
    "</b>",
    "<b",
    ">",
    "/>",
    "<p:a>",
    "</p:a>",
    "<p:a ",
    " ",
    "\n",
    "\t",
    "\r\n",
    "\r",
    " x='1'",
    " x=\"2\"",
    " y = '&lt;'",
    " p:x='3'",
    " z='\n\t\r\n'",
    " q='&#10;&#x9;'",
    " xmlns='u'",
    " xmlns:p='v'",
    " xmlns:xml='v'",
    "text",
    "中文",
    "&amp;",
    "&#65;",
    "&#x4e2d;",
    "&#0;",
    "&e;",
    "&",
    ";",
    "]]>",
    "<![CDATA[",
    "<![CDATA[c]]>",
    "<!--",
    "-->",
    "<!-- c -->",
    "--",
    "<?",
    "?>",
    "<?t d?>",
    "<?t?>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>",
    "\u{1}",
    "\u{ffff}",
    "=",
    "'",
    "\"",
    "<",
    "</",
    "<1>",
    "<a:>",
    "<a-b.c>",
    "</a-b.c>",
    "<é/>",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Well formed but for some pieces put in anywhere.
fn nearly() -> impl Strategy<Value = String> {
    const WHOLE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<o:Page xmlns:o=\"http://www.ofdspec.org/2016\">\
        <o:Area k='1'/><o:Text ID=\"4\" Size=\"3\">证照 &amp; <![CDATA[<x>]]>end</o:Text><!-- n --></o:Page>\n";
    let places: Vec<usize> = WHOLE.char_indices().map(|(at, _)| at).collect();
    let change = (
        prop::sample::select(places),
        0_usize..6,
        prop::sample::select(PIECES),
    );
    prop::collection::vec(change, 0..3).prop_map(|changes| {
        let mut text = WHOLE.to_owned();
        for (at, cut, piece) in changes {
            let at = (at..).find(|at| text.is_char_boundary((*at).min(text.len())));
            let at = at.unwrap_or_default().min(text.len());
            let end = (at + cut..).find(|end| text.is_char_boundary((*end).min(text.len())));
            let end = end.unwrap_or_default().min(text.len());
            text.replace_range(at..end, piece);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn agrees_with_roxmltree_on_soup(text in soup()) {
        prop_assert_eq!(compare(&text), Ok(()));
    }

    #[test]
    fn agrees_with_roxmltree_inside_an_element(text in soup()) {
        prop_assert_eq!(compare(&format!("<a>{text}</a>")), Ok(()));
    }

    #[test]
    fn agrees_with_roxmltree_on_changed_texts(text in nearly()) {
        prop_assert_eq!(compare(&text), Ok(()));
    }
}

#[test]
fn tells_ofds_namespace_from_older_and_others() {
    let space = |text: &str| parse(text).unwrap().element(0).unwrap().space;
    assert_eq!(space("<a/>"), Space::None);
    assert_eq!(
        space("<a xmlns='http://www.ofdspec.org/2016'/>"),
        Space::Ofd
    );
    assert_eq!(
        space("<o:a xmlns:o='http://www.ofdspec.org/2016'/>"),
        Space::Ofd
    );
    assert_eq!(space("<a xmlns='http://www.ofdspec.org'/>"), Space::Old);
    assert_eq!(space("<a xmlns='urn:x'/>"), Space::Other);
}

/// What `roxmltree` lets pass: an empty prefix, a prefix for nothing (Namespaces in XML 1.0, 3 and
/// 2.2), odd versions and encodings (XML 1.0, 2.8 and 4.3.3).
#[test]
fn names_and_declarations_keep_to_their_productions() {
    let texts = [
        "<:a/>",
        "<a :b='1'/>",
        "<a><b xmlns:p=''/></a>",
        "<?xml version='1.'?><a/>",
        "<?xml version='1.x'?><a/>",
        "<?xml version='1.0' encoding='8-bit'?><a/>",
        "<?xml version='1.0' encoding=''?><a/>",
    ];
    for text in texts {
        assert_eq!(
            parse(text).unwrap_err().kind,
            FlawKind::NotWellFormed,
            "{text}"
        );
    }
}

#[test]
fn the_inner_declaration_counts() {
    let text = "<p:a xmlns:p='urn:x'><p:b xmlns:p='http://www.ofdspec.org/2016'/><p:c/></p:a>";
    let tree = parse(text).unwrap();
    let spaces: Vec<_> = (0..3).map(|at| tree.element(at).unwrap().space).collect();
    assert_eq!(spaces, [Space::Other, Space::Ofd, Space::Other]);
}
