//! NIST's suite of certification paths, asked of the command by its flags.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose stage cannot be set has failed"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Cases that can be no more than indeterminate; the library's own tests say why.
const INDETERMINATE: &str = include_str!("../../tests/it/pkits/indeterminate.tsv");

fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/interop/pkits");
    path.is_dir().then_some(path)
}

fn texts(value: &Value) -> Vec<&str> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|one| one.as_str().unwrap()).collect()
}

fn command(folder: &Path, case: &Value) -> Command {
    let certificate = |name: &str| folder.join("certs").join(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinxin"));
    command
        .env("LANG", "C.UTF-8")
        .args(["cert", "verify", "--json", "--at", "2022-05-01T00:00:00Z"])
        .arg(certificate(case["cert"].as_str().unwrap()))
        .arg("--trust")
        .arg(certificate("TrustAnchorRootCertificate.crt"));
    for name in texts(&case["other_certs"]) {
        command.arg("--untrusted").arg(certificate(name));
    }
    for name in texts(&case["crls"])
        .into_iter()
        .chain(["TrustAnchorRootCRL.crl"])
    {
        command.arg("--crl").arg(folder.join("crls").join(name));
    }
    let asked = case["revocation"].as_bool().unwrap_or(true);
    command.args(["--revocation", if asked { "required" } else { "off" }]);
    for oid in texts(&case["params"]["user_initial_policy_set"]) {
        command.args(["--policy-oid", oid]);
    }
    for (parameter, flag) in [
        ("initial_explicit_policy", "--explicit-policy"),
        ("initial_any_policy_inhibit", "--inhibit-any"),
        ("initial_policy_mapping_inhibit", "--inhibit-mapping"),
    ] {
        if case["params"][parameter] == true {
            command.arg(flag);
        }
    }
    command
}

#[test]
fn every_case_by_flags() {
    let Some(folder) = folder() else {
        return;
    };
    let exceptions: BTreeMap<&str, &str> = INDETERMINATE
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let table = std::fs::read(folder.join("pkits.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_slice(&table).unwrap();
    assert_eq!(cases.len(), 246);
    let mut with_dsa = 0;
    for case in &cases {
        let name = format!(
            "{} {}",
            case["id"].as_str().unwrap(),
            case["name"].as_str().unwrap()
        );
        let output = command(&folder, case).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let dsa = case["cert"].as_str().unwrap().contains("DSA");
        let expected = match (case["error"].is_null(), exceptions.get(name.as_str())) {
            _ if dsa => (3, "indeterminate"),
            (true, _) => (0, "passed"),
            (false, Some(_)) => (3, "indeterminate"),
            (false, None) => (1, "failed"),
        };
        let outcome = report["outcome"].as_str().unwrap();
        assert_eq!(
            (output.status.code(), outcome),
            (Some(expected.0), expected.1),
            "{name}"
        );
        if dsa {
            assert_eq!(report["headline"], "path.algorithm", "{name}");
            with_dsa += 1;
        }
    }
    assert_eq!(with_dsa, 3);
}
