//! Public keys, and the verification of a signature's two numbers.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::budget::Budget;
use crate::field::{Field, MODULUS};
use crate::limbs::{self, Limbs};
use crate::messages::identity_digest;
use crate::multiply::sum_of_products;
use crate::point::{Affine, Jacobian};
use crate::scalar::{ORDER, Scalar};
use crate::tables::{Multiples, Table, Windows};

/// Bytes that the larger tables (86 and 256 KiB) of all keys of the process may take together:
/// 64 MiB, room for some 190 keys with both or 760 with the first alone. Keys beyond that keep
/// their 4 KiB tables until others are dropped.
pub const TABLE_MEMORY: usize = 64 << 20;

static KEY_TABLES: Budget = Budget::new(TABLE_MEMORY);

/// The base point's tables, 350 KiB at most, do not compete with those of keys.
static GENERATOR_TABLES: Budget = Budget::new(1 << 20);

/// G: worth a small table at once.
static GENERATOR: Multiples = Multiples::new(Affine::GENERATOR, 0, &GENERATOR_TABLES);

/// Uses of a key after which its small table pays for itself.
const KEY_SPLIT_AFTER: u32 = 2;

/// An SM2 public key: a point of the curve that is not infinity.
///
/// Clones share the tables that make verification quicker the more often the key is used: 4 KiB
/// from the third use on, 86 KiB from the 81st and 256 KiB more from the 1025th, the latter two
/// only within [`TABLE_MEMORY`]. The use at which a table is made takes longer than a first use:
/// by a half, some 9 and some 26 times. Tables are freed with the last clone.
#[derive(Clone)]
pub struct VerifyingKey {
    multiples: Arc<Multiples>,
    identity: Arc<OnceLock<Identity>>,
}

/// An identifier and its Z.
type Identity = (Vec<u8>, [u8; 32]);

impl VerifyingKey {
    /// The key of an uncompressed point, `04 ‖ x ‖ y` (GB/T 32918.1-2016 4.2.8), most significant
    /// byte first.
    ///
    /// # Errors
    /// [`InvalidKey`] unless the first byte is 4, x and y are below p, and the point is on the
    /// curve. Infinity has no such form.
    pub fn from_point(point: &[u8; 65]) -> Result<Self, InvalidKey> {
        let [form, coordinates @ ..] = point;
        let (x, y) = coordinates.split_first_chunk::<32>().ok_or(InvalidKey)?;
        let y: &[u8; 32] = y.try_into().map_err(|_| InvalidKey)?;
        if *form != 4 {
            return Err(InvalidKey);
        }
        Affine::from_coordinates(x, y)
            .map(Self::of_point)
            .ok_or(InvalidKey)
    }

    pub(crate) fn of_point(point: Affine) -> Self {
        Self {
            multiples: Arc::new(Multiples::new(point, KEY_SPLIT_AFTER, &KEY_TABLES)),
            identity: Arc::default(),
        }
    }

    /// The point as `04 ‖ x ‖ y`.
    #[must_use]
    pub fn to_point(&self) -> [u8; 65] {
        let (x, y) = self.multiples.point().coordinates();
        let mut point = [4; 65];
        let (_, coordinates) = point.split_at_mut(1);
        let (left, right) = coordinates.split_at_mut(32);
        left.copy_from_slice(&x);
        right.copy_from_slice(&y);
        point
    }

    /// Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA), which binds a signer's identifier to the key
    /// (GB/T 32918.2-2016 5.5). `None` for an identifier of more than 8191 bytes, whose bits ENTL
    /// cannot count.
    ///
    /// The key and its clones keep the Z of the first identifier that they are asked for.
    #[must_use]
    pub fn identity_digest(&self, id: &[u8]) -> Option<[u8; 32]> {
        if let Some((_, z)) = self.identity.get().filter(|(known, _)| known == id) {
            return Some(*z);
        }
        let z = identity_digest(id, &self.to_point())?;
        self.identity.get_or_init(|| (id.to_vec(), z));
        Some(z)
    }

