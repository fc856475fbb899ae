//! The rules on a seal signature, clause by clause (GM/T 0031-2014 6.2.3, GB/T 38540-2020 7.3), and
//! what an OFD asks on top.

use yinxin::asn1::{self, named};
use yinxin::crypto::DigestAlgorithm;
use yinxin::pki::{Crl, CrlBuilder, KeyUsage, RevocationReason};
use yinxin::ses::Layout;
use yinxin::trust::AnchorRole;
use yinxin::verify::Policy;

use super::{Case, vectors};
use crate::pki::{
    Party, Sealed, TimeStamper, as_bits, builder, held, key, make_seal, redigest, small_sealed,
    time, world,
};

vectors! {
    /// Refused by clause a solely because the signature has no dataHash.
    fn a_field_missing(layout in ALL) {
        Case::new(Sealed::with_spoilt_signature(layout, |signature| signature.set("dataHash", asn1::null())))
    }

    /// Refused by clause a solely because SignedValue.dat went through a text conversion.
    fn a_text_conversion(layout in ALL) {
        let mut sealed = Sealed::of(layout);
        let file = sealed.archive.find("SignedValue.dat");
        let text = String::from_utf8_lossy(sealed.archive.get(&file)).into_owned();
        sealed.archive.put(&file, text);
        Case::new(sealed.archive.write())
    }

    /// Refused by 2014's clause b solely because the value was made by another key than the
    /// certificate's.
    fn b_value_of_another_key(layout in ALL) {
        let sealed = Sealed::of(layout);
        let signature = sealed.signature().sign(&world().company.key, &as_bits);
        Case::new(sealed.with(signature))
    }

    /// Refused solely because timeInfo was changed after signing.
    fn b_time_changed(layout in ALL) {
        let sealed = Sealed::of(layout);
        let mut signature = sealed.signature();
        signature.sign(&world().signer.key, &as_bits);
        signature.set("timeInfo", time_info(layout, "2026-11-20T03:00:00Z"));
        Case::new(sealed.with(signature.der()))
    }

    /// Refused solely because the signature names an algorithm that is not the signer's key's.
    fn algorithm_of_another_key(layout in ALL) {
        Case::new(Sealed::with_spoilt_signature(layout, |signature| {
            signature.set("signatureAlgID", asn1::oid(named::ECDSA_WITH_SHA256));
        }))
    }

    /// Refused solely because Signature.xml names another algorithm than the signature.
    fn algorithm_of_another_method(layout in ALL) {
        let mut sealed = Sealed::of(layout);
        let file = sealed.archive.find("/Signature.xml");
        sealed.archive.edit(&file, "1.2.156.10197.1.501", "1.2.840.10045.4.3.2");
        Case::new(sealed.signed())
    }

    /// Refused by 2014's clause c solely because the signer's certificate leads to a root that is
    /// trusted for makers only.
    fn c_signer_of_makers_root(layout in ALL) { signed_by(layout, &world().maker) }

    /// Open solely because the signer's certificate leads to no root that is known.
    fn c_signer_unknown(layout in ALL) { signed_by(layout, &world().stranger) }

    /// Refused solely because the signer's certificate is for encryption, not for signatures.
    fn c_signer_key_usage(layout in ALL) {
        let usage = KeyUsage::KEY_ENCIPHERMENT;
        signed_by(layout, &signer_with(31, ("2025-01-01", "2035-01-01"), usage))
    }

    /// Passes with a remark solely because the signer's certificate is for client authentication.
    fn c_signer_for_client_authentication(layout in ALL) {
        signed_by(layout, &client(32, false))
    }

    /// Refused solely because the signer's certificate is, critically, for client authentication
    /// alone.
    fn c_signer_only_for_client_authentication(layout in ALL) {
        signed_by(layout, &client(33, true))
    }

    /// Refused solely because the seal was made for another signer.
    fn signer_not_listed(layout in ALL) { signed_with_anothers_seal(layout, &world().other_signer) }

    /// Refused, with advice to have the seal made anew, solely because the signer's certificate was
    /// renewed since the seal was made.
    fn signer_renewed(layout in ALL) { signed_with_anothers_seal(layout, &world().renewed_signer) }

    /// Refused solely because the seal was made for nobody.
    fn signer_list_empty(layout in ALL) {
        let empty: [&[u8]; 0] = [];
        Case::new(Sealed::with_spoilt_seal(layout, |seal| seal.set("certList", asn1::sequence(&empty))))
    }

    /// Passes: the signer is the second of two in the list.
    fn signer_second_in_the_list(layout in ALL) {
        let seal = make_seal(layout, &[&world().other_signer, &world().signer], &world().maker);
        Case::new(Sealed::with_seal(layout, seal.raw()))
    }

    /// Refused by 2014's clause d 2 solely because the signer's certificate had not begun at the
    /// time of signing.
    fn d_before_the_certificate(layout in ALL) {
        signed_by(layout, &signing(34, ("2026-11-21", "2035-01-01")))
    }

    /// Refused by 2014's clause d 2 solely because the signer's certificate had ended at the time
    /// of signing.
    fn d_after_the_certificate(layout in ALL) { signed_by(layout, &world().expired_signer) }

    /// Passes; open under `archive` solely because the signer's certificate has ended since and
    /// nothing proves the time.
    fn d_certificate_ended_since(layout in ALL) {
        signed_by(layout, &signing(35, ("2025-01-01", "2026-11-21"))).under(&[Policy::basic(), Policy::archive()])
    }

    /// Refused solely because the time of signing lies in the future.
    fn d_in_the_future(layout in ALL) { at_time(layout, "2026-11-22T08:00:01Z") }

    /// Passes solely because the very second of judging is not the future.
    fn d_at_the_second_of_judging(layout in ALL) { at_time(layout, "2026-11-22T08:00:00Z") }

    /// Refused by 2014's clause d 3 solely because the signer's certificate was revoked before
    /// signing.
    fn d_revoked_before(layout in ALL) {
        Case::new(small_sealed(layout)).with_crls(&[&revoking("2026-11-19")])
    }

    /// Open solely because the signer's certificate was revoked after the time that it claims.
    fn d_revoked_after(layout in ALL) {
        Case::new(small_sealed(layout)).with_crls(&[&revoking("2026-11-21")])
    }

    /// Passes although the signer's certificate was revoked, solely because a time stamp is older
    /// than the revocation.
    fn d_revoked_after_stamp(layout in SINCE_2020) {
        let stamper = TimeStamper::new();
        stamped(layout, &stamper).with_crls(&[&revoking("2026-11-21")])
    }

    /// Refused solely because the time stamp is over other bytes than the signature's value.
    fn stamp_of_other_bytes(layout in SINCE_2020) {
        let stamper = TimeStamper::new();
        let token = stamper.token(&[b"other bytes"], time("2026-11-20T02:00:05Z"));
        with_stamp(layout, &token).with_anchor(AnchorRole::Tsa, &stamper.certificate)
    }

    /// Refused solely because the time stamp is no time stamp.
    fn stamp_of_three_bytes(layout in SINCE_2020) { with_stamp(layout, &[1, 2, 3]) }

    /// The claimed time stands, solely because nobody vouches for the authority that stamped.
    fn stamp_of_a_stranger(layout in SINCE_2020) {
        let mut case = stamped(layout, &TimeStamper::new()).under(&[Policy::basic(), Policy::archive()]);
        case.anchors.clear();
        case
    }

    /// Passes, the time proven by a token.
    fn stamp(layout in SINCE_2020) {
        stamped(layout, &TimeStamper::new()).under(&[Policy::basic(), Policy::archive()])
    }

    /// Refused by 2014's clause e solely because dataHash is of another Signature.xml.
    fn e_hash_of_other_bytes(layout in ALL) {
        Case::new(Sealed::with_spoilt_signature(layout, |signature| {
            let digest = DigestAlgorithm::Sm3.digest(b"another file");
            signature.set("dataHash", asn1::bits(digest.as_bytes()));
        }))
    }

    /// Refused solely because dataHash was made by SHA-256, which does not go with SM2.
    fn e_hash_by_sha256(layout in ALL) {
        let sealed = Sealed::of(layout);
        let xml = sealed.archive.get(&sealed.archive.find("/Signature.xml"));
        let digest = DigestAlgorithm::Sha256.digest(xml);
        let mut signature = sealed.signature();
        signature.set("dataHash", asn1::bits(digest.as_bytes()));
        let signature = signature.sign(&world().signer.key, &as_bits);
        Case::new(sealed.with(signature))
    }

    /// Refused by 2014's clause f solely because the seal was not yet valid when it was used,
    /// though the certificate was.
    fn f_before_the_seal(layout in ALL) { at_time(layout, "2026-01-04T00:00:00Z") }

    /// Refused solely because the page was changed after sealing.
    fn file_changed(layout in ALL) {
        let mut sealed = Sealed::of(layout);
        sealed.archive.edit("Doc_0/Pages/Page_0/Content.xml", "示范文件", "示范文书");
        Case::new(sealed.archive.write())
    }

    /// Refused solely because a protected file is gone.
    fn file_missing(layout in ALL) {
        let mut sealed = Sealed::of(layout);
        sealed.archive.remove("Doc_0/Signs/Sign_0/Seal.esl");
        Case::new(sealed.archive.write())
    }

    /// Refused solely because Signature.xml was changed after sealing.
    fn description_changed(layout in ALL) {
        let mut sealed = Sealed::of(layout);
        let file = sealed.archive.find("/Signature.xml");
        let xml = sealed.archive.text(&file) + " ";
        sealed.archive.put(&file, xml);
        Case::new(sealed.archive.write())
    }

    /// Refused solely because no digest method is stated, so that it would be MD5.
    fn check_method_absent(layout in ANY) { check_method(layout, "") }

    /// Refused solely because the digest method is MD5.
    fn check_method_md5(layout in ANY) { check_method(layout, " CheckMethod=\"MD5\"") }

    /// Refused solely because the digest method is SHA-1.
    fn check_method_sha1(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        restate(&mut sealed, " CheckMethod=\"1.3.14.3.2.26\"");
        redigest(&mut sealed.archive, &|bytes| DigestAlgorithm::Sha1.digest(bytes).as_bytes().to_vec());
        Case::new(sealed.signed())
    }

    /// Passes: files are protected by SHA-256, named by its identifier.
    fn check_method_sha256(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        restate(&mut sealed, " CheckMethod=\"2.16.840.1.101.3.4.2.1\"");
        redigest(&mut sealed.archive, &|bytes| DigestAlgorithm::Sha256.digest(bytes).as_bytes().to_vec());
        Case::new(sealed.signed())
    }

    /// Open solely because the digest method is a keyed SM3, which some vendor named.
    fn check_method_keyed(layout in ANY) { check_method(layout, " CheckMethod=\"1.2.156.10197.1.401.2\"") }

    /// Refused solely because the signature protects nothing.
    fn nothing_referenced(layout in ANY) {
        let mut sealed = Sealed::of(layout);
        let file = sealed.archive.find("/Signature.xml");
        let xml = sealed.archive.text(&file);
        let start = xml.find("<ofd:Reference ").unwrap();
        let end = xml.rfind("</ofd:Reference>").unwrap() + "</ofd:Reference>".len();
        let xml = [&xml[..start], &xml[end..]].concat();
        sealed.archive.put(&file, xml);
        Case::new(sealed.signed())
    }

    /// Open solely because what was sealed is not there: a signature by itself.
    fn signature_alone(layout in ALL) {
        let archive = Sealed::of(layout).archive;
        Case::new(archive.get(&archive.find("SignedValue.dat")).to_vec())
    }

    /// Passes: the signature with what it seals beside it.
    fn signature_beside_its_content(layout in ALL) {
        let archive = Sealed::of(layout).archive;
        let mut case = Case::tolerated(archive.get(&archive.find("SignedValue.dat")).to_vec());
        case.content = Some(archive.get(&archive.find("/Signature.xml")).to_vec());
        case
    }
}

