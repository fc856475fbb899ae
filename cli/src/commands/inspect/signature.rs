//! The facts of seals and signatures, as the report holds them.

use yinxin::verify::{PartyFacts, SealFacts, SignatureKind, SignatureReport};

use crate::screen::facts::Record;

/// What a signature says of itself.
pub(super) fn record(signature: &SignatureReport) -> Record {
    let mut record = Record::default();
    record.add(
        "kind",
        match signature.kind {
            SignatureKind::Seal => "seal",
            SignatureKind::Signature => "signature",
            SignatureKind::Timestamp => "timestamp",
        },
    );
    record.add_some("standard", signature.standard);
    record.add_some("algorithm", signature.algorithm.as_deref());
    record.add_some(
        "signed_at",
        signature.signed_at.map(|time| time.to_string()),
    );
    record.add_some("time_source", signature.time_source);
    record.add_some("seal", signature.seal.as_ref().map(seal));
    record.add_some("signer", signature.signer.as_ref().map(party));
    record
}

fn seal(facts: &SealFacts) -> Record {
    let mut record = Record::default();
    record.add("name", facts.name.as_str());
    record.add("id", facts.id.as_str());
    record.add("type", facts.seal_type.to_string());
    record.add_some("created", facts.created.map(|time| time.to_string()));
    record.add_some("valid_from", facts.valid_from.map(|time| time.to_string()));
    record.add_some(
        "valid_until",
        facts.valid_until.map(|time| time.to_string()),
    );
    record.add_some("maker", facts.maker.as_ref().map(party));
    record
}

fn party(facts: &PartyFacts) -> Record {
    let mut record = Record::default();
    record.add("subject", facts.subject.as_str());
    record.add("issuer", facts.issuer.as_str());
    record.add("serial", facts.serial.as_str());
    record.add("valid_from", facts.valid_from.to_string());
    record.add("valid_until", facts.valid_until.to_string());
    record.add("sha256", facts.sha256.as_str());
    record
}
