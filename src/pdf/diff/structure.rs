//! The trailer, the catalog, the form, pages and their annotations.

use super::{Cause, ChangeKind, Step};
use crate::error::Result;
use crate::pdf::syntax::{Dict, Object, same};

/// Trailer entries that describe the section or the file and show nothing.
const TRAILER_UPKEEP: [&[u8]; 11] = [
    b"Size",
    b"Prev",
    b"ID",
    b"XRefStm",
    b"Type",
    b"W",
    b"Index",
    b"Length",
    b"Filter",
    b"DecodeParms",
    b"DocChecksum",
];

/// Annotations that people put on a page to comment on it.
const COMMENTS: [&str; 15] = [
    "Text",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
    "Caret",
    "Ink",
    "Popup",
];

/// The keys whose values two dictionaries do not share, with both values.
pub(super) fn differences<'d>(
    old: &'d Dict,
    new: &'d Dict,
) -> Vec<(&'d [u8], Option<&'d Object>, Option<&'d Object>)> {
    let value = |dict: &'d Dict, key: &[u8]| {
        let key = std::str::from_utf8(key).ok()?;
        dict.get(key)
    };
    let mut differences = Vec::new();
    for (key, before) in old.iter() {
        let before = Some(before).filter(|before| **before != Object::Null);
        let after = value(new, key);
        let alike = match (before, after) {
            (Some(before), Some(after)) => same(before, after),
            (None, None) => true,
            _ => false,
        };
        if !alike {
            differences.push((key, before, after));
        }
    }
    for (key, after) in new.iter() {
        if *after != Object::Null && old.iter().all(|(known, _)| known != key) {
            differences.push((key, None, Some(after)));
        }
    }
    differences
}

