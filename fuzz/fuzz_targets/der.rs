//! The DER reader on any bytes: it never panics, and what it accepts it gives back byte for byte.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::asn1::{Reader, Tlv, tlv};

const MANY: usize = 10_000;

fuzz_target!(|input: &[u8]| {
    let Ok(elements) = Reader::new(input).read_all(MANY) else {
        return;
    };
    let joined: Vec<u8> = elements
        .iter()
        .flat_map(|element| element.raw())
        .copied()
        .collect();
    assert_eq!(joined, input);
    elements.iter().for_each(visit);
});

fn visit(element: &Tlv) {
    assert_eq!(tlv(element.tag(), element.content()), element.raw());
    let _ = (
        element.integer(),
        element.unsigned(),
        element.small_integer(),
        element.boolean(),
    );
    let _ = (
        element.oid(),
        element.octets(),
        element.bits(),
        element.whole_bits(),
    );
    let _ = (element.text(), element.time(), element.inner());
    let children = element.reader().and_then(|reader| reader.read_all(MANY));
    children.iter().flatten().for_each(visit);
}
