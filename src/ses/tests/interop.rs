//! Published seals and signatures by other makers, read where the folder is present.

use std::io::Read as _;
use std::path::PathBuf;

use super::*;
use crate::error::ErrorKind;
use proptest::prelude::*;

fn read(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/interop/ofd");
    if !path.is_dir() {
        return None;
    }
    Some(std::fs::read(path.join(name)).unwrap())
}

/// One entry of a ZIP, by its local header; sizes come from the central directory.
fn entry(package: &[u8], name: &str) -> Vec<u8> {
    let number = |at: usize, length: usize| {
        package[at..at + length]
            .iter()
            .rev()
            .fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte))
    };
    let directory = (0..package.len() - 46).filter(|at| package[*at..].starts_with(b"PK\x01\x02"));
    for at in directory {
        let name_end = at + 46 + number(at + 28, 2);
        if &package[at + 46..name_end] != name.as_bytes() {
            continue;
        }
        let (method, size, local) = (number(at + 10, 2), number(at + 20, 4), number(at + 42, 4));
        let start = local + 30 + number(local + 26, 2) + number(local + 28, 2);
        let packed = &package[start..start + size];
        let mut content = Vec::new();
        match method {
            0 => content.extend_from_slice(packed),
            _ => {
                let mut inflate = flate2::read::DeflateDecoder::new(packed);
                inflate.read_to_end(&mut content).unwrap();
            }
        }
        return content;
    }
    panic!("no entry {name}");
}

#[test]
fn seals_have_their_layout_and_verify() {
    for (name, layout, version, created) in [
        (
            "UserV1.esl",
            Layout::Gmt0031_2014,
            1,
            "2020-04-22T02:18:07Z",
        ),
        ("UserV4.esl", Layout::Gbt38540_2020, 4, ""),
        ("UserV5.esl", Layout::Gmt0031_2025, 5, ""),
        (
            "UserV5_ts.esl",
            Layout::Gmt0031_2025,
            5,
            "2026-04-24T08:53:22Z",
        ),
    ] {
        let Some(bytes) = read(name) else { return };
        assert_eq!(recognize(&bytes), BlobKind::Seal, "{name}");
        let seal = SesSeal::from_der(&bytes).unwrap();
        assert_eq!(
            (seal.layout(), seal.findings()),
            (layout, &[][..]),
            "{name}"
        );
        assert_eq!(seal.raw(), bytes);
        let info = seal.info();
        assert_eq!(
            (info.header.id.as_str(), info.header.version),
            ("ES", version)
        );
        assert!(info.header.vendor_id.starts_with("OFDR&WTest"));
        assert_eq!(info.id.len(), 32);
        assert_eq!((info.certificates.len(), info.extensions.len()), (1, 0));
        assert_eq!((info.picture.width_mm, info.picture.height_mm), (40, 40));
        assert_eq!(info.picture.kind, "PNG");
        assert!(info.picture.data.starts_with(b"\x89PNG"));
        assert_eq!(info.create_date.time, info.valid_start.time);
        assert!(info.valid_start.time < info.valid_end.time);
        if !created.is_empty() {
            assert_eq!(info.create_date.time, Some(at(created)));
        }
        assert_eq!(seal.algorithm(), asn1::named::SM2_WITH_SM3);
        assert_eq!(verify_seal(&seal).unwrap(), [], "{name}");
        let stamp = (name == "UserV5_ts.esl").then_some(&[1, 2, 3][..]);
        assert_eq!(seal.time_stamp(), stamp);
    }
}

#[test]
fn a_seal_in_ber_is_malformed() {
    // A historic seal of indefinite lengths; nothing derived from it verifies either.
    let Some(bytes) = read("UserV1_broken.esl") else {
        return;
    };
    assert_eq!(recognize(&bytes), BlobKind::Unknown);
    let error = SesSeal::from_der(&bytes).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(error.context().any(|entry| entry == ("offset", "0")));
}

