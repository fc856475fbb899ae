//! What a forger with an editor could do: another holder on the page, another digit in the file.

use yinxin::ofd::{Document, Limits, Package};

use super::package;

const HOLDER: &str = "某某市示范企业有限公司";
/// Of the same length.
const IMPOSTOR: &str = "某某市冒名企业有限公司";

/// The OFD with another holder's name on its page, packed again.
pub(super) fn ofd(bytes: &[u8]) -> Option<Vec<u8>> {
    let package = Package::open(bytes, &Limits::default()).ok()?;
    let document = Document::read(&package).ok()?;
    let page = &document.bodies.first()?.views.first()?.pages.first()?.path;
    let mut files = Vec::new();
    let mut changed = false;
    for path in package.paths() {
        let mut content = package.read(path).ok()?.into_owned();
        if path == page {
            let text = String::from_utf8(content).ok()?;
            changed = text.contains(HOLDER);
            content = text.replace(HOLDER, IMPOSTOR).into_bytes();
        }
        files.push((path.as_str().trim_start_matches('/').to_owned(), content));
    }
    changed.then(|| package::stored(&files)).flatten()
}

/// The PDF with another digit in its first mention of the license's number.
pub(super) fn pdf(bytes: &[u8]) -> Option<Vec<u8>> {
    const NUMBER: &[u8] = b"91349900MA0EXAMP18";
    let at = bytes
        .windows(NUMBER.len())
        .position(|window| window == NUMBER)?;
    let mut tampered = bytes.to_vec();
    let digit = tampered.get_mut(at + 2)?;
    *digit = if *digit == b'9' { b'8' } else { b'9' };
    Some(tampered)
}
