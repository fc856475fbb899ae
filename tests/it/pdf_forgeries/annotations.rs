//! Evil annotations: comments that paint over a certified page, under each permission.

use yinxin::verify::{CheckCode, Reason};

use super::base::{Base, PAGE};
use super::{CHANGED_CERTIFIED, Forgery};
use crate::pki::{Update, stream};

/// An author permits comments; the policy of an office does not.
const NOT_ADMITTED: [(CheckCode, Reason); 2] = [
    (CheckCode::PdfModification, Reason::ChangeNotAdmitted),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];
const NOT_PERMITTED: [(CheckCode, Reason); 3] = [
    (CheckCode::PdfModification, Reason::ChangeNotAdmitted),
    (CheckCode::PdfPermission, Reason::PermissionDenied),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];

/// A page with one more annotation.
pub(super) fn annotated(annotation: &str) -> Update {
    Update::new()
        .object(3, PAGE.replace("12 0 R]", "12 0 R 61 0 R]"))
        .object(61, annotation)
        .object(
            62,
            stream(
                "/Type/XObject/Subtype/Form/BBox[0 0 300 40]",
                "1 g 0 0 300 40 re f",
            ),
        )
}

pub(super) fn annotation(subtype: &str, more: &str) -> String {
    format!("<</Type/Annot/Subtype/{subtype}/Rect[70 690 370 730]/F 4/AP<</N 62 0 R>>{more}>>")
}

pub(super) fn forgeries() -> Vec<Forgery> {
    let commentable = Base::certified(3).signed();
    let over = |name, solely, subtype: &str| {
        let bytes = commentable
            .update(annotated(&annotation(subtype, "")))
            .bytes;
        Forgery::new(
            name,
            solely,
            bytes,
            &NOT_ADMITTED,
            "object 61 0: annotation",
        )
    };
    let acting = |name, solely, subtype: &str, more: &str| {
        let bytes = commentable
            .update(annotated(&annotation(subtype, more)))
            .bytes;
        Forgery::new(
            name,
            solely,
            bytes,
            &CHANGED_CERTIFIED,
            "object 61 0: action_added",
        )
    };
    let text = annotation("FreeText", "/Contents(Pay 900)");
    let strict = |p| Base::certified(p).signed().update(annotated(&text)).bytes;
    // A page that was certified with a comment on it.
    let noted = Base::certified(3);
    let noted = noted.signed_with(
        noted
            .update()
            .object(3, PAGE.replace("12 0 R]", "12 0 R 61 0 R]"))
            .object(61, annotation("Stamp", ""))
            .object(
                62,
                stream("/Type/XObject/Subtype/Form/BBox[0 0 300 40]", ""),
            ),
    );
    let array = Base::certified(3);
    let array = array.signed_with(
        array
            .update()
            .object(
                3,
                PAGE.replace("/Annots[7 0 R 9 0 R 10 0 R 12 0 R]", "/Annots 63 0 R"),
            )
            .object(63, "[7 0 R 9 0 R 10 0 R 12 0 R]"),
    );
    vec![
        over(
            "eaa-free-text",
            "a text is written over the certified page",
            "FreeText",
        ),
        over("eaa-stamp", "a stamp covers the certified page", "Stamp"),
        over(
            "eaa-square",
            "a filled square covers the certified page",
            "Square",
        ),
        over("eaa-line", "a thick line covers the certified page", "Line"),
        over("eaa-ink", "ink covers the certified page", "Ink"),
        over(
            "eaa-highlight",
            "a highlight covers the certified page",
            "Highlight",
        ),
        Forgery::new(
            "eaa-array",
            "a comment is added to a list of annotations that is an object of its own",
            array
                .update(
                    Update::new()
                        .object(63, "[7 0 R 9 0 R 10 0 R 12 0 R 61 0 R]")
                        .object(
                            61,
                            "<</Type/Annot/Subtype/Text/Rect[70 690 370 730]/Contents(x)>>",
                        ),
                )
                .bytes,
            &NOT_ADMITTED,
            "object 61 0: annotation",
        ),
        Forgery::new(
            "eaa-under-2",
            "a text is written although the author permits form filling only",
            strict(2),
            &NOT_PERMITTED,
            "object 61 0: annotation",
        ),
        Forgery::new(
            "eaa-under-1",
            "a text is written although the author permits nothing",
            strict(1),
            &NOT_PERMITTED,
            "object 61 0: annotation",
        ),
        acting(
            "eaa-link",
            "a link covers the certified page",
            "Link",
            "/A<</S/URI/URI(x)>>",
        ),
        acting(
            "eaa-comment-acts",
            "a comment acts when it is used",
            "Text",
            "/A<</S/URI/URI(x)>>",
        ),
        acting(
            "eaa-redact",
            "a redaction is prepared over the certified page",
            "Redact",
            "",
        ),
        acting(
            "eaa-file",
            "a file is attached to the certified page",
            "FileAttachment",
            "",
        ),
        Forgery::new(
            "eaa-widget",
            "a widget of no field covers the certified page",
            commentable
                .update(annotated(&annotation("Widget", "/FT/Tx/T(x)")))
                .bytes,
            &CHANGED_CERTIFIED,
            "object 61 0: widget_added",
        ),
        Forgery::new(
            "eaa-removed",
            "a comment is taken off the certified page",
            noted.update(Update::new().object(3, PAGE)).bytes,
            &CHANGED_CERTIFIED,
            "object 3 0: annotation_removed",
        ),
        Forgery::new(
            "eaa-appearance",
            "what a certified comment shows is drawn anew",
            noted
                .update(Update::new().object(
                    62,
                    stream(
                        "/Type/XObject/Subtype/Form/BBox[0 0 300 40]",
                        "1 g 0 0 300 40 re f",
                    ),
                ))
                .bytes,
            &CHANGED_CERTIFIED,
            "object 62 0: content_changed",
        ),
    ]
}
