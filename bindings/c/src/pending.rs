//! What waits for a signature from elsewhere: a document, a license, a seal, a list of files.

use yinxin::ErrorKind;
use yinxin::crypto::{Digest, SignatureAlgorithm};
use yinxin::issue::PendingLicense;
use yinxin::seal::PendingSeal;
use yinxin::sign::{Pending, PendingIntegrity, prepare_integrity};

use crate::border::{
    Fault, Lent, Out, Result, bytes, free, guard, look, object, object_mut, optional, time,
};
use crate::bytes::yinxin_bytes;
use crate::certificate::yinxin_certificate;
use crate::error::yinxin_error;
use crate::key::yinxin_key;
use crate::status::yinxin_status;

/// A document, license, seal or list of files with everything but its signature. Any number of threads may read
/// it; the calls that add a signature or a time stamp change it and are for one thread at a time.
pub enum yinxin_pending {
    Document(Pending),
    License(PendingLicense),
    Seal(PendingSeal),
    Integrity(PendingIntegrity),
}

impl yinxin_pending {
    fn message(&self) -> &[u8] {
        match self {
            Self::Document(pending) => pending.message(),
            Self::License(pending) => pending.message(),
            Self::Seal(pending) => pending.to_be_signed(),
            Self::Integrity(pending) => pending.message(),
        }
    }

    fn digest(&self) -> Option<Digest> {
        match self {
            Self::Document(pending) => pending.digest(),
            Self::License(pending) => pending.digest(),
            Self::Seal(pending) => pending.digest(),
            Self::Integrity(pending) => pending.digest(),
        }
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self {
            Self::Document(pending) => pending.algorithm(),
            Self::License(pending) => pending.algorithm(),
            Self::Seal(pending) => pending.algorithm(),
            // The only one that GB/T 35275 knows.
            Self::Integrity(_) => SignatureAlgorithm::Sm2Sm3,
        }
    }

    fn complete(&self, signature: &[u8]) -> Result<Vec<u8>> {
        Ok(match self {
            Self::Document(pending) => pending.complete(signature)?,
            Self::License(pending) => pending.complete(signature)?.into_bytes(),
            Self::Seal(pending) => pending.complete(signature)?.to_der().to_vec(),
            Self::Integrity(pending) => pending.complete(signature, None)?,
        })
    }
}

fn no_digest() -> Fault {
    let message = "this algorithm signs whole messages";
    Fault::Refused(ErrorKind::UnsupportedAlgorithm, message)
}

fn in_one_step() -> Fault {
    let message = "a seal or a list of files is completed in one step";
    Fault::Refused(ErrorKind::Unsupported, message)
}

/// The bytes to sign, and their number where `len` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_message(
    pending: *const yinxin_pending,
    len: *mut usize,
) -> *const u8 {
    // SAFETY: NULL or an object (convention 3).
    let message = unsafe { look(pending, Lent::NOTHING, |it| Lent::bytes(it.message())) };
    // SAFETY: as convention 4 demands.
    unsafe { message.with_len(len) }
}

