//! Seals and seal signatures from any bytes: what is read is kept byte for byte, and a value is
//! checked without a panic whatever stands in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::crypto::Sm2Id;
use yinxin::pki::Certificate;
use yinxin::ses::{BlobKind, SesSeal, SesSignature, recognize};

fuzz_target!(|input: &[u8]| {
    let kind = recognize(input);
    if let Ok(seal) = SesSeal::from_der(input) {
        assert_eq!(kind, BlobKind::Seal);
        assert_eq!(seal.raw(), input);
        visit_seal(&seal);
    }
    if let Ok(signature) = SesSignature::from_der(input) {
        assert_eq!(kind, BlobKind::SealSignature);
        assert_eq!(signature.raw(), input);
        visit_seal(signature.seal());
        visit_signature(&signature);
    }
});

fn visit_seal(seal: &SesSeal) {
    let again = SesSeal::from_der(seal.raw()).expect("a seal's own bytes are a seal");
    assert_eq!(again.findings().len(), seal.findings().len());
    let _ = (format!("{seal:?}"), seal.signed_bytes(), seal.time_stamp());
    if let Ok(maker) = Certificate::from_der(seal.maker_certificate()) {
        if let Ok(key) = maker.public_key() {
            let _ = seal.verify_maker_signature(key, &Sm2Id::default());
            let _ = seal.info().certificates.find(maker.der(), key);
        }
    }
}

fn visit_signature(signature: &SesSignature) {
    let _ = (format!("{signature:?}"), signature.property_info());
    if let Ok(signer) = Certificate::from_der(signature.signer_certificate()) {
        if let Ok(key) = signer.public_key() {
            let _ = signature.verify_value(key, &Sm2Id::default());
            let _ = signature.signer_listed(key);
        }
    }
}
