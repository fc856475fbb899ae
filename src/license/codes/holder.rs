//! Holder code types (持证主体代码类型, GB/T 36903 Annex A): what kind of number names a holder.

use super::{CitizenNumber, Uscc, rows};

const TYPES: &str = include_str!("../data/holder-code-types.tsv");

/// One of the sixteen types of Annex A.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HolderCodeType {
    code: &'static str,
    name: &'static str,
    kind: HolderKind,
    form: CodeForm,
}

/// Whether a code names a natural person or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HolderKind {
    /// 自然人.
    Person,
    /// 法人或其他组织.
    Organization,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum CodeForm {
    Uscc,
    Citizen,
    Other,
}

impl HolderCodeType {
    /// The type of a three-digit code such as `001`, or `None` if Annex A has no such code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::all().find(|listed| listed.code == code)
    }

    /// Every type, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        rows(TYPES).filter_map(|row| {
            let [code, name, kind, form] = row.as_slice() else {
                return None;
            };
            let kind = match *kind {
                "person" => HolderKind::Person,
                "organization" => HolderKind::Organization,
                _ => return None,
            };
            let form = match *form {
                "uscc" => CodeForm::Uscc,
                "citizen" => CodeForm::Citizen,
                _ => CodeForm::Other,
            };
            Some(Self {
                code,
                name,
                kind,
                form,
            })
        })
    }

    /// The three digits.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// The Chinese name, such as 统一社会信用代码.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Whom codes of this type name.
    #[must_use]
    pub const fn kind(self) -> HolderKind {
        self.kind
    }

    /// Why `value` is no code of this type, as far as its form tells.
    pub(crate) fn defect(self, value: &str) -> Option<&'static str> {
        match self.form {
            CodeForm::Uscc => match Uscc::parse(value) {
                Ok(uscc) if uscc.as_str() == value => None,
                Ok(_) => Some("must be written in capital letters without spaces"),
                Err(_) => Some("is not a unified social credit code with a right check digit"),
            },
            CodeForm::Citizen => match CitizenNumber::parse(value) {
                Ok(number) if number.as_str() == value => None,
                Ok(_) => Some("must be written in capital letters without spaces"),
                Err(_) => Some("is not a citizen number with a real date and right check digit"),
            },
            CodeForm::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annex_a_has_sixteen_rows() {
        assert_eq!(HolderCodeType::all().count(), 16);
        assert_eq!(rows(TYPES).count(), 16);
        let uscc = HolderCodeType::find("001").unwrap();
        assert_eq!(
            (uscc.name(), uscc.kind()),
            ("统一社会信用代码", HolderKind::Organization)
        );
        assert_eq!(HolderCodeType::find("10"), None);
        assert_eq!(HolderCodeType::find(""), None);
    }

    #[test]
    fn forms_are_enforced_where_they_are_known() {
        let citizen = HolderCodeType::find("111").unwrap();
        assert_eq!(citizen.defect("11010519491231002X"), None);
        assert!(citizen.defect("11010519491231002x").is_some());
        assert!(citizen.defect("110105194912310021").is_some());
        assert_eq!(
            HolderCodeType::find("414").unwrap().defect("E00000000"),
            None
        );
    }
}
