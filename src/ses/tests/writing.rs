//! What is written reads back as the same, and what should not be written is refused.

use super::*;
use crate::error::{ErrorKind, Result};
use proptest::prelude::*;

fn assert_same(draft: &SealDraft, seal: &SesSeal) {
    let info = seal.info();
    assert_eq!(seal.layout(), draft.layout);
    assert_eq!(info.header.version, i64::from(draft.layout.version()));
    assert_eq!(info.header.vendor_id, draft.vendor_id);
    assert_eq!(info.id, draft.id);
    assert_eq!(info.seal_type, i64::from(draft.seal_type));
    assert_eq!(info.name, draft.name);
    assert!(info.certificates == draft.certificates);
    assert_eq!(info.create_date.time, Some(draft.create_date));
    assert_eq!(info.valid_start.time, Some(draft.valid_start));
    assert_eq!(info.valid_end.time, Some(draft.valid_end));
    assert_eq!(info.picture, draft.picture);
    assert_eq!(info.extensions, draft.extensions);
}

#[test]
fn a_seal_of_each_layout_reads_back_and_verifies() {
    for layout in LAYOUTS {
        let draft = draft(layout);
        let seal = complete_seal(&draft);
        assert_same(&draft, &seal);
        assert_eq!(seal.findings(), []);
        assert_eq!(recognize(seal.raw()), BlobKind::Seal);
        assert_eq!(seal.maker_certificate(), certificate(&maker()));
        let verified = seal.verify_maker_signature(maker().public_key(), &Sm2Id::default());
        assert_eq!(verified.unwrap(), []);
        let other = seal.verify_maker_signature(signer().public_key(), &Sm2Id::default());
        assert_eq!(other.unwrap_err().kind(), ErrorKind::SignatureMismatch);
        // The same draft and key give the same bytes.
        assert_eq!(seal.raw(), complete_seal(&draft).raw());
    }
}

#[test]
fn a_signature_of_each_layout_reads_back_and_verifies() {
    for layout in LAYOUTS {
        let seal = seal(layout);
        let read = signature(layout);
        assert_eq!((read.layout(), read.findings()), (layout, &[][..]));
        assert_eq!(recognize(read.raw()), BlobKind::SealSignature);
        assert_eq!(read.version(), seal.info().header.version);
        assert_eq!(read.seal().raw(), seal.raw());
        assert_eq!(read.time().time, Some(at("2026-02-03T04:05:06Z")));
        let hash = DigestAlgorithm::Sm3.digest(b"Signature.xml");
        assert_eq!(read.data_hash(), hash.as_bytes());
        assert_eq!(read.property_info(), b"/Doc_0/Signs/Sign_0/Signature.xml");
        assert_eq!(read.signer_certificate(), certificate(&signer()));
        let key = signer();
        let verified = read.verify_value(key.public_key(), &Sm2Id::default());
        assert_eq!(verified.unwrap(), []);
        assert_eq!(
            read.signer_listed(key.public_key()),
            Listed::ByCertificate { index: 0 }
        );
    }
}

