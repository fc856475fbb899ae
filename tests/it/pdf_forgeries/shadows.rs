//! Shadows: what will be shown later is prepared in the signed document. Hide takes a cover away,
//! replace overwrites what is shown, hide-and-replace switches to what was hidden.

use yinxin::verify::{CheckCode, Reason};

use super::base::{Base, FONT, FORM, PAGE, TEXT_FIELD, content, shown};
use super::{CHANGED, Forgery};
use crate::pki::{Update, stream};

const SHOWS_OTHER: [(CheckCode, Reason); 2] = [
    (CheckCode::PdfModification, Reason::AppearanceDiffers),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];
/// An author forbids what is not a form fill, too.
const SHOWS_OTHER_CERTIFIED: [(CheckCode, Reason); 3] = [
    (CheckCode::PdfModification, Reason::AppearanceDiffers),
    (CheckCode::PdfPermission, Reason::PermissionDenied),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];
const NOT_ADMITTED: [(CheckCode, Reason); 2] = [
    (CheckCode::PdfModification, Reason::ChangeNotAdmitted),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];

pub(super) fn forgeries() -> Vec<Forgery> {
    let families = [hide(), replace(), fields(), hide_and_replace()];
    families.into_iter().flatten().collect()
}

fn hide() -> Vec<Forgery> {
    let base = Base::default().signed();
    let layered = Base {
        catalog: "/OCProperties 16 0 R",
        ..Base::default()
    };
    let layers = |off: &str| format!("<</OCGs[17 0 R]/D<</ON[]/OFF[{off}]>>>>");
    let layered = layered.signed_with(
        layered
            .update()
            .object(16, layers(""))
            .object(17, "<</Type/OCG/Name(cover)>>"),
    );
    let updated = |name, solely, update, cause| {
        Forgery::new(name, solely, base.update(update).bytes, &CHANGED, cause)
    };
    let nothing = stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "");
    vec![
        updated(
            "hide-cover-emptied",
            "the object that covers the content is emptied",
            Update::new().object(13, nothing),
            "object 13 0: content_changed",
        ),
        updated(
            "hide-cover-freed",
            "the object that covers the content is freed",
            Update::new().free(13),
            "object 13 0: object_removed",
        ),
        updated(
            "hide-cover-null",
            "the object that covers the content becomes null",
            Update::new().object(13, "null"),
            "object 13 0: object_removed",
        ),
        updated(
            "hide-resource-renamed",
            "the page's resources lose the cover",
            Update::new().object(3, PAGE.replace("/Cover 13", "/Other 13")),
            "object 3 0: page_changed",
        ),
        Forgery::new(
            "hide-layer-off",
            "the layer of the cover is switched off",
            layered
                .update(Update::new().object(16, layers("17 0 R")))
                .bytes,
            &CHANGED,
            "object 16 0: content_changed",
        ),
        updated(
            "hide-layers-added",
            "the catalog gains layers",
            Update::new().object(
                1,
                "<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/OCProperties<</OCGs[]/D<<>>>>>>",
            ),
            "object 1 0: catalog_changed",
        ),
    ]
}

