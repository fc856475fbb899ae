//! Making a seal (制章): the maker's half of GB/T 38540-2020 6.2 and GM/T 0031-2025, in two phases.

use std::fmt;

use super::picture::Drawing;
use super::{PictureFormat, Seal};
use crate::Time;
use crate::crypto::{
    Digest, DigestAlgorithm, PublicKey, PublicKeyKind, SignatureAlgorithm, Signer, Sm2Id,
    Sm2Signature,
};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::{Certificate, KeyUsage};
use crate::ses::{
    CertificateDigest, CertificateList, Layout, Picture, SealDraft, SesExtension, UnsignedSeal,
};

/// The vendor's code in the header of seals made here.
const VENDOR: &str = "yinxin";

/// Who makes seals: an organisation with its certificate. Its key stays wherever it is kept.
#[derive(Clone)]
pub struct SealMaker {
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
}

/// What a new seal is to be.
#[derive(Clone)]
pub struct SealSpec {
    /// The layout to write. Readers of the widest range know 2020.
    pub layout: Layout,
    /// The seal's unique code: 1 to 1024 ASCII characters.
    pub id: String,
    /// The kind of seal, by the business's own numbering; in 2014, 1 is a unit's and 2 a
    /// person's.
    pub seal_type: u32,
    /// The seal's name, as filed with the police where it is filed.
    pub name: String,
    /// Who may use it: 1 to 1024 certificates.
    pub signers: Vec<Certificate>,
    /// How the seal names them.
    pub listing: Listing,
    /// When it is made; the maker's certificate must be valid then.
    pub create_date: Time,
    /// First instant of its validity.
    pub valid_from: Time,
    /// Last instant of its validity.
    pub valid_until: Time,
    /// What it looks like.
    pub picture: SealPicture,
    /// Own data to be kept in the seal; at most 64.
    pub extensions: Vec<SesExtension>,
}

/// How a seal names its signers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Listing {
    /// By whole certificates, which readers of every layout understand.
    #[default]
    Certificates,
    /// By the SM3 digests of certificates: shorter, and it tells nobody who they are. Not in 2014.
    Digests,
    /// By SM3 digests over Z ‖ certificate, Z being that of the certificate's own SM2 key with the
    /// default ID, as some makers' readers expect. Not in 2014; SM2 certificates only.
    DigestsWithZ,
}

/// A picture file and the size it is shown at.
#[derive(Clone)]
pub struct SealPicture {
    /// The file: PNG, GIF, BMP, JPEG, SVG, or an OFD package.
    pub data: Vec<u8>,
    /// Display width in millimetres.
    pub width_mm: u32,
    /// Display height in millimetres.
    pub height_mm: u32,
}

/// The form in which a seal carries a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawnForm {
    /// PNG, which every reader shows.
    Png {
        /// Pixels per inch, 300 to 1200.
        dpi: u32,
    },
    /// SVG outlines.
    Svg,
    /// OFD outlines.
    Ofd {
        /// The creation date written into the package.
        created: Time,
    },
}

/// A seal that waits for its maker's signature.
///
/// Preparing is deterministic: the same maker and specification give the same bytes to sign, so a
/// pending seal need not be stored.
#[derive(Clone)]
pub struct PendingSeal {
    unsigned: UnsignedSeal,
    maker: PublicKey,
}

impl SealMaker {
    /// The maker with its certificate, DER.
    ///
    /// # Errors
    /// As [`Certificate::from_der`]; `unsupported_algorithm` when seals are not made with its kind
    /// of key; `invalid_argument` when its key usage admits no signatures.
    pub fn new(certificate: &[u8]) -> Result<Self> {
        Self::from_certificate(Certificate::from_der(certificate)?)
    }

    /// The maker with its certificate.
    ///
    /// # Errors
    /// As [`SealMaker::new`].
    pub fn from_certificate(certificate: Certificate) -> Result<Self> {
        let algorithm = algorithm(certificate.public_key()?)?;
        let signing = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
        if certificate
            .key_usage()?
            .is_some_and(|usage| !usage.allows_any(signing))
        {
            return Err(Error::argument(
                "the maker's certificate is not for signatures",
            ));
        }
        Ok(Self {
            certificate,
            algorithm,
        })
    }

