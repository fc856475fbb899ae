//! Status lists of the made-up province.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use yinxin::Time;
use yinxin::asn1::Tlv;
use yinxin::crypto::{Signer, SoftwareKey};

/// Where the lists are said to be.
pub(crate) const STATUS_URI: &str = "https://status.example.invalid/1";

/// A list as a JWT: `statuses` of `width` bits each, usable for `ttl` seconds.
pub(crate) fn status_jwt(
    key: &SoftwareKey,
    width: u8,
    statuses: &[u8],
    issued: Time,
    ttl: u32,
) -> Vec<u8> {
    let lst = URL_SAFE_NO_PAD.encode(deflate(&packed(width, statuses)));
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"statuslist+jwt"}"#);
    let payload = URL_SAFE_NO_PAD.encode(format!(
        r#"{{"sub":"{STATUS_URI}","iat":{},"ttl":{ttl},"status_list":{{"bits":{width},"lst":"{lst}"}}}}"#,
        issued.unix()
    ));
    let signed = format!("{header}.{payload}");
    let signature = raw(&key.sign(signed.as_bytes()).unwrap());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes()
}

fn packed(width: u8, statuses: &[u8]) -> Vec<u8> {
    let per_byte = usize::from(8 / width);
    let byte = |chunk: &[u8]| {
        let shifted = chunk.iter().enumerate();
        shifted.fold(0, |byte, (place, status)| {
            byte | (status << (place * usize::from(width)))
        })
    };
    statuses.chunks(per_byte).map(byte).collect()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// r and s in 32 octets each.
fn raw(der: &[u8]) -> Vec<u8> {
    let mut reader = Tlv::parse(der).unwrap().reader().unwrap();
    let mut all = Vec::new();
    for _ in 0..2 {
        let content = reader.read().unwrap().content().to_vec();
        let digits = content.strip_prefix(&[0]).unwrap_or(&content);
        all.extend(vec![0; 32 - digits.len()]);
        all.extend(digits);
    }
    all
}
