//! The steps on a PDF: container, byte ranges, signatures, later revisions, license data of the
//! revision that was signed.

use std::collections::BTreeMap;

use super::authority::Signatures;
use super::clause;
use super::content::Content;
use super::judged::{Judged, unreadable};
use super::license::{self, Source};
use super::message;
use super::ofd::{container, empty_report, signed};
use super::pdf_changes::{self, LaterChanges};
use super::pdf_store;
use super::report::SignatureKind;
use super::seal_signature::{self, SignatureVerdict, Surroundings};
use super::signing_time::{Said, TimeSource};
use super::timestamp;
use super::verifier::DocumentVerdict;
use super::{Check, CheckCode, Outcome, Reason, Verifier};
use crate::asn1::{Reader, named};
use crate::error::ErrorKind;
use crate::finding::{Finding, FindingCode};
use crate::license::Claims;
use crate::pdf::{ClaimedTime, Document, Signature, SignedRange, View};
use crate::pki::cms::SignedData;
use crate::ses::{self, BlobKind, SesSignature};
use crate::time::Time;

/// The checks that must have passed before a signature may speak for its revision.
const INTACT: &[CheckCode] = &[
    CheckCode::PdfByteRange,
    CheckCode::PdfRevision,
    CheckCode::SignatureDigest,
    CheckCode::SignatureValue,
    CheckCode::SignatureAlgorithm,
    CheckCode::SealFormat,
    CheckCode::SealMakerSignature,
    CheckCode::SealSignatureSignerListed,
];

/// Embedded license data beyond this is not read: a license has some kilobytes.
const MAX_EMBEDDED: usize = 1 << 20;

/// Bytes that the signatures of one file may be over together: a hundred over a scan of 10 MB. A
/// file of 200 MB with 256 signatures would take minutes to hash.
const HASHED: usize = 1 << 30;

/// For a large file so many times its size instead.
const HASHED_TIMES: usize = 16;

/// What a signature covers, as far as its own checks go.
struct Coverage {
    intact: Outcome,
    /// What is displayed is what it covers, but for changes that the policy admits.
    displayed: Outcome,
    revision: Option<usize>,
}

pub(super) fn judge(verifier: &Verifier, bytes: &[u8], at: Time) -> DocumentVerdict {
    let mut verdict = DocumentVerdict::default();
    let document = match Document::open_with_password(bytes, verifier.password()) {
        Ok(document) => document,
        Err(error) => return verdict.with(container(&error)),
    };
    let latest = document.revisions().len().saturating_sub(1);
    let signatures = document.at(latest).and_then(|view| {
        // A document whose pages cannot be found shows something else to each viewer.
        view.pages()?;
        view.signatures()
    });
    let signatures = match signatures {
        Ok(signatures) => signatures,
        Err(error) => return verdict.with(container(&error)),
    };
    if document
        .at(latest)
        .is_ok_and(|view| view.wraps_a_payload().unwrap_or(false))
    {
        let code = CheckCode::ContainerFormat;
        let wrapper = Check::indeterminate(code, Reason::Unsupported);
        return verdict.with(wrapper.with("message", "the document wraps an encrypted payload"));
    }
    verdict
        .judged
        .push(Check::passed(CheckCode::ContainerFormat));
    verdict
        .judged
        .push(Check::passed(CheckCode::ContainerAmbiguous));

    let with_store = pdf_store::with_stored_evidence(verifier, &document);
    let verifier = &*with_store;
    let later = LaterChanges::of(&document, &signatures);
    let mut coverages = Vec::new();
    for (judged, coverage) in judge_signatures(verifier, &document, &signatures, &later, at) {
        coverages.push(coverage);
        verdict.add(judged.report, judged.judged);
    }
    verdict
        .judged
        .note(pdf_changes::findings(&document, &signatures));
    for check in displayed(&coverages) {
        verdict.judged.push(check);
    }
    let good: Vec<_> = verdict
        .signatures
        .iter()
        .zip(&coverages)
        .filter(|(report, coverage)| {
            coverage.intact == Outcome::Passed && report.outcome != Outcome::Failed
        })
        .filter_map(|(report, coverage)| Some((report.index, coverage.revision?)))
        .collect();
    let (sources, unreadable) = sources(&document, &good, latest);
    let stated = license::is_stated(&sources);
    let signed = signed(&verdict.signatures, stated);
    verdict
        .judged
        .push(not_removed(&document).unwrap_or(signed));
    let signatures = Signatures {
        verifier,
        reports: &verdict.signatures,
        vouched: &verdict.vouched,
        evaluated_at: at,
    };
    let license = license::judge(sources, unreadable, &signatures);
    verdict.license(license);
    verdict
}

