//! Remedies for pods that fit on no node.

use super::nodes::free_of;
use super::scale_up::AddedNodes;
use crate::plan::Statement;
use crate::plan::allocatable::Allocatable;
use crate::plan::scheduler::NodeState;
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Name, NodeGroup, Service};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A remedy for pods that fit on no node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Help {
    /// A lower memory limit, which the container can still live with.
    LowerLimit {
        /// The largest limit that fits on a node.
        #[serde(rename = "limit_bytes")]
        limit: Memory,
        /// The present one.
        #[serde(rename = "present_limit_bytes")]
        present: Memory,
        /// The container's need.
        #[serde(rename = "need_bytes")]
        need: Memory,
    },
    /// A lower CPU request.
    LowerCpu {
        /// The largest request that fits on a node.
        #[serde(rename = "cpu_millis")]
        request: Cpu,
        /// The present one.
        #[serde(rename = "present_cpu_millis")]
        present: Cpu,
    },
    /// More nodes of a group.
    MoreNodes {
        /// The group.
        group: Name,
        /// How many more.
        nodes: u64,
        /// How many of those the cluster autoscaler may add by itself.
        may_be_added: u64,
    },
    /// A node that is larger than any of the cluster.
    LargerNode {
        /// The memory that it takes, free for pods.
        #[serde(rename = "memory_bytes")]
        memory: Memory,
        /// The processors that it takes, free for pods.
        #[serde(rename = "cpu_millis")]
        cpu: Cpu,
    },
    /// Nothing has to be done: the cluster autoscaler adds nodes.
    AddedNodes {
        /// How many pods wait for them.
        pods: u32,
        /// The nodes.
        added: Vec<AddedNodes>,
    },
}

impl fmt::Display for Help {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::LowerLimit { limit, present, need } => {
                write!(formatter, "A memory limit of {limit} instead of {present} would fit; it needs {need}.")
            }
            Self::LowerCpu { request, present } => {
                let (request, present) = (request.kubernetes(), present.kubernetes());
                write!(formatter, "A CPU request of {request} instead of {present} would fit.")
            }
            Self::MoreNodes { group, nodes, may_be_added } => {
                let more = if *nodes == 1 { "One more node".to_owned() } else { format!("{nodes} more nodes") };
                write!(formatter, "{more} of `{group}` would do")?;
                match may_be_added {
                    0 => formatter.write_str("."),
                    may if may >= nodes => formatter.write_str(", which the cluster autoscaler may add."),
                    may => write!(formatter, ", of which the cluster autoscaler may add {may}."),
                }
            }
            Self::LargerNode { memory, cpu } => write!(
                formatter,
                "No node of the cluster would do, even an empty one: it takes one with {memory} and {cpu} free for pods."
            ),
            Self::AddedNodes { pods, added } => {
                let who = if *pods == 1 { "It waits" } else { "They wait" };
                write!(formatter, "{who} for what the cluster autoscaler adds: ")?;
                for (index, AddedNodes { group, nodes, startup_seconds }) in added.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    let nodes = if *nodes == 1 { "1 node".to_owned() } else { format!("{nodes} nodes") };
                    write!(formatter, "{comma}{nodes} of `{group}` in about {startup_seconds} s")?;
                }
                formatter.write_str(".")
            }
        }
    }
}

/// Returns remedies for `count` equal pods of the service: each is enough for the first of them, and more nodes for all.
pub(super) fn help(service: &Service, count: u32, nodes: &[NodeState], cluster: &Cluster) -> Vec<Statement<Help>> {
    let more_nodes = more_nodes(service, count, cluster);
    let help = [lower_limit(service, nodes), lower_cpu(service, nodes), Some(more_nodes)];
    help.into_iter().flatten().map(Statement::from).collect()
}

/// The largest limit that would fit on a node, if the container can live with it.
fn lower_limit(service: &Service, nodes: &[NodeState]) -> Option<Help> {
    let present = service.memory.limit;
    let fits_but_for_memory =
        nodes.iter().filter(|node| node.pods < node.node.max_pods && free_cpu(node) >= service.pod_cpu());
    let free = fits_but_for_memory.map(free_memory).max()?;
    let limit = Memory::from_mib(free.bytes() >> 20);
    let need = service.memory.need();
    let least = need.max(service.least_pod_memory());
    (free < present && limit > Memory::ZERO && limit >= least).then_some(Help::LowerLimit { limit, present, need })
}

/// The largest CPU request that would fit on a node.
fn lower_cpu(service: &Service, nodes: &[NodeState]) -> Option<Help> {
    let present = service.cpu;
    let fits_but_for_cpu =
        nodes.iter().filter(|node| node.pods < node.node.max_pods && free_memory(node) >= service.pod_memory());
    let request = fits_but_for_cpu.map(free_cpu).max()?;
    (request < present && request > Cpu::ZERO && request >= service.least_pod_cpu())
        .then_some(Help::LowerCpu { request, present })
}

/// Returns how many more nodes of which group would take all of them.
fn more_nodes(service: &Service, count: u32, cluster: &Cluster) -> Help {
    let needed = |group: &NodeGroup| {
        let each = pods_on_empty_node(service, free_of(group));
        (each > 0).then(|| u64::from(count).div_ceil(each))
    };
    let may_come = |group: &NodeGroup| u64::from(group.max.saturating_sub(group.count));
    let enough = cluster.nodes.iter().filter_map(|group| Some((needed(group)?, group)));
    // Prefer nodes that the cluster autoscaler adds by itself: nobody has to do anything.
    match enough.min_by_key(|(count, group)| (*count > may_come(group), *count)) {
        Some((nodes, group)) => Help::MoreNodes { group: group.name.clone(), nodes, may_be_added: may_come(group) },
        None => Help::LargerNode { memory: service.pod_memory(), cpu: service.pod_cpu() },
    }
}

fn pods_on_empty_node(service: &Service, node: Allocatable) -> u64 {
    let by_memory = node.memory.bytes().checked_div(service.pod_memory().bytes()).unwrap_or(u64::MAX);
    let by_cpu = node.cpu.millis().checked_div(service.pod_cpu().millis()).unwrap_or(u64::MAX);
    by_memory.min(by_cpu).min(node.max_pods)
}

fn free_memory(node: &NodeState) -> Memory {
    node.node.allocatable.memory - node.requested.memory
}

fn free_cpu(node: &NodeState) -> Cpu {
    node.node.allocatable.cpu - node.requested.cpu
}
