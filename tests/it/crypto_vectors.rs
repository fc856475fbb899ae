//! Signature verification against published vectors: Wycheproof, and what SM2 must refuse.

use std::path::Path;

use yinxin::crypto::{
    DigestAlgorithm, PublicKey, SignatureAlgorithm, Signer, Sm2Id, Sm2Signature, SoftwareKey,
};
use yinxin::{ErrorKind, Result, asn1};

use DigestAlgorithm::{Sha256, Sha384, Sha512};

/// How many vectors of each expected result behaved as expected.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    valid: u32,
    invalid: u32,
    /// Vectors whose validity is a matter of taste, refused here.
    acceptable_refused: u32,
}

impl Tally {
    fn of(valid: u32, invalid: u32, acceptable_refused: u32) -> Self {
        Self {
            valid,
            invalid,
            acceptable_refused,
        }
    }

    fn count(&mut self, expected: wycheproof::TestResult, outcome: &Result<()>, name: &str) {
        use wycheproof::TestResult::{Acceptable, Invalid, Valid};
        match (expected, outcome) {
            (Valid, Ok(())) => self.valid += 1,
            (Invalid, Err(_)) => self.invalid += 1,
            (Acceptable, Err(_)) => self.acceptable_refused += 1,
            _ => panic!("{name}: expected {expected:?}, found {outcome:?}"),
        }
    }
}

fn verify(key: &[u8], algorithm: SignatureAlgorithm, message: &[u8], value: &[u8]) -> Result<()> {
    PublicKey::from_spki(key)?.verify(algorithm, &Sm2Id::default(), message, value)
}

/// Runs all groups of a set that `$offered` accepts; returns the tally and how many tests were
/// left out. The modules of `wycheproof` share names but no traits.
macro_rules! run {
    ($module:ident, $set:expr, $algorithm:expr, $offered:expr) => {{
        let set = wycheproof::$module::TestSet::load($set).unwrap();
        let mut tally = Tally::default();
        let mut left_out = 0;
        for group in &set.test_groups {
            if !$offered(group) {
                left_out += group.tests.len();
                continue;
            }
            for test in &group.tests {
                let outcome = verify(&group.der, $algorithm, &test.msg, &test.sig);
                let name = format!("{:?} {} {}", $set, test.tc_id, test.comment);
                tally.count(test.result, &outcome, &name);
            }
        }
        (tally, left_out)
    }};
}

#[test]
fn wycheproof_ecdsa() {
    use wycheproof::ecdsa::TestName;
    let p256 = TestName::EcdsaSecp256r1Sha256;
    let p384 = TestName::EcdsaSecp384r1Sha384;
    let mixed = TestName::EcdsaSecp384r1Sha256;
    for (set, digest, tally) in [
        (p256, Sha256, Tally::of(174, 310, 0)),
        (p384, Sha384, Tally::of(194, 310, 0)),
        (mixed, Sha256, Tally::of(162, 310, 0)),
    ] {
        let algorithm = SignatureAlgorithm::Ecdsa(digest);
        assert_eq!(run!(ecdsa, set, algorithm, |_| true), (tally, 0), "{set:?}");
    }
}

/// `ring` verifies ECDSA with SHA-512 on neither curve: every signature is refused as such.
#[test]
fn ecdsa_with_sha512_is_not_offered() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let mut refused = 0;
    for set in [
        TestName::EcdsaSecp256r1Sha512,
        TestName::EcdsaSecp384r1Sha512,
    ] {
        for group in TestSet::load(set).unwrap().test_groups {
            for test in group.tests {
                let algorithm = SignatureAlgorithm::Ecdsa(Sha512);
                let error = verify(&group.der, algorithm, &test.msg, &test.sig).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::UnsupportedAlgorithm);
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 243 + 311 + 231 + 311);
}

#[test]
fn wycheproof_ed25519() {
    let set = wycheproof::eddsa::TestName::Ed25519;
    let found = run!(eddsa, set, SignatureAlgorithm::Ed25519, |_| true);
    assert_eq!(found, (Tally::of(88, 63, 0), 0));
}

/// The one acceptable vector of each set leaves out the NULL beside the digest's identifier.
#[test]
fn wycheproof_rsa_pkcs1() {
    use wycheproof::rsa_pkcs1_verify::TestName;
    for (set, digest, valid, invalid) in [
        (TestName::Rsa2048Sha256, Sha256, 9, 249),
        (TestName::Rsa2048Sha384, Sha384, 7, 250),
        (TestName::Rsa2048Sha512, Sha512, 8, 250),
        (TestName::Rsa3072Sha256, Sha256, 8, 250),
        (TestName::Rsa3072Sha384, Sha384, 7, 251),
        (TestName::Rsa3072Sha512, Sha512, 8, 251),
        (TestName::Rsa4096Sha256, Sha256, 7, 250),
        (TestName::Rsa4096Sha384, Sha384, 7, 251),
        (TestName::Rsa4096Sha512, Sha512, 7, 251),
    ] {
        let algorithm = SignatureAlgorithm::RsaPkcs1(digest);
        let found = run!(rsa_pkcs1_verify, set, algorithm, |_| true);
        assert_eq!(found, (Tally::of(valid, invalid, 1), 0), "{set:?}");
    }
}

