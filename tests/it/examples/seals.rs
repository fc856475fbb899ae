//! The examples on seals do what their first lines say.

use std::fs;

use yinxin::Seal;
use yinxin::ses::Layout;

#[path = "../../../examples/draw_seal.rs"]
#[expect(dead_code, reason = "its main reads arguments")]
mod draw_seal;
#[path = "../../../examples/make_seal.rs"]
#[expect(dead_code, reason = "its main reads arguments")]
mod make_seal;
#[path = "../../../examples/show_seal.rs"]
#[expect(dead_code, reason = "its main reads arguments")]
mod show_seal;

#[test]
fn a_seal_is_made_in_two_phases_and_shown() {
    let (maker, spec, key) = make_seal::seals::order().unwrap();
    let seal = make_seal::make(&maker, &spec, &key).unwrap();
    assert_eq!(seal.to_der(), maker.make(&spec, &key).unwrap().to_der());
    let read = Seal::from_der(seal.to_der()).unwrap();
    assert_eq!(
        (read.layout(), read.findings()),
        (Layout::Gbt38540_2020, &[][..])
    );

    let text = show_seal::describe(seal.to_der()).unwrap();
    assert!(text.contains("code: 34990000000001\n"), "{text}");
    assert!(
        text.ends_with("picture: Some(600) dpi, faults: []\n"),
        "{text}"
    );
    let mut forged = seal.to_der().to_vec();
    *forged.last_mut().unwrap() ^= 1;
    assert!(show_seal::describe(&forged).is_err());
}

#[test]
fn a_seal_is_drawn() {
    let Ok(path) = std::env::var("YINXIN_TEST_FONT") else {
        eprintln!("not run: YINXIN_TEST_FONT names no font");
        return;
    };
    let png = draw_seal::contract_seal(&fs::read(path).unwrap()).unwrap();
    let picture = tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!((picture.width(), picture.height()), (945, 945));
}
