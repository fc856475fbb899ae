//! Thousands of generated chains, judged here, by rustls-webpki, by certval and by OpenSSL. Where two
//! disagree, a rule of the list beside says why; a disagreement without one fails, and so does a rule
//! that explains nothing.

mod certval;
mod openssl;
mod webpki;

use std::collections::{BTreeMap, BTreeSet};

use yinxin::Time;
use yinxin::asn1::{self, Oid, Tag, named};
use yinxin::crypto::{KeyKind, Signer, SoftwareKey};
use yinxin::pki::{Certificate, CertificateBuilder, KeyUsage, Name};
use yinxin::trust::{AnchorRole, Anchors, PathRequest, Purpose, Verdict};

const AT: &str = "2026-11-22";

/// One thing that a certificate of a chain has beside what a plain one has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trait {
    Expired,
    NotYetValid,
    NoBasicConstraints,
    NotAnAuthority,
    PathLengthZero,
    NoCertSign,
    UnknownCritical,
    CriticalPolicies,
    PermitsHost,
    ExcludesHost,
    PermitsOtherHost,
    PermitsDirectory,
    LeadingPeriod,
    ForgedSignature,
    OtherIssuer,
    Authority,
    OddSerial,
    DocumentPurpose,
    ServerPurpose,
    SelfIssued,
    PolicyOne,
    PolicyTwo,
    AnyPolicy,
    MapsOneToTwo,
    ExplicitPolicy,
    InhibitsMapping,
    InhibitsAny,
}

/// Of every kind but those of [`POLICIES`].
const ALL: &[Trait] = &[
    Trait::Expired,
    Trait::NotYetValid,
    Trait::NoBasicConstraints,
    Trait::NotAnAuthority,
    Trait::PathLengthZero,
    Trait::NoCertSign,
    Trait::UnknownCritical,
    Trait::CriticalPolicies,
    Trait::PermitsHost,
    Trait::ExcludesHost,
    Trait::PermitsOtherHost,
    Trait::PermitsDirectory,
    Trait::LeadingPeriod,
    Trait::ForgedSignature,
    Trait::OtherIssuer,
    Trait::Authority,
    Trait::OddSerial,
    Trait::DocumentPurpose,
    Trait::ServerPurpose,
    Trait::SelfIssued,
];

/// What decides which policies a chain is good for; the commoner, the more often it is met.
const POLICIES: &[Trait] = &[
    Trait::PolicyOne,
    Trait::PolicyOne,
    Trait::PolicyOne,
    Trait::PolicyTwo,
    Trait::PolicyTwo,
    Trait::AnyPolicy,
    Trait::AnyPolicy,
    Trait::MapsOneToTwo,
    Trait::MapsOneToTwo,
    Trait::ExplicitPolicy,
    Trait::ExplicitPolicy,
    Trait::InhibitsMapping,
    Trait::InhibitsAny,
    Trait::SelfIssued,
];

/// Where in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Root,
    Intermediate(usize),
    Leaf,
}

type Plan = BTreeSet<(Place, Trait)>;

/// A generator whose numbers are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }
}

/// Up to so many of these traits, anywhere in a chain.
fn plan(numbers: &mut Numbers, traits: &[Trait], most: usize) -> (usize, Plan) {
    let intermediates = numbers.below(4);
    let count = numbers.below(most + 1);
    let plan = (0..count).map(|_| {
        let place = match numbers.below(intermediates + 2) {
            0 => Place::Root,
            1 => Place::Leaf,
            other => Place::Intermediate(other - 2),
        };
        (place, traits[numbers.below(traits.len())])
    });
    let plan: Plan = plan.collect();
    (intermediates, plan)
}

struct Maker {
    keys: Vec<SoftwareKey>,
}