fn time_info(layout: Layout, text: &str) -> Vec<u8> {
    match layout {
        Layout::Gmt0031_2014 => asn1::bits(&asn1::x509_time(time(text))),
        _ => asn1::generalized_time(time(text)),
    }
}

fn at_time(layout: Layout, text: &str) -> Case {
    Case::new(Sealed::with_spoilt_signature(layout, |signature| {
        signature.set("timeInfo", time_info(layout, text));
    }))
}

fn signing(seed: u8, validity: (&str, &str)) -> Party {
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    signer_with(seed, validity, usage)
}

fn signer_with(seed: u8, validity: (&str, &str), usage: KeyUsage) -> Party {
    let key = key(seed);
    let authority = &world().signer_authority;
    let certificate = builder("某某市示范局", &key, seed, validity)
        .end_entity()
        .key_usage(usage)
        .sign(&authority.certificate, &authority.key)
        .unwrap();
    Party { certificate, key }
}

/// A signer whose certificate names client authentication as its only purpose.
fn client(seed: u8, critical: bool) -> Party {
    let key = key(seed);
    let authority = &world().signer_authority;
    let certificate = builder("某某市示范局", &key, seed, ("2025-01-01", "2035-01-01"))
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .extended_key_usage(&[named::PURPOSE_CLIENT], critical)
        .sign(&authority.certificate, &authority.key)
        .unwrap();
    Party { certificate, key }
}

