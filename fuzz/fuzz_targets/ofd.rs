//! The OFD reader on any bytes: package, displayed tree, text, signature lists, integrity list and
//! encryption, every file of every place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::crypto::DigestAlgorithm;
use yinxin::ofd::{Document, Encryption, IntegrityFile, Limits, Package, SignatureList};

fuzz_target!(|input: &[u8]| {
    let Ok(package) = Package::open(input, &Limits::default()) else {
        return;
    };
    let paths: Vec<_> = package.paths().cloned().collect();
    for path in &paths {
        assert!(package.contains(path));
        let digest = package.digest(path, DigestAlgorithm::Sm3).ok();
        let read = package.read(path).ok();
        assert_eq!(
            digest,
            read.map(|bytes| DigestAlgorithm::Sm3.digest(&bytes))
        );
    }
    if let Ok(Some(encryption)) = Encryption::read(&package) {
        // As if every ciphertext were its plaintext.
        let _ = encryption.decrypt(&package, &|bytes| Some(bytes.to_vec().into()));
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
            for hit in view
                .find_text(&package, &pages, "盖章")
                .into_iter()
                .flatten()
            {
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
