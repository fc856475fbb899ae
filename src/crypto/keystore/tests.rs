use std::num::NonZeroU32;

use proptest::prelude::*;

use super::super::digest::hex;
use super::super::{DigestAlgorithm, KeyKind, PublicKeyKind, SignatureAlgorithm, Sm2Id, to_pem};
use super::pbe::{Drawn, Password, Purpose};
use super::*;
use crate::asn1::{self, named};

const TEN: NonZeroU32 = NonZeroU32::new(10).unwrap();

macro_rules! vector {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/vectors/keystore/", $name))
    };
}

macro_rules! pem_vector {
    ($name:literal) => {
        include_str!(concat!("../../../tests/vectors/keystore/", $name))
    };
}

fn assert_signs(key: &SoftwareKey) {
    let value = key.sign(b"license").unwrap();
    key.public_key()
        .verify(key.algorithm(), &Sm2Id::default(), b"license", &value)
        .unwrap();
}

fn assert_opens(file: &[u8], password: &str, kind: PublicKeyKind) -> KeyStore {
    let store = KeyStore::from_pkcs12(file, password).unwrap();
    let [key] = store.keys() else {
        panic!("one key");
    };
    assert_eq!(key.public_key().kind(), kind);
    assert_signs(key);
    let certificate = store.certificate_of(0).unwrap();
    assert_eq!(&certified_key(certificate).unwrap(), key.public_key());
    let error = KeyStore::from_pkcs12(file, "777778").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongPassword);
    store
}

#[test]
fn openssl_files_open() {
    assert_opens(vector!("modern.p12"), "密码-777777", PublicKeyKind::Sm2);
    assert_opens(vector!("legacy.p12"), "777777", PublicKeyKind::Sm2);
    assert_opens(vector!("sm4_sm3.p12"), "777777", PublicKeyKind::Sm2);
    assert_opens(
        vector!("clear_certificate.p12"),
        "777777",
        PublicKeyKind::Rsa { bits: 2048 },
    );
    assert_opens(vector!("empty_password.p12"), "", PublicKeyKind::P256);
}

#[test]
fn the_keys_own_certificate_comes_first() {
    let store = assert_opens(vector!("chain.p12"), "777777", PublicKeyKind::P256);
    assert_eq!(store.certificates().len(), 2);
    let (key, certificates) = store.into_single().unwrap();
    let keys: Vec<_> = certificates
        .iter()
        .map(|der| certified_key(der).unwrap())
        .collect();
    assert_eq!(&keys[0], key.public_key());
    assert_eq!(keys[1].kind(), PublicKeyKind::Sm2);
}

#[test]
fn a_file_without_mac_is_refused() {
    let error = KeyStore::from_pkcs12(vector!("without_mac.p12"), "777777").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

#[test]
fn no_changed_byte_goes_unnoticed() {
    let file = vector!("legacy.p12");
    for place in 0..file.len() {
        let mut changed = file.to_vec();
        changed[place] ^= 0x01;
        assert!(
            KeyStore::from_pkcs12(&changed, "777777").is_err(),
            "byte {place}"
        );
    }
}

#[test]
fn encrypted_keys_open() {
    for (text, kind) in [
        (pem_vector!("encrypted_aes.pem"), PublicKeyKind::Sm2),
        (pem_vector!("encrypted_sm4.pem"), PublicKeyKind::Sm2),
        (pem_vector!("encrypted_3des.pem"), PublicKeyKind::P256),
        (pem_vector!("encrypted_ed25519.pem"), PublicKeyKind::Ed25519),
    ] {
        let key = SoftwareKey::from_pem(text, Some("777777")).unwrap();
        assert_eq!(key.public_key().kind(), kind);
        assert_signs(&key);
        for wrong in [Some("777778"), Some(""), None] {
            let error = SoftwareKey::from_pem(text, wrong).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::WrongPassword);
        }
    }
}

#[test]
fn many_wrong_passwords_are_all_called_wrong() {
    // One in 256 leaves valid padding; what comes out must still be recognised.
    let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
    let text = encrypted(&key, "777777", 1);
    for guess in 0..2000 {
        let error = SoftwareKey::from_pem(&text, Some(&guess.to_string())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongPassword, "{guess}");
    }
}

