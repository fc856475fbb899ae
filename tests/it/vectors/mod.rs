//! Vectors of verification: inputs that have one thing about them, made by code from fixed keys,
//! times and nonces, each with the whole report it must get.
//!
//! The reports stand in `tests/vectors/verify/<family>/<name>.<layout>.jsonl`, one canonical report
//! a line, one line for each policy of the vector. They pin the bytes of the inputs too, since a
//! report holds their digests. After a wanted change write them anew, and read what changed:
//!
//! ```sh
//! YINXIN_BLESS=1 cargo test --test it vectors
//! ```
//!
//! For other programs and other faces of the library, the inputs with a manifest:
//!
//! ```sh
//! YINXIN_VECTORS=/some/folder cargo test --test it vectors
//! ```

mod container;
mod coverage;
mod encoding;
mod export;
pub(crate) mod integrity;
mod listing;
mod message;
mod seal_rules;
mod signature_rules;
mod signers;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use yinxin::pki::{Certificate, Crl};
use yinxin::ses::Layout;
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, Outcome, Policy, Report, Verifier};
use yinxin::{FindingClass, FindingCode};

use crate::pki::{JUDGED_AT, world};

/// An input and how it is judged.
pub(crate) struct Case {
    bytes: Vec<u8>,
    /// What is signed, where it stands beside the signature.
    content: Option<Vec<u8>>,
    policies: Vec<Policy>,
    at: &'static str,
    crls: Vec<Crl>,
    /// Anchors beside the two roots.
    anchors: Vec<(AnchorRole, Certificate)>,
    signer_certificates: Vec<Certificate>,
}

impl Case {
    /// Judged under `basic` two days after it was sealed.
    fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            content: None,
            policies: vec![Policy::basic()],
            at: JUDGED_AT,
            crls: Vec::new(),
            anchors: Vec::new(),
            signer_certificates: Vec::new(),
        }
    }

    /// Judged under `basic` and under `basic` with strict reading.
    fn tolerated(bytes: Vec<u8>) -> Self {
        Self::new(bytes).under(&[Policy::basic(), Policy::basic().strict()])
    }

    fn under(mut self, policies: &[Policy]) -> Self {
        self.policies = policies.to_vec();
        self
    }

    fn at(mut self, time: &'static str) -> Self {
        self.at = time;
        self
    }

    fn with_crls(mut self, crls: &[&Crl]) -> Self {
        self.crls = crls.iter().map(|crl| (*crl).clone()).collect();
        self
    }

    fn with_anchor(mut self, role: AnchorRole, certificate: &Certificate) -> Self {
        self.anchors.push((role, certificate.clone()));
        self
    }

    fn with_signer_certificate(mut self, certificate: &Certificate) -> Self {
        self.signer_certificates.push(certificate.clone());
        self
    }

    /// The roots of signers and makers, and what the case adds.
    fn anchors(&self) -> Vec<(AnchorRole, Certificate)> {
        let world = world();
        let mut anchors = vec![
            (
                AnchorRole::Signer,
                world.signer_authority.certificate.clone(),
            ),
            (AnchorRole::Maker, world.maker_authority.certificate.clone()),
        ];
        anchors.extend(self.anchors.iter().cloned());
        anchors
    }

    fn verifier(&self, policy: &Policy) -> Verifier {
        let mut verifier = Verifier::new(policy.clone());
        for (role, certificate) in self.anchors() {
            verifier = verifier.with_anchor(role, certificate);
        }
        for crl in &self.crls {
            verifier = verifier.with_crl(crl.clone());
        }
        for certificate in &self.signer_certificates {
            verifier = verifier.with_signer_certificate(certificate.clone());
        }
        verifier
    }

    /// One report a policy.
    fn judge(&self) -> Vec<Report> {
        let at = crate::pki::time(self.at);
        let judged = self.policies.iter().map(|policy| {
            let verifier = self.verifier(policy);
            match &self.content {
                None => verifier.verify(&self.bytes, at),
                Some(content) => verifier.verify_detached(&self.bytes, content, at),
            }
        });
        judged.collect()
    }
}

/// A case with its name and the one thing about it.
pub(crate) struct Vector {
    name: String,
    about: String,
    case: Case,
}

impl Vector {
    fn new(module: &str, name: &str, about: &str, layout: Layout, case: Case) -> Self {
        let family = module.rsplit("::").next().unwrap();
        let year = year(layout);
        Self {
            name: format!("{family}/{name}.{year}"),
            about: about.split_whitespace().collect::<Vec<_>>().join(" "),
            case,
        }
    }

    fn expected_file(&self) -> PathBuf {
        folder().join(format!("{}.jsonl", self.name))
    }
}

fn year(layout: Layout) -> &'static str {
    match layout {
        Layout::Gmt0031_2014 => "2014",
        Layout::Gbt38540_2020 => "2020",
        Layout::Gmt0031_2025 => "2025",
        _ => panic!("a layout without a year"),
    }
}

/// Every layout.
const ALL: &[Layout] = &[
    Layout::Gmt0031_2014,
    Layout::Gbt38540_2020,
    Layout::Gmt0031_2025,
];
/// Those since 2020, where the field in question exists.
const SINCE_2020: &[Layout] = &[Layout::Gbt38540_2020, Layout::Gmt0031_2025];
/// 2014 alone.
const ONLY_2014: &[Layout] = &[Layout::Gmt0031_2014];
/// 2025 alone.
const ONLY_2025: &[Layout] = &[Layout::Gmt0031_2025];
/// What has nothing to do with the layout is shown on one.
const ANY: &[Layout] = &[Layout::Gbt38540_2020];

