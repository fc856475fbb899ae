//! Digests of package files, each computed once: many signatures may list the same large file.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::crypto::{Digest, DigestAlgorithm, Sm2Digests, Sm2Message};
use crate::error::Result;
use crate::ofd::{Package, PackagePath};

/// The files of one package, digested on demand.
pub(super) struct Digests<'p, 'a> {
    package: &'p Package<'a>,
    known: RefCell<HashMap<(PackagePath, DigestAlgorithm), Result<Digest>>>,
}

impl<'p, 'a> Digests<'p, 'a> {
    pub(super) fn of(package: &'p Package<'a>) -> Self {
        Self {
            package,
            known: RefCell::default(),
        }
    }

    /// Computes the digests of several files, and of what SM2 signatures are over, together, which
    /// is quicker than one by one. Returns the latter.
    pub(super) fn prepare<'f, 'm>(
        &self,
        paths: impl Iterator<Item = &'f PackagePath>,
        algorithm: DigestAlgorithm,
        messages: Vec<Sm2Message<'m>>,
    ) -> Sm2Digests<'m> {
        let mut known = self.known.borrow_mut();
        let mut paths: Vec<_> = paths
            .filter(|path| !known.contains_key(&((*path).clone(), algorithm)))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        let mut contents = Vec::with_capacity(paths.len());
        paths.retain(|path| match self.package.read_to_keep(path) {
            Ok(Some(content)) => {
                contents.push(content);
                true
            }
            // Too large to keep, or not to be read: by itself, when it is asked for.
            _ => false,
        });
        let (digests, of_messages) = Sm2Digests::compute(&contents, algorithm, messages);
        for (path, digest) in paths.into_iter().zip(digests) {
            known.insert((path.clone(), algorithm), Ok(digest));
        }
        of_messages
    }

    /// The digest of a file's bytes.
    pub(super) fn get(&self, path: &PackagePath, algorithm: DigestAlgorithm) -> Result<Digest> {
        let key = (path.clone(), algorithm);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let digest = self.package.digest(path, algorithm);
        self.known.borrow_mut().insert(key, digest.clone());
        digest
    }
}