/// Left out is what RSA-PSS is not offered with here: SHA-1, SHA-224 and the truncated SHA-512,
/// a mask of another digest, and a salt of another length than the digest's.
#[test]
fn wycheproof_rsa_pss() {
    use wycheproof::HashFunction::{Sha2_256, Sha2_384, Sha2_512};
    use wycheproof::rsa_pss_verify::{TestGroup, TestName};
    let digest = |group: &TestGroup| match group.hash {
        Sha2_256 => Some((Sha256, 32)),
        Sha2_384 => Some((Sha384, 48)),
        Sha2_512 => Some((Sha512, 64)),
        _ => None,
    };
    for (set, valid, invalid, left_out) in [
        (TestName::RsaPss2048Sha1Mgf1SaltLen20, 0, 0, 88),
        (TestName::RsaPss2048Sha256Mgf1SaltLen0, 0, 0, 103),
        (TestName::RsaPss2048Sha256Mgf1SaltLen32, 63, 45, 0),
        (TestName::RsaPss2048Sha256Mgf1Sha1_20, 0, 0, 108),
        (TestName::RsaPss2048Sha384Mgf1SaltLen48, 95, 46, 0),
        (TestName::RsaPss3072Sha256Mgf1SaltLen32, 63, 45, 0),
        (TestName::RsaPss4096Sha256Mgf1SaltLen32, 63, 45, 0),
        (TestName::RsaPss4096Sha384Mgf1SaltLen48, 95, 46, 0),
        (TestName::RsaPss4096Sha512Mgf1SaltLen32, 0, 0, 177),
        (TestName::RsaPss4096Sha512Mgf1SaltLen64, 132, 47, 0),
        (TestName::RsaPssmisc, 3, 0, 147),
    ] {
        let mut tally = Tally::default();
        let mut skipped = 0;
        for group in wycheproof::rsa_pss_verify::TestSet::load(set)
            .unwrap()
            .test_groups
        {
            let same_mask = group.mgf_hash == Some(group.hash);
            match digest(&group) {
                Some((digest, salt)) if same_mask && group.salt_size == salt => {
                    for test in &group.tests {
                        let algorithm = SignatureAlgorithm::RsaPss(digest);
                        let outcome = verify(&group.der, algorithm, &test.msg, &test.sig);
                        tally.count(test.result, &outcome, &format!("{set:?} {}", test.tc_id));
                    }
                }
                _ => skipped += group.tests.len(),
            }
        }
        let expected = (Tally::of(valid, invalid, 0), left_out);
        assert_eq!((tally, skipped), expected, "{set:?}");
    }
}

/// The order n of SM2's group (GB/T 32918.5-2017 4).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x23,
];

fn order_plus_one() -> [u8; 32] {
    let mut number = ORDER;
    number[31] += 1;
    number
}

/// n - value, for 0 < value < n.
fn order_minus(value: &[u8; 32]) -> [u8; 32] {
    let mut result = [0; 32];
    let mut borrow = 0;
    for place in (0..32).rev() {
        let difference = i16::from(ORDER[place]) - i16::from(value[place]) - borrow;
        borrow = i16::from(difference < 0);
        result[place] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    result
}

fn key() -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap()
}

fn sm2_kind(value: &[u8]) -> ErrorKind {
    key()
        .public_key()
        .verify(SignatureAlgorithm::Sm2Sm3, &Sm2Id::default(), b"m", value)
        .unwrap_err()
        .kind()
}

#[test]
fn sm2_numbers_out_of_range_are_refused() {
    let good = Sm2Signature::from_der(&key().sign(b"m").unwrap()).unwrap();
    let (zero, above) = ([0; 32], order_plus_one());
    let mut cases = Vec::new();
    for bad in [zero, ORDER, above, [0xff; 32]] {
        cases.push(Sm2Signature { r: bad, s: good.s });
        cases.push(Sm2Signature { r: good.r, s: bad });
        cases.push(Sm2Signature { r: bad, s: bad });
    }
    // t = r + s = 0 mod n.
    cases.push(Sm2Signature {
        r: good.r,
        s: order_minus(&good.r),
    });
    cases.push(Sm2Signature {
        r: order_minus(&good.s),
        s: good.s,
    });
    for case in cases {
        assert_eq!(sm2_kind(&case.to_der()), ErrorKind::SignatureMismatch);
    }
}

