//! ofdrw and Bouncy Castle on our OFD and our seals; zip and XML tools on the package.

use std::fs;

use yinxin::issue::Format;
use yinxin::ses::Layout;

use super::specimen::{LAYOUTS, Letters, draft, seal, sealed, signed, write};
use super::{Oracles, scratch};
use crate::pki::{Archive, world};

#[test]
fn ofdrw_verifies_our_ofd_and_refuses_altered_ones() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofd-verify");
    let draft = draft(&oracles, Letters::Named);
    let mut files = Vec::new();
    for (year, layout) in LAYOUTS {
        let bytes = sealed(&oracles, &draft, Format::Ofd, layout);
        files.push(write(&folder, &format!("{year}.ofd"), &bytes));
    }
    let plain = signed(&draft, Format::Ofd, &world().signer);
    files.push(write(&folder, "plain.ofd", &plain));
    let good = files.len();
    for (name, bytes) in altered(&fs::read(&files[1]).unwrap()) {
        files.push(write(&folder, &format!("altered-{name}.ofd"), &bytes));
    }

    let verdict = oracles.java("VerifyOfd", &files);
    let rows = verdict.assert_bad().rows();
    assert_eq!(rows.len(), files.len(), "{}", verdict.out);
    for (number, (row, file)) in rows.iter().zip(&files).enumerate() {
        assert_eq!(row[0], file.to_str().unwrap());
        let expected = if number < good { "VALID" } else { "INVALID" };
        assert_eq!(row[1..3], ["0", expected], "{row:?}");
    }
}

/// The package with one thing changed each time.
fn altered(ofd: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let whole = Archive::read(ofd);
    let edit = |name: &str, from: &str, to: &str| {
        let mut archive = whole.clone();
        let entry = archive.find(name);
        archive.edit(&entry, from, to);
        archive.write()
    };
    let flip = |name: &str| {
        let mut archive = whole.clone();
        let entry = archive.find(name);
        let mut bytes = archive.get(&entry).to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        archive.put(&entry, bytes);
        archive.write()
    };
    vec![
        ("page", edit("Content.xml", "张三", "李四")),
        (
            "reference",
            edit("/Signature.xml", "20261120020000Z", "20261120020001Z"),
        ),
        ("value", flip("SignedValue.dat")),
        ("seal", flip("Seal.esl")),
    ]
}

#[test]
fn our_seals_are_read_and_their_maker_is_verified() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofd-seals");
    let draft = draft(&oracles, Letters::Named);
    let (mut seals, mut values) = (Vec::new(), Vec::new());
    for (year, layout) in LAYOUTS {
        let seal = seal(&oracles, layout);
        seals.push(write(&folder, &format!("{year}.esl"), seal.raw()));
        let archive = Archive::read(&sealed(&oracles, &draft, Format::Ofd, layout));
        assert_eq!(archive.get(&archive.find("Seal.esl")), seal.raw());
        let value = archive.get(&archive.find("SignedValue.dat"));
        values.push(write(&folder, &format!("{year}.dat"), value));
    }

    let verdict = oracles.java("InspectSeal", seals.iter().chain(&values));
    let rows = verdict.assert_good().rows();
    assert_eq!(rows.len(), 6);
    let (name, id) = ("某某市市场监督管理局电子证照专用章", "34990000000001");
    for (row, kind) in rows.iter().zip(["seal"; 3].iter().chain(&["signature"; 3])) {
        assert_eq!(row[1], *kind);
        assert_eq!(row[4..], [id, name, "PNG", "42", "42"], "{row:?}");
    }
    let layouts: Vec<_> = rows.iter().map(|row| (row[2], row[3])).collect();
    assert_eq!(layouts[..3], layouts[3..]);
    // ofdrw knows no layout of 2025 and reads it as the one before.
    assert_eq!(layouts[..3], [("v1", "1"), ("v4", "4"), ("v4", "5")]);

    let verdict = oracles.java("VerifySes", seals.iter().chain(&values));
    let judged: Vec<_> = verdict.assert_good().rows();
    // Three makers of the seals, then signer and maker of each signature.
    assert_eq!(judged.len(), 9, "{}", verdict.out);
    assert!(judged.iter().all(|row| row[3] == "VALID"));

    let forged = LAYOUTS.map(|(year, layout)| {
        let mut bytes = seal(&oracles, layout).raw().to_vec();
        let found = bytes.windows(id.len()).position(|at| at == id.as_bytes());
        bytes[found.unwrap()] ^= 1;
        write(&folder, &format!("forged-{year}.esl"), &bytes)
    });
    let verdict = oracles.java("VerifySes", &forged);
    let judged: Vec<_> = verdict.assert_bad().rows();
    assert_eq!(judged.len(), 3);
    assert!(judged.iter().all(|row| row[3] == "INVALID"));
}

#[test]
fn zip_and_xml_tools_are_content_with_our_packages() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("ofd-structure");
    for (name, letters) in [("embedded", Letters::Embedded), ("named", Letters::Named)] {
        let draft = draft(&oracles, letters);
        let unsigned = draft.document(Format::Ofd).unwrap().bytes;
        let sealed = sealed(&oracles, &draft, Format::Ofd, Layout::Gmt0031_2025);
        for (state, bytes) in [("unsigned", unsigned), ("sealed", sealed)] {
            let file = write(&folder, &format!("{name}-{state}.ofd"), &bytes);
            oracles
                .tool("unzip", ["-tq".as_ref(), file.as_os_str()])
                .assert_good();
            let unpacked = folder.join(format!("{name}-{state}"));
            let verdict = oracles.python("unpack_zip.py", [file.as_os_str(), unpacked.as_os_str()]);
            let entries: Vec<_> = verdict.assert_good().out.lines().collect();
            assert_eq!(entries, Archive::read(&bytes).names());
            let xml: Vec<_> = entries
                .iter()
                .filter(|entry| entry.ends_with(".xml"))
                .map(|entry| unpacked.join(entry))
                .collect();
            assert!(xml.len() >= 5, "{entries:?}");
            let mut arguments = vec!["--noout".into(), "--nonet".into()];
            arguments.extend(xml);
            let verdict = oracles.tool("xmllint", &arguments);
            assert_eq!(verdict.assert_good().err, "");
        }
    }
}
