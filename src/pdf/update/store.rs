//! The document security store (ISO 32000-2 12.8.4.3, PAdES): certificates and revocation data
//! beside the signatures, by which they can still be judged when nobody else has them any more.

use std::collections::BTreeMap;
use std::fmt;

use super::Update;
use crate::Time;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};
use crate::pdf::limits;
use crate::pdf::read::{Document, View};
use crate::pdf::signature::Signature;
use crate::pdf::syntax::{Dict, Object, Ref, format_date};
use crate::pdf::write::deflate;

/// Entries of one list of the store: chains and lists of 256 signatures and their time stamps.
const ENTRIES: usize = 4096;

/// Bytes of one entry: large revocation lists have some megabytes.
const ENTRY: usize = 64 << 20;

/// The store's lists, each with the key that signatures use for theirs.
const LISTS: [(&str, &str); 3] = [("Certs", "Cert"), ("CRLs", "CRL"), ("OCSPs", "OCSP")];

/// Certificates, revocation lists and OCSP responses, each as DER.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecurityStore {
    /// Certificates.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses.
    pub ocsps: Vec<Vec<u8>>,
}

/// What belongs to one signature (VRI), by indices into the lists of a [`SecurityStore`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureEvidence {
    /// The signature's key in the store, from [`Signature::evidence_key`].
    pub key: String,
    /// Certificates.
    pub certificates: Vec<usize>,
    /// Revocation lists.
    pub crls: Vec<usize>,
    /// OCSP responses.
    pub ocsps: Vec<usize>,
}

impl SecurityStore {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists().iter().all(|list| list.is_empty())
    }

    fn lists(&self) -> [&[Vec<u8>]; 3] {
        [&self.certificates, &self.crls, &self.ocsps]
    }
}

impl fmt::Debug for SecurityStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecurityStore")
            .field("certificates", &self.certificates.len())
            .field("crls", &self.crls.len())
            .field("ocsps", &self.ocsps.len())
            .finish()
    }
}

impl Signature {
    /// Under which key the store lists what belongs to this signature: the SHA-1 of the whole
    /// value with its padding, in hexadecimal (ISO 32000-2 table 262); `None` without a value.
    #[must_use]
    pub fn evidence_key(&self) -> Option<String> {
        let digest = DigestAlgorithm::Sha1.digest(self.contents()?);
        Some(digest.to_hex().to_ascii_uppercase())
    }
}

impl View<'_> {
    /// The security store of this revision, empty where there is none.
    ///
    /// # Errors
    /// `malformed` when the store is not what it should be; `limit_exceeded` beyond 4096 entries
    /// in a list or 64 MiB in one.
    pub fn security_store(&self) -> Result<SecurityStore> {
        let Some(store) = self.get_dict(&self.catalog()?, "DSS")? else {
            return Ok(SecurityStore::default());
        };
        let read = |key| -> Result<Vec<Vec<u8>>> {
            let references = self.store_list(&store, key)?;
            let entries = references.iter();
            entries.map(|entry| self.store_entry(*entry)).collect()
        };
        Ok(SecurityStore {
            certificates: read("Certs")?,
            crls: read("CRLs")?,
            ocsps: read("OCSPs")?,
        })
    }

    fn store_list(&self, store: &Dict, key: &'static str) -> Result<Vec<Ref>> {
        let list = self.get_array(store, key)?;
        if list.len() > ENTRIES {
            return Err(Error::limit("pdf security store entries", ENTRIES as u64));
        }
        let references = list.iter().map(|entry| {
            entry
                .as_reference()
                .ok_or_else(|| Error::malformed("an entry of the security store is no stream"))
        });
        references.collect()
    }

    fn store_entry(&self, entry: Ref) -> Result<Vec<u8>> {
        self.decode(&self.stream(entry)?, ENTRY.min(limits::INFLATED))
    }
}

