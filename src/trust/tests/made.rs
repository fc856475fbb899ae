//! Paths of made-up certificates.

use crate::asn1::{self, Oid, named};
use crate::crypto::Signer;
use crate::pki::testing::{
    Party, authority, builder, issue, name, root, signer, sm2_key, time, time_stamper,
};
use crate::pki::{Certificate, CertificateBuilder, Crl, CrlBuilder, KeyUsage, RevocationReason};
use crate::trust::*;

fn anchors(certificate: &Certificate) -> Anchors {
    let mut anchors = Anchors::new();
    anchors.add_all([certificate.clone()], AnchorRole::Signer);
    anchors
}

fn codes(report: &PathReport) -> Vec<(&'static str, usize)> {
    let problems = report.problems().iter();
    problems
        .map(|one| (one.code.name(), one.certificate))
        .collect()
}

/// Root, authority and a signer; judged with the authority as the only intermediate.
pub(super) struct World {
    pub(super) root: Party,
    pub(super) authority: Party,
    pub(super) leaf: Party,
    pub(super) anchors: Anchors,
    pub(super) intermediates: Vec<Certificate>,
}

pub(super) fn world() -> World {
    let root = root("根", 1);
    let authority = authority("运营", 2, &root);
    let leaf = signer("签名人", 3, &authority);
    world_of(root, authority, leaf)
}

pub(super) fn world_of(root: Party, authority: Party, leaf: Party) -> World {
    World {
        anchors: anchors(&root.certificate),
        intermediates: vec![authority.certificate.clone()],
        root,
        authority,
        leaf,
    }
}

impl World {
    pub(super) fn request(&self) -> PathRequest<'_> {
        PathRequest {
            intermediates: &self.intermediates,
            ..PathRequest::new(&self.leaf.certificate, &self.anchors, time("2026-11-22"))
        }
    }
}

#[test]
fn a_good_path_passes_in_every_concern_asked_for() {
    let world = world();
    let report = world.request().judge();
    assert_eq!(report.outcome(), Verdict::Passed);
    assert_eq!(codes(&report), []);
    assert_eq!(
        report.chain(),
        [
            world.leaf.certificate.clone(),
            world.authority.certificate.clone(),
            world.root.certificate.clone()
        ]
    );
    assert_eq!(report.verdict(Concern::Revocation), Verdict::NotChecked);
    let json: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(json["schema"], "yinxin.path/1");
    assert_eq!(json["outcome"], "passed");
    assert_eq!(json["checks"]["revocation"], "not_checked");
    assert_eq!(
        json["chain"][0]["subject"],
        "CN=签名人,O=某某市示范企业有限公司,C=CN"
    );
}

#[test]
fn without_an_anchor_the_best_partial_chain_names_what_is_missing() {
    let world = world();
    let report = PathRequest {
        anchors: &Anchors::new(),
        ..world.request()
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Indeterminate);
    assert_eq!(codes(&report), [("missing_issuer", 1)]);
    let expected = AnchorOutcome::NotReached {
        issuer: world.root.certificate.subject_name().clone(),
        cause: ProblemCode::MissingIssuer,
    };
    assert_eq!(report.anchor(), &expected);
    assert_eq!(report.verdict(Concern::Constraint), Verdict::NotChecked);

    let report = PathRequest {
        intermediates: &[],
        ..world.request()
    }
    .judge();
    assert_eq!(codes(&report), [("missing_issuer", 0)]);
}

#[test]
fn an_anchor_counts_only_in_its_role() {
    let world = world();
    let report = PathRequest {
        role: AnchorRole::Maker,
        ..world.request()
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Indeterminate);
    assert_eq!(codes(&report), [("anchor_of_other_role", 1)]);
}

