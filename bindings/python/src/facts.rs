//! The parts of a report, as frozen objects that look like dataclasses.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use yinxin::license::{Claims, DateClaim};
use yinxin::trust::list::{Environment, Freshness};
use yinxin::verify::{
    self, CheckCode, Detail, Format, Language, LicenseFacts as CoreLicense, Reason, Role,
    SignatureKind, SignatureReport,
};
use yinxin::{FindingClass, FindingCode, Outcome, Time};

use crate::codes::{Code, Coded};
use crate::convert::{Day, Instant, Tuple};

/// A value of the core in the form in which Python sees it.
pub(crate) trait Shown {
    /// That form.
    type As;

    /// The value in that form.
    fn shown(&self) -> Self::As;
}

impl<T: Coded> Shown for T {
    type As = Code<T>;

    fn shown(&self) -> Code<T> {
        Code(*self)
    }
}

impl Shown for Time {
    type As = Instant;

    fn shown(&self) -> Instant {
        Instant(*self)
    }
}

impl<T: Shown> Shown for Option<T> {
    type As = Option<T::As>;

    fn shown(&self) -> Self::As {
        self.as_ref().map(Shown::shown)
    }
}

impl<T: Shown> Shown for Vec<T> {
    type As = Tuple<T::As>;

    fn shown(&self) -> Self::As {
        self.iter().map(Shown::shown).collect()
    }
}

