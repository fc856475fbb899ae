//! Seals: their makers, their pictures, and seals that are used.

use pyo3::prelude::*;
use yinxin::crypto::{DigestAlgorithm, SignatureAlgorithm};
use yinxin::pki::TimeStampRequest;
use yinxin::seal::picture::{DEFAULT_DPI, Font, Fonts, NameSeal, RoundSeal, SealDesign};
use yinxin::seal::{self, DrawnForm, Listing};
use yinxin::ses::{Layout, Listed};

use crate::certificate::{Certificate, Certificates};
use crate::codes::Code;
use crate::convert::{Instant, Source, Tuple};
use crate::error::Fault;
use crate::facts::{Finding, Shown};
use crate::guard::detached;
use crate::key::SoftwareKey;

/// A picture file and the size it is shown at.
#[pyclass(frozen, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct SealPicture(seal::SealPicture);

#[pymethods]
impl SealPicture {
    /// A file: PNG, GIF, BMP, JPEG, SVG, or an OFD package.
    #[new]
    #[pyo3(signature = (data, *, width_mm, height_mm))]
    fn new(py: Python<'_>, data: Source, width_mm: u32, height_mm: u32) -> PyResult<Self> {
        detached(py, move || {
            Ok(Self(seal::SealPicture {
                data: data.read()?.into_owned(),
                width_mm,
                height_mm,
            }))
        })
    }

    /// Draws the round seal of a body: border, name, star. `font` is a font file; without one only
    /// border and star are drawn, and the texts must be empty.
    #[staticmethod]
    #[pyo3(signature = (name, *, font = None, font_face = 0, diameter_mm = None, second_line = None,
        code = None, dpi = DEFAULT_DPI))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn round(
        py: Python<'_>,
        name: &str,
        font: Option<Source>,
        font_face: u32,
        diameter_mm: Option<f32>,
        second_line: Option<String>,
        code: Option<String>,
        dpi: u32,
    ) -> PyResult<Self> {
        let mut round = RoundSeal::new(name);
        round.diameter_mm = diameter_mm.unwrap_or(round.diameter_mm);
        round.second_line = second_line;
        round.code = code;
        draw(py, SealDesign::Round(round), font, font_face, dpi)
    }

    /// Draws a seal for one purpose, such as 合同专用章: no star, the purpose across the middle.
    #[staticmethod]
    #[pyo3(signature = (name, purpose, *, font, font_face = 0, code = None, dpi = DEFAULT_DPI))]
    fn special(
        py: Python<'_>,
        name: &str,
        purpose: &str,
        font: Source,
        font_face: u32,
        code: Option<String>,
        dpi: u32,
    ) -> PyResult<Self> {
        let mut special = RoundSeal::special(name, purpose);
        special.code = code;
        draw(py, SealDesign::Round(special), Some(font), font_face, dpi)
    }

    /// Draws a person's square name seal.
    #[staticmethod]
    #[pyo3(signature = (text, *, side_mm, font, font_face = 0, dpi = DEFAULT_DPI))]
    fn square(
        py: Python<'_>,
        text: &str,
        side_mm: f32,
        font: Source,
        font_face: u32,
        dpi: u32,
    ) -> PyResult<Self> {
        let design = SealDesign::Name(NameSeal::square(text, side_mm));
        draw(py, design, Some(font), font_face, dpi)
    }

    /// The file.
    #[getter]
    fn data(&self) -> &[u8] {
        &self.0.data
    }

    /// Display width in millimetres.
    #[getter]
    fn width_mm(&self) -> u32 {
        self.0.width_mm
    }

    /// Display height in millimetres.
    #[getter]
    fn height_mm(&self) -> u32 {
        self.0.height_mm
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.{:?}>", self.0)
    }
}

fn draw(
    py: Python<'_>,
    design: SealDesign,
    font: Option<Source>,
    face: u32,
    dpi: u32,
) -> PyResult<SealPicture> {
    detached(py, move || {
        let bytes = font.as_ref().map(Source::read).transpose()?;
        let fonts = match &bytes {
            None => Fonts::none(),
            Some(bytes) => Fonts::new(Font::new(bytes, face)?),
        };
        let drawing = design.draw(&fonts)?;
        Ok(SealPicture(seal::SealPicture::drawn(
            &drawing,
            DrawnForm::Png { dpi },
        )?))
    })
}

