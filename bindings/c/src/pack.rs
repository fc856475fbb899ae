//! Packs: all that a window needs offline, in one signed file; and making what an operator of a trust
//! system publishes.

use std::ffi::c_char;

use yinxin::Time;
use yinxin::crypto::Signer;
use yinxin::pki::{Crl, OcspResponse};
use yinxin::trust::list::Environment;
use yinxin::trust::list::{
    Envelope, PackContents, PackParts, PayloadKind, TrustList, TrustPack, TrustRoot,
};
use yinxin::trust::status::StatusListDraft;

use crate::border::{Fault, Out, Result, bytes, free, guard, look, object, object_mut, text, time};
use crate::bytes::yinxin_bytes;
use crate::certificate::crls;
use crate::enums::{self, Part};
use crate::error::yinxin_error;
use crate::key::yinxin_key;
use crate::status::yinxin_status;
use crate::trust::yinxin_trust_state;

/// The evidence of a pack: revocation lists, OCSP responses, status lists. Its trust list is in the
/// state that came with it. Immutable; any thread may read it.
pub struct yinxin_trust_pack {
    issued: Time,
    expires: Time,
    contents: PackContents,
}

impl yinxin_trust_pack {
    pub(crate) fn contents(&self) -> &PackContents {
        &self.contents
    }
}

/// Takes in the list of a pack, and gives the pack for its evidence
/// (`yinxin_verifier_builder_add_pack`). A pack whose list is older than the one in force is refused as
/// a whole, and the state stays as it was.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_state_open_pack(
    state: *const yinxin_trust_state,
    pack: *const u8,
    pack_len: usize,
    now: i64,
    out_state: *mut *mut yinxin_trust_state,
    out_pack: *mut *mut yinxin_trust_pack,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (state, pack, out_state, out_pack) = unsafe {
            (
                object(state, "state")?,
                bytes(pack, pack_len, "pack")?,
                Out::new(out_state, "out_state")?,
                Out::new(out_pack, "out_pack")?,
            )
        };
        let (next, opened) = state.inner().open_pack(pack, time(now)?)?;
        let contents = opened.contents()?;
        out_state.give(yinxin_trust_state::new(next));
        out_pack.give(yinxin_trust_pack {
            issued: opened.issued,
            expires: opened.expires,
            contents,
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// When the pack was put together; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_pack_issued(pack: *const yinxin_trust_pack) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(pack, 0, |it| it.issued.unix()) }
}

/// After this it is not taken any more; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_pack_expires(pack: *const yinxin_trust_pack) -> i64 {
    // SAFETY: NULL or an object (convention 3).
    unsafe { look(pack, 0, |it| it.expires.unix()) }
}

/// Frees a pack; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_pack_free(pack: *mut yinxin_trust_pack) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(pack) }
}

/// A pack to be put together. A builder: one thread at a time.
pub struct yinxin_pack_spec {
    name: String,
    environment: Environment,
    validity: (Time, Time),
    parts: PackParts,
}

