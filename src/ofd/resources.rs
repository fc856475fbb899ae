//! Resource files: the fonts, colour profiles and media that pages use.

use super::location::{self, PackagePath};
use super::tree::{Role, Walker};
use crate::error::Result;

/// Reaches a resource file and everything it names.
pub(super) fn follow(walker: &mut Walker<'_, '_>, from: &PackagePath, written: &str, role: Role) {
    let Some(path) = walker.reach_once(from, written, role) else {
        return;
    };
    let followed = follow_contents(walker, &path);
    walker.note(&path, followed);
}

fn follow_contents(walker: &mut Walker<'_, '_>, path: &PackagePath) -> Result<()> {
    let Some(file) = walker.xml(path) else {
        return Ok(());
    };
    let parsed = file.parse()?;
    let root = parsed.root("Res", walker.findings())?;
    // Files are named relative to `BaseLoc`, which is relative to the resource file.
    let base = root.attribute("BaseLoc").unwrap_or_default();
    let directory = location::resolve_directory(path.directory(), base)?;
    for element in root.descendants() {
        match element.name() {
            "FontFile" => {
                walker.reach_in(path, &directory, &element.text(), Role::Font);
            }
            "MediaFile" => {
                walker.reach_in(path, &directory, &element.text(), Role::Media);
            }
            "ColorSpace" => {
                if let Some(profile) = element.attribute("Profile").filter(|p| !p.is_empty()) {
                    walker.reach_in(path, &directory, profile, Role::ColorProfile);
                }
            }
            _ => {}
        }
    }
    Ok(())
}
