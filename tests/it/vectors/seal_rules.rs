//! The rules on a seal, clause by clause (GM/T 0031-2014 6.1.2, GB/T 38540-2020 6.3, GM/T
//! 0031-2025), and what the policy's choice between the editions changes.

use yinxin::asn1::{self, named};
use yinxin::pki::{Crl, CrlBuilder, KeyUsage, RevocationReason};
use yinxin::ses::{Layout, SesSeal};
use yinxin::trust::AnchorRole;
use yinxin::verify::{MakerRule, Policy, SealAsOf};

use super::{Case, vectors};
use crate::pki::{
    Party, RawSeal, Sealed, TimeStamper, as_bits, builder, key, make_seal, seal_of, small_sealed,
    time, world,
};

vectors! {
    /// Refused by clause a solely because the seal has no code.
    fn a_field_missing(layout in ALL) {
        Case::new(Sealed::with_spoilt_seal(layout, |seal| seal.set("esID", asn1::null())))
    }

    /// Refused by clause b solely because another than the maker signed the seal.
    fn b_value_of_another_key(layout in ALL) {
        let seal = RawSeal::of(layout).sign(&world().company.key, &as_bits);
        Case::new(Sealed::with_seal(layout, &seal))
    }

    /// Refused by clause b solely because the seal's name was changed after its maker signed it.
    fn b_name_changed(layout in ALL) {
        let mut seal = RawSeal::of(layout);
        seal.set("name", asn1::utf8("某某省示范厅公章"));
        Case::new(Sealed::with_seal(layout, &seal.der()))
    }

    /// Refused solely because the seal names an algorithm that is not its maker's key's.
    fn b_algorithm_of_another_key(layout in ALL) {
        Case::new(Sealed::with_spoilt_seal(layout, |seal| {
            seal.set("signAlgID", asn1::oid(named::ECDSA_WITH_SHA256));
        }))
    }

    /// Not judged solely because the seal names an algorithm that nobody knows.
    fn b_algorithm_unknown(layout in ALL) {
        Case::new(Sealed::with_spoilt_seal(layout, |seal| {
            seal.set("signAlgID", asn1::oid(named::CERT_BAG));
        }))
    }

    /// Refused by clause c (2014, 2020) or d (2025) solely because the maker's certificate leads to
    /// a root that is trusted for signers only.
    fn c_maker_of_signers_root(layout in ALL) { made_by(layout, &world().company) }

    /// Open solely because the maker's certificate leads to no root that is known.
    fn c_maker_unknown(layout in ALL) { made_by(layout, &world().stranger) }

    /// Refused solely because the maker's certificate is for encryption, not for signatures.
    fn c_maker_key_usage(layout in ALL) {
        let usage = KeyUsage::KEY_ENCIPHERMENT;
        made_by(layout, &maker_with(21, ("2025-01-01", "2035-01-01"), usage))
    }

    /// Refused solely because the maker's certificate had ended before the seal was made.
    fn c_maker_ended_before(layout in ALL) { made_by(layout, &world().expired_maker).under(&rules()) }

    /// Passes by 2025's rule, and fails by the older ones, solely because the maker's certificate
    /// ended between making and use.
    fn c_maker_ended_before_use(layout in ALL) {
        made_by(layout, &signing_maker(22, ("2025-01-01", "2026-06-01"))).under(&rules())
    }

    /// Passes, and fails only by the letter of the older rules, solely because the maker's
    /// certificate ended after the seal was used.
    fn c_maker_ended_after_use(layout in ALL) {
        made_by(layout, &signing_maker(23, ("2025-01-01", "2026-11-21"))).under(&rules())
    }

    /// Refused solely because the maker's certificate was revoked before the seal was made.
    fn c_maker_revoked_before(layout in ALL) {
        Case::new(small_sealed(layout)).with_crls(&[&revoking("2026-01-01")]).under(&rules())
    }

    /// Open, passing by 2025's words and failing by the older ones, solely because the maker's
    /// certificate was revoked between making and use.
    fn c_maker_revoked_before_use(layout in ALL) {
        Case::new(small_sealed(layout)).with_crls(&[&revoking("2026-06-01")]).under(&rules())
    }

    /// Open, and passing by 2025's words, solely because the maker's certificate was revoked after
    /// the claimed time of use.
    fn c_maker_revoked_after_use(layout in ALL) {
        Case::new(small_sealed(layout)).with_crls(&[&revoking("2026-11-21")]).under(&rules())
    }

    /// Passes although the maker's certificate was revoked, solely because a time stamp on the
    /// signature is older than the revocation.
    fn c_maker_revoked_after_stamp(layout in SINCE_2020) {
        let stamper = TimeStamper::new();
        let sealed = Sealed::of(layout);
        let mut signature = sealed.signature();
        signature.sign(&world().signer.key, &as_bits);
        let token = stamper.token(&[&signature.content("signature")[1..]], time("2026-11-20T02:00:05Z"));
        signature.set("timeStamp", asn1::context(0, &[asn1::bits(&token)]));
        Case::new(sealed.with(signature.der()))
            .with_crls(&[&revoking("2026-11-21")])
            .with_anchor(AnchorRole::Tsa, &stamper.certificate)
    }

    /// Passes although the maker's certificate was revoked, solely because a time stamp in the
    /// seal is older than the revocation.
    fn c_maker_revoked_after_seals_stamp(layout in ONLY_2025) {
        let stamper = TimeStamper::new();
        stamped(layout, &stamper, "2026-01-05T00:00:10Z").with_crls(&[&revoking("2026-06-01")])
    }

    /// Refused by 2025's clause c solely because the seal was made after the moment of judging.
    fn create_date_in_the_future(layout in ALL) {
        dated(layout, &[("createDate", "2026-11-23T00:00:00Z")])
    }

    /// Refused by 2025's clause c solely because the seal was made after its own end.
    fn create_date_after_the_end(layout in ALL) {
        let dates = [
            ("createDate", "2026-11-21T12:00:00Z"),
            ("validEnd", "2026-11-21T00:00:00Z"),
        ];
        dated(layout, &dates)
    }

    /// Refused solely because the seal was made before its maker's certificate began.
    fn create_date_before_the_makers_certificate(layout in ALL) {
        dated(layout, &[("createDate", "2024-12-31T00:00:00Z")])
    }

    /// Refused by clause d (2014, 2020) or e (2025) solely because the seal's validity had not
    /// begun when it was used.
    fn d_used_too_early(layout in ALL) { dated(layout, &[("validStart", "2026-11-21T00:00:00Z")]) }

    /// Refused solely because the seal's validity had ended when it was used.
    fn d_used_too_late(layout in ALL) { dated(layout, &[("validEnd", "2026-11-19T00:00:00Z")]) }

    /// Passes with a remark, and fails by the letter, solely because the seal's validity ended
    /// after it was used.
    fn d_ended_since(layout in ALL) {
        dated(layout, &[("validEnd", "2026-11-21T00:00:00Z")]).under(&rules())
    }

    /// Passes with remarks, and fails by the letter, solely because all certificates and the seal
    /// have ended in the ten years since.
    fn d_judged_ten_years_later(layout in ALL) {
        Case::new(small_sealed(layout)).at("2036-11-22T08:00:00Z").under(&rules())
    }

    /// Passes solely because the last second of a validity belongs to it.
    fn d_used_in_the_last_second(layout in ALL) {
        dated(layout, &[("validEnd", "2026-11-20T02:00:00Z")])
    }

    /// Refused solely because a seal by itself, judged when it is looked at, has ended.
    fn d_seal_alone_ended(layout in ALL) {
        let mut seal = RawSeal::of(layout);
        seal.set("validEnd", date(layout, "2026-11-21T00:00:00Z"));
        Case::new(seal.sign(&world().maker.key, &as_bits))
    }

    /// Nothing is wrong with a seal by itself.
    fn seal_alone(layout in ALL) { Case::tolerated(seal_of(layout).raw().to_vec()) }

    /// Passes: the seal has a time stamp that is not older than it.
    fn f_stamp(layout in ONLY_2025) { stamped(layout, &TimeStamper::new(), "2026-01-05T00:00:10Z") }

    /// Passes solely because a time stamp of the very second of making is not older.
    fn f_stamp_of_the_same_second(layout in ONLY_2025) {
        stamped(layout, &TimeStamper::new(), "2026-01-05T00:00:00Z")
    }

    /// Refused by clause f solely because the seal claims to be made after its time stamp.
    fn f_stamp_before_making(layout in ONLY_2025) {
        stamped(layout, &TimeStamper::new(), "2026-01-04T23:59:59Z")
    }

    /// Refused by clause f solely because the time stamp is no time stamp.
    fn f_stamp_of_three_bytes(layout in ONLY_2025) { with_stamp(layout, &[1, 2, 3]) }

    /// Refused by clause f solely because the time stamp is over other bytes than the seal's
    /// value.
    fn f_stamp_of_other_bytes(layout in ONLY_2025) {
        let stamper = TimeStamper::new();
        let token = stamper.token(&[b"other bytes"], time("2026-01-05T00:00:10Z"));
        with_stamp(layout, &token).with_anchor(AnchorRole::Tsa, &stamper.certificate)
    }

    /// Passes, the time stamp set aside as not judged, solely because nobody vouches for the
    /// authority that stamped the seal.
    fn f_stamp_of_a_stranger(layout in ONLY_2025) {
        let mut case = stamped(layout, &TimeStamper::new(), "2026-01-05T00:00:10Z");
        case.anchors.clear();
        case
    }

    /// Passes, the picture set aside as not judged, solely because it is not of the type it claims.
    fn picture_of_other_type(layout in ALL) {
        Case::new(Sealed::with_spoilt_seal(layout, |seal| seal.set("picture.type", asn1::ia5("BMP"))))
    }

    /// Refused solely because the seal beside the signature is another genuine one.
    fn seal_beside_differs(layout in ALL) {
        let world = world();
        let other = make_seal(layout, &[&world.signer, &world.other_signer], &world.maker);
        let mut sealed = Sealed::of(layout);
        sealed.put_seal(other.raw());
        let mut signature = sealed.signature();
        signature.set("eseal", RawSeal::of(layout).der());
        let signature = signature.sign(&world.signer.key, &as_bits);
        Case::new(sealed.with(signature))
    }
}

