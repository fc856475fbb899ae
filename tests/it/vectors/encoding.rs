//! How seals and seal signatures are encoded: each defect that issuers really made, alone.

use yinxin::asn1::{self, Tag, Tlv, named};
use yinxin::crypto::DigestAlgorithm;
use yinxin::ses::Layout;

use super::{Case, vectors};
use crate::pki::{Archive, RawSeal, Sealed, WriteValue, as_bits, held, small_sealed, world};

vectors! {
    /// Nothing is wrong: what all others here start from.
    fn sound(layout in ALL) {
        Case::tolerated(Sealed::of(layout).archive.write())
    }

    /// Tolerated solely because the signature value is raw r‖s.
    fn signature_value_raw(layout in ALL) { value_written(layout, &|value| asn1::bits(&raw(value))) }

    /// Tolerated solely because the maker's value in the seal is raw r‖s.
    fn maker_value_raw(layout in ALL) { maker_value_written(layout, &|value| asn1::bits(&raw(value))) }

    /// Tolerated solely because the INTEGERs of the signature value lack their leading zero.
    fn signature_value_negative(layout in ALL) {
        let signature = signed_with_some_number(layout, &|value| {
            without_zeros(value).map(|value| asn1::bits(&value))
        });
        Case::tolerated(Sealed::of(layout).with(signature))
    }

    /// Tolerated solely because the INTEGERs of the maker's value lack their leading zero.
    fn maker_value_negative(layout in ALL) {
        let seal = made_with_some_number(layout, &|value| {
            without_zeros(value).map(|value| asn1::bits(&value))
        });
        Case::tolerated(Sealed::with_seal(layout, &seal))
    }

    /// Tolerated solely because the signature value's BIT STRING counts unused bits.
    fn signature_value_unused_bits(layout in ALL) { value_written(layout, &|value| unused(3, value)) }

    /// Tolerated solely because the maker's value's BIT STRING counts unused bits.
    fn maker_value_unused_bits(layout in ALL) { maker_value_written(layout, &|value| unused(1, value)) }

    /// Tolerated solely because dataHash's BIT STRING counts unused bits.
    fn data_hash_unused_bits(layout in ALL) {
        Case::tolerated(Sealed::with_spoilt_signature(layout, |signature| {
            let hash = signature.content("dataHash");
            signature.set("dataHash", unused(1, &hash[1..]));
        }))
    }

    /// Tolerated solely because the BIT STRING of the signature value lost the zero byte at its
    /// end.
    fn signature_value_trimmed(layout in ALL) {
        let signature = signed_with_some_number(layout, &trimmed);
        Case::tolerated(Sealed::of(layout).with(signature))
    }

    /// Tolerated solely because the BIT STRING of the maker's value lost the zero byte at its end.
    fn maker_value_trimmed(layout in ALL) {
        let seal = made_with_some_number(layout, &trimmed);
        Case::tolerated(Sealed::with_seal(layout, &seal))
    }

    /// Tolerated solely because the BIT STRING of dataHash lost the zero byte at its end.
    fn data_hash_trimmed(layout in ALL) {
        let sealed = search(|number| {
            let mut sealed = Sealed::of(layout);
            let file = sealed.archive.find("/Signature.xml");
            let xml = sealed.archive.text(&file) + &format!("<!-- {number} -->");
            let digest = DigestAlgorithm::Sm3.digest(xml.as_bytes());
            sealed.archive.put(&file, xml);
            digest.as_bytes().ends_with(&[0]).then_some(sealed)
        });
        let mut signature = sealed.signature();
        let hash = signature.content("dataHash");
        signature.set("dataHash", asn1::bits(&hash[1..hash.len() - 1]));
        let signature = signature.sign(&world().signer.key, &as_bits);
        Case::tolerated(sealed.with(signature))
    }

    /// Tolerated solely because timeInfo has no zone.
    fn signing_time_without_zone(layout in ALL) {
        Case::tolerated(Sealed::with_spoilt_signature(layout, |signature| {
            let time = asn1::tlv(Tag::GENERALIZED_TIME, b"20261120100000");
            let time = if layout == Layout::Gmt0031_2014 { asn1::bits(b"2026-11-20 10:00:00") } else { time };
            signature.set("timeInfo", time);
        })).zoneless_text(layout)
    }

    /// Tolerated solely because validStart has no zone.
    fn seal_time_without_zone(layout in ALL) {
        let element = match layout {
            Layout::Gmt0031_2014 => asn1::tlv(Tag::UTC_TIME, b"260105080000"),
            _ => asn1::tlv(Tag::GENERALIZED_TIME, b"20260105080000"),
        };
        spoilt_seal(layout, "validStart", &element)
    }

    /// Tolerated solely because timeInfo has a year of two digits, so that the time of signing is
    /// not known.
    fn signing_time_malformed(layout in ALL) {
        let element = asn1::tlv(Tag::GENERALIZED_TIME, b"261120020000Z");
        let element = match layout {
            Layout::Gmt0031_2014 => asn1::bits(&element),
            _ => element,
        };
        spoilt_signature(layout, "timeInfo", &element)
    }

    /// Tolerated solely because createDate cannot be read, so that nothing that hangs on it can be
    /// judged.
    fn create_date_malformed(layout in ALL) {
        let element = match layout {
            Layout::Gmt0031_2014 => asn1::tlv(Tag::UTC_TIME, b"2601050000"),
            _ => asn1::tlv(Tag::GENERALIZED_TIME, b"260105000000Z"),
        };
        spoilt_seal(layout, "createDate", &element)
    }

    /// Tolerated solely because timeInfo is of another time type than its layout asks for.
    fn signing_time_of_other_type(layout in ALL) {
        let element = match layout {
            Layout::Gmt0031_2014 => asn1::bits(&asn1::tlv(Tag::GENERALIZED_TIME, b"20261120020000Z")),
            _ => asn1::tlv(Tag::UTC_TIME, b"261120020000Z"),
        };
        spoilt_signature(layout, "timeInfo", &element)
    }

    /// Tolerated solely because timeInfo is the text of a time.
    fn signing_time_as_text(layout in ONLY_2014) {
        spoilt_signature(layout, "timeInfo", &asn1::bits(b"2026-11-20T02:00:00.000Z"))
    }

    /// Tolerated solely because timeInfo is no BIT STRING but the time itself.
    fn signing_time_bare(layout in ONLY_2014) {
        spoilt_signature(layout, "timeInfo", &asn1::tlv(Tag::UTC_TIME, b"261120020000Z"))
    }

    /// Tolerated solely because validEnd is of another time type than its layout asks for.
    fn seal_time_of_other_type(layout in ALL) {
        let element = match layout {
            Layout::Gmt0031_2014 => asn1::tlv(Tag::GENERALIZED_TIME, b"20310105000000Z"),
            _ => asn1::tlv(Tag::UTC_TIME, b"310105000000Z"),
        };
        spoilt_seal(layout, "validEnd", &element)
    }

    /// Tolerated solely because certListType is 3, over a list of certificates.
    fn cert_list_type_3(layout in SINCE_2020) { spoilt_seal(layout, "certListType", &asn1::integer(3)) }

    /// Tolerated solely because certListType announces digests, over a list of certificates.
    fn cert_list_type_of_digests(layout in SINCE_2020) {
        spoilt_seal(layout, "certListType", &asn1::integer(2))
    }

    /// Tolerated solely because the list holds the signer's certificate in an IA5String.
    fn listed_certificate_as_text(layout in ALL) {
        let text = asn1::tlv(Tag::IA5_STRING, world().signer.certificate.der());
        spoilt_seal(layout, "certList", &asn1::sequence(&[text]))
    }

    /// Tolerated solely because the maker's certificate stands in an IA5String.
    fn maker_certificate_as_text(layout in ALL) {
        spoilt_seal(layout, "cert", &asn1::tlv(Tag::IA5_STRING, world().maker.certificate.der()))
    }

    /// Tolerated solely because the maker's certificate stands in a BIT STRING.
    fn maker_certificate_in_bits(layout in ALL) {
        spoilt_seal(layout, "cert", &asn1::bits(world().maker.certificate.der()))
    }

    /// Tolerated solely because the signer's certificate stands in a BIT STRING.
    fn signer_certificate_in_bits(layout in ALL) {
        spoilt_signature(layout, "cert", &asn1::bits(world().signer.certificate.der()))
    }

    /// Tolerated solely because the signature value stands in an OCTET STRING.
    fn signature_value_in_octets(layout in ALL) { value_written(layout, &asn1::octets) }

    /// Tolerated solely because dataHash stands in an OCTET STRING.
    fn data_hash_in_octets(layout in ALL) {
        Case::tolerated(Sealed::with_spoilt_signature(layout, |signature| {
            let hash = signature.content("dataHash");
            signature.set("dataHash", asn1::octets(&hash[1..]));
        }))
    }

    /// Tolerated solely because the seal in the signature is wrapped in an OCTET STRING.
    fn embedded_seal_wrapped(layout in ALL) {
        let seal = RawSeal::of(layout).der();
        spoilt_signature(layout, "eseal", &asn1::octets(&seal))
    }

    /// Tolerated solely because the maker's part of the seal is wrapped in a BIT STRING.
    fn sign_info_wrapped(layout in ONLY_2014) {
        let mut seal = RawSeal::of(layout);
        seal.sign(&world().maker.key, &as_bits);
        let inner = asn1::tlv(Tag::SEQUENCE, &seal.content("signInfo"));
        seal.set("signInfo", asn1::bits(&inner));
        Case::tolerated(Sealed::with_seal(layout, &seal.der()))
    }

    /// Tolerated solely because propertyInfo holds bytes outside ASCII.
    fn property_info_not_ascii(layout in ALL) {
        let text = r#"{"file":"/Doc_0/Signs/Sign_0/Signature.xml","note":"示范"}"#;
        spoilt_signature(layout, "propertyInfo", &asn1::tlv(Tag::IA5_STRING, text.as_bytes()))
    }

    /// Tolerated solely because propertyInfo is a UTF8String.
    fn property_info_of_other_type(layout in ALL) {
        spoilt_signature(layout, "propertyInfo", &asn1::utf8("/Doc_0/Signs/Sign_0/Signature.xml"))
    }

    /// Tolerated solely because propertyInfo names nothing that is protected.
    fn property_info_blank(layout in ALL) { spoilt_signature(layout, "propertyInfo", &asn1::ia5(" ")) }

    /// Tolerated solely because propertyInfo names the description of another signature.
    fn property_info_elsewhere(layout in ALL) {
        spoilt_signature(layout, "propertyInfo", &asn1::ia5("/Doc_0/Signs/Sign_1/Signature.xml"))
    }

    /// Tolerated solely because an extension of the seal writes that it is not critical.
    fn encoded_default_in_seal(layout in ALL) {
        spoilt_seal(layout, "extDatas", &asn1::sequence(&[extension(true)]))
    }

    /// Tolerated solely because an extension of the signature writes that it is not critical.
    fn encoded_default_in_signature(layout in SINCE_2020) {
        let list = asn1::sequence(&[extension(true)]);
        spoilt_signature(layout, "extDatas", &asn1::context(0, &[list]))
    }

    /// Tolerated solely because the seal's extensions stand in [0].
    fn seal_extensions_tagged(layout in ALL) {
        let list = asn1::sequence(&[extension(false)]);
        spoilt_seal(layout, "extDatas", &asn1::context(0, &[list]))
    }

    /// Tolerated solely because the signature's extensions lack their [0].
    fn signature_extensions_untagged(layout in SINCE_2020) {
        spoilt_signature(layout, "extDatas", &asn1::sequence(&[extension(false)]))
    }

    /// Nothing is wrong: extensions as the layout has them.
    fn extensions(layout in SINCE_2020) {
        let mut seal = RawSeal::of(layout);
        seal.set("extDatas", asn1::sequence(&[extension(false)]));
        let mut sealed = Sealed::of(layout);
        sealed.put_seal(&seal.sign(&world().maker.key, &as_bits));
        let mut signature = sealed.signature();
        let list = asn1::sequence(&[extension(false)]);
        signature.set("extDatas", asn1::context(0, &[list]));
        let signature = signature.sign(&world().signer.key, &as_bits);
        Case::tolerated(sealed.with(signature))
    }

    /// Tolerated solely because seal and signature bear a version number of another layout.
    fn version_of_other_layout(layout in ALL) {
        // Four elements and the number 5 are the layout of 2025, so 2025 shows a time stamp, too.
        let number = match layout {
            Layout::Gmt0031_2014 => 4,
            _ => 1,
        };
        if layout == Layout::Gmt0031_2025 {
            return spoilt_signature(layout, "version", &asn1::integer(4));
        }
        let mut seal = RawSeal::of(layout);
        seal.set("header.version", asn1::integer(number));
        let mut sealed = Sealed::of(layout);
        sealed.put_seal(&seal.sign(&world().maker.key, &as_bits));
        let mut signature = sealed.signature();
        signature.set("version", asn1::integer(number));
        let signature = signature.sign(&world().signer.key, &as_bits);
        Case::tolerated(sealed.with(signature))
    }

    /// Nothing is wrong: the layout of 2014 under each of the version numbers 2, 3 and 11 is met;
    /// 11 stands for them.
    fn version_11(layout in ONLY_2014) {
        let mut seal = RawSeal::of(layout);
        seal.set("header.version", asn1::integer(11));
        let mut sealed = Sealed::of(layout);
        sealed.put_seal(&seal.sign(&world().maker.key, &as_bits));
        let mut signature = sealed.signature();
        signature.set("version", asn1::integer(11));
        let signature = signature.sign(&world().signer.key, &as_bits);
        Case::tolerated(sealed.with(signature))
    }

    /// Tolerated solely because the signature's version is not the seal's.
    fn version_not_the_seals(layout in ALL) {
        spoilt_signature(layout, "version", &asn1::integer(7))
    }

    /// Tolerated solely because a seal of 2014 stands in a signature of this layout.
    fn seal_of_other_layout(layout in SINCE_2020) {
        let seal = RawSeal::of(Layout::Gmt0031_2014).der();
        Case::tolerated(Sealed::with_seal(layout, &seal))
    }

    /// Tolerated solely because the seal's header does not begin with ES.
    fn header_id(layout in ALL) { spoilt_seal(layout, "header.ID", &asn1::ia5("SE")) }

    /// Tolerated solely because the seal's code is a UTF8String.
    fn seal_code_of_other_type(layout in ALL) {
        spoilt_seal(layout, "esID", &asn1::utf8("34990000000001"))
    }

    /// Noted solely because the seal's picture is a whole OFD package.
    fn nested_picture(layout in ALL) {
        Case::tolerated(Sealed::with_spoilt_seal(layout, |seal| {
            seal.set("picture.type", asn1::ia5("ofd"));
            seal.set("picture.data", asn1::octets(&small_sealed(Layout::Gbt38540_2020)));
        }))
    }

    /// Tolerated solely because the signature names the SM2 signature alone in place of
    /// SM2-with-SM3.
    fn signature_algorithm_variant(layout in ALL) {
        spoilt_signature(layout, "signatureAlgID", &asn1::oid(named::SM2_SIGN))
    }

    /// Tolerated solely because the seal names the SM2 signature alone in place of SM2-with-SM3.
    fn maker_algorithm_variant(layout in ALL) {
        spoilt_seal(layout, "signAlgID", &asn1::oid(named::SM2_SIGN))
    }

    /// Refused solely because the list mixes certificates and digests.
    fn mixed_list(layout in SINCE_2020) {
        let digest = DigestAlgorithm::Sm3.digest(world().signer.certificate.der());
        let digest = asn1::sequence(&[asn1::printable("SM3"), asn1::octets(digest.as_bytes())]);
        let list = asn1::sequence(&[held(&world().signer.certificate), digest]);
        Case::new(Sealed::with_spoilt_signature(layout, |signature| {
            let mut seal = RawSeal::of(layout);
            seal.set("certList", list);
            signature.set("eseal", seal.sign(&world().maker.key, &as_bits));
        }))
    }

    /// Refused solely because a byte follows the signature in its file.
    fn byte_after_the_signature(layout in ALL) {
        let mut archive: Archive = Sealed::of(layout).archive;
        let file = archive.find("SignedValue.dat");
        let mut value = archive.get(&file).to_vec();
        value.push(0);
        archive.put(&file, value);
        Case::new(archive.write())
    }
}

