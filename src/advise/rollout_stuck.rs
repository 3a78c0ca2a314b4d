//! `rollout-stuck`: on a cluster, a new release of a service would never get on: no node has room for the first new pod,
//! and no old one ends before another can work in its place.

use super::Advised;
use crate::finding::Finding;
use crate::plan::Pace;
use crate::words::advice as words;

const RULE: &str = "rollout-stuck";
const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let rollouts = advised.plan.cluster.iter().flat_map(|cluster| &cluster.rollouts);
    rollouts
        .filter(|rollout| rollout.pace == Pace::Stuck)
        .map(|rollout| {
            let lacks_room_for_job = rollout.job_pods > 0 && rollout.room_pods > 0;
            let message = words::release_stuck(&rollout.service, lacks_room_for_job, rollout.message.as_deref());
            let span = advised.at(&format!("services.{}.replicas", rollout.service));
            Finding::warning(RULE, span, message).help(words::ROOM_FOR_RELEASE).link(LINK)
        })
        .collect()
}