#[test]
fn a_forged_signature_fails_and_another_key_of_the_issuer_is_missing() {
    let world = world();
    // Same name and same key identifier as the true root, another key.
    let stranger = root("根", 7);
    let id = world.root.certificate.subject_key_id().unwrap().unwrap();
    let twin = builder("根", 7)
        .authority(None)
        .extension(named::SUBJECT_KEY_IDENTIFIER, false, asn1::octets(&id))
        .self_sign(&stranger.key)
        .unwrap();
    let report = PathRequest {
        anchors: &anchors(&twin),
        ..world.request()
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Failed);
    assert_eq!(codes(&report), [("signature_mismatch", 1)]);
    let report = PathRequest {
        anchors: &anchors(&stranger.certificate),
        ..world.request()
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Indeterminate);
    assert_eq!(codes(&report), [("missing_issuer", 1)]);
}

#[test]
fn a_leaf_that_is_an_anchor_is_its_own_path() {
    let world = world();
    let own = anchors(&world.leaf.certificate);
    let report = PathRequest {
        anchors: &own,
        ..world.request()
    }
    .judge();
    assert_eq!(report.outcome(), Verdict::Passed);
    assert_eq!(report.chain().len(), 1);
    // Self-signed, and nobody believes it.
    let lonely = Anchors::new();
    let report = PathRequest::new(&world.root.certificate, &lonely, time("2026-11-22")).judge();
    assert_eq!(codes(&report), [("missing_issuer", 0)]);
}

#[test]
fn validity_is_judged_for_every_certificate_at_the_time_given() {
    let world = world();
    for (at, code) in [
        ("2024-12-31T23:59:59Z", "not_yet_valid"),
        ("2035-01-01T00:00:01Z", "expired"),
    ] {
        let report = PathRequest {
            at: time(at),
            ..world.request()
        }
        .judge();
        assert_eq!(report.verdict(Concern::Validity), Verdict::Failed);
        assert_eq!(codes(&report), [(code, 0), (code, 1), (code, 2)]);
    }
    for at in ["2025-01-01T00:00:00Z", "2035-01-01T00:00:00Z"] {
        let report = PathRequest {
            at: time(at),
            ..world.request()
        }
        .judge();
        assert_eq!(report.outcome(), Verdict::Passed);
    }
}

/// The codes for a hierarchy whose authority is built otherwise.
fn with_authority(build: impl FnOnce(CertificateBuilder) -> CertificateBuilder) -> PathReport {
    let root = root("根", 1);
    let authority = issue(build(builder("运营", 2)), 2, &root);
    let leaf = signer("签名人", 3, &authority);
    world_of(root, authority, leaf).request().judge()
}

#[test]
fn rights_of_an_issuer() {
    let usage = KeyUsage::DIGITAL_SIGNATURE;
    let report = with_authority(|builder| builder.authority(None).key_usage(usage));
    assert_eq!(codes(&report), [("issuer_key_usage", 1)]);
    assert_eq!(report.verdict(Concern::Constraint), Verdict::Failed);
    let report = with_authority(|builder| builder);
    assert_eq!(codes(&report), [("not_an_authority", 1)]);
    let report = with_authority(CertificateBuilder::end_entity);
    assert_eq!(codes(&report), [("not_an_authority", 1)]);
    let server = [named::PURPOSE_SERVER];
    let report = with_authority(|b| b.authority(None).extended_key_usage(&server, false));
    assert_eq!(codes(&report), [("issuer_extended_key_usage", 1)]);
}

#[test]
fn extensions_that_cannot_be_judged_are_never_passed() {
    let unknown = Oid::parse("1.2.3").unwrap();
    let report = with_authority(|b| b.authority(None).extension(unknown, true, asn1::null()));
    assert_eq!(
        (codes(&report), report.outcome()),
        (vec![("unknown_critical_extension", 1)], Verdict::Failed)
    );
    let report = with_authority(|b| b.authority(None).extension(unknown, false, asn1::null()));
    assert_eq!(report.outcome(), Verdict::Passed);
    // Those that act must be readable, critical or not.
    for oid in [
        named::NAME_CONSTRAINTS,
        named::POLICY_CONSTRAINTS,
        named::POLICY_MAPPINGS,
        named::CERTIFICATE_POLICIES,
    ] {
        let empty = asn1::sequence::<Vec<u8>>(&[]);
        let report = with_authority(|b| b.authority(None).extension(oid, false, empty));
        assert_eq!(
            (codes(&report), report.outcome()),
            (vec![("malformed_extension", 1)], Verdict::Failed)
        );
    }
}

