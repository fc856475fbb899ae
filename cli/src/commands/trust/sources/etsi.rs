//! Trusted lists of ETSI TS 119 612 as a source of entries: which services were granted, and when.
//!
//! Their XML signature (XAdES) is not verified here, so that what they say counts as the word of
//! whoever hands them in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node, ParsingOptions};
use yinxin::Time;
use yinxin::pki::Certificate;
use yinxin::trust::list::{EntryKind, Standing};

/// Bytes of one list: the longest in use have six million.
const MAX_BYTES: usize = 64 << 20;

/// Nodes of one list, for the same reason.
const MAX_NODES: u32 = 4_000_000;

const NAMESPACE: &str = "http://uri.etsi.org/02231/v2#";
const TYPES: &str = "http://uri.etsi.org/TrstSvc/Svctype/";
const STATUSES: &str = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/";
const PURPOSES: &str = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/";

/// What a list says.
pub(super) struct EtsiList {
    /// Who runs it.
    pub(super) operator: String,
    /// When its next issue is due; `None` for a list that is closed.
    pub(super) next_update: Option<Time>,
    pub(super) services: Vec<Service>,
    /// Services that were passed over: of other types or for web sites alone, with a critical
    /// extension that is not known, without a certificate or with a status of no known name.
    pub(super) passed_over: usize,
}

/// A service of one of the types that trust lists here have.
pub(super) struct Service {
    pub(super) kind: EntryKind,
    /// Provider and service, for people.
    pub(super) name: String,
    pub(super) certificates: Vec<Certificate>,
    /// Since when which standing holds, in order of time.
    pub(super) history: Vec<(Time, Standing)>,
}

/// Why a text is no such list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    TooLong,
    NotXml,
    NotAList,
    /// The element that is missing or cannot be read.
    Element(&'static str),
}

impl EtsiList {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        if bytes.len() > MAX_BYTES {
            return Err(Flaw::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Flaw::NotXml)?;
        let options = ParsingOptions {
            allow_dtd: false,
            nodes_limit: MAX_NODES,
            ..ParsingOptions::default()
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document = Document::parse_with_options(text, options).map_err(|_| Flaw::NotXml)?;
        let root = document.root_element();
        if !is(&root, "TrustServiceStatusList") {
            return Err(Flaw::NotAList);
        }
        let scheme = child(root, "SchemeInformation").ok_or(Flaw::Element("SchemeInformation"))?;
        let next = child(scheme, "NextUpdate").ok_or(Flaw::Element("NextUpdate"))?;
        let next_update = match child(next, "dateTime") {
            Some(time) => Some(instant(time).ok_or(Flaw::Element("NextUpdate"))?),
            None => None,
        };
        let mut list = Self {
            operator: child(scheme, "SchemeOperatorName").map_or_else(String::new, name),
            next_update,
            services: Vec::new(),
            passed_over: 0,
        };
        let providers = child(root, "TrustServiceProviderList");
        for provider in providers
            .into_iter()
            .flat_map(|list| children(list, "TrustServiceProvider"))
        {
            list.take(provider);
        }
        Ok(list)
    }