/// The default, 2025's and the older rule, and the older by the letter; and each edition by its
/// own.
fn rules() -> [Policy; 5] {
    let with = |rule| Policy::basic().with_maker_rule(rule);
    [
        Policy::basic(),
        with(MakerRule::AtCreation),
        with(MakerRule::Unconditional),
        with(MakerRule::Unconditional).with_seal_as_of(SealAsOf::Evaluation),
        with(MakerRule::OfEdition),
    ]
}

fn made_by(layout: Layout, maker: &Party) -> Case {
    let seal = make_seal(layout, &[&world().signer], maker);
    Case::new(Sealed::with_seal(layout, seal.raw()))
}

fn signing_maker(seed: u8, validity: (&str, &str)) -> Party {
    let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    maker_with(seed, validity, usage)
}

fn maker_with(seed: u8, validity: (&str, &str), usage: KeyUsage) -> Party {
    let key = key(seed);
    let authority = &world().maker_authority;
    let certificate = builder("某某市印章制作示范单位", &key, seed, validity)
        .end_entity()
        .key_usage(usage)
        .sign(&authority.certificate, &authority.key)
        .unwrap();
    Party { certificate, key }
}

/// A revocation list in which the maker is revoked since then.
fn revoking(since: &str) -> Crl {
    let world = world();
    let authority = &world.maker_authority;
    CrlBuilder::new(3, time("2026-11-21"), time("2026-12-21"))
        .revoke(
            world.maker.certificate.serial(),
            time(since),
            Some(RevocationReason::CessationOfOperation),
        )
        .sign(&authority.certificate, &authority.key)
        .unwrap()
}

fn date(layout: Layout, text: &str) -> Vec<u8> {
    match layout {
        Layout::Gmt0031_2014 => asn1::x509_time(time(text)),
        _ => asn1::generalized_time(time(text)),
    }
}

fn dated(layout: Layout, dates: &[(&str, &str)]) -> Case {
    Case::new(Sealed::with_spoilt_seal(layout, |seal| {
        for (field, text) in dates {
            seal.set(field, date(layout, text));
        }
    }))
}

/// The seal with a token over its value.
fn stamped(layout: Layout, stamper: &TimeStamper, at: &str) -> Case {
    let seal: SesSeal = seal_of(layout);
    let token = stamper.token(&[seal.signature_value()], time(at));
    with_stamp(layout, &token).with_anchor(AnchorRole::Tsa, &stamper.certificate)
}

fn with_stamp(layout: Layout, token: &[u8]) -> Case {
    let mut seal = RawSeal::of(layout);
    seal.set("timeStamp", asn1::context(0, &[asn1::bits(token)]));
    Case::new(Sealed::with_seal(layout, &seal.der()))
}
