//! Signature wrapping: the signed bytes stay, and others are put where the range leaves room. And
//! encryption put around what is signed.

use yinxin::verify::{CheckCode, Reason};

use super::base::Base;
use super::{Forgery, RANGE};
use crate::pki::{Forge, Update, rfind};

const AMBIGUOUS: [(CheckCode, Reason); 1] = [(CheckCode::ContainerAmbiguous, Reason::TwoDocuments)];

fn numbers(base: &Forge) -> (String, [usize; 3]) {
    let at = rfind(&base.bytes, b"/ByteRange[0 ");
    let text = String::from_utf8_lossy(&base.bytes[at..at + 60]).into_owned();
    let range = text[..=text.find(']').unwrap()].to_owned();
    let mut numbers = range["/ByteRange[0 ".len()..range.len() - 1]
        .split_whitespace()
        .map(|number| number.parse().unwrap());
    let [before, after, length] = [(); 3].map(|()| numbers.next().unwrap());
    (range, [before, after, length])
}

/// The signed second part moved back by what is put before it, behind the value.
fn wrapped(base: &Forge, inserted: &str) -> Vec<u8> {
    let (range, [before, after, length]) = numbers(base);
    let to = format!("/ByteRange[0 {before} {} {length}]", after + inserted.len());
    let bytes = base.overwritten(&range, &to);
    [&bytes[..after], inserted.as_bytes(), &bytes[after..]].concat()
}

/// A wrapped file with a table that is right for it, in the gap, so that readers see it.
fn wrapped_with_table(base: &Forge) -> Vec<u8> {
    let (_, [_, after, _]) = numbers(base);
    let content = super::base::content("Pay 900");
    let mut gap = String::from(">>\nendobj\n");
    let offset = after + gap.len();
    gap += &format!("4 0 obj\n{content}\nendobj\n");
    let section = after + gap.len();
    gap += &format!(
        "xref\n4 1\n{offset:010} 00000 n \ntrailer\n<</Size 100/Root 1 0 R/Prev {}>>\nstartxref\n{section}\n%%EOF\n<",
        base.section.unwrap()
    );
    wrapped(base, &gap)
}

pub(super) fn forgeries() -> Vec<Forgery> {
    let base = Base::default().signed();
    let (range, [before, after, length]) = numbers(&base);
    // Room for the attacker was kept in the signed value's padding: the hexadecimal ends early.
    let padded = {
        let mut bytes = base.bytes.clone();
        let inserted = b">/X(attacker)/Y<";
        let at = after - 200;
        bytes[at..at + inserted.len()].copy_from_slice(inserted);
        bytes
    };
    let garbage = {
        let mut bytes = base.bytes.clone();
        bytes[after - 40..after - 36].copy_from_slice(b"dead");
        bytes
    };
    let widened = |from: usize, to: usize| {
        let end = after + length;
        let bytes = base.overwritten(&range, &format!("/ByteRange[0 {from} {to} {}]", end - to));
        // What the wider gap holds may be anything.
        bytes
    };
    let value = String::from_utf8_lossy(&base.bytes[before..after]).into_owned();
    let copied = base.update(
        Update::new()
            .object(10, super::base::EMPTY_SIGNATURE.replace(">>", "/V 21 0 R>>"))
            .object(
                21,
                format!("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached{range}/Contents{value}>>"),
            ),
    );
    vec![
        Forgery::new(
            "swa-moved-part",
            "the signed second part was moved, and its table leads astray",
            wrapped(&base, " /X (attacker) "),
            &super::MALFORMED,
            "",
        ),
        Forgery::new(
            "swa-table-in-gap",
            "a whole update stands in the gap, before the signed second part",
            wrapped_with_table(&base),
            &super::MALFORMED,
            "",
        ),
        Forgery::new(
            "swa-padding",
            "an entry was written into the padding of the value",
            padded,
            &RANGE,
            "gap",
        ),
        Forgery::new(
            "swa-gap-wider-before",
            "the gap begins before the value",
            widened(before - 1, after),
            &RANGE,
            "gap",
        ),
        Forgery::new(
            "swa-gap-wider-after",
            "the gap ends behind the value",
            widened(before, after + 1),
            &RANGE,
            "gap",
        ),
        Forgery::new(
            "swa-gap-inside",
            "the delimiters of the value are counted as signed",
            widened(before + 1, after - 1),
            &RANGE,
            "gap",
        ),
        Forgery::new(
            "swa-value-copied",
            "a later dictionary carries the range and value of the signed one",
            copied.bytes,
            &[(CheckCode::PdfByteRange, Reason::RangeWrong)],
            "gap",
        ),
        Forgery::new(
            "swa-garbage-behind-value",
            "other bytes than zeros follow the message in the value",
            garbage,
            &[
                (CheckCode::SignatureValue, Reason::Malformed),
                (CheckCode::CoverageDocument, Reason::NoCoveringSignature),
            ],
            "",
        ),
        Forgery::new(
            "swa-zip-behind",
            "a package for another reader follows the signed file",
            [base.bytes.as_slice(), b"PK\x03\x04 and more"].concat(),
            &AMBIGUOUS,
            "",
        ),
        Forgery::new(
            "swa-header-before",
            "another header stands before the signed file",
            [b"GIF89a\n", base.bytes.as_slice()].concat(),
            &super::MALFORMED,
            "",
        ),
    ]
}

