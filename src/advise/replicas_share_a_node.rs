//! `replicas-share-a-node`: all replicas of a service are on one node, so that they are lost together.

use super::Advised;
use crate::finding::Finding;
use crate::message::message;
use crate::model::{FieldPath, Name, field_path, service_field};
use crate::rule::{Example, Explanation, Rule};
use rustc_hash::FxHashMap;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "replicas-share-a-node",
    Explanation {
        title: "All replicas are on one node",
        why: "Several replicas protect against the loss of a node only if they are on several nodes. When the \
              cluster has one node, or room for the pods on one only, all replicas are lost together and cost memory \
              without a benefit. Add a second node, or make room on another by smaller requests.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster:
  nodes: [{ count: 1, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    // Nothing for a service that is on several.
    let mut only_nodes: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for node in &cluster.nodes {
        for load in &node.steady.loads {
            only_nodes.entry(load.name.as_str()).and_modify(|only| *only = None).or_insert(Some(&node.node));
        }
    }
    let replicated = advised.services().filter(|(service, _)| service.replicas.steady() >= 2);
    let names = replicated.map(|(service, _)| &service.name);
    let together: Vec<(&Name, &str)> =
        names.filter_map(|service| Some((service, only_nodes.get(service.as_str()).copied().flatten()?))).collect();
    match together.as_slice() {
        [] => Vec::new(),
        [(service, _), ..] if cluster.nodes.len() == 1 => {
            let finding = Finding::warning(
                &RULE,
                advised.at(&field_path!("cluster.nodes")),
                message!("The cluster has one node: the replicas of `{service}` are lost together", service),
            );
            vec![finding.help("Add a second node; until then, more replicas only cost memory").cite()]
        }
        together => together
            .iter()
            .map(|(service, node)| {
                let span = advised.at(&FieldPath::of_service(service, service_field!("replicas")));
                let message =
                    message!("All replicas of `{service}` land on `{node}` and are lost together", service, node);
                Finding::warning(&RULE, span, message)
                    .help("Make room for one on another node: a lower request, or larger nodes")
                    .cite()
            })
            .collect(),
    }
}
