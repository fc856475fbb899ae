//! Metadata as a flat list of names and values.

use super::super::elements::{Element, FIELD_PREFIX};
use super::Metadata;
use crate::license::Date;
use crate::license::codes::RegionCode;
use crate::time::Time;

/// What a license without an end states as its last day.
pub(super) const NO_END: &str = "长期";

pub(super) fn custom_data(metadata: &Metadata) -> Vec<(String, String)> {
    let mut list = List(Vec::new());
    list.add(Element::Identifier, metadata.identifier.to_string());
    list.add(Element::Name, &metadata.name);
    list.add(Element::TypeName, &metadata.type_name);
    list.add(Element::TypeCode, metadata.type_code());
    list.add(Element::Number, &metadata.number);
    list.add(
        Element::Version,
        format!("{:03}", metadata.identifier.version()),
    );
    for issuer in &metadata.issuers {
        list.add(Element::IssuerName, issuer.name());
        list.add(Element::IssuerCode, issuer.code().as_str());
        list.add_some(Element::IssuerLevel, issuer.level());
    }
    list.add(Element::IssuedOn, metadata.issued_on.to_string());
    for holder in &metadata.holders {
        list.add(Element::HolderName, holder.name());
        list.add(Element::HolderCode, holder.code());
        list.add(Element::HolderCodeTypeName, holder.code_type().name());
        list.add(Element::HolderCodeType, holder.code_type().code());
    }
    list.add_some(
        Element::ValidFrom,
        metadata.valid_from.as_ref().map(Date::to_string),
    );
    let until = metadata.valid_until.as_ref().map(Date::to_string);
    list.add(Element::ValidUntil, until.as_deref().unwrap_or(NO_END));
    list.add_some(Element::ValidityRange, metadata.validity_range.as_deref());
    list.add_some(
        Element::AreaCode,
        metadata.area_code.as_ref().map(RegionCode::as_str),
    );
    if let Some(authority) = &metadata.defining_authority {
        list.add(Element::DefiningName, authority.name());
        list.add(Element::DefiningCode, authority.code().as_str());
    }
    for item in &metadata.related_items {
        list.add(Element::ItemName, &item.name);
        list.add(Element::ItemCode, &item.code);
    }
    if let Some(sealing) = &metadata.sealing {
        list.add_some(Element::Sealer, sealing.signer.as_deref());
        list.add_some(
            Element::SealedAt,
            sealing.sealed_at.as_ref().map(Time::to_string),
        );
        list.add_some(Element::SealName, sealing.seal_name.as_deref());
    }
    list.add_some(
        Element::CreatedAt,
        metadata.created_at.as_ref().map(Time::to_string),
    );
    if let Some(copy) = &metadata.annotated_copy {
        list.add(Element::CopyCreatedAt, copy.created_at.to_string());
        list.add(Element::CopyCreator, &copy.creator);
        list.add(Element::CopyCause, &copy.cause);
        list.add_some(
            Element::CopyExpiresAt,
            copy.expires_at.as_ref().map(Time::to_string),
        );
    }
    for field in &metadata.fields {
        list.0
            .push((format!("{FIELD_PREFIX}{}", field.key), field.value.clone()));
    }
    list.0
}

struct List(Vec<(String, String)>);

impl List {
    fn add(&mut self, element: Element, value: impl Into<String>) {
        self.0.push((element.written().to_owned(), value.into()));
    }

    fn add_some(&mut self, element: Element, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.add(element, value);
        }
    }
}
