//! `autoscaler-without-room`: the cluster does not hold the most pods that an autoscaler may ask for, not even with all the
//! nodes that the cluster autoscaler may add. Those beyond wait (`Pending`) at the busiest time, when they are needed.

use super::Advised;
use crate::finding::Finding;
use crate::plan::{ClusterPlan, UnplacedPods};
use crate::topology::Service;
use crate::words::advice as words;

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
    let message = words::autoscaler_without_room(&service.name, max, holds, &pods.message);
    let finding = Finding::warning(RULE, advised.at(&service.field("autoscale.max")), message).link(LINK);
    let finding = finding.help(words::more_room(&pods.help));
    if holds > service.replicas.steady() {
        finding.replace_by(words::ask_for_at_most(holds), holds.to_string())
    } else {
        finding
    }
}