/// Each signature in the order of the document. The last are judged first, since a time stamp over
/// the document proves that what it covers was there.
fn judge_signatures(
    verifier: &Verifier,
    document: &Document<'_>,
    signatures: &[Signature],
    later: &LaterChanges,
    at: Time,
) -> Vec<(SignatureVerdict, Coverage)> {
    let end = |signature: &Signature| signature.signed_range().map_or(0, SignedRange::end);
    let mut order: Vec<_> = signatures.iter().enumerate().collect();
    order.sort_by_key(|(_, signature)| std::cmp::Reverse(end(signature)));
    let mut stamps = Vec::new();
    let mut judged = BTreeMap::new();
    let most = HASHED.max(HASHED_TIMES.saturating_mul(document.bytes().len()));
    let mut hashed = 0_usize;
    for (index, signature) in order {
        hashed = hashed.saturating_add(end(signature));
        if hashed > most {
            judged.insert(index, not_hashed(most));
            continue;
        }
        let stamped = covering(&stamps, signature);
        let one = judge_signature(verifier, document, signature, later, stamped, at);
        stamps.extend(proof(signature, &one.0));
        judged.insert(index, one);
    }
    judged.into_values().collect()
}

/// A signature that nobody looked into, since those before it were over too much.
fn not_hashed(most: usize) -> (SignatureVerdict, Coverage) {
    let check = Check::failed(CheckCode::SignatureDigest, Reason::LimitExceeded);
    refused(check.with("limit", most))
}

/// A signature of which one check says all.
fn refused(check: Check) -> (SignatureVerdict, Coverage) {
    let mut judged = Judged::default();
    judged.push(check);
    let report = empty_report(SignatureKind::Signature);
    let coverage = Coverage {
        intact: Outcome::Failed,
        displayed: Outcome::Failed,
        revision: None,
    };
    (SignatureVerdict { report, judged }, coverage)
}

/// A good time stamp over the document: up to where it covers all bytes, and its time.
type Proof = (usize, Time);

fn proof(signature: &Signature, verdict: &SignatureVerdict) -> Option<Proof> {
    let range = signature.signed_range().ok()?;
    if verdict.report.kind != SignatureKind::Timestamp {
        return None;
    }
    Some((range.gap().start, verdict.report.signed_at?))
}

/// The earliest proof that a signature was there.
fn covering(stamps: &[Proof], signature: &Signature) -> Option<Time> {
    let end = signature.signed_range().ok()?.end();
    let covering = stamps.iter().filter(|(covered, _)| *covered >= end);
    covering.map(|(_, time)| *time).min()
}

