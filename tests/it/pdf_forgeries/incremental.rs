//! Incremental saving: something is appended, with more or less of what an update needs.

use yinxin::verify::{CheckCode, Reason};

use super::base::{Base, FORM, HIDDEN_CONTENT, PAGE, content};
use super::{CHANGED, Forgery, MALFORMED};
use crate::pki::{Update, rfind};

const STRAY: [(CheckCode, Reason); 2] = [
    (CheckCode::PdfModification, Reason::StrayBytes),
    (CheckCode::CoverageDocument, Reason::LaterVersion),
];

pub(super) fn forgeries() -> Vec<Forgery> {
    let base = Base::default().signed();
    let section = base.section.unwrap();
    let updated = |name, solely, update, cause| {
        Forgery::new(name, solely, base.update(update).bytes, &CHANGED, cause)
    };
    let appended = |name, solely, tail: String| {
        let bytes = [base.bytes.as_slice(), tail.as_bytes()].concat();
        Forgery::new(name, solely, bytes, &MALFORMED, "")
    };
    let body = format!("4 0 obj\n{}\nendobj\n", content("Pay 900"));
    // A copy of the page's content in the signed bytes, which no table lists.
    let hiding = Base::default().signed_with(Base::default().update().stray(HIDDEN_CONTENT));
    let hidden = rfind(&hiding.bytes, HIDDEN_CONTENT.as_bytes());
    let first = Base::default().signed();
    let dss = first.update(Update::new().object(
        1,
        "<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/DSS<</Certs[]>>>>",
    ));
    vec![
        appended(
            "isa-body-only",
            "an object follows the end of the file",
            body.clone(),
        ),
        appended(
            "isa-no-table",
            "the update has a trailer but no table",
            format!("{body}trailer\n<</Size 100/Root 1 0 R/Prev {section}>>\nstartxref\n{section}\n%%EOF\n"),
        ),
        appended(
            "isa-no-trailer",
            "the update has a table but no trailer",
            format!(
                "{body}xref\n4 1\n{:010} 00000 n \nstartxref\n{}\n%%EOF\n",
                base.bytes.len(),
                base.bytes.len() + body.len()
            ),
        ),
        appended(
            "isa-old-startxref",
            "the appended part names the signed table as its own",
            format!("{body}startxref\n{section}\n%%EOF\n"),
        ),
        appended(
            "isa-end-without-marker",
            "a table and trailer follow without an end marker",
            format!("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 100/Root 1 0 R/Prev {section}>>\nstartxref\n{}\n", base.bytes.len()),
        ),
        appended(
            "isa-table-elsewhere",
            "startxref of the appended part leads into its object",
            format!("{body}startxref\n{}\n%%EOF\n", base.bytes.len() + 9),
        ),
        updated(
            "isa-content",
            "an update replaces the page's content",
            Update::new().object(4, content("Pay 900")),
            "object 4 0: content_changed",
        ),
        updated(
            "isa-page",
            "an update gives the page another content stream",
            Update::new()
                .object(3, PAGE.replace("/Contents 4 0 R", "/Contents 21 0 R"))
                .object(21, content("Pay 900")),
            "object 3 0: page_changed",
        ),
        updated(
            "isa-pages",
            "an update adds a page",
            Update::new()
                .object(2, "<</Type/Pages/Kids[3 0 R 21 0 R]/Count 2>>")
                .object(21, PAGE.replace("/Contents 4 0 R", "/Contents 22 0 R"))
                .object(22, content("And pay 900")),
            "object 2 0: content_changed",
        ),
        updated(
            "isa-catalog",
            "an update gives the catalog another page tree",
            Update::new()
                .object(1, "<</Type/Catalog/Pages 21 0 R/AcroForm 6 0 R>>")
                .object(21, "<</Type/Pages/Kids[22 0 R]/Count 1>>")
                .object(22, PAGE.replace("/Parent 2 0 R", "/Parent 21 0 R")),
            "object 1 0: catalog_changed",
        ),
        updated(
            "isa-root",
            "the trailer of an update names another catalog",
            Update::new()
                .object(21, "<</Type/Catalog/Pages 22 0 R/AcroForm 6 0 R>>")
                .object(22, "<</Type/Pages/Kids[3 0 R]/Count 1/Rotate 180>>")
                .trailer("/Root 21 0 R/Info 20 0 R"),
            "catalog_changed",
        ),
        updated(
            "isa-media-box",
            "an update crops the page",
            Update::new().object(3, PAGE.replace("[0 0 595 842]", "[0 0 595 400]")),
            "object 3 0: page_changed",
        ),
        updated(
            "isa-action",
            "an update adds an action that runs at opening",
            Update::new().object(
                1,
                "<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/OpenAction<</S/JavaScript/JS(x)>>>>",
            ),
            "object 1 0: catalog_changed",
        ),
        updated(
            "isa-title",
            "an update gives the document another title",
            Update::new().object(20, "<</Title(Another order)/Producer(made up)/ModDate(D:20261120100000Z)>>"),
            "object 20 0: information_changed",
        ),
        updated(
            "isa-freed",
            "an update frees the page's content",
            Update::new().free(4),
            "object 4 0: object_removed",
        ),
        updated(
            "isa-form-removed",
            "an update takes the signature field out of the form",
            Update::new().object(6, FORM.replace("[7 0 R 9 0 R ", "[9 0 R ")).object(
                7,
                "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/FT/Sig/T(first)/F 132/P 3 0 R/V 8 0 R>>",
            ),
            "field_removed",
        )
        .only(
            &[(CheckCode::DocumentSigned, Reason::SignatureRemoved)],
            "8 0",
        ),
        updated(
            "isa-value-replaced",
            "an update replaces the signature by an empty dictionary",
            Update::new().object(8, "<</Type/Sig/Filter/Adobe.PPKLite>>"),
            "",
        )
        .only(&super::RANGE, "missing"),
        Forgery::new(
            "isa-rollback",
            "the table of an update leads to a copy that is hidden in the signed bytes",
            hiding.update(Update::new().list(4, hidden)).bytes,
            &CHANGED,
            "object 4 0: content_changed",
        ),
        Forgery::new(
            "isa-unlisted",
            "an update holds an object that its table does not list",
            base.update(Update::new().object(21, "(harmless)").stray(&body)).bytes,
            &STRAY,
            "stray_bytes",
        ),
        Forgery::new(
            "isa-store-removed",
            "an update after the evidence takes the evidence away",
            dss.update(Update::new().object(1, Base::default().catalog())).bytes,
            &CHANGED,
            "object 1 0: catalog_changed",
        ),
    ]
}

impl Forgery {
    /// With other expectations than its kind's.
    fn only(mut self, expected: &[(CheckCode, Reason)], cause: &'static str) -> Self {
        self.expected = expected.to_vec();
        self.cause = cause;
        self
    }
}
