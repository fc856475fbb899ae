//! Forged signatures: algorithms and values.

use yinxin::crypto::{DigestAlgorithm, Signer};
use yinxin::ses::{Layout, SesSignature, SignatureDraft};
use yinxin::verify::{CheckCode, Reason};

use super::{NO_COVER, refused, seal};
use crate::pki::{self, Archive, Resealing, SIGNED_AT, Unsigned, reseal, time, world};

/// Invalid solely because the digest's method is not stated, so that it would be MD5.
#[test]
fn check_method_removed() {
    let forged = with_check_method("", &|bytes| md5(bytes).to_vec());
    let expected = [
        (CheckCode::SignatureAlgorithm, Reason::MethodNotStated),
        NO_COVER,
    ];
    refused(&forged, &expected);
}

/// Invalid solely because files are protected by MD5, under which other files have the same
/// digest.
#[test]
fn check_method_of_md5() {
    let expected = [(CheckCode::SignatureAlgorithm, Reason::TooWeak), NO_COVER];
    for name in ["MD5", "1.2.840.113549.2.5"] {
        let forged = with_check_method(&format!(" CheckMethod=\"{name}\""), &|bytes| {
            md5(bytes).to_vec()
        });
        refused(&forged, &expected);
    }
}

/// Invalid solely because files are protected by SHA-1.
#[test]
fn check_method_of_sha1() {
    let forged = with_check_method(" CheckMethod=\"1.3.14.3.2.26\"", &|bytes| {
        DigestAlgorithm::Sha1.digest(bytes).as_bytes().to_vec()
    });
    let expected = [(CheckCode::SignatureAlgorithm, Reason::TooWeak), NO_COVER];
    refused(&forged, &expected);
}

/// Invalid solely because SignatureMethod names another algorithm than the value has.
#[test]
fn signature_method_of_another_algorithm() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let signature = forged.find("/Signature.xml");
    forged.edit(&signature, "1.2.156.10197.1.501", "1.2.840.10045.4.3.2");
    reseal(&mut forged, &Resealing::default());
    let expected = [
        (CheckCode::SignatureAlgorithm, Reason::AlgorithmsDisagree),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the value belongs to another document of the same signer.
#[test]
fn signature_value_of_another_document() {
    let mut other = Unsigned::of(&pki::business_license());
    other.page.pop();
    let other = Archive::read(&seal(&other.ofd()));
    let mut forged = Archive::read(&pki::sealed_ofd());
    let value_file = forged.find("SignedValue.dat");
    forged.put(&value_file, other.get(&value_file));
    let expected = [
        (CheckCode::SignatureDigest, Reason::DigestDiffers),
        NO_COVER,
    ];
    refused(&forged.write(), &expected);
}

/// Invalid solely because the value was made by another key than the certificate's.
#[test]
fn signature_value_of_another_key() {
    let world = world();
    let mut forged = Archive::read(&pki::sealed_ofd());
    let value_file = forged.find("SignedValue.dat");
    let honest = SesSignature::from_der(forged.get(&value_file)).unwrap();
    let seal = pki::seal_of(Layout::Gbt38540_2020);
    let draft = SignatureDraft {
        seal: &seal,
        time: time(SIGNED_AT),
        data_hash: honest.data_hash(),
        property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
        signer_certificate: world.signer.certificate.der(),
        algorithm: world.signer.key.algorithm(),
        extensions: &[],
    };
    let unsigned = draft.prepare().unwrap();
    let value = world.company.key.sign(unsigned.to_be_signed()).unwrap();
    forged.put(&value_file, unsigned.complete(&value, None).unwrap().raw());
    let expected = [(CheckCode::SignatureValue, Reason::ValueMismatch), NO_COVER];
    refused(&forged.write(), &expected);
}

/// A signature entry that points outside or to nothing fails the whole document.
#[test]
fn second_signature_that_is_not_there() {
    let mut forged = Archive::read(&pki::sealed_ofd());
    let end = "</ofd:Signatures>";
    let entry =
        r#"<ofd:Signature ID="s009" Type="Seal" BaseLoc="/Doc_0/Signs/Sign_9/Signature.xml"/>"#;
    forged.edit("Doc_0/Signs/Signatures.xml", end, &format!("{entry}{end}"));
    refused(
        &forged.write(),
        &[(CheckCode::SignatureReferences, Reason::PartMissing)],
    );
}

/// The sealed license, its files protected by another digest, and sealed again.
fn with_check_method(attribute: &str, digest: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut archive = Archive::read(&pki::sealed_ofd());
    let signature = archive.find("/Signature.xml");
    let stated = " CheckMethod=\"1.2.156.10197.1.401\"";
    archive.edit(&signature, stated, attribute);
    pki::redigest(&mut archive, digest);
    pki::sign_value(&mut archive, &Resealing::default());
    archive.write()
}

/// MD5 (RFC 1321), which the library does not have: a forger does.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "its constants are the whole parts of sines"
)]
fn md5(bytes: &[u8]) -> [u8; 16] {
    let shifts = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let mut message = bytes.to_vec();
    message.push(0x80);
    message.resize(message.len().next_multiple_of(64), 0);
    if message.len() - bytes.len() < 9 {
        message.resize(message.len() + 64, 0);
    }
    let length = message.len() - 8;
    message[length..].copy_from_slice(&(bytes.len() as u64 * 8).to_le_bytes());
    for block in message.chunks(64) {
        let words: Vec<u32> = block
            .chunks(4)
            .map(|word| u32::from_le_bytes(word.try_into().unwrap()))
            .collect();
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..64 {
            let (mix, word) = match step / 16 {
                0 => ((b & c) | (!b & d), step),
                1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
                2 => (b ^ c ^ d, (3 * step + 5) % 16),
                _ => (c ^ (b | !d), 7 * step % 16),
            };
            let constant = (f64::sin((step + 1) as f64).abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(mix)
                .wrapping_add(constant)
                .wrapping_add(words[word]);
            let turned = sum.rotate_left(shifts[step / 16][step % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        for (value, add) in state.iter_mut().zip([a, b, c, d]) {
            *value = value.wrapping_add(add);
        }
    }
    let mut digest = [0; 16];
    for (bytes, word) in digest.chunks_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    digest
}

#[test]
fn the_forgers_md5_is_right() {
    let hex = |bytes: &[u8]| -> String {
        md5(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    assert_eq!(hex(b""), "d41d8cd98f00b204e9800998ecf8427e");
    assert_eq!(
        hex(b"12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
        "57edf4a22be3c955ac49da2e2107b67a"
    );
}