/// What a new seal is to be.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct SealSpec(seal::SealSpec);

#[pymethods]
impl SealSpec {
    /// `id` is the seal's unique code, `name` its name as filed, `signers` the certificates of
    /// those who may use it; the maker's certificate must be valid at `create_date`.
    #[new]
    #[pyo3(signature = (*, id, name, signers, create_date, valid_from, valid_until, picture,
        layout = Code(Layout::Gbt38540_2020), listing = Code(Listing::Certificates),
        seal_type = 1))]
    #[allow(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        id: String,
        name: String,
        signers: Vec<Certificates>,
        create_date: Instant,
        valid_from: Instant,
        valid_until: Instant,
        picture: &Bound<'_, SealPicture>,
        layout: Code<Layout>,
        listing: Code<Listing>,
        seal_type: u32,
    ) -> PyResult<Self> {
        let picture = picture.get().0.clone();
        detached(py, move || {
            Ok(Self(seal::SealSpec {
                layout: layout.0,
                id,
                seal_type,
                name,
                signers: Certificates::read_all(signers)?,
                listing: listing.0,
                create_date: create_date.0,
                valid_from: valid_from.0,
                valid_until: valid_until.0,
                picture,
                extensions: Vec::new(),
            }))
        })
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.SealSpec {}>", self.0.layout.standard())
    }
}

/// Who makes seals: an organisation with its certificate. Its key stays wherever it is kept.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct SealMaker(seal::SealMaker);

#[pymethods]
impl SealMaker {
    #[new]
    fn new(py: Python<'_>, certificate: Certificates) -> PyResult<Self> {
        detached(py, move || {
            let certificate = certificate.read_one()?;
            Ok(Self(seal::SealMaker::from_certificate(certificate)?))
        })
    }

    /// The algorithm that the maker signs with.
    #[getter]
    fn algorithm(&self) -> &'static str {
        self.0.algorithm().name()
    }

    /// Writes everything but the signature.
    fn prepare(&self, py: Python<'_>, spec: &Bound<'_, SealSpec>) -> PyResult<PendingSeal> {
        let spec = &spec.get().0;
        detached(py, || Ok(PendingSeal(self.0.prepare(spec)?)))
    }

    /// Makes a seal in one call, with a key at hand.
    fn make(
        &self,
        py: Python<'_>,
        spec: &Bound<'_, SealSpec>,
        key: &Bound<'_, SoftwareKey>,
    ) -> PyResult<Seal> {
        let (spec, key) = (&spec.get().0, &key.get().0);
        detached(py, || Ok(Seal(self.0.make(spec, key)?)))
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.SealMaker {}>", self.algorithm())
    }
}

/// A seal that waits for its maker's signature. The same maker and specification give the same
/// bytes to sign, so it need not be stored.
#[pyclass(frozen, module = "yinxin")]
pub(crate) struct PendingSeal(seal::PendingSeal);

#[pymethods]
impl PendingSeal {
    /// The algorithm that the signature must be of.
    #[getter]
    fn algorithm(&self) -> &'static str {
        SignatureAlgorithm::name(self.0.algorithm())
    }

    /// Exactly what the maker signs.
    #[getter]
    fn message(&self) -> &[u8] {
        self.0.to_be_signed()
    }

    /// The digest that a device signs which takes no whole message.
    #[getter]
    fn digest(&self) -> Option<Vec<u8>> {
        self.0.digest().map(|digest| digest.as_bytes().to_vec())
    }

    /// The seal, once the signature was verified: DER, or r ‖ s for SM2.
    fn complete(&self, py: Python<'_>, signature: Source) -> PyResult<Seal> {
        detached(py, move || Ok(Seal(self.0.complete(&signature.read()?)?)))
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.PendingSeal {}>", self.algorithm())
    }
}

/// An electronic seal that can be used: read in full, signed by its maker, and naming at least one
/// who may use it. Whether that maker is trusted, a verifier says.
#[pyclass(frozen, eq, module = "yinxin")]
#[derive(Clone)]
pub(crate) struct Seal(pub(crate) seal::Seal);

