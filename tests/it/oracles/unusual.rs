//! Signing PDF files that few write: encrypted with a password, and hybrid ones. qpdf, pyHanko and
//! poppler judge what comes of them.

use std::fs;
use std::path::Path;

use yinxin::ErrorKind;
use yinxin::crypto::Signer;
use yinxin::pdf::Document;
use yinxin::sign::augment::{Augmentation, DocumentStamp, Evidence};
use yinxin::sign::{PdfOptions, Pending, Place, Profile, Request, prepare, prepare_with_password};
use yinxin::trust::AnchorRole;

use super::pades::{NONCE, People, now, shown};
use super::pdf::{pdfsig, pdfsig_with_password};
use super::specimen::{write, write_certificate};
use super::{Oracles, scratch};
use crate::pki::unsigned_pdf;

const VALID: &str = "Signature Validation: Signature is Valid.";
const REASON: &str = "核准（一）";

/// What pyHanko 0.38 does not open, already as qpdf wrote it: metadata in the open, which it takes
/// for encrypted, and revision 5.
const NOT_BY_PYHANKO: [&str; 2] = ["aes-128-open-metadata", "aes-256-r5"];

/// What qpdf encrypts by, with the passwords `u` and `o`.
const FORMS: [(&str, &str); 8] = [
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
        "aes-128-open-metadata",
        "--allow-weak-crypto --encrypt u o 128 --use-aes=y --cleartext-metadata --",
    ),
    (
        "aes-128-streams",
        "--object-streams=generate --allow-weak-crypto --encrypt u o 128 --use-aes=y --",
    ),
    (
        "aes-256-r5",
        "--allow-weak-crypto --encrypt u o 256 --force-R5 --",
    ),
    ("aes-256", "--encrypt u o 256 --"),
    (
        "aes-256-streams",
        "--linearize --object-streams=generate --encrypt u o 256 --",
    ),
];

fn qpdf(oracles: &Oracles, options: &str, from: &Path, to: &Path) -> Vec<u8> {
    let options = options.split(' ').map(AsRef::as_ref);
    let files = [from.as_os_str(), to.as_os_str()];
    oracles.tool("qpdf", options.chain(files)).assert_good();
    fs::read(to).unwrap()
}

/// A visible signature with texts.
fn request(oracles: &Oracles, people: &People<'_>) -> Request {
    let profile = Profile {
        pdf: PdfOptions {
            reason: Some(REASON.to_owned()),
            name: Some("某某市市场监督管理局".to_owned()),
            shown: Some(shown(oracles)),
            ..PdfOptions::default()
        },
        ..Profile::default()
    };
    let place = Place {
        page: 0,
        center_x_mm: 60.0,
        center_y_mm: 30.0,
    };
    Request::sign(people.signers[0].1.certificate.clone(), now())
        .profile(profile)
        .at(place)
}

