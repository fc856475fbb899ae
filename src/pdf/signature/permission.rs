//! What a signature permits to be changed after it (ISO 32000-2 12.8.2.2 and 12.8.2.4).

use crate::error::{Error, Result};
use crate::pdf::read::View;
use crate::pdf::syntax::{Dict, Object, decode_text};

/// What an author's signature, or a locked approval, permits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// P = 1: nothing but evidence and time stamps.
    Nothing,
    /// P = 2: filling in forms and signing.
    FillAndSign,
    /// P = 3: comments as well.
    Comment,
}

/// Fields that a signature locks.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldLock {
    /// Every field.
    All,
    /// These fields and all below them.
    Only(Vec<String>),
    /// Every field but these and those below them.
    AllBut(Vec<String>),
}

impl FieldLock {
    /// Whether it locks a field of this full name.
    #[must_use]
    pub fn locks(&self, field: &str) -> bool {
        let named = |names: &[String]| {
            names.iter().any(|name| {
                field
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        match self {
            Self::All => true,
            Self::Only(names) => named(names),
            Self::AllBut(names) => !named(names),
        }
    }
}

impl std::fmt::Debug for FieldLock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names of fields may be personal.
        match self {
            Self::All => f.write_str("All"),
            Self::Only(names) => write!(f, "Only({})", names.len()),
            Self::AllBut(names) => write!(f, "AllBut({})", names.len()),
        }
    }
}

/// What one signature permits: the strictest of all it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Permissions {
    pub(super) permission: Option<Permission>,
    pub(super) locks: Vec<FieldLock>,
}

impl Permissions {
    /// Reads the references of a signature dictionary and the lock of its field.
    pub(super) fn read(view: &View<'_>, signature: &Dict, lock: Option<&Object>) -> Result<Self> {
        let mut permissions = Self::default();
        for reference in view.get_array(signature, "Reference")? {
            let Object::Dict(reference) = view.resolve(&reference)? else {
                return Err(Error::malformed("a signature reference is no dictionary"));
            };
            let parameters = view.get_dict(&reference, "TransformParams")?;
            let parameters = parameters.unwrap_or_default();
            match view.get(&reference, "TransformMethod")? {
                Some(Object::Name(method)) if method == b"DocMDP" => {
                    // The default is 2 (table 257).
                    let p = view.get(&parameters, "P")?.unwrap_or(Object::Integer(2));
                    permissions.restrict(&p)?;
                }
                Some(Object::Name(method)) if method == b"FieldMDP" => {
                    permissions.locks.push(field_lock(view, &parameters)?);
                }
                _ => {}
            }
        }
        if let Some(lock) = lock {
            let Object::Dict(lock) = view.resolve(lock)? else {
                return Err(Error::malformed("the lock of a field is no dictionary"));
            };
            if lock.contains("Action") {
                permissions.locks.push(field_lock(view, &lock)?);
            }
            if let Some(p) = view.get(&lock, "P")? {
                permissions.restrict(&p)?;
            }
        }
        Ok(permissions)
    }

    fn restrict(&mut self, p: &Object) -> Result<()> {
        let permission = match p {
            Object::Integer(1) => Permission::Nothing,
            Object::Integer(2) => Permission::FillAndSign,
            Object::Integer(3) => Permission::Comment,
            _ => return Err(Error::malformed("a permission is none of 1, 2 and 3")),
        };
        let strictest = self
            .permission
            .map_or(permission, |known| known.min(permission));
        self.permission = Some(strictest);
        Ok(())
    }
}

fn field_lock(view: &View<'_>, parameters: &Dict) -> Result<FieldLock> {
    let names = || -> Result<Vec<String>> {
        let names = view.get_array(parameters, "Fields")?;
        let name = |name: &Object| match view.resolve(name)? {
            Object::String(name) => Ok(decode_text(&name.bytes)),
            _ => Err(Error::malformed("the name of a locked field is no string")),
        };
        names.iter().map(name).collect()
    };
    match view.get(parameters, "Action")? {
        Some(Object::Name(action)) if action == b"All" => Ok(FieldLock::All),
        Some(Object::Name(action)) if action == b"Include" => names().map(FieldLock::Only),
        Some(Object::Name(action)) if action == b"Exclude" => names().map(FieldLock::AllBut),
        _ => Err(Error::malformed("a field lock has no known action")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_reaches_below_its_names() {
        let names = || vec!["a.b".to_owned(), "c".to_owned()];
        for (field, named) in [
            ("a.b", true),
            ("a.b.x", true),
            ("a.bc", false),
            ("a", false),
            ("c", true),
            ("d", false),
        ] {
            assert_eq!(FieldLock::Only(names()).locks(field), named, "{field}");
            assert_eq!(FieldLock::AllBut(names()).locks(field), !named, "{field}");
            assert!(FieldLock::All.locks(field));
        }
    }
}