#[test]
fn plain_keys_open() {
    for (text, kind) in [
        (pem_vector!("plain_sm2.pem"), PublicKeyKind::Sm2),
        (pem_vector!("sec1_p256.pem"), PublicKeyKind::P256),
    ] {
        let key = SoftwareKey::from_pem(text, None).unwrap();
        assert_eq!(key.public_key().kind(), kind);
        assert_signs(&key);
        let plain = to_pem("PRIVATE KEY", &key.to_pkcs8());
        let again = SoftwareKey::from_pem(&plain, Some("not needed")).unwrap();
        assert_eq!(again.public_key(), key.public_key());
    }
}

/// ECPrivateKey with what stands in `[0]`.
fn sec1(scalar: &[u8], parameters: &[Vec<u8>]) -> String {
    let mut fields = vec![asn1::integer(1), asn1::octets(scalar)];
    fields.extend_from_slice(parameters);
    to_pem("EC PRIVATE KEY", &asn1::sequence(&fields))
}

#[test]
fn sec1_needs_a_named_curve_that_is_offered() {
    let named = |curve| asn1::context(0, &[asn1::oid(curve)]);
    let read = |parameters: &[Vec<u8>]| SoftwareKey::from_pem(&sec1(&[7; 32], parameters), None);
    let key = read(&[named(named::SM2_CURVE)]).unwrap();
    assert_eq!(key.public_key(), sm2_key(7).public_key());
    let point = |key: &SoftwareKey| asn1::context(1, &[asn1::bits(key.public_key().key_bits())]);
    assert!(read(&[named(named::SM2_CURVE), point(&sm2_key(7))]).is_ok());
    for (parameters, kind) in [
        (vec![], ErrorKind::Unsupported),
        (
            vec![asn1::context(0, &[asn1::sequence(&[asn1::integer(1)])])],
            ErrorKind::Unsupported,
        ),
        (
            vec![named(named::COMMON_NAME)],
            ErrorKind::UnsupportedAlgorithm,
        ),
        (
            vec![named(named::SM2_CURVE), point(&sm2_key(8))],
            ErrorKind::KeyMismatch,
        ),
    ] {
        assert_eq!(read(&parameters).unwrap_err().kind(), kind);
    }
}

#[test]
fn other_texts_are_refused_by_kind() {
    let kind = |text: &str| {
        SoftwareKey::from_pem(text, Some("777777"))
            .unwrap_err()
            .kind()
    };
    assert_eq!(kind(""), ErrorKind::Missing);
    assert_eq!(
        kind(pem_vector!("armour_encrypted.pem")),
        ErrorKind::Unsupported
    );
    let twice = format!(
        "{}{}",
        pem_vector!("sec1_p256.pem"),
        pem_vector!("encrypted_aes.pem")
    );
    assert_eq!(kind(&twice), ErrorKind::Ambiguous);
    assert_eq!(
        kind(&to_pem("PRIVATE KEY", &[0x30, 0x00])),
        ErrorKind::Malformed
    );
}

#[test]
fn what_is_written_under_a_password_reads_back() {
    for kind in [KeyKind::Sm2, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
        let key = SoftwareKey::generate(kind).unwrap();
        let text = encrypted(&key, "密码", 10);
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
        let again = SoftwareKey::from_pem(&text, Some("密码")).unwrap();
        assert_eq!(*again.to_pkcs8(), *key.to_pkcs8());
    }
}

#[test]
fn writing_draws_anew_and_refuses_no_password() {
    let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
    let (one, other) = (
        key.to_encrypted_pem("777777").unwrap(),
        key.to_encrypted_pem("777777").unwrap(),
    );
    assert_ne!(one, other);
    let again = SoftwareKey::from_pem(&one, Some("777777")).unwrap();
    assert_eq!(again.public_key(), key.public_key());
    for password in [String::new(), "7".repeat(1025)] {
        let error = key.to_encrypted_pem(&password).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }
}

/// Deterministic: salt and initial vector are fixed.
fn encrypted(key: &SoftwareKey, password: &str, iterations: u32) -> String {
    let drawn = Drawn {
        salt: [1; 16],
        iv: [2; 16],
        iterations: NonZeroU32::new(iterations).unwrap(),
    };
    key.encrypted_pem(password, &drawn).unwrap()
}

