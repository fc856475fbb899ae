//! Private keys held in memory. Their bytes are wiped when dropped and never printed.

use std::fmt;

use ring::rand::SystemRandom;
use ring::signature::{self as international, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair};
use yinxin_sm2::SigningKey;
use zeroize::Zeroizing;

use super::{DigestAlgorithm, PublicKey, SignatureAlgorithm, Signer, Sm2Id, Sm2Signature};
use crate::asn1::{self, Oid, Tag, Tlv, named};
use crate::error::{Error, ErrorKind, Result};

/// The kinds of key this library can generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// SM2.
    Sm2,
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// Ed25519.
    Ed25519,
}

/// A private key in memory, with its public key. Not `Clone`: it is kept in one place.
pub struct SoftwareKey {
    secret: Secret,
    public_key: PublicKey,
    algorithm: SignatureAlgorithm,
    pkcs8: Zeroizing<Vec<u8>>,
}

enum Secret {
    Sm2(Box<SigningKey>),
    Ecdsa(EcdsaKeyPair),
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl SoftwareKey {
    /// A new key. `ring` draws the randomness from the operating system; it is the one place
    /// besides ECDSA and RSA-PSS signing where the core does.
    ///
    /// # Errors
    /// `internal` when the operating system gives no randomness.
    pub fn generate(kind: KeyKind) -> Result<Self> {
        let random = SystemRandom::new();
        let failed = || Error::new(ErrorKind::Internal, "no key could be generated");
        let ecdsa = |algorithm| {
            EcdsaKeyPair::generate_pkcs8(algorithm, &random)
                .map(|document| Zeroizing::new(document.as_ref().to_vec()))
                .map_err(|_| failed())
        };
        let pkcs8 = match kind {
            KeyKind::Sm2 => {
                // A draw outside 1..n-2 has a chance of 2^-32; a second one is as good as certain.
                for _ in 0..4 {
                    let mut scalar = Zeroizing::new([0; 32]);
                    ring::rand::SecureRandom::fill(&random, scalar.as_mut_slice())
                        .map_err(|_| failed())?;
                    if let Ok(key) = Self::from_sm2_scalar(&scalar) {
                        return Ok(key);
                    }
                }
                return Err(failed());
            }
            KeyKind::P256 => ecdsa(&international::ECDSA_P256_SHA256_ASN1_SIGNING)?,
            KeyKind::P384 => ecdsa(&international::ECDSA_P384_SHA384_ASN1_SIGNING)?,
            KeyKind::Ed25519 => Ed25519KeyPair::generate_pkcs8(&random)
                .map(|document| Zeroizing::new(document.as_ref().to_vec()))
                .map_err(|_| failed())?,
        };
        Self::from_pkcs8(&pkcs8)
    }

    /// An SM2 key from its scalar d, big-endian, 1 ≤ d ≤ n − 2 (GB/T 32918.1 6.1).
    ///
    /// # Errors
    /// `invalid_key` outside that range.
    pub fn from_sm2_scalar(scalar: &[u8; 32]) -> Result<Self> {
        let secret = SigningKey::from_bytes(scalar).map_err(|_| {
            Error::new(
                ErrorKind::InvalidKey,
                "an SM2 scalar lies between 1 and n - 2",
            )
        })?;
        let point = secret.verifying_key().to_point();
        let public_key = PublicKey::from_sm2_point(&point)?;
        let pkcs8 = sm2_pkcs8(scalar, &point);
        Ok(Self {
            secret: Secret::Sm2(Box::new(secret)),
            public_key,
            algorithm: SignatureAlgorithm::Sm2Sm3,
            pkcs8,
        })
    }

    /// From unencrypted PKCS#8 DER (RFC 5958): SM2, P-256, P-384, RSA of 2048 to 4096 bits,
    /// Ed25519. RSA keys sign PKCS#1 v1.5 with SHA-256.
    ///
    /// # Errors
    /// `malformed`, `invalid_key`, `key_mismatch` when the public key inside is another's,
    /// `unsupported_algorithm`.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        reader.read()?.small_integer()?;
        let mut algorithm = reader.sequence()?;
        let key = reader.read()?.octets()?;
        let kind = algorithm.read()?.oid()?;
        let curve = algorithm
            .optional(Tag::OID)?
            .map(|oid| oid.oid())
            .transpose()?;
        let rejected = || Error::new(ErrorKind::InvalidKey, "the private key is not usable");
        let random = SystemRandom::new();
        let ecdsa = |signing, digest, curve| -> Result<Self> {
            let pair = EcdsaKeyPair::from_pkcs8(signing, der, &random).map_err(|_| rejected())?;
            let spki = curve_spki(curve, pair.public_key().as_ref());
            Ok(Self {
                secret: Secret::Ecdsa(pair),
                public_key: PublicKey::from_spki(&spki)?,
                algorithm: SignatureAlgorithm::Ecdsa(digest),
                pkcs8: Zeroizing::new(der.to_vec()),
            })
        };
        match (kind, curve) {
            (named::EC_PUBLIC_KEY, Some(named::SM2_CURVE)) | (named::SM2_CURVE, _) => {
                Self::from_sm2_private_key(key)
            }
            (named::EC_PUBLIC_KEY, Some(named::P256)) => ecdsa(
                &international::ECDSA_P256_SHA256_ASN1_SIGNING,
                DigestAlgorithm::Sha256,
                named::P256,
            ),
            (named::EC_PUBLIC_KEY, Some(named::P384)) => ecdsa(
                &international::ECDSA_P384_SHA384_ASN1_SIGNING,
                DigestAlgorithm::Sha384,
                named::P384,
            ),
            (named::RSA_ENCRYPTION, _) => {
                let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| rejected())?;
                let algorithm = asn1::sequence(&[asn1::oid(named::RSA_ENCRYPTION), asn1::null()]);
                let bits = asn1::bits(pair.public_key().as_ref());
                Ok(Self {
                    public_key: PublicKey::from_spki(&asn1::sequence(&[algorithm, bits]))?,
                    secret: Secret::Rsa(Box::new(pair)),
                    algorithm: SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256),
                    pkcs8: Zeroizing::new(der.to_vec()),
                })
            }
            (named::ED25519, _) => {
                let pair =
                    Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map_err(|_| rejected())?;
                let algorithm = asn1::sequence(&[asn1::oid(named::ED25519)]);
                let bits = asn1::bits(pair.public_key().as_ref());
                Ok(Self {
                    public_key: PublicKey::from_spki(&asn1::sequence(&[algorithm, bits]))?,
                    secret: Secret::Ed25519(pair),
                    algorithm: SignatureAlgorithm::Ed25519,
                    pkcs8: Zeroizing::new(der.to_vec()),
                })
            }
            (other, _) => Err(Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "the kind of private key is not offered",
            )
            .with("oid", other)),
        }
    }

    /// ECPrivateKey (RFC 5915) of an SM2 key, as it stands inside PKCS#8.
    fn from_sm2_private_key(der: &[u8]) -> Result<Self> {
        let outer = Tlv::parse(der)?;
        outer.expect(Tag::SEQUENCE)?;
        let mut reader = outer.reader()?;
        reader.read()?.small_integer()?;
        let octets = reader.read()?.octets()?;
        let mut scalar = Zeroizing::new([0; 32]);
        let start = scalar.len().checked_sub(octets.len());
        start
            .and_then(|start| scalar.get_mut(start..))
            .ok_or_else(|| Error::new(ErrorKind::InvalidKey, "an SM2 scalar has 32 bytes"))?
            .copy_from_slice(octets);
        let key = Self::from_sm2_scalar(&scalar)?;
        if let Some(parameters) = reader.optional(Tag::context(0))? {
            let curve = parameters.inner()?;
            if curve.tag() == Tag::OID && curve.oid()? != named::SM2_CURVE {
                return Err(Error::new(
                    ErrorKind::InvalidKey,
                    "an SM2 key names another curve inside",
                ));
            }
        }
        if let Some(point) = reader.optional(Tag::context(1))?
            && point.inner()?.whole_bits()? != key.public_key.key_bits()
        {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "the public key beside the private key is another's",
            ));
        }
        Ok(key)
    }

    /// The scalar of an SM2 key, big-endian, for what is not signing.
    pub(super) fn sm2_scalar(&self) -> Option<Zeroizing<[u8; 32]>> {
        match &self.secret {
            Secret::Sm2(key) => Some(key.to_bytes()),
            _ => None,
        }
    }

    /// PKCS#8 DER, unencrypted; wiped when dropped.
    #[must_use]
    pub fn to_pkcs8(&self) -> Zeroizing<Vec<u8>> {
        self.pkcs8.clone()
    }

    /// The same RSA key signing RSA-PSS with SHA-256.
    ///
    /// # Errors
    /// `unsupported_algorithm` for another kind of key.
    pub fn with_rsa_pss(mut self) -> Result<Self> {
        if !matches!(self.secret, Secret::Rsa(_)) {
            return Err(Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "RSA-PSS needs an RSA key",
            ));
        }
        self.algorithm = SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256);
        Ok(self)
    }
}

