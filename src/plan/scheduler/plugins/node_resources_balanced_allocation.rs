//! `NodeResourcesBalancedAllocation`: nodes whose use of CPU and memory the pod brings closer together score better.
//! Pods that request neither are not scored.
//!
//! ```text
//! f     = min(1, requested / allocatable), of CPU and of memory; one that the node has none of is left out
//! b     = trunc((1 - |f_cpu - f_memory| / 2) * 100)
//! score = 50 + trunc((50 + b with the pod - b without it) / 2)
//! ```
//!
//! So 75 means that it makes no difference. Before 1.36 the score was `b` with the pod (kubernetes/kubernetes#135573).
//!
//! Source: `pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go` (v1.36.2).

use super::{real, whole};
use crate::plan::scheduler::NodeState;
use crate::plan::scheduler::cluster::{PodTemplate, Resources};

pub(in crate::plan::scheduler) fn applies_to(pod: &PodTemplate) -> bool {
    pod.requests.cpu.millis() > 0 || pod.requests.memory.bytes() > 0
}

pub(in crate::plan::scheduler) fn score(pod: &PodTemplate, node: &NodeState) -> i64 {
    let allocatable = &node.node.allocatable;
    let (cpu, memory) = (node.requested.cpu + pod.requests.cpu, node.requested.memory + pod.requests.memory);
    let with = Resources { cpu, memory, ..Resources::default() };
    50 + (50 + balance(&with, allocatable) - balance(&node.requested, allocatable)) / 2
}

fn balance(requested: &Resources, allocatable: &Resources) -> i64 {
    let cpu = fraction(requested.cpu.millis(), allocatable.cpu.millis());
    let memory = fraction(requested.memory.bytes(), allocatable.memory.bytes());
    // A single resource deviates from nothing.
    let deviation = cpu.zip(memory).map_or(0.0, |(cpu, memory)| ((cpu - memory) / 2.0).abs());
    whole((1.0 - deviation) * 100.0)
}

fn fraction(requested: u64, allocatable: u64) -> Option<f64> {
    (allocatable > 0).then(|| (real(requested) / real(allocatable)).min(1.0))
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::Plugin;
    use crate::plan::scheduler::example::scores;

    #[test]
    fn a_pod_that_makes_a_node_more_even_scores_it_better() {
        for (pods, score) in [
            // Nothing before, equal shares after: no difference.
            (vec!["cpu: 1, memory: 2Gi"], Some(75)),
            // b falls from 100 to 75 (a half and nothing): 50 + trunc(25 / 2).
            (vec!["cpu: 2"], Some(62)),
            // … and rises again.
            (vec!["cpu: 2", "memory: 4Gi"], Some(87)),
            (vec![""], None),
            (vec!["cpu: 0"], None),
        ] {
            let pod = |requests: &&str| {
                let container = format!("{{ name: c, resources: {{ requests: {{ {requests} }} }} }}");
                format!("{{ metadata: {{ name: p }}, spec: {{ containers: [{container}] }} }}")
            };
            let list: Vec<_> = pods.iter().map(pod).collect();
            let yaml = format!("{{ nodes: [{{ metadata: {{ name: a }} }}], pods: [{}] }}", list.join(", "));
            let scores = scores(&yaml, Plugin::NodeResourcesBalancedAllocation);
            assert_eq!(scores, score.map(|score| vec![score]), "{pods:?}");
        }
    }
}
