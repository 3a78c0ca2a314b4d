//! `pod-without-node`: a pod fits on no node, and waits (`Pending`) for ever.

use super::Advised;
use crate::finding::Finding;
use crate::plan::{Placement, UnplacedPods};

const RULE: &str = "pod-without-node";
const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    if cluster.nodes.is_empty() && cluster.steady.asked > 0 {
        let finding = Finding::error(RULE, advised.at("cluster.nodes"), "The cluster has no nodes");
        return vec![finding.help("Add a group of nodes with a `count` of at least 1").link(LINK)];
    }
    let of = |placement: &Placement, finding: fn(&Advised, &UnplacedPods) -> Finding| {
        placement.unplaced.iter().map(|pods| finding(advised, pods)).collect::<Vec<_>>()
    };
    let mut findings = of(&cluster.steady, always);
    findings.extend(cluster.peak.iter().flat_map(|peak| of(peak, at_the_peak)));
    findings
}

fn always(advised: &Advised, pods: &UnplacedPods) -> Finding {
    let is_first = pods.first == format!("{}-1", pods.service);
    let field = if is_first { "memory.limit" } else { "replicas" };
    let span = advised.at(&format!("services.{}.{field}", pods.service));
    Finding::error(RULE, span, message(pods, "")).help(help(pods)).link(LINK)
}

fn at_the_peak(advised: &Advised, pods: &UnplacedPods) -> Finding {
    let span = advised.at(&format!("services.{}.autoscale.max", pods.service));
    Finding::warning(RULE, span, message(pods, " at the peak")).help(help(pods)).link(LINK)
}

fn message(pods: &UnplacedPods, when: &str) -> String {
    let who = match pods.count {
        1 => format!("`{}` fits", pods.first),
        count => format!("`{}` and {} more fit", pods.first, count - 1),
    };
    format!("{who} on no node{when}: {}", pods.message.trim_end_matches('.'))
}

fn help(pods: &UnplacedPods) -> String {
    pods.help.join(" ").trim_end_matches('.').to_owned()
}
