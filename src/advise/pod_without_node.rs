//! `pod-without-node`: a pod that always runs fits on no node, and waits (`Pending`): until the cluster autoscaler has added
//! one, or for ever.

use super::{Advised, more_room};
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::{FieldPath, field_path, service_field};
use crate::plan::UnplacedPods;
use crate::plan::phrases::without_full_stop;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "pod-without-node",
    Explanation {
        title: "A pod that fits on no node",
        why: "kube-scheduler places a pod only where its requests fit. One that fits nowhere stays `Pending`: until \
              the cluster autoscaler has added a node, or for ever. The finding quotes the scheduler's reason. Use \
              more or larger nodes, or let the pod request less.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 3Gi, limit: 4Gi } }
cluster:
  nodes: [{ count: 2, cpu: 2, memory: 2Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 3Gi, limit: 4Gi } }
cluster:
  nodes: [{ count: 2, cpu: 2, memory: 8Gi }]
",
        ),
    },
    Some(
        "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling",
    ),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    if cluster.nodes.is_empty() && cluster.steady.asked > 0 && cluster.scale_up.is_none() {
        let finding = Finding::error(&RULE, advised.at(&field_path!("cluster.nodes")), "The cluster has no nodes");
        return vec![finding.help("Add a group of nodes with a `count` of at least 1").cite()];
    }
    let for_ever = cluster.unplaced();
    let finding = |pods: &UnplacedPods| {
        let is_first = pods.first == format!("{}-1", pods.service);
        let field = if is_first { service_field!("memory.limit") } else { service_field!("replicas") };
        let span = advised.at(&FieldPath::of_service(&pods.service, field));
        let message = |pods: &UnplacedPods| pods_without_node(&pods.first, pods.count, &pods.message);
        let finding = match for_ever.iter().find(|other| other.service == pods.service) {
            Some(pods) => Finding::error(&RULE, span, message(pods)).help(more_room(&pods.help)),
            None => Finding::warning(&RULE, span, message(pods)).help("Pods without a node wait until the cluster autoscaler has added one: let `count` cover what always runs, and leave the peak to the autoscaler"),
        };
        finding.cite()
    };
    cluster.steady.unplaced.iter().map(finding).collect()
}

/// Of equal pods, the first of which is named; why is in the scheduler's words.
fn pods_without_node(first: &str, pods: u32, why: &str) -> Message {
    let why = without_full_stop(why);
    match pods {
        1 => message!("`{first}` fits on no node: {why}", first),
        pods => message!("`{first}` and {more} more fit on no node: {why}", first, more = pods - 1),
    }
}
