//! `TaintToleration`: taints keep pods away that do not tolerate them; nodes with fewer `PreferNoSchedule` taints that
//! the pod does not tolerate score better.
//!
//! ```text
//! raw   = number of PreferNoSchedule taints that are not tolerated
//! score = 100 - 100 * raw / max(raw), or 100 if no node has any
//! ```
//!
//! Source: `pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go` (v1.36.2).

use super::{Each, MAX_SCORE, normalize};
use crate::plan::scheduler::cluster::{Effect, PodTemplate, Taint};
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    (!tolerates_all(pod, node)).then(|| Plugin::TaintToleration.rules_out(Reason::UntoleratedTaint))
}

/// Whether the pod may be placed on the node, as far as taints are concerned.
pub(super) fn tolerates_all(pod: &PodTemplate, node: &NodeState) -> bool {
    untolerated(pod, node).all(|taint| taint.effect == Effect::PreferNoSchedule)
}

pub(in crate::plan::scheduler) fn score(pod: &PodTemplate, each: &Each) -> Vec<i64> {
    let raw = each(&|node| {
        let count = untolerated(pod, node).filter(|taint| taint.effect == Effect::PreferNoSchedule).count();
        i64::try_from(count).unwrap_or(i64::MAX / MAX_SCORE)
    });
    normalize(raw).into_iter().map(|score| MAX_SCORE - score).collect()
}

fn untolerated<'a>(pod: &'a PodTemplate, node: &'a NodeState) -> impl Iterator<Item = &'a Taint> {
    node.node.taints.iter().filter(|taint| !pod.tolerations.iter().any(|toleration| toleration.tolerates(taint)))
}
