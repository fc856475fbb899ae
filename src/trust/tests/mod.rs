mod interop;
mod made;
