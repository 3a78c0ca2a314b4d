//! `NodeAffinity`: a pod goes to nodes that its node selector and its required node affinity select; of those, nodes
//! that more of its preferences select score better.
//!
//! ```text
//! raw   = sum of the weights of the preferred terms that the node meets
//! score = 100 * raw / max(raw), or 0 if no node meets any
//! ```
//!
//! Sources: `pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go` and
//! `staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go` (v1.36.2).

use super::{Each, normalize};
use crate::plan::scheduler::cluster::{NameRequirement, Node, NodeTerm, PodTemplate};
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};
use crate::sorting;
use std::collections::BTreeSet;

/// The nodes that a pod's affinity names, where each of its terms names some. Others are not even looked at.
pub(in crate::plan::scheduler) struct NamedNodes<'a>(Option<BTreeSet<&'a str>>);

impl<'a> NamedNodes<'a> {
    pub(in crate::plan::scheduler) fn of(pod: &'a PodTemplate) -> Self {
        let terms = pod.required_node_affinity.as_deref().unwrap_or_default();
        let names = terms.iter().map(names_of).collect::<Option<Vec<_>>>();
        Self(names.filter(|names| !names.is_empty()).map(|names| names.into_iter().flatten().collect()))
    }

    pub(in crate::plan::scheduler) fn filter(&self, node: &NodeState) -> Option<Rejection> {
        let names = self.0.as_ref()?;
        let reason = if names.is_empty() { Reason::ConflictingNames } else { Reason::NotNamed };
        (!names.contains(node.node.name.as_str())).then(|| Plugin::NodeAffinity.rules_out(reason))
    }
}

/// The names that all the lists of a term share; nothing if it has no list.
fn names_of(term: &NodeTerm) -> Option<BTreeSet<&str>> {
    term.names
        .iter()
        .filter_map(|name| match name {
            NameRequirement::In(names) => Some(sorting::set(names.iter().map(String::as_str))),
            NameRequirement::NotIn(_) => None,
        })
        .reduce(|some, others| sorting::set(some.intersection(&others).copied()))
}

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    (!selects(pod, node)).then(|| Plugin::NodeAffinity.rules_out(Reason::NodeAffinity))
}

/// Whether the pod's node selector and required node affinity select the node.
pub(super) fn selects(pod: &PodTemplate, node: &NodeState) -> bool {
    let node = &node.node;
    pod.node_selector.iter().all(|(key, value)| node.labels.get(key) == Some(value))
        && pod.required_node_affinity.as_ref().is_none_or(|terms| terms.iter().any(|term| meets(node, term)))
}

pub(in crate::plan::scheduler) fn score(pod: &PodTemplate, each: &Each) -> Option<Vec<i64>> {
    has_preferences(pod).then(|| {
        let mut scores = each(&|node| raw(pod, node));
        normalize(&mut scores);
        scores
    })
}

/// The weights of the preferences that the node meets.
pub(in crate::plan::scheduler) fn raw(pod: &PodTemplate, node: &NodeState) -> i64 {
    let met = pod.preferred_node_affinity.iter().filter(|preferred| meets(&node.node, &preferred.term));
    met.map(|preferred| i64::from(preferred.weight)).sum()
}

/// Whether the pod would rather be on some nodes than on others.
pub(in crate::plan::scheduler) fn has_preferences(pod: &PodTemplate) -> bool {
    !pod.preferred_node_affinity.is_empty()
}

/// Whether the pod asks for labels or the name of its node in any way.
pub(in crate::plan::scheduler) fn asks_where(pod: &PodTemplate) -> bool {
    let PodTemplate { node_name, node_selector, required_node_affinity, .. } = pod;
    has_preferences(pod) || node_name.is_some() || !node_selector.is_empty() || required_node_affinity.is_some()
}