/// Appends evidence to the newest revision of a document. What its store has already stays, and is
/// not stored twice. `time` is when the evidence was gathered.
///
/// # Errors
/// `invalid_argument` for an index outside the lists; otherwise as [`View::security_store`].
pub fn add_evidence(
    document: &Document<'_>,
    evidence: &SecurityStore,
    signatures: &[SignatureEvidence],
    time: Time,
) -> Result<Vec<u8>> {
    let mut update = Update::new(document)?;
    let view = update.view();
    let mut catalog = update.catalog()?;
    let mut store = view.get_dict(&catalog, "DSS")?.unwrap_or_else(|| {
        let mut store = Dict::new();
        store.set("Type", Object::name("DSS"));
        store
    });
    let mut references = Vec::new();
    for ((key, _), added) in LISTS.iter().copied().zip(evidence.lists()) {
        references.push(add_list(&mut update, &view, &mut store, key, added)?);
    }
    add_signatures(
        &mut update,
        &view,
        &mut store,
        signatures,
        &references,
        time,
    )?;
    match catalog.get("DSS").and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Dict(store)),
        None => {
            let reference = update.allocate();
            update.put(reference, &Object::Dict(store));
            catalog.set("DSS", reference);
            update.set_catalog(catalog);
        }
    }
    Ok(update.finish()?.bytes)
}

/// Completes one list of the store; returns where each of `added` stands.
fn add_list(
    update: &mut Update<'_>,
    view: &View<'_>,
    store: &mut Dict,
    key: &'static str,
    added: &[Vec<u8>],
) -> Result<Vec<Ref>> {
    let mut known = BTreeMap::new();
    let listed = view.store_list(store, key)?;
    for entry in &listed {
        known.insert(view.store_entry(*entry)?, *entry);
    }
    let mut list: Vec<Object> = listed
        .iter()
        .map(|entry| Object::Reference(*entry))
        .collect();
    let mut places = Vec::with_capacity(added.len());
    for der in added {
        let place = match known.get(der) {
            Some(place) => *place,
            None => {
                let mut dict = Dict::new();
                dict.set("Filter", Object::name("FlateDecode"));
                let place = update.add_stream(dict, &deflate(der)?);
                list.push(place.into());
                known.insert(der.clone(), place);
                place
            }
        };
        places.push(place);
    }
    if list.len() > listed.len() {
        put_list(update, store, key, list);
    }
    Ok(places)
}

/// Replaces a list where it stands: in its dictionary, or as an object of its own.
fn put_list(update: &mut Update<'_>, holder: &mut Dict, key: &str, list: Vec<Object>) {
    match holder.get(key).and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Array(list)),
        None => holder.set(key, list),
    }
}

/// Completes what the store says of single signatures.
fn add_signatures(
    update: &mut Update<'_>,
    view: &View<'_>,
    store: &mut Dict,
    signatures: &[SignatureEvidence],
    references: &[Vec<Ref>],
    time: Time,
) -> Result<()> {
    if signatures.is_empty() {
        return Ok(());
    }
    let mut all = view.get_dict(store, "VRI")?.unwrap_or_default();
    for signature in signatures {
        let mut own = match all.get(&signature.key) {
            Some(own) => match view.resolve(own)? {
                Object::Dict(own) => own,
                _ => {
                    return Err(Error::malformed(
                        "an entry of the security store is no dictionary",
                    ));
                }
            },
            None => {
                let mut own = Dict::new();
                own.set("Type", Object::name("VRI"));
                own.set("TU", format_date(time));
                own
            }
        };
        let indices = [&signature.certificates, &signature.crls, &signature.ocsps];
        for (((_, key), indices), places) in LISTS.iter().zip(indices).zip(references) {
            let mut list = view.get_array(&own, key)?;
            let before = list.len();
            for index in indices {
                let place = places
                    .get(*index)
                    .ok_or_else(|| Error::argument("a signature's evidence is not in the store"))?;
                let place = Object::Reference(*place);
                if !list.contains(&place) {
                    list.push(place);
                }
            }
            if list.len() > before {
                put_list(update, &mut own, key, list);
            }
        }
        match all.get(&signature.key).and_then(Object::as_reference) {
            Some(reference) => update.put(reference, &Object::Dict(own)),
            None => all.set(&signature.key, own),
        }
    }
    match store.get("VRI").and_then(Object::as_reference) {
        Some(reference) => update.put(reference, &Object::Dict(all)),
        None => store.set("VRI", all),
    }
    Ok(())
}
