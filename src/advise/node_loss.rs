//! `node-loss`: when what must be survived is lost, a node or a zone, the others have no room for its pods.

use super::{Advised, more_room};
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::field_path;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "node-loss",
    Explanation {
        title: "The cluster does not survive the loss of a node",
        why: "A node fails sooner or later, and every upgrade takes one away. Its pods then need room on the others; \
              without it they stay `Pending`, and the service is smaller or away until a new node is there. Keep the \
              room of one node free: add a node, or let the pods request less. `survive` says what has to be \
              survived: a node, a zone or nothing.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2, memory: { process: 2Gi, limit: 2560Mi } }
cluster:
  nodes: [{ count: 2, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2, memory: { process: 2Gi, limit: 2560Mi } }
cluster:
  nodes: [{ count: 4, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/workloads/pods/disruptions/"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let Some((lost, unplaced)) = cluster.not_survived() else { return Vec::new() };
    let Some(pods) = unplaced.first() else { return Vec::new() };
    let all = unplaced.iter().map(|pods| u64::from(pods.count)).sum();
    let message = loss_not_carried(lost, &pods.first, all);
    let finding = Finding::warning(&RULE, advised.at(&field_path!("cluster.nodes")), message).cite();
    vec![finding.help(more_room(&pods.help))]
}

/// The message for a node or zone whose pods do not fit on the others.
fn loss_not_carried(lost: &str, first: &str, pods: u64) -> Message {
    match pods {
        0 | 1 => message!("When `{lost}` is lost, `{first}` would have nowhere to go", lost, first),
        pods => message!(
            "When `{lost}` is lost, `{first}` and {more} more would have nowhere to go",
            lost,
            first,
            more = pods - 1
        ),
    }
}
