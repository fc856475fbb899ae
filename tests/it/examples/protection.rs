//! The examples on lists of files and encryption do what they say.

#[path = "../../../examples/encryption.rs"]
mod encryption;
#[path = "../../../examples/integrity.rs"]
mod integrity;

#[test]
fn a_list_is_closed() {
    integrity::main().unwrap();
}

#[test]
fn a_document_is_encrypted_and_verified() {
    encryption::main().unwrap();
}
