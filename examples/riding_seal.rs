//! A riding seal over the right edge of all pages, and the whole seal on the last: one signature.

use yinxin::Time;
use yinxin::sign::{Edge, Pages, Placement, Point, Request, Riding, prepare};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (seal, signer, key) = made::seal_and_signer()?;
    let foot = Point {
        x_mm: 150.0,
        y_mm: 240.0,
    };

    let request = Request::affix(seal, signer, Time::parse("2026-03-02T01:00:00Z")?)
        .at(Riding::new(Edge::Right).along(120.0))
        .at(Placement::At(foot, Pages::last()));
    let sealed = prepare(&made::contract()?, request)?.sign(&key)?;

    assert_eq!(made::pages_with_a_seal(&sealed)?, ["1", "2", "3", "3"]);
    Ok(())
}

mod made {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/support/made.rs"
    ));
}
