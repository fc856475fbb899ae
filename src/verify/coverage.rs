//! Which files of an OFD package a signature covers, and whether that is all that is displayed.
//!
//! The tree is resolved from the *present* OFD.xml, so a switched DocRoot or an added version or
//! body shows as files that nothing covers (`contract` §1, Coverage).

use std::collections::BTreeSet;

use super::policy::Annexes;
use super::{Check, CheckCode, Outcome, Policy, Reason};
use crate::finding::{Finding, FindingCode};
use crate::ofd::{Document, Package, PackagePath, Role, SignatureList};

/// What the present document displays, by how much it matters that it is covered.
pub(super) struct Displayed {
    must: BTreeSet<PackagePath>,
    later_version: BTreeSet<PackagePath>,
    annex: BTreeSet<PackagePath>,
    entry_point: PackagePath,
    list: Option<PackagePath>,
    loose: BTreeSet<PackagePath>,
}

/// What one signature covers.
pub(super) struct Covered {
    /// The files it protects by a digest.
    pub(super) files: BTreeSet<PackagePath>,
    /// Whether all its own checks of integrity passed.
    pub(super) intact: Outcome,
}

impl Displayed {
    pub(super) fn of(
        package: &Package<'_>,
        document: &Document,
        list: Option<&SignatureList>,
        policy: &Policy,
    ) -> Self {
        let mut displayed = Self {
            must: BTreeSet::new(),
            later_version: BTreeSet::new(),
            annex: BTreeSet::new(),
            entry_point: document.entry_point.clone(),
            list: list.map(|list| list.path.clone()),
            loose: BTreeSet::new(),
        };
        for file in document
            .bodies
            .iter()
            .flat_map(|body| &body.files)
            .filter(|file| file.present)
        {
            if file.path == document.entry_point {
                continue;
            }
            let target = match file.role {
                Role::Version => &mut displayed.later_version,
                role if admitted_uncovered(role, policy.annexes()) => &mut displayed.annex,
                _ => &mut displayed.must,
            };
            target.insert(file.path.clone());
        }
        displayed.loose = package
            .paths()
            .filter(|path| !displayed.reaches(path) && !is_signature_file(path, list))
            .cloned()
            .collect();
        displayed
    }

    fn reaches(&self, path: &PackagePath) -> bool {
        *path == self.entry_point
            || self.must.contains(path)
            || self.later_version.contains(path)
            || self.annex.contains(path)
    }

    /// Everything present that this signature does not cover, for its report.
    pub(super) fn uncovered_by(&self, covered: &BTreeSet<PackagePath>) -> Vec<String> {
        let own = [Some(&self.entry_point), self.list.as_ref()]
            .into_iter()
            .flatten();
        own.chain(&self.must)
            .chain(&self.later_version)
            .chain(&self.annex)
            .chain(&self.loose)
            .filter(|path| !covered.contains(*path))
            .map(|path| path.as_str().to_owned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn missing_from<'a>(
        &'a self,
        covered: &'a BTreeSet<PackagePath>,
    ) -> impl Iterator<Item = &'a PackagePath> {
        self.must
            .iter()
            .chain(&self.later_version)
            .filter(|path| !covered.contains(*path))
    }

