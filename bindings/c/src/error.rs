//! Errors as objects: a status for the program, a sentence and context for its log.

use std::ffi::{CString, c_char};

use crate::border::{Fault, c_text, free, look};
use crate::status::yinxin_status;

/// Why a call failed. It holds no personal data and no key. Immutable; any thread may read it.
#[allow(non_camel_case_types)]
pub struct yinxin_error {
    status: yinxin_status,
    name: CString,
    message: CString,
    context: Vec<(CString, CString)>,
}

impl From<Fault> for yinxin_error {
    fn from(fault: Fault) -> Self {
        let at_border = |status, name, message, argument: &str| Self {
            status,
            name: c_text(name),
            message: c_text(message),
            context: vec![(c_text("argument"), c_text(argument))],
        };
        match fault {
            Fault::Null(argument) => at_border(
                yinxin_status::NullPointer,
                "null_pointer",
                "a pointer that must lead somewhere is NULL",
                argument,
            ),
            Fault::Utf8(argument) => at_border(
                yinxin_status::InvalidUtf8,
                "invalid_utf8",
                "a text is not UTF-8",
                argument,
            ),
            Fault::Length(argument) => at_border(
                yinxin_status::InvalidLength,
                "invalid_length",
                "a length is longer than any object can be",
                argument,
            ),
            Fault::Enum(argument) => at_border(
                yinxin_status::InvalidEnum,
                "invalid_enum",
                "a number stands for no member of its enumeration",
                argument,
            ),
            Fault::Panic => Self {
                status: yinxin_status::Panic,
                name: c_text("panic"),
                message: c_text("a bug of the library was stopped at its border"),
                context: Vec::new(),
            },
            Fault::Refused(kind, message) => Self {
                status: kind.into(),
                name: c_text(kind.name()),
                message: c_text(message),
                context: Vec::new(),
            },
            Fault::Library(error) => Self {
                status: error.kind().into(),
                name: c_text(error.kind().name()),
                message: c_text(error.message()),
                context: error
                    .context()
                    .map(|(key, value)| (c_text(key), c_text(value)))
                    .collect(),
            },
        }
    }
}

impl yinxin_error {
    pub(crate) fn status(&self) -> yinxin_status {
        self.status
    }
}

/// The status that the call returned; `YINXIN_STATUS_OK` for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_status(error: *const yinxin_error) -> yinxin_status {
    // SAFETY: NULL or an error, as all pointers to objects (convention 3).
    unsafe { look(error, yinxin_status::Ok, |error| error.status) }
}

/// The stable name of the status, such as `malformed`; NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_name(error: *const yinxin_error) -> *const c_char {
    // SAFETY: NULL or an error (convention 3).
    unsafe { look(error, std::ptr::null(), |error| error.name.as_ptr()) }
}

/// One English sentence, fit for a log; NULL for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_message(error: *const yinxin_error) -> *const c_char {
    // SAFETY: NULL or an error (convention 3).
    unsafe { look(error, std::ptr::null(), |error| error.message.as_ptr()) }
}

/// How many pieces of context there are: offsets, entry names, limits, the argument at fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_context_count(error: *const yinxin_error) -> usize {
    // SAFETY: NULL or an error (convention 3).
    unsafe { look(error, 0, |error| error.context.len()) }
}

/// The name of a piece of context, from 0; NULL past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_context_key(
    error: *const yinxin_error,
    index: usize,
) -> *const c_char {
    let key = |error: &yinxin_error| {
        let pair = error.context.get(index);
        pair.map_or(std::ptr::null(), |(key, _)| key.as_ptr())
    };
    // SAFETY: NULL or an error (convention 3).
    unsafe { look(error, std::ptr::null(), key) }
}

/// The value of a piece of context, from 0; NULL past the last. It may quote names found in a
/// hostile file: escape it before a person reads it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_context_value(
    error: *const yinxin_error,
    index: usize,
) -> *const c_char {
    let value = |error: &yinxin_error| {
        let pair = error.context.get(index);
        pair.map_or(std::ptr::null(), |(_, value)| value.as_ptr())
    };
    // SAFETY: NULL or an error (convention 3).
    unsafe { look(error, std::ptr::null(), value) }
}

/// Frees an error; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_error_free(error: *mut yinxin_error) {
    // SAFETY: NULL or an error that is used no more (convention 4).
    unsafe { free(error) }
}