#[test]
fn path_length_counts_authorities_that_are_not_self_issued() {
    let key = sm2_key(1);
    let certificate = builder("根", 1).authority(Some(0)).self_sign(&key).unwrap();
    let root = Party { certificate, key };
    let first = authority("甲", 2, &root);
    let second = authority("乙", 3, &first);
    let leaf = signer("签名人", 4, &second);
    let anchors = anchors(&root.certificate);
    let intermediates = [first.certificate.clone(), second.certificate.clone()];
    let request = PathRequest {
        intermediates: &intermediates,
        ..PathRequest::new(&leaf.certificate, &anchors, time("2026-11-22"))
    };
    // Two authorities stand below the root, none may.
    assert_eq!(codes(&request.judge()), [("path_length", 3)]);

    // A new key of the root, signed by the old one, is the same authority.
    let renewed = issue(builder("根", 5).authority(Some(0)), 5, &root);
    let leaf = signer("签名人", 6, &renewed);
    let intermediates = [renewed.certificate.clone()];
    let request = PathRequest {
        leaf: &leaf.certificate,
        intermediates: &intermediates,
        ..request
    };
    assert_eq!(request.judge().outcome(), Verdict::Passed);
}

#[test]
fn usage_of_a_leaf_by_purpose() {
    let root = root("根", 1);
    let anchors = anchors(&root.certificate);
    let judge = |builder: CertificateBuilder, purpose| {
        let leaf = issue(builder, 3, &root).certificate;
        let at = time("2026-11-22");
        PathRequest {
            purpose,
            ..PathRequest::new(&leaf, &anchors, at)
        }
        .judge()
    };
    let plain = || builder("签名人", 3).end_entity();
    let encryption = || plain().key_usage(KeyUsage::KEY_ENCIPHERMENT);
    assert_eq!(
        codes(&judge(encryption(), Purpose::Signer)),
        [("leaf_key_usage", 0)]
    );
    assert_eq!(judge(encryption(), Purpose::Any).outcome(), Verdict::Passed);

    let issuing = plain().key_usage(KeyUsage::KEY_CERT_SIGN.and(KeyUsage::DIGITAL_SIGNATURE));
    assert_eq!(
        codes(&judge(issuing, Purpose::Any)),
        [("cert_sign_without_authority", 0)]
    );

    let (client, mail, document) = (
        named::PURPOSE_CLIENT,
        named::PURPOSE_MAIL,
        named::PURPOSE_DOCUMENT,
    );
    let of = |purposes: &[Oid], critical| {
        judge(
            plain().extended_key_usage(purposes, critical),
            Purpose::Signer,
        )
    };
    for (purposes, critical) in [
        (&[mail][..], true),
        (&[client, mail], true),
        (&[document], false),
        (&[named::ANY_PURPOSE], true),
    ] {
        assert_eq!(of(purposes, critical).outcome(), Verdict::Passed);
    }
    let remark = of(&[client], false);
    assert_eq!(remark.outcome(), Verdict::Passed);
    assert_eq!(
        remark.findings()[0].code.name(),
        "certificate.purpose_client_only"
    );
    for (purposes, critical) in [(&[client][..], true), (&[named::PURPOSE_SERVER], false)] {
        assert_eq!(
            codes(&of(purposes, critical)),
            [("leaf_extended_key_usage", 0)]
        );
    }

    let stamper = time_stamper(&[named::PURPOSE_TIME_STAMPING], true, &root).certificate;
    let at = time("2026-11-22");
    let request = PathRequest {
        purpose: Purpose::Tsa,
        ..PathRequest::new(&stamper, &anchors, at)
    };
    assert_eq!(request.judge().outcome(), Verdict::Passed);
    assert_eq!(
        codes(&judge(plain(), Purpose::Tsa)),
        [("leaf_extended_key_usage", 0)]
    );
}

