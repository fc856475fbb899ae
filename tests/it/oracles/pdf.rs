//! pyHanko, poppler, qpdf, OpenSSL, asn1crypto and Bouncy Castle on our PDF.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use yinxin::issue::{Draft, Format};
use yinxin::ses::Layout;

use super::specimen::{
    International, Letters, draft, sealed, signature_of_pdf, signed, write, write_certificate,
};
use super::{Oracles, Verdict, scratch};
use crate::pki::{Archive, JUDGED_AT, business_license, world};

#[test]
fn pyhanko_poppler_and_openssl_accept_our_p256_signature() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-p256");
    let people = International::new();
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let draft = draft(&oracles, Letters::Embedded);
    let bytes = signed(&draft, Format::Pdf, &people.signer);
    let file = write(&folder, "signed.pdf", &bytes);

    let verdict = pyhanko(&oracles, &file, &root);
    let out = &verdict.assert_good().out;
    for expected in [
        r#""intact": true"#,
        r#""valid": true"#,
        r#""trusted": true"#,
        r#""coverage": "ENTIRE_FILE""#,
        r#""md_algorithm": "sha256""#,
        r#""mechanism": "sha256_ecdsa""#,
    ] {
        assert!(out.contains(expected), "no {expected} in {out}");
    }
    let report = pdfsig(&oracles, &folder, &file, &root);
    for expected in [
        "Signature Validation: Signature is Valid.",
        "Certificate Validation: Certificate is Trusted.",
        "Total document signed",
        "Signature Type: ETSI.CAdES.detached",
        "Signer Certificate Common Name: Example Authority",
        "Signing Hash Algorithm: SHA-256",
    ] {
        assert!(report.contains(expected), "no {expected} in {report}");
    }

    let (covered, cms) = signature_of_pdf(&bytes);
    let covered = write(&folder, "covered", &covered);
    let cms = write(&folder, "value.der", &cms);
    openssl_cms(&oracles, &cms, &covered, &root).assert_good();
    let structure = oracles.python("dump_der.py", ["--cms".as_ref(), cms.as_os_str()]);
    let structure = &structure.assert_good().out;
    assert!(structure.contains("signing_certificate_v2"), "{structure}");
    assert!(!structure.contains("signing_time"), "{structure}");
}