    /// The maker's certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The algorithm the maker signs with.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Writes everything but the signature.
    ///
    /// # Errors
    /// `invalid_argument` naming the field that cannot stand in a seal, among them a picture of
    /// no known kind and a creation outside the maker certificate's validity; `limit_exceeded`.
    pub fn prepare(&self, spec: &SealSpec) -> Result<PendingSeal> {
        let validity = self.certificate.not_before()..=self.certificate.not_after();
        if !validity.contains(&spec.create_date) {
            return Err(Error::argument(
                "the maker's certificate is not valid when the seal is made",
            )
            .with("field", "create_date"));
        }
        let unsigned = spec
            .draft()?
            .prepare(self.certificate.der(), self.algorithm)?;
        Ok(PendingSeal {
            unsigned,
            maker: self.certificate.public_key()?.clone(),
        })
    }

    /// Makes a seal in one call.
    ///
    /// # Errors
    /// `key_mismatch` when the signer's key is not that of the maker's certificate,
    /// `unsupported_algorithm` when it signs with another algorithm, and as
    /// [`SealMaker::prepare`] and the signer.
    pub fn make(&self, spec: &SealSpec, signer: &dyn Signer) -> Result<Seal> {
        if signer.public_key() != self.certificate.public_key()? {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "the signer's key is not that of the maker's certificate",
            ));
        }
        if signer.algorithm() != self.algorithm {
            return Err(Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "the signer signs with another algorithm than seals of this maker",
            )
            .with("algorithm", signer.algorithm().name()));
        }
        let pending = self.prepare(spec)?;
        pending.complete(&signer.sign(pending.to_be_signed())?)
    }
}

impl SealSpec {
    fn draft(&self) -> Result<SealDraft> {
        Ok(SealDraft {
            layout: self.layout,
            vendor_id: VENDOR.to_owned(),
            id: self.id.clone(),
            seal_type: self.seal_type,
            name: self.name.clone(),
            certificates: self.listing.list(&self.signers)?,
            create_date: self.create_date,
            valid_start: self.valid_from,
            valid_end: self.valid_until,
            picture: self.picture.declared()?,
            extensions: self.extensions.clone(),
        })
    }
}

impl Listing {
    fn list(self, signers: &[Certificate]) -> Result<CertificateList> {
        let digest = |digest: Digest| CertificateDigest {
            kind: DigestAlgorithm::Sm3.name().to_owned(),
            value: digest.as_bytes().to_vec(),
        };
        let certificates = signers.iter().map(Certificate::der);
        Ok(match self {
            Self::Certificates => {
                CertificateList::Certificates(certificates.map(<[u8]>::to_vec).collect())
            }
            Self::Digests => CertificateList::Digests(
                certificates
                    .map(|der| digest(DigestAlgorithm::Sm3.digest(der)))
                    .collect(),
            ),
            Self::DigestsWithZ => CertificateList::Digests(
                signers
                    .iter()
                    .map(|signer| digest_with_z(signer).map(digest))
                    .collect::<Result<_>>()?,
            ),
        })
    }
}

fn digest_with_z(signer: &Certificate) -> Result<Digest> {
    signer
        .public_key()?
        .sm2_digest(&Sm2Id::default(), signer.der())
        .ok_or_else(|| {
            Error::new(
                ErrorKind::UnsupportedAlgorithm,
                "a digest with Z needs the certificate of an SM2 key",
            )
            .with("field", "signers")
        })
}

impl SealPicture {
    /// A drawing at its own size, in the form asked for.
    ///
    /// # Errors
    /// `invalid_argument` when the drawing does not measure whole millimetres, which is all that a
    /// seal can say, and as [`Drawing::to_png`] and [`Drawing::to_ofd`].
    pub fn drawn(drawing: &Drawing, form: DrawnForm) -> Result<Self> {
        let (width, height) = drawing.size_mm();
        let (width_mm, height_mm) = (whole_mm(width)?, whole_mm(height)?);
        let data = match form {
            DrawnForm::Png { dpi } => drawing.to_png(dpi)?,
            DrawnForm::Svg => drawing.to_svg().into_bytes(),
            DrawnForm::Ofd { created } => drawing.to_ofd(created)?,
        };
        Ok(Self {
            data,
            width_mm,
            height_mm,
        })
    }

