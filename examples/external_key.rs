//! The key is in a token or a service: prepare, sign elsewhere, complete, perhaps on another day.

use yinxin::sign::{Pending, Place, Request, prepare};
use yinxin::{Signer, Time};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (seal, signer, key) = made::seal_and_signer()?;
    let document = made::contract()?;
    let place = Place {
        page: 2,
        center_x_mm: 150.0,
        center_y_mm: 240.0,
    };

    // Freezes everything but the value; the stored bytes hold neither key nor document.
    let request = Request::affix(seal, signer, Time::parse("2026-03-02T01:00:00Z")?).at(place);
    let stored = prepare(&document, request)?.to_bytes()?;

    // Where the key is: it signs `message()`, or `digest()` when it takes digests only.
    let value = key.sign(Pending::from_bytes(&stored, &document)?.message())?;

    // The value is verified under the signer's certificate before it is embedded.
    let sealed = Pending::from_bytes(&stored, &document)?.complete(&value)?;
    assert_eq!(made::pages_with_a_seal(&sealed)?, ["3"]);
    Ok(())
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}
