//! Bytes that the library hands out.

use std::ffi::c_char;

use zeroize::Zeroizing;

use crate::border::{free, look};

/// Bytes that the library made: a document, a message, a text. Wiped when freed. Immutable; any
/// thread may read it.
#[allow(non_camel_case_types)]
pub struct yinxin_bytes {
    /// With a NUL behind the last.
    data: Zeroizing<Vec<u8>>,
}

impl yinxin_bytes {
    pub(crate) fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let mut data = Zeroizing::new(bytes.into());
        data.push(0);
        Self { data }
    }

    pub(crate) fn copy(bytes: &[u8]) -> Self {
        // Room for the NUL at once: growing would leave an unwiped copy behind.
        let mut data = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
        data.extend_from_slice(bytes);
        data.push(0);
        Self { data }
    }
}

/// The bytes; NULL for NULL. A NUL stands behind the last, so that a text can be used as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_bytes_data(bytes: *const yinxin_bytes) -> *const u8 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(bytes, std::ptr::null(), |bytes| bytes.data.as_ptr()) }
}

/// How many bytes there are; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_bytes_len(bytes: *const yinxin_bytes) -> usize {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(bytes, 0, |bytes| bytes.data.len().saturating_sub(1)) }
}

/// The same bytes as a text, for those calls that give a text; NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_bytes_text(bytes: *const yinxin_bytes) -> *const c_char {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(bytes, std::ptr::null(), |bytes| bytes.data.as_ptr().cast()) }
}

/// Frees bytes; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_bytes_free(bytes: *mut yinxin_bytes) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(bytes) }
}