#[test]
fn writing_is_deterministic_given_what_is_drawn() {
    let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
    assert_eq!(encrypted(&key, "a", 10), encrypted(&key, "a", 10));
    assert_ne!(encrypted(&key, "a", 10), encrypted(&key, "b", 10));
}

/// Expected values by `openssl kdf PKCS12KDF`.
#[test]
fn derivation_agrees_with_openssl() {
    let derived = |digest, purpose, length| {
        let mut key = vec![0; length];
        let password = Password::new("印信").unwrap();
        pbe::pkcs12_key(digest, purpose, &password, b"saltsalt", TEN, &mut key);
        hex(&key)
    };
    assert_eq!(
        derived(DigestAlgorithm::Sha1, Purpose::Key, 50),
        "a3cc4c2af2c981b6faa72560ae3b4dd1470f3f0ab869d1bb222bbe03ab8449a89eec6e5dba3d30c272a3b95cb570473e4f2e"
    );
    assert_eq!(
        derived(DigestAlgorithm::Sha512, Purpose::Iv, 16),
        "66369f98100b78cf5fbf73ccc0e24690"
    );
    assert_eq!(
        derived(DigestAlgorithm::Sm3, Purpose::Mac, 32),
        "738ab976a998475a8564d878606900814175d184dfea876cca439b1dfa5058c6"
    );
}

// A writer of PKCS#12 for the structures no tool makes.

struct Bag {
    kind: asn1::Oid,
    value: Vec<u8>,
    local_id: Option<u8>,
}

fn key_bag(key: &SoftwareKey, local_id: Option<u8>) -> Bag {
    Bag {
        kind: named::KEY_BAG,
        value: key.to_pkcs8().to_vec(),
        local_id,
    }
}

/// A bag with the least that passes for a certificate of a key.
fn certificate_bag(key: &SoftwareKey, serial: u64, local_id: Option<u8>) -> Bag {
    let empty = asn1::sequence::<&[u8]>(&[]);
    let fields = asn1::sequence(&[
        asn1::integer(serial),
        empty.clone(),
        empty.clone(),
        empty.clone(),
        empty,
        key.public_key().spki().to_vec(),
    ]);
    let certificate = asn1::octets(&asn1::sequence(&[fields]));
    Bag {
        kind: named::CERT_BAG,
        value: asn1::sequence(&[
            asn1::oid(named::X509_CERTIFICATE),
            asn1::context(0, &[certificate]),
        ]),
        local_id,
    }
}

fn bags(bags: &[Bag]) -> Vec<u8> {
    let bags: Vec<Vec<u8>> = bags
        .iter()
        .map(|bag| {
            let mut parts = vec![
                asn1::oid(bag.kind),
                asn1::context(0, &[bag.value.as_slice()]),
            ];
            if let Some(id) = bag.local_id {
                parts.push(asn1::set_of(&[asn1::sequence(&[
                    asn1::oid(named::LOCAL_KEY_ID),
                    asn1::set_of(&[asn1::octets(&[id])]),
                ])]));
            }
            asn1::sequence(&parts)
        })
        .collect();
    asn1::sequence(&bags)
}

fn data(content: &[u8]) -> Vec<u8> {
    let content = asn1::octets(content);
    asn1::sequence(&[asn1::oid(named::CMS_DATA), asn1::context(0, &[content])])
}

/// A file of these parts under a right MAC with password "p".
fn file(parts: &[Vec<u8>]) -> Vec<u8> {
    let safe = asn1::sequence(parts);
    let mut key = [0; 32];
    let password = Password::new("p").unwrap();
    let sha256 = DigestAlgorithm::Sha256;
    pbe::pkcs12_key(sha256, Purpose::Mac, &password, b"salt", TEN, &mut key);
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key);
    let value = ring::hmac::sign(&key, &safe);
    let info = asn1::sequence(&[
        asn1::sequence(&[asn1::oid(sha256.oid()), asn1::null()]),
        asn1::octets(value.as_ref()),
    ]);
    let mac = asn1::sequence(&[info, asn1::octets(b"salt"), asn1::integer(TEN.get().into())]);
    asn1::sequence(&[asn1::integer(3), data(&safe), mac])
}

fn open(held: &[Bag]) -> Result<KeyStore> {
    KeyStore::from_pkcs12(&file(&[data(&bags(held))]), "p")
}