macro_rules! shown_as_they_are {
    ($($type:ty),+) => {
        $(impl Shown for $type {
            type As = Self;

            fn shown(&self) -> Self { self.clone() }
        })+
    };
}
shown_as_they_are!(String, &'static str, u32, u64, i64, usize);

/// A class of facts: each field is read from the field of the same name, or as it is told.
macro_rules! facts {
    ($(
        $(#[$meta:meta])* $class:ident of $core:ty {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty $(= $read:expr)?,)+
        }
    )+) => {
        $(
            $(#[$meta])*
            #[pyclass(frozen, eq, get_all, module = "yinxin")]
            #[derive(Clone, Debug, PartialEq)]
            pub(crate) struct $class {
                $($(#[doc = $doc])+ $field: $type,)+
            }

            impl Shown for $core {
                type As = $class;

                fn shown(&self) -> $class {
                    $class { $($field: facts!(@read self, $field $(, $read)?),)+ }
                }
            }
        )+
    };
    (@read $core:ident, $field:ident) => { $core.$field.shown() };
    (@read $core:ident, $field:ident, $read:expr) => { ($read)($core) };
}

facts! {
    /// Name and version of a policy.
    PolicyStamp of verify::PolicyStamp {
        /// Its name and what was chosen besides.
        name: String,
        /// Its version.
        version: u32,
    }

    /// The three questions that a verdict answers.
    Axes of verify::Axes {
        /// Are these the bytes that were sealed?
        authentic: Code<Outcome>,
        /// Was it sealed by whom it should be?
        trusted: Code<Outcome>,
        /// Is the license in force?
        in_force: Code<Outcome>,
    }

    /// The input's identity.
    DocumentFacts of verify::DocumentFacts {
        /// What it is.
        format: Code<Format>,
        /// SM3 of all its bytes, hexadecimal.
        sm3: String,
        /// SHA-256 of all its bytes, hexadecimal.
        sha256: String,
        /// Its size in bytes.
        size: u64,
    }

    /// A certificate, as facts.
    Party of verify::PartyFacts {
        /// Subject name, RFC 4514 style.
        subject: String,
        /// Organization in the subject.
        organization: Option<String>,
        /// Common name in the subject.
        common_name: Option<String>,
        /// Issuer name.
        issuer: String,
        /// Serial number, hexadecimal.
        serial: String,
        /// Start of validity.
        valid_from: Instant,
        /// End of validity.
        valid_until: Instant,
        /// SHA-256 of the certificate, hexadecimal.
        sha256: String,
    }

    /// A seal, as facts.
    SealFacts of verify::SealFacts {
        /// Its identifier (esID).
        id: String,
        /// Its name.
        name: String,
        /// Its type, a number whose meaning the vendor's code set gives.
        seal_type: i64,
        /// When it was made.
        created: Option<Instant>,
        /// Start of its validity.
        valid_from: Option<Instant>,
        /// End of its validity.
        valid_until: Option<Instant>,
        /// The maker's certificate.
        maker: Option<Party>,
    }

    /// What a signature covers and what it does not.
    Coverage of verify::CoverageFacts {
        /// Parts that are displayed or present and that it does not cover.
        uncovered: Tuple<String>,
        /// Covered parts that are not as they were signed.
        changes: Tuple<String>,
        /// In OFD `whole`, when nobody can sign after it; `continue`, when others can.
        mode: Option<&'static str>,
        /// Indices of the signatures that it covers.
        follows: Tuple<usize>,
    }

    /// One seal or signature.
    Signature of SignatureReport {
        /// Its place in the file, from 0.
        index: usize,
        /// What it is.
        kind: Code<SignatureKind>,
        /// The standard whose layout it has, with edition; `None` when unreadable.
        standard: Option<&'static str>,
        /// The algorithm of its value; `None` when unreadable.
        algorithm: Option<String>,
        /// The signer's certificate.
        signer: Option<Party>,
        /// The seal.
        seal: Option<SealFacts>,
        /// When it was signed, by the token or by the signer's word.
        signed_at: Option<Instant>,
        /// Where that time comes from: `token` or `claimed`.
        time_source: Option<&'static str>,
        /// What it covers.
        coverage: Coverage,
        /// The worst of its checks.
        outcome: Code<Outcome>,
        /// Its checks.
        checks: Tuple<Check>,
    }

    /// A check that was not run, and what it would need.
    NotChecked of verify::NotChecked {
        /// The check.
        code: Code<CheckCode>,
        /// What it needs.
        needs: &'static str,
    }

    /// Numbers of anchors by role.
    AnchorCounts of verify::AnchorCounts {
        /// For signers.
        signer: usize,
        /// For seal makers.
        maker: usize,
        /// For time stamping authorities.
        tsa: usize,
    }

    /// The trust material that was given.
    TrustFacts of verify::TrustFacts {
        /// Version of the trust list; 0 without one.
        list_version: u64,
        /// Its age in days; 0 without one.
        list_age_days: u64,
        /// What the list is run for; `None` without one.
        environment: Option<Code<Environment>>,
        /// Number of anchors by role, as of the evaluation.
        anchors: AnchorCounts,
        /// How fresh the list is.
        freshness: Code<Freshness>,
    }

    /// A piece of evidence.
    Evidence of verify::EvidenceFacts {
        /// `crl` or `ocsp`.
        kind: &'static str,
        /// SHA-256 of its bytes, hexadecimal.
        sha256: String,
        /// When it was issued.
        this_update: Option<Instant>,
        /// When the next one is due.
        next_update: Option<Instant>,
    }

    /// A source of license data.
    Source of verify::SourceFacts {
        /// `page`, `custom-data`, `attachment`, `xmp` or `embedded-file`.
        source: &'static str,
        /// Indices of the signatures that cover it.
        covered_by: Tuple<usize>,
    }

    /// An issuer as stated.
    Issuer of yinxin::license::IssuerClaim {
        /// Name.
        name: Option<String>,
        /// Code, by the standard a unified social credit code.
        code: Option<String>,
    }

    /// A holder as stated.
    Holder of yinxin::license::HolderClaim {
        /// Name.
        name: Option<String>,
        /// Code.
        code: Option<String>,
        /// Three digits of GB/T 36903 Annex A, or what the source has instead.
        code_type: Option<String>,
    }
}

/// License data: what a document says, as it stands in it. The text is hostile: escape it.
#[pyclass(frozen, eq, get_all, module = "yinxin")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LicenseFacts {
    /// 证照标识.
    identifier: Option<String>,
    /// 证照名称.
    name: Option<String>,
    /// 证照编号.
    number: Option<String>,
    /// 证照类型代码.
    type_code: Option<String>,
    /// 证照颁发机构, joint issuers after the first.
    issuers: Tuple<Issuer>,
    /// 持证主体.
    holders: Tuple<Holder>,
    /// 证照有效期起始日期: a `date`, the text as it stands where it is none, `None` where nothing
    /// is said or there is no end.
    valid_from: Stated,
    /// 证照有效期截止日期, likewise.
    valid_until: Stated,
    /// Face fields by key.
    fields: BTreeMap<String, String>,
    /// Each source and the signatures that cover it; empty for unsigned claims.
    sources: Tuple<Source>,
}

/// A date as stated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stated {
    Day(Day),
    Text(String),
    Nothing,
}

impl<'py> IntoPyObject<'py> for Stated {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(match self {
            Self::Day(day) => day.into_pyobject(py)?.into_any(),
            Self::Text(text) => text.into_pyobject(py)?.into_any(),
            Self::Nothing => py.None().into_bound(py),
        })
    }
}

fn stated(date: Option<&DateClaim>) -> Stated {
    match date {
        Some(DateClaim::On(date)) => Stated::Day(Day(*date)),
        Some(DateClaim::Unreadable(text)) => Stated::Text(text.clone()),
        Some(DateClaim::NoEnd) | None => Stated::Nothing,
    }
}

impl Shown for CoreLicense {
    type As = LicenseFacts;

    fn shown(&self) -> LicenseFacts {
        LicenseFacts {
            sources: self.sources.shown(),
            ..self.claims.shown()
        }
    }
}

impl Shown for Claims {
    type As = LicenseFacts;

    fn shown(&self) -> LicenseFacts {
        let fields = self.fields.iter();
        LicenseFacts {
            identifier: self.identifier.clone(),
            name: self.name.clone(),
            number: self.number.clone(),
            type_code: self.type_code.clone(),
            issuers: self.issuers.shown(),
            holders: self.holders.shown(),
            valid_from: stated(self.valid_from.as_ref()),
            valid_until: stated(self.valid_until.as_ref()),
            fields: fields
                .map(|field| (field.key.clone(), field.value.clone()))
                .collect(),
            sources: Tuple(Vec::new()),
        }
    }
}

/// One check that was run.
#[pyclass(frozen, eq, module = "yinxin")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Check(verify::Check);

impl Shown for verify::Check {
    type As = Check;

    fn shown(&self) -> Check {
        Check(self.clone())
    }
}

#[pymethods]
impl Check {
    /// What was asked.
    #[getter]
    fn code(&self) -> Code<CheckCode> {
        Code(self.0.code)
    }

    /// What came of it.
    #[getter]
    fn outcome(&self) -> Code<Outcome> {
        Code(self.0.outcome)
    }

    /// The clause it enforces, with edition, as far as it is known for sure.
    #[getter]
    fn clause(&self) -> Option<&'static str> {
        self.0.clause
    }

    /// Why, unless it passed.
    #[getter]
    fn reason(&self) -> Option<Code<Reason>> {
        self.0.reason.map(Code)
    }

    /// Who it is about, where one code serves several.
    #[getter]
    fn role(&self) -> Option<Code<Role>> {
        self.0.role.map(Code)
    }

    /// Facts by name: texts, or tuples of texts. The text is hostile: escape it.
    #[getter]
    fn detail(&self) -> BTreeMap<&'static str, DetailValue> {
        let detail = self.0.detail.iter();
        detail
            .map(|(key, value)| (*key, DetailValue(value.clone())))
            .collect()
    }

    /// What the check is called.
    fn title(&self, language: Code<Language>) -> &'static str {
        language.0.check(self.0.code)
    }

    /// Cause and remedy, unless it passed.
    fn advice(&self, language: Code<Language>) -> Option<Advice> {
        self.0.reason.map(|reason| {
            let verify::Advice { cause, remedy } = language.0.advice(reason);
            Advice { cause, remedy }
        })
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(crate::report::no_truth("a Check"))
    }

    fn __repr__(&self) -> String {
        let (code, outcome) = (self.0.code.name(), self.0.outcome.name());
        match self.0.reason {
            None => format!("<yinxin.Check {code} {outcome}>"),
            Some(reason) => format!("<yinxin.Check {code} {outcome}: {}>", reason.name()),
        }
    }
}

