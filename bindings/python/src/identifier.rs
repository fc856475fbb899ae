//! Identifiers of licenses, organizations and persons, judged by their form and check character alone.

use pyo3::prelude::*;
use yinxin::Outcome;
use yinxin::license::codes::{CheckDigit, CitizenNumber, OrganizationCode, RegionCode, Uscc};
use yinxin::license::{self, CheckCharacter};

use crate::codes::Code;
use crate::guard::brief;

/// A kind of code that can be judged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CodeKind {
    License,
    Uscc,
    Organization,
    Citizen,
    Region,
}

/// Whether a code has the form and the check character of its kind; nobody is asked whether it was
/// ever given to anyone. Indeterminate where a license's serial holds characters that the check has no
/// value for.
#[pyfunction]
pub(crate) fn check_code(kind: Code<CodeKind>, code: &str) -> PyResult<Code<Outcome>> {
    brief(|| Ok(Code(checked(kind.0, code))))
}

fn checked(kind: CodeKind, code: &str) -> Outcome {
    let good = match kind {
        CodeKind::License => {
            return license::LicenseId::parse(code).map_or(Outcome::Failed, character);
        }
        // The inner check digit, of the organization code, is wrong in codes that were given out.
        CodeKind::Uscc => Uscc::examine(code).outer == Some(CheckDigit::Right),
        CodeKind::Organization => OrganizationCode::parse(code).is_ok(),
        CodeKind::Citizen => CitizenNumber::parse(code).is_ok(),
        CodeKind::Region => RegionCode::parse(code).is_ok(),
    };
    if good {
        Outcome::Passed
    } else {
        Outcome::Failed
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_or")]
fn character(id: license::LicenseId) -> Outcome {
    match id.check() {
        CheckCharacter::Standard | CheckCharacter::VendorVariant => Outcome::Passed,
        CheckCharacter::NotCheckable => Outcome::Indeterminate,
        CheckCharacter::Wrong { .. } => Outcome::Failed,
    }
}

/// A license identifier (证照标识, GB/T 36904), read from its text. A wrong check character is no error:
/// `check` tells.
#[pyclass(frozen, eq, hash, module = "yinxin")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct LicenseId(license::LicenseId);

#[pymethods]
impl LicenseId {
    #[new]
    fn new(text: &str) -> PyResult<Self> {
        brief(|| Ok(Self(license::LicenseId::parse(text)?)))
    }

    /// A new identifier with its check character. `issuer` is a unified social credit code, `version`
    /// a number from 1 to 999.
    #[staticmethod]
    #[pyo3(signature = (*, type_code, issuer, serial, version = 1))]
    fn make(type_code: &str, issuer: &str, serial: &str, version: u16) -> PyResult<Self> {
        brief(|| {
            let issuer = Uscc::parse(issuer)?;
            Ok(Self(license::LicenseId::new(
                type_code, &issuer, serial, version,
            )?))
        })
    }

    /// The code of the license's type.
    #[getter]
    fn type_code(&self) -> &str {
        self.0.type_code()
    }

    /// The code of who issued it.
    #[getter]
    fn issuer(&self) -> &str {
        self.0.issuer()
    }

    /// Its serial.
    #[getter]
    fn serial(&self) -> &str {
        self.0.serial()
    }

    /// Its version, from 1.
    #[getter]
    fn version(&self) -> u16 {
        self.0.version()
    }

    /// What its check character tells.
    #[getter]
    fn check(&self) -> Code<Outcome> {
        Code(character(self.0.clone()))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> &'static str {
        "<yinxin.LicenseId>"
    }
}
