//! The committed schema of reports, by another program's reading of JSON Schema.

use std::path::{Path, PathBuf};

use super::{Oracles, root, scratch};

const SCHEMA: &str = "docs/schema/report.v1.json";

/// Every report that the vectors pin.
fn reports(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            reports(&path, found);
        } else if path.extension().is_some_and(|end| end == "jsonl") {
            found.push(path);
        }
    }
}

#[test]
fn every_pinned_report_fits_the_schema() {
    let Some(oracles) = Oracles::find() else {
        return;
    };
    let schema = root().join(SCHEMA);
    let mut files = vec![schema.clone()];
    reports(&root().join("tests/vectors/verify"), &mut files);
    let verdict = oracles.python("validate_json.py", &files);
    verdict.assert_good();
    let count = verdict.out.lines().last().unwrap();
    let count: usize = count.split(' ').next().unwrap().parse().unwrap();
    assert!(count >= files.len() - 1 && count > 400, "{count}");

    // It can say no: to a key of no name, a code of no name, and a part left out.
    let good = std::fs::read_to_string(&files[1]).unwrap();
    let good = good.lines().next().unwrap();
    let folder = scratch("schema");
    for (number, (from, to)) in [
        (r#""outcome":"#, r#""verdict":"#),
        (r#"{"schema":"#, r#"{"more":1,"schema":"#),
        (
            r#""code":"container.format""#,
            r#""code":"container.shape""#,
        ),
    ]
    .iter()
    .enumerate()
    {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let file = folder.join(format!("{number}.jsonl"));
        std::fs::write(&file, bad).unwrap();
        oracles
            .python("validate_json.py", [&schema, &file])
            .assert_bad();
    }
}