#[test]
fn encrypted_files_are_signed_and_augmented_in_their_own_encryption() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-encrypted");
    let people = People::new(&oracles, &folder);
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let key = &people.signers[0].1.key;
    let plain = write(&folder, "plain.pdf", &unsigned_pdf());
    for (name, options) in FORMS {
        let bytes = qpdf(
            &oracles,
            options,
            &plain,
            &folder.join(format!("{name}.pdf")),
        );
        let request = request(&oracles, &people);
        let error = prepare(&bytes, request.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongPassword, "{name}");

        // In phases, with another password in each, and everything up to LTA.
        let pending = prepare_with_password(&bytes, "u", request).unwrap();
        let stored = pending.to_bytes().unwrap();
        let mut pending = Pending::from_bytes_with_password(&stored, &bytes, "o").unwrap();
        pending
            .add_signature(&key.sign(pending.message()).unwrap())
            .unwrap();
        let question = pending.time_stamp_request(&NONCE, None, None).unwrap();
        pending
            .add_time_stamp(&people.stamps.answer(&question), &[])
            .unwrap();
        let signed = pending.finish().unwrap();
        assert!(signed.starts_with(&bytes), "{name}");
        let evidence = people.evidence();
        assert!(Augmentation::prepare(&signed, &evidence).is_err(), "{name}");
        let augmented = Augmentation::prepare_with_password(&signed, "u", &evidence).unwrap();
        let lt = augmented.finish(now()).unwrap();
        let stamp = DocumentStamp::prepare_with_password(&lt, "u", &NONCE, None, None).unwrap();
        let answer = people.stamps.answer(&stamp.request());
        let stamp = DocumentStamp::from_bytes_with_password(&stamp.to_bytes(), &lt, "u").unwrap();
        let lta = stamp.complete(&answer, &[]).unwrap();
        assert!(lta.starts_with(&signed), "{name}");
        let again = Augmentation::prepare_with_password(&lta, "o", &Evidence::default()).unwrap();
        assert_eq!(again.missing(), [], "{name}");

        let file = write(&folder, &format!("{name}.lta.pdf"), &lta);
        // Nothing that was added stands in the open.
        let texts = [
            REASON.encode_utf16().collect::<Vec<_>>(),
            "核准".encode_utf16().collect(),
        ];
        for text in texts {
            let open: Vec<u8> = text.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert!(
                !lta.windows(open.len()).any(|window| window == open),
                "{name}"
            );
        }
        let check = ["--check", "--password=u"].map(AsRef::as_ref);
        oracles
            .tool("qpdf", check.into_iter().chain([file.as_os_str()]))
            .assert_good();
        let judged_by_pyhanko = || {
            let fixed = ["--password", "u", "--trust"].map(AsRef::as_ref);
            let file = std::iter::once(file.as_os_str());
            oracles.python("verify_pdf.py", file.chain(fixed).chain([root.as_os_str()]))
        };
        if !NOT_BY_PYHANKO.contains(&name) {
            judged_by_pyhanko().assert_good();
        }
        let report = pdfsig_with_password(&oracles, &folder, &file, &root, "u");
        // It does not look into time stamps over a document.
        assert_eq!(report.matches(VALID).count(), 1, "{name}: {report}");

        // What was added reads the same once another tool has decrypted it.
        let opened = folder.join(format!("{name}.opened.pdf"));
        let opened = qpdf(&oracles, "--decrypt --password=u", &file, &opened);
        let document = Document::open(&opened).unwrap();
        let view = document.at(0).unwrap();
        assert_eq!(
            view.signatures().unwrap()[0].reason(),
            Some(REASON),
            "{name}"
        );
        let own = Document::open_with_password(&lta, "o").unwrap();
        let own = own.at(own.revisions().len() - 1).unwrap();
        assert_eq!(
            own.security_store().unwrap(),
            view.security_store().unwrap()
        );
        assert_eq!(own.security_store().unwrap().crls.len(), 1, "{name}");

        let trusting = yinxin::Verifier::new(yinxin::Policy::basic())
            .with_anchor(AnchorRole::Signer, people.root.certificate.clone())
            .with_anchor(AnchorRole::Tsa, people.root.certificate.clone());
        let tomorrow = now().checked_add(86_400).unwrap();
        let report = trusting.clone().with_password("u").verify(&lta, tomorrow);
        assert_eq!(
            report.outcome,
            yinxin::Outcome::Passed,
            "{name}: {}",
            report.to_json()
        );
        let report = trusting.verify(&lta, tomorrow);
        assert_eq!(report.outcome, yinxin::Outcome::Indeterminate, "{name}");
    }
}

#[test]
fn what_the_encryption_forbids_the_user_the_owner_may() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-permissions");
    let people = People::new(&oracles, &folder);
    let plain = write(&folder, "plain.pdf", &unsigned_pdf());
    for (name, options) in [
        (
            "aes-128",
            "--allow-weak-crypto --encrypt u o 128 --use-aes=y --modify=form --",
        ),
        ("aes-256", "--encrypt u o 256 --modify=form --"),
    ] {
        let to = folder.join(format!("{name}.pdf"));
        let bytes = qpdf(&oracles, options, &plain, &to);
        let request = request(&oracles, &people);
        let error = prepare_with_password(&bytes, "u", request.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongPassword, "{name}");
        assert!(error.message().contains("owner"), "{error}");
        prepare_with_password(&bytes, "o", request).unwrap();
    }
}

