//! Adding a signature whose value is still to come.

mod appearance;
mod field;
mod lettering;
mod options;
mod permission;
mod prepared;
mod template;

pub use lettering::Lettering;
pub use options::{Place, SignatureOptions, sub_filter};
pub use prepared::PreparedSignature;

use super::{Finished, Update};
use crate::error::{Error, ErrorKind, Result};
use crate::pdf::read::Document;
use crate::pdf::syntax::{Dict, Object};
use template::{SignatureTemplate, write_range};

/// Appends a signature to the newest revision of a document: in the empty field of the name given,
/// or in a new one.
///
/// # Errors
/// `invalid_argument` for a field that is signed already or is no signature field, a new field's
/// name that is malformed, a page that does not exist, a place off the page, a capacity of 0 or
/// above 1 MiB, an author's signature that is not the first, or what the field's author does not
/// admit; `document_locked` when an earlier signature forbids this one;
/// `wrong_password` when an encrypted file permits it to its owner's password only; `unsupported` for a field
/// with demands that are not known; `does_not_fit` for text larger than
/// its place; `malformed` for a picture that is no PNG or a document whose pages or form cannot be
/// walked.
pub fn add_signature(
    document: &Document<'_>,
    options: &SignatureOptions,
) -> Result<PreparedSignature> {
    options.check()?;
    let mut update = Update::new(document)?;
    let view = update.view();
    permission::refuse_forbidden(&view, options)?;

    let signature = update.allocate();
    let lock = field::place(&mut update, options, signature)?;
    if options.certify.is_some() {
        let mut catalog = update.catalog()?;
        let mut permissions = view.get_dict(&catalog, "Perms")?.unwrap_or_else(Dict::new);
        permissions.set("DocMDP", signature);
        catalog.set("Perms", Object::Dict(permissions));
        update.set_catalog(catalog);
    }
    let references = permission::references(options, lock.as_ref(), view.catalog_reference()?);

    let mut seal = |part: &mut Object| update.seal(signature, part);
    let template = SignatureTemplate::new(options, references, &mut seal)?;
    update.put_printed(signature, template.body);
    let Finished { mut bytes, bodies } = update.finish()?;
    let body = bodies
        .get(&signature)
        .copied()
        .ok_or_else(|| Error::new(ErrorKind::Internal, "the signature was not written"))?;
    let gap = body + template.contents.start..body + template.contents.end;
    write_range(&mut bytes, body + template.range_at, &gap)?;
    Ok(PreparedSignature { bytes, gap })
}
