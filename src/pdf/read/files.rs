//! Embedded files: the name tree and the catalog's associated files (ISO 32000-1 7.11.4,
//! ISO 32000-2 14.13).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{View, Visited};
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::syntax::{Dict, Object, Ref, decode_text};

/// A file inside the document.
#[derive(Clone, PartialEq, Eq)]
pub struct EmbeddedFile {
    name: String,
    duplicate: bool,
    associated: bool,
    relationship: Option<String>,
    stream: Ref,
}

impl EmbeddedFile {
    /// The file name as the specification dictionary gives it. Hostile text.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether another embedded file has the same name: a reader may show either.
    #[must_use]
    pub fn duplicate(&self) -> bool {
        self.duplicate
    }

    /// Whether the catalog lists it as associated file.
    #[must_use]
    pub fn associated(&self) -> bool {
        self.associated
    }

    /// `AFRelationship`, such as `Data`.
    #[must_use]
    pub fn relationship(&self) -> Option<&str> {
        self.relationship.as_deref()
    }

    /// The object that holds its bytes.
    #[must_use]
    pub fn stream(&self) -> Ref {
        self.stream
    }
}

impl fmt::Debug for EmbeddedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedFile")
            .field("stream", &self.stream)
            .field("duplicate", &self.duplicate)
            .finish_non_exhaustive()
    }
}

/// What was collected, by the stream that holds the bytes.
#[derive(Default)]
struct Collection {
    files: Vec<EmbeddedFile>,
    /// The stream that each key of the name tree leads to.
    keys: BTreeMap<Vec<u8>, Option<Ref>>,
    /// Streams that share a key: readers differ in which they find.
    clashing: BTreeSet<Ref>,
}

impl View<'_> {
    /// The embedded files that the name tree or the catalog's `AF` leads to, each stream once.
    ///
    /// # Errors
    /// `malformed` when the tree loops, or a specification has no name or stream;
    /// `limit_exceeded` beyond 10 000 files or 64 levels.
    pub fn embedded_files(&self) -> Result<Vec<EmbeddedFile>> {
        let catalog = self.catalog()?;
        let mut collection = Collection::default();
        if let Some(names) = self.get_dict(&catalog, "Names")?
            && let Some(root) = names.get("EmbeddedFiles")
        {
            self.walk_names(root, 0, &mut Visited::default(), &mut collection)?;
        }
        for specification in self.get_array(&catalog, "AF")? {
            self.collect(&specification, true, &mut collection)?;
        }
        let mut files = collection.files;
        mark_duplicates(&mut files, &collection.clashing);
        Ok(files)
    }

    /// The bytes of an embedded file, at most `limit` and never more than 64 MiB.
    ///
    /// # Errors
    /// `malformed`, `limit_exceeded` or `unsupported`, as the stream's filter has it.
    pub fn read_embedded(&self, file: &EmbeddedFile, limit: usize) -> Result<Vec<u8>> {
        self.decode(&self.stream(file.stream)?, limit.min(limits::INFLATED))
    }

    /// Whether the document only wraps another, encrypted one, which is what a viewer opens
    /// (ISO 32000-2 7.6.7).
    ///
    /// # Errors
    /// Those of [`embedded_files`](Self::embedded_files).
    pub fn wraps_a_payload(&self) -> Result<bool> {
        let is_payload = |file: &EmbeddedFile| file.relationship() == Some("EncryptedPayload");
        Ok(self.catalog()?.contains("Collection") && self.embedded_files()?.iter().any(is_payload))
    }

    fn walk_names(
        &self,
        node: &Object,
        depth: usize,
        visited: &mut Visited,
        collection: &mut Collection,
    ) -> Result<()> {
        if depth > limits::NESTING {
            return Err(Error::limit("pdf name tree depth", 64));
        }
        if let Some(reference) = node.as_reference() {
            visited.enter(reference)?;
        }
        let Object::Dict(node) = self.resolve(node)? else {
            return Err(Error::malformed("a node of a name tree is no dictionary"));
        };
        let names = self.get_array(&node, "Names")?;
        let (pairs, rest) = names.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Error::malformed(
                "a node of a name tree has a key without value",
            ));
        }
        for [key, specification] in pairs {
            let Object::String(key) = self.resolve(key)? else {
                return Err(Error::malformed("a key of a name tree is no string"));
            };
            let stream = self.collect(specification, false, collection)?;
            if let Some(other) = collection.keys.insert(key.bytes, stream)
                && other != stream
            {
                collection
                    .clashing
                    .extend([other, stream].into_iter().flatten());
            }
        }
        for kid in self.get_array(&node, "Kids")? {
            self.walk_names(&kid, depth + 1, visited, collection)?;
        }
        Ok(())
    }

    /// Adds what a file specification leads to, and gives its stream.
    fn collect(
        &self,
        object: &Object,
        associated: bool,
        into: &mut Collection,
    ) -> Result<Option<Ref>> {
        let Object::Dict(specification) = self.resolve(object)? else {
            return Err(Error::malformed("a file specification is no dictionary"));
        };
        let Some(stream) = self.stream_of(&specification)? else {
            // An associated file may lie outside the document.
            return Ok(None);
        };
        if let Some(known) = into.files.iter_mut().find(|file| file.stream == stream) {
            known.associated |= associated;
            return Ok(Some(stream));
        }
        if into.files.len() == limits::EMBEDDED_FILES {
            return Err(Error::limit("pdf embedded files", 10_000));
        }
        let relationship = self.get(&specification, "AFRelationship")?;
        into.files.push(EmbeddedFile {
            name: self.file_name(&specification)?,
            duplicate: false,
            associated,
            relationship: relationship
                .as_ref()
                .and_then(Object::as_name)
                .map(|name| String::from_utf8_lossy(name).into_owned()),
            stream,
        });
        Ok(Some(stream))
    }

    fn stream_of(&self, specification: &Dict) -> Result<Option<Ref>> {
        let Some(embedded) = self.get_dict(specification, "EF")? else {
            return Ok(None);
        };
        let stream = |key| embedded.get(key).and_then(Object::as_reference);
        match (stream("UF"), stream("F")) {
            (Some(unicode), Some(plain)) if unicode != plain => Err(Error::malformed(
                "a file specification leads to two different streams",
            )),
            (Some(stream), _) | (None, Some(stream)) => Ok(Some(stream)),
            (None, None) => Err(Error::malformed("a file specification leads to no stream")),
        }
    }

    fn file_name(&self, specification: &Dict) -> Result<String> {
        for key in ["UF", "F"] {
            if let Some(Object::String(name)) = self.get(specification, key)? {
                return Ok(decode_text(&name.bytes));
            }
        }
        Err(Error::malformed("a file specification has no name"))
    }
}

fn mark_duplicates(files: &mut [EmbeddedFile], clashing: &BTreeSet<Ref>) {
    let mut seen = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for file in files.iter() {
        if !seen.insert(file.name.clone()) {
            twice.insert(file.name.clone());
        }
    }
    for file in files {
        file.duplicate = twice.contains(&file.name) || clashing.contains(&file.stream);
    }
}
