//! Writing OFD packages: new documents, and the archive and XML that signatures need too.

mod archive;
mod builder;
mod page;
mod xml;

pub(super) use archive::ArchiveWriter;
pub(super) use page::write_number;
pub(super) use xml::{XmlWriter, escape};

pub use builder::{FontFace, OfdBuilder};
pub use page::{Color, Image, PageContent, PageObject, PathStep, Shape, Stroke, Text};
