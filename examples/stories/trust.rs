//! Two provinces on one trust list: each vouches for its own licenses, and for no others'.

use std::io::Write;

use yinxin::crypto::SoftwareKey;
use yinxin::license::codes::RegionCode;
use yinxin::pki::Certificate;
use yinxin::trust::list::{
    EntryKind, Environment, Extent, Organization, Period, Quorum, RootKey, Scope, Standing,
    TrustEntry, TrustList, TrustRoot, TrustState,
};
use yinxin::verify::CheckCode;
use yinxin::{Policy, Time, Verifier};

use super::{Told, judged, made};

const NAME: &str = "示范信任体系";
const TRIAL: Environment = Environment::Test;

pub(crate) fn tell(out: &mut dyn Write) -> Told {
    let (license, root, _) = made::sealed_license()?;
    let (other_license, other_root, _) = made::license_of_another_province()?;
    let keeper = SoftwareKey::from_sm2_scalar(&[8; 32])?;
    let term = (Time::parse("2026-03-01")?, Time::parse("2027-03-01")?);

    let quorum = || Quorum::new(1, vec![RootKey::of_signer(&keeper)?]);
    let pinned = TrustRoot::new(NAME, TRIAL, 1, term, quorum()?, quorum()?)?;
    let mut pinned = pinned.to_envelope();
    pinned.sign(&keeper)?;
    let state = TrustState::pin(&pinned.to_bytes(), TRIAL, term.0)?;

    let list = |version, previous| -> yinxin::Result<Vec<u8>> {
        let mut list = TrustList::new(NAME, TRIAL, version, previous, term);
        let root = Certificate::from_der(&root)?;
        for (root, region) in [(&root, "340000"), (&other_root, "440000")] {
            for (kind, word) in [(EntryKind::Ca, "ca"), (EntryKind::SealMaker, "seal-maker")] {
                list.entries
                    .push(entry(&format!("{word} {region}"), kind, root, region)?);
            }
        }
        list.organizations.push(Organization {
            uscc: "11349900MB0EXAMP5Y".to_owned(),
            name: "某某市市场监督管理局".to_owned(),
            seals: vec!["34990000000001".to_owned()],
            certificates: Vec::new(),
        });
        let mut envelope = list.to_envelope()?;
        envelope.sign(&keeper)?;
        Ok(envelope.to_bytes())
    };
    let first = list(1, None)?;
    let state = state.install(&first, term.0)?;
    let second = list(2, state.list_digest().map(str::to_owned))?;
    let state = TrustState::from_bytes(&state.install(&second, term.0)?.to_bytes())?;
    let version = state.list().ok_or("no list")?.version;
    let freshness = state.freshness(judged()?, <_>::default());
    writeln!(out, "list {version} of {NAME}: {}", freshness.name())?;
    let refused = state.install(&first, term.0).err().ok_or("taken")?;
    writeln!(out, "an older list: {}", refused.kind().name())?;

    let later = judged()?.checked_add(40 * 86_400).ok_or("no such day")?;
    let verifier = Verifier::new(Policy::window()).with_trust(state);
    for (words, license, at) in [
        ("sealed in its own province", &license, judged()?),
        ("sealed in another province", &other_license, judged()?),
        ("forty days later", &license, later),
    ] {
        let report = verifier.verify(license, at);
        writeln!(
            out,
            "{words}: the list is {}",
            report.trust.freshness.name()
        )?;
        for code in [
            CheckCode::AuthorityMaker,
            CheckCode::AuthorityIssuer,
            CheckCode::AuthorityScope,
        ] {
            let check = report.all_checks().find(|check| check.code == code);
            let outcome = check.map_or("-", |check| check.outcome.name());
            writeln!(out, "  {}: {outcome}", code.name())?;
        }
    }
    Ok(())
}

/// A certificate that is believed in its own province.
fn entry(
    id: &str,
    kind: EntryKind,
    root: &Certificate,
    region: &str,
) -> yinxin::Result<TrustEntry> {
    let period = Period {
        from: Time::parse("2026-01-01")?,
        until: None,
        standing: Standing::Granted,
        scope: Scope {
            regions: Extent::Only(vec![RegionCode::parse(region)?]),
            issuers: Extent::Any,
            license_types: Extent::Any,
        },
    };
    TrustEntry::new(id, kind, id, root, vec![period])
}