    /// The document's checks: does an intact signature cover all that is displayed, and is what
    /// is displayed what was signed?
    pub(super) fn checks(&self, signatures: &[Covered]) -> Vec<Check> {
        let best = signatures.iter().max_by_key(|covered| {
            let missing = self.missing_from(&covered.files).count();
            (missing == 0, covered.intact, std::cmp::Reverse(missing))
        });
        let Some(best) = best else { return Vec::new() };
        let missing: Vec<_> = self
            .missing_from(&best.files)
            .map(PackagePath::as_str)
            .collect();
        let coverage = if !missing.is_empty() {
            Check::failed(CheckCode::CoverageDocument, Reason::Uncovered)
                .with_list("files", &missing)
        } else {
            match best.intact {
                Outcome::Passed => Check::passed(CheckCode::CoverageDocument),
                Outcome::Indeterminate => {
                    Check::indeterminate(CheckCode::CoverageDocument, Reason::NoCoveringSignature)
                }
                Outcome::Failed => {
                    Check::failed(CheckCode::CoverageDocument, Reason::NoCoveringSignature)
                }
            }
        };
        let later: Vec<_> = self
            .later_version
            .iter()
            .filter(|path| !best.files.contains(*path))
            .map(PackagePath::as_str)
            .collect();
        let unchanged = if later.is_empty() {
            Check::passed(CheckCode::DocumentChangedAfterSigning)
        } else {
            Check::failed(CheckCode::DocumentChangedAfterSigning, Reason::LaterVersion)
                .with_list("files", later)
        };
        // Without an intact signature nothing tells whether something changed.
        if best.intact == Outcome::Passed {
            vec![coverage, unchanged]
        } else {
            vec![coverage]
        }
    }

    /// What another signature covers and an intact one does not: it was added after that one, or
    /// was never meant.
    fn partial<'a>(&'a self, signatures: &'a [Covered]) -> impl Iterator<Item = Finding> + 'a {
        let by_another = |path: &PackagePath| {
            let covers = |covered: &Covered| covered.files.contains(path);
            signatures.iter().any(covers)
        };
        let intact = signatures
            .iter()
            .enumerate()
            .filter(|(_, covered)| covered.intact == Outcome::Passed);
        intact.flat_map(move |(index, covered)| {
            self.missing_from(&covered.files)
                .filter(move |path| by_another(path))
                .map(move |path| {
                    Finding::new(
                        FindingCode::PartialCoverage,
                        format!("signatures[{index}]{}", path.as_str()),
                    )
                })
        })
    }

    /// Remarks on what no intact signature covers although it need not be.
    pub(super) fn findings(&self, signatures: &[Covered]) -> Vec<Finding> {
        let intact: Vec<_> = signatures
            .iter()
            .filter(|covered| covered.intact == Outcome::Passed)
            .collect();
        if intact.is_empty() {
            return Vec::new();
        }
        let free =
            |path: &&PackagePath| !intact.iter().any(|covered| covered.files.contains(*path));
        let remark = |code| move |path: &PackagePath| Finding::new(code, path.as_str());
        let entry_point = std::iter::once(&self.entry_point)
            .filter(free)
            .map(remark(FindingCode::EntryPointUncovered));
        let list = self
            .list
            .iter()
            .filter(free)
            .map(remark(FindingCode::SignatureListUncovered));
        let annex = self
            .annex
            .iter()
            .filter(free)
            .map(remark(FindingCode::AnnexUncovered));
        let loose = self
            .loose
            .iter()
            .filter(free)
            .map(remark(FindingCode::LooseFiles));
        entry_point
            .chain(list)
            .chain(annex)
            .chain(loose)
            .chain(self.partial(signatures))
            .collect()
    }
}

/// Whether the policy admits that files of this role are not covered. Annotations may paint over
/// a page; attachments, tags and extensions are not painted by it.
fn admitted_uncovered(role: Role, annexes: Annexes) -> bool {
    match role {
        Role::Annotations | Role::AnnotationPage => annexes == Annexes::Free,
        Role::Attachments
        | Role::Attachment
        | Role::CustomTags
        | Role::CustomTagFile
        | Role::CustomTagSchema
        | Role::Extensions
        | Role::ExtensionData
        | Role::Cover => annexes != Annexes::Covered,
        _ => false,
    }
}

/// Files that the act of signing brings along, which their own signature cannot cover.
fn is_signature_file(path: &PackagePath, list: Option<&SignatureList>) -> bool {
    list.is_some_and(|list| {
        *path == list.path
            || list
                .entries
                .iter()
                .filter_map(|entry| entry.file.as_ref().ok())
                .any(|file| {
                    *path == file.path
                        || *path == file.signed_value
                        || Some(path) == file.seal.as_ref()
                })
    })
}