impl PartialEq for Seal {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_der() == other.0.to_der()
    }
}

#[pymethods]
impl Seal {
    /// The seal of a file (`.esl`).
    #[staticmethod]
    fn load(py: Python<'_>, source: Source) -> PyResult<Self> {
        detached(py, move || Ok(Self(seal::Seal::from_der(&source.read()?)?)))
    }

    /// The question to a time stamp authority over the seal (`TimeStampReq`, by SM3); the layout of 2025
    /// has a place for the answer. `nonce` is a random number of up to 32 bytes.
    fn time_stamp_request(&self, py: Python<'_>, nonce: Source) -> PyResult<Vec<u8>> {
        detached(py, move || {
            let request = TimeStampRequest::new(DigestAlgorithm::Sm3, self.0.to_be_stamped());
            Ok(request.nonce(&nonce.read()?)?.to_der())
        })
    }

    /// The same seal with the authority's answer (`TimeStampResp`) to that question. `authority` are
    /// certificates that may be the authority's where its token lacks its own.
    #[pyo3(signature = (request, response, *, authority = vec![]))]
    fn with_time_stamp(
        &self,
        py: Python<'_>,
        request: Source,
        response: Source,
        authority: Vec<Certificates>,
    ) -> PyResult<Self> {
        detached(py, move || {
            let authority = Certificates::read_all(authority)?;
            let request = TimeStampRequest::from_der(&request.read()?)?;
            let token = request.check_response(&response.read()?, &authority)?;
            Ok(Self(self.0.with_time_stamp(token.raw(), &authority)?))
        })
    }

    /// The seal's unique code.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// The seal's name.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The layout of its structure.
    #[getter]
    fn layout(&self) -> Code<Layout> {
        Code(self.0.layout())
    }

    /// First instant of its validity.
    #[getter]
    fn valid_from(&self) -> Instant {
        Instant(self.0.valid_from())
    }

    /// Last instant of its validity.
    #[getter]
    fn valid_until(&self) -> Instant {
        Instant(self.0.valid_until())
    }

    /// What it looks like.
    #[getter]
    fn picture(&self) -> SealPicture {
        let picture = self.0.picture();
        SealPicture(seal::SealPicture {
            data: picture.data.clone(),
            width_mm: picture.width_mm,
            height_mm: picture.height_mm,
        })
    }

    /// What kind of file the picture really is: `PNG`, `GIF`, `BMP`, `JPG`, `SVG`, `ofd`; `None`
    /// when it is of no known kind.
    #[getter]
    fn picture_format(&self) -> Option<&'static str> {
        self.0.picture_format().map(seal::PictureFormat::name)
    }

    /// The certificate of its maker.
    #[getter]
    fn maker(&self) -> Certificate {
        Certificate(self.0.maker().clone())
    }

    /// Whether its list names this signer: its certificate or its certificate's digest.
    fn lists(&self, py: Python<'_>, signer: Certificates) -> PyResult<bool> {
        detached(py, move || {
            let signer = signer.read_one()?;
            Ok(self.0.find_signer(&signer)? != Listed::No)
        })
    }

    /// What its maker wrote otherwise than its standard asks.
    #[getter]
    fn findings(&self) -> Tuple<Finding> {
        self.0.findings().iter().map(Shown::shown).collect()
    }

    /// All its bytes: the content of a seal file.
    fn to_der(&self) -> &[u8] {
        self.0.to_der()
    }

    fn __repr__(&self) -> String {
        format!("<yinxin.Seal {}>", self.0.layout().standard())
    }
}

/// A seal as an argument.
pub(crate) enum SealSource {
    Read(Box<seal::Seal>),
    Content(Source),
}

impl FromPyObject<'_, '_> for SealSource {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match object.cast::<Seal>() {
            Ok(seal) => Ok(Self::Read(Box::new(seal.get().0.clone()))),
            Err(_) => object.extract().map(Self::Content),
        }
    }
}

impl SealSource {
    /// The seal.
    pub(crate) fn read(self) -> Result<seal::Seal, Fault> {
        match self {
            Self::Read(seal) => Ok(*seal),
            Self::Content(source) => Ok(seal::Seal::from_der(&source.read()?)?),
        }
    }
}