#[test]
fn a_seal_spoilt_by_a_text_conversion_is_malformed() {
    let Some(bytes) = read("unparseable.esl") else {
        return;
    };
    assert_eq!(recognize(&bytes), BlobKind::Unknown);
    let error = SesSeal::from_der(&bytes).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(error.context().any(|entry| entry == ("offset", "1")));
}

fn assert_signature(bytes: &[u8], layout: Layout, time: &str) -> SesSignature {
    assert_eq!(recognize(bytes), BlobKind::SealSignature);
    let signature = SesSignature::from_der(bytes).unwrap();
    assert_eq!(
        (signature.layout(), signature.findings()),
        (layout, &[][..])
    );
    assert_eq!(signature.seal().layout(), layout);
    assert_eq!(signature.time().time, Some(at(time)));
    assert_eq!(
        signature.property_info(),
        b"/Doc_0/Signs/Sign_0/Signature.xml"
    );
    assert_eq!(signature.time_stamp(), None);
    let key = certificate_key(signature.signer_certificate());
    assert_eq!(signature.verify_value(&key, &Sm2Id::default()).unwrap(), []);
    assert_eq!(
        signature.signer_listed(&key),
        Listed::ByCertificate { index: 0 }
    );
    assert_eq!(verify_seal(signature.seal()).unwrap(), []);
    // The signer's key is not the maker's.
    let swapped = signature
        .seal()
        .verify_maker_signature(&key, &Sm2Id::default());
    assert_eq!(swapped.unwrap_err().kind(), ErrorKind::SignatureMismatch);
    signature
}

#[test]
fn bare_signatures_have_their_layout_and_verify() {
    for (name, layout, time) in [
        (
            "SignedValueV4.dat",
            Layout::Gbt38540_2020,
            "2020-10-12T11:14:03Z",
        ),
        (
            "SignedValueV5.dat",
            Layout::Gmt0031_2025,
            "2026-04-24T08:53:26Z",
        ),
    ] {
        let Some(bytes) = read(name) else { return };
        let signature = assert_signature(&bytes, layout, time);
        assert_eq!(signature.data_hash(), [0; 32], "{name}");
        assert_eq!(signature.extensions(), []);
    }
}

#[test]
fn signatures_inside_documents_cover_their_signature_file() {
    for (name, time) in [
        ("allprotected.ofd", None),
        ("SESV4SignDoc.ofd", Some("2026-08-04")),
    ] {
        let Some(package) = read(name) else { return };
        let bytes = entry(&package, "Doc_0/Signs/Sign_0/SignedValue.dat");
        let claimed = SesSignature::from_der(&bytes).unwrap().time().time.unwrap();
        let signature = assert_signature(&bytes, Layout::Gbt38540_2020, &claimed.to_string());
        assert!(time.is_none_or(|day| claimed.to_string().starts_with(day)));
        let seal = entry(&package, "Doc_0/Signs/Sign_0/Seal.esl");
        assert_eq!(signature.seal().raw(), seal, "{name}");
        let xml = entry(&package, "Doc_0/Signs/Sign_0/Signature.xml");
        assert_eq!(
            signature.data_hash(),
            DigestAlgorithm::Sm3.digest(&xml).as_bytes(),
            "{name}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn mutated_real_files_never_panic(
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        near_start in any::<bool>(),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        for name in ["UserV1.esl", "UserV5_ts.esl", "SignedValueV4.dat"] {
            let Some(mut bytes) = read(name) else { return Ok(()) };
            // Structure stands at both ends; the picture between them is opaque.
            let place = place.index(700);
            let place = if near_start { place } else { bytes.len() - 1 - place };
            bytes[place] = byte;
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            let _ = recognize(&bytes);
            if let Ok(seal) = SesSeal::from_der(&bytes) {
                let _ = seal.verify_maker_signature(maker().public_key(), &Sm2Id::default());
            }
            if let Ok(signature) = SesSignature::from_der(&bytes) {
                let _ = signature.verify_value(signer().public_key(), &Sm2Id::default());
                let _ = signature.signer_listed(signer().public_key());
            }
        }
    }
}
