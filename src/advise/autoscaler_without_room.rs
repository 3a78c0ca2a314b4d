//! `autoscaler-without-room`: the cluster does not hold the most pods that an autoscaler may ask for, not even with all the
//! nodes that the cluster autoscaler may add. Those beyond wait (`Pending`) at the busiest time, when they are needed.

use super::{Advised, more_room};
use crate::finding::Finding;
use crate::plan::phrases::without_full_stop;
use crate::plan::{ClusterPlan, UnplacedPods};
use crate::topology::Service;

const RULE: &str = "autoscaler-without-room";
const LINK: &str = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/";

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
    let message = format!(
        "The autoscaler of `{}` may ask for {max} pods, and the cluster holds {holds} of them beside the rest: {}",
        service.name,
        without_full_stop(&pods.message)
    );
    let finding = Finding::warning(RULE, advised.at(&service.field("autoscale.max")), message).link(LINK);
    let finding = finding.help(more_room(&pods.help));
    if holds > service.replicas.steady() {
        finding.replace_by(format!("Ask for {holds} at most"), holds.to_string())
    } else {
        finding
    }
}