#[test]
fn pyhanko_poppler_and_openssl_refuse_altered_and_foreign_files() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-altered");
    let (people, others) = (International::new(), International::new());
    let root = write_certificate(&folder, "root.pem", &people.root.certificate);
    let foreign = write_certificate(&folder, "foreign.pem", &others.root.certificate);
    let bytes = signed(
        &draft(&oracles, Letters::Named),
        Format::Pdf,
        &people.signer,
    );
    let file = write(&folder, "signed.pdf", &bytes);
    pyhanko(&oracles, &file, &root).assert_good();
    let verdict = pyhanko(&oracles, &file, &foreign);
    assert!(verdict.assert_bad().out.contains(r#""trusted": false"#));

    let mut altered = bytes.clone();
    let (old, new) = (b"D:20260302", b"D:20270302");
    let at = altered.windows(old.len()).position(|at| at == old).unwrap();
    altered[at..at + new.len()].copy_from_slice(new);
    let file = write(&folder, "altered.pdf", &altered);
    let verdict = pyhanko(&oracles, &file, &root);
    assert!(verdict.assert_bad().out.contains(r#""intact": false"#));
    let report = pdfsig(&oracles, &folder, &file, &root);
    assert!(report.contains("Digest Mismatch"), "{report}");

    let (covered, cms) = signature_of_pdf(&altered);
    let covered = write(&folder, "covered", &covered);
    let cms = write(&folder, "value.der", &cms);
    openssl_cms(&oracles, &cms, &covered, &root).assert_bad();
}

#[test]
fn bouncy_castle_verifies_our_national_messages() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("national-messages");
    let draft = draft(&oracles, Letters::Named);
    let signer = &world().signer;
    let pdf = signed(&draft, Format::Pdf, signer);
    let (covered, message) = signature_of_pdf(&pdf);
    let archive = Archive::read(&signed(&draft, Format::Ofd, signer));
    let pair = |name: &str, message: &[u8], content: &[u8]| {
        [
            write(&folder, &format!("{name}.der"), message),
            write(&folder, &format!("{name}.content"), content),
        ]
    };
    let value = archive.get(&archive.find("SignedValue.dat"));
    let content = archive.get(&archive.find("/Signature.xml"));
    let [pdf_pair, ofd_pair] = [pair("pdf", &message, &covered), pair("ofd", value, content)];
    let verdict = oracles.java("VerifyCms", pdf_pair.iter().chain(&ofd_pair));
    assert_eq!(verdict.assert_good().rows().len(), 2);
    // Each with the other's content.
    let crossed = [&pdf_pair[0], &ofd_pair[1], &ofd_pair[0], &pdf_pair[1]];
    let verdict = oracles.java("VerifyCms", crossed);
    for row in verdict.assert_bad().rows() {
        assert_eq!(row[1..], ["INVALID", "message digest"]);
    }
    for [message, _] in [&pdf_pair, &ofd_pair] {
        oracles.python("dump_der.py", [message]).assert_good();
    }
}

#[test]
fn bouncy_castle_verifies_the_seal_in_our_pdf() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-seals");
    let draft = draft(&oracles, Letters::Named);
    let values = super::specimen::LAYOUTS.map(|(year, layout)| {
        let pdf = sealed(&oracles, &draft, Format::Pdf, layout);
        let (covered, value) = signature_of_pdf(&pdf);
        let covered = write(&folder, &format!("{year}.covered"), &covered);
        assert!(contains(&value, &sm3(&oracles, &covered)), "{year}");
        write(&folder, &format!("{year}.dat"), &value)
    });
    let verdict = oracles.java("VerifySes", &values);
    assert_eq!(verdict.assert_good().rows().len(), 6);
}

#[test]
fn qpdf_and_poppler_are_content_with_our_pages() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let folder = scratch("pdf-structure");
    let people = International::new();
    for (name, letters) in [("embedded", Letters::Embedded), ("named", Letters::Named)] {
        let draft = draft(&oracles, letters);
        let files = [
            ("unsigned", draft.document(Format::Pdf).unwrap().bytes),
            ("signed", signed(&draft, Format::Pdf, &people.signer)),
            (
                "sealed",
                sealed(&oracles, &draft, Format::Pdf, Layout::Gbt38540_2020),
            ),
        ];
        for (state, bytes) in files {
            let file = write(&folder, &format!("{name}-{state}.pdf"), &bytes);
            let verdict = oracles.tool("qpdf", [Path::new("--check"), &file]);
            let said = &verdict.assert_good().out;
            assert!(
                said.contains("No syntax or stream encoding errors found"),
                "{said}"
            );
            assert_eq!(verdict.err, "");
            assert_eq!(
                missing_texts(&oracles, &draft, &file),
                [""; 0],
                "{name} {state}"
            );
            check_fonts(&oracles, &file, letters);
        }
    }
}

/// The texts of the license that poppler does not find on the page.
fn missing_texts(oracles: &Oracles, draft: &Draft, file: &Path) -> Vec<String> {
    let text = oracles.tool(
        "pdftotext",
        ["-raw".as_ref(), file.as_os_str(), "-".as_ref()],
    );
    assert_eq!(text.assert_good().err, "");
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let shown = squeeze(&text.out);
    let metadata = draft.metadata();
    let mut wanted = vec![metadata.number().to_owned(), "营业执照".to_owned()];
    let claims = yinxin::license::Claims::from_json(&business_license().to_json().unwrap());
    let claims = claims.unwrap();
    wanted.extend(claims.fields.iter().map(|field| field.value.clone()));
    wanted.extend(
        claims
            .holders
            .iter()
            .filter_map(|holder| holder.name.clone()),
    );
    assert!(wanted.len() >= 6, "{}", wanted.len());
    wanted.retain(|text| !shown.contains(&squeeze(text)));
    wanted
}

