//! The steps on an OFD package: container, signatures, coverage, license data, integrity list.

use std::collections::BTreeSet;

use super::algorithm::{self, CheckMethod};
use super::authority::Signatures;
use super::clause;
use super::content::Content;
use super::coverage::{Covered, Displayed};
use super::digests::Digests;
use super::integrity;
use super::judged::{Judged, strictly, unreadable};
use super::license::{self, Source};
use super::message;
use super::relations;
use super::report::{CoverageFacts, SignatureKind, SignatureReport};
use super::seal_signature::{self, SignatureVerdict, Surroundings};
use super::verifier::DocumentVerdict;
use super::{Check, CheckCode, Outcome, Reason, Verifier};
use crate::crypto::{DigestAlgorithm, Sm2Digests, Sm2Message};
use crate::error::ErrorKind;
use crate::finding::{Finding, FindingCode};
use crate::license::Claims;
use crate::ofd::{Document, Package, PackagePath, SignatureEntry, SignatureFile, SignatureList};
use crate::ses::{self, BlobKind, SesSignature};
use crate::time::Time;

/// The checks that must have passed before a signature may speak for the bytes it covers.
const INTACT: &[CheckCode] = &[
    CheckCode::SignatureReferences,
    CheckCode::SignatureDigest,
    CheckCode::SignatureValue,
    CheckCode::SignatureAlgorithm,
    CheckCode::SealFormat,
    CheckCode::SealMakerSignature,
    CheckCode::SealEmbeddedEqual,
    CheckCode::SealSignatureSignerListed,
];

/// An attachment larger than this is no license data: a license has some kilobytes.
const MAX_ATTACHED: usize = 1 << 20;

/// Attachments that are looked at for license data.
const MAX_ATTACHMENTS: usize = 256;

pub(super) fn judge(verifier: &Verifier, package: &Package<'_>, at: Time) -> DocumentVerdict {
    let mut verdict = DocumentVerdict::default();
    let document = match Document::read(package) {
        Ok(document) => document,
        Err(error) => return verdict.with(container(&error)),
    };
    verdict.judged.note(package.findings().iter().cloned());
    verdict.judged.note(document.findings.iter().cloned());
    let faults = document.bodies.iter().flat_map(|body| &body.faults);
    let faults: Vec<_> = faults
        .map(|fault| container(&fault.error).with("entry", fault.path.as_str()))
        .collect();
    if faults.is_empty() {
        verdict
            .judged
            .push(Check::passed(CheckCode::ContainerFormat));
        verdict
            .judged
            .push(Check::passed(CheckCode::ContainerAmbiguous));
    }
    verdict.judged.checks.extend(faults);

    integrity::judge(verifier, package, at, &mut verdict.judged);
    let lists = signature_lists(package, &document, &mut verdict.judged);
    let digests = Digests::of(package);
    let mut covered = Vec::new();
    for entry in lists.iter().flat_map(|list| &list.entries) {
        let (report, files, judged) = signature(verifier, package, &digests, entry, at);
        let intact = judged.worst_of(INTACT).unwrap_or(Outcome::Failed);
        covered.push(Covered { files, intact });
        verdict.add(report, judged);
    }

    let order = relations::judge(&lists, &mut verdict.signatures, &covered);
    verdict.judged.note(order);
    let displayed = Displayed::of(package, &document, lists.first(), verifier.policy());
    for (report, covered) in verdict.signatures.iter_mut().zip(&covered) {
        report.coverage.uncovered = displayed.uncovered_by(&covered.files);
    }
    for check in displayed.checks(&covered) {
        verdict
            .judged
            .push(check.clause(clause::of_ofd(CheckCode::CoverageDocument)));
    }
    verdict.judged.note(displayed.findings(&covered));

    let good: Vec<_> = verdict
        .signatures
        .iter()
        .zip(&covered)
        .map(|(report, covered)| {
            covered.intact == Outcome::Passed && report.outcome != Outcome::Failed
        })
        .collect();
    let sources = sources(package, &document, &covered, &good);
    let stated = license::is_stated(&sources);
    verdict
        .judged
        .push(signed_at_all(package, &lists, &verdict.signatures, stated));
    let signatures = Signatures {
        verifier,
        reports: &verdict.signatures,
        vouched: &verdict.vouched,
        evaluated_at: at,
    };
    let license = license::judge(sources, None, &signatures);
    verdict.license(license);
    verdict
}

/// The check that a container which cannot be read amounts to.
pub(super) fn container(error: &crate::Error) -> Check {
    let code = match error.kind() {
        ErrorKind::Ambiguous => CheckCode::ContainerAmbiguous,
        _ => CheckCode::ContainerFormat,
    };
    unreadable(code, error)
}