    /// Verifies the signature (r, s) of a message whose digest e = SM3(Z ‖ M) is given
    /// (GB/T 32918.2-2016 7.1, steps B1, B2 and B5 to B7). All are numbers of 32 bytes, most
    /// significant first.
    ///
    /// The time taken depends on the values, which are public.
    ///
    /// # Errors
    /// [`InvalidSignature`] unless r and s lie between 1 and n − 1, r + s is not 0 modulo n, and
    /// the signature is that of this key and digest.
    pub fn verify_prehash(
        &self,
        e: &[u8; 32],
        r: &[u8; 32],
        s: &[u8; 32],
    ) -> Result<(), InvalidSignature> {
        let claim = Claim::new(e, r, s)?;
        if claim.holds(self.multiples.table()) {
            Ok(())
        } else {
            Err(InvalidSignature)
        }
    }

    /// The best table there is, counting a use.
    pub(crate) fn table(&self) -> Table<'_> {
        self.multiples.table()
    }

    /// The table of a kind, if there is one.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn table_of_kind(&self, kind: u32) -> Option<Table<'_>> {
        self.multiples.table_of_kind(kind)
    }
}

/// What a signature in range says: that s·G + t·P is a point with this x modulo n.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub(crate) s: Scalar,
    pub(crate) t: Scalar,
    pub(crate) x: Scalar,
}

impl Claim {
    pub(crate) fn new(e: &[u8; 32], r: &[u8; 32], s: &[u8; 32]) -> Result<Self, InvalidSignature> {
        let r = Scalar::from_nonzero_bytes(r).ok_or(InvalidSignature)?;
        let s = Scalar::from_nonzero_bytes(s).ok_or(InvalidSignature)?;
        let t = r.add(&s);
        if t.is_zero() {
            return Err(InvalidSignature);
        }
        let x = r.subtract(&Scalar::from_bytes_reduced(e));
        Ok(Self { s, t, x })
    }

    /// Whether it is true of the key that the table is of.
    pub(crate) fn holds(&self, table: Table<'_>) -> bool {
        sum_of_products([(GENERATOR.table(), &self.s), (table, &self.t)])
            .is_some_and(|sum| self.is_met_by(&sum))
    }

    /// As [`holds`](Self::holds), where s·G is known.
    pub(crate) fn holds_beside(&self, base: &Affine, table: Table<'_>) -> bool {
        sum_of_products([(table, &self.t)])
            .is_some_and(|product| self.is_met_by(&product.add_affine(base)))
    }

    /// Whether the point is not infinity and its x, a number below p, is the one modulo n.
    pub(crate) fn is_met_by(&self, point: &Jacobian) -> bool {
        if point.has_x(&Field::from_limbs(self.x.limbs())) {
            return true;
        }
        self.second_x()
            .is_some_and(|larger| point.has_x(&Field::from_limbs(&larger)))
    }

    /// The other number below p that is x modulo n: n < p < 2n, so that there is at most one.
    pub(crate) fn second_x(&self) -> Option<Limbs> {
        let (larger, carry) = limbs::add(self.x.limbs(), &ORDER);
        (!carry && limbs::is_below(&larger, &MODULUS)).then_some(larger)
    }
}

/// The base point's largest table, made if it is not there yet.
pub(crate) fn generator_windows() -> Option<&'static Windows> {
    GENERATOR.largest()
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.multiples.point() == other.multiples.point()
    }
}

impl Eq for VerifyingKey {}

impl fmt::Debug for VerifyingKey {
    /// Without the point, which can tell who a person is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey").finish_non_exhaustive()
    }
}

/// The bytes are not an uncompressed point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidKey;

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an uncompressed point of the SM2 curve")
    }
}

impl Error for InvalidKey {}

/// The signature does not verify under the key and digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSignature;

impl fmt::Display for InvalidSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the SM2 signature does not verify")
    }
}

impl Error for InvalidSignature {}