/// Begins a pack around a signed trust list. `name` and `environment`, one of `yinxin_environment`, are
/// the trust system's; both times are in seconds since 1970.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pack_spec_new(
    name: *const c_char,
    environment_number: i32,
    issued: i64,
    expires: i64,
    list: *const u8,
    list_len: usize,
    out: *mut *mut yinxin_pack_spec,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (name, list, out) = unsafe {
            (
                text(name, "name")?,
                bytes(list, list_len, "list")?,
                Out::new(out, "out")?,
            )
        };
        let parts = PackParts {
            list: list.to_vec(),
            ..PackParts::default()
        };
        out.give(yinxin_pack_spec {
            name: name.to_owned(),
            environment: enums::environment(environment_number)?,
            validity: (time(issued)?, time(expires)?),
            parts,
        });
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Puts a file in: `part` is one of `yinxin_pack_part`. Of status references and catalog there is one;
/// given again, the later counts.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pack_spec_add(
    spec: *mut yinxin_pack_spec,
    part: i32,
    data: *const u8,
    len: usize,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 6 demand.
        let (spec, file) = unsafe { (object_mut(spec, "spec")?, bytes(data, len, "data")?) };
        let parts = &mut spec.parts;
        match enums::pack_part(part)? {
            Part::Crls => {
                let lists: Vec<Crl> = crls(file)?;
                parts
                    .crls
                    .extend(lists.iter().map(|crl| crl.der().to_vec()));
            }
            Part::Ocsp => {
                let response = OcspResponse::from_der(file)?;
                parts.ocsp.push(response.der().to_vec());
            }
            Part::StatusList => parts.status_lists.push(file.to_vec()),
            Part::StatusReferences => parts.status_references = Some(file.to_vec()),
            Part::SealRevocations => parts.seal_revocations.push(file.to_vec()),
            Part::Catalog => parts.catalog = Some(file.to_vec()),
        }
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// The pack, signed by one of the root's keys for lists; where more are needed, the others add theirs by
/// `yinxin_trust_document_sign`. Whatever is in it must be readable.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pack_spec_make(
    spec: *const yinxin_pack_spec,
    key: *const yinxin_key,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (spec, key, out) = unsafe {
            (
                object(spec, "spec")?,
                object(key, "key")?,
                Out::new(out, "out")?,
            )
        };
        let pack = TrustPack::new(
            &spec.name,
            spec.environment,
            spec.validity,
            spec.parts.clone(),
        )?;
        out.give(signed(pack.to_envelope(), key.inner())?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Frees a pack that was to be put together; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_pack_spec_free(spec: *mut yinxin_pack_spec) {
    // SAFETY: NULL or an object that is used no more (convention 4).
    unsafe { free(spec) }
}

/// Makes a root or a list from its JSON, signed by one key; others add theirs by
/// `yinxin_trust_document_sign`. `kind` is one of `yinxin_trust_document_kind`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_document_make(
    kind: i32,
    payload: *const c_char,
    key: *const yinxin_key,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (payload, key, out) = unsafe {
            (
                text(payload, "payload")?,
                object(key, "key")?,
                Out::new(out, "out")?,
            )
        };
        let payload = payload.as_bytes().to_vec();
        let kind = enums::trust_document_kind(kind)?;
        // What would not be read is not made.
        match kind {
            PayloadKind::Root => TrustRoot::from_payload(&payload).map(drop)?,
            _ => TrustList::from_payload(&payload).map(drop)?,
        }
        out.give(signed(Envelope::new(kind, payload), key.inner())?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

/// Adds a signature to a root, list or pack.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_trust_document_sign(
    document: *const u8,
    document_len: usize,
    key: *const yinxin_key,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (document, key, out) = unsafe {
            (
                bytes(document, document_len, "document")?,
                object(key, "key")?,
                Out::new(out, "out")?,
            )
        };
        out.give(signed(Envelope::from_bytes(document)?, key.inner())?);
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}

fn signed(mut envelope: Envelope, key: &dyn Signer) -> Result<yinxin_bytes> {
    envelope.sign(key)?;
    Ok(yinxin_bytes::new(envelope.to_bytes()))
}

/// A status list as a JWT, signed by its publisher with SM2 or on P-256: one byte of `statuses` a
/// license or seal, each of so many `bits`, 1, 2, 4 or 8. It holds from `issued` on and may be used for
/// so many seconds.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn yinxin_status_list_make(
    uri: *const c_char,
    issued: i64,
    ttl_seconds: i64,
    bits: i32,
    statuses: *const u8,
    statuses_len: usize,
    publisher: *const yinxin_key,
    out: *mut *mut yinxin_bytes,
    error: *mut *mut yinxin_error,
) -> yinxin_status {
    let call = || {
        // SAFETY: the pointers are as conventions 3 and 4 demand.
        let (uri, statuses, publisher, out) = unsafe {
            (
                text(uri, "uri")?,
                bytes(statuses, statuses_len, "statuses")?,
                object(publisher, "publisher")?,
                Out::new(out, "out")?,
            )
        };
        let out_of_range = || {
            let message = "a number is out of range";
            Fault::Refused(yinxin::ErrorKind::InvalidArgument, message)
        };
        let draft = StatusListDraft {
            uri: uri.to_owned(),
            issued: time(issued)?,
            ttl: u32::try_from(ttl_seconds).map_err(|_| out_of_range())?,
            bits: u8::try_from(bits).map_err(|_| out_of_range())?,
            statuses: statuses.to_vec(),
        };
        out.give(yinxin_bytes::new(draft.sign(publisher.inner())?));
        Ok(())
    };
    // SAFETY: as convention 2 demands.
    unsafe { guard(error, call) }
}
