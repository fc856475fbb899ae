//! Puts a seal on a keyword, however the document breaks its text, ten millimetres to the right.

use yinxin::Time;
use yinxin::sign::{Keyword, Occurrence, Request, prepare};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (seal, signer, key) = made::seal_and_signer()?;
    let keyword = Keyword::new("甲方（盖章）").occurrence(Occurrence::Last);

    let request = Request::affix(seal, signer, Time::parse("2026-03-02T01:00:00Z")?)
        .at(keyword.offset(10.0, 0.0));
    let sealed = prepare(&made::contract()?, request)?.sign(&key)?;

    assert_eq!(made::pages_with_a_seal(&sealed)?, ["3"]);
    Ok(())
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}