/// A fact of a check: a text, or several.
pub(crate) struct DetailValue(Detail);

impl<'py> IntoPyObject<'py> for DetailValue {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(match self.0 {
            Detail::Text(text) => text.into_pyobject(py)?.into_any(),
            Detail::List(texts) => Tuple(texts).into_pyobject(py)?.into_any(),
        })
    }
}

/// Why something is so, and what to do about it.
#[pyclass(frozen, eq, hash, get_all, module = "yinxin")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Advice {
    /// The cause, one sentence.
    cause: &'static str,
    /// The remedy, one sentence.
    remedy: &'static str,
}

/// One finding: a code and where it was met.
#[pyclass(frozen, eq, hash, module = "yinxin")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Finding(yinxin::Finding);

impl Shown for yinxin::Finding {
    type As = Finding;

    fn shown(&self) -> Finding {
        Finding(self.clone())
    }
}

#[pymethods]
impl Finding {
    /// The kind of defect or remark.
    #[getter]
    fn code(&self) -> Code<FindingCode> {
        Code(self.0.code)
    }

    /// How it weighs.
    #[getter]
    fn finding_class(&self) -> Code<FindingClass> {
        Code(self.0.code.class())
    }

    /// Where: a package path, a field path, or a byte offset. The text is hostile: escape it.
    #[getter]
    fn place(&self) -> &str {
        &self.0.place
    }

    /// What it means.
    fn text(&self, language: Code<Language>) -> &'static str {
        language.0.finding(self.0.code)
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Finding {}>", self.0.code.name())
    }
}
