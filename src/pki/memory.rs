//! Certificates that were read before.

use std::collections::HashMap;
use std::fmt;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::certificate::Certificate;
use crate::error::Result;

/// Certificates of one generation. Some thousand seals are in use in a province; each certificate
/// takes some 5 KiB with its key's table.
const GENERATION: usize = 1024;

/// Larger certificates are read anew: a thousand of them would take much memory.
const MAX_BYTES: usize = 8 << 10;

/// Remembers certificates by their bytes. The documents of an office come under few seals, and a
/// key that is met again verifies the quicker, for the tables it has. What is remembered changes
/// how long an answer takes, never the answer.
///
/// There are two generations: when the younger is full, the older is forgotten, and what was not
/// asked for in the meantime with it.
#[derive(Default)]
pub(crate) struct CertificateMemory(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<Box<[u8]>, Certificate>,
    old: HashMap<Box<[u8]>, Certificate>,
}

impl CertificateMemory {
    /// As [`Certificate::from_der`].
    pub(crate) fn read(&self, der: &[u8]) -> Result<Certificate> {
        if der.len() > MAX_BYTES {
            return Certificate::from_der(der);
        }
        let known = self.generations().recall(der);
        match known {
            Some(certificate) => Ok(certificate),
            None => {
                let certificate = Certificate::from_der(der)?;
                self.generations().keep(der.into(), certificate.clone());
                Ok(certificate)
            }
        }
    }

    fn generations(&self) -> MutexGuard<'_, Generations> {
        // Whoever panicked while holding it left maps of whole certificates.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn recall(&mut self, der: &[u8]) -> Option<Certificate> {
        if let Some(certificate) = self.young.get(der) {
            return Some(certificate.clone());
        }
        let (der, certificate) = self.old.remove_entry(der)?;
        self.keep(der, certificate.clone());
        Some(certificate)
    }

    fn keep(&mut self, der: Box<[u8]>, certificate: Certificate) {
        if self.young.len() == GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(der, certificate);
    }
}

impl fmt::Debug for CertificateMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateMemory")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::testing::root;

    fn young(memory: &CertificateMemory) -> usize {
        memory.generations().young.len()
    }

    #[test]
    fn gives_what_reading_gives() {
        let memory = CertificateMemory::default();
        let der = root("根", 1).certificate.der().to_vec();
        for _ in 0..3 {
            let read = memory.read(&der).unwrap();
            assert_eq!(read.der(), der);
            assert_eq!(young(&memory), 1);
        }
        let broken = der.get(..der.len() - 1).unwrap();
        assert_eq!(
            memory.read(broken).unwrap_err().kind(),
            Certificate::from_der(broken).unwrap_err().kind()
        );
        assert_eq!(young(&memory), 1);
    }

    #[test]
    fn what_is_asked_for_outlives_a_generation_and_the_rest_does_not() {
        let memory = CertificateMemory::default();
        let asked = root("根", 1).certificate;
        memory.read(asked.der()).unwrap();
        let keep = |at: usize| {
            let key = at.to_be_bytes().as_slice().into();
            memory.generations().keep(key, asked.clone());
        };
        (0..GENERATION).for_each(keep);
        assert_eq!(memory.generations().old.len(), GENERATION);
        memory.read(asked.der()).unwrap();
        (GENERATION..2 * GENERATION).for_each(keep);
        let generations = memory.generations();
        let known =
            |der: &[u8]| generations.young.contains_key(der) || generations.old.contains_key(der);
        assert!(known(asked.der()));
        assert!(!known(&0_usize.to_be_bytes()));
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION);
    }
}