/// Stripping the signatures from a license is the cheapest forgery. A time stamp is no signature.
pub(super) fn signed(signatures: &[SignatureReport], license_stated: bool) -> Check {
    let code = CheckCode::DocumentSigned;
    let is_signature = |report: &SignatureReport| report.kind != SignatureKind::Timestamp;
    match (signatures.iter().any(is_signature), license_stated) {
        (true, _) => Check::passed(code),
        (false, true) => Check::failed(code, Reason::SignatureStripped),
        (false, false) => Check::indeterminate(code, Reason::NotSigned),
    }
}

/// As [`signed`]; and where no list leads to a signature that is in the package all the same, it
/// was cut off, which one changed byte does.
fn signed_at_all(
    package: &Package<'_>,
    lists: &[SignatureList],
    signatures: &[SignatureReport],
    license_stated: bool,
) -> Check {
    let listed = lists.iter().any(|list| !list.entries.is_empty());
    let unlisted = (!listed).then(|| unlisted_signature(package)).flatten();
    let Some(unlisted) = unlisted else {
        return signed(signatures, license_stated);
    };
    let check = Check::failed(CheckCode::DocumentSigned, Reason::SignatureStripped)
        .with("entry", unlisted.as_str());
    match lists.first() {
        Some(list) => check.with("list", list.path.as_str()),
        None => check,
    }
}

/// A file that describes a signature, by its content.
fn unlisted_signature<'p>(package: &'p Package<'_>) -> Option<&'p PackagePath> {
    let is_xml = |path: &&PackagePath| path.as_str().to_ascii_lowercase().ends_with(".xml");
    let mut files = package.paths().filter(is_xml);
    files.find(|path| SignatureFile::read(package, path).is_ok())
}

fn signature_lists(
    package: &Package<'_>,
    document: &Document,
    judged: &mut Judged,
) -> Vec<SignatureList> {
    let mut lists = Vec::new();
    let mut seen = BTreeSet::new();
    for path in document
        .bodies
        .iter()
        .filter_map(|body| body.signatures.as_ref())
    {
        // An empty document that was prepared for signing names a list that is not there yet.
        if !seen.insert(path) || !package.contains(path) {
            continue;
        }
        match SignatureList::read(package, path) {
            Ok(list) => {
                judged.note(list.findings.iter().cloned());
                lists.push(list);
            }
            Err(error) => judged.push(container(&error).with("entry", path.as_str())),
        }
    }
    lists
}

fn signature(
    verifier: &Verifier,
    package: &Package<'_>,
    digests: &Digests<'_, '_>,
    entry: &SignatureEntry,
    at: Time,
) -> (SignatureReport, BTreeSet<PackagePath>, Judged) {
    let file = match &entry.file {
        Ok(file) => file,
        Err(error) => {
            let mut judged = Judged::default();
            judged.push(unreadable(CheckCode::SignatureReferences, error));
            return (
                empty_report(SignatureKind::Signature),
                BTreeSet::new(),
                judged,
            );
        }
    };
    let mut judged = Judged::default();
    judged.note(file.findings.iter().cloned());
    let bytes = package.read(&file.signed_value);
    let value = bytes.as_deref().map(SignedValue::read);
    let messages = value.as_ref().map_or(Vec::new(), |v| v.messages(verifier));
    let mut coverage = CoverageFacts::default();
    let signed = references(
        verifier,
        digests,
        file,
        messages,
        &mut coverage,
        &mut judged,
    );

    let (mut report, value) = match &value {
        Err(error) => {
            judged.push(
                unreadable(CheckCode::SignatureValue, error)
                    .with("entry", file.signed_value.as_str()),
            );
            (empty_report(SignatureKind::Signature), Judged::default())
        }
        Ok(value) => signed_value(verifier, package, file, value, signed, at),
    };
    judged.extend(value);
    for check in &mut judged.checks {
        check.clause = check.clause.or_else(|| clause::of_ofd(check.code));
    }
    report.coverage = coverage;
    let files = file
        .references
        .iter()
        .map(|reference| reference.path.clone())
        .collect();
    (report, files, judged)
}

/// SignedValue.dat, told by its content, not by the type that the list claims.
enum SignedValue<'a> {
    Seal(crate::Result<Box<SesSignature>>),
    Cms(&'a [u8]),
    Bare(&'a [u8]),
    Unknown,
}

impl<'a> SignedValue<'a> {
    fn read(bytes: &'a [u8]) -> Self {
        match ses::recognize(bytes) {
            BlobKind::SealSignature => Self::Seal(SesSignature::from_der(bytes).map(Box::new)),
            BlobKind::Cms => Self::Cms(bytes),
            BlobKind::BareSignature => Self::Bare(bytes),
            _ => Self::Unknown,
        }
    }

    /// What SM2 values in it are over.
    fn messages(&self, verifier: &Verifier) -> Vec<Sm2Message<'_>> {
        match self {
            Self::Seal(Ok(signature)) => seal_signature::sm2_messages(verifier, signature),
            _ => Vec::new(),
        }
    }
}

