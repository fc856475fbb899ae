//! Documents in several conditions.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use yinxin::asn1;
use yinxin::issue::{Draft, Format};
use yinxin::ses::Layout;
use yinxin::{Metadata, Template};

use crate::pki::{
    self, Archive, Party, Resealing, Sealed, TimeStamper, affix, as_bits, builder, key, reseal,
    time, world,
};

/// A document and what is special about it.
pub(super) struct Subject {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    /// With all good evidence it passes under every requirement.
    pub(super) good: bool,
}

/// Made once.
pub(super) fn subjects() -> &'static [Subject] {
    static SUBJECTS: OnceLock<Vec<Subject>> = OnceLock::new();
    SUBJECTS.get_or_init(make)
}

/// Any of them.
pub(super) fn any_subject() -> impl Strategy<Value = &'static Subject> {
    select(subjects().iter().collect::<Vec<_>>())
}

fn make() -> Vec<Subject> {
    let stamper = stamper();
    let stamp = |pdf: &[u8]| stamper.stamp_pdf(pdf, time(STAMPED_AT));
    let subject = |name, good, bytes| Subject { name, bytes, good };
    let ended = || licensed(|json| json.replace("2046-01-14", "2026-06-30"));
    let elsewhere = || licensed(|json| json.replace(r#""349900""#, r#""350100""#));
    let mut tampered = stamp(&pki::sealed_pdf());
    let at = pki::rfind(&tampered, b"/Producer");
    tampered[at + 1] = b'Q';
    vec![
        subject("sealed OFD, stamped", true, stamped_ofd(&stamper, true)),
        subject("sealed PDF, stamped", true, stamp(&pki::sealed_pdf())),
        subject("sealed OFD", false, pki::sealed_ofd()),
        subject("sealed PDF", false, pki::sealed_pdf()),
        subject(
            "sealed OFD, its stamp broken",
            false,
            stamped_ofd(&stamper, false),
        ),
        subject("sealed PDF, changed", false, tampered),
        subject("license that has ended", false, ended()),
        subject("license of another region", false, elsewhere()),
        subject(
            "signed by another than the seal is for",
            false,
            by(&world().other_signer),
        ),
        subject("not signed", false, pki::unsigned_ofd()),
    ]
}

/// When the stamps are set, some seconds after sealing.
const STAMPED_AT: &str = "2026-11-20T02:00:05Z";

/// Certifies the time stamping authority.
pub(super) fn stamping_root() -> Party {
    let key = key(78);
    let years = ("2025-01-01", "2035-01-01");
    let certificate = builder("某某时间戳认证中心", &key, 78, years)
        .authority(None)
        .self_sign(&key)
        .unwrap();
    Party { certificate, key }
}

pub(super) fn stamper() -> TimeStamper {
    TimeStamper::certified_by(&stamping_root())
}

/// With a token over the signature's value, or over something else.
fn stamped_ofd(stamper: &TimeStamper, over_the_value: bool) -> Vec<u8> {
    let sealed = Sealed {
        layout: Layout::Gbt38540_2020,
        archive: Archive::read(&pki::sealed_ofd()),
    };
    let mut signature = sealed.signature();
    signature.sign(&world().signer.key, &as_bits);
    let value = signature.content("signature");
    let stamped = if over_the_value {
        &value[1..]
    } else {
        &value[2..]
    };
    let token = stamper.token(&[stamped], time(STAMPED_AT));
    signature.set("timeStamp", asn1::context(0, &[asn1::bits(&token)]));
    sealed.with(signature.der())
}

/// The example with other metadata, sealed by the usual signer.
fn licensed(change: impl FnOnce(String) -> String) -> Vec<u8> {
    let original = include_str!("../../../examples/data/business-license.json");
    let json = change(original.to_owned());
    assert_ne!(json, original);
    let template = Template::standard_portrait().unwrap();
    let draft = Draft::new(
        Metadata::from_json(&json).unwrap(),
        template,
        time("2026-01-15"),
    );
    let document = draft.document(Format::Ofd).unwrap();
    affix(
        &document.bytes,
        pki::seal_of(Layout::Gbt38540_2020),
        &world().signer,
    )
}

/// Signed by somebody else with the authority's seal.
fn by(signer: &Party) -> Vec<u8> {
    let mut archive = Archive::read(&pki::sealed_ofd());
    let by = Resealing {
        signer,
        ..Resealing::default()
    };
    reseal(&mut archive, &by);
    archive.write()
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
