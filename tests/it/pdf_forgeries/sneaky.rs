//! Sneaky signatures: a signature field, which certified documents admit, that shows what its
//! maker likes. Each is signed by a signer who is trusted.

use yinxin::verify::{CheckCode, Reason};

use super::base::{Base, EMPTY_SIGNATURE, FORM, PAGE};
use super::{CHANGED_CERTIFIED, Forgery};
use crate::pki::{Forge, Update, blank_signature, stream, world};

const FORBIDDEN: [(CheckCode, Reason); 1] = [(CheckCode::PdfPermission, Reason::PermissionDenied)];
const LOCKED: [(CheckCode, Reason); 1] = [(CheckCode::PdfPermission, Reason::FieldLocked)];

/// One more signature field, on the page and in the form.
pub(super) fn new_field(field: &str) -> Update {
    Update::new()
        .object(3, PAGE.replace("12 0 R]", "12 0 R 71 0 R]"))
        .object(6, FORM.replace("12 0 R]/Sig", "12 0 R 71 0 R]/Sig"))
        .object(71, field)
        .object(72, blank_signature(""))
        .object(
            73,
            stream(
                "/Type/XObject/Subtype/Form/BBox[0 0 300 40]",
                "1 g 0 0 300 40 re f",
            ),
        )
}

pub(super) fn field(rectangle: &str, more: &str) -> String {
    format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(third)/F 132/Rect{rectangle}/P 3 0 R/V 72 0 R{more}>>"
    )
}

pub(super) const SEEN: &str = "[70 690 370 730]";
pub(super) const UNSEEN: &str = "[0 0 0 0]";

fn second(base: &Forge, update: Update) -> Vec<u8> {
    base.update(update).signed_by(&world().other_signer).bytes
}

pub(super) fn forgeries() -> Vec<Forgery> {
    let over = field(SEEN, "/AP<</N 73 0 R>>");
    let covering = |p| second(&Base::certified(p).signed(), new_field(&over));
    let forbidden =
        |name, solely, bytes, cause| Forgery::new(name, solely, bytes, &FORBIDDEN, cause);
    let refused = |name, solely, update, cause| {
        let bytes = Base::certified(2).signed().update(update).bytes;
        Forgery::new(name, solely, bytes, &CHANGED_CERTIFIED, cause)
    };
    let locked = Base {
        lock: Some("/Action/Include/Fields[(second)]"),
        ..Base::certified(2)
    };
    let all_locked = Base {
        lock: Some("/Action/All"),
        ..Base::default()
    };
    let signed_second = EMPTY_SIGNATURE.replace(">>", "/V 72 0 R>>");
    let fill = || {
        Update::new()
            .object(10, &signed_second)
            .object(72, blank_signature(""))
    };
    vec![
        forbidden(
            "ssa-over-3",
            "a new signature covers a page whose author permits comments",
            covering(3),
            "object 71 0: signature",
        ),
        forbidden(
            "ssa-over-2",
            "a new signature covers a page whose author permits signing",
            covering(2),
            "object 71 0: signature",
        ),
        forbidden(
            "ssa-over-1",
            "a new signature covers a page whose author permits nothing",
            covering(1),
            "object 71 0: signature",
        ),
        forbidden(
            "ssa-ground",
            "the ground of a new signature's widget covers the page",
            second(
                &Base::certified(2).signed(),
                new_field(&field(SEEN, "/MK<</BG[1]>>")),
            ),
            "object 71 0: signature",
        ),
        forbidden(
            "ssa-unseen-1",
            "a document is signed although its author permits nothing",
            second(&Base::certified(1).signed(), new_field(&field(UNSEEN, ""))),
            "object 71 0: signature",
        ),
        forbidden(
            "ssa-empty-field-1",
            "an empty field is signed although the author permits nothing",
            second(&Base::certified(1).signed(), fill()),
            "object 10 0: signature",
        ),
        Forgery::new(
            "ssa-locked-field",
            "an empty field is signed that the author locked",
            second(&locked.signed(), fill()),
            &LOCKED,
            "object 10 0: signature",
        ),
        Forgery::new(
            "ssa-locked-all",
            "an empty field is signed although a signature locks every field",
            second(&all_locked.signed(), fill()),
            &LOCKED,
            "object 10 0: signature",
        ),
        refused(
            "ssa-not-signed",
            "a new signature field shows something, and is not signed",
            Update::new()
                .object(3, PAGE.replace("12 0 R]", "12 0 R 71 0 R]"))
                .object(6, FORM.replace("12 0 R]/Sig", "12 0 R 71 0 R]/Sig"))
                .object(71, over.replace("/V 72 0 R", ""))
                .object(
                    73,
                    stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "1 g"),
                ),
            "object 71 0: hidden_content_shown",
        ),
        refused(
            "ssa-empty-appearance",
            "an empty signature field shows something, and is not signed",
            Update::new()
                .object(10, EMPTY_SIGNATURE.replace(">>", "/AP<</N 73 0 R>>>>"))
                .object(
                    73,
                    stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "1 g"),
                ),
            "object 10 0: appearance_differs",
        )
        .reason(Reason::AppearanceDiffers),
        refused(
            "ssa-moved-field",
            "an empty signature field is laid over the page",
            Update::new().object(10, EMPTY_SIGNATURE.replace("[72 100 200 140]", SEEN)),
            "object 10 0: field_changed",
        ),
        refused(
            "ssa-text-field",
            "a new text field is put on the page",
            Update::new()
                .object(3, PAGE.replace("12 0 R]", "12 0 R 71 0 R]"))
                .object(6, FORM.replace("12 0 R]/Sig", "12 0 R 71 0 R]/Sig"))
                .object(
                    71,
                    over.replace("/FT/Sig", "/FT/Tx")
                        .replace("/V 72 0 R", "/V(900)"),
                )
                .object(
                    73,
                    stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", "1 g"),
                ),
            "object 71 0: field_added",
        ),
    ]
}

impl Forgery {
    /// With another reason for its modification.
    fn reason(mut self, reason: Reason) -> Self {
        self.expected[0].1 = reason;
        self
    }
}
