//! `pod-without-node`: a pod that always runs fits on no node, and waits (`Pending`): until the cluster autoscaler has added
//! one, or for ever.

use super::Advised;
use crate::finding::Finding;
use crate::plan::UnplacedPods;
use crate::words::advice as words;

const RULE: &str = "pod-without-node";
const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    if cluster.nodes.is_empty() && cluster.steady.asked > 0 && cluster.scale_up.is_none() {
        let finding = Finding::error(RULE, advised.at("cluster.nodes"), words::NO_NODES);
        return vec![finding.help(words::ADD_NODES).link(LINK)];
    }
    let for_ever = cluster.unplaced();
    let finding = |pods: &UnplacedPods| {
        let is_first = pods.first == format!("{}-1", pods.service);
        let field = if is_first { "memory.limit" } else { "replicas" };
        let span = advised.at(&format!("services.{}.{field}", pods.service));
        let message = |pods: &UnplacedPods| words::pods_without_node(&pods.first, pods.count, &pods.message);
        let finding = match for_ever.iter().find(|other| other.service == pods.service) {
            Some(pods) => Finding::error(RULE, span, message(pods)).help(words::more_room(&pods.help)),
            None => Finding::warning(RULE, span, message(pods)).help(words::WAITS_FOR_AUTOSCALER),
        };
        finding.link(LINK)
    };
    cluster.steady.unplaced.iter().map(finding).collect()
}
