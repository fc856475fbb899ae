//! The XMP packet of the document (ISO 32000-1 14.3.2, ISO 16684-1).

use std::fmt;

use super::View;
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::Object;
use crate::pdf::write::xmp::{DC_NAMESPACE, RDF_NAMESPACE, YINXIN_NAMESPACE};

/// Largest packet that is read; ours stay below 100 KiB.
const PACKET: usize = 4 << 20;

/// What the XMP packet says. Values are as written; nothing here is trusted by itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Metadata {
    packet: Vec<u8>,
    title: Option<String>,
    properties: Vec<(String, String)>,
}

impl Metadata {
    /// The packet's bytes.
    #[must_use]
    pub fn packet(&self) -> &[u8] {
        &self.packet
    }

    /// `dc:title` in its default language.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The properties of the library's own namespace, as name and value, in file order. A name
    /// may occur twice in a forged packet: the caller decides.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("packet_size", &self.packet.len())
            .field("properties", &self.properties.len())
            .finish_non_exhaustive()
    }
}

impl View<'_> {
    /// The document's XMP metadata, `None` when there is none.
    ///
    /// # Errors
    /// `malformed` when the packet is no well-formed XML in UTF-8, or declares entities.
    pub fn metadata(&self) -> Result<Option<Metadata>> {
        let catalog = self.catalog()?;
        let Some(value) = catalog.get("Metadata") else {
            return Ok(None);
        };
        let reference = value
            .as_reference()
            .ok_or_else(|| Error::malformed("the metadata is no stream"))?;
        let packet = self.decode(&self.stream(reference)?, PACKET.min(limits::INFLATED))?;
        read_packet(packet)
            .map(Some)
            .map_err(|error| error.with("object", reference))
    }

    /// The title of the document information dictionary, which readers show where there is no
    /// XMP.
    ///
    /// # Errors
    /// `malformed` when the trailer's Info is no dictionary.
    pub fn info_title(&self) -> Result<Option<String>> {
        let Some(info) = self.get_dict(self.trailer()?, "Info")? else {
            return Ok(None);
        };
        let title = self.get(&info, "Title")?;
        Ok(title
            .as_ref()
            .and_then(Object::as_string)
            .map(|title| crate::pdf::syntax::decode_text(&title.bytes)))
    }
}

fn read_packet(packet: Vec<u8>) -> Result<Metadata> {
    let text = std::str::from_utf8(&packet)
        .map_err(|_| Error::malformed("the XMP packet is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: 100_000,
        ..Default::default()
    };
    let xml = roxmltree::Document::parse_with_options(text, options)
        .map_err(|_| Error::malformed("the XMP packet is not well-formed XML"))?;
    let mut title = None;
    let mut properties = Vec::new();
    let descriptions = xml
        .descendants()
        .filter(|node| node.has_tag_name((RDF_NAMESPACE, "Description")));
    for description in descriptions {
        // A simple property may be an attribute as well as an element (ISO 16684-1 7.9.2.2).
        for attribute in description.attributes() {
            if attribute.namespace() == Some(YINXIN_NAMESPACE) {
                properties.push((attribute.name().to_owned(), attribute.value().to_owned()));
            }
        }
        for node in description.children().filter(roxmltree::Node::is_element) {
            let name = node.tag_name();
            if name.namespace() == Some(YINXIN_NAMESPACE) {
                properties.push((name.name().to_owned(), text_of(node)));
            } else if (name.namespace(), name.name()) == (Some(DC_NAMESPACE), "title") {
                title = title.or_else(|| default_language(node));
            }
        }
    }
    Ok(Metadata {
        title,
        properties,
        packet,
    })
}

fn default_language(title: roxmltree::Node<'_, '_>) -> Option<String> {
    title
        .descendants()
        .find(|node| node.has_tag_name((RDF_NAMESPACE, "li")))
        .map(text_of)
}

fn text_of(node: roxmltree::Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_may_be_elements_or_attributes() {
        let packet = format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='{RDF_NAMESPACE}'>\
             <r:Description xmlns:y='{YINXIN_NAMESPACE}' y:ZZMC='a'><y:ZZMC>b</y:ZZMC>\
             </r:Description></r:RDF></x:xmpmeta>"
        );
        let metadata = read_packet(packet.into_bytes()).unwrap();
        let properties: Vec<_> = metadata.properties().collect();
        assert_eq!(properties, [("ZZMC", "a"), ("ZZMC", "b")]);
        assert!(!format!("{metadata:?}").contains("ZZMC"));
    }

    #[test]
    fn refuses_entities_and_broken_packets() {
        for packet in ["<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>", ""] {
            assert!(read_packet(packet.as_bytes().to_vec()).is_err(), "{packet}");
        }
        assert!(read_packet(vec![0xff]).is_err());
    }
}
