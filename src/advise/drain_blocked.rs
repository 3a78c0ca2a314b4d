//! `drain-blocked`: a node cannot be drained, since more pods of a service fit nowhere else than its disruption budget
//! allows to be missing, and the cluster autoscaler adds no nodes for them. `kubectl drain` then never ends, which blocks
//! every upgrade of the cluster. If the loss of that node must be survived, `node-loss` reports it instead.

use super::{Advised, sentences};
use crate::finding::Finding;
use crate::message::message;
use crate::model::field_path;
use crate::plan::controllers::disruption_budget;
use crate::plan::{ClusterPlan, NodeLoss, UnplacedPods, scale_up_requests};
use crate::rule::{Example, Explanation, Rule};
use crate::topology::{Cluster, Service};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "drain-blocked",
    Explanation {
        title: "A node that cannot be drained",
        why: "`kubectl drain` empties a node before an upgrade and respects disruption budgets: it waits until \
              evicted pods run elsewhere. When more of them have nowhere to go than the budget lets be missing, it \
              waits for ever, and with it every upgrade of the cluster. Make room for the pods of one node on the \
              others.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 4, memory: { process: 1Gi, limit: 1536Mi } }
cluster:
  survive: nothing
  nodes: [{ count: 2, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 4, memory: { process: 1Gi, limit: 1536Mi } }
cluster:
  survive: nothing
  nodes: [{ count: 3, cpu: 2, memory: 8Gi }]
",
        ),
    },
    Some("https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some((plan, cluster)) = advised.plan.cluster.as_ref().zip(advised.topology.cluster.as_ref()) else {
        return Vec::new();
    };
    if plan.not_survived().is_some() {
        return Vec::new();
    }
    let blocked = advised.services().find_map(|(service, _)| Some((service, blocking(service, plan, cluster)?)));
    let Some((service, (loss, pods, may_miss))) = blocked else { return Vec::new() };
    let message = message!(
        "`{node}` cannot be drained for an upgrade: {pods} pods of `{service}` would have nowhere to go, and its \
         disruption budget allows {may_miss} to be missing",
        node = loss.node,
        pods = pods.count,
        service = service.name,
        may_miss
    );
    let help = format!("{} Otherwise `kubectl drain` never ends", sentences(&pods.help));
    vec![Finding::warning(&RULE, advised.at(&field_path!("cluster.nodes")), message).help(help).cite()]
}

/// The first node that more pods of the service would have to leave for nowhere than may be missing.
fn blocking<'a>(
    service: &Service,
    plan: &'a ClusterPlan,
    cluster: &Cluster,
) -> Option<(&'a NodeLoss, &'a UnplacedPods, u32)> {
    let may_miss = disruption_budget::generated(service.replicas, service.replicas.steady())?;
    plan.losses.iter().find_map(|loss| {
        let pods = loss.unplaced.iter().find(|pods| pods.service == service.name)?;
        let more = pods.count.saturating_sub(may_miss);
        (more > 0 && !scale_up_requests(service, more, cluster)).then_some((loss, pods, may_miss))
    })
}