/// Every listed file against its digest. Digests of `messages` are computed along with theirs.
fn references<'m>(
    verifier: &Verifier,
    digests: &Digests<'_, '_>,
    file: &SignatureFile,
    messages: Vec<Sm2Message<'m>>,
    coverage: &mut CoverageFacts,
    judged: &mut Judged,
) -> Sm2Digests<'m> {
    let code = CheckCode::SignatureReferences;
    let Some(method) = check_method(file, judged) else {
        return Sm2Digests::default();
    };
    if let Some(check) = algorithm::weak_digest(verifier.policy(), method) {
        judged.push(check);
    }
    if file.references.is_empty() {
        judged.push(Check::failed(code, Reason::NothingReferenced));
        return Sm2Digests::default();
    }
    let paths = file.references.iter().map(|reference| &reference.path);
    let signed = digests.prepare(paths, method, messages);
    let mut missing = Vec::new();
    for reference in &file.references {
        match digests.get(&reference.path, method) {
            Ok(digest) if digest.as_bytes() == reference.check_value => {}
            Ok(_) => coverage.changes.push(reference.path.as_str().to_owned()),
            Err(_) => missing.push(reference.path.as_str().to_owned()),
        }
    }
    let check = if !coverage.changes.is_empty() {
        Check::failed(code, Reason::DigestDiffers).with_list("files", &coverage.changes)
    } else if !missing.is_empty() {
        Check::failed(code, Reason::PartMissing).with_list("files", &missing)
    } else {
        Check::passed(code).with("files", file.references.len())
    };
    let check = strictly(verifier.policy(), check, &judged.findings);
    judged.push(check.with("digest", method.name()));
    coverage.changes.extend(missing);
    signed
}

/// The digest method that the list names, if it is one to compute.
fn check_method(file: &SignatureFile, judged: &mut Judged) -> Option<DigestAlgorithm> {
    let code = CheckCode::SignatureAlgorithm;
    let check = match algorithm::check_method(file.check_method.as_deref()) {
        CheckMethod::Known { digest, alias } => {
            if alias {
                judged.note([Finding::new(FindingCode::DigestAlias, file.path.as_str())]);
            }
            return Some(digest);
        }
        CheckMethod::Refused(reason) => Check::failed(code, reason),
        CheckMethod::Unknown => Check::indeterminate(code, Reason::AlgorithmUnknown),
    };
    judged.push(check.with("check_method", file.check_method.as_deref().unwrap_or("")));
    None
}

fn signed_value(
    verifier: &Verifier,
    package: &Package<'_>,
    file: &SignatureFile,
    value: &SignedValue<'_>,
    digests: Sm2Digests<'_>,
    at: Time,
) -> (SignatureReport, Judged) {
    let pieces = [file.bytes.as_slice()];
    let content = Content::Pieces(&pieces);
    let verdict = match value {
        SignedValue::Seal(Ok(signature)) => {
            let around = Surroundings {
                stamped: None,
                digests,
            };
            let mut verdict = seal_signature::judge(verifier, signature, &content, &around, at);
            embedded_seal(package, file, signature, &mut verdict.judged);
            verdict
                .judged
                .note(protects_elsewhere(file, signature.property_info()));
            method_agrees(file, signature.algorithm(), &mut verdict.judged);
            verdict
        }
        SignedValue::Seal(Err(error)) => broken(
            SignatureKind::Seal,
            unreadable(CheckCode::SealFormat, error),
        ),
        SignedValue::Cms(bytes) => message::judge(verifier, bytes, &content, at),
        SignedValue::Bare(bytes) => message::judge_bare(verifier, bytes, &content, at),
        SignedValue::Unknown => broken(
            SignatureKind::Signature,
            Check::failed(CheckCode::SignatureValue, Reason::Malformed)
                .with("entry", file.signed_value.as_str()),
        ),
    };
    (verdict.report, verdict.judged)
}

/// SignatureMethod names the same algorithm as the value.
fn method_agrees(file: &SignatureFile, oid: crate::asn1::Oid, judged: &mut Judged) {
    if let Some(method) = &file.signature_method
        && let Some(check) = algorithm::method_disagrees(method, oid)
    {
        judged.push(check);
    }
}