/// Sealed by this signer with a seal made for it.
fn signed_by(layout: Layout, signer: &Party) -> Case {
    let mut sealed = Sealed::of(layout);
    sealed.put_seal(make_seal(layout, &[signer], &world().maker).raw());
    Case::new(signed_as(sealed, signer))
}

/// Sealed by this signer with the seal of another.
fn signed_with_anothers_seal(layout: Layout, signer: &Party) -> Case {
    Case::new(signed_as(Sealed::of(layout), signer))
}

fn signed_as(sealed: Sealed, signer: &Party) -> Vec<u8> {
    let mut signature = sealed.signature();
    signature.set("cert", held(&signer.certificate));
    let signature = signature.sign(&signer.key, &as_bits);
    sealed.with(signature)
}

/// A revocation list in which the signer is revoked since then.
fn revoking(since: &str) -> Crl {
    let world = world();
    let authority = &world.signer_authority;
    CrlBuilder::new(4, time("2026-11-21"), time("2026-12-21"))
        .revoke(
            world.signer.certificate.serial(),
            time(since),
            Some(RevocationReason::KeyCompromise),
        )
        .sign(&authority.certificate, &authority.key)
        .unwrap()
}

/// Sealed, with a token over the value some seconds later.
fn stamped(layout: Layout, stamper: &TimeStamper) -> Case {
    let mut signature = Sealed::of(layout).signature();
    signature.sign(&world().signer.key, &as_bits);
    let value = signature.content("signature");
    let token = stamper.token(&[&value[1..]], time("2026-11-20T02:00:05Z"));
    with_stamp(layout, &token).with_anchor(AnchorRole::Tsa, &stamper.certificate)
}

fn with_stamp(layout: Layout, token: &[u8]) -> Case {
    let sealed = Sealed::of(layout);
    let mut signature = sealed.signature();
    signature.sign(&world().signer.key, &as_bits);
    signature.set("timeStamp", asn1::context(0, &[asn1::bits(token)]));
    Case::new(sealed.with(signature.der()))
}

/// The same digests under another name of their method, and sealed.
fn check_method(layout: Layout, attribute: &str) -> Case {
    let mut sealed = Sealed::of(layout);
    restate(&mut sealed, attribute);
    Case::new(sealed.signed())
}

fn restate(sealed: &mut Sealed, attribute: &str) {
    let file = sealed.archive.find("/Signature.xml");
    let stated = " CheckMethod=\"1.2.156.10197.1.401\"";
    sealed.archive.edit(&file, stated, attribute);
}