/// A term without requirements is met by no node.
fn meets(node: &Node, term: &NodeTerm) -> bool {
    let named = |requirement: &NameRequirement| match requirement {
        NameRequirement::In(names) => names.contains(&node.name),
        NameRequirement::NotIn(names) => !names.contains(&node.name),
    };
    !(term.labels.is_empty() && term.names.is_empty())
        && term.labels.iter().all(|requirement| requirement.matches(&node.labels))
        && term.names.iter().all(named)
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::Plugin;
    use crate::plan::scheduler::example::{place, scores};

    const NODES: &str = "
        nodes:
          - { metadata: { name: a, labels: { disk: ssd, gen: '3' } } }
          - { metadata: { name: b, labels: { disk: hdd, gen: '4' } } }
          - { metadata: { name: c } }";

    #[test]
    fn selector_and_required_affinity_must_both_be_met() {
        let unmatched = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.";
        for (selector, terms, outcome) in [
            ("{ disk: ssd }", None, "a"),
            ("{ disk: ssd, gen: '4' }", None, unmatched),
            ("{}", Some("[{ matchExpressions: [{ key: disk, operator: Exists }] }]"), "a b"),
            ("{ gen: '4' }", Some("[{ matchExpressions: [{ key: disk, operator: Exists }] }]"), "b"),
            ("{}", Some("[{ matchExpressions: [{ key: gen, operator: Gt, values: ['3'] }] }]"), "b"),
            // Terms are alternatives; within a term everything must be met.
            (
                "{}",
                Some(
                    "[{ matchExpressions: [{ key: gen, operator: Exists }, { key: disk, operator: In, values: [hdd] }] },
                      { matchExpressions: [{ key: disk, operator: DoesNotExist }] }]",
                ),
                "b c",
            ),
            // A term without requirements, or no term at all, is met by no node.
            ("{}", Some("[{}]"), unmatched),
            ("{}", Some("[]"), unmatched),
            ("{}", Some("[{ matchFields: [{ key: metadata.name, operator: NotIn, values: [a, b] }] }]"), "c"),
            ("{}", Some("[{ matchFields: [{ key: metadata.name, operator: In, values: [b] }] }]"), "b"),
            (
                "{ disk: ssd }",
                Some("[{ matchFields: [{ key: metadata.name, operator: In, values: [b] }] }]"),
                "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
            ),
            (
                "{}",
                Some(
                    "[{ matchFields: [{ key: metadata.name, operator: In, values: [a] },
                                      { key: metadata.name, operator: In, values: [b] }] }]",
                ),
                "0/3 nodes are available: pod affinity terms conflict.",
            ),
        ] {
            let required = terms.map_or("{}".to_owned(), |terms| {
                format!("{{ requiredDuringSchedulingIgnoredDuringExecution: {{ nodeSelectorTerms: {terms} }} }}")
            });
            let spec = format!("{{ nodeSelector: {selector}, affinity: {{ nodeAffinity: {required} }} }}");
            let yaml = format!("{NODES}\n        pods: [{{ metadata: {{ name: p }}, spec: {spec} }}]");
            assert_eq!(place(&yaml), [outcome], "{selector} {terms:?}");
        }
    }

    #[test]
    fn preferences_that_are_met_are_summed_and_stretched_to_100() {
        let preferring = |preferred: &str| {
            let affinity = format!("{{ preferredDuringSchedulingIgnoredDuringExecution: [{preferred}] }}");
            let yaml = format!(
                "{NODES}\n        pods: [{{ metadata: {{ name: p }}, spec: {{ affinity: {{ nodeAffinity: {affinity} }} }} }}]"
            );
            scores(&yaml, Plugin::NodeAffinity)
        };
        let has = |weight, label: &str| {
            format!(
                "{{ weight: {weight}, preference: {{ matchExpressions: [{{ key: {label}, operator: Exists }}] }} }}"
            )
        };
        let is_ssd = "{ weight: 20, preference: { matchExpressions: [{ key: disk, operator: In, values: [ssd] }] } }";
        assert_eq!(preferring(&format!("{}, {is_ssd}", has(40, "gen"))), Some(vec![100, 66, 0]));
        assert_eq!(preferring(&has(40, "none")), Some(vec![0, 0, 0]));
        assert_eq!(preferring("{ weight: 40, preference: {} }"), Some(vec![0, 0, 0]));
        assert_eq!(preferring(""), None);
    }
}
