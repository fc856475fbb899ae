//! What a signature permits afterwards: DocMDP of the author's signature, FieldMDP locks
//! (ISO 32000-1 12.8.2.2, 12.8.2.4, table 233).

use super::options::{LockedFields, Permission, SignatureOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::read::View;
use crate::pdf::syntax::{Dict, Object, Ref, encode_text};

/// Field names of one lock.
const MAX_NAMES: usize = 10_000;

/// Refuses what earlier signatures forbid.
pub(super) fn refuse_forbidden(view: &View<'_>, options: &SignatureOptions) -> Result<()> {
    refuse_certified(view)?;
    for signature in view.signature_fields()? {
        let Some(value) = signature.value() else {
            continue;
        };
        let dict = view.dict_at(value)?;
        for transform in transforms(view, &dict, "FieldMDP")? {
            refuse_field(view, &transform, &options.field_name)?;
            if view.get(&transform, "P")? == Some(1.into()) {
                return Err(locked("a signature's lock forbids any change"));
            }
        }
    }
    if options.certify.is_some()
        && view
            .signature_fields()?
            .iter()
            .any(|field| field.value().is_some())
    {
        return Err(Error::argument(
            "only the first signature of a document can be the author's",
        ));
    }
    Ok(())
}

/// An author's signature with permission 1 allows no change.
fn refuse_certified(view: &View<'_>) -> Result<()> {
    let Some(permissions) = view.get_dict(&view.catalog()?, "Perms")? else {
        return Ok(());
    };
    let Some(signature) = view.get_dict(&permissions, "DocMDP")? else {
        return Ok(());
    };
    for transform in transforms(view, &signature, "DocMDP")? {
        if view.get(&transform, "P")? == Some(1.into()) {
            return Err(locked("the author's signature forbids any change"));
        }
    }
    Ok(())
}

fn refuse_field(view: &View<'_>, lock: &Dict, field: &str) -> Result<()> {
    let named = view
        .get_array(lock, "Fields")?
        .iter()
        .take(MAX_NAMES)
        .any(|name| {
            name.as_string()
                .is_some_and(|name| is_within(field, &crate::pdf::syntax::decode_text(&name.bytes)))
        });
    let forbidden = match view.get(lock, "Action")? {
        Some(Object::Name(action)) => match action.as_slice() {
            b"All" => true,
            b"Include" => named,
            b"Exclude" => !named,
            _ => false,
        },
        _ => false,
    };
    // A lock concerns fields that are there; a new one changes none of them.
    if forbidden && view.form_fields()?.iter().any(|one| one.name == field) {
        return Err(locked("a signature's lock forbids signing this field"));
    }
    Ok(())
}

/// A lock of a field holds for those below it.
fn is_within(field: &str, name: &str) -> bool {
    field
        .strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The parameters of a signature's transforms of this method.
fn transforms(view: &View<'_>, signature: &Dict, method: &str) -> Result<Vec<Dict>> {
    let mut found = Vec::new();
    for reference in view.get_array(signature, "Reference")? {
        let Object::Dict(reference) = view.resolve(&reference)? else {
            continue;
        };
        if reference.has_name("TransformMethod", method) {
            found.extend(view.get_dict(&reference, "TransformParams")?);
        }
    }
    Ok(found)
}

/// `Reference` of the new signature; empty when it restricts nothing.
pub(super) fn references(
    options: &SignatureOptions,
    lock: Option<&Dict>,
    catalog: Ref,
) -> Vec<Object> {
    let mut references = Vec::new();
    if let Some(permission) = options.certify {
        let mut parameters = parameters();
        parameters.set("P", permission.number());
        references.push(reference("DocMDP", parameters, None));
    }
    if let Some(lock) = lock {
        let mut parameters = parameters();
        for key in ["Action", "Fields", "P"] {
            if let Some(value) = lock.get(key) {
                parameters.set(key, value.clone());
            }
        }
        references.push(reference("FieldMDP", parameters, Some(catalog)));
    }
    references
}

fn parameters() -> Dict {
    let mut parameters = Dict::new();
    parameters.set("Type", Object::name("TransformParams"));
    parameters.set("V", Object::name("1.2"));
    parameters
}

fn reference(method: &str, parameters: Dict, data: Option<Ref>) -> Object {
    let mut reference = Dict::new();
    reference.set("Type", Object::name("SigRef"));
    reference.set("TransformMethod", Object::name(method));
    reference.set("TransformParams", parameters);
    if let Some(data) = data {
        reference.set("Data", data);
    }
    Object::Dict(reference)
}

/// `Lock` of the field that the options ask for.
pub(super) fn lock(fields: &LockedFields) -> Dict {
    let mut lock = Dict::new();
    lock.set("Type", Object::name("SigFieldLock"));
    let (action, names) = match fields {
        LockedFields::All => ("All", None),
        LockedFields::Only(names) => ("Include", Some(names)),
        LockedFields::AllBut(names) => ("Exclude", Some(names)),
    };
    lock.set("Action", Object::name(action));
    if let Some(names) = names {
        let names = names.iter().map(|name| Object::from(encode_text(name)));
        lock.set("Fields", names.collect::<Vec<_>>());
    }
    lock
}

impl Permission {
    fn number(self) -> i64 {
        match self {
            Self::NoChanges => 1,
            Self::FillForms => 2,
            Self::Annotate => 3,
        }
    }
}

fn locked(message: &'static str) -> Error {
    Error::new(ErrorKind::DocumentLocked, message)
}
