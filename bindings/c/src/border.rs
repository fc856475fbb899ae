//! The border: the one place where what C hands over becomes Rust, and the reverse.
//!
//! Every `unsafe fn` here states what it relies on; it is what the header's conventions ask of a
//! caller, and the exported functions rely on nothing else.

use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

use yinxin::Time;

use crate::error::yinxin_error;
use crate::status::yinxin_status;

/// Why a call fails.
#[derive(Debug)]
pub(crate) enum Fault {
    /// This argument is NULL.
    Null(&'static str),
    /// This argument is not UTF-8.
    Utf8(&'static str),
    /// The length of this argument is absurd.
    Length(&'static str),
    /// This argument is outside its enumeration.
    Enum(&'static str),
    /// The library panicked.
    Panic,
    /// This face refuses, for a reason the library has a kind for.
    Refused(yinxin::ErrorKind, &'static str),
    /// The library refused.
    Library(yinxin::Error),
}

impl From<yinxin::Error> for Fault {
    fn from(error: yinxin::Error) -> Self {
        Self::Library(error)
    }
}

/// The result of what stands behind an exported function.
pub(crate) type Result<T> = std::result::Result<T, Fault>;

/// Runs a call. Whatever it comes to, C sees a status; a panic too.
///
/// # Safety
/// `error` is NULL or may be written through.
pub(crate) unsafe fn guard(
    error: *mut *mut yinxin_error,
    call: impl FnOnce() -> Result<()>,
) -> yinxin_status {
    // What a panic leaves half done is a builder, whose next use then fails.
    let fault = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => return yinxin_status::Ok,
        Ok(Err(fault)) => fault,
        Err(_) => Fault::Panic,
    };
    let told = yinxin_error::from(fault);
    let status = told.status();
    if !error.is_null() {
        // SAFETY: not NULL, so it may be written through.
        unsafe { error.write(Box::into_raw(Box::new(told))) };
    }
    status
}

/// Looks something up in an object; the fallback for NULL and for a panic.
///
/// # Safety
/// `object` is NULL or a live object of this library that nobody changes meanwhile.
pub(crate) unsafe fn look<T, R>(object: *const T, fallback: R, look: impl FnOnce(&T) -> R) -> R {
    // SAFETY: as this function's.
    let Some(object) = (unsafe { object.as_ref() }) else {
        return fallback;
    };
    catch_unwind(AssertUnwindSafe(|| look(object))).unwrap_or(fallback)
}

/// Frees an object.
///
/// # Safety
/// `object` is NULL or came from [`Out::give`], and is used no more.
pub(crate) unsafe fn free<T>(object: *mut T) {
    if object.is_null() {
        return;
    }
    // SAFETY: it was made by `Box::into_raw` in `Out::give`.
    let object = unsafe { Box::from_raw(object) };
    // No object has a destructor that panics; should one, C must not see it.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(object)));
}

/// An object to read.
///
/// # Safety
/// `object` is NULL or a live object of this library that nobody changes meanwhile.
pub(crate) unsafe fn object<'a, T>(object: *const T, name: &'static str) -> Result<&'a T> {
    // SAFETY: as this function's.
    unsafe { object.as_ref() }.ok_or(Fault::Null(name))
}

/// An object that may be missing.
///
/// # Safety
/// As [`object`].
pub(crate) unsafe fn optional<'a, T>(object: *const T) -> Option<&'a T> {
    // SAFETY: as this function's.
    unsafe { object.as_ref() }
}

/// An object to change.
///
/// # Safety
/// `object` is NULL or a live object of this library that nobody else uses meanwhile.
pub(crate) unsafe fn object_mut<'a, T>(object: *mut T, name: &'static str) -> Result<&'a mut T> {
    // SAFETY: as this function's.
    unsafe { object.as_mut() }.ok_or(Fault::Null(name))
}

/// Bytes; none at all may have any address.
///
/// # Safety
/// `data` is NULL or leads to `len` bytes that nobody changes meanwhile.
pub(crate) unsafe fn bytes<'a>(
    data: *const u8,
    len: usize,
    name: &'static str,
) -> Result<&'a [u8]> {
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(Fault::Null(name));
    }
    if isize::try_from(len).is_err() {
        return Err(Fault::Length(name));
    }
    // SAFETY: not NULL, and of a length that an object can have.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

/// Bytes that may be missing.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn optional_bytes<'a>(
    data: *const u8,
    len: usize,
    name: &'static str,
) -> Result<Option<&'a [u8]>> {
    if data.is_null() && len == 0 {
        return Ok(None);
    }
    // SAFETY: as this function's.
    unsafe { bytes(data, len, name) }.map(Some)
}

/// A text.
///
/// # Safety
/// `text` is NULL or ends with a NUL, and nobody changes it meanwhile.
pub(crate) unsafe fn text<'a>(text: *const c_char, name: &'static str) -> Result<&'a str> {
    if text.is_null() {
        return Err(Fault::Null(name));
    }
    // SAFETY: not NULL, so it ends with a NUL.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map_err(|_| Fault::Utf8(name))
}

/// A text that may be missing.
///
/// # Safety
/// As [`text`].
pub(crate) unsafe fn optional_text<'a>(
    given: *const c_char,
    name: &'static str,
) -> Result<Option<&'a str>> {
    if given.is_null() {
        return Ok(None);
    }
    // SAFETY: as this function's.
    unsafe { text(given, name) }.map(Some)
}

/// Where a result goes; written only on success.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// # Safety
    /// `place` is NULL or may be written through until the call ends.
    pub(crate) unsafe fn new(place: *mut T, name: &'static str) -> Result<Self> {
        if place.is_null() {
            return Err(Fault::Null(name));
        }
        Ok(Self(place))
    }

    /// Writes a number.
    pub(crate) fn put(self, value: T) {
        // SAFETY: `new` saw to it.
        unsafe { self.0.write(value) };
    }
}

impl<T> Out<*mut T> {
    /// Gives an object to the caller, who frees it.
    pub(crate) fn give(self, object: T) {
        self.put(Box::into_raw(Box::new(object)));
    }
}

/// Seconds since 1970 as the library's time.
pub(crate) fn time(seconds: i64) -> Result<Time> {
    Ok(Time::from_unix(seconds)?)
}

/// A text for C. A NUL inside would cut it short, and a cut name is another name; it becomes
/// U+FFFD.
pub(crate) fn c_text(text: &str) -> CString {
    CString::new(text)
        .or_else(|_| CString::new(text.replace('\0', "\u{fffd}")))
        .unwrap_or_default()
}

/// Bytes of an object on loan to C, which keeps the object as long as it uses them (convention 5).
pub(crate) struct Lent<T> {
    data: *const T,
    len: usize,
}

impl<T> Lent<T> {
    pub(crate) const NOTHING: Self = Self {
        data: std::ptr::null(),
        len: 0,
    };

    /// The address, and the length where it is asked for.
    ///
    /// # Safety
    /// `len` is NULL or may be written through.
    pub(crate) unsafe fn with_len(self, len: *mut usize) -> *const T {
        if !len.is_null() {
            // SAFETY: not NULL, so it may be written through.
            unsafe { len.write(self.len) };
        }
        self.data
    }
}

impl Lent<c_char> {
    pub(crate) fn text(text: &CStr) -> Self {
        Self {
            data: text.as_ptr(),
            len: text.to_bytes().len(),
        }
    }
}

impl Lent<u8> {
    pub(crate) fn bytes(bytes: &[u8]) -> Self {
        Self {
            data: bytes.as_ptr(),
            len: bytes.len(),
        }
    }
}
