//! Where text can be put into an element without touching what else is written.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

/// Places for new children of an element.
pub(in crate::ofd) struct Insertion {
    /// Before its first child.
    pub(in crate::ofd) first: Range<usize>,
    /// After its last child.
    pub(in crate::ofd) last: Range<usize>,
    /// Of its own name, with the colon; empty when it has none.
    pub(in crate::ofd) prefix: String,
    /// The name, where the element is written as an empty one that must be opened.
    pub(in crate::ofd) opened: Option<String>,
}

impl Insertion {
    /// Children to stand at the end, the element opened if need be.
    pub(in crate::ofd) fn at_end(&self, children: &str) -> (Range<usize>, String) {
        let text = match &self.opened {
            Some(name) => format!(">{children}</{name}>"),
            None => children.to_owned(),
        };
        (self.last.clone(), text)
    }

    /// For the element at `range` of the bytes.
    pub(super) fn into(bytes: &[u8], range: Range<usize>) -> Option<Self> {
        let element = bytes.get(range.clone())?;
        let length = start_tag_length(element)?;
        let start_tag = element.get(..length)?;
        let name_end = start_tag
            .iter()
            .skip(1)
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))?;
        let name = std::str::from_utf8(start_tag.get(1..=name_end)?)
            .ok()?
            .to_owned();
        let prefix = name
            .split_once(':')
            .map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        let first = range.start + length;
        if start_tag.ends_with(b"/>") {
            // `<a/>` becomes `<a>…</a>`.
            let place = first - 2..first;
            return Some(Self {
                first: place.clone(),
                last: place,
                prefix,
                opened: Some(name),
            });
        }
        let end_tag = memmem::rfind(element, b"</")?;
        let last = range.start + end_tag;
        Some(Self {
            first: first..first,
            last: last..last,
            prefix,
            opened: None,
        })
    }
}

/// Bytes from `<` to the `>` that is not inside quotes.
fn start_tag_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let next = at + memchr3(b'"', b'\'', b'>', bytes.get(at..)?)?;
        let quote = *bytes.get(next)?;
        if quote == b'>' {
            return Some(next + 1);
        }
        at = next + 2 + memchr(quote, bytes.get(next + 1..)?)?;
    }
}
