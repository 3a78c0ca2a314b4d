//! `pod-without-node`: a pod that always runs fits on no node, and waits (`Pending`) for ever.

use super::Advised;
use crate::finding::Finding;
use crate::plan::UnplacedPods;

const RULE: &str = "pod-without-node";
const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    if cluster.nodes.is_empty() && cluster.steady.asked > 0 {
        let finding = Finding::error(RULE, advised.at("cluster.nodes"), "The cluster has no nodes");
        return vec![finding.help("Add a group of nodes with a `count` of at least 1").link(LINK)];
    }
    cluster.steady.unplaced.iter().map(|pods| always(advised, pods)).collect()
}

fn always(advised: &Advised, pods: &UnplacedPods) -> Finding {
    let is_first = pods.first == format!("{}-1", pods.service);
    let field = if is_first { "memory.limit" } else { "replicas" };
    let span = advised.at(&format!("services.{}.{field}", pods.service));
    Finding::error(RULE, span, message(pods)).help(help(pods)).link(LINK)
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
