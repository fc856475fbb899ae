//! The examples that read a document.

#[path = "../../../examples/inspect_document.rs"]
mod inspect_document;
#[path = "../../../examples/verify_document.rs"]
mod verify_document;

#[test]
fn verify_document_runs() {
    verify_document::main().unwrap();
}

#[test]
fn inspect_document_runs() {
    inspect_document::main().unwrap();
}
