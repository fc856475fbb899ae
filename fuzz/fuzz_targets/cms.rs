//! Signed messages, certificates, revocation lists, OCSP responses and time stamp tokens from any
//! bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yinxin::crypto::Sm2Id;
use yinxin::pki::cms::SignedData;
use yinxin::pki::{Certificate, Crl, OcspResponse, TimeStampToken};

fuzz_target!(|input: &[u8]| {
    let id = Sm2Id::default();
    if let Ok(data) = SignedData::parse(input) {
        let padded: Vec<u8> = input.iter().copied().chain([0, 0]).collect();
        assert!(SignedData::parse_padded(&padded).is_ok());
        for signer in data.signers() {
            let _ = data.check(signer, None, &[], &id);
            let _ = data.check(signer, Some(&[b"content"]), data.certificates(), &id);
        }
    }
    if let Ok(token) = TimeStampToken::parse(input) {
        let _ = token.check(b"value", &[], &id);
    }
    if let Ok(certificate) = Certificate::from_der(input) {
        assert_eq!(certificate.der(), input);
        visit(&certificate, &id);
    }
    if let Ok(list) = Crl::from_der(input) {
        assert_eq!(list.der(), input);
        let _ = (
            list.find(&[1]),
            list.unknown_critical(),
            list.signature_algorithm(),
        );
    }
    if let Ok(response) = OcspResponse::from_der(input) {
        assert_eq!(response.der(), input);
        let _ = (response.answers(), response.signature_algorithm());
        response
            .certificates()
            .iter()
            .for_each(|one| visit(one, &id));
    }
});

fn visit(certificate: &Certificate, id: &Sm2Id) {
    let _ = (certificate.basic_constraints(), certificate.key_usage());
    let _ = (
        certificate.extended_key_usage(),
        certificate.subject_key_id(),
    );
    let _ = (
        certificate.authority_key_id(),
        certificate.crl_distribution_points(),
    );
    let _ = (
        certificate.subject_alt_names(),
        certificate.name_constraints(),
    );
    let _ = (certificate.policies(), certificate.policy_mappings());
    let _ = (
        certificate.policy_constraints(),
        certificate.inhibit_any_policy(),
    );
    let _ = (
        certificate.unrecognized_critical(),
        format!("{certificate:?}"),
    );
    if let Ok(key) = certificate.public_key() {
        let _ = certificate.verify_signed_by(key, id);
    }
}