fn replace() -> Vec<Forgery> {
    let base = Base::default().signed();
    let updated = |name, solely, update, cause| {
        Forgery::new(name, solely, base.update(update).bytes, &CHANGED, cause)
    };
    vec![
        updated(
            "replace-font",
            "the font of the page becomes another one",
            Update::new().object(5, FONT.replace("Helvetica", "ZapfDingbats")),
            "object 5 0: content_changed",
        ),
        updated(
            "replace-font-encoding",
            "the font of the page shows other letters for the same codes",
            Update::new().object(
                5,
                FONT.replace(">>", "/Encoding<</Differences[49/nine/zero]>>>>"),
            ),
            "object 5 0: content_changed",
        ),
        updated(
            "replace-form-font",
            "the font that fields share becomes another one",
            Update::new()
                .object(6, FORM.replace("/Helv 5 0 R", "/Helv 21 0 R"))
                .object(21, FONT.replace("Helvetica", "ZapfDingbats")),
            "object 6 0: form_changed",
        ),
        updated(
            "replace-viewer-draws",
            "viewers are told to draw all fields anew",
            Update::new().object(
                6,
                FORM.replace("/SigFlags 3", "/SigFlags 3/NeedAppearances true"),
            ),
            "object 6 0: form_changed",
        ),
        updated(
            "replace-default-appearance",
            "the form's text becomes white",
            Update::new().object(6, FORM.replace("0 g", "1 g")),
            "object 6 0: form_changed",
        ),
        updated(
            "replace-form-xfa",
            "the form gains a description that viewers prefer",
            Update::new().object(6, FORM.replace("/SigFlags 3", "/SigFlags 3/XFA(x)")),
            "object 6 0: form_changed",
        ),
        updated(
            "replace-field-moved",
            "a field is laid over the page's text",
            Update::new().object(
                9,
                TEXT_FIELD.replace("[72 600 300 620]", "[72 690 300 730]"),
            ),
            "object 9 0: field_changed",
        ),
        updated(
            "replace-field-unhidden",
            "a field's flags change",
            Update::new().object(9, TEXT_FIELD.replace("/F 4", "/F 68")),
            "object 9 0: field_changed",
        ),
        updated(
            "replace-field-background",
            "a field gains a ground that covers what is below",
            Update::new().object(9, TEXT_FIELD.replace("/F 4", "/F 4/MK<</BG[1]>>")),
            "object 9 0: field_changed",
        ),
        updated(
            "replace-field-script",
            "a field gains an action",
            Update::new().object(9, TEXT_FIELD.replace("/F 4", "/F 4/AA<</K<<>>>>")),
            "object 9 0: field_changed",
        ),
    ]
}

/// Values and what is shown for them.
fn fields() -> Vec<Forgery> {
    let base = Base::default().signed();
    let form = Base::certified(2).signed();
    let shows_other = |name, solely, update| {
        let bytes = base.update(update).bytes;
        Forgery::new(
            name,
            solely,
            bytes,
            &SHOWS_OTHER,
            "object 9 0: appearance_differs",
        )
    };
    let filled = |name, solely, update| {
        let bytes = form.update(update).bytes;
        let cause = "appearance_differs";
        Forgery::new(name, solely, bytes, &SHOWS_OTHER_CERTIFIED, cause)
    };
    let value = TEXT_FIELD.replace("(100)", "(900)");
    let own_font = |font: &str| {
        stream(
            &format!("/Type/XObject/Subtype/Form/BBox[0 0 228 20]/Resources<</Font<</F {font}>>>>"),
            "BT /F 12 Tf 2 5 Td (900) Tj ET",
        )
    };
    vec![
        shows_other(
            "replace-appearance",
            "a field shows something else, and its value stays",
            Update::new().object(11, shown("900")),
        ),
        shows_other(
            "replace-appearance-reference",
            "a field shows another stream, and its value stays",
            Update::new()
                .object(9, TEXT_FIELD.replace("11 0 R", "21 0 R"))
                .object(21, shown("900")),
        ),
        Forgery::new(
            "replace-value",
            "a field is filled in although nobody permits it",
            base.update(Update::new().object(9, &value).object(11, shown("900"))).bytes,
            &NOT_ADMITTED,
            "object 9 0: form_fill",
        ),
        filled(
            "replace-value-unseen",
            "a field has another value, and shows the old one",
            Update::new().object(9, &value),
        ),
        filled(
            "replace-value-and-show-third",
            "a field has another value, and shows neither it nor the old one",
            Update::new().object(9, &value).object(11, shown("500")),
        ),
        filled(
            "replace-value-picture",
            "a field shows its value, and a picture over it",
            Update::new().object(9, &value).object(
                11,
                stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 228 20]/Resources<</XObject<</C 13 0 R>>>>",
                    "BT /Helv 12 Tf (900) Tj ET /C Do",
                ),
            ),
        ),
        filled(
            "replace-value-curves",
            "a field shows its value, and draws letters",
            Update::new().object(9, &value).object(
                11,
                stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 228 20]",
                    "BT /Helv 12 Tf (900) Tj ET 1 1 m 2 3 4 5 6 7 c f",
                ),
            ),
        ),
        filled(
            "replace-value-font-program",
            "a field shows its value in a font of its own",
            Update::new()
                .object(9, &value)
                .object(11, own_font("21 0 R"))
                .object(21, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FontDescriptor 22 0 R>>")
                .object(22, "<</Type/FontDescriptor/FontName/Helvetica>>"),
        ),
        filled(
            "replace-value-font-map",
            "a field shows its value in a font that maps codes as it likes",
            Update::new().object(9, &value).object(
                11,
                own_font("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[57/one]>>>>"),
            ),
        ),
        filled(
            "replace-value-touched",
            "a field shows something else when it is touched",
            Update::new()
                .object(9, value.replace("/AP<</N 11 0 R>>", "/AP<</N 11 0 R/D 21 0 R>>"))
                .object(11, shown("900"))
                .object(21, shown("500")),
        ),
        Forgery::new(
            "replace-box-state",
            "the state of a box that is shown is drawn anew",
            form.update(Update::new().object(
                15,
                stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f"),
            ))
            .bytes,
            &super::CHANGED_CERTIFIED,
            "object 15 0: content_changed",
        ),
        filled(
            "replace-box-contradiction",
            "a box shows that it is ticked, and its value says that it is not",
            Update::new().object(
                12,
                "<</Type/Annot/Subtype/Widget/FT/Btn/T(agreed)/F 4/Rect[72 560 81 569]/P 3 0 R\
                 /V/Off/AS/Yes/AP<</N<</Yes 14 0 R/Off 15 0 R>>>>>>",
            ),
        ),
    ]
}

