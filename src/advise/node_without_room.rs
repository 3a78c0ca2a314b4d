//! `node-without-room`: a node that keeps all that it has for itself.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::field_path;
use crate::plan::allocatable;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::NodeGroup;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "node-without-room",
    Explanation {
        title: "A node smaller than its reservation",
        why: "A node keeps memory and processor time for its system, the kubelet and the eviction threshold, by the rule of \
              its cloud. One that has no more than that runs no pod at all. Use a larger machine; on EKS and AKS the \
              reservation grows with `pods`, so fewer of those also help.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 512Mi, pods: 29, reserve: eks }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi, pods: 29, reserve: eks }]
",
        ),
    },
    Some("https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let groups = advised.topology.cluster.iter().flat_map(|cluster| &cluster.nodes).enumerate();
    let used = groups.filter(|(_, group)| group.max > 0);
    used.filter_map(|(index, group)| {
        let (field, message) = kept_all(group)?;
        // Where the type says what it has, that is the place.
        let place = field_path!("cluster.nodes").entry(index);
        let (whole, part) = (advised.at(&place), advised.at(&place.clone().entry(field)));
        let span = if part == whole { advised.at(&place.entry("type")) } else { part };
        let finding = Finding::error(&RULE, span, message);
        Some(finding.help("Use a larger machine; on EKS and AKS, fewer `pods` also reserve less").cite())
    })
    .collect()
}

/// Of what a node of the group keeps all that it has.
fn kept_all(group: &NodeGroup) -> Option<(&'static str, Message)> {
    let kept = allocatable::kept_by_node(group);
    if kept.memory >= group.memory {
        let message = message!(
            "A node of `{group}` keeps {kept} of memory for itself, and has {memory}",
            group = group.name,
            kept = kept.memory,
            memory = group.memory
        );
        return Some(("memory", message));
    }
    let message = message!(
        "A node of `{group}` keeps {kept} of its processors for itself, and has {cpu}",
        group = group.name,
        kept = kept.cpu,
        cpu = group.cpu
    );
    (kept.cpu >= group.cpu).then_some(("cpu", message))
}
