//! What a cluster carries, and what would help where it does not.

use super::{more_nodes, pods_by_first};
use crate::plan::AddedNodes;
use crate::plan::figures::{about, part_of};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Name, Survive};

// The answer.
pub const NO_NODES: &str = "It sinks: the cluster has no nodes.";
pub const TOO_LARGE: &str = "It is too large to be placed here in full.";
pub const ON_ONE_NODE: &str = "It floats on one node: when that is lost, so is everything.";
pub const ON_ONE_LOADED_NODE: &str = "It floats, but loaded past the line, and on one node.";
pub const IN_ONE_ZONE: &str = "It floats in one zone: when that is lost, so is everything.";
pub const PAST_LOAD_LINE: &str = "It floats, but loaded past the line.";

/// So many pods, the first of which is named, have no node, not even among those that the cluster autoscaler may add.
pub fn nowhere_to_go(first: &str, pods: u64, may_be_added: Option<u32>) -> String {
    format!("It sinks: {}{}.", have_nowhere_to_go(first, pods), even_on(may_be_added))
}

/// The same, of pods that come at the peak.
pub fn nowhere_to_go_at_peak(first: &str, pods: u64, may_be_added: Option<u32>) -> String {
    format!("It sinks at the peak: {}{}.", have_nowhere_to_go(first, pods), even_on(may_be_added))
}

/// So many pods by the first of them, and that they have nowhere to go.
pub fn have_nowhere_to_go(first: &str, pods: u64) -> String {
    let have = if pods > 1 { "have" } else { "has" };
    format!("{} {have} nowhere to go", pods_by_first(first, pods))
}

fn even_on(may_be_added: Option<u32>) -> String {
    match may_be_added {
        Some(nodes) => format!(", even on {} that the cluster autoscaler may add", more_nodes(nodes)),
        None => String::new(),
    }
}

/// What always runs has a place only on so many nodes that are added.
pub fn only_on_added_nodes(nodes: u32) -> String {
    format!("It floats only on {}, which the cluster autoscaler adds.", more_nodes(nodes))
}

/// Without a node or a zone that it must survive the loss of, so many pods, the first of which is named, have no place.
pub fn not_without(lost: &str, first: &str, pods: u64) -> String {
    format!("It floats, but not without {lost}: {} would have nowhere to go.", pods_by_first(first, pods))
}

/// All pods have a place, and whatever was tried can be lost; which is all that it must survive, if `is_tried`.
pub fn afloat(survive: Survive, is_tried: bool, is_autoscaled: bool) -> String {
    let what = match survive {
        Survive::Nothing => return "It floats: the peak fits.".to_owned(),
        Survive::Node => "node",
        Survive::Zone => "zone",
    };
    match (is_tried, is_autoscaled) {
        (false, _) => format!("It floats: the peak fits. Losing a {what} was not tried for all of them."),
        (true, true) => format!("It floats: the peak fits, and at other times so does losing one {what}."),
        (true, false) => format!("It floats: the peak fits, and so does losing one {what}."),
    }
}

/// A further sentence of the answer.
pub fn nodes_added_at_peak(nodes: u32) -> String {
    format!("At the peak the cluster autoscaler adds {}.", more_nodes(nodes))
}

/// What is set aside of the memory and the processors of so many nodes, each with the whole, and what is at the peak.
pub fn set_aside(memory: [Memory; 2], cpu: [Cpu; 2], nodes: usize, peak: Option<(Memory, Cpu)>) -> String {
    let ([memory, all_memory], [cpu, all_cpu]) = (memory, cpu);
    let nodes = if nodes == 1 { "1 node".to_owned() } else { format!("{nodes} nodes") };
    let peak = match peak {
        Some((memory, cpu)) => format!(", {} and {} at the peak", about(memory), cpu.compose()),
        None => String::new(),
    };
    let memory = part_of(memory, all_memory);
    format!("{memory} and {} of {all_cpu} set aside on {nodes}{peak}.", cpu.compose())
}

pub fn without_largest_node(others: Memory) -> String {
    format!("Without the largest node, {} still carry it.", about(others))
}

// What would help a pod that has no node.
pub fn lower_limit_fits(limit: Memory, instead_of: Memory, need: Memory) -> String {
    format!("A memory limit of {limit} instead of {instead_of} would fit; it needs {need}.")
}

pub fn lower_cpu_fits(request: Cpu, instead_of: Cpu) -> String {
    format!("A CPU request of {} instead of {} would fit.", request.kubernetes(), instead_of.kubernetes())
}

/// So many more nodes of a group, of which the cluster autoscaler may add some by itself, or all.
pub fn more_nodes_would_do(nodes: u64, group: &Name, may_be_added: u64) -> String {
    let more = if nodes == 1 { "One more node".to_owned() } else { format!("{nodes} more nodes") };
    let added = match may_be_added {
        0 => String::new(),
        may if may >= nodes => ", which the cluster autoscaler may add".to_owned(),
        may => format!(", of which the cluster autoscaler may add {may}"),
    };
    format!("{more} of `{group}` would do{added}.")
}

/// It takes a node with so much free for pods.
pub fn no_node_would_do(memory: Memory, cpu: Cpu) -> String {
    format!("No node of the cluster would do, even an empty one: it takes one with {memory} and {cpu} free for pods.")
}

/// Of so many pods that have no node, and will have one of those.
pub fn waits_for_nodes(pods: u32, added: &[AddedNodes]) -> String {
    let who = if pods == 1 { "It waits" } else { "They wait" };
    let nodes = added.iter().map(|AddedNodes { group, nodes, startup_seconds }| {
        let nodes = if *nodes == 1 { "1 node".to_owned() } else { format!("{nodes} nodes") };
        format!("{nodes} of `{group}` in about {startup_seconds} s")
    });
    format!("{who} for what the cluster autoscaler adds: {}.", nodes.collect::<Vec<_>>().join(", "))
}

// What was left out.
pub const LOSSES_OF_FULLEST: &str =
    "Losing a node was tried for the fullest nodes only: there are too many that differ.";

pub fn pods_not_placed(not_tried: u64, pods: u64, weighed: u64) -> String {
    format!("{not_tried} of {pods} pods were not placed: weighing nodes more than {weighed} times takes too long here.")
}

// What is taken for granted.
pub const PODS_ARRIVE_IN_ORDER: &str = "Pods arrive in the order of the document, replica by replica. Of nodes with the same score, the first by name is taken; Kubernetes may take any of them.";
pub const RELEASES_ONE_BY_ONE: &str = "A new release replaces the pods of one service at a time. Still ending are old pods that have been told to end and hold their memory until they have: here as many as there can be, if new pods are ready sooner.";
pub const JOBS_ARE_NOT_PLACED: &str =
    "Jobs of `before_start` run before the rest and end: they are not placed, but a new release counts them.";
pub const DISKS_FOLLOW: &str = "Disks can be attached to every node. After the loss of a node, Kubernetes moves a pod with a disk only once the node is deleted or marked out of service.";
pub const DISKS_STAY_IN_ZONE: &str = "Most clouds keep a disk in one zone: a pod that has one cannot follow from a lost zone to another, unless the disk is kept in both.";

pub fn nodes_carry_nothing_else(has_zones: bool) -> String {
    let place = if has_zones { "spread over their zones one after the other" } else { "in one zone" };
    format!(
        "The nodes are {place} and carry nothing else; DaemonSets, the gateway and other add-ons take their share. The \
         memory of a node is what its kubelet reports as capacity, a little less than it is sold with."
    )
}
