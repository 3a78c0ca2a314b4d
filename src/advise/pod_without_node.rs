//! `pod-without-node`: a pod that always runs fits on no node, and waits (`Pending`): until the cluster autoscaler has added
//! one, or for ever.

use super::Advised;
use crate::finding::Finding;
use crate::plan::UnplacedPods;

const RULE: &str = "pod-without-node";
const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling";
const UNTIL_ADDED: &str = "What has no node waits until the cluster autoscaler has added one: let a `count` of nodes hold what always runs, and leave it those for the peak";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    if cluster.nodes.is_empty() && cluster.steady.asked > 0 && cluster.scale_up.is_none() {
        let finding = Finding::error(RULE, advised.at("cluster.nodes"), "The cluster has no nodes");
        return vec![finding.help("Add a group of nodes with a `count` of at least 1").link(LINK)];
    }
    let for_ever = cluster.unplaced();
    let finding = |pods: &UnplacedPods| {
        let is_first = pods.first == format!("{}-1", pods.service);
        let field = if is_first { "memory.limit" } else { "replicas" };
        let span = advised.at(&format!("services.{}.{field}", pods.service));
        let finding = match for_ever.iter().find(|other| other.service == pods.service) {
            Some(pods) => Finding::error(RULE, span, message(pods)).help(help(pods)),
            None => Finding::warning(RULE, span, message(pods)).help(UNTIL_ADDED),
        };
        finding.link(LINK)
    };
    cluster.steady.unplaced.iter().map(finding).collect()
}

fn message(pods: &UnplacedPods) -> String {
    let who = match pods.count {
        1 => format!("`{}` fits", pods.first),
        count => format!("`{}` and {} more fit", pods.first, count - 1),
    };
    format!("{who} on no node: {}", pods.message.trim_end_matches('.'))
}

fn help(pods: &UnplacedPods) -> String {
    pods.help.join(" ").trim_end_matches('.').to_owned()
}
