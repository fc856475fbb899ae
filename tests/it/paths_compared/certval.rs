//! certval, through a program of our own that `scripts/setup-tests` builds.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use yinxin::Time;
use yinxin::pki::Certificate;

use super::{AT, Opinion, POLICIES, Place, Places, Plan, Trait, first_of};
use crate::oracles::Oracles;

#[test]
fn our_verdicts_and_those_of_certval() {
    let Some(mut certval) = Certval::find() else {
        return;
    };
    let opinion = Opinion {
        accepts: &mut |chain| certval.accepts(chain),
        explains: &explanation,
        rules: include_str!("certval.tsv"),
    };
    opinion.compare(4000);
}

#[test]
fn our_policies_and_those_of_certval() {
    let Some(mut certval) = Certval::find() else {
        return;
    };
    let opinion = Opinion {
        accepts: &mut |chain| certval.accepts(chain),
        explains: &|plan, we_accept| {
            let mapped = Places(plan).at(Place::Root, Trait::MapsOneToTwo);
            first_of(&[("anchor_mapping", we_accept && mapped)])
        },
        rules: include_str!("certval_policies.tsv"),
    };
    opinion.compare_with(POLICIES, 7, 2000);
}

/// One process, asked chain by chain.
struct Certval {
    child: Child,
    chains: ChildStdin,
    verdicts: BufReader<ChildStdout>,
}

impl Certval {
    /// None where there are no oracles and nothing requires them.
    fn find() -> Option<Self> {
        let mut child = Oracles::find()?
            .program("certval/debug/certval")
            .arg(Time::parse(AT).unwrap().unix().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (chains, verdicts) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Some(Self {
            child,
            chains,
            verdicts: BufReader::new(verdicts),
        })
    }

    /// The chain from leaf to root, as `tests/oracles/certval` reads it.
    fn accepts(&mut self, chain: &[Certificate]) -> bool {
        let number = |length: usize| u32::try_from(length).unwrap().to_be_bytes();
        let mut message = number(chain.len()).to_vec();
        for certificate in chain {
            message.extend(number(certificate.der().len()));
            message.extend(certificate.der());
        }
        self.chains.write_all(&message).unwrap();
        let mut verdict = String::new();
        self.verdicts.read_line(&mut verdict).unwrap();
        assert!(!verdict.is_empty(), "certval has ended");
        verdict == "valid\n"
    }
}

impl Drop for Certval {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The rule that explains why we refuse what they accept. There is none for what they
/// refuse and we accept: nothing was met.
fn explanation(plan: &Plan, we_accept: bool) -> Option<&'static str> {
    let places = Places(plan);
    let no_authority = places.at(Place::Root, Trait::NoBasicConstraints)
        || places.at(Place::Root, Trait::NotAnAuthority);
    let signs_certificates = places.at(Place::Leaf, Trait::NoBasicConstraints)
        && places.at(Place::Leaf, Trait::Authority);
    first_of(&[
        ("anchor_authority", !we_accept && no_authority),
        ("leaf_cert_sign", !we_accept && signs_certificates),
    ])
}
