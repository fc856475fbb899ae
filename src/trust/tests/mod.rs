mod classes;
mod fields;
mod interop;
mod made;
mod properties;
mod suites;
