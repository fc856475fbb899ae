//! Packs (.yxpack): all that a window needs offline, in one signed file.

use serde::{Deserialize, Serialize};

use super::envelope::{Envelope, PayloadKind};
use super::root::Environment;
use super::wire;
use crate::error::{Error, Result};
use crate::license::Catalog;
use crate::pki::{Crl, OcspResponse};
use crate::time::Time;
use crate::trust::status::{SealRevocations, StatusList, StatusReferences};

const SCHEMA: &str = "yinxin.trust-pack/1";
/// Parts of one kind: a list for each authority of the country and each of its partitions.
const MAX_PARTS: usize = 10_000;

/// A trust list with the evidence of a day. Who signed it is judged by
/// [`TrustState::open_pack`](super::TrustState::open_pack); lists, responses and status lists in it
/// are signed by their own makers besides, and believed no more than anywhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustPack {
    schema: String,
    /// The name of the trust system.
    pub name: String,
    /// What it is run for.
    pub environment: Environment,
    /// When it was put together.
    #[serde(deserialize_with = "wire::instant")]
    pub issued: Time,
    /// After this it is not taken any more.
    #[serde(deserialize_with = "wire::instant")]
    pub expires: Time,
    list: Part,
    crls: Vec<Part>,
    ocsp: Vec<Part>,
    status_lists: Vec<Part>,
    status_references: Option<Part>,
    seal_revocations: Vec<Part>,
    catalog: Option<Part>,
}

/// The bytes of a file, as they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Part(#[serde(with = "wire::base64")] Vec<u8>);

/// What a pack is put together from, each as the bytes of its file.
#[derive(Clone, Debug, Default)]
pub struct PackParts {
    /// The signed trust list.
    pub list: Vec<u8>,
    /// Revocation lists, DER.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses, DER.
    pub ocsp: Vec<Vec<u8>>,
    /// Status lists, JWT or CWT.
    pub status_lists: Vec<Vec<u8>>,
    /// Where licenses and seals stand in them, JSON.
    pub status_references: Option<Vec<u8>>,
    /// Revocation lists of seals, JSON with their `asOf`.
    pub seal_revocations: Vec<Vec<u8>>,
    /// The catalog of licenses, JSON.
    pub catalog: Option<Vec<u8>>,
}

/// The parts of a pack, read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PackContents {
    /// Revocation lists.
    pub crls: Vec<Crl>,
    /// OCSP responses.
    pub ocsp: Vec<OcspResponse>,
    /// Status lists.
    pub status_lists: Vec<StatusList>,
    /// Where licenses and seals stand in them.
    pub status_references: StatusReferences,
    /// Revocation lists of seals.
    pub seal_revocations: Vec<SealRevocations>,
    /// The catalog of licenses.
    pub catalog: Option<Catalog>,
}

impl TrustPack {
    /// Puts a pack together.
    ///
    /// # Errors
    /// `invalid_argument` for an empty name or an end before the start; what reading a part gives,
    /// since a part that nobody can read would spoil the whole at every window.
    pub fn new(
        name: &str,
        environment: Environment,
        validity: (Time, Time),
        parts: PackParts,
    ) -> Result<Self> {
        let all = |parts: Vec<Vec<u8>>| parts.into_iter().map(Part).collect();
        let pack = Self {
            schema: SCHEMA.to_owned(),
            name: name.to_owned(),
            environment,
            issued: validity.0,
            expires: validity.1,
            list: Part(parts.list),
            crls: all(parts.crls),
            ocsp: all(parts.ocsp),
            status_lists: all(parts.status_lists),
            status_references: parts.status_references.map(Part),
            seal_revocations: all(parts.seal_revocations),
            catalog: parts.catalog.map(Part),
        };
        if pack.name.is_empty() || pack.issued >= pack.expires {
            return Err(Error::argument("a pack needs a name and a term"));
        }
        Envelope::from_bytes(pack.list())?;
        pack.contents()?;
        Ok(pack)
    }

    /// Reads the payload of an envelope.
    ///
    /// # Errors
    /// `malformed`, `unsupported` for another schema, `limit_exceeded` beyond 10 000 parts of a
    /// kind.
    pub fn from_payload(payload: &[u8]) -> Result<Self> {
        let pack: Self = wire::parse(payload)?;
        if pack.schema != SCHEMA {
            return Err(Error::unsupported("the pack has another schema"));
        }
        let most = [
            &pack.crls,
            &pack.ocsp,
            &pack.status_lists,
            &pack.seal_revocations,
        ];
        if most.iter().any(|parts| parts.len() > MAX_PARTS) {
            return Err(Error::limit("pack_parts", MAX_PARTS as u64));
        }
        Ok(pack)
    }

    /// An envelope of it that nobody signed yet. The keys that sign lists sign packs.
    #[must_use]
    pub fn to_envelope(&self) -> Envelope {
        Envelope::new(PayloadKind::Pack, wire::print(self))
    }

    /// The signed trust list in it.
    #[must_use]
    pub fn list(&self) -> &[u8] {
        &self.list.0
    }

    /// Reads all parts.
    ///
    /// # Errors
    /// Those of the first part that cannot be read.
    pub fn contents(&self) -> Result<PackContents> {
        fn each<T>(parts: &[Part], read: impl Fn(&[u8]) -> Result<T>) -> Result<Vec<T>> {
            parts.iter().map(|part| read(&part.0)).collect()
        }
        let text = |part: &Part| {
            let text = std::str::from_utf8(&part.0);
            let text = text.map_err(|_| Error::malformed("a catalog is text"))?;
            Catalog::from_json(text)
        };
        let references = self.status_references.as_ref();
        Ok(PackContents {
            crls: each(&self.crls, Crl::from_der)?,
            ocsp: each(&self.ocsp, OcspResponse::from_der)?,
            status_lists: each(&self.status_lists, StatusList::from_bytes)?,
            status_references: references
                .map(|part| StatusReferences::from_json(&part.0))
                .transpose()?
                .unwrap_or_default(),
            seal_revocations: each(&self.seal_revocations, |bytes| {
                SealRevocations::from_json(bytes, None)
            })?,
            catalog: self.catalog.as_ref().map(text).transpose()?,
        })
    }
}
