//! The list of signatures and what each of them says it protects (GB/T 33190-2016 chapter 18).
//!
//! Nothing is judged here: digests, values and seals are bytes and text as written. In particular
//! an absent `CheckMethod` stays absent; the schema's default is MD5, which no one may assume.

use std::collections::HashSet;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::location::PackagePath;
use super::malformed;
use super::package::{Package, Target};
use super::xml::{Element, XmlFile};
use crate::error::{Error, Result};
use crate::finding::{Finding, FindingCode};

/// Signatures of one document: each costs its verifier two public-key operations. Real documents
/// have a handful, circulated contracts some dozens.
const MAX_SIGNATURES: usize = 256;

/// Order of the elements in `Signatures` by the schema.
const LIST_ORDER: &[&str] = &["MaxSignId", "Signature"];
/// Order of the elements in `Signature` by the schema.
const FILE_ORDER: &[&str] = &["SignedInfo", "SignedValue"];
/// Order of the elements in `SignedInfo` by the schema, with 2.0's additions.
const INFO_ORDER: &[&str] = &[
    "Provider",
    "SignatureMethod",
    "SignatureDateTime",
    "Parameters",
    "References",
    "StampAnnot",
    "Seal",
];

/// Signatures.xml.
#[derive(Debug)]
pub struct SignatureList {
    /// Where it stands.
    pub path: PackagePath,
    /// The largest ID given so far, as written.
    pub max_id: Option<String>,
    /// The signatures, oldest first as far as the list tells.
    pub entries: Vec<SignatureEntry>,
    /// What was tolerated in the list itself.
    pub findings: Vec<Finding>,
}

/// One line of the list, and the signature's file or why it cannot be read.
#[derive(Debug)]
pub struct SignatureEntry {
    /// The ID, as written.
    pub id: String,
    /// Seal or signature.
    pub kind: SignatureKind,
    /// The ID of the signature this one is relative to (OFD 2.0).
    pub relative: Option<String>,
    /// Signature.xml.
    pub file: Result<SignatureFile>,
}

/// What kind of value stands in SignedValue.dat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureKind {
    /// An electronic seal signature; also when the list does not say.
    Seal,
    /// A signature without a seal.
    Sign,
    /// Neither word.
    Unknown(String),
}

/// One Signature.xml.
#[derive(Clone)]
pub struct SignatureFile {
    /// Where it stands.
    pub path: PackagePath,
    /// Its bytes, over which the signed hash is made.
    pub bytes: Vec<u8>,
    /// Who made the signature's file.
    pub provider: Provider,
    /// `SignatureMethod` as written, an OID in dotted form.
    pub signature_method: Option<String>,
    /// `SignatureDateTime` as written: a claim, in one of many forms.
    pub date_time: Option<String>,
    /// `CheckMethod` as written, with which all `references` are digested; `None` when absent.
    pub check_method: Option<String>,
    /// The protected files.
    pub references: Vec<Reference>,
    /// Where the seal is shown.
    pub stamps: Vec<Stamp>,
    /// The seal's own file, where one is named.
    pub seal: Option<PackagePath>,
    /// The file with the signature's value.
    pub signed_value: PackagePath,
    /// What was tolerated in this file.
    pub findings: Vec<Finding>,
}

/// The program that made a signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Its maker.
    pub company: Option<String>,
}

/// A protected file and its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file.
    pub path: PackagePath,
    /// Whether the package has it.
    pub present: bool,
    /// The digest it must have.
    pub check_value: Vec<u8>,
}

/// Where a seal is shown on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// The stamp's ID, as written.
    pub id: Option<String>,
    /// The ID of the page.
    pub page: String,
    /// Where on the page.
    pub boundary: Area,
    /// The visible part, relative to the boundary's origin; `None` for all of it.
    pub clip: Option<Area>,
}

