mod classes;
mod fields;
mod interop;
mod leaves;
mod lists;
mod made;
mod properties;
mod suites;
