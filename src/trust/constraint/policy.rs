//! Certificate policies along a path (RFC 5280 6.1), on the graph of RFC 9618 instead of the tree
//! that grows without bound.

use std::collections::{BTreeMap, BTreeSet};

use crate::asn1::{Oid, named};
use crate::pki::{Certificate, CertificatePolicy, PolicyMapping};
use crate::trust::report::ProblemCode;
use crate::trust::request::PolicyRequest;

/// A policy valid at one certificate.
#[derive(Clone, Debug)]
struct Node {
    /// Policies that a certificate below may assert to continue it.
    expected: BTreeSet<Oid>,
    /// Policies valid one certificate above that it continues.
    parents: BTreeSet<Oid>,
}

type Level = BTreeMap<Oid, Node>;

/// The state of RFC 5280 6.1.2, from the anchor down.
pub(super) struct PolicyJudge<'a> {
    request: &'a PolicyRequest,
    /// Those of the anchor; any, when empty.
    anchor: Vec<Oid>,
    /// A level per certificate; empty once no policy is valid any more.
    levels: Vec<Level>,
    explicit_policy: usize,
    inhibit_any: usize,
    policy_mapping: usize,
}

impl<'a> PolicyJudge<'a> {
    /// `length` is the number of certificates below the anchor.
    pub(super) fn new(request: &'a PolicyRequest, length: usize) -> Self {
        let start = |now: bool| if now { 0 } else { length + 1 };
        let any = Node {
            expected: BTreeSet::from([named::ANY_POLICY]),
            parents: BTreeSet::new(),
        };
        Self {
            request,
            anchor: Vec::new(),
            levels: vec![Level::from([(named::ANY_POLICY, any)])],
            explicit_policy: start(request.explicit),
            inhibit_any: start(request.inhibit_any),
            policy_mapping: start(request.inhibit_mapping),
        }
    }

    /// What an anchor says in its own certificate binds as if it were said from above (RFC 5937).
    pub(super) fn enter_anchor(&mut self, anchor: &Certificate) -> Result<(), ProblemCode> {
        let policies = anchor.policies().map_err(malformed)?.unwrap_or_default();
        self.anchor = policies.iter().map(|policy| policy.oid).collect();
        self.take_constraints(anchor)
    }

    /// The certificate's own policies (RFC 5280 6.1.3 d–f).
    pub(super) fn enter(
        &mut self,
        certificate: &Certificate,
        last: bool,
    ) -> Result<(), ProblemCode> {
        let policies = certificate.policies().map_err(malformed)?;
        if self.is_empty() {
            // Once nothing is valid, nothing becomes valid.
        } else if let Some(policies) = policies {
            let any_counts = self.inhibit_any > 0 || (!last && certificate.is_self_issued());
            let level = self.next_level(&policies, any_counts);
            self.levels.push(level);
            self.drop_if_empty();
        } else {
            self.levels.clear();
        }
        if self.explicit_policy == 0 && self.is_empty() {
            return Err(ProblemCode::NoValidPolicy);
        }
        Ok(())
    }

    /// Prepares for the certificate below (RFC 5280 6.1.4 a, b, h–j).
    pub(super) fn leave(&mut self, certificate: &Certificate) -> Result<(), ProblemCode> {
        if let Some(mappings) = certificate.policy_mappings().map_err(malformed)? {
            self.map(&mappings)?;
        }
        if !certificate.is_self_issued() {
            self.explicit_policy = self.explicit_policy.saturating_sub(1);
            self.policy_mapping = self.policy_mapping.saturating_sub(1);
            self.inhibit_any = self.inhibit_any.saturating_sub(1);
        }
        self.take_constraints(certificate)
    }

    /// The policies under which the path is valid (RFC 5280 6.1.5 a, b, g; RFC 9618 5.5).
    pub(super) fn finish(mut self, leaf: &Certificate) -> Result<BTreeSet<Oid>, ProblemCode> {
        self.explicit_policy = self.explicit_policy.saturating_sub(1);
        let constraints = leaf.policy_constraints().map_err(malformed)?;
        if constraints.is_some_and(|constraints| constraints.require_explicit == Some(0)) {
            self.explicit_policy = 0;
        }
        let valid = self.accepted();
        if self.explicit_policy == 0 && valid.is_empty() {
            return Err(ProblemCode::NoValidPolicy);
        }
        Ok(valid)
    }

    fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    fn drop_if_empty(&mut self) {
        if self.levels.last().is_none_or(BTreeMap::is_empty) {
            self.levels.clear();
        }
    }