impl Case {
    /// In the layout of 2014 a time without a zone is bare text, which is a finding of its own;
    /// the vector shows both.
    fn zoneless_text(self, layout: Layout) -> Self {
        match layout {
            Layout::Gmt0031_2014 => {
                let [policy, _] = &self.policies[..] else {
                    panic!("two policies");
                };
                let policies = [policy.clone()];
                self.under(&policies)
            }
            _ => self,
        }
    }
}

fn spoilt_seal(layout: Layout, field: &str, element: &[u8]) -> Case {
    Case::tolerated(Sealed::with_spoilt_seal(layout, |seal| {
        seal.set(field, element.to_vec());
    }))
}

fn spoilt_signature(layout: Layout, field: &str, element: &[u8]) -> Case {
    Case::tolerated(Sealed::with_spoilt_signature(layout, |signature| {
        signature.set(field, element.to_vec());
    }))
}

fn value_written(layout: Layout, write: WriteValue<'_>) -> Case {
    let sealed = Sealed::of(layout);
    let signature = sealed.signature().sign(&world().signer.key, write);
    Case::tolerated(sealed.with(signature))
}

fn maker_value_written(layout: Layout, write: WriteValue<'_>) -> Case {
    let seal = RawSeal::of(layout).sign(&world().maker.key, write);
    Case::tolerated(Sealed::with_seal(layout, &seal))
}

