//! The XMP packet of a new document (ISO 16684-1).

use crate::Time;
use crate::error::{Error, Result};

pub(crate) const RDF_NAMESPACE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(crate) const DC_NAMESPACE: &str = "http://purl.org/dc/elements/1.1/";

/// The library's own properties: the elements of a license's metadata by their names.
pub(crate) const YINXIN_NAMESPACE: &str = "urn:yinxin:xmp:license:1#";

/// What goes into the packet.
pub(super) struct Packet<'a> {
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    pub(super) producer: &'a str,
    pub(super) created: Time,
    pub(super) properties: &'a [(String, String)],
    pub(super) pdf_a: bool,
}

/// The packet as XML in UTF-8.
///
/// # Errors
/// `invalid_argument` when a name is no XML name or a text has characters XML cannot hold.
pub(super) fn write(packet: &Packet<'_>) -> Result<String> {
    let title = escape(packet.title)?;
    let producer = escape(packet.producer)?;
    let created = packet.created;
    let mut xml = String::new();
    xml.push_str("<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    xml.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    xml.push_str(&format!("<rdf:RDF xmlns:rdf=\"{RDF_NAMESPACE}\">\n"));
    xml.push_str(&format!(
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"{DC_NAMESPACE}\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:format>application/pdf</dc:format>\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
         <xmp:CreateDate>{created}</xmp:CreateDate>\n\
         <xmp:ModifyDate>{created}</xmp:ModifyDate>\n\
         <pdf:Producer>{producer}</pdf:Producer>\n\
         </rdf:Description>\n",
        language = escape(packet.language)?,
    ));
    write_properties(packet.properties, &mut xml)?;
    if packet.pdf_a {
        write_pdf_a(packet.properties, &mut xml);
    }
    xml.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    Ok(xml)
}

fn write_properties(properties: &[(String, String)], xml: &mut String) -> Result<()> {
    if properties.is_empty() {
        return Ok(());
    }
    xml.push_str(&format!(
        "<rdf:Description rdf:about=\"\" xmlns:yinxin=\"{YINXIN_NAMESPACE}\">\n"
    ));
    for (index, (name, value)) in properties.iter().enumerate() {
        let repeated = properties
            .iter()
            .take(index)
            .any(|(earlier, _)| earlier == name);
        if repeated || !is_name(name) {
            return Err(
                Error::argument("a metadata property has a wrong or repeated name")
                    .with("property", name),
            );
        }
        let value = escape(value).map_err(|error| error.with("property", name))?;
        xml.push_str(&format!("<yinxin:{name}>{value}</yinxin:{name}>\n"));
    }
    xml.push_str("</rdf:Description>\n");
    Ok(())
}

/// The PDF/A identification, and the description of our properties that ISO 19005-3 6.6.2.3 asks
/// for.
fn write_pdf_a(properties: &[(String, String)], xml: &mut String) {
    xml.push_str(
        "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
         <pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n\
         </rdf:Description>\n",
    );
    if properties.is_empty() {
        return;
    }
    xml.push_str(&format!(
        "<rdf:Description rdf:about=\"\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n\
         <pdfaSchema:schema>License metadata</pdfaSchema:schema>\n\
         <pdfaSchema:namespaceURI>{YINXIN_NAMESPACE}</pdfaSchema:namespaceURI>\n\
         <pdfaSchema:prefix>yinxin</pdfaSchema:prefix>\n<pdfaSchema:property><rdf:Seq>\n"
    ));
    for (name, _) in properties {
        xml.push_str(&format!(
            "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
             <pdfaProperty:valueType>Text</pdfaProperty:valueType>\
             <pdfaProperty:category>external</pdfaProperty:category>\
             <pdfaProperty:description>Metadata element {name}</pdfaProperty:description>\
             </rdf:li>\n"
        ));
    }
    xml.push_str(
        "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
         </rdf:Description>\n",
    );
}

/// A name without a prefix: letters of ASCII or CJK ideographs, then also digits, `_`, `-`, `.`.
fn is_name(name: &str) -> bool {
    let letter =
        |c: char| c.is_ascii_alphabetic() || c == '_' || matches!(c, '\u{3400}'..='\u{9fff}');
    name.starts_with(letter)
        && name
            .chars()
            .all(|c| letter(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}

fn escape(text: &str) -> Result<String> {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A parser would turn it into a line feed.
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' => escaped.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                return Err(Error::argument(
                    "a text has a character that XML cannot hold",
                ));
            }
            _ => escaped.push(character),
        }
    }
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(properties: &[(String, String)]) -> Result<String> {
        write(&Packet {
            title: "营业执照 <A&B>",
            language: "zh-CN",
            producer: "yinxin",
            created: Time::parse("2026-11-22T08:00:00Z").unwrap(),
            properties,
            pdf_a: true,
        })
    }

    #[test]
    fn hostile_values_stay_values() {
        let value = "</yinxin:ZZMC>]]>&lt;\r\n\t\"'";
        let xml = packet(&[("ZZMC".into(), value.into())]).unwrap();
        let parsed = roxmltree::Document::parse(&xml).unwrap();
        let node = parsed
            .descendants()
            .find(|node| node.has_tag_name((YINXIN_NAMESPACE, "ZZMC")));
        assert_eq!(node.unwrap().text(), Some(value));
    }

    #[test]
    fn names_and_characters_are_checked() {
        for name in ["", "1A", "a b", "a:b", "a>", "-a"] {
            assert!(packet(&[(name.into(), "x".into())]).is_err(), "{name}");
        }
        assert!(packet(&[("证照名称".into(), "x".into())]).is_ok());
        assert!(packet(&[("A".into(), "\0".into())]).is_err());
        let twice = [("A".into(), "x".into()), ("A".into(), "y".into())];
        assert!(packet(&twice).is_err());
    }
}