    fn next_level(&self, policies: &[CertificatePolicy], any_counts: bool) -> Level {
        let mut next = Level::new();
        let Some(above) = self.levels.last() else {
            return next;
        };
        let continued = |policy: Oid| -> BTreeSet<Oid> {
            let parents = above
                .iter()
                .filter(|(_, node)| node.expected.contains(&policy));
            parents.map(|(valid, _)| *valid).collect()
        };
        let node = |policy, parents| Node {
            expected: BTreeSet::from([policy]),
            parents,
        };
        let asserts_any = policies.iter().any(|one| one.oid == named::ANY_POLICY);
        for policy in policies.iter().map(|one| one.oid) {
            if policy == named::ANY_POLICY {
                continue;
            }
            let mut parents = continued(policy);
            if parents.is_empty() && above.contains_key(&named::ANY_POLICY) {
                parents.insert(named::ANY_POLICY);
            }
            if !parents.is_empty() {
                next.insert(policy, node(policy, parents));
            }
        }
        if asserts_any && any_counts {
            let expected: BTreeSet<Oid> = above
                .values()
                .flat_map(|node| node.expected.iter().copied())
                .collect();
            for policy in expected {
                next.entry(policy)
                    .or_insert_with(|| node(policy, continued(policy)));
            }
        }
        next
    }

    fn map(&mut self, mappings: &[PolicyMapping]) -> Result<(), ProblemCode> {
        let mut by_issuer: BTreeMap<Oid, BTreeSet<Oid>> = BTreeMap::new();
        for mapping in mappings {
            if mapping.issuer == named::ANY_POLICY || mapping.subject == named::ANY_POLICY {
                return Err(ProblemCode::AnyPolicyMapped);
            }
            by_issuer
                .entry(mapping.issuer)
                .or_default()
                .insert(mapping.subject);
        }
        let Some(level) = self.levels.last_mut() else {
            return Ok(());
        };
        for (issuer, subjects) in by_issuer {
            if self.policy_mapping == 0 {
                level.remove(&issuer);
            } else if let Some(node) = level.get_mut(&issuer) {
                node.expected = subjects;
            } else if level.contains_key(&named::ANY_POLICY) {
                let node = Node {
                    expected: subjects,
                    parents: BTreeSet::from([named::ANY_POLICY]),
                };
                level.insert(issuer, node);
            }
        }
        self.drop_if_empty();
        Ok(())
    }

    fn take_constraints(&mut self, certificate: &Certificate) -> Result<(), ProblemCode> {
        let lower = |counter: &mut usize, given: Option<u32>| {
            if let Some(given) = given.and_then(|given| usize::try_from(given).ok()) {
                *counter = given.min(*counter);
            }
        };
        let constraints = certificate.policy_constraints().map_err(malformed)?;
        let constraints = constraints.unwrap_or_default();
        lower(&mut self.explicit_policy, constraints.require_explicit);
        lower(&mut self.policy_mapping, constraints.inhibit_mapping);
        let inhibit_any = certificate.inhibit_any_policy().map_err(malformed)?;
        lower(&mut self.inhibit_any, inhibit_any);
        Ok(())
    }

    /// The policies of the first authority's domain that reach the leaf, as far as the anchor has them
    /// and the caller accepts them.
    fn accepted(&self) -> BTreeSet<Oid> {
        let of_anchor = narrowed(self.reaching(), &self.anchor);
        narrowed(of_anchor, &self.request.acceptable)
    }

    /// The policies of the first authority's domain that reach the leaf.
    fn reaching(&self) -> BTreeSet<Oid> {
        let mut constrained = BTreeSet::new();
        let Some(last) = self.levels.last() else {
            return constrained;
        };
        let mut reached: BTreeSet<Oid> = last.keys().copied().collect();
        if reached.contains(&named::ANY_POLICY) {
            constrained.insert(named::ANY_POLICY);
        }
        for level in self.levels.iter().rev() {
            let mut above = BTreeSet::new();
            for policy in &reached {
                let Some(node) = level.get(policy) else {
                    continue;
                };
                if *policy != named::ANY_POLICY && node.parents.contains(&named::ANY_POLICY) {
                    constrained.insert(*policy);
                }
                above.extend(node.parents.iter().copied());
            }
            reached = above;
        }
        constrained
    }
}

/// The policies that are among others, where none stands for any, as the policy "any" does.
fn narrowed(mut policies: BTreeSet<Oid>, to: &[Oid]) -> BTreeSet<Oid> {
    if to.is_empty() || to.contains(&named::ANY_POLICY) {
        policies
    } else if policies.contains(&named::ANY_POLICY) {
        to.iter().copied().collect()
    } else {
        policies.retain(|policy| to.contains(policy));
        policies
    }
}

#[allow(clippy::needless_pass_by_value, reason = "fits map_err")]
fn malformed(_: crate::error::Error) -> ProblemCode {
    ProblemCode::MalformedExtension
}