/// A rectangle in millimetres, y growing downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl SignatureList {
    /// Reads the list and every signature's file. A file that cannot be read is an error of its
    /// entry only.
    ///
    /// # Errors
    /// When the list itself is missing, malformed or ambiguous, or names more than 256 signatures.
    pub fn read(package: &Package<'_>, path: &PackagePath) -> Result<Self> {
        let file = XmlFile::read(package, path)?;
        let parsed = file.parse()?;
        let mut findings = Vec::new();
        let root = parsed.root("Signatures", &mut findings)?;
        note_order(&root, LIST_ORDER, &mut findings);

        let mut entries = Vec::new();
        let mut listed = HashSet::new();
        for element in root.all("Signature") {
            if entries.len() == MAX_SIGNATURES {
                return Err(Error::limit("signatures", 256));
            }
            let entry = SignatureEntry::read(package, &element, &mut listed, &mut findings);
            entries.push(entry);
        }
        let max_id = root.text_of("MaxSignId")?;
        Ok(Self {
            path: path.clone(),
            max_id,
            entries,
            findings,
        })
    }
}

impl SignatureEntry {
    fn read(
        package: &Package<'_>,
        element: &Element<'_, '_>,
        listed: &mut HashSet<PackagePath>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let id = element.attribute("ID").unwrap_or_default().to_owned();
        if !id.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            findings.push(Finding::new(
                FindingCode::IdentifierForm,
                element.path().as_str(),
            ));
        }
        Self {
            id,
            kind: SignatureKind::from_attribute(element.attribute("Type")),
            relative: element.attribute("Relative").map(str::to_owned),
            file: read_listed(package, element, listed, findings),
        }
    }
}

impl SignatureKind {
    fn from_attribute(value: Option<&str>) -> Self {
        match value {
            None | Some("Seal") => Self::Seal,
            Some("Sign") => Self::Sign,
            Some(other) => Self::Unknown(other.to_owned()),
        }
    }
}

fn read_listed(
    package: &Package<'_>,
    element: &Element<'_, '_>,
    listed: &mut HashSet<PackagePath>,
    findings: &mut Vec<Finding>,
) -> Result<SignatureFile> {
    let written = element
        .attribute("BaseLoc")
        .ok_or_else(|| malformed("signature_location"))?;
    let target = resolve(package, element.path(), written, findings)?;
    if !listed.insert(target.path.clone()) {
        return Err(malformed("signature_listed_twice").with("entry", &target.path));
    }
    SignatureFile::read(package, &target.path)
}

impl SignatureFile {
    /// Reads a Signature.xml.
    ///
    /// # Errors
    /// When it is missing, malformed or ambiguous, or a digest is not base64.
    pub fn read(package: &Package<'_>, path: &PackagePath) -> Result<Self> {
        let file = XmlFile::read(package, path)?;
        let parsed = file.parse()?;
        let mut findings = Vec::new();
        let root = parsed.root("Signature", &mut findings)?;
        note_order(&root, FILE_ORDER, &mut findings);
        let info = root.required("SignedInfo")?;
        note_order(&info, INFO_ORDER, &mut findings);

        let value = root
            .text_of("SignedValue")?
            .ok_or_else(|| malformed("signed_value_location"))?;
        let signed_value = resolve(package, path, &value, &mut findings)?.path;
        let references = info.required("References")?;
        let signature = Self {
            path: path.clone(),
            bytes: file.bytes().to_vec(),
            provider: Provider::read(&info)?,
            signature_method: info.text_of("SignatureMethod")?,
            date_time: info.text_of("SignatureDateTime")?,
            check_method: references
                .attribute("CheckMethod")
                .map(|method| method.trim().to_owned()),
            references: read_references(package, &references, &mut findings)?,
            stamps: info
                .all("StampAnnot")
                .map(|stamp| Stamp::read(&stamp))
                .collect::<Result<_>>()?,
            seal: seal_location(package, &info, &mut findings)?,
            signed_value,
            findings: Vec::new(),
        };
        findings.sort_unstable();
        findings.dedup();
        Ok(Self {
            findings,
            ..signature
        })
    }