fn sm2_key(byte: u8) -> SoftwareKey {
    SoftwareKey::from_sm2_scalar(&[byte; 32]).unwrap()
}

#[test]
fn certificates_are_matched_by_key_and_then_by_local_id() {
    let (a, b) = (sm2_key(1), sm2_key(2));
    let store = open(&[
        certificate_bag(&b, 10, None),
        certificate_bag(&a, 11, None),
        certificate_bag(&a, 12, Some(1)),
        key_bag(&a, Some(1)),
        key_bag(&b, Some(9)),
        key_bag(&sm2_key(3), None),
    ])
    .unwrap();
    assert_eq!(store.certificate_of(0), Some(&*store.certificates()[2]));
    assert_eq!(store.certificate_of(1), Some(&*store.certificates()[0]));
    assert_eq!(store.certificate_of(2), None);
    assert_eq!(store.certificate_of(3), None);
    assert_eq!(
        store.into_single().unwrap_err().kind(),
        ErrorKind::Ambiguous
    );
}

#[test]
fn a_local_id_that_joins_strangers_is_refused() {
    let (a, b) = (sm2_key(1), sm2_key(2));
    let error = open(&[key_bag(&a, Some(1)), certificate_bag(&b, 1, Some(1))]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::KeyMismatch);
    let store = open(&[key_bag(&a, None), certificate_bag(&b, 1, None)]).unwrap();
    assert_eq!(store.into_single().unwrap_err().kind(), ErrorKind::Missing);
    let store = open(&[certificate_bag(&b, 1, None)]).unwrap();
    assert_eq!(store.into_single().unwrap_err().kind(), ErrorKind::Missing);
}

