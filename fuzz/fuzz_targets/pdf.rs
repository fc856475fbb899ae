//! The PDF reader on any bytes: every revision with its pages, fields, signatures, metadata,
//! embedded files and page text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::pdf::{Document, View};

/// Enough to unpack what a license embeds; more only slows the search down.
const EMBEDDED: usize = 1 << 20;

/// A file of a thousand revisions is read a thousand times; the newest few tell as much.
const REVISIONS: usize = 8;

fuzz_target!(|input: &[u8]| {
    let Ok(document) = Document::open(input) else {
        return;
    };
    let count = document.revisions().len();
    assert!(count > 0);
    for revision in (0..count).rev().take(REVISIONS) {
        let view = document.at(revision).expect("a revision that is listed");
        visit(&view, input);
    }
    assert!(document.at(count).is_err());
    // What was done since the newest few, and what they prepare for.
    let since = count.saturating_sub(REVISIONS);
    for change in document.changes_after(since).iter().flatten() {
        assert!(change.revision() > since && change.revision() < count);
    }
    let _ = document.removed_signatures();
});

fn visit(view: &View<'_>, input: &[u8]) {
    let _ = (
        view.pages(),
        view.metadata(),
        view.info_title(),
        view.page_text(),
    );
    let _ = view.signature_fields();
    let _ = view.preparations();
    for signature in view.signatures().iter().flatten() {
        let _ = (signature.contents(), signature.claimed_time());
        if let Ok(range) = signature.signed_range() {
            let [before, after] = range.digest_input(input);
            assert_eq!(before.len() + range.gap().len() + after.len(), range.end());
            assert!(range.end() <= input.len());
        }
    }
    for file in view.embedded_files().iter().flatten() {
        if let Ok(data) = view.read_embedded(file, EMBEDDED) {
            assert!(data.len() <= EMBEDDED);
        }
    }
}
