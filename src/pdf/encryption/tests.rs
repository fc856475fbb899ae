//! Dictionaries and strings as qpdf 11.3 wrote them, with the passwords `user` and `owner`.

use super::*;
use crate::error::ErrorKind;
use crate::pdf::syntax::{Parser, PdfString};

const IDENTIFIER: [u8; 16] = [
    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
];

/// Each with the encrypted form of `secret` in object 1.
const WRITTEN: [(&str, &str); 5] = [
    (
        "<</Filter/Standard/Length 40/O<94e8094419662a774442fb072e3d9f19e9d130ec09a4d0061e78fe920f7ab62f>\
         /P -4/R 2/U<b1f625689bca1356d125453c43cfa750c0296b5c271c03f1cc359fa658a4fa21>/V 1>>",
        "<da57959ed2ae>",
    ),
    (
        "<</Filter/Standard/Length 128/O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671>\
         /P -4/R 3/U<d798239dd347dc3afe3dd10515bb58430122456a91bae5134273a6db134c87c4>/V 2>>",
        "<af600b48552f>",
    ),
    (
        "<</CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV2/Length 16>>>>/EncryptMetadata false/Filter/Standard\
         /Length 128/O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671>/P -4/R 4\
         /StmF/StdCF/StrF/StdCF/U<4ce462854e8df78de5f814850ddb996d0122456a91bae5134273a6db134c87c4>/V 4>>",
        "<089d30bc9b864021696b372d1f31ac58cff518655bacfeae9e7c9cc21c736670>",
    ),
    (
        "<</CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/Filter/Standard/Length 256\
         /O<dbffcd485cc569de8344901ad891e8d59601883608a5350b7106ae0272e2025131ee1b2d8b1685d6458a4263c05cd790>\
         /OE<c6428780753331049758e6a03e532685e1530bfe13a24504586d949a769313c7>/P -4\
         /Perms<12342ebdfcb74c2828a898cd8f17899c>/R 5/StmF/StdCF/StrF/StdCF\
         /U<a403c22aa9b3f6d67df0edbb875f4fccbe131d6c3c84e01d106e99fa3324b1da1ea01a03ed5f8f1625dd7d69a4219a37>\
         /UE<75e055c30602d4b038885f89c1f0710ba902ab073079d440d6f41b787dcad3f7>/V 5>>",
        "<0e1c2a38465462707e8c9aa8b6c4d2e0de6b758d38510f1685a3d3f7801101c2>",
    ),
    (
        REVISION_6,
        "<0e1c2a38465462707e8c9aa8b6c4d2e0f7a0b7c20292eb1fb488314ef83c6d1a>",
    ),
];

pub(crate) const REVISION_6: &str = "<</CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/Filter/Standard/Length 256\
    /O<ef014cca1b2d813b4d8087b5e38aad1d0cfd24c55c94ac03406f4fafa8a8da6d45763e2c6b9e228c680d66abfe50dcf7>\
    /OE<9be63cbb94b0fc59ea9b44a2975e312197255157f85fc5726955392a7733f864>/P -4\
    /Perms<cfe4cbe4270b132b8159516bc93ae59f>/R 6/StmF/StdCF/StrF/StdCF\
    /U<fcf2b81e4983f14de3177215487346c72e68e40e0efaf9e29652447aaa9a79ac89feba7912de0f4faea3495b585d7727>\
    /UE<eb8f039222527d6aa836e56420fe59f4322e4fe9dca11b2c2c16c057d615dde6>/V 5>>";

fn parse(text: &str) -> Object {
    Parser::new(text.as_bytes(), 0).object().unwrap()
}

fn open(dict: &str, password: &str) -> Result<Encryption> {
    let dict = parse(dict);
    Encryption::open(dict.as_dict().unwrap(), None, &IDENTIFIER, password)
}

fn holder() -> Ref {
    Ref {
        number: 1,
        generation: 0,
    }
}

#[test]
fn both_passwords_open_every_revision() {
    for (dict, text) in WRITTEN {
        for password in ["user", "owner"] {
            let encryption = open(dict, password).unwrap();
            let mut object = parse(&format!("<</A[{text}]/ByteRange[]/Contents{text}>>"));
            encryption.open_strings(holder(), &mut object).unwrap();
            let opened = object.as_dict().unwrap();
            let inner = opened.get("A").and_then(Object::as_array).unwrap();
            assert_eq!(inner[0].as_string().unwrap().bytes, b"secret", "{dict}");
            // A signature's value stays as it is.
            let value = opened.get("Contents").and_then(Object::as_string).unwrap();
            assert_eq!(
                Some(&value.bytes),
                parse(text).as_string().map(|s| &s.bytes)
            );
        }
        for password in ["", "User", "密码"] {
            let error = open(dict, password).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::WrongPassword, "{dict}");
        }
        assert!(!format!("{:?}", open(dict, "user").unwrap()).contains("key"));
    }
}

