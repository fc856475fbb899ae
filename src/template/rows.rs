//! What the rows of a page say, each part bound to the metadata element it states.

use super::design::{Body, RowDesign};
use super::wrap::Run;
use crate::license::codes::HolderKind;
use crate::license::{AnnotatedCopy, Date, Element, Holder, Metadata};

/// A label and the value after it.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: Vec<Run>,
}

impl Row {
    /// The element to name when the row does not fit.
    pub(super) fn field(&self) -> &str {
        self.value
            .iter()
            .find_map(|run| run.field.as_deref())
            .unwrap_or("body")
    }
}

pub(super) fn rows(metadata: &Metadata, body: &Body) -> Vec<Row> {
    let mut rows = Vec::new();
    for design in &body.rows {
        match design {
            RowDesign::Holders {
                organization,
                person,
            } => {
                let persons = metadata
                    .holders()
                    .iter()
                    .all(|holder| holder.code_type().kind() == HolderKind::Person);
                let label = if persons { person } else { organization };
                let names = metadata.holders().iter().map(Holder::name);
                rows.push(Row {
                    label: label.clone(),
                    value: list(names, Element::HolderName),
                });
            }
            RowDesign::HolderCodes {} => rows.push(holder_codes(metadata)),
            RowDesign::Fields {} => rows.extend(metadata.fields().iter().map(|field| Row {
                label: field.label.clone(),
                value: vec![Run::field(&field.value, format!("KZ_{}", field.key))],
            })),
            RowDesign::Validity { label } => {
                let value = validity(metadata.valid_from(), metadata.valid_until());
                rows.push(Row {
                    label: label.clone(),
                    value,
                });
            }
        }
    }
    rows
}

/// Values of one repeatable element, numbered if there are several.
pub(super) fn list<'a>(
    values: impl ExactSizeIterator<Item = &'a str>,
    element: Element,
) -> Vec<Run> {
    let several = values.len() > 1;
    let mut runs = Vec::new();
    for (index, value) in values.enumerate() {
        if index > 0 {
            runs.push(Run::label("、"));
        }
        let name = element.written();
        let field = if several {
            format!("{name}.{}", index + 1)
        } else {
            name.to_owned()
        };
        runs.push(Run::field(value, field));
    }
    runs
}

fn holder_codes(metadata: &Metadata) -> Row {
    let mut types = metadata.holders().iter().map(Holder::code_type);
    let first = types.next();
    let label = match first {
        Some(first) if types.all(|other| other == first) => first.name(),
        _ => "证件号码",
    };
    let codes = metadata.holders().iter().map(Holder::code);
    Row {
        label: label.to_owned(),
        value: list(codes, Element::HolderCode),
    }
}

fn validity(from: Option<Date>, until: Option<Date>) -> Vec<Run> {
    let mut runs = Vec::new();
    if let Some(from) = from {
        runs.push(Run::field(from.to_chinese(), Element::ValidFrom.written()));
    }
    if from.is_some() || until.is_some() {
        runs.push(Run::label("至"));
    }
    let end = until.map_or_else(|| "长期".to_owned(), Date::to_chinese);
    runs.push(Run::field(end, Element::ValidUntil.written()));
    runs
}

pub(super) fn annotation(copy: &AnnotatedCopy) -> Vec<Run> {
    let mut runs = vec![
        Run::label("加注件　仅用于："),
        Run::field(copy.cause(), Element::CopyCause.written()),
        Run::label("　制作者："),
        Run::field(copy.creator(), Element::CopyCreator.written()),
    ];
    if let Some(expires_at) = copy.expires_at() {
        runs.push(Run::label("　有效期至："));
        let day = Date::in_china(expires_at).to_chinese();
        runs.push(Run::field(day, Element::CopyExpiresAt.written()));
    }
    runs
}