fn judge_signature(
    verifier: &Verifier,
    document: &Document<'_>,
    signature: &Signature,
    later: &LaterChanges,
    stamped: Option<Time>,
    at: Time,
) -> (SignatureVerdict, Coverage) {
    let range = match signature.signed_range() {
        Ok(range) => range,
        Err(problem) => {
            return refused(
                Check::failed(CheckCode::PdfByteRange, Reason::RangeWrong)
                    .with("problem", problem.name())
                    .with_list("fields", signature.fields())
                    .clause(clause::of_pdf(CheckCode::PdfByteRange)),
            );
        }
    };
    let pieces = range.digest_input(document.bytes());
    let contents = signature.contents().unwrap_or_default();
    let claimed = match signature.claimed_time() {
        Some(ClaimedTime::At { time, .. }) => Some(time),
        _ => None,
    };
    let content = Content::Pieces(&pieces);
    let said = Said { claimed, stamped };
    let mut verdict = value(verifier, contents, &content, said, at);
    let mut checks = vec![
        Check::passed(CheckCode::PdfByteRange),
        Check::passed(CheckCode::PdfRevision).with("revision", range.revision()),
    ];
    let later = later.judge(verifier.policy(), signature, range);
    let displayed = Outcome::worst(later.checks.iter().map(|check| check.outcome));
    verdict.report.coverage.changes = later.changes;
    checks.extend(later.checks);
    checks.append(&mut verdict.judged.checks);
    verdict.judged.checks = checks;
    for check in &mut verdict.judged.checks {
        check.clause = check.clause.or_else(|| clause::of_pdf(check.code));
    }
    if !names_its_value(signature.sub_filter(), verdict.report.kind) {
        let place = signature.sub_filter().unwrap_or_default();
        let finding = Finding::new(FindingCode::SubFilterMismatch, place);
        verdict.judged.note([finding]);
    }
    if range.bytes_follow() {
        let (from, to) = (range.end(), document.bytes().len());
        verdict
            .report
            .coverage
            .uncovered
            .push(format!("bytes {from}..{to}"));
    }
    // A digest says that something changed, not where: name the stretches it was made over.
    let gap = range.gap();
    let stretches = [
        format!("bytes 0..{}", gap.start),
        format!("bytes {}..{}", gap.end, range.end()),
    ];
    for check in &mut verdict.judged.checks {
        if check.code == CheckCode::SignatureDigest && check.outcome == Outcome::Failed {
            *check = check.clone().with_list("bytes", &stretches);
            verdict.report.coverage.changes.extend(stretches.clone());
        }
    }
    let intact = match verdict.report.kind {
        SignatureKind::Timestamp => Outcome::Indeterminate,
        SignatureKind::Seal | SignatureKind::Signature => {
            verdict.judged.worst_of(INTACT).unwrap_or(Outcome::Failed)
        }
    };
    let coverage = Coverage {
        intact,
        displayed,
        revision: Some(range.revision()),
    };
    (verdict, coverage)
}

/// Whether the name of a format may stand for such a value. Vendors name theirs as they like;
/// only names that say something else count.
fn names_its_value(sub_filter: Option<&str>, kind: SignatureKind) -> bool {
    match (sub_filter, kind) {
        (Some("ETSI.RFC3161"), kind) => kind == SignatureKind::Timestamp,
        (Some("GM.sm2seal"), kind) => kind == SignatureKind::Seal,
        (Some("adbe.pkcs7.detached" | "ETSI.CAdES.detached" | "GM.sm2cms.detached"), kind) => {
            kind == SignatureKind::Signature
        }
        (_, kind) => kind != SignatureKind::Timestamp,
    }
}

/// Contents is recognised by what it is, never by the name of its SubFilter; zero bytes may
/// follow it. The dictionary's time is signed and counts where a message states none, as PAdES
/// wants it.
fn value(
    verifier: &Verifier,
    contents: &[u8],
    content: &Content<'_>,
    said: Said,
    at: Time,
) -> SignatureVerdict {
    let mut reader = Reader::new(contents);
    let exact = match reader.read() {
        Ok(element) if reader.rest().iter().all(|byte| *byte == 0) => element.raw(),
        _ => contents,
    };
    let failed = |kind, check| {
        let mut judged = Judged::default();
        judged.push(check);
        SignatureVerdict {
            report: empty_report(kind),
            judged,
        }
    };
    match ses::recognize(exact) {
        BlobKind::SealSignature => match SesSignature::from_der(exact) {
            Ok(signature) => {
                let around = Surroundings {
                    stamped: said.stamped,
                    ..Surroundings::default()
                };
                seal_signature::judge(verifier, &signature, content, &around, at)
            }
            Err(error) => failed(
                SignatureKind::Seal,
                unreadable(CheckCode::SealFormat, &error),
            ),
        },
        BlobKind::Cms if is_time_stamp(exact) => time_stamp(verifier, exact, content, at),
        // A message may be in BER, which only its own reader knows how to end.
        BlobKind::Cms | BlobKind::Unknown => {
            message::judge_padded(verifier, contents, content, said, at)
        }
        BlobKind::BareSignature => message::judge_bare(verifier, exact, content, at),
        BlobKind::Seal => failed(
            SignatureKind::Signature,
            Check::failed(CheckCode::SignatureValue, Reason::Malformed),
        ),
    }
}

fn is_time_stamp(message: &[u8]) -> bool {
    SignedData::parse(message).is_ok_and(|data| data.content_type() == named::TST_INFO)
}

/// A time stamp over the document proves when it was there; it says nothing of who issued it and
/// is no signature that covers it.
fn time_stamp(
    verifier: &Verifier,
    token: &[u8],
    content: &Content<'_>,
    at: Time,
) -> SignatureVerdict {
    let document = content.bytes().unwrap_or_default();
    let verdict = timestamp::of_document(verifier, token, &document, at);
    let mut report = empty_report(SignatureKind::Timestamp);
    report.standard = Some("RFC 3161");
    report.signed_at = verdict.time;
    report.time_source = verdict.time.map(|_| TimeSource::Token.name());
    SignatureVerdict {
        report,
        judged: verdict.judged,
    }
}

