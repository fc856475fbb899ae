//! Two parties sign one after the other; the second allows nobody after it.

use yinxin::sign::{Keyword, Protection, Request, prepare};
use yinxin::{ErrorKind, Time};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (seal, first, first_key) = made::seal_and_signer()?;
    let (second, second_key) = made::second_signer()?;
    let now = Time::parse("2026-03-02T01:00:00Z")?;

    let request = Request::affix(seal, first.clone(), now).at(Keyword::new("乙方（盖章）"));
    let sealed = prepare(&made::contract()?, request)?.sign(&first_key)?;

    // Covers the document, the first signature and the list of signatures.
    let request = Request::sign(second, now).protection(Protection::Whole);
    let signed = prepare(&sealed, request)?.sign(&second_key)?;

    let refused = prepare(&signed, Request::sign(first, now))
        .err()
        .map(|error| error.kind());
    assert_eq!(refused, Some(ErrorKind::DocumentLocked));
    Ok(())
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}