impl Signer for SoftwareKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let failed = || Error::new(ErrorKind::Internal, "the key could not sign");
        let random = SystemRandom::new();
        match &self.secret {
            Secret::Sm2(key) => {
                let digest = self
                    .public_key
                    .sm2_digest(&Sm2Id::default(), message)
                    .ok_or_else(failed)?;
                let e = digest.as_bytes().try_into().map_err(|_| failed())?;
                // Nonces are derived from key and digest.
                let (r, s) = key.sign_prehash(e);
                Ok(Sm2Signature { r, s }.to_der())
            }
            Secret::Ecdsa(pair) => pair
                .sign(&random, message)
                .map(|value| value.as_ref().to_vec())
                .map_err(|_| failed()),
            Secret::Rsa(pair) => {
                let mut value = vec![0; pair.public().modulus_len()];
                let padding: &dyn international::RsaEncoding = match self.algorithm {
                    SignatureAlgorithm::RsaPss(_) => &international::RSA_PSS_SHA256,
                    _ => &international::RSA_PKCS1_SHA256,
                };
                pair.sign(padding, &random, message, &mut value)
                    .map_err(|_| failed())?;
                Ok(value)
            }
            Secret::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }
}

fn sm2_pkcs8(scalar: &[u8; 32], point: &[u8]) -> Zeroizing<Vec<u8>> {
    let secret = Zeroizing::new(asn1::octets(scalar));
    let public = asn1::context(1, &[asn1::bits(point)]);
    let version = asn1::integer(1);
    let inner = Zeroizing::new(asn1::sequence(&[
        version.as_slice(),
        secret.as_slice(),
        public.as_slice(),
    ]));
    ec_pkcs8(named::SM2_CURVE, &inner)
}

