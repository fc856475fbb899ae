//! Key files that other software made.

use std::path::{Path, PathBuf};

use yinxin::ErrorKind;
use yinxin::crypto::{KeyStore, PublicKeyKind, Signer, Sm2Id};

/// Files by other makers, kept beside the repository and not in it.
fn others_file(name: &str) -> Option<Vec<u8>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/interop/ofd/certs");
    std::fs::read(folder.join(name)).ok()
}

/// Written by Bouncy Castle: triple DES for keys, 40-bit RC2 for certificates, 102 400 rounds;
/// two of the three in BER with indefinite lengths and strings in pieces.
#[test]
fn key_stores_of_ofdrw_open() {
    for (name, password) in [
        ("ofdrw_USER.p12", "777777"),
        ("ofdrw_SealBuilder.p12", "777777"),
        ("ofdrw_ROOT.p12", "123456"),
    ] {
        let Some(file) = others_file(name) else {
            println!("{name} is not here: not tested");
            continue;
        };
        let store = KeyStore::from_pkcs12(&file, password).unwrap();
        assert!(store.certificate_of(0).is_some(), "{name}");
        let (key, certificates) = store.into_single().unwrap();
        assert_eq!(key.public_key().kind(), PublicKeyKind::Sm2);
        assert!(!certificates.is_empty());
        let value = key.sign(b"license").unwrap();
        let verify = |message: &[u8]| {
            key.public_key()
                .verify(key.algorithm(), &Sm2Id::default(), message, &value)
        };
        verify(b"license").unwrap();
        assert_eq!(
            verify(b"licence").unwrap_err().kind(),
            ErrorKind::SignatureMismatch
        );
        let error = KeyStore::from_pkcs12(&file, "000000").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongPassword);
    }
}
