//! A license is issued over night: what is to be signed leaves the house, the value comes back.

use std::io::Write;

use yinxin::issue::{Draft, Format};
use yinxin::sign::Request;
use yinxin::{Metadata, Policy, Signer, Template, Time};

use super::{Told, judged, made, verdict, verifier};

pub(crate) fn tell(out: &mut dyn Write) -> Told {
    let (seal, signer, key) = made::seal_and_signer()?;
    let now = Time::parse("2026-03-02T01:00:00Z")?;
    let metadata = Metadata::from_json(include_str!("../data/business-license.json"))?;
    let draft = Draft::new(metadata, Template::standard_landscape()?, now);
    for format in [Format::Ofd, Format::Pdf] {
        let request = Request::affix(seal.clone(), signer.clone(), now);
        let pending = draft.prepare(format, request)?;
        let stored = pending.to_bytes()?;
        let (algorithm, digest) = (pending.algorithm(), pending.digest().ok_or("no digest")?);
        let bytes = digest.as_bytes().len();
        writeln!(
            out,
            "{}: sign with {}, digest of {bytes} bytes",
            format.name(),
            algorithm.name()
        )?;

        // Wherever the key is.
        let value = key.sign(pending.message())?;

        let resumed = draft.resume(format, &stored)?;
        let stranger = made::second_signer()?.1.sign(pending.message())?;
        let refused = resumed.complete(&stranger).err().ok_or("taken")?;
        writeln!(
            out,
            "{}: another key's value: {}",
            format.name(),
            refused.kind().name()
        )?;
        let license = resumed.complete(&value)?;
        let report = verifier(Policy::basic())?.verify(license.bytes(), judged()?);
        writeln!(
            out,
            "{}: {} {}",
            format.name(),
            license.id(),
            verdict(&report)
        )?;
    }
    Ok(())
}
