//! What pyHanko and PDFBox do to a document that pyHanko signed: admitted, or reported exactly.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use yinxin::crypto::{SoftwareKey, to_pem};
use yinxin::pki::Certificate;
use yinxin::trust::AnchorRole;
use yinxin::verify::{CheckCode, LaterChange, Outcome, Policy, Reason, Report, Verifier};

use super::specimen::{International, write, write_certificate};
use super::{Oracles, scratch};
use crate::pdf_forgeries::unsigned_form;
use crate::pki::{not_passed, time, unsigned_pdf};

/// Two programs, the keys that they sign with, and a verifier that trusts these.
struct Bench {
    oracles: Oracles,
    folder: PathBuf,
    people: International,
    stamper: Certificate,
    keys: Vec<OsString>,
}

impl Bench {
    fn new(name: &str) -> Option<Self> {
        let oracles = Oracles::find()?;
        let folder = scratch(name);
        let people = International::new();
        // pyHanko's time stamper takes RSA keys only, which this library reads but does not make.
        let [tsa_key, tsa] = ["tsa-key.pem", "tsa.pem"].map(|name| folder.join(name));
        rsa_stamper(&oracles, &tsa_key, &tsa);
        let stamper = Certificate::from_pem_or_der(&std::fs::read(&tsa).unwrap())
            .unwrap()
            .remove(0);
        let key = |name: &str, key: &SoftwareKey| {
            let pem = to_pem("PRIVATE KEY", &key.to_pkcs8());
            write(&folder, name, pem.as_bytes())
        };
        let files = [
            ("--key", key("key.pem", &people.signer.key)),
            ("--tsa-key", tsa_key),
            (
                "--cert",
                write_certificate(&folder, "cert.pem", &people.signer.certificate),
            ),
            (
                "--root",
                write_certificate(&folder, "root.pem", &people.root.certificate),
            ),
            ("--tsa-cert", tsa),
        ];
        let keys = files
            .into_iter()
            .flat_map(|(flag, file)| [flag.into(), file.into_os_string()])
            .collect();
        Some(Self {
            oracles,
            folder,
            people,
            stamper,
            keys,
        })
    }

    /// Steps of pyHanko.
    fn pyhanko(&self, source: &Path, steps: &str) -> PathBuf {
        let target = self.target(source, steps);
        let mut arguments: Vec<OsString> = vec![source.into(), target.clone().into()];
        arguments.extend(steps.split(' ').map(OsString::from));
        arguments.extend(self.keys.iter().cloned());
        self.oracles
            .python("change_pdf.py", arguments)
            .assert_good();
        target
    }

    /// A step of PDFBox.
    fn pdfbox(&self, source: &Path, step: &str) -> PathBuf {
        let target = self.target(source, step);
        let arguments: [OsString; 3] = [source.into(), target.clone().into(), step.into()];
        self.oracles.java("ChangePdf", arguments).assert_good();
        target
    }

    fn target(&self, source: &Path, steps: &str) -> PathBuf {
        let stem = source.file_stem().unwrap().to_str().unwrap();
        self.folder
            .join(format!("{stem}-{}.pdf", steps.replace(' ', "-")))
    }

    fn judge(&self, policy: Policy, file: &Path) -> Report {
        Verifier::new(policy)
            .with_anchor(AnchorRole::Signer, self.people.root.certificate.clone())
            .with_anchor(AnchorRole::Tsa, self.stamper.clone())
            // Their signatures carry the time of the run.
            .verify(&std::fs::read(file).unwrap(), time("2034-01-01"))
    }

    /// Passed, with exactly these changes after the first signature.
    #[track_caller]
    fn passes(&self, file: &Path, kinds: &[&str]) {
        self.passes_under(Policy::basic(), file, kinds);
    }

    #[track_caller]
    fn passes_under(&self, policy: Policy, file: &Path, kinds: &[&str]) {
        let report = self.judge(policy, file);
        // The first by time; the form may list its field last.
        let lists = report.signatures.iter().map(|one| &one.coverage.changes);
        let changes = lists.max_by_key(|changes| changes.len()).unwrap();
        assert_eq!(
            report.outcome,
            Outcome::Passed,
            "{}: {:#?} {changes:#?}",
            file.display(),
            not_passed(&report)
        );
        let mut said: Vec<_> = changes
            .iter()
            .filter_map(|change| Some(change.rsplit_once(": ")?.1))
            // Dates and the like.
            .filter(|kind| *kind != "upkeep")
            .collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said, kinds, "{}: {changes:#?}", file.display());
    }

    #[track_caller]
    fn fails(&self, file: &Path, code: CheckCode, reason: Reason, kind: &str) {
        let report = self.judge(Policy::basic(), file);
        assert_eq!(report.outcome, Outcome::Failed, "{}", file.display());
        assert_eq!(report.headline, Some(code), "{:#?}", not_passed(&report));
        let check = report
            .all_checks()
            .find(|check| check.code == code)
            .unwrap();
        assert_eq!(check.reason, Some(reason));
        let changes = &report.signatures[0].coverage.changes;
        assert!(
            changes.iter().any(|change| change.ends_with(kind)),
            "{changes:#?}"
        );
    }
}