#[test]
fn altered_and_foreign_dictionaries_are_refused() {
    for (from, to, kind) in [
        ("/P -4", "/P -1", ErrorKind::Malformed),
        ("/P -4", "/P -4/EncryptMetadata false", ErrorKind::Malformed),
        ("/R 6", "/R 7", ErrorKind::Unsupported),
        ("/Standard/", "/Adobe.PubSec/", ErrorKind::Unsupported),
        ("/CFM/AESV3", "/CFM/AESV4", ErrorKind::Unsupported),
        ("/CFM/AESV3", "/CFM/V2", ErrorKind::Malformed),
        ("/StrF/StdCF", "/StrF/Other", ErrorKind::Malformed),
        (
            "/StrF/StdCF",
            "/StrF/StdCF/EFF/Identity",
            ErrorKind::Unsupported,
        ),
        ("/UE<eb", "/UE<", ErrorKind::Malformed),
    ] {
        let dict = REVISION_6.replacen(from, to, 1);
        assert_ne!(dict, REVISION_6);
        assert_eq!(open(&dict, "user").unwrap_err().kind(), kind, "{to}");
    }
}

#[test]
fn broken_ciphertext_is_an_error() {
    let encryption = open(REVISION_6, "user").unwrap();
    for bytes in [&[1; 15][..], &[1; 17], &[1; 32]] {
        let mut object = Object::from(PdfString::new(bytes));
        assert!(encryption.open_strings(holder(), &mut object).is_err());
    }
}

#[test]
fn what_is_sealed_opens_in_every_revision_and_comes_out_the_same_again() {
    for (dict, text) in WRITTEN {
        let encryption = open(dict, "user").unwrap();
        let plain = parse(&format!(
            "<</A[(secret)()(a text of more than one block)]/ByteRange[]/Contents{text}>>"
        ));
        let seal = |holder| {
            let mut object = plain.clone();
            encryption.seal_strings(holder, &mut object).unwrap();
            object
        };
        let mut object = seal(holder());
        assert_eq!(object, seal(holder()), "{dict}");
        let other = Ref {
            number: 2,
            ..holder()
        };
        assert_ne!(object, seal(other), "{dict}");
        let strings = object.as_dict().unwrap().get("A").unwrap();
        for string in strings.as_array().unwrap() {
            let bytes = &string.as_string().unwrap().bytes;
            assert!(
                !bytes
                    .windows(3)
                    .any(|part| part == b"sec" || part == b"text")
            );
        }
        encryption.open_strings(holder(), &mut object).unwrap();
        assert_eq!(object, plain, "{dict}");

        for kind in ["/Type/XObject", "/Type/Metadata"] {
            let mut dict = parse(&format!("<<{kind}/Title(secret)>>"));
            let Object::Dict(dict) = &mut dict else {
                panic!("a dictionary");
            };
            let data = b"data of a stream, two blocks long";
            let sealed = encryption.seal_stream(holder(), dict, data).unwrap();
            let stream = Stream {
                holder: holder(),
                dict: dict.clone(),
                data: 0..sealed.len(),
            };
            let opened = encryption.open_stream(&stream, None, &sealed).unwrap();
            assert_eq!(opened, data);
            let in_the_open = kind.ends_with("Metadata") && !encryption.metadata;
            assert_eq!(sealed == data, in_the_open);
        }
    }
}

#[test]
fn permissions_bind_the_user_alone() {
    let with = |permissions, by_owner| {
        let mut encryption = open(REVISION_6, "user").unwrap();
        encryption.permissions = permissions;
        encryption.by_owner = by_owner;
        [false, true].map(|in_new_field| encryption.permits_signing(in_new_field))
    };
    // Nothing; to fill forms; to annotate; to change the document; to annotate and change it.
    assert_eq!(with(0, false), [false, false]);
    assert_eq!(with(1 << 8, false), [true, false]);
    assert_eq!(with(1 << 5, false), [true, false]);
    assert_eq!(with(1 << 3, false), [false, false]);
    assert_eq!(with(1 << 5 | 1 << 3, false), [true, true]);
    assert_eq!(with(0, true), [true, true]);
    for (dict, _) in WRITTEN {
        assert!(!open(dict, "user").unwrap().by_owner, "{dict}");
        assert!(open(dict, "owner").unwrap().by_owner, "{dict}");
    }
}