/// A row of pdffonts ends: encoding, embedded, subset, Unicode, object, generation.
fn check_fonts(oracles: &Oracles, file: &Path, letters: Letters) {
    let verdict = oracles.tool("pdffonts", [file]);
    let rows: Vec<_> = verdict.assert_good().out.lines().skip(2).collect();
    assert!(!rows.is_empty());
    for row in rows {
        let words: Vec<_> = row.split_whitespace().rev().collect();
        let (unicode, subset, embedded) = (words[2], words[3], words[4]);
        match letters {
            Letters::Embedded => {
                assert_eq!([embedded, subset, unicode], ["yes"; 3], "{row}");
                let (tag, _) = row.split_once('+').expect("a subset's name has a tag");
                assert_eq!(tag.len(), 6, "{row}");
            }
            Letters::Named => {
                assert_eq!([embedded, subset], ["no"; 2], "{row}");
                assert!(row.starts_with("STSong-Light"), "{row}");
            }
        }
    }
}

fn pyhanko(oracles: &Oracles, file: &Path, root: &Path) -> Verdict {
    let mut arguments: Vec<OsString> = vec![file.into(), "--trust".into(), root.into()];
    arguments.extend(["--at".into(), JUDGED_AT.into()]);
    oracles.python("verify_pdf.py", arguments)
}

/// What pdfsig says, trusting the root through a store of its own.
pub(super) fn pdfsig(oracles: &Oracles, folder: &Path, file: &Path, root: &Path) -> String {
    pdfsig_with_password(oracles, folder, file, root, "")
}

/// The same of an encrypted file.
pub(super) fn pdfsig_with_password(
    oracles: &Oracles,
    folder: &Path,
    file: &Path,
    root: &Path,
    password: &str,
) -> String {
    let store = folder.join("nss");
    if !store.exists() {
        std::fs::create_dir(&store).unwrap();
        let mut database = OsString::from("sql:");
        database.push(&store);
        let certutil = |line: &str, more: &[OsString]| {
            let mut arguments: Vec<OsString> = line.split(' ').map(Into::into).collect();
            arguments.extend_from_slice(more);
            oracles.tool("certutil", arguments).assert_good();
        };
        certutil("-N --empty-password -d", &[database.clone()]);
        let of_root = [root.into(), "-d".into(), database];
        certutil("-A -n root -t C,C,C -i", &of_root);
    }
    let mut arguments = vec![PathBuf::from("-nssdir"), store];
    if !password.is_empty() {
        arguments.extend(["-upw".into(), password.into()]);
    }
    arguments.push(file.into());
    oracles.tool("pdfsig", arguments).assert_good().out.clone()
}

fn openssl_cms(oracles: &Oracles, cms: &Path, covered: &Path, root: &Path) -> Verdict {
    // The 22nd of November 2026, when documents are judged here.
    let fixed =
        "cms -verify -binary -inform DER -purpose any -attime 1795334400 -out /dev/null -in";
    let mut arguments: Vec<OsString> = fixed.split(' ').map(Into::into).collect();
    arguments.extend([cms.into(), "-content".into(), covered.into()]);
    arguments.extend(["-CAfile".into(), root.into()]);
    oracles.tool("openssl", arguments)
}

fn sm3(oracles: &Oracles, file: &Path) -> Vec<u8> {
    let arguments = [
        "dgst".as_ref(),
        "-sm3".as_ref(),
        "-r".as_ref(),
        file.as_os_str(),
    ];
    let verdict = oracles.tool("openssl", arguments);
    let hex = verdict.assert_good().out.split(' ').next().unwrap();
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|at| at == needle)
}