impl Maker {
    fn build(&self, place: Place, key: usize, plan: &Plan) -> CertificateBuilder {
        let has = |one| plan.contains(&(place, one));
        let time = |text| Time::parse(text).unwrap();
        let (from, until) = match (has(Trait::Expired), has(Trait::NotYetValid)) {
            (true, _) => ("2024-01-01", "2025-01-01"),
            (_, true) => ("2027-01-01", "2035-01-01"),
            _ => ("2025-01-01", "2035-01-01"),
        };
        let serial: &[u8] = if has(Trait::OddSerial) {
            &[0x7f; 20]
        } else {
            &[1]
        };
        let subject = self.name(place, plan);
        let public_key = self.keys[key].public_key().clone();
        let mut builder =
            CertificateBuilder::new(subject, public_key, serial, time(from), time(until));
        let leaf = place == Place::Leaf;
        if leaf {
            let san = asn1::tlv(Tag::context_primitive(2), b"host.example");
            builder = builder.extension(named::SUBJECT_ALT_NAME, false, asn1::sequence(&[san]));
        }
        if has(Trait::NoBasicConstraints) {
            builder = builder.key_usage(KeyUsage::KEY_CERT_SIGN);
        } else if has(Trait::NotAnAuthority) || (leaf && !has(Trait::Authority)) {
            builder = builder.end_entity();
        } else {
            builder = builder.authority(has(Trait::PathLengthZero).then_some(0));
        }
        if has(Trait::NoCertSign) || (leaf && !has(Trait::Authority)) {
            builder = builder.key_usage(KeyUsage::DIGITAL_SIGNATURE);
        }
        if has(Trait::UnknownCritical) {
            builder = builder.extension(Oid::parse("1.2.3.4").unwrap(), true, asn1::null());
        }
        if has(Trait::CriticalPolicies) {
            let any = asn1::sequence(&[asn1::oid(named::ANY_POLICY)]);
            let value = asn1::sequence(&[any]);
            builder = builder.extension(named::CERTIFICATE_POLICIES, true, value);
        }
        if has(Trait::DocumentPurpose) {
            builder = builder.extended_key_usage(&[named::PURPOSE_DOCUMENT], false);
        } else if has(Trait::ServerPurpose) {
            builder = builder.extended_key_usage(&[named::PURPOSE_SERVER], false);
        }
        for (oid, critical, value) in policies(&has) {
            builder = builder.extension(oid, critical, value);
        }
        match constraints(&has) {
            Some(value) => builder.extension(named::NAME_CONSTRAINTS, true, value),
            None => builder,
        }
    }

    fn name(&self, place: Place, plan: &Plan) -> Name {
        let text = match place {
            Place::Root => "Root".to_owned(),
            Place::Leaf => "Leaf".to_owned(),
            // It renews the one above it.
            Place::Intermediate(0) if plan.contains(&(place, Trait::SelfIssued)) => {
                "Root".to_owned()
            }
            Place::Intermediate(n) if plan.contains(&(place, Trait::SelfIssued)) => {
                return self.name(Place::Intermediate(n - 1), plan);
            }
            Place::Intermediate(n) => format!("Authority {n}"),
        };
        Name::build(&[(named::COUNTRY, "CN"), (named::COMMON_NAME, &text)]).unwrap()
    }

    /// Leaf first, root last.
    fn chain(&self, intermediates: usize, plan: &Plan) -> Vec<Certificate> {
        let mut places = vec![Place::Root];
        places.extend((0..intermediates).map(Place::Intermediate));
        places.push(Place::Leaf);
        let mut chain: Vec<Certificate> = Vec::new();
        let mut issuer = (self.name(Place::Root, plan), 0);
        for (index, place) in places.iter().enumerate() {
            let has = |one| plan.contains(&(*place, one)) && *place != Place::Root;
            let signer = if has(Trait::ForgedSignature) {
                self.keys.len() - 1
            } else {
                issuer.1
            };
            let name = match has(Trait::OtherIssuer) {
                true => Name::build(&[(named::COMMON_NAME, "Nobody")]).unwrap(),
                false => issuer.0.clone(),
            };
            let key = &self.keys[signer];
            let pending = self
                .build(*place, index, plan)
                .prepare(&name, key.public_key(), key.algorithm())
                .unwrap();
            let signature = key.sign(pending.to_be_signed()).unwrap();
            chain.insert(0, pending.complete(&signature).unwrap());
            issuer = (self.name(*place, plan), index);
        }
        chain
    }
}

fn constraints(has: &impl Fn(Trait) -> bool) -> Option<Vec<u8>> {
    let dns = |host: &str| asn1::tlv(Tag::context_primitive(2), host.as_bytes());
    let (list, base) = if has(Trait::PermitsHost) {
        (0, dns("example"))
    } else if has(Trait::ExcludesHost) {
        (1, dns("host.example"))
    } else if has(Trait::PermitsOtherHost) {
        (0, dns("other.example"))
    } else if has(Trait::PermitsDirectory) {
        let name = Name::build(&[(named::COUNTRY, "CN")]).unwrap();
        (0, asn1::context(4, &[name.der()]))
    } else if has(Trait::LeadingPeriod) {
        (0, dns(".example"))
    } else {
        return None;
    };
    let subtree = asn1::sequence(&[base]);
    Some(asn1::sequence(&[asn1::context(list, &[subtree])]))
}