pub(super) fn list(issuer: &Party, revoked: &[(&Certificate, &str)]) -> Crl {
    let empty = CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"));
    let reason = Some(RevocationReason::Superseded);
    revoked
        .iter()
        .fold(empty, |list, (certificate, since)| {
            list.revoke(certificate.serial(), time(since), reason)
        })
        .sign(&issuer.certificate, &issuer.key)
        .unwrap()
}

#[test]
fn revocation_needs_a_current_list_of_every_issuer() {
    let world = world();
    let crls = [list(&world.root, &[]), list(&world.authority, &[])];
    let required = |crls| PathRequest {
        revocation: RevocationMode::Required,
        crls,
        ..world.request()
    };
    let report = required(&crls).judge();
    assert_eq!(report.outcome(), Verdict::Passed);
    assert_eq!(report.verdict(Concern::Revocation), Verdict::Passed);
    assert_eq!(
        report.evidence(),
        [EvidenceRef::Crl(0), EvidenceRef::Crl(1)]
    );

    let report = required(&crls[1..]).judge();
    assert_eq!(report.outcome(), Verdict::Indeterminate);
    assert_eq!(
        report.revocation()[1],
        RevocationStatus::Unknown(UnknownCause::None)
    );
    let optional = PathRequest {
        revocation: RevocationMode::IfAvailable,
        ..required(&crls[1..])
    };
    assert_eq!(optional.judge().outcome(), Verdict::Passed);
    assert_eq!(
        optional.judge().verdict(Concern::Revocation),
        Verdict::NotChecked
    );

    for (at, cause) in [
        ("2026-12-02", UnknownCause::Stale),
        ("2026-10-31", UnknownCause::NotYetValid),
    ] {
        let report = PathRequest {
            evidence_at: time(at),
            ..required(&crls)
        }
        .judge();
        assert_eq!(report.verdict(Concern::Revocation), Verdict::Indeterminate);
        assert_eq!(report.revocation()[0], RevocationStatus::Unknown(cause));
    }
}

#[test]
fn a_revoked_certificate_fails_from_its_revocation_on_whatever_the_lists_age() {
    let world = world();
    let crls = [
        list(&world.root, &[]),
        list(&world.authority, &[(&world.leaf.certificate, "2026-06-01")]),
    ];
    for (at, verdict) in [
        ("2026-11-22", Verdict::Failed),
        ("2030-01-01", Verdict::Failed),
        // Before the list was made, yet after the revocation it tells of.
        ("2026-07-01", Verdict::Failed),
        ("2026-05-31", Verdict::Indeterminate),
    ] {
        let request = PathRequest {
            revocation: RevocationMode::Required,
            crls: &crls,
            evidence_at: time(at),
            ..world.request()
        };
        let report = request.judge();
        assert_eq!(report.verdict(Concern::Revocation), verdict, "{at}");
        let revoked = RevocationStatus::Revoked {
            time: time("2026-06-01"),
            reason: Some(RevocationReason::Superseded),
        };
        assert_eq!(
            report.revocation()[0] == revoked,
            verdict == Verdict::Failed
        );
    }
}

