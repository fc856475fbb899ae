//! Files as qpdf writes them: linearised, with object streams, encrypted.

use yinxin::ErrorKind;
use yinxin::pdf::Document;

use super::specimen::write;
use super::{Oracles, scratch};
use crate::pki::unsigned_pdf;

/// What the reader finds of the license: pages, metadata, embedded files and bound text.
fn content(bytes: &[u8], password: &str) -> (usize, Vec<u8>, Vec<Vec<u8>>, Vec<String>) {
    let document = Document::open_with_password(bytes, password).unwrap();
    assert_eq!(document.revisions().len(), 1);
    let view = document.at(0).unwrap();
    let files = view.embedded_files().unwrap();
    let read = files
        .iter()
        .map(|file| view.read_embedded(file, 1 << 20).unwrap());
    let texts = view.page_text().unwrap();
    (
        view.pages().unwrap().len(),
        view.metadata().unwrap().unwrap().packet().to_vec(),
        read.collect(),
        texts.into_iter().map(|text| text.text).collect(),
    )
}

#[test]
fn what_qpdf_writes_reads_as_the_original() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-reading");
    let original = unsigned_pdf();
    let expected = content(&original, "");
    let source = write(&folder, "original.pdf", &original);
    let forms = [
        ("linearised", "--linearize"),
        (
            "linearised-streams",
            "--linearize --object-streams=generate",
        ),
        ("streams", "--object-streams=generate"),
        ("plain", "--object-streams=disable --compress-streams=n"),
        ("rc4-40", "--allow-weak-crypto --encrypt u o 40 --"),
        (
            "rc4-128",
            "--allow-weak-crypto --encrypt u o 128 --use-aes=n --",
        ),
        (
            "aes-128",
            "--allow-weak-crypto --encrypt u o 128 --use-aes=y --",
        ),
        (
            "aes-128-metadata",
            "--allow-weak-crypto --encrypt u o 128 --use-aes=y --cleartext-metadata --",
        ),
        (
            "aes-256-r5",
            "--allow-weak-crypto --encrypt u o 256 --force-R5 --",
        ),
        ("aes-256-r6", "--encrypt u o 256 --"),
        ("aes-256-chinese", "--encrypt 开门 主人 256 --"),
        (
            "aes-256-streams",
            "--linearize --object-streams=generate --encrypt u o 256 --cleartext-metadata --",
        ),
        ("no-password", "--encrypt  o 256 --"),
    ];
    for (name, options) in forms {
        let file = folder.join(format!("{name}.pdf"));
        let mut arguments: Vec<&str> = options.split(' ').collect();
        arguments.extend([source.to_str().unwrap(), file.to_str().unwrap()]);
        oracles.tool("qpdf", arguments).assert_good();
        let bytes = std::fs::read(&file).unwrap();
        let passwords = match (options.contains("--encrypt"), name) {
            (false, _) => vec![""],
            (true, "no-password") => vec!["", "o"],
            (true, "aes-256-chinese") => vec!["开门", "主人"],
            (true, _) => vec!["u", "o"],
        };
        for password in &passwords {
            assert_eq!(content(&bytes, password), expected, "{name} {password}");
        }
        if !passwords.contains(&"") {
            let error = Document::open(&bytes).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::WrongPassword, "{name}");
        }
    }
}