/// Makes a time stamp authority with an RSA key, which certifies itself.
pub(super) fn rsa_stamper(oracles: &Oracles, key: &Path, certificate: &Path) {
    let fixed = "req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=Example_Time -addext \
                 extendedKeyUsage=critical,timeStamping -addext keyUsage=digitalSignature";
    let mut arguments: Vec<OsString> = fixed.split(' ').map(OsString::from).collect();
    for (flag, file) in [("-keyout", key), ("-out", certificate)] {
        arguments.extend([flag.into(), file.into()]);
    }
    oracles.tool("openssl", arguments).assert_good();
}

#[test]
fn what_pyhanko_adds_to_a_license_passes() {
    let Some(bench) = Bench::new("changes-pyhanko") else {
        return;
    };
    let source = write(&bench.folder, "license.pdf", &unsigned_pdf());
    let once = bench.pyhanko(&source, "sign");
    bench.passes(&once, &[]);
    for (steps, kinds) in [
        ("sign", &["signature"][..]),
        ("sign-visible", &["signature"]),
        ("dss", &["evidence"]),
        ("stamp", &["time_stamp"]),
        ("dss stamp", &["evidence", "time_stamp"]),
        (
            "sign dss stamp dss stamp",
            &["evidence", "signature", "time_stamp"],
        ),
    ] {
        bench.passes(&bench.pyhanko(&once, steps), kinds);
    }
    // Certified, and then what the author permits.
    for (certify, steps, kinds) in [
        ("certify1", "dss stamp", &["evidence", "time_stamp"][..]),
        ("certify2", "sign", &["signature"]),
        ("certify3", "sign dss", &["evidence", "signature"]),
    ] {
        let certified = bench.pyhanko(&source, certify);
        bench.passes(&certified, &[]);
        bench.passes(&bench.pyhanko(&certified, steps), kinds);
    }
}

#[test]
fn forms_and_comments_of_pdfbox_are_judged_by_permission_and_policy() {
    let Some(bench) = Bench::new("changes-pdfbox") else {
        return;
    };
    let source = write(&bench.folder, "form.pdf", &unsigned_form());
    let [nothing, forms, comments] =
        ["certify1", "certify2", "certify3"].map(|certify| bench.pyhanko(&source, certify));
    let approved = bench.pyhanko(&source, "sign");
    for step in ["fill", "tick"] {
        bench.passes(&bench.pdfbox(&forms, step), &["form_fill"]);
        bench.passes(&bench.pdfbox(&comments, step), &["form_fill"]);
        let code = CheckCode::PdfPermission;
        bench.fails(
            &bench.pdfbox(&nothing, step),
            // Nobody permits it, and so the policy does not admit it either.
            CheckCode::PdfModification,
            Reason::ChangeNotAdmitted,
            "form_fill",
        );
        let report = bench.judge(Policy::basic(), &bench.pdfbox(&nothing, step));
        let denied = report
            .all_checks()
            .find(|check| check.code == code)
            .unwrap();
        assert_eq!(denied.reason, Some(Reason::PermissionDenied));
        let unasked = bench.pdfbox(&approved, step);
        let modification = CheckCode::PdfModification;
        bench.fails(
            &unasked,
            modification,
            Reason::ChangeNotAdmitted,
            "form_fill",
        );
        let any = Policy::basic().with_later_changes(&[LaterChange::FormFill]);
        bench.passes_under(any, &unasked, &["form_fill"]);
    }
    for step in ["note", "square"] {
        let commented = bench.pdfbox(&comments, step);
        let permitted = Policy::basic().with_later_changes(&[LaterChange::PermittedAnnotation]);
        bench.passes_under(permitted, &commented, &["annotation"]);
        let modification = CheckCode::PdfModification;
        bench.fails(
            &commented,
            modification,
            Reason::ChangeNotAdmitted,
            "annotation",
        );
    }
    let more = bench.pdfbox(&comments, "page");
    bench.fails(
        &more,
        CheckCode::PdfModification,
        Reason::ChangeRefused,
        "content_changed",
    );
    // The empty field of the form, signed as its author permits.
    let signed = bench.pyhanko(&forms, "sign-existing dss");
    bench.passes(&signed, &["evidence", "signature"]);
}
