//! Writing XML: well formed by construction, everything escaped.

use crate::error::{Error, Result};

/// The namespace of GB/T 33190-2016.
const NAMESPACE: &str = "http://www.ofdspec.org/2016";

/// A document that is being written. Names are given without the prefix `ofd:`, which is added,
/// unless they carry another.
pub(in crate::ofd) struct XmlWriter {
    text: String,
    open: Vec<String>,
}

impl XmlWriter {
    /// Begins a file with its root element.
    pub(in crate::ofd) fn new(root: &str, attributes: &[(&str, &str)]) -> Result<Self> {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        let mut writer = Self {
            text,
            open: Vec::new(),
        };
        let mut all = vec![("xmlns:ofd", NAMESPACE)];
        all.extend(attributes);
        writer.begin(root, &all)?;
        Ok(writer)
    }

    pub(in crate::ofd) fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<()> {
        let name = qualified(name);
        self.start_tag(&name, attributes)?;
        self.text.push('>');
        self.open.push(name);
        Ok(())
    }

    pub(in crate::ofd) fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str(&format!("</{name}>"));
        }
    }

    pub(in crate::ofd) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<()> {
        self.start_tag(&qualified(name), attributes)?;
        self.text.push_str("/>");
        Ok(())
    }

    pub(in crate::ofd) fn leaf(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> Result<()> {
        self.begin(name, attributes)?;
        escape(text, &mut self.text)?;
        self.end();
        Ok(())
    }

    /// Closes all open elements.
    pub(in crate::ofd) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.end();
        }
        self.text.into_bytes()
    }

    fn start_tag(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<()> {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push_str(&format!(" {attribute}=\""));
            escape(value, &mut self.text)?;
            self.text.push('"');
        }
        Ok(())
    }
}

fn qualified(name: &str) -> String {
    if name.contains(':') {
        name.to_owned()
    } else {
        format!("ofd:{name}")
    }
}

/// Appends `text` with all that is markup, or would be normalised away, escaped.
pub(in crate::ofd) fn escape(text: &str, into: &mut String) -> Result<()> {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\t' | '\n' | '\r' => into.push_str(&format!("&#{};", u32::from(c))),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                return Err(Error::argument("text holds a character that XML cannot"));
            }
            c => into.push(c),
        }
    }
    Ok(())
}

/// Whether `name` can name an element, without a prefix.
pub(in crate::ofd) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_closes() {
        let mut xml = XmlWriter::new("A", &[("b", "1\"<\n")]).unwrap();
        xml.leaf("C", &[], "x & \"y\"").unwrap();
        let text = String::from_utf8(xml.finish()).unwrap();
        assert!(
            text.ends_with("b=\"1&quot;&lt;&#10;\"><ofd:C>x &amp; &quot;y&quot;</ofd:C></ofd:A>")
        );
        assert!(XmlWriter::new("A", &[("b", "\u{1}")]).is_err());
    }

    #[test]
    fn names_are_plain() {
        assert!(is_name("ZZMC") && is_name("_a-1.b"));
        assert!(!is_name("") && !is_name("1a") && !is_name("a:b") && !is_name("a b"));
    }
}