#[test]
fn hybrid_files_are_signed() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-hybrid");
    let people = People::new(&oracles, &folder);
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let bytes = hybrid();
    let file = write(&folder, "hybrid.pdf", &bytes);
    oracles
        .tool("qpdf", ["--check".as_ref(), file.as_os_str()])
        .assert_good();
    let sign = |document: &[u8]| {
        prepare(document, request(&oracles, &people))
            .unwrap()
            .sign(&people.signers[0].1.key)
            .unwrap()
    };
    let once = sign(&bytes);
    assert!(once.starts_with(&bytes));
    let twice = sign(&once);
    let document = Document::open(&twice).unwrap();
    let newest = document.at(document.revisions().len() - 1).unwrap();
    assert_eq!(newest.pages().unwrap().len(), 1);
    let file = write(&folder, "hybrid.signed.pdf", &twice);
    oracles
        .tool("qpdf", ["--check".as_ref(), file.as_os_str()])
        .assert_good();
    let arguments = [file.as_os_str(), "--lenient".as_ref(), "--trust".as_ref()];
    let arguments = arguments.into_iter().chain([root.as_os_str()]);
    let verdict = oracles.python("verify_pdf.py", arguments);
    assert_eq!(verdict.assert_good().out.lines().count(), 2);
    let report = pdfsig(&oracles, &folder, &file, &root);
    assert_eq!(report.matches(VALID).count(), 2, "{report}");
    let trusting = yinxin::Verifier::new(yinxin::Policy::basic())
        .with_anchor(AnchorRole::Signer, people.root.certificate.clone());
    let report = trusting.verify(&twice, now());
    assert_eq!(
        report.outcome,
        yinxin::Outcome::Passed,
        "{}",
        report.to_json()
    );
}

/// A file for readers of tables and of streams alike (ISO 32000-1 7.5.8.4): the page's form field
/// stands in an object stream that the table calls free and its `XRefStm` lists.
fn hybrid() -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n%\xe5\xe5\xe5\xe5\n".to_vec();
    let mut offsets = Vec::new();
    let packed = "6 0 << /FT /Tx /T (note) /V (hidden from old readers) >>";
    let content = "BT /F1 12 Tf 72 700 Td (Hybrid) Tj ET";
    let bodies = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 6 0 R ] >> >>".to_owned(),
        "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources \
         << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        format!(
            "<< /Type /ObjStm /N 1 /First 4 /Length {} >>\nstream\n{packed}\nendstream",
            packed.len()
        ),
    ];
    for (body, number) in bodies.iter().zip(1..) {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let stream = bytes.len();
    // Object 6 is the first of object stream 5; object 7 is this stream.
    let place = u32::try_from(stream).unwrap().to_be_bytes();
    let mut entries = vec![2, 0, 0, 0, 5, 0];
    entries.extend([&[1][..], &place, &[0]].concat());
    bytes.extend(
        b"7 0 obj\n<< /Type /XRef /Size 8 /Root 1 0 R /Index [ 6 2 ] /W [ 1 4 1 ] /Length 12 >>\nstream\n",
    );
    bytes.extend(entries);
    bytes.extend(b"\nendstream\nendobj\n");
    let section = bytes.len();
    let mut table = String::from("xref\n0 8\n0000000006 65535 f \n");
    for offset in offsets {
        table += &format!("{offset:010} 00000 n \n");
    }
    table += "0000000007 00000 f \n0000000000 00000 f \n";
    table += &format!(
        "trailer\n<< /Size 8 /Root 1 0 R /XRefStm {stream} >>\nstartxref\n{section}\n%%EOF\n"
    );
    bytes.extend(table.bytes());
    bytes
}