/// The extensions on policies.
fn policies(has: &impl Fn(Trait) -> bool) -> Vec<(Oid, bool, Vec<u8>)> {
    let [one, two] = ["1.2.3.1", "1.2.3.2"].map(|text| Oid::parse(text).unwrap());
    let mut extensions = Vec::new();
    let held: Vec<Vec<u8>> = [
        (Trait::PolicyOne, one),
        (Trait::PolicyTwo, two),
        (Trait::AnyPolicy, named::ANY_POLICY),
    ]
    .into_iter()
    .filter(|(policy, _)| has(*policy))
    .map(|(_, oid)| asn1::sequence(&[asn1::oid(oid)]))
    .collect();
    if !held.is_empty() {
        extensions.push((named::CERTIFICATE_POLICIES, false, asn1::sequence(&held)));
    }
    if has(Trait::MapsOneToTwo) {
        let mapping = asn1::sequence(&[asn1::oid(one), asn1::oid(two)]);
        extensions.push((named::POLICY_MAPPINGS, true, asn1::sequence(&[mapping])));
    }
    // From the next certificate on.
    let limits: Vec<Vec<u8>> = [(Trait::ExplicitPolicy, 0), (Trait::InhibitsMapping, 1)]
        .into_iter()
        .filter(|(limit, _)| has(*limit))
        .map(|(_, number)| asn1::tlv(Tag::context_primitive(number), &[0]))
        .collect();
    if !limits.is_empty() {
        extensions.push((named::POLICY_CONSTRAINTS, true, asn1::sequence(&limits)));
    }
    if has(Trait::InhibitsAny) {
        extensions.push((named::INHIBIT_ANY_POLICY, true, asn1::integer(0)));
    }
    extensions
}

fn ours(chain: &[Certificate]) -> bool {
    let (leaf, above) = chain.split_first().unwrap();
    let (root, intermediates) = above.split_last().unwrap();
    let mut anchors = Anchors::new();
    anchors.add_all([root.clone()], AnchorRole::Signer);
    let request = PathRequest {
        intermediates,
        purpose: Purpose::Any,
        ..PathRequest::new(leaf, &anchors, Time::parse(AT).unwrap())
    };
    request.judge().outcome() == Verdict::Passed
}

/// A second opinion: what it says of a chain, and the rule that explains why it differs.
struct Opinion<'a> {
    accepts: &'a mut dyn FnMut(&[Certificate]) -> bool,
    /// Of a plan, and whether it is we who accept.
    explains: &'a dyn Fn(&Plan, bool) -> Option<&'static str>,
    /// Rules by name, with the reason why we differ.
    rules: &'static str,
}

impl Opinion<'_> {
    /// Of chains with traits of every kind.
    fn compare(self, chains: usize) {
        self.compare_with(ALL, 3, chains);
    }

    /// Of chains with up to so many of these traits.
    fn compare_with(self, traits: &[Trait], most: usize, chains: usize) {
        let keys = (0..6).map(|_| SoftwareKey::generate(KeyKind::P256).unwrap());
        let maker = Maker {
            keys: keys.collect(),
        };
        let mut numbers = Numbers(0x5eed);
        let mut met: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut both_accept, mut both_refuse) = (0, 0);
        let mut unexplained = Vec::new();
        for _ in 0..chains {
            let (intermediates, plan) = plan(&mut numbers, traits, most);
            let chain = maker.chain(intermediates, &plan);
            match (ours(&chain), (self.accepts)(&chain)) {
                (true, true) => both_accept += 1,
                (false, false) => both_refuse += 1,
                (we, _) => match (self.explains)(&plan, we) {
                    Some(rule) => *met.entry(rule).or_default() += 1,
                    None => unexplained.push(format!("we accept: {we}, {intermediates} {plan:?}")),
                },
            }
        }
        eprintln!("{both_accept} accepted by both, {both_refuse} refused by both, {met:?}");
        assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
        let names = self
            .rules
            .lines()
            .filter_map(|line| line.split('\t').next());
        let listed: BTreeSet<&str> = names.collect();
        let met: BTreeSet<&str> = met.keys().copied().collect();
        assert_eq!(met, listed);
        assert!(both_accept > chains / 8 && both_refuse > chains / 8);
    }
}

/// Where in a chain a plan has something.
struct Places<'a>(&'a Plan);

impl Places<'_> {
    fn at(&self, place: Place, one: Trait) -> bool {
        self.0.contains(&(place, one))
    }

    fn below_root(&self, one: Trait) -> bool {
        let mut all = self.0.iter();
        all.any(|(place, other)| *other == one && *place != Place::Root)
    }

    fn inner(&self, one: Trait) -> bool {
        let mut all = self.0.iter();
        all.any(|(place, other)| *other == one && matches!(place, Place::Intermediate(_)))
    }

    fn any(&self, one: Trait) -> bool {
        self.0.iter().any(|(_, other)| *other == one)
    }
}

/// The first rule that applies.
fn first_of(rules: &[(&'static str, bool)]) -> Option<&'static str> {
    rules
        .iter()
        .find(|(_, applies)| *applies)
        .map(|(name, _)| *name)
}