/// PKCS#8 around an ECPrivateKey.
pub(super) fn ec_pkcs8(curve: Oid, ec_private_key: &[u8]) -> Zeroizing<Vec<u8>> {
    let algorithm = asn1::sequence(&[asn1::oid(named::EC_PUBLIC_KEY), asn1::oid(curve)]);
    let wrapped = Zeroizing::new(asn1::octets(ec_private_key));
    let version = asn1::integer(0);
    Zeroizing::new(asn1::sequence(&[
        version.as_slice(),
        algorithm.as_slice(),
        wrapped.as_slice(),
    ]))
}

fn curve_spki(curve: Oid, point: &[u8]) -> Vec<u8> {
    let algorithm = asn1::sequence(&[asn1::oid(named::EC_PUBLIC_KEY), asn1::oid(curve)]);
    asn1::sequence(&[algorithm, asn1::bits(point)])
}

impl fmt::Debug for SoftwareKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoftwareKey({}, secret)", self.algorithm.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex32(text: &str) -> [u8; 32] {
        let digits: Vec<u8> = text
            .chars()
            .map(|digit| digit.to_digit(16).unwrap().try_into().unwrap())
            .collect();
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| (pair[0] << 4) | pair[1])
            .collect();
        bytes.try_into().unwrap()
    }

    /// GB/T 32918.5-2017 annex A: key, message "message digest", default ID.
    #[test]
    fn verifies_the_example_of_gbt_32918_5() {
        let key = SoftwareKey::from_sm2_scalar(&hex32(
            "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
        ))
        .unwrap();
        let point: String = key
            .public_key()
            .key_bits()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            point,
            "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
             ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        );
        let digest = key
            .public_key()
            .sm2_digest(&Sm2Id::default(), b"message digest")
            .unwrap();
        assert_eq!(
            digest.to_hex(),
            "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
        );
        let value = Sm2Signature {
            r: hex32("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"),
            s: hex32("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"),
        };
        key.public_key()
            .verify(
                SignatureAlgorithm::Sm2Sm3,
                &Sm2Id::default(),
                b"message digest",
                &value.to_der(),
            )
            .unwrap();
    }

    #[test]
    fn every_kind_signs_what_it_verifies_and_nothing_else() {
        for kind in [KeyKind::Sm2, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
            let key = SoftwareKey::generate(kind).unwrap();
            let key = SoftwareKey::from_pkcs8(&key.to_pkcs8()).unwrap();
            let value = key.sign(b"license").unwrap();
            let verify = |message: &[u8], value: &[u8]| {
                key.public_key()
                    .verify(key.algorithm(), &Sm2Id::default(), message, value)
            };
            verify(b"license", &value).unwrap();
            assert_eq!(
                verify(b"licence", &value).unwrap_err().kind(),
                ErrorKind::SignatureMismatch
            );
            assert!(verify(b"license", &value[..value.len() - 1]).is_err());
        }
    }

    #[test]
    fn another_id_is_another_signature() {
        let key = SoftwareKey::generate(KeyKind::Sm2).unwrap();
        let value = key.sign(b"m").unwrap();
        let other = Sm2Id::new(b"ALICE123@YAHOO.COM").unwrap();
        assert!(
            key.public_key()
                .verify(key.algorithm(), &other, b"m", &value)
                .is_err()
        );
    }

    #[test]
    fn scalars_out_of_range_are_no_keys() {
        for text in [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122",
            "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
        ] {
            assert!(
                SoftwareKey::from_sm2_scalar(&hex32(text)).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn debug_tells_nothing_secret() {
        let key = SoftwareKey::from_sm2_scalar(&[7; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "SoftwareKey(SM2-SM3, secret)");
    }
}
