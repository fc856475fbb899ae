//! The inputs of the vectors as files, with a manifest, for programs that are not this one.
//!
//! `manifest.jsonl` says everything to a reader of JSON. `replay.tsv` says the same to a program that
//! has none at hand: a line a report, its fields parted by tabs, with trust material in files of its
//! own; and `expected.jsonl` has the reports in the same order, so that a face of the library is
//! right when what it prints is this file (`scripts/faces`).

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::Certificate;
use yinxin::trust::AnchorRole;

use super::{Vector, all};

/// Writes `<family>/<name>.<layout>.bin` and `manifest.jsonl`: a line for each report, which
/// names the input, policy, time, trust material (base64 DER) and the expected report.
fn export(folder: &Path, vectors: &[&Vector]) -> Vec<Value> {
    let (mut lines, mut replay, mut expected) = (Vec::new(), String::new(), String::new());
    for vector in vectors {
        let file = format!("{}.bin", vector.name);
        let path = folder.join(&file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &vector.case.bytes).unwrap();
        let reports = vector.case.judge();
        for (policy, report) in vector.case.policies.iter().zip(reports) {
            replay.push_str(&replay_line(folder, vector, &file, &policy.to_json()));
            expected.push_str(&(report.to_json() + "\n"));
            lines.push(json!({
                "name": vector.name,
                "about": vector.about,
                "file": file,
                "content": vector.case.content.as_ref().map(|bytes| STANDARD.encode(bytes)),
                "policy": serde_json::from_str::<Value>(&policy.to_json()).unwrap(),
                "at": vector.case.at,
                "signer_anchors": anchors(vector, AnchorRole::Signer),
                "maker_anchors": anchors(vector, AnchorRole::Maker),
                "tsa_anchors": anchors(vector, AnchorRole::Tsa),
                "signer_certificates": encoded(&vector.case.signer_certificates),
                "crls": vector.case.crls.iter().map(|crl| STANDARD.encode(crl.der())).collect::<Vec<_>>(),
                "report": report.to_json(),
            }));
        }
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.join("manifest.jsonl"), text).unwrap();
    std::fs::write(folder.join("replay.tsv"), replay).unwrap();
    std::fs::write(folder.join("expected.jsonl"), expected).unwrap();
    lines
}

/// Input, content beside it, policy, time, anchors of signers, makers and time stamp authorities,
/// signers' certificates, revocation lists. Several files are parted by commas, none is `-`.
fn replay_line(folder: &Path, vector: &Vector, file: &str, policy: &str) -> String {
    let case = &vector.case;
    let certificates =
        |certificates: &[Certificate]| kept(folder, certificates.iter().map(Certificate::der));
    let anchors = |role| certificates(&anchors_of(vector, role));
    let content = kept(folder, case.content.as_deref());
    let fields = [
        file,
        &content,
        policy,
        case.at,
        &anchors(AnchorRole::Signer),
        &anchors(AnchorRole::Maker),
        &anchors(AnchorRole::Tsa),
        &certificates(&case.signer_certificates),
        &kept(folder, case.crls.iter().map(yinxin::pki::Crl::der)),
    ];
    assert!(fields.iter().all(|field| !field.contains(['\t', '\n'])));
    fields.join("\t") + "\n"
}

/// The names of files that hold these bytes; the same bytes are one file.
fn kept<'a>(folder: &Path, contents: impl IntoIterator<Item = &'a [u8]>) -> String {
    let names: Vec<_> = contents
        .into_iter()
        .map(|bytes| {
            let name = format!(
                "material/{}.bin",
                DigestAlgorithm::Sha256.digest(bytes).to_hex()
            );
            std::fs::create_dir_all(folder.join("material")).unwrap();
            std::fs::write(folder.join(&name), bytes).unwrap();
            name
        })
        .collect();
    if names.is_empty() {
        "-".to_owned()
    } else {
        names.join(",")
    }
}

fn anchors(vector: &Vector, role: AnchorRole) -> Vec<String> {
    encoded(&anchors_of(vector, role))
}

fn anchors_of(vector: &Vector, role: AnchorRole) -> Vec<Certificate> {
    let anchors = vector.case.anchors().into_iter();
    anchors
        .filter(|(anchor_role, _)| *anchor_role == role)
        .map(|(_, certificate)| certificate)
        .collect()
}

fn encoded(certificates: &[Certificate]) -> Vec<String> {
    let encode = |certificate: &Certificate| STANDARD.encode(certificate.der());
    certificates.iter().map(encode).collect()
}

/// What was written is all it takes to get the same report again.
#[test]
fn an_exported_vector_gets_its_report() {
    let asked = std::env::var_os("YINXIN_VECTORS").map(std::path::PathBuf::from);
    let folder = match &asked {
        Some(folder) => folder.clone(),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join("vectors"),
    };
    // Where no one asked for them, a few stand for the rest.
    let step = if asked.is_some() { 1 } else { 17 };
    let vectors: Vec<_> = all().iter().step_by(step).collect();
    let lines = export(&folder, &vectors);
    assert!(lines.len() >= vectors.len());
    for line in lines {
        assert_eq!(replay(&folder, &line), line["report"], "{}", line["name"]);
    }
}

/// The report from files and manifest alone.
fn replay(folder: &Path, line: &Value) -> String {
    use yinxin::pki::Crl;
    use yinxin::verify::{Policy, Verifier};

    let bytes_of = |value: &Value| STANDARD.decode(value.as_str().unwrap()).unwrap();
    let list = |key: &str| -> Vec<Vec<u8>> {
        line[key].as_array().unwrap().iter().map(bytes_of).collect()
    };
    let certificate = |der: Vec<u8>| Certificate::from_der(&der).unwrap();
    let policy = Policy::from_json(&line["policy"].to_string()).unwrap();
    let mut verifier = Verifier::new(policy);
    for (key, role) in [
        ("signer_anchors", AnchorRole::Signer),
        ("maker_anchors", AnchorRole::Maker),
        ("tsa_anchors", AnchorRole::Tsa),
    ] {
        for der in list(key) {
            verifier = verifier.with_anchor(role, certificate(der));
        }
    }
    for der in list("signer_certificates") {
        verifier = verifier.with_signer_certificate(certificate(der));
    }
    for der in list("crls") {
        verifier = verifier.with_crl(Crl::from_der(&der).unwrap());
    }
    let bytes = std::fs::read(folder.join(line["file"].as_str().unwrap())).unwrap();
    let at = crate::pki::time(line["at"].as_str().unwrap());
    let report = match &line["content"] {
        Value::Null => verifier.verify(&bytes, at),
        content => verifier.verify_detached(&bytes, &bytes_of(content), at),
    };
    report.to_json()
}
