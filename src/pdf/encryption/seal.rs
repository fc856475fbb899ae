//! Encrypting what an update of an encrypted file writes.
//!
//! Initial values of AES are drawn from the key, the object and the text instead of random numbers:
//! a signature that is prepared again in another process must come out the same (decision 54).

use super::Encryption;
use super::cipher::Method;
use crate::crypto::DigestAlgorithm;
use crate::error::Result;
use crate::pdf::syntax::{Dict, Object, Ref};

impl Encryption {
    /// Encrypts every string of an object of the update, but for the value of a signature.
    pub(crate) fn seal_strings(&self, holder: Ref, object: &mut Object) -> Result<()> {
        match object {
            _ if self.dictionary == Some(holder) || self.strings == Method::Identity => Ok(()),
            Object::String(string) => {
                let initial = self.initial_value(holder, &string.bytes);
                let bytes = &string.bytes;
                string.bytes = self.strings.encrypt(&self.key, holder, initial, bytes)?;
                Ok(())
            }
            Object::Array(items) => items
                .iter_mut()
                .try_for_each(|item| self.seal_strings(holder, item)),
            Object::Dict(dict) => self.seal_dict(holder, dict),
            _ => Ok(()),
        }
    }

    /// Encrypts the strings of a stream's dictionary, and its filtered data.
    pub(crate) fn seal_stream(&self, holder: Ref, dict: &mut Dict, data: &[u8]) -> Result<Vec<u8>> {
        let method = self.of_stream(dict);
        self.seal_dict(holder, dict)?;
        let initial = self.initial_value(holder, data);
        method.encrypt(&self.key, holder, initial, data)
    }

    fn seal_dict(&self, holder: Ref, dict: &mut Dict) -> Result<()> {
        let is_signature = dict.contains("ByteRange");
        for (key, value) in dict.iter_mut() {
            if !(is_signature && key == b"Contents") {
                self.seal_strings(holder, value)?;
            }
        }
        Ok(())
    }

    /// A digest that nobody can compute or foresee without the key. Equal texts in one object give
    /// equal bytes, which tells no more than that they are equal.
    fn initial_value(&self, holder: Ref, text: &[u8]) -> [u8; 16] {
        let mut hasher = DigestAlgorithm::Sha256.hasher();
        hasher.update(b"PDF initial value");
        hasher.update(&self.key);
        hasher.update(&holder.number.to_be_bytes());
        hasher.update(&holder.generation.to_be_bytes());
        hasher.update(text);
        let digest = hasher.finish();
        let mut initial = [0; 16];
        for (byte, drawn) in initial.iter_mut().zip(digest.as_bytes()) {
            *byte = *drawn;
        }
        initial
    }
}