/// The digest to sign, for devices that take digests: for SM2 e = SM3(Z || M) with the mandated ID.
/// `YINXIN_STATUS_UNSUPPORTED_ALGORITHM` for Ed25519, which hashes by itself.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_digest(
    pending: *const yinxin_pending,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (pending, out) = unsafe { (object(pending, "pending")?, Out::new(out, "out")?) };
        let digest = pending.digest().ok_or_else(no_digest)?;
        out.give(yinxin_bytes::copy(digest.as_bytes()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The name of the algorithm to sign with, such as `SM2-SM3`, as text.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_algorithm(
    pending: *const yinxin_pending,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (pending, out) = unsafe { (object(pending, "pending")?, Out::new(out, "out")?) };
        out.give(yinxin_bytes::new(pending.algorithm().name()));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Embeds the signature, DER or for SM2 r || s, and gives the finished document, license or seal.
/// A signature that does not verify under the certificate is refused
/// (`YINXIN_STATUS_SIGNATURE_MISMATCH`), and the pending object may be tried again.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_complete(
    pending: *const yinxin_pending,
    signature: *const u8,
    signature_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (pending, signature, out) = unsafe {
            (
                object(pending, "pending")?,
                bytes(signature, signature_len, "signature")?,
                Out::new(out, "out")?,
            )
        };
        out.give(yinxin_bytes::new(pending.complete(signature)?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Signs with a key at hand and gives the finished document, license or seal.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_sign(
    pending: *const yinxin_pending,
    key: *const yinxin_key,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        use yinxin::Signer;
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (pending, key, out) = unsafe {
            (
                object(pending, "pending")?,
                object(key, "key")?,
                Out::new(out, "out")?,
            )
        };
        let made = match pending {
            yinxin_pending::Document(pending) => pending.sign(key.inner())?,
            yinxin_pending::License(pending) => pending.sign(key.inner())?.into_bytes(),
            yinxin_pending::Seal(pending) => {
                let signature = key.inner().sign(pending.to_be_signed())?;
                pending.complete(&signature)?.to_der().to_vec()
            }
            yinxin_pending::Integrity(pending) => pending.sign(key.inner())?,
        };
        out.give(yinxin_bytes::new(made));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes the signature, to be time-stamped before `yinxin_pending_finish`. Not for seals
/// and lists of files.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_add_signature(
    pending: *mut yinxin_pending,
    signature: *const u8,
    signature_len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (pending, signature) = unsafe {
            (
                object_mut(pending, "pending")?,
                bytes(signature, signature_len, "signature")?,
            )
        };
        match pending {
            yinxin_pending::Document(pending) => pending.add_signature(signature)?,
            yinxin_pending::License(pending) => pending.add_signature(signature)?,
            yinxin_pending::Seal(_) | yinxin_pending::Integrity(_) => return Err(in_one_step()),
        }
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The question to a time stamp authority over the signature (TimeStampReq, DER). `nonce` is a
/// random number of up to 32 bytes, say 8, that the answer must repeat. Not for seals
/// and lists of files.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_time_stamp_request(
    pending: *mut yinxin_pending,
    nonce: *const u8,
    nonce_len: usize,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3, 4 and 6 demand.
        let (pending, nonce, out) = unsafe {
            (
                object_mut(pending, "pending")?,
                bytes(nonce, nonce_len, "nonce")?,
                Out::new(out, "out")?,
            )
        };
        let request = match pending {
            yinxin_pending::Document(pending) => pending.time_stamp_request(nonce, None, None)?,
            yinxin_pending::License(pending) => pending.time_stamp_request(nonce, None, None)?,
            yinxin_pending::Seal(_) | yinxin_pending::Integrity(_) => return Err(in_one_step()),
        };
        out.give(yinxin_bytes::new(request));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes the authority's answer (TimeStampResp, DER) to the last question. `authority` may be NULL,
/// or the authority's certificate where its token lacks it. Not for seals
/// and lists of files.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_add_time_stamp(
    pending: *mut yinxin_pending,
    response: *const u8,
    response_len: usize,
    authority: *const yinxin_certificate,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (pending, response, authority) = unsafe {
            (
                object_mut(pending, "pending")?,
                bytes(response, response_len, "response")?,
                optional(authority),
            )
        };
        let authority: Vec<_> = authority.map(|it| it.inner().clone()).into_iter().collect();
        match pending {
            yinxin_pending::Document(pending) => pending.add_time_stamp(response, &authority)?,
            yinxin_pending::License(pending) => pending.add_time_stamp(response, &authority)?,
            yinxin_pending::Seal(_) | yinxin_pending::Integrity(_) => return Err(in_one_step()),
        }
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The finished document or license, once its signature was added, with its time stamp where one
/// was. Not for seals
/// and lists of files.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_finish(
    pending: *const yinxin_pending,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (pending, out) = unsafe { (object(pending, "pending")?, Out::new(out, "out")?) };
        let made = match pending {
            yinxin_pending::Document(pending) => pending.finish()?,
            yinxin_pending::License(pending) => pending.finish()?.into_bytes(),
            yinxin_pending::Seal(_) | yinxin_pending::Integrity(_) => return Err(in_one_step()),
        };
        out.give(yinxin_bytes::new(made));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Stores what is needed to complete it later, in another process or on another day; neither key
/// nor document is in it. A seal need not be stored: preparing it again gives the same.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_to_bytes(
    pending: *const yinxin_pending,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (pending, out) = unsafe { (object(pending, "pending")?, Out::new(out, "out")?) };
        let stored = match pending {
            yinxin_pending::Document(pending) => pending.to_bytes()?,
            yinxin_pending::License(pending) => pending.to_bytes()?,
            yinxin_pending::Integrity(pending) => pending.to_bytes(),
            yinxin_pending::Seal(_) => {
                let message = "a seal is not stored: preparing it again gives the same";
                return Err(Fault::Refused(ErrorKind::Unsupported, message));
            }
        };
        out.give(yinxin_bytes::new(stored));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Runs a call that takes up what was stored, with the document it was made for.
///
/// # Safety
/// The pointers are as conventions 2, 3 and 4 demand.
pub(crate) unsafe fn take_up<T>(
    (stored, stored_len): (*const u8, usize),
    (document, document_len): (*const u8, usize),
    out: *mut *mut T,
    error: *mut *mut yinxin_error,
    call: impl FnOnce(&[u8], &[u8]) -> Result<T>,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (stored, document, out) = unsafe {
            (
                bytes(stored, stored_len, "stored")?,
                bytes(document, document_len, "document")?,
                Out::new(out, "out")?,
            )
        };
        out.give(call(stored, document)?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes up a stored document with the same bytes it was prepared from. For a license there is
/// `yinxin_draft_resume`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_from_bytes(
    stored: *const u8,
    stored_len: usize,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |stored: &[u8], document: &[u8]| {
        Ok(yinxin_pending::Document(Pending::from_bytes(
            stored, document,
        )?))
    };
    let (stored, document) = ((stored, stored_len), (document, document_len));
    // SAFETY: as the caller was asked to.
    unsafe { take_up(stored, document, out, error, call) }
}

/// Lists every file of an OFD package, and freezes the list for its signature (GM/T 0099-2020 7.4). No
/// file changes, so signatures hold; none can be added afterwards. The signer's key must be SM2.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_integrity_prepare(
    document: *const u8,
    document_len: usize,
    signer: *const yinxin_certificate,
    signed_at: i64,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (document, signer, out) = unsafe {
            (
                bytes(document, document_len, "document")?,
                object(signer, "signer")?,
                Out::new(out, "out")?,
            )
        };
        let signer = signer.inner().clone();
        let pending = prepare_integrity(document, signer, time(signed_at)?)?;
        out.give(yinxin_pending::Integrity(pending));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Takes up a stored list of files with the same package.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_integrity_from_bytes(
    stored: *const u8,
    stored_len: usize,
    document: *const u8,
    document_len: usize,
    out: *mut *mut yinxin_pending,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = |stored: &[u8], document: &[u8]| {
        let pending = PendingIntegrity::from_bytes(stored, document)?;
        Ok(yinxin_pending::Integrity(pending))
    };
    let (stored, document) = ((stored, stored_len), (document, document_len));
    // SAFETY: as the caller was asked to.
    unsafe { take_up(stored, document, out, error, call) }
}

/// Frees a pending object; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pending_free(pending: *mut yinxin_pending) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(pending) }
}
