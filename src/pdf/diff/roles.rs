//! What each object that an update may touch is for.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::read::View;
use crate::pdf::syntax::{Dict, Object, Ref, Value, decode_text};

/// What an object is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Catalog,
    Page,
    /// The annotations of the page with this number.
    Annotations(u32),
    Annotation,
    Form,
    Fields,
    Field(FieldRole),
    /// A dictionary of appearances, or one appearance, of the widget with this number.
    Appearance(u32),
    SecurityStore,
    Evidence,
    Information,
    Metadata,
    /// It is found in two places that do not go together.
    Mixed,
}

/// A node of the form: a field, a widget, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldRole {
    /// The full name.
    pub(super) name: String,
    /// `FT`, its own or inherited.
    pub(super) kind: Option<Vec<u8>>,
    /// The objects from the root of the field down to this one.
    pub(super) path: Vec<Ref>,
}

/// The roles of a revision.
#[derive(Default)]
pub(super) struct Roles {
    roles: BTreeMap<u32, Role>,
    names: BTreeSet<String>,
}

impl Roles {
    pub(super) fn of(view: &View<'_>) -> Result<Self> {
        let mut roles = Self::default();
        let catalog = view.catalog()?;
        roles.assign(view.catalog_reference()?, &Role::Catalog);
        if let Some(form) = view.get_dict(&catalog, "AcroForm")? {
            roles.assign_value(catalog.get("AcroForm"), &Role::Form);
            roles.assign_value(form.get("Fields"), &Role::Fields);
            for field in view.get_array(&form, "Fields")? {
                roles.learn_field(view, &field, None)?;
            }
        }
        for page in view.pages()? {
            roles.assign(page.reference, &Role::Page);
            roles.learn_annotations(view, page.reference, &page.dict)?;
        }
        roles.learn_security_store(view, catalog.get("DSS"))?;
        roles.assign_value(catalog.get("Metadata"), &Role::Metadata);
        roles.assign_value(view.trailer()?.get("Info"), &Role::Information);
        Ok(roles)
    }

    pub(super) fn get(&self, number: u32) -> Option<&Role> {
        self.roles.get(&number)
    }

    pub(super) fn is_name_known(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    fn assign(&mut self, reference: Ref, role: &Role) {
        let known = self.roles.entry(reference.number);
        let known = known.or_insert_with(|| role.clone());
        if known != role {
            *known = Role::Mixed;
        }
    }

    fn assign_value(&mut self, value: Option<&Object>, role: &Role) {
        if let Some(reference) = value.and_then(Object::as_reference) {
            self.assign(reference, role);
        }
    }

    /// A field with all below it.
    pub(super) fn learn_field(
        &mut self,
        view: &View<'_>,
        field: &Object,
        above: Option<&FieldRole>,
    ) -> Result<()> {
        let reference = field
            .as_reference()
            .ok_or_else(|| Error::malformed("a form field is no reference"))?;
        let mut role = above.cloned().unwrap_or(FieldRole {
            name: String::new(),
            kind: None,
            path: Vec::new(),
        });
        if role.path.len() > limits::NESTING {
            return Err(Error::limit("pdf field depth", 64));
        }
        if self.roles.contains_key(&reference.number) {
            return Err(
                Error::malformed("a tree leads to an object twice").with("object", reference)
            );
        }
        role.path.push(reference);
        let dict = view.dict_at(reference)?;
        if let Some(Object::String(part)) = view.get(&dict, "T")? {
            let part = decode_text(&part.bytes);
            role.name = match role.name.as_str() {
                "" => part,
                above => format!("{above}.{part}"),
            };
            if role.name.len() > limits::NAME {
                return Err(Error::limit("pdf field name", 4096));
            }
            self.names.insert(role.name.clone());
        }
        if let Some(Object::Name(kind)) = view.get(&dict, "FT")? {
            role.kind = Some(kind);
        }
        self.assign(reference, &Role::Field(role.clone()));
        self.learn_appearance(view, reference, &dict)?;
        for kid in view.get_array(&dict, "Kids")? {
            self.learn_field(view, &kid, Some(&role))?;
        }
        Ok(())
    }

    /// The appearances of a widget, which a form fill may rewrite.
    pub(super) fn learn_appearance(
        &mut self,
        view: &View<'_>,
        widget: Ref,
        dict: &Dict,
    ) -> Result<()> {
        let role = Role::Appearance(widget.number);
        self.assign_value(dict.get("AP"), &role);
        if let Some(appearances) = view.get_dict(dict, "AP")? {
            self.assign_value(appearances.get("N"), &role);
        }
        Ok(())
    }

    /// The annotations of a page, widgets of known fields excepted.
    pub(super) fn learn_annotations(
        &mut self,
        view: &View<'_>,
        page: Ref,
        dict: &Dict,
    ) -> Result<()> {
        self.assign_value(dict.get("Annots"), &Role::Annotations(page.number));
        for annotation in view.get_array(dict, "Annots")? {
            let Some(reference) = annotation.as_reference() else {
                continue;
            };
            if !matches!(self.get(reference.number), Some(Role::Field(_))) {
                self.assign(reference, &Role::Annotation);
            }
        }
        Ok(())
    }

    /// The document security store (ISO 32000-2 12.8.4.3) and all below it.
    pub(super) fn learn_security_store(
        &mut self,
        view: &View<'_>,
        store: Option<&Object>,
    ) -> Result<()> {
        let Some(store) = store else { return Ok(()) };
        self.assign_value(Some(store), &Role::SecurityStore);
        let Object::Dict(store) = view.resolve(store)? else {
            return Err(Error::malformed("the security store is no dictionary"));
        };
        self.learn_lists(view, &store)?;
        if let Some(related) = view.get_dict(&store, "VRI")? {
            self.assign_value(store.get("VRI"), &Role::SecurityStore);
            for (_, entry) in related.iter() {
                self.assign_value(Some(entry), &Role::SecurityStore);
                if let Object::Dict(entry) = view.resolve(entry)? {
                    self.learn_lists(view, &entry)?;
                    self.assign_value(entry.get("TS"), &Role::Evidence);
                }
            }
        }
        Ok(())
    }

    fn learn_lists(&mut self, view: &View<'_>, dict: &Dict) -> Result<()> {
        for key in ["Certs", "CRLs", "OCSPs", "Cert", "CRL", "OCSP"] {
            self.assign_value(dict.get(key), &Role::SecurityStore);
            for item in view.get_array(dict, key)? {
                self.assign_value(Some(&item), &Role::Evidence);
            }
        }
        Ok(())
    }
}

/// The value of an object, `None` when it is a stream.
pub(super) fn plain(value: &Value) -> Option<&Object> {
    match value {
        Value::Plain(object) => Some(object),
        Value::Stream(_) => None,
    }
}