/// A vendor's extension, with the default of `critical` written or not.
fn extension(critical: bool) -> Vec<u8> {
    let mut fields = vec![asn1::oid(named::SM3)];
    fields.extend(critical.then(|| asn1::boolean(false)));
    fields.push(asn1::octets(b"vendor"));
    asn1::sequence(&fields)
}

fn unused(count: u8, content: &[u8]) -> Vec<u8> {
    asn1::tlv(Tag::BIT_STRING, &[&[count], content].concat())
}

/// r ‖ s, 32 bytes each.
pub(super) fn raw(value: &[u8]) -> Vec<u8> {
    let halves = integers(value).map(|integer| {
        let significant = integer.strip_prefix(&[0]).unwrap_or(&integer).to_vec();
        [vec![0; 32 - significant.len()], significant].concat()
    });
    halves.concat()
}

/// The value with its integers' leading zeros gone, provided both had one.
fn without_zeros(value: &[u8]) -> Option<Vec<u8>> {
    let stripped = integers(value).map(|integer| integer.strip_prefix(&[0]).map(<[u8]>::to_vec));
    let [Some(r), Some(s)] = stripped else {
        return None;
    };
    Some(asn1::sequence(
        &[r, s].map(|part| asn1::tlv(Tag::INTEGER, &part)),
    ))
}