    fn take(&mut self, provider: Node<'_, '_>) {
        let information = child(provider, "TSPInformation");
        let who = information
            .and_then(|node| child(node, "TSPName"))
            .map_or_else(String::new, name);
        let services = child(provider, "TSPServices");
        for node in services
            .into_iter()
            .flat_map(|list| children(list, "TSPService"))
        {
            match service(node, &who) {
                Some(service) => self.services.push(service),
                None => self.passed_over += 1,
            }
        }
    }
}

/// A service with its history, if it is one that serves here.
fn service(node: Node<'_, '_>, provider: &str) -> Option<Service> {
    let now = child(node, "ServiceInformation")?;
    let kind = kind(now)?;
    let certificates = certificates(now);
    if certificates.is_empty() {
        return None;
    }
    let past = child(node, "ServiceHistory");
    let past = past
        .into_iter()
        .flat_map(|list| children(list, "ServiceHistoryInstance"));
    let mut history = vec![stretch(now)?];
    for instance in past {
        // What was of another kind then, or cannot be understood, was not granted for this one.
        let (since, standing) = stretch(instance)?;
        let same = kind_of_type(instance) == Some(kind) && serves(instance, kind);
        history.push((since, if same { standing } else { Standing::Withdrawn }));
    }
    history.sort_by_key(|(since, _)| *since);
    let distinct = history
        .windows(2)
        .all(|pair| matches!(pair, [(one, _), (two, _)] if one < two));
    let what = child(now, "ServiceName").map_or_else(String::new, name);
    distinct.then(|| Service {
        kind,
        name: format!("{provider}: {what}"),
        certificates,
        history,
    })
}

fn kind(information: Node<'_, '_>) -> Option<EntryKind> {
    kind_of_type(information).filter(|kind| serves(information, *kind))
}

/// Qualified authorities, time stamping authorities and responders.
fn kind_of_type(information: Node<'_, '_>) -> Option<EntryKind> {
    match text(child(information, "ServiceTypeIdentifier")?).strip_prefix(TYPES)? {
        "CA/QC" => Some(EntryKind::Ca),
        "TSA/QTST" => Some(EntryKind::Tsa),
        "Certstatus/OCSP/QC" => Some(EntryKind::Ocsp),
        _ => None,
    }
}

/// Whether extensions leave the service one for signatures or seals. Qualifications say of which
/// legal level certificates are, which is not asked here; anything else critical must be known.
fn serves(information: Node<'_, '_>, kind: EntryKind) -> bool {
    let extensions = child(information, "ServiceInformationExtensions");
    let extensions = extensions
        .into_iter()
        .flat_map(|list| children(list, "Extension"));
    let mut purposes = Vec::new();
    for extension in extensions {
        let critical = !matches!(extension.attribute("Critical"), Some("false" | "0"));
        let mut known = false;
        for content in extension.children().filter(Node::is_element) {
            match content.tag_name().name() {
                "AdditionalServiceInformation" => {
                    known = true;
                    purposes.extend(child(content, "URI").map(text));
                }
                "Qualifications" | "ExpiredCertsRevocationInfo" => known = true,
                _ => {}
            }
        }
        if critical && !known {
            return false;
        }
    }
    let narrowed = purposes.iter().filter_map(|uri| uri.strip_prefix(PURPOSES));
    let mut narrowed = narrowed.filter(|word| word.starts_with("For")).peekable();
    kind != EntryKind::Ca
        || narrowed.peek().is_none()
        || narrowed.any(|word| matches!(word, "ForeSignatures" | "ForeSeals"))
}

/// Since when a status holds, and what it means.
fn stretch(information: Node<'_, '_>) -> Option<(Time, Standing)> {
    let since = instant(child(information, "StatusStartingTime")?)?;
    let standing = match text(child(information, "ServiceStatus")?).strip_prefix(STATUSES)? {
        // Since July 2016, and before.
        "granted" | "undersupervision" | "supervisionincessation" | "accredited" => {
            Standing::Granted
        }
        "withdrawn"
        | "supervisionceased"
        | "supervisionrevoked"
        | "accreditationceased"
        | "accreditationrevoked" => Standing::Withdrawn,
        _ => return None,
    };
    Some((since, standing))
}

fn certificates(information: Node<'_, '_>) -> Vec<Certificate> {
    let identity = child(information, "ServiceDigitalIdentity");
    let ids = identity
        .into_iter()
        .flat_map(|identity| children(identity, "DigitalId"));
    let texts = ids.filter_map(|id| child(id, "X509Certificate")).map(text);
    let read = |text: String| {
        let compact: String = text.split_ascii_whitespace().collect();
        Certificate::from_der(&STANDARD.decode(compact).ok()?).ok()
    };
    let mut all: Vec<Certificate> = texts.filter_map(read).collect();
    all.dedup_by(|one, two| one.der() == two.der());
    all
}

/// The name in English, else the first.
fn name(names: Node<'_, '_>) -> String {
    let language = ("http://www.w3.org/XML/1998/namespace", "lang");
    let all: Vec<_> = children(names, "Name").collect();
    let english = all
        .iter()
        .find(|name| name.attribute(language) == Some("en"));
    english
        .or(all.first())
        .map_or_else(String::new, |name| text(*name))
}

/// A time with zone; parts of seconds do not matter here.
fn instant(node: Node<'_, '_>) -> Option<Time> {
    let text = text(node);
    let whole = match text.split_once('.') {
        Some((whole, rest)) => {
            whole.to_owned() + rest.trim_start_matches(|one: char| one.is_ascii_digit())
        }
        None => text,
    };
    Time::parse(&whole).ok()
}

fn text(node: Node<'_, '_>) -> String {
    node.text().unwrap_or_default().trim().to_owned()
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element()
        && node.tag_name().namespace() == Some(NAMESPACE)
        && node.tag_name().name() == name
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|one| is(one, name))
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |one| is(one, name))
}

#[cfg(test)]
mod tests;
