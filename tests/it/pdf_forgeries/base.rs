//! The honest document that forgeries start from.

use crate::pki::{Forge, Update, blank_signature, stream};

pub(super) const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
    /Resources<</Font<</F1 5 0 R>>/XObject<</Cover 13 0 R>>>>/Annots[7 0 R 9 0 R 10 0 R 12 0 R]>>";
pub(super) const FORM: &str = "<</Fields[7 0 R 9 0 R 10 0 R 12 0 R]/SigFlags 3\
    /DR<</Font<</Helv 5 0 R>>>>/DA(/Helv 12 Tf 0 g)>>";
pub(super) const TEXT_FIELD: &str = "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/F 4\
    /Rect[72 600 300 620]/P 3 0 R/DA(/Helv 12 Tf 0 g)/V(100)/AP<</N 11 0 R>>>>";
pub(super) const EMPTY_SIGNATURE: &str = "<</Type/Annot/Subtype/Widget/FT/Sig/T(second)/F 132\
    /Rect[72 100 200 140]/P 3 0 R>>";
pub(super) const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
/// Where hidden copies stand in the signed bytes, listed by no table.
pub(super) const HIDDEN_CONTENT: &str = "4 0 obj\n<</Length 44>>\nstream\nBT /F1 24 Tf 72 700 Td (Pay 900000) Tj ET   \nendstream\nendobj\n";

pub(super) fn content(text: &str) -> String {
    stream(
        "",
        &format!("BT /F1 24 Tf 72 700 Td ({text}) Tj ET /Cover Do"),
    )
}

/// What a text field shows.
pub(super) fn shown(text: &str) -> String {
    stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 228 20]/Resources<</Font<</Helv 5 0 R>>>>",
        &format!("/Tx BMC q BT /Helv 12 Tf 0 g 2 5 Td ({text}) Tj ET Q EMC"),
    )
}

/// How the base is signed.
#[derive(Clone, Copy, Default)]
pub(super) struct Base {
    /// `P` of an author's signature.
    pub(super) certify: Option<u8>,
    /// A FieldMDP reference's parameters.
    pub(super) lock: Option<&'static str>,
    /// More of the catalog.
    pub(super) catalog: &'static str,
}

impl Base {
    pub(super) fn certified(p: u8) -> Self {
        Self {
            certify: Some(p),
            ..Self::default()
        }
    }

    pub(super) fn catalog(self) -> String {
        let permissions = match self.certify {
            Some(_) => "/Perms<</DocMDP 8 0 R>>",
            None => "",
        };
        format!(
            "<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R{permissions}{}>>",
            self.catalog
        )
    }

    /// The objects of the base, waiting for its signature.
    pub(super) fn update(self) -> Update {
        let mut references = String::new();
        if let Some(p) = self.certify {
            references += &format!(
                "<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P {p}/V/1.2>>>>"
            );
        }
        if let Some(lock) = self.lock {
            references += &format!(
                "<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Type/TransformParams{lock}/V/1.2>>>>"
            );
        }
        let references = match references.as_str() {
            "" => String::new(),
            references => format!("/Reference[{references}]"),
        };
        let cover = stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 1 1]",
            "1 g 70 500 300 40 re f",
        );
        let box_state = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re s");
        Update::new()
            .object(1, self.catalog())
            .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .object(3, PAGE)
            .object(4, content("Pay 100"))
            .object(5, FONT)
            .object(6, FORM)
            .object(
                7,
                "<</Type/Annot/Subtype/Widget/FT/Sig/T(first)/F 132/Rect[0 0 0 0]/P 3 0 R/V 8 0 R>>",
            )
            .object(8, blank_signature(&references))
            .object(9, TEXT_FIELD)
            .object(10, EMPTY_SIGNATURE)
            .object(11, shown("100"))
            .object(
                12,
                "<</Type/Annot/Subtype/Widget/FT/Btn/T(agreed)/F 4/Rect[72 560 81 569]/P 3 0 R\
                 /V/Off/AS/Off/AP<</N<</Yes 14 0 R/Off 15 0 R>>>>>>",
            )
            .object(13, cover)
            .object(14, &box_state)
            .object(15, box_state)
            .object(20, "<</Title(An order)/Producer(made up)/ModDate(D:20261120100000Z)>>")
    }

    /// The signed document.
    pub(super) fn signed(self) -> Forge {
        self.signed_with(self.update())
    }

    pub(super) fn signed_with(self, update: Update) -> Forge {
        Forge::new("/Root 1 0 R/Info 20 0 R")
            .update(update)
            .signed()
    }
}