    /// The picture with the type that its bytes have.
    fn declared(&self) -> Result<Picture> {
        let format = PictureFormat::detect(&self.data).ok_or_else(|| {
            Error::argument("the picture is none of PNG, GIF, BMP, JPEG, SVG, OFD")
                .with("field", "picture")
        })?;
        Ok(Picture {
            kind: format.name().to_owned(),
            data: self.data.clone(),
            width_mm: self.width_mm,
            height_mm: self.height_mm,
        })
    }
}

fn whole_mm(size: f32) -> Result<u32> {
    // The sizes of drawings are bounded at 80 mm.
    (1..=80_u8)
        .find(|whole| f32::from(*whole) == size)
        .map(u32::from)
        .ok_or_else(|| {
            Error::argument("a seal states the size of its picture in whole millimetres")
                .with("field", "picture")
                .with("size_mm", size)
        })
}

impl PendingSeal {
    /// The algorithm the signature must be of.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.unsigned.algorithm()
    }

    /// Exactly what the maker signs.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        self.unsigned.to_be_signed()
    }

    /// The digest that a device signs which takes no whole message: for SM2 e = SM3(Z ‖ M) with
    /// the default ID.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        match self.algorithm() {
            SignatureAlgorithm::Sm2Sm3 => self
                .maker
                .sm2_digest(&Sm2Id::default(), self.to_be_signed()),
            algorithm => algorithm
                .digest()
                .map(|digest| digest.digest(self.to_be_signed())),
        }
    }

    /// The seal, once the signature was verified under the maker's certificate: DER, or r ‖ s for
    /// SM2.
    ///
    /// # Errors
    /// `signature_mismatch` when it does not verify, `malformed` for another form.
    pub fn complete(&self, signature: &[u8]) -> Result<Seal> {
        let strict = self.strict_value(signature)?;
        self.maker.verify(
            self.algorithm(),
            &Sm2Id::default(),
            self.to_be_signed(),
            &strict,
        )?;
        Seal::new(self.unsigned.complete(&strict, None)?)
    }

    /// As [`PendingSeal::complete`] and then [`Seal::with_time_stamp`], for a token that was
    /// requested over the signature value before.
    ///
    /// # Errors
    /// As both.
    pub fn complete_with_time_stamp(&self, signature: &[u8], token: &[u8]) -> Result<Seal> {
        self.complete(signature)?.with_time_stamp(token, &[])
    }

    fn strict_value(&self, signature: &[u8]) -> Result<Vec<u8>> {
        match self.algorithm() {
            SignatureAlgorithm::Sm2Sm3 => Sm2Signature::from_der(signature)
                .or_else(|error| Sm2Signature::from_raw(signature).map_err(|_| error))
                .map(|value| value.to_der()),
            _ => Ok(signature.to_vec()),
        }
    }
}

/// What a key of this kind makes seals with.
fn algorithm(key: &PublicKey) -> Result<SignatureAlgorithm> {
    match key.kind() {
        PublicKeyKind::Sm2 => Ok(SignatureAlgorithm::Sm2Sm3),
        PublicKeyKind::P256 => Ok(SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256)),
        PublicKeyKind::P384 => Ok(SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha384)),
        PublicKeyKind::Rsa { .. } => Ok(SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256)),
        PublicKeyKind::Ed25519 => Err(Error::new(
            ErrorKind::UnsupportedAlgorithm,
            "seals are not made with Ed25519 keys",
        )),
    }
}

impl fmt::Debug for SealMaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealMaker({})", self.algorithm.name())
    }
}

impl fmt::Debug for SealSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Name, code and signers may be persons'.
        f.debug_struct("SealSpec")
            .field("layout", &self.layout)
            .field("signers", &self.signers.len())
            .field("picture", &self.picture)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SealPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            data,
            width_mm,
            height_mm,
        } = self;
        let bytes = data.len();
        write!(
            f,
            "SealPicture({bytes} bytes, {width_mm} by {height_mm} mm)"
        )
    }
}

impl fmt::Debug for PendingSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "PendingSeal({:?}, {})",
            self.unsigned.layout(),
            self.algorithm().name()
        )
    }
}