fn integers(value: &[u8]) -> [Vec<u8>; 2] {
    let sequence = Tlv::parse(value).unwrap();
    let parts = sequence.reader().unwrap().read_all(2).unwrap();
    [parts[0], parts[1]].map(|part| part.content().to_vec())
}

/// The BIT STRING of a value that ends in a zero byte, without it.
fn trimmed(value: &[u8]) -> Option<Vec<u8>> {
    let shorter = value.strip_suffix(&[0])?;
    Some(asn1::bits(shorter))
}

/// The first number that gives something.
fn search<T>(make: impl FnMut(u32) -> Option<T>) -> T {
    (0..100_000).find_map(make).unwrap()
}

/// The first signature, by a number in propertyInfo, whose value can be written so.
fn signed_with_some_number(layout: Layout, write: &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut signature = Sealed::of(layout).signature();
    search(|number| {
        let text = format!(r#"{{"file":"/Doc_0/Signs/Sign_0/Signature.xml","number":{number}}}"#);
        signature.set("propertyInfo", asn1::ia5(&text));
        signature.sign_if(&world().signer.key, write)
    })
}

/// The first seal, by a number in its code, whose maker's value can be written so.
fn made_with_some_number(layout: Layout, write: &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut seal = RawSeal::of(layout);
    search(|number| {
        seal.set("esID", asn1::ia5(&format!("3499{number:010}")));
        seal.sign_if(&world().maker.key, write)
    })
}