#[test]
fn sm2_values_in_other_forms_are_refused() {
    let value = Sm2Signature::from_der(&key().sign(b"m").unwrap()).unwrap();
    let der = value.to_der();
    let number = |content: &[u8]| asn1::tlv(asn1::Tag::INTEGER, content);
    let pair = |r: &[u8], s: &[u8]| asn1::sequence(&[number(r), number(s)]);
    let padded = |bytes: &[u8], count: usize| [&vec![0; count][..], bytes].concat();
    // Wide enough to need no leading zero would make these forms ambiguous: force the top bit.
    let high = [0x80; 32];

    let mut trailing = der.clone();
    trailing.push(0);
    let inner_trailing = asn1::sequence(&[
        asn1::unsigned(&value.r),
        asn1::unsigned(&value.s),
        asn1::null(),
    ]);
    let mut long_length = vec![0x30, 0x81, der[1]];
    long_length.extend_from_slice(&der[2..]);
    let mut indefinite = vec![0x30, 0x80];
    indefinite.extend_from_slice(&der[2..]);
    indefinite.extend_from_slice(&[0, 0]);
    for (name, bytes) in [
        ("empty", vec![]),
        ("trailing", trailing),
        ("trailing inside", inner_trailing),
        ("cut", der[..der.len() - 1].to_vec()),
        ("raw", value.to_raw().to_vec()),
        ("negative r", pair(&high, &[1])),
        ("negative s", pair(&[1], &high)),
        ("over-long r", pair(&padded(&value.r, 2), &[1])),
        ("over-long s", pair(&[1], &padded(&value.s, 2))),
        ("33 bytes", pair(&[1; 33], &[1])),
        ("empty number", pair(&[], &[1])),
        ("length not minimal", long_length),
        ("indefinite length", indefinite),
        ("one number", asn1::sequence(&[number(&[1])])),
        (
            "octets",
            asn1::sequence(&[asn1::octets(&value.r), asn1::octets(&value.s)]),
        ),
    ] {
        assert_eq!(sm2_kind(&bytes), ErrorKind::Malformed, "{name}");
    }
}

#[test]
fn sm2_points_in_other_forms_are_refused() {
    let key = key();
    let point = key.public_key().key_bits();
    let (x, y) = (&point[1..33], &point[33..]);
    let odd = y[31] & 1;
    let lead = |first: u8, parts: &[&[u8]]| [&[first][..], &parts.concat()].concat();
    let mut off_curve = point.to_vec();
    off_curve[64] ^= 1;
    // p = 2^256 - 2^224 - 2^96 + 2^64 - 1: x of a field element is below it.
    let beyond = [0xff; 32];
    for (name, bytes) in [
        ("empty", vec![]),
        ("infinity", vec![0]),
        ("infinity at full length", lead(0, &[&[0; 64]])),
        ("zero coordinates", lead(4, &[&[0; 64]])),
        ("compressed", lead(2 + odd, &[x])),
        ("compressed, other root", lead(3 - odd, &[x])),
        ("hybrid", lead(6 + odd, &[x, y])),
        ("hybrid, other root", lead(7 - odd, &[x, y])),
        ("off the curve", off_curve),
        ("x beyond the field", lead(4, &[&beyond, y])),
        ("compact", lead(5, &[x])),
        ("no first byte", point[1..].to_vec()),
        ("cut", point[..64].to_vec()),
        ("longer", lead(4, &[x, y, &[0]])),
    ] {
        let error = PublicKey::from_sm2_point(&bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidKey, "{name}");
    }
    assert!(PublicKey::from_sm2_point(point).is_ok());
}

/// OpenSSL's vectors, kept beside the repository and not in it.
#[test]
fn sm3_vectors() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/interop/sm3-vectors.txt");
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("sm3-vectors.txt is not here: not tested");
        return;
    };
    let mut count = 0;
    for block in text.split("Digest = SM3\n").skip(1) {
        let field = |name: &str| {
            let mut lines = block.lines();
            lines.find_map(|line| line.strip_prefix(name)).unwrap()
        };
        let message = unhex(field("Input = "));
        let digest = DigestAlgorithm::Sm3.digest(&message).to_hex();
        assert_eq!(digest, field("Output = ").to_lowercase());
        count += 1;
    }
    assert_eq!(count, 8);
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text
        .chars()
        .map(|digit| digit.to_digit(16).unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| u8::try_from((pair[0] << 4) | pair[1]).unwrap())
        .collect()
}
