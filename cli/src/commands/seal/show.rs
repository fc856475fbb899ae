//! `yinxin seal show`.

use std::io::Write;

use yinxin::Time;
use yinxin::seal::Seal;

use super::read;
use crate::args::SealShow;
use crate::exit::Exit;
use crate::failure::{Result, shown_path};
use crate::screen::facts::Record;
use crate::session::Session;

/// Shows what a seal says of itself.
pub(crate) fn show(session: &Session, arguments: &SealShow) -> Result<Exit> {
    let bytes = session.read(&arguments.seal)?;
    let seal = read(session, &arguments.seal, &bytes)?;
    if let Some(path) = &arguments.picture {
        session.write(path, &seal.picture().data, arguments.force)?;
        let shown = shown_path(path);
        session.talk(&session.pick(
            format!("图片已写入 {shown}"),
            format!("wrote the picture to {shown}"),
        ));
    }
    let record = facts(&seal);
    let mut out = session.out();
    if arguments.json {
        writeln!(out, "{}", record.to_json())?;
    } else {
        record.write(&mut out, session.language)?;
    }
    out.flush()?;
    Ok(Exit::Passed)
}

fn facts(seal: &Seal) -> Record {
    let day = |time: Time| time.to_string();
    let picture = seal.picture();
    let mut record = Record::default();
    record.add("name", seal.name());
    record.add("id", seal.id());
    record.add("type", seal.ses().info().seal_type.to_string());
    record.add("standard", seal.layout().standard());
    record.add("valid_from", day(seal.valid_from()));
    record.add("valid_until", day(seal.valid_until()));
    record.add("maker", seal.maker().subject_name().to_string());
    record.add("signers", seal.certificates().len());
    record.add(
        "picture",
        format!(
            "{} · {} × {} mm · {} B",
            picture.kind,
            picture.width_mm,
            picture.height_mm,
            picture.data.len()
        ),
    );
    let findings = seal
        .findings()
        .iter()
        .map(|finding| format!("{} · {}", finding.code.name(), finding.place));
    record.add("findings", findings.collect::<Vec<_>>());
    record
}
