//! Private keys: signing and the making of keys, in constant time.

use std::fmt;

use sm3::{Digest, Sm3};
use zeroize::{Zeroize, Zeroizing};

use crate::fixed::multiply_generator;
use crate::key::{InvalidKey, VerifyingKey};
use crate::point::{Affine, Jacobian};
use crate::scalar::Scalar;
use crate::secret::publish;

/// Sets the nonces apart from whatever else may be hashed with a key. With the key it fills a block of
/// SM3, so that what follows is a block only for each signature.
const NONCE_DOMAIN: &[u8; 32] = b"yinxin-sm2 nonces of signatures.";

/// An SM2 private key, wiped when dropped.
///
/// What it does takes the same time and touches the same memory whatever the key and the nonce.
pub struct SigningKey {
    d: Scalar,
    /// 1/(1 + d).
    inverse: Scalar,
    /// SM3 with d and [`NONCE_DOMAIN`] taken in; it wipes itself.
    nonces: Sm3,
    public: VerifyingKey,
}

impl SigningKey {
    /// The key of a number d, most significant byte first.
    ///
    /// # Errors
    /// [`InvalidKey`] unless d lies between 1 and n − 2 (GB/T 32918.1-2016 6.1).
    pub fn from_bytes(d: &[u8; 32]) -> Result<Self, InvalidKey> {
        let nonces = Sm3::new().chain_update(d).chain_update(NONCE_DOMAIN);
        let mut d = Scalar::from_secret_bytes(d).ok_or(InvalidKey)?;
        let mut next = d.add(&Scalar::ONE);
        if publish(next.is_zero_secret()) {
            return Err(InvalidKey);
        }
        let key = public_point(&d).map(|point| Self {
            d,
            inverse: next.invert(),
            nonces,
            public: VerifyingKey::of_point(point),
        });
        d.zeroize();
        next.zeroize();
        key.ok_or(InvalidKey)
    }

    /// A new key. `random` fills the bytes it is given with random ones, and is asked again when
    /// they make no key, which has a chance of 2⁻³².
    ///
    /// # Errors
    /// Those of `random`.
    pub fn generate<E>(mut random: impl FnMut(&mut [u8; 32]) -> Result<(), E>) -> Result<Self, E> {
        let mut d = Zeroizing::new([0; 32]);
        loop {
            random(&mut d)?;
            if let Ok(key) = Self::from_bytes(&d) {
                return Ok(key);
            }
        }
    }

    /// d, most significant byte first.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.d.to_bytes())
    }

    /// The public key.
    #[must_use]
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    /// Signs a digest e = SM3(Z ‖ M) (GB/T 32918.2-2016 6.1, steps A3 to A6): r and s, most
    /// significant byte first.
    ///
    /// The nonce is derived from key and digest: signing again gives the same.
    #[must_use]
    pub fn sign_prehash(&self, e: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
        self.sign_with_nonces(e, None)
    }

    /// As [`sign_prehash`](Self::sign_prehash), with random bytes in the derivation of the nonce:
    /// they make faults and side channels harder to use, and need not be good for the signature to
    /// be safe.
    #[must_use]
    pub fn sign_prehash_hedged(&self, e: &[u8; 32], random: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
        self.sign_with_nonces(e, Some(random))
    }

    fn sign_with_nonces(&self, e: &[u8; 32], random: Option<&[u8; 32]>) -> ([u8; 32], [u8; 32]) {
        let digest = Scalar::from_bytes_reduced(e);
        let mut attempt = 0_u32;
        loop {
            if let Some(mut k) = self.nonce(attempt, e, random) {
                let signature = self.sign_with(&digest, &k);
                k.zeroize();
                if let Some((r, s)) = signature {
                    return (r.to_bytes(), s.to_bytes());
                }
            }
            attempt = attempt.wrapping_add(1);
        }
    }

    /// The hash of a block that only the key's owner knows and of what is signed. `None` when it is no number
    /// from 1 to n − 1, once in 2³²: taking the next one, and not a residue, leaves none likelier than another
    /// and tells nothing of the one that is used in the end (as RFC 6979 3.2 does).
    fn nonce(&self, attempt: u32, e: &[u8; 32], random: Option<&[u8; 32]>) -> Option<Scalar> {
        let mut hasher = self.nonces.clone();
        hasher.update(attempt.to_be_bytes());
        hasher.update(e);
        if let Some(random) = random {
            hasher.update(random);
        }
        Scalar::from_secret_bytes(&Zeroizing::new(hasher.finalize().into()))
    }

    /// `None` when the nonce does not fit.
    fn sign_with(&self, e: &Scalar, k: &Scalar) -> Option<(Scalar, Scalar)> {
        let mut point = multiply_generator(k)?;
        let x = point.x.multiply(&point.z.invert().square());
        point.zeroize();
        let r = publish(e.add(&Scalar::from_limbs_reduced(&x.to_limbs_secret())));
        let mut sum = k.add(&r);
        let s = publish(self.inverse.multiply(&sum).subtract(&r));
        sum.zeroize();
        // k + r = 0 shows as s = −r.
        let fits = !r.is_zero() && !s.is_zero() && !r.add(&s).is_zero();
        fits.then_some((r, s))
    }
}

/// The public key of d; `None` if that is 0, which the caller rules out.
fn public_point(d: &Scalar) -> Option<Affine> {
    // One scalar of 2²⁵⁶ is unfit for the way of multiplying: then d·G is (d − 1)·G + G.
    let point = multiply_generator(d).or_else(|| {
        let before = multiply_generator(&d.subtract(&Scalar::ONE))?;
        Some(before.add_affine(&Affine::GENERATOR))
    })?;
    let (x, y) = publish(affine_secret(&point));
    Some(Affine::from_limbs(&x, &y))
}

/// The coordinates as numbers below p, without a branch.
fn affine_secret(point: &Jacobian) -> ([u64; 4], [u64; 4]) {
    let inverse = point.z.invert();
    let squared = inverse.square();
    let x = point.x.multiply(&squared);
    let y = point.y.multiply(&squared.multiply(&inverse));
    (x.to_limbs_secret(), y.to_limbs_secret())
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.d.zeroize();
        self.inverse.zeroize();
    }
}

impl fmt::Debug for SigningKey {
    /// Without any of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}
