mod classes;
mod interop;
mod made;
mod properties;