#[test]
fn a_raw_value_is_written_as_der() {
    let unsigned = draft(Layout::Gbt38540_2020)
        .prepare(&certificate(&maker()), SignatureAlgorithm::Sm2Sm3)
        .unwrap();
    let der = maker().sign(unsigned.to_be_signed()).unwrap();
    let raw = crate::crypto::Sm2Signature::from_der(&der)
        .unwrap()
        .to_raw();
    let from_raw = unsigned.complete(&raw, None).unwrap();
    assert_eq!(from_raw.raw(), unsigned.complete(&der, None).unwrap().raw());
    let error = unsigned.complete(&raw[..63], None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

#[test]
fn time_stamps_stand_only_where_the_layout_has_a_place() {
    let token = asn1::sequence(&[asn1::oid(asn1::named::GM_SIGNED_DATA)]);
    for layout in LAYOUTS {
        let unsigned = draft(layout)
            .prepare(&certificate(&maker()), SignatureAlgorithm::Sm2Sm3)
            .unwrap();
        let value = maker().sign(unsigned.to_be_signed()).unwrap();
        let stamped = unsigned.complete(&value, Some(&token));
        match layout {
            Layout::Gmt0031_2025 => assert_eq!(stamped.unwrap().time_stamp(), Some(&token[..])),
            _ => assert_eq!(stamped.unwrap_err().kind(), ErrorKind::InvalidArgument),
        }

        let seal = seal(layout);
        let unsigned = unsigned_signature(&seal);
        let value = signer().sign(unsigned.to_be_signed()).unwrap();
        let stamped = unsigned.complete(&value, Some(&token));
        match layout {
            Layout::Gmt0031_2014 => {
                assert_eq!(stamped.unwrap_err().kind(), ErrorKind::InvalidArgument);
            }
            _ => assert_eq!(stamped.unwrap().time_stamp(), Some(&token[..])),
        }
        let no_token = unsigned.complete(&value, Some(&[1, 2, 3])).unwrap_err();
        assert_eq!(no_token.kind(), ErrorKind::InvalidArgument);
    }
}

#[test]
fn digests_in_place_of_certificates() {
    let list = CertificateList::Digests(vec![CertificateDigest {
        kind: "SM3".to_owned(),
        value: DigestAlgorithm::Sm3
            .digest(&certificate(&signer()))
            .as_bytes()
            .to_vec(),
    }]);
    let mut draft = draft(Layout::Gbt38540_2020);
    draft.certificates = list;
    let seal = complete_seal(&draft);
    assert_same(&draft, &seal);
    assert_eq!(seal.findings(), []);
    draft.layout = Layout::Gmt0031_2014;
    assert!(refused_field(&draft).unwrap_err().ends_with("certList"));
}

/// The field an invalid draft is refused for.
fn refused_field(draft: &SealDraft) -> Result<(), String> {
    match draft.prepare(&certificate(&maker()), SignatureAlgorithm::Sm2Sm3) {
        Ok(_) => Ok(()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
            let field = error.context().find(|(key, _)| *key == "field");
            Err(field.unwrap().1.to_owned())
        }
    }
}

#[test]
fn drafts_no_reader_would_take_are_refused_by_field() {
    type Spoil = fn(&mut SealDraft);
    let cases: [(&str, Spoil); 12] = [
        ("eSealInfo.header.Vid", |d| d.vendor_id.clear()),
        ("eSealInfo.header.Vid", |d| d.vendor_id = "印".to_owned()),
        ("eSealInfo.esID", |d| d.id = "a\nb".to_owned()),
        ("eSealInfo.property.name", |d| d.name.clear()),
        ("eSealInfo.property.name", |d| d.name = "印".repeat(400)),
        ("eSealInfo.property.certList", |d| {
            d.certificates = CertificateList::Certificates(vec![]);
        }),
        ("eSealInfo.property.certList", |d| {
            d.certificates = CertificateList::Certificates(vec![vec![1, 2, 3]]);
        }),
        ("eSealInfo.property.validEnd", |d| {
            d.valid_end = at("2020-01-01");
        }),
        ("eSealInfo.picture", |d| d.picture.data.clear()),
        ("eSealInfo.picture", |d| d.picture.width_mm = 0),
        ("eSealInfo.picture", |d| d.picture.height_mm = u32::MAX),
        ("eSealInfo.picture.type", |d| d.picture.kind.clear()),
    ];
    for (field, spoil) in cases {
        let mut draft = draft(Layout::Gbt38540_2020);
        assert_eq!(refused_field(&draft), Ok(()));
        spoil(&mut draft);
        assert_eq!(refused_field(&draft), Err(field.to_owned()));
    }
    // UTCTime ends with 2049.
    let mut late = draft(Layout::Gmt0031_2014);
    late.valid_end = at("2050-01-01");
    assert!(refused_field(&late).unwrap_err().ends_with("validEnd"));
    let mut many = draft(Layout::Gbt38540_2020);
    many.certificates = CertificateList::Certificates(vec![certificate(&signer()); 1025]);
    let prepared = many.prepare(&certificate(&maker()), SignatureAlgorithm::Sm2Sm3);
    assert_eq!(prepared.unwrap_err().kind(), ErrorKind::LimitExceeded);
}

#[test]
fn algorithms_that_need_parameters_or_are_weak_are_refused() {
    use DigestAlgorithm::{Sha1, Sha256};
    for algorithm in [
        SignatureAlgorithm::RsaPss(Sha256),
        SignatureAlgorithm::RsaPkcs1(Sha1),
        SignatureAlgorithm::Ed25519,
    ] {
        let prepared = draft(Layout::Gbt38540_2020).prepare(&certificate(&maker()), algorithm);
        assert_eq!(
            prepared.unwrap_err().kind(),
            ErrorKind::UnsupportedAlgorithm
        );
    }
}

#[test]
fn signature_drafts_no_reader_would_take_are_refused() {
    let (old, new) = (seal(Layout::Gmt0031_2014), seal(Layout::Gbt38540_2020));
    let certificate = certificate(&signer());
    let extension = SesExtension {
        oid: Oid::parse("1.2.3").unwrap(),
        critical: false,
        value: vec![9],
    };
    let good = SignatureDraft {
        seal: &new,
        time: at("2026-02-03T04:05:06Z"),
        data_hash: &[7; 32],
        property_info: "/Doc_0/Signs/Sign_0/Signature.xml",
        signer_certificate: &certificate,
        algorithm: SignatureAlgorithm::Sm2Sm3,
        extensions: std::slice::from_ref(&extension),
    };
    let unsigned = good.prepare().unwrap();
    let value = signer().sign(unsigned.to_be_signed()).unwrap();
    let read = unsigned.complete(&value, None).unwrap();
    assert_eq!(read.findings(), []);
    assert_eq!(read.extensions(), std::slice::from_ref(&extension));

    for (field, bad) in [
        (
            "toSign.dataHash",
            SignatureDraft {
                data_hash: &[7; 31],
                ..good.clone()
            },
        ),
        (
            "toSign.propertyInfo",
            SignatureDraft {
                property_info: "",
                ..good.clone()
            },
        ),
        (
            "toSign.propertyInfo",
            SignatureDraft {
                property_info: "范围",
                ..good.clone()
            },
        ),
        (
            "toSign.extDatas",
            SignatureDraft {
                seal: &old,
                ..good.clone()
            },
        ),
        (
            "cert",
            SignatureDraft {
                signer_certificate: b"no DER",
                ..good.clone()
            },
        ),
    ] {
        let error = bad.prepare().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(error.context().any(|entry| entry == ("field", field)));
    }
}

#[test]
fn debug_shows_no_name_and_no_code() {
    for layout in LAYOUTS {
        let (draft, seal, signature) = (draft(layout), seal(layout), signature(layout));
        let shown = format!("{draft:?} {seal:?} {:?} {signature:?}", seal.info());
        assert!(!shown.contains("示范") && !shown.contains("50011200000001"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_valid_draft_round_trips(
        layout in prop::sample::select(&LAYOUTS[..]),
        id in "[ -~]{1,40}",
        name in "\\PC{1,40}",
        seal_type in any::<u32>(),
        start in 0_i64..2_000_000_000,
        length in 0_i64..400_000_000,
        data in prop::collection::vec(any::<u8>(), 1..300),
        size in (1_u32..500, 1_u32..500),
        signers in 1_usize..5,
    ) {
        let mut draft = draft(layout);
        (draft.id, draft.name, draft.seal_type) = (id, name, seal_type);
        draft.valid_start = Time::from_unix(start).unwrap();
        draft.create_date = draft.valid_start;
        draft.valid_end = Time::from_unix(start + length).unwrap();
        draft.picture.data = data;
        (draft.picture.width_mm, draft.picture.height_mm) = size;
        draft.certificates = CertificateList::Certificates(vec![certificate(&signer()); signers]);
        let seal = complete_seal(&draft);
        assert_same(&draft, &seal);
        prop_assert_eq!(seal.findings(), &[]);
    }
}
