//! `rollout-stuck`: on a cluster, a new release of a service would never get on: no node has room for the first new pod,
//! and no old one ends before another can work in its place.

use super::Advised;
use crate::finding::Finding;
use crate::plan::Pace;
use crate::plan::phrases::without_full_stop;
use crate::topology::Name;

const RULE: &str = "rollout-stuck";
const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let rollouts = advised.plan.cluster.iter().flat_map(|cluster| &cluster.rollouts);
    rollouts
        .filter(|rollout| rollout.pace == Pace::Stuck)
        .map(|rollout| {
            let lacks_room_for_job = rollout.job_pods > 0 && rollout.room_pods > 0;
            let message = release_stuck(&rollout.service, lacks_room_for_job, rollout.message.as_deref());
            let span = advised.at(&format!("services.{}.replicas", rollout.service));
            Finding::warning(RULE, span, message)
                .help("Run fewer replicas, lower the request of each, or add a node")
                .link(LINK)
        })
        .collect()
}

/// There is room for a pod or for the Job that it waits for, and not for both, where it `waits_for_job`. Why is in the
/// scheduler's words.
fn release_stuck(service: &Name, waits_for_job: bool, why: Option<&str>) -> String {
    let job = if waits_for_job { " beside the Job that it waits for" } else { "" };
    let why = why.map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
    format!("A new release of `{service}` cannot proceed, since there is no room for one more of its pods{job}{why}")
}
