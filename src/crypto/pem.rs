//! PEM armour (RFC 7468).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// More blocks than any bundle of a nation's certificates holds.
const MAX_BLOCKS: usize = 10_000;

/// All blocks of a PEM text with this label, such as `CERTIFICATE`, decoded. Text between blocks
/// is passed over.
///
/// # Errors
/// `malformed` when a block does not end or holds other characters than base64.
pub fn pem_blocks(text: &str, label: &str) -> Result<Vec<Vec<u8>>> {
    Ok(secret_blocks(text, label)?
        .into_iter()
        .map(|mut block| std::mem::take(&mut *block))
        .collect())
}

/// As [`pem_blocks`], each block and what it was decoded from wiped when dropped.
pub(super) fn secret_blocks(text: &str, label: &str) -> Result<Vec<Zeroizing<Vec<u8>>>> {
    let begin = format!("-----BEGIN {label}-----");
    let end = format!("-----END {label}-----");
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(begin.as_str()) {
        let (body, after) = after
            .split_once(end.as_str())
            .ok_or_else(|| Error::malformed("a PEM block does not end").with("label", label))?;
        let mut compact = Zeroizing::new(String::with_capacity(body.len()));
        compact.extend(body.split_ascii_whitespace());
        let block = STANDARD
            .decode(compact.as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| Error::malformed("a PEM block is not base64").with("label", label))?;
        if blocks.len() == MAX_BLOCKS {
            return Err(Error::limit("PEM blocks", MAX_BLOCKS as u64));
        }
        blocks.push(block);
        rest = after;
    }
    Ok(blocks)
}

/// One PEM block with lines of 64 characters.
#[must_use]
pub fn to_pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_skips_other_text() {
        let der: Vec<u8> = (0..=200).collect();
        let text = format!(
            "subject: x\n{}{}",
            to_pem("CERTIFICATE", &der),
            to_pem("X", &[1])
        );
        assert_eq!(pem_blocks(&text, "CERTIFICATE").unwrap(), [der]);
        assert!(pem_blocks("-----BEGIN X-----\nAA", "X").is_err());
        assert!(pem_blocks("-----BEGIN X-----\n!\n-----END X-----", "X").is_err());
    }
}
