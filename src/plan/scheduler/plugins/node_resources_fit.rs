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
use crate::quantity::Memory;
use std::collections::BTreeMap;

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
        let of = |amounts: &BTreeMap<String, u64>| amounts.get(name).copied().unwrap_or_default();
        require(name, *amount, of(&requested.other), of(&allocatable.other));
    }
    (!rejection.reasons.is_empty()).then_some(rejection)
}

/// How many pods like this one there is room for.
pub(in crate::plan::scheduler) fn room(pod: &PodTemplate, node: &NodeState) -> u64 {
    let (request, requested, allocatable) = (&pod.requests, &node.requested, &node.node.allocatable);
    let times = |request: u64, requested: u64, allocatable: u64| {
        allocatable.saturating_sub(requested).checked_div(request).unwrap_or(u64::MAX)
    };
    let amount = |amounts: &BTreeMap<String, u64>, name: &str| amounts.get(name).copied().unwrap_or_default();
    let bytes = |request: Memory, requested: Memory, allocatable: Memory| {
        times(request.bytes(), requested.bytes(), allocatable.bytes())
    };
    let other = request.other.iter();
    let other =
        other.map(|(name, each)| times(*each, amount(&requested.other, name), amount(&allocatable.other, name)));
    [
        node.node.max_pods.saturating_sub(node.pods),
        times(request.cpu.millis(), requested.cpu.millis(), allocatable.cpu.millis()),
        bytes(request.memory, requested.memory, allocatable.memory),
        bytes(request.ephemeral_storage, requested.ephemeral_storage, allocatable.ephemeral_storage),
    ]
    .into_iter()
    .chain(other)
    .min()
    .unwrap_or(0)
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

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::Plugin;
    use crate::plan::scheduler::example::{place, read, scores};

    fn cluster(allocatable: &str, pods: &[&str]) -> String {
        let pod = |requests: &&str| {
            let container = format!("{{ name: c, resources: {{ requests: {{ {requests} }} }} }}");
            format!("{{ metadata: {{ name: p }}, spec: {{ containers: [{container}] }} }}")
        };
        let pods: Vec<_> = pods.iter().map(pod).collect();
        let node = format!("{{ metadata: {{ name: a }}, status: {{ allocatable: {{ {allocatable} }} }} }}");
        format!("{{ nodes: [{node}], pods: [{}] }}", pods.join(", "))
    }

    #[test]
    fn a_pod_needs_room_for_all_that_it_requests() {
        let node = "cpu: 2, memory: 1Gi, pods: 2, ephemeral-storage: 1Gi, nvidia.com/gpu: 1";
        for (pods, outcome) in [
            (vec!["cpu: 2, memory: 1Gi"], "a"),
            (vec!["cpu: 2001m"], "0/1 nodes are available: 1 Insufficient cpu."),
            (
                vec!["cpu: 1", "cpu: 1001m, memory: 2Gi"],
                "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.",
            ),
            (vec!["nvidia.com/gpu: 1", "nvidia.com/gpu: 1"], "0/1 nodes are available: 1 Insufficient nvidia.com/gpu."),
            (vec!["example.com/other: 1"], "0/1 nodes are available: 1 Insufficient example.com/other."),
            (vec!["example.com/other: 0"], "a"),
            (vec!["ephemeral-storage: 2Gi"], "0/1 nodes are available: 1 Insufficient ephemeral-storage."),
            (vec!["", "", ""], "0/1 nodes are available: 1 Too many pods."),
            (vec!["cpu: 2", ""], "a"),
        ] {
            let outcomes = place(&cluster(node, &pods));
            assert_eq!(outcomes.last().map(String::as_str), Some(outcome), "{pods:?}");
        }
    }

    #[test]
    fn preemption_could_help_unless_the_node_itself_is_too_small() {
        for (request, resolvable) in [("cpu: 1500m", true), ("cpu: 2500m", false), ("cpu: 1500m, memory: 2Gi", false)] {
            let input = read(&cluster("cpu: 2, memory: 1Gi, pods: 9", &["cpu: 1", request]));
            let mut scheduler = input.scheduler();
            let ids: Vec<_> = input.pending.iter().map(|pod| scheduler.template(pod.template.clone())).collect();
            scheduler.bind(ids[0], crate::plan::scheduler::NodeIndex(0));
            let rejected = scheduler.schedule(ids[1]).rejected;
            assert_eq!(rejected.iter().map(|(_, why)| why.resolvable).collect::<Vec<_>>(), [resolvable], "{request}");
        }
    }

    #[test]
    fn the_emptier_the_node_the_better_it_scores() {
        for (node, pods, score) in [
            // 50% of the CPU and 75% of the memory are left.
            ("cpu: 2, memory: 1Gi, pods: 9", vec!["cpu: 1, memory: 256Mi"], 62),
            // What requests nothing is taken to need 100m and 200Mi: 90% and 80% are left.
            ("cpu: 1, memory: 1000Mi, pods: 9", vec![""], 85),
            ("cpu: 2, memory: 1000Mi, pods: 9", vec!["", ""], 75),
            // Of two such pods, 90% and 60%. An explicit zero is zero.
            ("cpu: 1, memory: 1000Mi, pods: 9", vec!["cpu: 0, memory: 0"], 100),
            // What does not fit counts as nothing left.
            ("cpu: 1, memory: 100Mi, pods: 9", vec!["cpu: 500m"], 25),
            ("cpu: 0, memory: 1Gi, pods: 9", vec!["memory: 512Mi"], 50),
            ("pods: 9", vec![""], 0),
        ] {
            assert_eq!(scores(&cluster(node, &pods), Plugin::NodeResourcesFit), Some(vec![score]), "{node}, {pods:?}");
        }
    }
}
