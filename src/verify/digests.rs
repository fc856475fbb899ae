//! Digests of package files, each computed once: many signatures may list the same large file.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::crypto::{Digest, DigestAlgorithm};
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

    /// Computes the digests of several files together, which is quicker than one by one.
    pub(super) fn prepare<'f>(
        &self,
        paths: impl Iterator<Item = &'f PackagePath>,
        algorithm: DigestAlgorithm,
    ) {
        let mut known = self.known.borrow_mut();
        let mut paths: Vec<_> = paths
            .filter(|path| !known.contains_key(&((*path).clone(), algorithm)))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        for (path, digest) in self.package.digest_many(&paths, algorithm) {
            known.insert((path.clone(), algorithm), digest);
        }
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
