//! What prepares a document for a later deception: an intact signature over it is no failure,
//! and yet a reader should know (the shadow attacks: hide, replace, hide-and-replace).

use std::collections::BTreeSet;

use super::referrers::Referrers;
use crate::error::Result;
use crate::pdf::read::View;
use crate::pdf::syntax::{Dict, Object, Ref, Value};

/// Something in a signed revision that could be made to show something else later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Preparation {
    kind: PreparationKind,
    object: Option<Ref>,
}

/// What could be made to show something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PreparationKind {
    /// A page, picture, content or font that nothing leads to.
    HiddenContent,
    /// A reference to an object that does not exist, and could be added.
    Gap,
    /// Layers of which some are off, or that switch by themselves.
    HiddenLayers,
    /// An annotation with an appearance lies over the page.
    OverlayAnnotation,
}

impl Preparation {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> PreparationKind {
        self.kind
    }

    /// The object that it is about.
    #[must_use]
    pub fn object(&self) -> Option<Ref> {
        self.object
    }
}

impl View<'_> {
    /// What in this revision prepares for a later deception. An empty list proves nothing.
    ///
    /// # Errors
    /// `malformed` and others when the revision cannot be walked through.
    pub fn preparations(&self) -> Result<Vec<Preparation>> {
        let referrers = Referrers::scan(self)?;
        let mut found = BTreeSet::new();
        self.find_hidden(&mut found)?;
        for number in referrers.targets() {
            if self.present(number)?.is_none() {
                found.insert(Preparation {
                    kind: PreparationKind::Gap,
                    object: Some(Ref {
                        number,
                        generation: 0,
                    }),
                });
            }
        }
        if self.has_hidden_layers()? {
            found.insert(Preparation {
                kind: PreparationKind::HiddenLayers,
                object: None,
            });
        }
        self.find_overlays(&mut found)?;
        Ok(found.into_iter().collect())
    }

    fn find_hidden(&self, found: &mut BTreeSet<Preparation>) -> Result<()> {
        let reached = self.reached()?;
        for number in self.numbers() {
            if reached.contains(&number) {
                continue;
            }
            let Some(object) = self.present(number)? else {
                continue;
            };
            if could_be_shown(&object.value) {
                found.insert(Preparation {
                    kind: PreparationKind::HiddenContent,
                    object: Some(Ref {
                        number,
                        generation: self.generation(number).unwrap_or(0),
                    }),
                });
            }
        }
        Ok(())
    }

    /// All objects that the trailer leads to.
    fn reached(&self) -> Result<BTreeSet<u32>> {
        let mut left = Vec::new();
        collect_dict(self.trailer()?, &mut left);
        let mut reached = BTreeSet::new();
        while let Some(number) = left.pop() {
            if !reached.insert(number) {
                continue;
            }
            match self.present(number)?.map(|found| found.value) {
                Some(Value::Plain(object)) => collect(&object, &mut left),
                Some(Value::Stream(stream)) => collect_dict(&stream.dict, &mut left),
                None => {}
            }
        }
        Ok(reached)
    }

    fn has_hidden_layers(&self) -> Result<bool> {
        let Some(layers) = self.get_dict(&self.catalog()?, "OCProperties")? else {
            return Ok(false);
        };
        let Some(shown) = self.get_dict(&layers, "D")? else {
            return Ok(true);
        };
        let off = !self.get_array(&shown, "OFF")?.is_empty();
        let by_default = shown.contains("BaseState") && !shown.has_name("BaseState", "ON");
        let by_itself = !self.get_array(&shown, "AS")?.is_empty();
        let others = !self.get_array(&layers, "Configs")?.is_empty();
        Ok(off || by_default || by_itself || others)
    }

    fn find_overlays(&self, found: &mut BTreeSet<Preparation>) -> Result<()> {
        for page in self.pages()? {
            for annotation in self.get_array(&page.dict, "Annots")? {
                let Object::Dict(dict) = self.resolve(&annotation)? else {
                    continue;
                };
                let harmless = ["Widget", "Link", "Popup"]
                    .iter()
                    .any(|subtype| dict.has_name("Subtype", subtype));
                if !harmless && dict.contains("AP") {
                    found.insert(Preparation {
                        kind: PreparationKind::OverlayAnnotation,
                        object: annotation.as_reference().or(Some(page.reference)),
                    });
                }
            }
        }
        Ok(())
    }
}

/// Pages, fonts, catalogs and streams of content; not the tables and containers of the file.
fn could_be_shown(value: &Value) -> bool {
    match value {
        Value::Plain(Object::Dict(dict)) => ["Page", "Pages", "Catalog", "Font", "Annot"]
            .iter()
            .any(|kind| dict.has_name("Type", kind)),
        Value::Plain(_) => false,
        Value::Stream(stream) => {
            let of_the_file = ["XRef", "ObjStm", "Metadata", "EmbeddedFile"]
                .iter()
                .any(|kind| stream.dict.has_name("Type", kind));
            // The hint stream of a linearised file is found by its place alone.
            let hints = stream.dict.contains("S") && !stream.dict.contains("Type");
            !of_the_file && !hints
        }
    }
}

fn collect(object: &Object, into: &mut Vec<u32>) {
    match object {
        Object::Reference(reference) => into.push(reference.number),
        Object::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Object::Dict(dict) => collect_dict(dict, into),
        _ => {}
    }
}

fn collect_dict(dict: &Dict, into: &mut Vec<u32>) {
    dict.iter().for_each(|(_, value)| collect(value, into));
}
