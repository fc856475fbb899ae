//! Codes of the core as members of real `enum.Enum` classes, made once from the core's own lists.

use std::fmt::Debug;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use yinxin::crypto::KeyKind;
use yinxin::issue::Format as LicenseFormat;
use yinxin::pdf::Permission;
use yinxin::seal::Listing;
use yinxin::ses::Layout;
use yinxin::sign::{Edge, PdfFormat, Protection};
use yinxin::trust::list::{Environment, Freshness, PayloadKind};
use yinxin::trust::{Purpose, RevocationMode};
use yinxin::verify::{
    CheckCode, Format, Language, LaterChange, MakerRule, Reason, Role, SealAsOf, SignatureKind,
};
use yinxin::{ErrorKind, FindingClass, FindingCode, Outcome};

use crate::identifier::CodeKind;

/// A value of the core that has a code.
pub(crate) trait Coded: Copy + PartialEq + Debug + Send + Sync + 'static {
    /// The class in Python.
    const CLASS: &'static str;
    /// Its docstring.
    const DOC: &'static str;

    /// Every value, in the core's order.
    fn all() -> Vec<Self>;

    /// The code: the member's value, and in capitals its name.
    fn code(self) -> &'static str;

    /// The class, once made.
    fn class() -> &'static PyOnceLock<Py<PyAny>>;

    /// The number, for enumerations whose members are numbers.
    fn number(self) -> Option<i32> {
        None
    }
}

/// A coded value on its way from or to Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Code<T>(pub(crate) T);

impl<'py, T: Coded> IntoPyObject<'py> for Code<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let class = class::<T>(py)?;
        class.getattr(member_name(self.0.code()).as_str())
    }
}

impl<'py, T: Coded> FromPyObject<'_, 'py> for Code<T> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let class = class::<T>(object.py())?;
        if object.is_instance(class)? {
            let name: String = object.getattr("name")?.extract()?;
            let found = T::all()
                .into_iter()
                .find(|value| member_name(value.code()) == name);
            if let Some(value) = found {
                return Ok(Self(value));
            }
        }
        Err(PyTypeError::new_err(format!(
            "expected a yinxin.{}, not {}",
            T::CLASS,
            object.get_type().name()?
        )))
    }
}

/// `container.format` as `CONTAINER_FORMAT`.
fn member_name(code: &str) -> String {
    code.chars()
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' => letter.to_ascii_uppercase(),
            _ => '_',
        })
        .collect()
}

fn class<T: Coded>(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    let class = T::class().get_or_try_init(py, || make::<T>(py).map(Bound::unbind))?;
    Ok(class.bind(py))
}

/// By the functional interface of `enum`: `Enum(name, members, module=…)`.
fn make<T: Coded>(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let numbers = T::all().iter().all(|value| value.number().is_some());
    let base = py
        .import("enum")?
        .getattr(if numbers { "IntEnum" } else { "Enum" })?;
    let members = T::all()
        .into_iter()
        .map(|value| {
            let name = member_name(value.code());
            match value.number() {
                Some(number) => (name, number).into_pyobject(py),
                None => (name, value.code()).into_pyobject(py),
            }
        })
        .collect::<PyResult<Vec<_>>>()?;
    let named = pyo3::types::PyDict::new(py);
    named.set_item("module", "yinxin")?;
    named.set_item("qualname", T::CLASS)?;
    let members = PyTuple::new(py, members)?;
    let class = base.call((T::CLASS, members), Some(&named))?;
    class.setattr("__doc__", T::DOC)?;
    Ok(class)
}

macro_rules! coded {
    ($($type:ty, $class:literal, $doc:literal, $all:expr, $code:expr $(, $number:expr)?;)+) => {
        $(impl Coded for $type {
            const CLASS: &'static str = $class;
            const DOC: &'static str = $doc;

            fn all() -> Vec<Self> { $all.to_vec() }

            fn code(self) -> &'static str { ($code)(self) }

            fn class() -> &'static PyOnceLock<Py<PyAny>> {
                static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
                &CLASS
            }

            $(fn number(self) -> Option<i32> { Some(($number)(self)) })?
        })+

        /// Puts every enumeration into the module.
        pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $(module.add($class, class::<$type>(module.py())?)?;)+
            Ok(())
        }
    };
}