impl Step<'_> {
    pub(super) fn judge_trailer(&mut self) -> Result<()> {
        let (old, new) = (self.old.trailer()?, self.new.trailer()?);
        for (key, before, after) in differences(old, new) {
            if TRAILER_UPKEEP.contains(&key) {
                continue;
            }
            match (key, before, after) {
                (b"Root", _, _) => {
                    let (old, new) = (self.old.catalog()?, self.new.catalog()?);
                    self.judge_catalog(&old, &new)?;
                }
                (b"Info", before, Some(after)) => {
                    let old = match before {
                        Some(before) => self.old.resolve(before)?,
                        None => Object::Dict(Dict::new()),
                    };
                    match (old, self.new.resolve(after)?) {
                        (Object::Dict(old), Object::Dict(new)) => {
                            self.judge_information(None, &old, &new);
                        }
                        _ => self.refuse(None, Cause::Information),
                    }
                }
                (b"Info", _, None) => self.refuse(None, Cause::Information),
                _ => self.refuse(None, Cause::Trailer),
            }
        }
        Ok(())
    }

    pub(super) fn judge_catalog(&mut self, old: &Dict, new: &Dict) -> Result<()> {
        let number = self.new.catalog_reference()?.number;
        for (key, before, after) in differences(old, new) {
            match (key, before, after) {
                (b"AcroForm", None, Some(form)) => self.judge_new_form(number, form)?,
                (b"AcroForm", Some(before), Some(after)) => {
                    let (old, new) = (self.old.resolve(before)?, self.new.resolve(after)?);
                    match (old, new) {
                        (Object::Dict(old), Object::Dict(new)) => {
                            self.judge_form(number, &old, &new)?;
                        }
                        _ => self.refuse(Some(number), Cause::Form),
                    }
                }
                (b"DSS", before, Some(after)) => self.judge_new_store(number, before, after)?,
                (b"Extensions", _, Some(extensions)) => {
                    let extensions = self.new.resolve(extensions)?;
                    self.judge_extensions(number, &extensions);
                }
                (b"Version", _, Some(Object::Name(_))) => {
                    self.push(Some(number), ChangeKind::Upkeep);
                }
                (b"Metadata", Some(before), Some(after)) => {
                    self.judge_other_metadata(number, before, after)?;
                }
                _ => self.refuse(Some(number), Cause::Catalog),
            }
        }
        Ok(())
    }

    /// A form where there was none: one that holds signature fields alone.
    fn judge_new_form(&mut self, number: u32, form: &Object) -> Result<()> {
        if form
            .as_reference()
            .is_some_and(|reference| !self.is_added(reference))
        {
            self.refuse(Some(number), Cause::HiddenShown);
            return Ok(());
        }
        match self.new.resolve(form)? {
            Object::Dict(form) => self.judge_form(number, &Dict::new(), &form),
            _ => {
                self.refuse(Some(number), Cause::Form);
                Ok(())
            }
        }
    }

    pub(super) fn judge_form(&mut self, number: u32, old: &Dict, new: &Dict) -> Result<()> {
        for (key, before, after) in differences(old, new) {
            match (key, before, after) {
                (b"Fields", _, Some(after)) => {
                    let old = self.old.get_array(old, "Fields")?;
                    let Object::Array(new) = self.new.resolve(after)? else {
                        self.refuse(Some(number), Cause::Form);
                        continue;
                    };
                    // The same array in another place is a change of place only.
                    let _ = before;
                    self.judge_fields(number, &old, &new, None)?;
                }
                (b"SigFlags", before, Some(Object::Integer(after))) => {
                    let before = before.and_then(Object::as_integer).unwrap_or(0);
                    if before & !after == 0 && (0..=3).contains(after) {
                        self.push(Some(number), ChangeKind::Upkeep);
                    } else {
                        self.refuse(Some(number), Cause::Form);
                    }
                }
                // Viewers keep to the appearances that are stored.
                (b"NeedAppearances", _, None | Some(Object::Bool(false))) => {
                    self.push(Some(number), ChangeKind::Upkeep);
                }
                (b"DR", before, Some(after)) => self.judge_resources(number, before, after)?,
                // It serves fields that say none of their own: where there was none, they showed
                // nothing that could change.
                (b"DA", None, Some(Object::String(_))) => {
                    self.push(Some(number), ChangeKind::Upkeep);
                }
                _ => self.refuse(Some(number), Cause::Form),
            }
        }
        Ok(())
    }

    /// The form's resources may gain entries; those that were there stay.
    fn judge_resources(
        &mut self,
        number: u32,
        before: Option<&Object>,
        after: &Object,
    ) -> Result<()> {
        let old = match before {
            Some(before) => self.old.resolve(before)?,
            None => Object::Dict(Dict::new()),
        };
        let (Object::Dict(old), Object::Dict(new)) = (old, self.new.resolve(after)?) else {
            self.refuse(Some(number), Cause::Form);
            return Ok(());
        };
        for (_, before, after) in differences(&old, &new) {
            let kept = match (before, after) {
                (None, Some(_)) => true,
                (Some(before), Some(after)) => {
                    match (self.old.resolve(before)?, self.new.resolve(after)?) {
                        (Object::Dict(before), Object::Dict(after)) => differences(&before, &after)
                            .iter()
                            .all(|(_, before, _)| before.is_none()),
                        _ => false,
                    }
                }
                _ => false,
            };
            if !kept {
                self.refuse(Some(number), Cause::Form);
                return Ok(());
            }
        }
        self.push(Some(number), ChangeKind::Upkeep);
        Ok(())
    }

    pub(super) fn judge_page(&mut self, number: u32, old: &Dict, new: &Dict) -> Result<()> {
        for (key, _, after) in differences(old, new) {
            match (key, after) {
                (b"Annots", Some(_)) => {
                    let before = self.old.get_array(old, "Annots")?;
                    let after = self.new.get_array(new, "Annots")?;
                    self.judge_annotations(number, &before, &after)?;
                }
                (b"LastModified", Some(Object::String(_))) => {
                    self.push(Some(number), ChangeKind::Upkeep);
                }
                _ => self.refuse(Some(number), Cause::Page),
            }
        }
        Ok(())
    }

    pub(super) fn judge_annotations(
        &mut self,
        page: u32,
        old: &[Object],
        new: &[Object],
    ) -> Result<()> {
        if old.len() > new.len() || !old.iter().zip(new).all(|(old, new)| same(old, new)) {
            self.refuse(Some(page), Cause::AnnotationRemoved);
            return Ok(());
        }
        for annotation in new.iter().skip(old.len()) {
            self.judge_new_annotation(page, annotation)?;
        }
        self.annotated.insert(page);
        Ok(())
    }

    fn judge_new_annotation(&mut self, page: u32, annotation: &Object) -> Result<()> {
        let number = annotation.as_reference().map(|reference| reference.number);
        let place = number.or(Some(page));
        let Object::Dict(dict) = self.new.resolve(annotation)? else {
            self.refuse(place, Cause::Page);
            return Ok(());
        };
        if annotation
            .as_reference()
            .is_some_and(|reference| !self.is_added(reference))
        {
            self.refuse(place, Cause::HiddenShown);
            return Ok(());
        }
        if dict.has_name("Subtype", "Widget") {
            // Whether it belongs to a field of the form is seen when all fields are known.
            match number {
                Some(number) => self.new_widgets.push(number),
                None => self.refuse(place, Cause::Widget),
            }
            return Ok(());
        }
        self.push_annotation(place, &dict);
        Ok(())
    }

    pub(super) fn judge_annotation(&mut self, number: u32, old: &Dict, new: &Dict) -> Result<()> {
        let same_kind = match (old.get("Subtype"), new.get("Subtype")) {
            (Some(old), Some(new)) => same(old, new),
            _ => false,
        };
        if same_kind {
            self.push_annotation(Some(number), new);
        } else {
            self.refuse(Some(number), Cause::Content);
        }
        Ok(())
    }

    fn push_annotation(&mut self, place: Option<u32>, dict: &Dict) {
        let is_comment = COMMENTS
            .iter()
            .any(|subtype| dict.has_name("Subtype", subtype));
        if !is_comment || dict.contains("A") || dict.contains("AA") {
            self.refuse(place, Cause::Action);
        } else {
            self.push(place, ChangeKind::Annotation);
        }
    }
}
