//! `single-replica`: on a cluster, something public runs once, and is away for minutes when its node is lost.
//!
//! Kubernetes waits five minutes for a node to come back (`tolerationSeconds` of the taints `not-ready` and
//! `unreachable`) before it starts the pod elsewhere.

use super::Advised;
use crate::finding::Finding;
use crate::message::message;
use crate::model::service_field;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "single-replica",
    Explanation {
        title: "A public service with a single replica",
        why: "When a node is lost, Kubernetes waits five minutes for it to come back before it starts the pod \
              elsewhere. A service with one replica gives no answer in that time, and visitors see errors. Run two \
              replicas or more, which Plimsoll spreads over nodes.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, public: { host: api.example.com } }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2, public: { host: api.example.com } }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    if advised.plan.cluster.as_ref().is_none_or(|cluster| cluster.nodes.len() < 2) {
        return Vec::new();
    }
    let alone = advised
        .services()
        .filter(|(service, _)| service.public.is_some() && service.replicas.steady() == 1 && !service.is_stateful());
    alone
        .map(|(service, _)| {
            let span = advised.at(&service.field(service_field!("replicas")));
            Finding::info(
                &RULE,
                span,
                message!(
                    "`{service}` is public and runs once: when its node is lost, nothing answers for more than five minutes",
                    service = service.name
                ),
            )
            .help("Run two replicas or more")
            .cite()
        })
        .collect()
}