/// Encryption that a later revision brings, drops or changes.
pub(super) fn encrypted() -> Vec<Forgery> {
    let base = Base::default().signed();
    let dictionary = "<</Filter/Standard/V 4/R 4/Length 128/P -4/CF<<>>/StmF/Identity/StrF/Identity\
        /O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671>\
        /U<4ce462854e8df78de5f814850ddb996d0122456a91bae5134273a6db134c87c4>>>";
    let identifier = "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]";
    let root = "/Root 1 0 R/Info 20 0 R";
    let update = |trailer: &str| {
        Update::new()
            .object(21, dictionary)
            .trailer(&format!("{root}{trailer}"))
    };
    let whole = |trailer: &str| {
        let update = Base::default().update().object(21, dictionary);
        Forge::new(&format!("{root}{trailer}"))
            .update(update)
            .signed()
    };
    let encrypted = whole(&format!("/Encrypt 21 0 R{identifier}"));
    let foreign = |from: &str, to: &str| {
        let update = Base::default()
            .update()
            .object(21, dictionary.replace(from, to));
        let trailer = format!("{root}/Encrypt 21 0 R{identifier}");
        Forge::new(&trailer).update(update).signed().bytes
    };
    let open = |reason| [(CheckCode::ContainerFormat, reason)];
    let wrapper = Base {
        catalog: "/Collection<</Type/Collection/View/H/D(payload)>>\
            /AF[<</Type/Filespec/F(payload)/AFRelationship/EncryptedPayload/EF<</F 21 0 R>>>>]",
        ..Base::default()
    };
    let payload = crate::pki::stream("/Type/EmbeddedFile", "what a viewer would open");
    let wrapped = wrapper.signed_with(wrapper.update().object(21, payload));
    vec![
        Forgery::new(
            "wrapper-added",
            "a later revision turns encryption on",
            base.update(update(&format!("/Encrypt 21 0 R{identifier}")))
                .bytes,
            &AMBIGUOUS,
            "encryption_changed",
        ),
        Forgery::new(
            "wrapper-added-direct",
            "a later revision turns encryption on, in its trailer",
            base.update(update(&format!("/Encrypt {dictionary}{identifier}")))
                .bytes,
            &AMBIGUOUS,
            "encryption_changed",
        ),
        Forgery::new(
            "wrapper-dropped",
            "a later revision turns encryption off",
            encrypted
                .update(Update::new().object(22, "null").trailer(root))
                .bytes,
            &AMBIGUOUS,
            "encryption_changed",
        ),
        Forgery::new(
            "wrapper-other-dictionary",
            "a later revision names another encryption dictionary",
            encrypted
                .update(
                    Update::new()
                        .object(22, dictionary)
                        .trailer(&format!("{root}/Encrypt 22 0 R{identifier}")),
                )
                .bytes,
            &AMBIGUOUS,
            "encryption_changed",
        ),
        Forgery::new(
            "wrapper-rewritten-dictionary",
            "a later revision rewrites the encryption dictionary",
            encrypted.update(Update::new().object(21, dictionary)).bytes,
            &AMBIGUOUS,
            "encryption_changed",
        ),
        Forgery::new(
            "wrapper-other-identifier",
            "a later revision changes the identifier that the key depends on",
            encrypted
                .update(
                    Update::new()
                        .object(22, "null")
                        .trailer(&format!("{root}/Encrypt 21 0 R/ID[<ff><ff>]")),
                )
                .bytes,
            &AMBIGUOUS,
            "encryption_changed",
        ),
        Forgery::new(
            "wrapper-no-password",
            "the file does not open with the password at hand",
            encrypted.bytes,
            &open(Reason::PasswordNeeded),
            "password",
        ),
        Forgery::new(
            "wrapper-foreign-handler",
            "the file is encrypted by an unknown handler",
            foreign("/Filter/Standard", "/Filter/Example.Handler"),
            &open(Reason::Unsupported),
            "handler",
        ),
        Forgery::new(
            "wrapper-altered-permissions",
            "revision and version of the encryption do not go together",
            foreign("/V 4/R 4", "/V 5/R 4"),
            &open(Reason::Unsupported),
            "encryption",
        ),
        Forgery::new(
            "wrapper-document",
            "what a viewer opens is a payload inside the signed wrapper",
            wrapped.bytes,
            &open(Reason::Unsupported),
            "payload",
        ),
    ]
}
