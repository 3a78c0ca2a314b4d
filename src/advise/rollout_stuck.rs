//! `rollout-stuck`: on a cluster, a new release of a service would never get on: no node has room for the first new pod,
//! and no old one ends before another can work in its place.

use super::Advised;
use crate::finding::Finding;
use crate::plan::Pace;

const RULE: &str = "rollout-stuck";
const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let rollouts = advised.plan.cluster.iter().flat_map(|cluster| &cluster.rollouts);
    rollouts
        .filter(|rollout| rollout.pace == Pace::Stuck)
        .map(|rollout| {
            let why = rollout.message.iter().map(|message| format!(": {}", message.trim_end_matches('.')));
            let message = format!(
                "A new release of `{}` cannot get on, since there is no room for one more of its pods{}{}",
                rollout.service,
                if rollout.job_pods > 0 && rollout.room_pods > 0 { " beside the Job that it waits for" } else { "" },
                why.collect::<String>()
            );
            let span = advised.at(&format!("services.{}.replicas", rollout.service));
            Finding::warning(RULE, span, message)
                .help("Run fewer replicas, let each ask for less, or add a node")
                .link(LINK)
        })
        .collect()
}