#[test]
fn other_bags_are_passed_over_and_nested_ones_read() {
    let key = sm2_key(1);
    let mut inner = bags(&[key_bag(&key, None)]);
    let nest = |value| Bag {
        kind: named::SAFE_CONTENTS_BAG,
        value,
        local_id: None,
    };
    for _ in 0..4 {
        inner = bags(&[nest(inner)]);
    }
    let other = Bag {
        kind: named::CRL_NUMBER,
        value: asn1::null(),
        local_id: None,
    };
    let store = KeyStore::from_pkcs12(&file(&[data(&bags(&[other])), data(&inner)]), "p").unwrap();
    assert_eq!(store.keys().len(), 1);
    let error = KeyStore::from_pkcs12(&file(&[data(&bags(&[nest(inner)]))]), "p").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn counts_and_sizes_are_bounded() {
    let other = || Bag {
        kind: named::CRL_NUMBER,
        value: asn1::null(),
        local_id: None,
    };
    let many: Vec<Bag> = (0..=1000).map(|_| other()).collect();
    assert_eq!(open(&many).unwrap_err().kind(), ErrorKind::LimitExceeded);
    assert!(open(&many[1..]).is_ok());
    let parts = vec![data(&bags(&[])); 65];
    let error = KeyStore::from_pkcs12(&file(&parts), "p").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    let error = KeyStore::from_pkcs12(&vec![0; (4 << 20) + 1], "p").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

fn pbes2_key(salt: &[u8], iterations: u64, key_length: u64, prf: asn1::Oid, iv: &[u8]) -> Vec<u8> {
    let derivation = asn1::sequence(&[
        asn1::oid(named::PBKDF2),
        asn1::sequence(&[
            asn1::octets(salt),
            asn1::integer(iterations),
            asn1::integer(key_length),
            asn1::sequence(&[asn1::oid(prf), asn1::null()]),
        ]),
    ]);
    let encryption = asn1::sequence(&[asn1::oid(named::AES256_CBC), asn1::octets(iv)]);
    let algorithm = asn1::sequence(&[
        asn1::oid(named::PBES2),
        asn1::sequence(&[derivation, encryption]),
    ]);
    asn1::sequence(&[algorithm, asn1::octets(&[0; 32])])
}

#[test]
fn costly_or_broken_parameters_are_refused_before_work() {
    let kind = |der: &[u8]| {
        SoftwareKey::from_encrypted_pkcs8(der, "p")
            .unwrap_err()
            .kind()
    };
    let sha256 = named::HMAC_SHA256;
    let good = pbes2_key(b"salt", 1, 32, sha256, &[0; 16]);
    assert_eq!(kind(&good), ErrorKind::WrongPassword);
    for (iterations, expected) in [
        (5_000_001, ErrorKind::LimitExceeded),
        (0, ErrorKind::Malformed),
        (1 << 40, ErrorKind::Malformed),
    ] {
        let der = pbes2_key(b"salt", iterations, 32, sha256, &[0; 16]);
        assert_eq!(kind(&der), expected, "{iterations}");
    }
    let salt = pbes2_key(&[0; 1025], 1, 32, sha256, &[0; 16]);
    assert_eq!(kind(&salt), ErrorKind::LimitExceeded);
    let length = pbes2_key(b"salt", 1, 16, sha256, &[0; 16]);
    assert_eq!(kind(&length), ErrorKind::Malformed);
    let iv = pbes2_key(b"salt", 1, 32, sha256, &[0; 8]);
    assert_eq!(kind(&iv), ErrorKind::Malformed);
    let prf = pbes2_key(b"salt", 1, 32, named::MD5, &[0; 16]);
    assert_eq!(kind(&prf), ErrorKind::UnsupportedAlgorithm);
}

#[test]
fn work_is_counted_over_the_whole_file() {
    // Alone the bag would be within the bound.
    let shrouded = || Bag {
        kind: named::SHROUDED_KEY_BAG,
        value: pbes2_key(b"salt", 4_999_991, 32, named::HMAC_SHA256, &[0; 16]),
        local_id: None,
    };
    // 10 rounds went into the MAC: 4 999 990 are left.
    let error = open(&[shrouded()]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn pbkdf2_with_hmac_sm3_opens_what_gmssl_writes() {
    // The parameters as GmSSL writes them: PBKDF2-HMAC-SM3 and SM4-CBC; ciphertext by `openssl
    // enc -sm4-cbc` under the key of `openssl kdf -kdfopt digest:SM3 PBKDF2`.
    let ciphertext = unhex(
        "08b9d1b6ba94880a99892a2bd80da6f819b0393521c933e38816c331fc5ab38662acd43afdc4f1587c566cb007798511641274426d3626fc808ea51c2418543232a1c02ae0d18bcf1dc3f76d524adf361a4af4ac02f06c89edde8da62933b33bec73ba6a30dd5dc4763502bf43a8b72b7f5069032bc3814dc8c079802a5ee0a6264176b4d297679223216c33a3fae863",
    );
    let derivation = asn1::sequence(&[
        asn1::oid(named::PBKDF2),
        asn1::sequence(&[
            asn1::octets(b"saltsalt"),
            asn1::integer(1000),
            asn1::sequence(&[asn1::oid(named::HMAC_SM3)]),
        ]),
    ]);
    let encryption = asn1::sequence(&[asn1::oid(named::SM4_CBC), asn1::octets(&[0x11; 16])]);
    let algorithm = asn1::sequence(&[
        asn1::oid(named::PBES2),
        asn1::sequence(&[derivation, encryption]),
    ]);
    let der = asn1::sequence(&[algorithm, asn1::octets(&ciphertext)]);
    let key = SoftwareKey::from_encrypted_pkcs8(&der, "password").unwrap();
    assert_eq!(*key.to_pkcs8(), *sm2_key(7).to_pkcs8());
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

#[test]
fn debug_names_nobody() {
    let store = open(&[key_bag(&sm2_key(1), None)]).unwrap();
    assert_eq!(format!("{store:?}"), "KeyStore(1 keys, 0 certificates)");
    assert_eq!(store.keys()[0].algorithm(), SignatureAlgorithm::Sm2Sm3);
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = KeyStore::from_pkcs12(&bytes, "p");
        let _ = SoftwareKey::from_encrypted_pkcs8(&bytes, "p");
        let _ = SoftwareKey::from_sec1(&bytes);
        // Past the MAC, where bags are read.
        let _ = KeyStore::from_pkcs12(&file(&[data(&bytes)]), "p");
    }

    #[test]
    fn changed_bags_never_panic(place in 0_usize..400, byte in any::<u8>()) {
        let key = sm2_key(1);
        let mut content = bags(&[key_bag(&key, Some(1)), certificate_bag(&key, 1, Some(1))]);
        let place = place % content.len();
        content[place] = byte;
        let _ = KeyStore::from_pkcs12(&file(&[data(&content)]), "p");
    }
}
