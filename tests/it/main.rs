//! The integration tests, one binary.

#[cfg(test)]
mod crypto_vectors;
#[cfg(test)]
mod key_files;
#[cfg(test)]
mod oracle_openssl;