/// The vectors of a family: each a name, its layouts, and a block that makes its case. The
/// docstring says what alone is wrong, and goes into the manifest.
macro_rules! vectors {
    ($($(#[doc = $doc:literal])+ fn $name:ident($layout:ident in $layouts:ident) $make:block)+) => {
        pub(super) fn all() -> Vec<super::Vector> {
            let mut all = Vec::new();
            $(for layout in super::$layouts {
                let make = |$layout: yinxin::ses::Layout| -> super::Case { $make };
                all.push(super::Vector::new(
                    module_path!(),
                    stringify!($name),
                    concat!($($doc),+),
                    *layout,
                    make(*layout),
                ));
            })+
            all
        }
    };
}
use vectors;

/// Every vector there is.
pub(crate) fn all() -> &'static [Vector] {
    static VECTORS: OnceLock<Vec<Vector>> = OnceLock::new();
    VECTORS.get_or_init(make)
}

fn make() -> Vec<Vector> {
    [
        container::all(),
        integrity::all(),
        coverage::all(),
        encoding::all(),
        listing::all(),
        message::all(),
        seal_rules::all(),
        signature_rules::all(),
        signers::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/verify")
}

/// Every vector gets the whole report that is committed for it, and no other report is there.
#[test]
fn every_report_is_the_committed_one() {
    let bless = std::env::var_os("YINXIN_BLESS").is_some();
    let vectors = all();
    if bless {
        let _ = std::fs::remove_dir_all(folder());
    }
    let mut wrong = Vec::new();
    for vector in vectors {
        let reports: String = vector
            .case
            .judge()
            .iter()
            .map(|report| report.to_json() + "\n")
            .collect();
        let file = vector.expected_file();
        if bless {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &reports).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != reports {
            wrong.push(format!("{}\n{reports}", vector.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "not as committed (see the head of tests/it/vectors/mod.rs):\n{}",
        wrong.join("\n")
    );
    let names: Vec<_> = vectors.iter().map(Vector::expected_file).collect();
    let made: BTreeSet<_> = names.iter().cloned().collect();
    assert_eq!(made.len(), names.len(), "two vectors share a name");
    assert_eq!(committed(&folder()), made);
}

/// The committed files.
fn committed(folder: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(committed(&path));
        } else {
            files.insert(path);
        }
    }
    files
}

/// A tolerated defect passes with exactly one finding of class *defect*, and fails strictly; so no
/// vector is about two things.
#[test]
fn a_tolerated_defect_is_one_finding_and_fails_strictly() {
    let mut shown = BTreeSet::new();
    for vector in all() {
        let [interop, strict] = &vector.case.judge()[..] else {
            continue;
        };
        if !strict.policy.name.ends_with("+strict") {
            continue;
        }
        let name = &vector.name;
        let defects: BTreeSet<FindingCode> = interop
            .findings
            .iter()
            .map(|finding| finding.code)
            .filter(|code| code.class() == FindingClass::Defect)
            .collect();
        assert_ne!(interop.outcome, Outcome::Failed, "{name}");
        if defects.is_empty() {
            // A remark: strict reading has nothing against it.
            assert_eq!(strict.outcome, interop.outcome, "{name}");
            continue;
        }
        assert_eq!(defects.len(), 1, "{name}: {defects:?}");
        assert_eq!(strict.outcome, Outcome::Failed, "{name}");
        shown.extend(defects);
    }
    let missing: Vec<_> = FindingCode::ALL
        .iter()
        .filter(|code| code.class() == FindingClass::Defect && !shown.contains(code))
        .map(|code| code.name())
        .filter(|name| !NOT_IN_OFD.contains(name))
        .collect();
    assert!(missing.is_empty(), "no vector shows {missing:?}");
}

/// Defects inside a time stamp's token or of license data, shown beside the code that reads those.
const NOT_IN_OFD: &[&str] = &[
    "license.identifier_vendor_variant",
    "timestamp.authority_name",
    "timestamp.version",
];

/// What takes seals and signatures apart adds nothing of its own: signed again unspoilt, they are
/// the bytes that the library writes.
#[test]
fn an_unspoilt_signature_is_the_librarys() {
    for layout in ALL {
        let sealed = crate::pki::Sealed::of(*layout);
        let file = sealed.archive.find("SignedValue.dat");
        let signature = sealed
            .signature()
            .sign(&world().signer.key, &crate::pki::as_bits);
        assert_eq!(signature, sealed.archive.get(&file));
        let seal = crate::pki::RawSeal::of(*layout).sign(&world().maker.key, &crate::pki::as_bits);
        assert_eq!(seal, sealed.archive.get(&sealed.archive.find("Seal.esl")));
    }
}

/// Every check on a seal, a signature or what an OFD covers has a vector that it does not pass.
#[test]
fn every_check_refuses_some_vector() {
    let mut refusing = BTreeSet::new();
    for report in all().iter().flat_map(|vector| vector.case.judge()) {
        let open = report
            .all_checks()
            .filter(|check| check.outcome != Outcome::Passed);
        refusing.extend(open.map(|check| check.code));
        refusing.extend(report.not_checked.iter().map(|entry| entry.code));
    }
    let elsewhere = [
        "pdf.",
        "license.",
        "authority.",
        "integrity.",
        "path.algorithm",
        // See `trust_lists`.
        "time.clock",
    ];
    let missing: Vec<_> = CheckCode::ALL
        .iter()
        .filter(|code| !refusing.contains(code))
        .map(|code| code.name())
        .filter(|name| !elsewhere.iter().any(|prefix| name.starts_with(prefix)))
        .collect();
    assert!(missing.is_empty(), "no vector shows {missing:?}");
}
