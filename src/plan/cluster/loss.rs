//! Losing a node: whether the others can take its pods.

use super::nodes::NodePlan;
use super::placement::{Placer, PodsOnNode, UnplacedPods};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Topology};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most pairs of a pod and a node that are looked at, so that an edit is answered well within a second.
const MOST_PAIRS: u64 = 1_000_000;
/// As many pairs as are weighed in the time in which one service is set up.
const PAIRS_OF_A_SERVICE: u64 = 10;

/// What becomes of a node's pods when it is lost: they are placed again, beside what the others carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeLoss {
    /// The node.
    pub node: String,
    /// How many nodes are like it, in machine and load, itself among them: their loss is the same.
    pub nodes_alike: u32,
    /// How many pods lose their place.
    pub pods: u32,
    /// Those for which the other nodes have no room; if there are none, the loss is carried.
    pub unplaced: Vec<UnplacedPods>,
}

/// The losses that were looked at, and what was left out.
pub(super) struct Checked {
    pub losses: Vec<NodeLoss>,
    pub limit: Option<String>,
}

/// Loses each node in turn, those that differ, the fullest first.
pub(super) fn check(nodes: &[NodePlan], on_nodes: &[PodsOnNode], topology: &Topology, cluster: &Cluster) -> Checked {
    let mut checked = Checked { losses: Vec::new(), limit: None };
    if nodes.len() < 2 {
        return checked;
    }
    let mut pairs_left = MOST_PAIRS;
    let pods: u64 = nodes.iter().map(|node| u64::from(node.steady.pods)).sum();
    for (lost, nodes_alike) in different_nodes(nodes, on_nodes) {
        // The services and the others are set up and filled as they are, then each lost pod is weighed against each
        // of them.
        let services = topology.services.len() as u64 * PAIRS_OF_A_SERVICE;
        let cost = (1 + u64::from(nodes[lost].steady.pods)) * nodes.len() as u64 + pods + services;
        if cost > pairs_left {
            checked.limit =
                Some("Losing a node was tried for the fullest nodes only: there are too many that differ.".to_owned());
            break;
        }
        pairs_left -= cost;
        let others =
            || nodes.iter().zip(on_nodes).enumerate().filter(|(index, _)| *index != lost).map(|(_, node)| node);
        let mut placer = Placer::new(others().map(|(node, _)| node), topology);
        for (index, (_, pods)) in others().enumerate() {
            placer.put(pods, index);
        }
        let homeless = on_nodes[lost].iter().map(|(&service, numbers)| (service, numbers.iter().copied()));
        checked.losses.push(NodeLoss {
            node: nodes[lost].node.clone(),
            nodes_alike,
            pods: nodes[lost].steady.pods,
            unplaced: placer.place(homeless, cluster, &mut |_| {}).unplaced,
        });
    }
    checked
}

/// What makes the loss of two nodes the same: memory, processors and pods that they hold, and how many pods of which
/// service they have.
type Kind = (Memory, Cpu, u64, Vec<(usize, usize)>);

/// One node of each kind that differs in machine or load, the fullest first, and how many there are of the kind.
fn different_nodes(nodes: &[NodePlan], on_nodes: &[PodsOnNode]) -> Vec<(usize, u32)> {
    let mut kinds: BTreeMap<Kind, (usize, u32)> = BTreeMap::new();
    for (index, (node, pods)) in nodes.iter().zip(on_nodes).enumerate() {
        let counts = pods.iter().map(|(&service, numbers)| (service, numbers.len())).collect();
        let kind = (node.allocatable_memory, node.allocatable_cpu, node.max_pods, counts);
        kinds.entry(kind).or_insert((index, 0)).1 += 1;
    }
    let mut kinds: Vec<(usize, u32)> = kinds.into_values().collect();
    kinds.sort_by_key(|(index, _)| (std::cmp::Reverse(nodes[*index].steady.requested_memory), *index));
    kinds
}

impl NodeLoss {
    /// Whether the other nodes have room for all of its pods.
    pub fn is_carried(&self) -> bool {
        self.unplaced.is_empty()
    }
}
