//! `node-loss`: when what must be survived is lost, a node or a zone, the others have no room for its pods.

use super::{Advised, more_room};
use crate::finding::Finding;

const RULE: &str = "node-loss";
const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let Some((lost, unplaced)) = cluster.not_survived() else { return Vec::new() };
    let Some(pods) = unplaced.first() else { return Vec::new() };
    let all = unplaced.iter().map(|pods| u64::from(pods.count)).sum();
    let message = loss_not_carried(lost, &pods.first, all);
    let finding = Finding::warning(RULE, advised.at("cluster.nodes"), message).link(LINK);
    vec![finding.help(more_room(&pods.help))]
}

/// The message for a node or zone whose pods do not fit on the others.
fn loss_not_carried(lost: &str, first: &str, pods: u64) -> String {
    match pods {
        0 | 1 => format!("When `{lost}` is lost, `{first}` would have nowhere to go"),
        pods => format!("When `{lost}` is lost, `{first}` and {} more would have nowhere to go", pods - 1),
    }
}
