//! `NodeResourcesFit`: a pod goes where what it requests is left; the emptier the node, the better it scores
//! (`LeastAllocated`, CPU and memory alike).
//!
//! ```text
//! r     = what the node's pods and the pod are taken to need
//! s     = (allocatable - r) * 100 / allocatable, or 0 if r is more than allocatable
//! score = mean of s over CPU and memory, without one that the node has none of
//! ```
//!
//! Sources: `pkg/scheduler/framework/plugins/noderesources/fit.go` and `least_allocated.go` (v1.36.2).

use super::MAX_SCORE;
use crate::plan::scheduler::cluster::PodTemplate;
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    let mut rejection = Rejection { plugin: Plugin::NodeResourcesFit, reasons: Vec::new(), resolvable: true };
    if node.pods >= node.node.max_pods {
        rejection.reasons.push(Reason::TooManyPods);
    }
    let mut require = |name: &str, request: u64, requested: u64, allocatable: u64| {
        if request > 0 && request > allocatable.saturating_sub(requested) {
            rejection.reasons.push(Reason::Insufficient(name.to_owned()));
            rejection.resolvable &= request <= allocatable;
        }
    };
    let (request, requested, allocatable) = (&pod.requests, &node.requested, &node.node.allocatable);
    require("cpu", request.cpu.millis(), requested.cpu.millis(), allocatable.cpu.millis());
    require("memory", request.memory.bytes(), requested.memory.bytes(), allocatable.memory.bytes());
    require(
        "ephemeral-storage",
        request.ephemeral_storage.bytes(),
        requested.ephemeral_storage.bytes(),
        allocatable.ephemeral_storage.bytes(),
    );
    for (name, amount) in &request.other {
        let of = |amounts: &std::collections::BTreeMap<String, u64>| amounts.get(name).copied().unwrap_or_default();
        require(name, *amount, of(&requested.other), of(&allocatable.other));
    }
    (!rejection.reasons.is_empty()).then_some(rejection)
}

pub(in crate::plan::scheduler) fn score(pod: &PodTemplate, node: &NodeState) -> i64 {
    let (needs, needed, allocatable) = (&pod.scored_requests, &node.scored, &node.node.allocatable);
    let scores = [
        (needed.cpu.millis().saturating_add(needs.cpu.millis()), allocatable.cpu.millis()),
        (needed.memory.bytes().saturating_add(needs.memory.bytes()), allocatable.memory.bytes()),
    ]
    .into_iter()
    .filter(|(_, allocatable)| *allocatable > 0)
    .map(|(needed, allocatable)| percent_left(needed, allocatable))
    .collect::<Vec<_>>();
    let count = i64::try_from(scores.len()).unwrap_or(1).max(1);
    scores.into_iter().sum::<i64>() / count
}

fn percent_left(needed: u64, allocatable: u64) -> i64 {
    let left = u128::from(allocatable.saturating_sub(needed));
    let percent = left * u128::from(MAX_SCORE.unsigned_abs()) / u128::from(allocatable);
    i64::try_from(percent).unwrap_or(MAX_SCORE)
}
