//! Form fields: new signatures, signatures into empty fields, and values.

use super::roles::{FieldRole, Role};
use super::structure::differences;
use super::{Cause, ChangeKind, Step};
use crate::error::Result;
use crate::pdf::syntax::{Dict, Object, Ref, decode_text, same};

/// What the dictionary of a new signature field or of its widget may say. Actions are not among
/// it.
const NEW_FIELD: [&[u8]; 27] = [
    b"Type",
    b"Subtype",
    b"FT",
    b"T",
    b"TU",
    b"TM",
    b"V",
    b"F",
    b"Ff",
    b"P",
    b"Parent",
    b"Kids",
    b"Rect",
    b"AP",
    b"AS",
    b"MK",
    b"BS",
    b"Border",
    b"Lock",
    b"SV",
    b"DA",
    b"DR",
    b"Q",
    b"NM",
    b"M",
    b"H",
    b"Contents",
];

impl Step<'_> {
    /// The fields of the form, or the kids of a field.
    pub(super) fn judge_fields(
        &mut self,
        number: u32,
        old: &[Object],
        new: &[Object],
        above: Option<&FieldRole>,
    ) -> Result<()> {
        if old.len() > new.len() || !old.iter().zip(new).all(|(old, new)| same(old, new)) {
            self.refuse(Some(number), Cause::FieldRemoved);
            return Ok(());
        }
        for field in new.iter().skip(old.len()) {
            match field.as_reference() {
                Some(reference) if self.is_added(reference) => {
                    self.judge_new_field(reference, above)?;
                }
                Some(reference) => self.refuse(Some(reference.number), Cause::HiddenShown),
                None => self.refuse(Some(number), Cause::Form),
            }
        }
        Ok(())
    }

    fn judge_new_field(&mut self, reference: Ref, above: Option<&FieldRole>) -> Result<()> {
        let number = reference.number;
        let dict = self.new.dict_at(reference)?;
        let part = match self.new.get(&dict, "T")? {
            Some(Object::String(part)) => decode_text(&part.bytes),
            _ => String::new(),
        };
        let name = match above {
            Some(above) if !above.name.is_empty() => format!("{}.{part}", above.name),
            _ => part.clone(),
        };
        let fits = dict.iter().all(|(key, _)| NEW_FIELD.contains(&key))
            && !part.is_empty()
            && !self.roles.is_name_known(&name);
        let kids = self.new.get_array(&dict, "Kids")?;
        if !fits || !dict.has_name("FT", "Sig") {
            // A node of the name that holds one new signature field is one, too.
            let is_node = fits && !dict.contains("FT") && !dict.contains("V") && kids.len() == 1;
            match kids.first().and_then(Object::as_reference) {
                Some(kid) if is_node && self.is_added(kid) && above.is_none() => {
                    let role = FieldRole {
                        name,
                        kind: None,
                        path: vec![reference],
                    };
                    self.judge_new_field(kid, Some(&role))?;
                }
                _ => self.refuse(Some(number), Cause::FieldAdded),
            }
            return Ok(());
        }
        let mut nodes = vec![(number, dict.clone())];
        for kid in kids {
            let Some(kid) = kid.as_reference().filter(|kid| self.is_added(*kid)) else {
                self.refuse(Some(number), Cause::HiddenShown);
                return Ok(());
            };
            let widget = self.new.dict_at(kid)?;
            let is_widget = widget.iter().all(|(key, _)| NEW_FIELD.contains(&key))
                && !widget.contains("T")
                && !widget.contains("Kids")
                && !widget.contains("V");
            if !is_widget {
                self.refuse(Some(kid.number), Cause::FieldAdded);
                return Ok(());
            }
            nodes.push((kid.number, widget));
        }
        let mut shows = false;
        for (_, dict) in &nodes {
            shows |= self.shows_something(dict)?;
        }
        self.new_fields
            .extend(nodes.iter().map(|(number, _)| *number));
        if !matches!(self.roles.get(number), Some(Role::Field(_))) {
            self.roles.learn_field(self.new, &reference.into(), above)?;
        }
        match dict.get("V") {
            None if shows => self.refuse(Some(number), Cause::HiddenShown),
            None => {
                let kind = ChangeKind::Signature {
                    new_and_visible: false,
                };
                self.push_field(number, &name, kind);
            }
            Some(value) => {
                let kind = self.signature_kind(value, shows)?;
                self.push_field(number, &name, kind);
            }
        }
        Ok(())
    }

    /// A new signature is a signature or a time stamp. Whether it is good is judged with it.
    fn signature_kind(&self, value: &Object, new_and_visible: bool) -> Result<ChangeKind> {
        let refused = ChangeKind::Refused(Cause::SignatureReplaced);
        if value
            .as_reference()
            .is_some_and(|reference| !self.is_added(reference))
        {
            return Ok(refused);
        }
        let Object::Dict(signature) = self.new.resolve(value)? else {
            return Ok(refused);
        };
        if !signature.contains("ByteRange") || !signature.contains("Contents") {
            return Ok(refused);
        }
        let is_stamp = signature.has_name("Type", "DocTimeStamp")
            && signature.has_name("SubFilter", "ETSI.RFC3161");
        Ok(match is_stamp && !new_and_visible {
            true => ChangeKind::TimeStamp,
            false => ChangeKind::Signature { new_and_visible },
        })
    }

    /// Whether a widget is seen: it has an area and an appearance, and is not hidden.
    fn shows_something(&self, dict: &Dict) -> Result<bool> {
        /// Hidden, and not viewed (ISO 32000-1 table 165).
        const UNSEEN: i64 = 2 | 32;
        let flags = match self.new.get(dict, "F")? {
            Some(Object::Integer(flags)) => flags,
            _ => 0,
        };
        let area = match self.new.get(dict, "Rect")? {
            None => 0.0,
            Some(rectangle) => {
                let [left, bottom, right, top] = self.new.rectangle(&rectangle)?;
                (right - left) * (top - bottom)
            }
        };
        Ok(flags & UNSEEN == 0 && area > 0.0 && (dict.contains("AP") || dict.contains("MK")))
    }

    pub(super) fn judge_field(
        &mut self,
        number: u32,
        role: &FieldRole,
        old: &Dict,
        new: &Dict,
    ) -> Result<()> {
        let differences = differences(old, new);
        if let [(b"Kids", before, Some(after))] = differences.as_slice() {
            let old = match before {
                Some(before) => self.old.resolve(before)?,
                None => Object::Array(Vec::new()),
            };
            // A field that was a widget itself stays one.
            return match (old, self.new.resolve(after)?) {
                (Object::Array(old), Object::Array(new)) if role.kind.is_none() => {
                    self.judge_fields(number, &old, &new, Some(role))
                }
                _ => {
                    self.refuse(Some(number), Cause::Field);
                    Ok(())
                }
            };
        }
        match role.kind.as_deref() {
            Some(b"Sig") => self.judge_signed_field(number, role, &differences, new),
            Some(b"Tx" | b"Ch" | b"Btn") => self.judge_filled_field(number, role, &differences),
            _ => {
                self.refuse(Some(number), Cause::Field);
                Ok(())
            }
        }
    }

    /// An empty signature field may receive its signature, with what it shows, once.
    fn judge_signed_field(
        &mut self,
        number: u32,
        role: &FieldRole,
        differences: &[(&[u8], Option<&Object>, Option<&Object>)],
        new: &Dict,
    ) -> Result<()> {
        let mut signed = None;
        for (key, before, after) in differences {
            match (*key, before, after) {
                (b"V", None, Some(value)) => signed = Some(self.signature_kind(value, false)?),
                (b"V", _, _) => {
                    self.refuse(Some(number), Cause::SignatureReplaced);
                    return Ok(());
                }
                (b"AP" | b"AS" | b"M" | b"F" | b"MK" | b"DA" | b"DR" | b"NM", _, _) => {}
                // Named only now; they say what it was.
                (b"Type" | b"Ff" | b"P", None, Some(_)) => {}
                _ => {
                    self.refuse(Some(number), Cause::Field);
                    return Ok(());
                }
            }
        }
        // A widget below the field shows what was signed in the same revision.
        let signed = match signed {
            None => self.signed_above(role)?,
            signed => signed,
        };
        match signed {
            Some(kind) => {
                self.push_field(number, &role.name, kind);
                if let Some(reference) = self.reference(Some(number)) {
                    self.roles.learn_appearance(self.new, reference, new)?;
                }
            }
            None => self.refuse(Some(number), Cause::Appearance),
        }
        Ok(())
    }

    fn signed_above(&self, role: &FieldRole) -> Result<Option<ChangeKind>> {
        for holder in &role.path {
            let old = self.old.dict_at(*holder)?;
            let new = self.new.dict_at(*holder)?;
            if let (None, Some(value)) = (old.get("V"), new.get("V")) {
                return self.signature_kind(value, false).map(Some);
            }
        }
        Ok(None)
    }

    fn judge_filled_field(
        &mut self,
        number: u32,
        role: &FieldRole,
        differences: &[(&[u8], Option<&Object>, Option<&Object>)],
    ) -> Result<()> {
        for (key, _, after) in differences {
            match (*key, after) {
                (b"V" | b"I" | b"AP" | b"AS" | b"M", _) => {}
                _ => {
                    self.refuse(Some(number), Cause::Field);
                    return Ok(());
                }
            }
        }
        self.judge_fill(number, role)
    }

    /// The stream or dictionary of an appearance was rewritten in its place.
    pub(super) fn judge_appearance(&mut self, number: u32, widget: u32) -> Result<()> {
        let Some(Role::Field(role)) = self.roles.get(widget).cloned() else {
            self.refuse(Some(number), Cause::Shared);
            return Ok(());
        };
        match role.kind.as_deref() {
            Some(b"Tx" | b"Ch" | b"Btn") => self.judge_fill(widget, &role),
            Some(b"Sig") => match self.signed_above(&role)? {
                Some(kind) => {
                    self.push_field(widget, &role.name, kind);
                    Ok(())
                }
                None => {
                    self.refuse(Some(number), Cause::Appearance);
                    Ok(())
                }
            },
            _ => {
                self.refuse(Some(number), Cause::Field);
                Ok(())
            }
        }
    }

    fn judge_fill(&mut self, number: u32, role: &FieldRole) -> Result<()> {
        let kind = if self.shows_its_value(role)? {
            ChangeKind::FormFill
        } else {
            ChangeKind::Refused(Cause::Appearance)
        };
        self.push_field(number, &role.name, kind);
        Ok(())
    }
}