coded! {
    ErrorKind, "ErrorKind", "What went wrong, by its stable number.",
        Self::ALL, ErrorKind::name, ErrorKind::number;
    Outcome, "Outcome", "What a check, a signature or a document came to.",
        [Outcome::Failed, Outcome::Indeterminate, Outcome::Passed], Outcome::name;
    CheckCode, "CheckCode", "What is checked.", Self::ALL, CheckCode::name;
    Reason, "Reason", "Why a check failed or could not be judged.", Self::ALL, Reason::name;
    FindingCode, "FindingCode", "What departs from a standard, or should be known.",
        Self::ALL, FindingCode::name;
    FindingClass, "FindingClass", "How a finding weighs: strict reading refuses a defect.",
        [FindingClass::Defect, FindingClass::Remark],
        |class| match class { FindingClass::Defect => "defect", FindingClass::Remark => "remark" };
    Role, "Role", "Who in a signature a check is about.",
        [Role::Signer, Role::Maker, Role::Tsa], Role::name;
    Format, "DocumentFormat", "What kind of input it was.",
        [Format::Ofd, Format::Pdf, Format::Seal, Format::SealSignature, Format::Cms, Format::Unknown],
        |format| match format {
            Format::Ofd => "ofd",
            Format::Pdf => "pdf",
            Format::Seal => "seal",
            Format::SealSignature => "seal-signature",
            Format::Cms => "cms",
            Format::Unknown => "unknown",
        };
    SignatureKind, "SignatureKind", "What a signature is.",
        [SignatureKind::Seal, SignatureKind::Signature, SignatureKind::Timestamp],
        |kind| match kind {
            SignatureKind::Seal => "seal",
            SignatureKind::Signature => "signature",
            SignatureKind::Timestamp => "timestamp",
        };
    Freshness, "Freshness", "How fresh the trust material is.",
        [Freshness::Fresh, Freshness::StaleWarn, Freshness::StaleStop, Freshness::None],
        Freshness::name;
    Environment, "Environment", "What a trust system is run for.",
        [Environment::Production, Environment::Test],
        |environment| match environment {
            Environment::Production => "production",
            Environment::Test => "test",
        };
    PayloadKind, "TrustDocument", "What a signed trust document is.",
        [PayloadKind::Root, PayloadKind::List],
        |kind| match kind { PayloadKind::List => "list", _ => "root" };
    Language, "Language", "A language of the texts.",
        [Language::ZhCn, Language::En],
        |language| match language { Language::ZhCn => "zh-CN", Language::En => "en" };
    MakerRule, "MakerRule", "Whose words govern a seal whose maker's certificate has ended.",
        [MakerRule::Proven, MakerRule::AtCreation, MakerRule::Unconditional, MakerRule::OfEdition],
        |rule| match rule {
            MakerRule::Proven => "proven",
            MakerRule::AtCreation => "at-creation",
            MakerRule::Unconditional => "unconditional",
            MakerRule::OfEdition => "of-edition",
        };
    SealAsOf, "SealAsOf", "As of when the seal in a signature is judged.",
        [SealAsOf::Signing, SealAsOf::Evaluation],
        |as_of| match as_of { SealAsOf::Signing => "signing", SealAsOf::Evaluation => "evaluation" };
    LaterChange, "LaterChange", "What may be done to a PDF after a signature.",
        [
            LaterChange::Evidence,
            LaterChange::TimeStamp,
            LaterChange::Signature,
            LaterChange::PermittedFormFill,
            LaterChange::FormFill,
            LaterChange::PermittedAnnotation,
            LaterChange::Annotation,
        ],
        |change| match change {
            LaterChange::Evidence => "evidence",
            LaterChange::TimeStamp => "time-stamp",
            LaterChange::Signature => "signature",
            LaterChange::PermittedFormFill => "permitted-form-fill",
            LaterChange::FormFill => "form-fill",
            LaterChange::PermittedAnnotation => "permitted-annotation",
            LaterChange::Annotation => "annotation",
            _ => "other",
        };
    KeyKind, "KeyKind", "The kinds of key that can be generated.",
        [KeyKind::Sm2, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519],
        |kind| match kind {
            KeyKind::Sm2 => "sm2",
            KeyKind::P256 => "p256",
            KeyKind::P384 => "p384",
            KeyKind::Ed25519 => "ed25519",
        };
    Layout, "Layout", "The layout of a seal, by its standard and edition.",
        [Layout::Gmt0031_2014, Layout::Gbt38540_2020, Layout::Gmt0031_2025], Layout::standard;
    Listing, "Listing", "How a seal names those who may use it.",
        [Listing::Certificates, Listing::Digests, Listing::DigestsWithZ],
        |listing| match listing {
            Listing::Certificates => "certificates",
            Listing::Digests => "digests",
            Listing::DigestsWithZ => "digests-with-z",
        };
    Protection, "Protection", "Whether others may sign afterwards.",
        [Protection::Continue, Protection::Whole],
        |protection| match protection { Protection::Continue => "continue", Protection::Whole => "whole" };
    Edge, "Edge", "The edge over which a riding seal runs.",
        [Edge::Left, Edge::Right, Edge::Top, Edge::Bottom],
        |edge| match edge {
            Edge::Left => "left",
            Edge::Right => "right",
            Edge::Top => "top",
            Edge::Bottom => "bottom",
        };
    LicenseFormat, "LicenseFormat", "The container of a license.",
        [LicenseFormat::Ofd, LicenseFormat::Pdf], LicenseFormat::name;
    PdfFormat, "PdfFormat", "The form of a PDF's signature.",
        [PdfFormat::Pades, PdfFormat::Iso32000, PdfFormat::National],
        |format| match format {
            PdfFormat::Pades => "pades",
            PdfFormat::Iso32000 => "iso-32000",
            PdfFormat::National => "national",
        };
    Permission, "PdfPermission", "What others may change in a PDF behind its author's signature.",
        [Permission::Nothing, Permission::FillAndSign, Permission::Comment],
        |permission| match permission {
            Permission::Nothing => "nothing",
            Permission::FillAndSign => "fill-and-sign",
            Permission::Comment => "comment",
        };
    Purpose, "Purpose", "What a certificate's key is to be used for.",
        [Purpose::Any, Purpose::Signer, Purpose::Maker, Purpose::Tsa], Purpose::name;
    RevocationMode, "RevocationMode", "Whether revocation is looked at.",
        [RevocationMode::Off, RevocationMode::IfAvailable, RevocationMode::Required],
        RevocationMode::name;
    CodeKind, "CodeKind", "A kind of code that can be judged by itself.",
        [CodeKind::License, CodeKind::Uscc, CodeKind::Organization, CodeKind::Citizen, CodeKind::Region],
        |kind| match kind {
            CodeKind::License => "license",
            CodeKind::Uscc => "uscc",
            CodeKind::Organization => "organization",
            CodeKind::Citizen => "citizen",
            CodeKind::Region => "region",
        };
}
