//! NIST's Public Key Interoperability Test Suite, 246 cases in a table with parameters.

mod dsa;
mod resign;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use yinxin::Time;
use yinxin::asn1::Oid;
use yinxin::crypto::SignatureAlgorithm;
use yinxin::pki::{Certificate, Crl};
use yinxin::trust::{
    AlgorithmPolicy, AnchorRole, Anchors, OtherAlgorithms, PathReport, PathRequest, PolicyRequest,
    Purpose, RevocationMode, Verdict,
};

use crate::interop;

/// When the suite is to be judged.
const AT: &str = "2022-05-01T00:00:00Z";

/// Cases that must not pass and are not failed either, each with its reason.
const INDETERMINATE: &str = include_str!("indeterminate.tsv");

/// One row of the table.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) leaf: String,
    pub(crate) others: Vec<String>,
    pub(crate) crls: Vec<String>,
    pub(crate) policies: PolicyRequest,
    pub(crate) revocation: bool,
    pub(crate) valid: bool,
}

impl Case {
    /// Whether it is about DSA, which only the tests can verify.
    pub(crate) fn is_dsa(&self) -> bool {
        self.leaf.contains("DSA")
    }
}

/// Every row of the table, and the folder it stands in.
pub(crate) fn cases() -> Option<(PathBuf, Vec<Case>)> {
    let folder = interop::folder()?.join("pkits");
    let text = std::fs::read(folder.join("pkits.json")).unwrap();
    let rows: Vec<Value> = serde_json::from_slice(&text).unwrap();
    let cases: Vec<Case> = rows.iter().map(read_case).collect();
    assert_eq!(cases.len(), 246);
    Some((folder, cases))
}

fn read_case(row: &Value) -> Case {
    let texts = |value: &Value| -> Vec<String> {
        let list = value.as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|one| one.as_str().unwrap().to_owned())
            .collect()
    };
    let parameter = |name: &str| row["params"][name].as_bool().unwrap_or_default();
    let mut crls = texts(&row["crls"]);
    crls.push("TrustAnchorRootCRL.crl".to_owned());
    let acceptable = texts(&row["params"]["user_initial_policy_set"]);
    Case {
        name: format!(
            "{} {}",
            row["id"].as_str().unwrap(),
            row["name"].as_str().unwrap()
        ),
        leaf: row["cert"].as_str().unwrap().to_owned(),
        others: texts(&row["other_certs"]),
        crls,
        policies: PolicyRequest {
            acceptable: acceptable
                .iter()
                .map(|oid| Oid::parse(oid).unwrap())
                .collect(),
            explicit: parameter("initial_explicit_policy"),
            inhibit_mapping: parameter("initial_policy_mapping_inhibit"),
            inhibit_any: parameter("initial_any_policy_inhibit"),
        },
        revocation: row["revocation"].as_bool().unwrap_or(true),
        valid: row["error"].is_null(),
    }
}

/// Certificates and lists by the names of their files.
pub(crate) struct Files {
    pub(crate) certificates: BTreeMap<String, Certificate>,
    pub(crate) crls: BTreeMap<String, Crl>,
}

