//! Who goes first when a node of the cluster runs out of memory.

use crate::plan::figures::about;
use crate::quantity::Memory;
use crate::topology::{Cluster, Name, QosClass, Service, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most kinds of nodes for which scores are listed.
const SHOWN: usize = 4;

/// How the kubelet and the kernel rank a container when its node runs out of memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnNodes {
    /// The class of its pod.
    pub qos_class: QosClass,
    /// For each kind of node with another amount of memory, the first few of them.
    pub scores: Vec<NodeScore>,
    /// The memory that the container requests.
    #[serde(rename = "request_bytes")]
    pub request: Memory,
}

/// The `oom_score_adj` of a container's processes on one kind of node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NodeScore {
    /// The group of nodes.
    pub group: Name,
    /// From -997, never, to 1000, before all others.
    pub oom_score_adj: i32,
    /// The memory of such a node.
    #[serde(rename = "memory_bytes")]
    pub memory: Memory,
}

/// The first process to be killed when a node runs out of memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pressure {
    /// The service of which the kernel ends a process first, of all that always run, at the busiest time.
    pub first_killed: Name,
    /// How many workers its container has; all of its processes die with one.
    pub workers: u32,
    /// Memory that its largest process uses.
    #[serde(rename = "process_bytes")]
    pub process: Memory,
    /// The request of its container, which is also its limit.
    #[serde(rename = "request_bytes")]
    pub request: Memory,
}

impl OnNodes {
    /// Returns `None` without a cluster.
    pub(super) fn of(service: &Service, topology: &Topology) -> Option<Self> {
        let cluster = topology.cluster.as_ref()?;
        let (class, request) = (service.qos_class(), service.memory.limit);
        let mut capacities: Vec<(&Name, Memory)> = Vec::new();
        for group in &cluster.nodes {
            if capacities.len() < SHOWN && !capacities.iter().any(|(_, memory)| *memory == group.memory) {
                capacities.push((&group.name, group.memory));
            }
        }
        let scores: Vec<NodeScore> = capacities
            .iter()
            .map(|(group, memory)| NodeScore {
                group: (*group).clone(),
                oom_score_adj: class.oom_score_adj(request, *memory),
                memory: *memory,
            })
            .collect();
        (!scores.is_empty()).then_some(Self { qos_class: class, scores, request })
    }
}

impl fmt::Display for OnNodes {
    /// With the arithmetic.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}, since processors have no limit; oom_score_adj ", self.qos_class.name())?;
        for (index, NodeScore { group, oom_score_adj: score, memory }) in self.scores.iter().enumerate() {
            if index > 0 {
                formatter.write_str(", ")?;
            }
            if self.scores.len() > 1 {
                write!(formatter, "on {group} ")?;
            }
            write!(formatter, "{score} = 1000 − 1000 × {} ÷ {memory}", self.request)?;
            formatter.write_str(match score {
                3 => ", at least 3",
                999 => ", at most 999",
                _ => "",
            })?;
        }
        formatter.write_str(".")
    }
}

impl Pressure {
    /// Returns `None` if nothing runs, or there are no nodes.
    pub(super) fn of(cluster: &Cluster, topology: &Topology) -> Option<Self> {
        let smallest = cluster.nodes.iter().filter(|group| group.count > 0).map(|group| group.memory).min()?;
        let running = topology.services.iter().filter(|service| service.replicas.steady() > 0);
        // The first of equals, so that the order of the document decides.
        let first = running
            .reduce(|first, next| if points(next, smallest) > points(first, smallest) { next } else { first })?;
        let memory = &first.memory;
        Some(Self {
            first_killed: first.name.clone(),
            workers: memory.workers,
            process: memory.largest_process(),
            request: memory.limit,
        })
    }
}

impl fmt::Display for Pressure {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let together = if self.workers > 1 { ", and with it its whole container" } else { "" };
        write!(
            formatter,
            "When less than 100 MiB of a node are left, its kubelet evicts pods, first those that use more than they \
             request. None of these can: request and limit are the same, and together they leave that much. If the \
             system's own processes take it, and faster than the kubelet looks, the kernel kills a process of {} \
             first{together}: with {} it is nearest to what its container requests, {}.",
            self.first_killed,
            about(self.process),
            about(self.request)
        )
    }
}

/// The score of its largest process at the busiest time, in bytes: what it uses, and its `oom_score_adj` in thousandths of
/// the machine (`oom_badness` of <https://github.com/torvalds/linux/blob/v6.12/mm/oom_kill.c>).
fn points(service: &Service, capacity: Memory) -> i128 {
    let adjusted = i128::from(service.qos_class().oom_score_adj(service.memory.limit, capacity));
    i128::from(service.memory.largest_process().bytes()) + adjusted * i128::from(capacity.bytes()) / 1000
}

#[cfg(test)]
mod tests {
    use crate::plan::Plan;

    fn plan(text: &str) -> Plan {
        crate::analyze(text).outputs.unwrap().plan
    }

    #[test]
    fn each_kind_of_node_has_its_score() {
        let plan = plan(
            "services: { a: { image: 'a:1', memory: { process: 100Mi, limit: 512Mi } } }
cluster: { nodes: [{ name: small, memory: 2Gi }, { name: large, memory: 8Gi }, { name: other, memory: 8Gi }] }
",
        );
        let on_nodes = plan.services[0].container.on_nodes.as_ref().unwrap();
        let scores: Vec<_> = on_nodes.scores.iter().map(|score| (score.group.as_str(), score.oom_score_adj)).collect();
        assert_eq!(scores, [("small", 750), ("large", 938)]);
        assert_eq!(
            on_nodes.sentence(),
            "Burstable, since processors have no limit; oom_score_adj on small 750 = 1000 − 1000 × 512 MiB ÷ 2 GiB, \
             on large 938 = 1000 − 1000 × 512 MiB ÷ 8 GiB."
        );
        assert_eq!(plan.cluster.unwrap().pressure.unwrap().first_killed.as_str(), "a");
    }

    #[test]
    fn the_kernel_ends_first_what_is_nearest_to_its_request() {
        let text = "
services:
  spare: { image: 'a:1', memory: { process: 900Mi, limit: 2Gi } }
  tight: { image: 'a:1', memory: { process: 50Mi, limit: 64Mi } }
cluster: { nodes: [{ count: 2, memory: 8Gi }] }
";
        let first = |text: &str| plan(text).cluster.unwrap().pressure.map(|pressure| pressure.first_killed.to_string());
        assert_eq!(first(text).as_deref(), Some("tight"));
        assert_eq!(first(&text.replace("limit: 2Gi", "limit: 905Mi")).as_deref(), Some("spare"));
        assert_eq!(first(&text.replace("count: 2", "count: 0")), None);
        assert_eq!(first("services: {}\ncluster: {}\n"), None);
    }

    #[test]
    fn without_a_cluster_nothing_is_said_of_nodes() {
        assert_eq!(plan("services: { a: { python: {} } }\nserver: {}\n").services[0].container.on_nodes, None);
    }
}