fn hide_and_replace() -> Vec<Forgery> {
    // A second document stands in the signed bytes.
    let second = |update: Update| {
        update
            .object(31, "<</Type/Catalog/Pages 32 0 R/AcroForm 6 0 R>>")
            .object(32, "<</Type/Pages/Kids[33 0 R]/Count 1>>")
            .object(
                33,
                "<</Type/Page/Parent 32 0 R/MediaBox[0 0 595 842]/Contents 34 0 R/Resources<<>>>>",
            )
            .object(34, content("Pay 900"))
    };
    let hiding = Base::default().signed_with(second(Base::default().update()));
    // The page names a second stream of content that does not exist yet.
    let waiting = Base::default().signed_with(Base::default().update().object(
        3,
        PAGE.replace("/Contents 4 0 R", "/Contents[4 0 R 40 0 R]"),
    ));
    // A comment that nothing shows yet.
    let comment =
        "<</Type/Annot/Subtype/FreeText/Rect[72 690 300 730]/F 4/DA(/Helv 12 Tf)/Contents(900)>>";
    let commented = Base::default().signed_with(Base::default().update().object(41, comment));
    let field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(third)/F 132/Rect[72 690 300 730]/P 3 0 R>>";
    let fielded = Base::default().signed_with(Base::default().update().object(42, field));
    let made = |name, solely, bytes, cause| Forgery::new(name, solely, bytes, &CHANGED, cause);
    vec![
        made(
            "hide-replace-root",
            "the trailer switches to a catalog that is hidden in the signed bytes",
            hiding
                .update(
                    Update::new()
                        .object(50, "null")
                        .trailer("/Root 31 0 R/Info 20 0 R"),
                )
                .bytes,
            "catalog_changed",
        ),
        made(
            "hide-replace-pages",
            "the catalog switches to pages that are hidden in the signed bytes",
            hiding
                .update(Update::new().object(1, "<</Type/Catalog/Pages 32 0 R/AcroForm 6 0 R>>"))
                .bytes,
            "object 1 0: catalog_changed",
        ),
        made(
            "hide-replace-contents",
            "the page switches to content that is hidden in the signed bytes",
            hiding
                .update(
                    Update::new().object(3, PAGE.replace("/Contents 4 0 R", "/Contents 34 0 R")),
                )
                .bytes,
            "object 3 0: page_changed",
        ),
        made(
            "hide-replace-gap",
            "an object is added that the signed page was waiting for",
            waiting
                .update(Update::new().object(40, content("Pay 900")))
                .bytes,
            "object 40 0: gap_filled",
        ),
        made(
            "hide-replace-comment",
            "the page shows an annotation that is hidden in the signed bytes",
            commented
                .update(Update::new().object(3, PAGE.replace("12 0 R]", "12 0 R 41 0 R]")))
                .bytes,
            "object 41 0: hidden_content_shown",
        ),
        made(
            "hide-replace-field",
            "the form takes up a field that is hidden in the signed bytes",
            fielded
                .update(Update::new().object(6, FORM.replace("12 0 R]/Sig", "12 0 R 42 0 R]/Sig")))
                .bytes,
            "object 42 0: hidden_content_shown",
        ),
    ]
}
