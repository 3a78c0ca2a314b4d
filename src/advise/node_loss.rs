//! `node-loss`: when a node is lost, the others have no room for its pods.

use super::Advised;
use crate::finding::Finding;

const RULE: &str = "node-loss";
const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let not_carried = cluster.losses.iter().find_map(|loss| Some((loss, loss.unplaced.first()?)));
    let Some((loss, pods)) = not_carried else { return Vec::new() };
    let more = match loss.unplaced.iter().map(|pods| u64::from(pods.count)).sum::<u64>() {
        ..=1 => String::new(),
        all => format!(" and {} more", all - 1),
    };
    let message = format!("When `{}` is lost, `{}`{more} would have nowhere to go", loss.node, pods.first);
    let finding = Finding::warning(RULE, advised.at("cluster.nodes"), message).link(LINK);
    vec![finding.help(pods.help.join(" ").trim_end_matches('.').to_owned())]
}
