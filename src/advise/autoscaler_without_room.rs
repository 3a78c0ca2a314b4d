//! `autoscaler-without-room`: the cluster does not hold the most pods that an autoscaler may ask for, not even with all the
//! nodes that the cluster autoscaler may add. Those beyond wait (`Pending`) at the busiest time, when they are needed.

use super::{Advised, more_room};
use crate::finding::Finding;
use crate::message::message;
use crate::model::service_field;
use crate::plan::phrases::without_full_stop;
use crate::plan::{ClusterPlan, UnplacedPods};
use crate::rule::{Example, Explanation, Rule};
use crate::topology::Service;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "autoscaler-without-room",
    Explanation {
        title: "An autoscaler that asks for more pods than fit",
        why: "The HorizontalPodAutoscaler may ask for `max` pods, but the cluster, with all nodes that it may add, \
              has no room for them. Those beyond stay `Pending` at the busiest time, when they are needed most. \
              Lower `max` to what fits, or let a group of nodes grow by a higher `max`.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, autoscale: { min: 2, max: 20 }, memory: { process: 400Mi, limit: 600Mi } }
cluster:
  nodes: [{ count: 2, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, autoscale: { min: 2, max: 4 }, memory: { process: 400Mi, limit: 600Mi } }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let without_room = |service: &Service, cluster: &ClusterPlan| -> Option<UnplacedPods> {
        cluster.unplaced_at_peak().iter().find(|pods| pods.service == service.name).cloned()
    };
    advised
        .services()
        .filter_map(|(service, _)| Some(finding(advised, service, &without_room(service, cluster)?)))
        .collect()
}

fn finding(advised: &Advised, service: &Service, pods: &UnplacedPods) -> Finding {
    let max = service.replicas.peak();
    let holds = max - pods.count;
    let message = message!(
        "The autoscaler of `{service}` may ask for {max} pods, and the cluster holds {holds} of them beside the rest: {reason}",
        service = service.name,
        max,
        holds,
        reason = without_full_stop(&pods.message)
    );
    let finding = Finding::warning(&RULE, advised.at(&service.field(service_field!("autoscale.max"))), message).cite();
    let finding = finding.help(more_room(&pods.help));
    if holds > service.replicas.steady() {
        finding.replace_by(format!("Ask for {holds} at most"), holds.to_string())
    } else {
        finding
    }
}