impl Files {
    pub(crate) fn read(folder: &Path) -> Self {
        let read = |name: &str| {
            let entries = std::fs::read_dir(folder.join(name)).unwrap();
            entries.map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, std::fs::read(path).unwrap())
            })
        };
        let certificates = read("certs").filter_map(|(name, bytes)| {
            let mut all = Certificate::from_pem_or_der(&bytes).ok()?;
            Some((name, all.remove(0)))
        });
        let crls = read("crls").filter_map(|(name, bytes)| {
            let mut all = Crl::from_pem_or_der(&bytes).ok()?;
            Some((name, all.remove(0)))
        });
        Self {
            certificates: certificates.collect(),
            crls: crls.collect(),
        }
    }

    /// Judges one case.
    pub(crate) fn judge(&self, case: &Case, other: Option<&dyn OtherAlgorithms>) -> PathReport {
        let certificate = |name: &String| self.certificates[name].clone();
        let mut anchors = Anchors::new();
        anchors.add_all(
            [certificate(&"TrustAnchorRootCertificate.crt".to_owned())],
            AnchorRole::Signer,
        );
        let intermediates: Vec<Certificate> = case.others.iter().map(certificate).collect();
        let crls: Vec<Crl> = case
            .crls
            .iter()
            .map(|name| self.crls[name].clone())
            .collect();
        PathRequest {
            intermediates: &intermediates,
            purpose: Purpose::Any,
            revocation: match case.revocation {
                true => RevocationMode::Required,
                false => RevocationMode::Off,
            },
            crls: &crls,
            policies: case.policies.clone(),
            algorithms: AlgorithmPolicy {
                allow_sha1: other.is_some(),
            },
            other_algorithms: other,
            ..PathRequest::new(
                &self.certificates[&case.leaf],
                &anchors,
                Time::parse(AT).unwrap(),
            )
        }
        .judge()
    }
}

/// What the table asks for: passed or not; and failed, unless the list of exceptions says why the
/// case can only be indeterminate. An exception that is none any more is an error too.
pub(crate) fn differences(cases: &[Case], judge: impl Fn(&Case) -> PathReport) -> Vec<String> {
    let exceptions: BTreeMap<&str, &str> = INDETERMINATE
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut differences = Vec::new();
    let mut met = 0;
    for case in cases {
        let report = judge(case);
        let exception = exceptions.get(case.name.as_str());
        met += usize::from(exception.is_some());
        let expected = match (case.valid, exception) {
            (true, _) => Verdict::Passed,
            (false, None) => Verdict::Failed,
            (false, Some(_)) => Verdict::Indeterminate,
        };
        if report.outcome() != expected {
            let problems: Vec<_> = report
                .problems()
                .iter()
                .map(|one| format!("{}@{}", one.code.name(), one.certificate))
                .collect();
            differences.push(format!(
                "{}\texpected {}, is {}: {problems:?} {:?}",
                case.name,
                expected.name(),
                report.outcome().name(),
                report.revocation()
            ));
        }
    }
    if met != exceptions.len() {
        differences.push(format!("{} exceptions, {met} met", exceptions.len()));
    }
    differences
}

#[test]
fn every_case_of_the_suite() {
    let Some((folder, cases)) = cases() else {
        return;
    };
    let files = Files::read(&folder);
    let dsa = dsa::Dsa;
    let differences = differences(&cases, |case| {
        let other: Option<&dyn OtherAlgorithms> = case.is_dsa().then_some(&dsa);
        files.judge(case, other)
    });
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The same structures under SM2 keys, for which no suite is published.
#[test]
fn every_case_signed_again_with_sm2() {
    let Some((folder, cases)) = cases() else {
        return;
    };
    let files = resign::with_sm2(&Files::read(&folder));
    let cases: Vec<Case> = cases.into_iter().filter(|case| !case.is_dsa()).collect();
    assert_eq!(cases.len(), 243);
    let algorithms = files
        .certificates
        .values()
        .map(Certificate::signature_algorithm);
    let sm2 = algorithms.filter(|one| matches!(one, Ok(SignatureAlgorithm::Sm2Sm3)));
    assert_eq!(sm2.count(), files.certificates.len());
    let differences = differences(&cases, |case| files.judge(case, None));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn dsa_is_not_offered_by_the_library_itself() {
    let Some((folder, cases)) = cases() else {
        return;
    };
    let files = Files::read(&folder);
    let mut met = 0;
    for case in cases.iter().filter(|case| case.is_dsa()) {
        let report = files.judge(case, None);
        assert_eq!(report.outcome(), Verdict::Indeterminate, "{}", case.name);
        let mut codes = report.problems().iter().map(|one| one.code.name());
        assert!(
            codes.any(|code| code == "algorithm_not_offered"),
            "{}",
            case.name
        );
        met += 1;
    }
    assert_eq!(met, 3);
}
