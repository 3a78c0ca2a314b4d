//! What would help a pod that fits on no node.

use super::nodes::allocatable_of;
use crate::plan::allocatable::Allocatable;
use crate::plan::scheduler::NodeState;
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Name, NodeGroup, Service};

/// What would help `count` equal pods of the service; each sentence is enough for the first of them, and more nodes
/// for all.
pub(super) fn sentences(service: &Service, count: u32, nodes: &[NodeState], cluster: &Cluster) -> Vec<String> {
    [smaller_limit(service, nodes), smaller_cpu(service, nodes), Some(more_nodes(service, count, cluster))]
        .into_iter()
        .flatten()
        .collect()
}

/// The largest limit that would fit on a node, if the container can live with it.
fn smaller_limit(service: &Service, nodes: &[NodeState]) -> Option<String> {
    let limit = service.memory.limit;
    let fits_but_for_memory =
        nodes.iter().filter(|node| node.pods < node.node.max_pods && free_cpu(node) >= service.pod_cpu());
    let free = fits_but_for_memory.map(free_memory).max()?;
    let whole = Memory::from_mib(free.bytes() >> 20);
    let least = service.memory.need().max(service.least_pod_memory());
    (free < limit && whole > Memory::ZERO && whole >= least)
        .then(|| format!("A memory limit of {whole} instead of {limit} would fit; it needs {}.", service.memory.need()))
}

/// The largest CPU request that would fit on a node.
fn smaller_cpu(service: &Service, nodes: &[NodeState]) -> Option<String> {
    let fits_but_for_cpu =
        nodes.iter().filter(|node| node.pods < node.node.max_pods && free_memory(node) >= service.pod_memory());
    let free = fits_but_for_cpu.map(free_cpu).max()?;
    (free < service.cpu && free > Cpu::ZERO && free >= service.least_pod_cpu())
        .then(|| format!("A CPU request of {} instead of {} would fit.", free.kubernetes(), service.cpu.kubernetes()))
}

/// How many more nodes of which group would take all of them.
fn more_nodes(service: &Service, count: u32, cluster: &Cluster) -> String {
    let needed = |group: &NodeGroup| {
        let each = pods_on_empty_node(service, allocatable_of(group));
        (each > 0).then(|| u64::from(count).div_ceil(each))
    };
    let may_come = |group: &NodeGroup| u64::from(group.max.saturating_sub(group.count));
    let enough = cluster.nodes.iter().filter_map(|group| Some((needed(group)?, group)));
    // Of what the cluster autoscaler brings by itself nobody has to think.
    match enough.min_by_key(|(count, group)| (*count > may_come(group), *count)) {
        Some((count, group)) => more_nodes_would_do(count, &group.name, may_come(group)),
        None => format!(
            "No node of the cluster would do, even an empty one: it takes one with {} and {} free for pods.",
            service.pod_memory(),
            service.pod_cpu()
        ),
    }
}

/// So many more nodes of a group, of which the cluster autoscaler may add some by itself, or all.
fn more_nodes_would_do(nodes: u64, group: &Name, may_be_added: u64) -> String {
    let more = if nodes == 1 { "One more node".to_owned() } else { format!("{nodes} more nodes") };
    let added = match may_be_added {
        0 => String::new(),
        may if may >= nodes => ", which the cluster autoscaler may add".to_owned(),
        may => format!(", of which the cluster autoscaler may add {may}"),
    };
    format!("{more} of `{group}` would do{added}.")
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