/// `propertyInfo` that is a path must be this file's (GB/T 38540-2020 7.1: it holds the protected
/// range); what else it says has no fixed form.
fn protects_elsewhere(file: &SignatureFile, property_info: &[u8]) -> Option<Finding> {
    let text = std::str::from_utf8(property_info).ok()?.trim();
    let is_path = text.to_ascii_lowercase().ends_with(".xml") && !text.contains(['{', '<']);
    let same = text
        .trim_start_matches('/')
        .eq_ignore_ascii_case(file.path.as_str().trim_start_matches('/'));
    (is_path && !same)
        .then(|| Finding::new(FindingCode::PropertyInfoElsewhere, "toSign.propertyInfo"))
}

/// The seal's own file, where there is one, must be the seal in the signature.
fn embedded_seal(
    package: &Package<'_>,
    file: &SignatureFile,
    signature: &SesSignature,
    judged: &mut Judged,
) {
    let code = CheckCode::SealEmbeddedEqual;
    let Some(path) = &file.seal else { return };
    let check = match package.read(path) {
        Ok(bytes) if *bytes == *signature.seal().raw() => Check::passed(code),
        Ok(_) => Check::failed(code, Reason::SealsDiffer),
        Err(error) => unreadable(code, &error),
    };
    judged.push(check.with("entry", path.as_str()));
}

fn broken(kind: SignatureKind, check: Check) -> SignatureVerdict {
    let mut judged = Judged::default();
    judged.push(check);
    SignatureVerdict {
        report: empty_report(kind),
        judged,
    }
}

/// A report of a signature of which nothing can be told.
pub(super) fn empty_report(kind: SignatureKind) -> SignatureReport {
    SignatureReport {
        index: 0,
        kind,
        standard: None,
        algorithm: None,
        signer: None,
        seal: None,
        signed_at: None,
        time_source: None,
        coverage: CoverageFacts::default(),
        outcome: Outcome::Failed,
        checks: Vec::new(),
    }
}

/// Where the package states license data.
fn sources(
    package: &Package<'_>,
    document: &Document,
    covered: &[Covered],
    good: &[bool],
) -> Vec<Source> {
    let covering = |paths: &[&PackagePath]| -> Vec<usize> {
        covered
            .iter()
            .zip(good)
            .enumerate()
            .filter(|(_, (covered, good))| {
                **good && paths.iter().all(|path| covered.files.contains(*path))
            })
            .map(|(index, _)| index)
            .collect()
    };
    let mut sources = Vec::new();
    for body in &document.bodies {
        let pairs = body
            .info
            .custom_data
            .iter()
            .map(|data| (&*data.name, &*data.value));
        if let Ok(claims) = Claims::from_custom_data(pairs) {
            sources.push(Source {
                name: "custom-data",
                claims,
                covered_by: covering(&[&document.entry_point]),
                twice: false,
            });
        }
        for view in &body.views {
            let duplicates = view.duplicate_attachment_names();
            let attachments = view
                .attachments
                .iter()
                .filter(|attachment| attachment.present);
            for attachment in attachments.take(MAX_ATTACHMENTS) {
                let Some(claims) = attached_claims(package, &attachment.path) else {
                    continue;
                };
                sources.push(Source {
                    name: "attachment",
                    claims,
                    covered_by: covering(&[&attachment.path]),
                    twice: duplicates.contains(&attachment.name.as_str()),
                });
            }
            for tags in &view.tags {
                let texts = tags.texts.iter();
                let pairs = texts.filter_map(|tag| Some((tag.name.as_str(), tag.text.as_deref()?)));
                let pairs: Vec<_> = pairs.collect();
                let pages = view
                    .pages
                    .iter()
                    .chain(&view.templates)
                    .map(|page| &page.path);
                let parts: Vec<_> = pages.chain([&tags.path]).collect();
                if let Ok(claims) = Claims::from_page(pairs) {
                    sources.push(Source {
                        name: "page",
                        claims,
                        covered_by: covering(&parts),
                        twice: false,
                    });
                }
                let data = tags
                    .custom_data
                    .iter()
                    .map(|data| (&*data.name, &*data.value));
                if let Ok(claims) = Claims::from_custom_data(data) {
                    sources.push(Source {
                        name: "custom-tag",
                        claims,
                        covered_by: covering(&[&tags.path]),
                        twice: false,
                    });
                }
            }
        }
    }
    sources
}

/// An attached JSON file that states license data; anything else is not a source.
fn attached_claims(package: &Package<'_>, path: &PackagePath) -> Option<Claims> {
    if package.size_of(path) > MAX_ATTACHED {
        return None;
    }
    let bytes = package.read(path).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    Claims::from_json(text)
        .ok()
        .filter(|claims| !claims.is_empty())
}