    /// Whether the signature protects the file by a digest.
    #[must_use]
    pub fn lists(&self, path: &PackagePath) -> bool {
        self.references
            .iter()
            .any(|reference| reference.path == *path)
    }
}

impl fmt::Debug for SignatureFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureFile")
            .field("path", &self.path)
            .field("references", &self.references.len())
            .field("stamps", &self.stamps.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reference")
            .field("present", &self.present)
            .finish_non_exhaustive()
    }
}

impl Provider {
    fn read(info: &Element<'_, '_>) -> Result<Self> {
        let Some(provider) = info.optional("Provider")? else {
            return Ok(Self::default());
        };
        let owned = |name: &str| provider.attribute(name).map(str::to_owned);
        Ok(Self {
            name: owned("ProviderName").unwrap_or_default(),
            version: owned("Version"),
            company: owned("Company"),
        })
    }
}

fn read_references(
    package: &Package<'_>,
    references: &Element<'_, '_>,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Reference>> {
    let mut list = Vec::new();
    for element in references.all("Reference") {
        let written = element
            .attribute("FileRef")
            .ok_or_else(|| malformed("reference_location"))?;
        let target = resolve(package, element.path(), written, findings)?;
        let text = element.text_of("CheckValue")?.unwrap_or_default();
        let check_value = decode_base64(&text)
            .ok_or_else(|| malformed("check_value").with("entry", &target.path))?;
        list.push(Reference {
            path: target.path,
            present: target.present,
            check_value,
        });
    }
    Ok(list)
}

fn seal_location(
    package: &Package<'_>,
    info: &Element<'_, '_>,
    findings: &mut Vec<Finding>,
) -> Result<Option<PackagePath>> {
    let Some(seal) = info.optional("Seal")? else {
        return Ok(None);
    };
    let Some(written) = seal.text_of("BaseLoc")? else {
        return Ok(None);
    };
    Ok(Some(
        resolve(package, info.path(), &written, findings)?.path,
    ))
}

/// Resolves a location that writers of signatures should give from the root.
pub(super) fn resolve(
    package: &Package<'_>,
    from: &PackagePath,
    written: &str,
    findings: &mut Vec<Finding>,
) -> Result<Target> {
    if !written.trim_start().starts_with(['/', '\\']) {
        findings.push(Finding::new(FindingCode::RelativeLocation, from.as_str()));
    }
    package.resolve(from, written, findings)
}

pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let packed: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD
        .decode(packed)
        .ok()
        .filter(|bytes| !bytes.is_empty())
}

impl Stamp {
    fn read(element: &Element<'_, '_>) -> Result<Self> {
        let area = |name: &'static str| match element.attribute(name) {
            None => Ok(None),
            Some(written) => Area::parse(written)
                .map(Some)
                .ok_or_else(|| malformed("stamp_area").with("entry", element.path())),
        };
        Ok(Self {
            id: element.attribute("ID").map(str::to_owned),
            page: element
                .attribute("PageRef")
                .unwrap_or_default()
                .trim()
                .to_owned(),
            boundary: area("Boundary")?
                .ok_or_else(|| malformed("stamp_area").with("entry", element.path()))?,
            clip: area("Clip")?,
        })
    }
}

impl Area {
    /// Reads four numbers between white space.
    pub(super) fn parse(written: &str) -> Option<Self> {
        let mut numbers = written
            .split_whitespace()
            .map(|part| part.parse::<f64>().ok());
        let mut next = || numbers.next().flatten().filter(|number| number.is_finite());
        let area = Self {
            x: next()?,
            y: next()?,
            width: next()?,
            height: next()?,
        };
        numbers.next().is_none().then_some(area)
    }
}

fn note_order(element: &Element<'_, '_>, order: &[&str], findings: &mut Vec<Finding>) {
    let places = element
        .children()
        .filter_map(|child| order.iter().position(|name| *name == child.name()));
    if !places.is_sorted() {
        findings.push(Finding::new(
            FindingCode::ElementOrder,
            element.path().as_str(),
        ));
    }
}
