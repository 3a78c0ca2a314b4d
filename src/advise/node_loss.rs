//! `node-loss`: when what must be survived is lost, a node or a zone, the others have no room for its pods.

use super::Advised;
use crate::finding::Finding;

const RULE: &str = "node-loss";
const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let Some((lost, unplaced)) = cluster.not_survived() else { return Vec::new() };
    let Some(pods) = unplaced.first() else { return Vec::new() };
    let more = match unplaced.iter().map(|pods| u64::from(pods.count)).sum::<u64>() {
        ..=1 => String::new(),
        all => format!(" and {} more", all - 1),
    };
    let message = format!("When `{lost}` is lost, `{}`{more} would have nowhere to go", pods.first);
    let finding = Finding::warning(RULE, advised.at("cluster.nodes"), message).link(LINK);
    vec![finding.help(pods.help.join(" ").trim_end_matches('.').to_owned())]
}
