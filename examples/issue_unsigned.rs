//! scratch
use yinxin::Time;
use yinxin::issue::{Draft, Format};
use yinxin::license::Metadata;
use yinxin::pdf::Font;
use yinxin::template::{Template, Typefaces};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args().nth(1).ok_or("out")?;
    let font = std::fs::read(std::env::args().nth(2).ok_or("font")?)?;
    let time = Time::parse("2026-11-22T08:00:00Z")?;
    for name in ["business-license", "safety-officer-certificate"] {
        let metadata = Metadata::from_json(&std::fs::read_to_string(format!(
            "examples/data/{name}.json"
        ))?)?;
        for (t, template) in [
            ("l", Template::standard_landscape()?),
            ("p", Template::standard_portrait()?),
        ] {
            let draft = Draft::new(metadata.clone(), template, time);
            std::fs::write(
                format!("{out}/{name}-{t}-named.ofd"),
                draft.document(Format::Ofd)?.bytes,
            )?;
            std::fs::write(
                format!("{out}/{name}-{t}-named.pdf"),
                draft.document(Format::Pdf)?.bytes,
            )?;
            let own =
                draft.fonts(Typefaces::one(Font::embedded(font.clone(), 0)?).embedded_in_ofd());
            std::fs::write(
                format!("{out}/{name}-{t}-own.ofd"),
                own.document(Format::Ofd)?.bytes,
            )?;
            std::fs::write(
                format!("{out}/{name}-{t}-own.pdf"),
                own.document(Format::Pdf)?.bytes,
            )?;
        }
    }
    Ok(())
}
