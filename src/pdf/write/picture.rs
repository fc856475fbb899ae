//! PNG pictures as image objects with a soft mask.

use pdf_writer::{Chunk, Filter, Name, Ref};

use super::deflate;
use crate::error::{Error, Result};
use crate::pdf::limits;

/// A decoded picture: colours and, if it is not opaque, its alpha channel, both deflated.
pub(crate) struct Picture {
    width: i32,
    height: i32,
    colours: Vec<u8>,
    alpha: Option<Vec<u8>>,
}

impl Picture {
    /// Decodes a PNG of at most 16 million pixels.
    pub(crate) fn from_png(png: &[u8]) -> Result<Self> {
        check_size(png)?;
        let pixmap = tiny_skia::Pixmap::decode_png(png)
            .map_err(|_| Error::malformed("the picture is no PNG that can be read"))?;
        let (width, height) = (pixmap.width(), pixmap.height());
        let pixels = pixmap.take_demultiplied();
        let (pixels, _) = pixels.as_chunks::<4>();
        let colours: Vec<u8> = pixels
            .iter()
            .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
            .collect();
        let alpha: Vec<u8> = pixels.iter().map(|[_, _, _, alpha]| *alpha).collect();
        let opaque = alpha.iter().all(|alpha| *alpha == u8::MAX);
        let too_large = |_| Error::limit("picture pixels", limits::PIXELS);
        Ok(Self {
            width: i32::try_from(width).map_err(too_large)?,
            height: i32::try_from(height).map_err(too_large)?,
            colours: deflate(&colours)?,
            alpha: if opaque { None } else { Some(deflate(&alpha)?) },
        })
    }

    /// Width and height in pixels.
    pub(crate) fn size(&self) -> (i32, i32) {
        (self.width, self.height)
    }

    /// Deflated samples, eight bits each: red, green and blue; and alpha unless opaque.
    pub(crate) fn samples(&self) -> (&[u8], Option<&[u8]>) {
        (&self.colours, self.alpha.as_deref())
    }

    pub(super) fn write(&self, chunk: &mut Chunk, next: &mut Ref) -> Ref {
        let image = next.bump();
        let mask = self.alpha.as_ref().map(|alpha| {
            let mask = next.bump();
            self.write_samples(chunk, mask, alpha, b"DeviceGray", None);
            mask
        });
        self.write_samples(chunk, image, &self.colours, b"DeviceRGB", mask);
        image
    }

    fn write_samples(
        &self,
        chunk: &mut Chunk,
        id: Ref,
        samples: &[u8],
        space: &[u8],
        mask: Option<Ref>,
    ) {
        let mut image = chunk.image_xobject(id, samples);
        image.filter(Filter::FlateDecode);
        image
            .width(self.width)
            .height(self.height)
            .bits_per_component(8);
        image.color_space_name(Name(space));
        if let Some(mask) = mask {
            image.s_mask(mask);
        }
    }
}

/// Looks at the header before anything is allocated for the pixels.
fn check_size(png: &[u8]) -> Result<()> {
    let size = |at: usize| {
        let bytes = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map(u32::from_be_bytes).map(u64::from)
    };
    match (size(16), size(20)) {
        (Some(width), Some(height)) if width * height <= limits::PIXELS => Ok(()),
        (Some(_), Some(_)) => Err(Error::limit("picture pixels", limits::PIXELS)),
        _ => Err(Error::malformed("the picture is no PNG that can be read")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn huge_and_broken_pictures_are_refused() {
        let mut png = tiny_skia::Pixmap::new(2, 2).unwrap().encode_png().unwrap();
        assert!(Picture::from_png(&png).unwrap().alpha.is_some());
        assert!(Picture::from_png(&png[..40]).is_err());
        assert!(Picture::from_png(b"").is_err());
        png[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
        let Err(error) = Picture::from_png(&png) else {
            panic!()
        };
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
        png[16..24].copy_from_slice(&[0xff; 8]);
        assert!(Picture::from_png(&png).is_err());
    }
}
