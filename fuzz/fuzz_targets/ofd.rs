//! The OFD reader on any bytes: package, displayed tree, text, signature lists and integrity list,
//! every file of every place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::ofd::{Document, IntegrityFile, Limits, Package, SignatureList};

fuzz_target!(|input: &[u8]| {
    let Ok(package) = Package::open(input, &Limits::default()) else {
        return;
    };
    let paths: Vec<_> = package.paths().cloned().collect();
    for path in &paths {
        assert!(package.contains(path));
        let _ = package.read(path);
    }
    if let Ok(Some(list)) = IntegrityFile::read(&package) {
        let _ = (list.unlisted(&package), list.missing(&package));
    }
    let Ok(document) = Document::read(&package) else {
        return;
    };
    for body in &document.bodies {
        let _ = (body.displayed(), body.missing().count());
        for view in &body.views {
            let _ = view.duplicate_attachment_names();
            let _ = view.page_sizes(&package);
            let pages: Vec<_> = (0..view.pages.len()).collect();
            for hit in view.find_text(&package, &pages, "盖章").into_iter().flatten() {
                assert!(hit.page < pages.len());
            }
        }
        let Some(path) = &body.signatures else {
            continue;
        };
        if let Ok(list) = SignatureList::read(&package, path) {
            assert!(paths.contains(path));
            let _ = format!("{list:?}");
        }
    }
});
