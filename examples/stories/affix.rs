//! A seal is put on a document in two phases, with the key in a device that gives r ‖ s.

use std::io::Write;

use yinxin::crypto::Sm2Signature;
use yinxin::issue::{Draft, Format};
use yinxin::sign::{Pending, Place, Request, prepare};
use yinxin::{Metadata, Policy, Signer, Template, Time};

use super::{Told, judged, made, verdict, verifier};

pub(crate) fn tell(out: &mut dyn Write) -> Told {
    let (seal, signer, key) = made::seal_and_signer()?;
    let now = Time::parse("2026-03-02T01:00:00Z")?;
    let metadata = Metadata::from_json(include_str!("../data/business-license.json"))?;
    let draft = Draft::new(metadata, Template::standard_portrait()?, now);
    for format in [Format::Ofd, Format::Pdf] {
        let document = draft.document(format)?.bytes;
        let place = Place {
            page: 0,
            center_x_mm: 150.0,
            center_y_mm: 240.0,
        };
        let request = Request::affix(seal.clone(), signer.clone(), now).at(place);
        let stored = prepare(&document, request)?.to_bytes()?;

        let other = [document.as_slice(), b"\n"].concat();
        let refused = Pending::from_bytes(&stored, &other).err().ok_or("taken")?;
        writeln!(
            out,
            "{}: another document: {}",
            format.name(),
            refused.kind().name()
        )?;

        let pending = Pending::from_bytes(&stored, &document)?;
        let device = Sm2Signature::from_der(&key.sign(pending.message())?)?.to_raw();
        let sealed = pending.complete(&device)?;
        let report = verifier(Policy::basic())?.verify(&sealed, judged()?);
        let seals = report.signatures.len();
        writeln!(
            out,
            "{}: sealed, seals: {seals}, {}",
            format.name(),
            verdict(&report)
        )?;
    }
    Ok(())
}
