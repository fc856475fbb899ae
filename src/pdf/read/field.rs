//! The form's fields (ISO 32000-1 12.7).

use super::{View, Visited};
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Ref, decode_text};

/// A terminal field of the form.
#[derive(Clone, Debug)]
pub(crate) struct FormField {
    /// The full name: partial names joined by points.
    pub(crate) name: String,
    pub(crate) reference: Ref,
    pub(crate) kind: Option<Vec<u8>>,
    /// `V` as it stands, its own or inherited, and the object that holds it.
    pub(crate) value: Option<(Ref, Object)>,
}

/// What a field takes from the fields above it.
#[derive(Clone, Default)]
struct Inherited {
    name: String,
    kind: Option<Vec<u8>>,
    value: Option<(Ref, Object)>,
}

impl View<'_> {
    /// The form dictionary of the catalog.
    pub(crate) fn form(&self) -> Result<Option<Dict>> {
        self.get_dict(&self.catalog()?, "AcroForm")
    }

    /// The terminal fields in order.
    pub(crate) fn form_fields(&self) -> Result<Vec<FormField>> {
        let Some(form) = self.form()? else {
            return Ok(Vec::new());
        };
        let mut fields = Vec::new();
        let mut visited = Visited::default();
        for field in self.get_array(&form, "Fields")? {
            let reference = required_reference(&field)?;
            self.walk_fields(
                reference,
                &Inherited::default(),
                0,
                &mut visited,
                &mut fields,
            )?;
        }
        Ok(fields)
    }

    fn walk_fields(
        &self,
        reference: Ref,
        above: &Inherited,
        depth: usize,
        visited: &mut Visited,
        fields: &mut Vec<FormField>,
    ) -> Result<()> {
        if depth > limits::NESTING {
            return Err(Error::limit("pdf field depth", 64));
        }
        visited.enter(reference)?;
        let dict = self.dict_at(reference)?;
        let here = self.inherit_field(reference, &dict, above)?;
        let mut children = Vec::new();
        for kid in self.get_array(&dict, "Kids")? {
            let kid = required_reference(&kid)?;
            // A kid without a name is a widget of this field, not a field.
            if self.dict_at(kid)?.contains("T") {
                children.push(kid);
            } else {
                visited.enter(kid)?;
            }
        }
        if children.is_empty() {
            if fields.len() == limits::FIELDS {
                return Err(Error::limit("pdf fields", 100_000));
            }
            let Inherited { name, kind, value } = here;
            fields.push(FormField {
                name,
                reference,
                kind,
                value,
            });
            return Ok(());
        }
        for child in children {
            self.walk_fields(child, &here, depth + 1, visited, fields)?;
        }
        Ok(())
    }

    fn inherit_field(&self, holder: Ref, dict: &Dict, above: &Inherited) -> Result<Inherited> {
        let mut here = above.clone();
        if let Some(Object::String(part)) = self.get(dict, "T")? {
            let part = decode_text(&part.bytes);
            here.name = if here.name.is_empty() {
                part
            } else {
                format!("{}.{part}", here.name)
            };
            if here.name.len() > limits::NAME {
                return Err(Error::limit("pdf field name", 4096));
            }
        }
        if let Some(Object::Name(kind)) = self.get(dict, "FT")? {
            here.kind = Some(kind);
        }
        if let Some(value) = dict.get("V") {
            here.value = Some((holder, value.clone()));
        }
        Ok(here)
    }
}

fn required_reference(object: &Object) -> Result<Ref> {
    object
        .as_reference()
        .ok_or_else(|| Error::malformed("a form field is no reference"))
}
