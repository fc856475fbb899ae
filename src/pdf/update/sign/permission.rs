//! What earlier signatures permit, and what a new one does: DocMDP of the author's signature,
//! FieldMDP locks (ISO 32000-1 12.8.2.2, 12.8.2.4, table 233).

use super::options::SignatureOptions;
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::read::View;
use crate::pdf::signature::{FieldLock, Permission};
use crate::pdf::syntax::{Dict, Object, Ref, encode_text};

/// Refuses what earlier signatures forbid. Time stamps are evidence, which none of them does.
pub(super) fn refuse_forbidden(view: &View<'_>, options: &SignatureOptions) -> Result<()> {
    let signatures = view.signatures()?;
    if options.certify.is_some() && !signatures.is_empty() {
        return Err(Error::argument(
            "only the first signature of a document can be the author's",
        ));
    }
    if options.is_time_stamp() {
        return Ok(());
    }
    let is_new = || Ok::<_, Error>(!view.field_names()?.contains(&options.field_name));
    if let Some(encryption) = view.document().encryption()
        && !encryption.permits_signing(is_new()?)
    {
        return Err(Error::new(
            ErrorKind::WrongPassword,
            "the encrypted file permits signing only to its owner's password",
        ));
    }
    if is_closed_by_catalog(view)? {
        return Err(locked("the author's signature forbids any change"));
    }
    for signature in &signatures {
        if signature.permission()? == Some(Permission::Nothing) {
            return Err(locked("an earlier signature forbids any change"));
        }
        // A lock concerns fields that are there; a new one changes none of them.
        let is_locked = |lock: &FieldLock| lock.locks(&options.field_name);
        if signature.locks()?.iter().any(is_locked)
            && view.field_names()?.contains(&options.field_name)
        {
            return Err(locked(
                "an earlier signature's lock forbids signing this field",
            ));
        }
    }
    Ok(())
}

/// Whether the catalog names an author's signature with permission 1, in a field or not.
fn is_closed_by_catalog(view: &View<'_>) -> Result<bool> {
    let Some(permissions) = view.get_dict(&view.catalog()?, "Perms")? else {
        return Ok(false);
    };
    let Some(signature) = view.get_dict(&permissions, "DocMDP")? else {
        return Ok(false);
    };
    for reference in view.get_array(&signature, "Reference")? {
        let Object::Dict(reference) = view.resolve(&reference)? else {
            continue;
        };
        let Some(parameters) = view.get_dict(&reference, "TransformParams")? else {
            continue;
        };
        if reference.has_name("TransformMethod", "DocMDP")
            && view.get(&parameters, "P")? == Some(1.into())
        {
            return Ok(true);
        }
    }
    Ok(false)
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
        parameters.set("P", number(permission));
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
pub(super) fn lock(fields: &FieldLock) -> Dict {
    let mut lock = Dict::new();
    lock.set("Type", Object::name("SigFieldLock"));
    let (action, names) = match fields {
        FieldLock::All => ("All", None),
        FieldLock::Only(names) => ("Include", Some(names)),
        FieldLock::AllBut(names) => ("Exclude", Some(names)),
    };
    lock.set("Action", Object::name(action));
    if let Some(names) = names {
        let names = names.iter().map(|name| Object::from(encode_text(name)));
        lock.set("Fields", names.collect::<Vec<_>>());
    }
    lock
}

fn number(permission: Permission) -> i64 {
    match permission {
        Permission::Nothing => 1,
        Permission::FillAndSign => 2,
        Permission::Comment => 3,
    }
}

fn locked(message: &'static str) -> Error {
    Error::new(ErrorKind::DocumentLocked, message)
}