/// Taking a signature out is a forgery even where nothing tells that it was needed.
fn not_removed(document: &Document<'_>) -> Option<Check> {
    let code = CheckCode::DocumentSigned;
    match document.removed_signatures() {
        Ok(removed) if removed.is_empty() => None,
        Ok(removed) => {
            let check = Check::failed(code, Reason::SignatureRemoved);
            Some(check.with_list("objects", removed))
        }
        Err(error) => Some(unreadable(code, &error)),
    }
}

/// Does an intact signature cover what is shown, but for changes that are admitted?
fn displayed(coverages: &[Coverage]) -> Vec<Check> {
    let code = CheckCode::CoverageDocument;
    let best = coverages
        .iter()
        .max_by_key(|coverage| (coverage.displayed.min(coverage.intact), coverage.intact));
    let Some(best) = best else { return Vec::new() };
    let check = match (best.displayed, best.intact) {
        (Outcome::Passed, Outcome::Passed) => Check::passed(code),
        (_, Outcome::Failed) => Check::failed(code, Reason::NoCoveringSignature),
        (Outcome::Failed, _) => Check::failed(code, Reason::LaterVersion),
        _ => Check::indeterminate(code, Reason::NoCoveringSignature),
    };
    // What was changed, the signature's own check says.
    let unchanged = (check.outcome == Outcome::Passed)
        .then(|| Check::passed(CheckCode::DocumentChangedAfterSigning));
    std::iter::once(check).chain(unchanged).collect()
}

/// License data of each signed revision, else of the latest one as unsigned claims; and a place
/// that may hold license data but cannot be read.
fn sources(
    document: &Document<'_>,
    good: &[(usize, usize)],
    latest: usize,
) -> (Vec<Source>, Option<&'static str>) {
    let mut sources: Vec<Source> = Vec::new();
    let mut unreadable = None;
    for (index, revision) in good {
        let Ok(view) = document.at(*revision) else {
            continue;
        };
        for source in view_sources(&view, Some(*index), &mut unreadable) {
            let same = sources
                .iter_mut()
                .find(|known| known.name == source.name && known.claims == source.claims);
            match same {
                // Two attachments of one revision may say the same; that is still twice.
                Some(known) if !known.covered_by.contains(index) => known.covered_by.push(*index),
                _ => sources.push(source),
            }
        }
    }
    if good.is_empty()
        && let Ok(view) = document.at(latest)
    {
        sources.extend(view_sources(&view, None, &mut unreadable));
    }
    (sources, unreadable)
}

fn view_sources(
    view: &View<'_>,
    covered_by: Option<usize>,
    unreadable: &mut Option<&'static str>,
) -> Vec<Source> {
    let covered_by: Vec<_> = covered_by.into_iter().collect();
    let source = |name, claims, twice| Source {
        name,
        claims,
        covered_by: covered_by.clone(),
        twice,
    };
    let mut sources = Vec::new();
    match view.page_text() {
        Ok(texts) => {
            let pairs = texts
                .iter()
                .map(|text| (text.field.as_str(), text.text.as_str()));
            let claims = Claims::from_page(pairs).ok();
            sources.extend(claims.map(|claims| source("page", claims, false)));
        }
        Err(_) => *unreadable = Some("page"),
    }
    match view.metadata() {
        Ok(Some(metadata)) => {
            let claims = Claims::from_custom_data(metadata.properties()).ok();
            sources.extend(claims.map(|claims| source("xmp", claims, false)));
        }
        Ok(None) => {}
        Err(_) => *unreadable = Some("xmp"),
    }
    let Ok(files) = view.embedded_files() else {
        *unreadable = Some("embedded-file");
        return sources;
    };
    for file in files {
        let bytes = match view.read_embedded(&file, MAX_EMBEDDED) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::LimitExceeded => continue,
            Err(_) => {
                *unreadable = Some("embedded-file");
                continue;
            }
        };
        let claims = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| Claims::from_json(text).ok());
        sources.extend(claims.map(|claims| source("embedded-file", claims, file.duplicate())));
    }
    sources
}
