//! Paths of other makers' certificates, where the shared collection is present.

use std::collections::BTreeMap;

use crate::pki::testing::{interop, time};
use crate::pki::{Certificate, Crl};
use crate::trust::*;

fn certificates(path: &str) -> Vec<Certificate> {
    Certificate::from_pem_or_der(&interop(path).unwrap()).unwrap()
}

fn anchors(certificates: &[Certificate]) -> Anchors {
    let mut anchors = Anchors::new();
    anchors.add_all(certificates.iter().cloned(), AnchorRole::Signer);
    anchors
}

/// Every row of the table of real national roots, authorities and lists.
#[test]
fn real_authorities_under_real_roots() {
    let Some(table) = interop("ofd/certs/EXPECTED.tsv") else {
        return;
    };
    let table = String::from_utf8(table).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 6);
    for row in rows {
        let (leaf, trust, crl, at, expected) = (row[0], row[1], row[2], row[3], row[4]);
        let leaf = certificates(&format!("ofd/certs/{leaf}")).remove(0);
        let anchors = anchors(&certificates(&format!("ofd/certs/{trust}")));
        let crls = match crl {
            "-" => Vec::new(),
            file => Crl::from_pem_or_der(&interop(&format!("ofd/certs/{file}")).unwrap()).unwrap(),
        };
        let request = PathRequest {
            purpose: Purpose::Any,
            revocation: RevocationMode::Required,
            crls: &crls,
            ..PathRequest::new(&leaf, &anchors, time(at))
        };
        let report = request.judge();
        assert_eq!(
            report.outcome().name(),
            expected,
            "{row:?} {:?}",
            report.problems()
        );
    }
}

/// The SM2 chains verify or fail as their names say.
#[test]
fn sm2_chains_of_other_makers() {
    if interop("sm2-certs/sm2-leaf.crt").is_none() {
        return;
    }
    let judge = |leaf: &str, trust: &str, purpose| {
        let leaf = certificates(&format!("sm2-certs/{leaf}")).remove(0);
        let chain = certificates(&format!("sm2-certs/{trust}"));
        // The last of a bundle is the anchor where it signed itself, else the only one.
        let (own, others): (Vec<_>, Vec<_>) =
            chain.iter().cloned().partition(Certificate::is_self_issued);
        let anchors = anchors(if own.is_empty() { &others } else { &own });
        let at = time("2026-11-22");
        PathRequest {
            purpose,
            intermediates: &others,
            ..PathRequest::new(&leaf, &anchors, at)
        }
        .judge()
    };
    let first = |report: &PathReport| report.problems().first().map(|one| one.code);
    for (leaf, trust, purpose, expected) in [
        ("sm2-cert.pem", "sm2-root-cert.pem", Purpose::Signer, None),
        ("sm2-leaf.crt", "sm2-chain-ca.crt", Purpose::Any, None),
        (
            "sm2-leaf.crt",
            "sm2-chain-ca.crt",
            Purpose::Signer,
            Some(ProblemCode::LeafExtendedKeyUsage),
        ),
        (
            "tlcp_client_sign.crt",
            "tlcp_chain-ca.crt",
            Purpose::Signer,
            None,
        ),
        (
            "tlcp_server_sign.crt",
            "tlcp_chain-ca.crt",
            Purpose::Signer,
            None,
        ),
        (
            "tlcp_server_enc.crt",
            "tlcp_chain-ca.crt",
            Purpose::Signer,
            Some(ProblemCode::LeafKeyUsage),
        ),
        (
            "tlcp_client_sign_expire.crt",
            "tlcp_chain-ca.crt",
            Purpose::Signer,
            Some(ProblemCode::Expired),
        ),
        (
            "sm2-noza-cert.pem",
            "sm2-noza-root-cert.pem",
            Purpose::Signer,
            Some(ProblemCode::SignatureMismatch),
        ),
    ] {
        let report = judge(leaf, trust, purpose);
        assert_eq!(first(&report), expected, "{leaf}");
        let verdict = expected.map_or(Verdict::Passed, |_| Verdict::Failed);
        assert_eq!(report.outcome(), verdict, "{leaf}");
    }
}

/// NIST PKITS as published for RSA of 2048 bits: 246 cases.
struct Case {
    id: String,
    valid: bool,
    report: PathReport,
}

/// What the questions of this version cannot say: initial policies.
fn is_expressible(case: &serde_json::Value) -> bool {
    case.get("params").is_none_or(serde_json::Value::is_null)
}

fn run_pkits() -> Option<(Vec<Case>, usize)> {
    let table: serde_json::Value = serde_json::from_slice(&interop("pkits/pkits.json")?).unwrap();
    let anchors = anchors(&certificates("pkits/certs/TrustAnchorRootCertificate.crt"));
    let mut cases = Vec::new();
    let mut inexpressible = 0;
    for case in table.as_array().unwrap() {
        if !is_expressible(case) {
            inexpressible += 1;
            continue;
        }
        let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
        let files = |key: &str| -> Vec<String> {
            let list = case[key].as_array().cloned().unwrap_or_default();
            list.iter()
                .map(|file| file.as_str().unwrap().to_owned())
                .collect()
        };
        let leaf = certificates(&format!("pkits/certs/{}", text("cert"))).remove(0);
        let mut intermediates = Vec::new();
        for file in files("other_certs") {
            intermediates.extend(certificates(&format!("pkits/certs/{file}")));
        }
        let mut crls = Vec::new();
        for file in files("crls")
            .iter()
            .map(String::as_str)
            .chain(["TrustAnchorRootCRL.crl"])
        {
            crls.extend(
                Crl::from_pem_or_der(&interop(&format!("pkits/crls/{file}")).unwrap()).unwrap(),
            );
        }
        let revocation = match case["revocation"].as_bool() {
            Some(false) => RevocationMode::Off,
            _ => RevocationMode::Required,
        };
        let request = PathRequest {
            intermediates: &intermediates,
            purpose: Purpose::Any,
            revocation,
            crls: &crls,
            ..PathRequest::new(&leaf, &anchors, time("2022-05-01"))
        };
        cases.push(Case {
            id: text("id"),
            valid: case.get("error").is_none_or(serde_json::Value::is_null),
            report: request.judge(),
        });
    }
    Some((cases, inexpressible))
}

/// Signatures, validity, names, plain revocation, self-issued certificates, basic constraints, key
/// usage and private extensions are wholly right; nothing in any section is accepted that must
/// not be.
#[test]
fn pkits() {
    /// DSA is not offered: two valid paths end indeterminate.
    const DSA: [&str; 2] = ["40104", "40105"];
    const WHOLE: [&str; 8] = ["401", "402", "403", "404", "405", "406", "407", "416"];
    let Some((cases, inexpressible)) = run_pkits() else {
        return;
    };
    assert_eq!(cases.len() + inexpressible, 246);
    let mut sections: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let accepted = case.report.outcome() == Verdict::Passed;
        let section = case.id.get(..3).unwrap();
        let entry = sections.entry(section).or_default();
        entry.1 += 1;
        entry.0 += usize::from(accepted == case.valid);
        let must_agree = WHOLE.contains(&section) && !DSA.contains(&case.id.as_str());
        if (accepted && !case.valid) || (must_agree && accepted != case.valid) {
            wrong.push((
                &case.id,
                case.valid,
                case.report.problems().to_vec(),
                case.report.revocation().to_vec(),
            ));
        }
    }
    let agreed: usize = sections.values().map(|entry| entry.0).sum();
    println!(
        "PKITS: {agreed} of {} agree, {inexpressible} need initial policies",
        cases.len()
    );
    println!("by section: {sections:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
