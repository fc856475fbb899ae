//! Whose a seal and a signer's certificate are.

use std::collections::BTreeSet;

use super::super::judged::Vouched;
use super::super::report::SignatureReport;
use super::super::{Check, CheckCode, Reason, Role};
use crate::asn1::Tlv;
use crate::license::IssuerClaim;
use crate::license::codes::Uscc;
use crate::pki::Certificate;
use crate::trust::list::{Organization, TrustList};

/// The organisations behind a signature, by their unified social credit codes.
pub(super) struct Owner {
    /// Who owns the seal.
    seal: Body,
    /// Who holds the certificate.
    certificate: Body,
}

/// What is known of one of the two.
#[derive(Default)]
struct Body {
    codes: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Body {
    fn take(&mut self, organization: &Organization) {
        self.codes.insert(organization.uscc.to_ascii_uppercase());
        self.names.insert(organization.name.clone());
    }
}

impl Owner {
    pub(super) fn of(list: &TrustList, report: &SignatureReport, vouched: &[Vouched]) -> Self {
        let mut seal = Body::default();
        if let Some(facts) = &report.seal {
            list.owners_of_seal(&facts.id)
                .for_each(|owner| seal.take(owner));
        }
        let mut certificate = Body::default();
        let signers = vouched.iter().filter(|one| one.role == Role::Signer);
        for signer in signers {
            list.owners_of_certificate(&signer.leaf)
                .for_each(|owner| certificate.take(owner));
            certificate.codes.extend(extension_code(list, signer));
        }
        Self { seal, certificate }
    }

    /// Whether this is the body of a code, and nothing known says otherwise.
    pub(super) fn is(&self, code: Option<&str>) -> bool {
        code.is_some_and(|code| self.codes().contains(code)) && !self.is_divided()
    }

    fn codes(&self) -> BTreeSet<&str> {
        let all = self.seal.codes.iter().chain(&self.certificate.codes);
        all.map(String::as_str).collect()
    }

    /// The seal is one body's and the certificate another's.
    fn is_divided(&self) -> bool {
        let (seal, certificate) = (&self.seal.codes, &self.certificate.codes);
        !seal.is_empty() && !certificate.is_empty() && seal.is_disjoint(certificate)
    }

    pub(super) fn judge(
        &self,
        issuer: &IssuerClaim,
        stated: Option<&str>,
        report: &SignatureReport,
    ) -> Check {
        let code = CheckCode::AuthorityIssuer;
        let organization = report
            .signer
            .as_ref()
            .and_then(|signer| signer.organization.as_deref());
        if self.is_divided() {
            return Check::failed(code, Reason::SealOwnerDiffers)
                .with_list("seal_owner", &self.seal.codes)
                .with_list("signer", &self.certificate.codes);
        }
        let owners = self.codes();
        let Some(stated) = stated else {
            return Check::indeterminate(code, Reason::IssuerCodeMissing);
        };
        if owners.is_empty() {
            let same = organization.is_some() && organization == issuer.name.as_deref();
            let reason = if same {
                Reason::NameOnly
            } else {
                Reason::AuthorityUnknown
            };
            let check = Check::indeterminate(code, reason);
            return match organization {
                Some(name) => check.with("signer_organization", name),
                None => check,
            };
        }
        if !owners.contains(stated) {
            return Check::failed(code, Reason::IssuerDiffers).with_list("owner", owners);
        }
        // The certificate itself is tied to no code: then at least its name must be the owner's.
        if self.certificate.codes.is_empty()
            && let Some(name) = organization
            && !self.seal.names.contains(name)
        {
            return Check::indeterminate(code, Reason::NamesDiffer)
                .with("signer_organization", name)
                .with_list("seal_owner", &self.seal.names);
        }
        let by = if self.certificate.codes.is_empty() {
            "seal"
        } else {
            "certificate"
        };
        Check::passed(code).with("by", by)
    }
}

/// The code in the extension that the anchor's entry names for it.
fn extension_code(list: &TrustList, signer: &Vouched) -> Option<String> {
    let anchor = signer.anchor.as_ref()?;
    let mut entries = list
        .entries_of(anchor)
        .filter(|entry| entry.granted_at(signer.used_at).is_some());
    entries.find_map(|entry| code_in(&signer.leaf, entry.organization_extension()?))
}

fn code_in(certificate: &Certificate, oid: crate::asn1::Oid) -> Option<String> {
    let extension = certificate.extension(oid)?;
    let text = Tlv::parse(extension.value()).ok()?;
    let text = std::str::from_utf8(text.content()).ok()?;
    Some(Uscc::parse(text).ok()?.as_str().to_owned())
}
