mod classes;
mod fields;
mod interop;
mod leaves;
mod made;
mod properties;
mod suites;