/// A list need not name what has expired: it counts where the caller takes it all the same.
#[test]
fn a_list_from_after_the_certificate_expired_says_nothing_of_it() {
    let mut world = world();
    let short = CertificateBuilder::new(
        name("签名人"),
        sm2_key(3).public_key().clone(),
        &[3],
        time("2025-01-01"),
        time("2026-10-01"),
    );
    world.leaf = issue(short.end_entity(), 3, &world.authority);
    let kept = CrlBuilder::new(1, time("2026-11-01"), time("2026-12-01"))
        .extension(
            named::EXPIRED_CERTS_ON_CRL,
            false,
            asn1::generalized_time(time("2020-01-01")),
        )
        .sign(&world.authority.certificate, &world.authority.key)
        .unwrap();
    let judge = |own: Crl, after_expiry| {
        let crls = [list(&world.root, &[]), own];
        let report = PathRequest {
            at: time("2026-09-01"),
            evidence_at: time("2026-11-22"),
            revocation: RevocationMode::Required,
            crls: &crls,
            evidence_age: EvidenceAge {
                after_expiry,
                ..EvidenceAge::default()
            },
            ..world.request()
        }
        .judge();
        report.revocation()[0]
    };
    let unknown = RevocationStatus::Unknown(UnknownCause::AfterExpiry);
    assert_eq!(judge(list(&world.authority, &[]), false), unknown);
    assert_eq!(
        judge(list(&world.authority, &[]), true),
        RevocationStatus::Good
    );
    assert_eq!(judge(kept, false), RevocationStatus::Good);
}

#[test]
fn the_better_of_two_paths_is_told() {
    // The same authority, certified once without the right and once with it.
    let root = root("根", 1);
    let bad = issue(builder("运营", 2).end_entity(), 2, &root);
    let good = authority("运营", 2, &root);
    let leaf = signer("签名人", 3, &good);
    let anchors = anchors(&root.certificate);
    let both = [bad.certificate.clone(), good.certificate.clone()];
    let at = time("2026-11-22");
    let request = PathRequest {
        intermediates: &both,
        ..PathRequest::new(&leaf.certificate, &anchors, at)
    };
    assert_eq!(request.judge().outcome(), Verdict::Passed);
    let other = authority("无关", 5, &root);
    let only_bad = [bad.certificate.clone(), other.certificate.clone()];
    let request = PathRequest {
        intermediates: &only_bad,
        ..request
    };
    assert_eq!(codes(&request.judge()), [("not_an_authority", 1)]);
}

#[test]
fn loops_and_crowds_end() {
    // Two authorities that certify each other, and no anchor.
    let (one, two) = (root("甲", 1), root("乙", 2));
    let crossed = [
        issue(builder("甲", 1).authority(None), 1, &two).certificate,
        issue(builder("乙", 2).authority(None), 2, &one).certificate,
    ];
    let leaf = signer("签名人", 3, &one);
    let far = root("远", 4);
    let anchors = anchors(&far.certificate);
    let at = time("2026-11-22");
    let request = PathRequest {
        intermediates: &crossed,
        ..PathRequest::new(&leaf.certificate, &anchors, at)
    };
    assert_eq!(request.judge().outcome(), Verdict::Indeterminate);

    // A crowd of certificates of one name: the search is given up by name.
    let crowd: Vec<_> = (10..130_u8)
        .map(|serial| {
            let key = one.key.public_key().clone();
            let (from, to) = (time("2025-01-01"), time("2035-01-01"));
            CertificateBuilder::new(name("甲"), key, &[serial], from, to)
                .authority(None)
                .self_sign(&one.key)
                .unwrap()
        })
        .collect();
    let report = PathRequest {
        intermediates: &crowd,
        ..request
    }
    .judge();
    assert_eq!(codes(&report), [("search_limit", 0)]);
    assert_eq!(report.outcome(), Verdict::Indeterminate);
}

#[test]
fn a_path_is_no_longer_than_asked() {
    let world = world();
    let report = PathRequest {
        max_depth: 2,
        ..world.request()
    }
    .judge();
    assert_eq!(codes(&report), [("path_too_long", 1)]);
    assert_eq!(
        PathRequest {
            max_depth: 3,
            ..world.request()
        }
        .judge()
        .outcome(),
        Verdict::Passed
    );
}
