//! Losing a node or a zone: whether the others can take its pods.

use super::nodes::NodePlan;
use super::placement::{Filled, Placer, PodsOnNode, UnplacedPods};
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most pairs of a pod and a node that are looked at, so that an edit is answered well within a second.
pub(super) const MAX_PAIRS: u64 = 1_000_000;
/// As many pairs as are weighed in the time in which one service is set up.
const PAIRS_OF_A_SERVICE: u64 = 10;

/// The loss of a node: its pods are placed again on the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NodeLoss {
    /// The node.
    pub node: String,
    /// How many nodes are like it, in machine and load, itself among them: their loss is the same.
    pub nodes_alike: u32,
    /// How many pods lose their place.
    pub pods: u32,
    /// Pods for which the other nodes have no room; if there are none, the loss is survived.
    pub unplaced: Vec<UnplacedPods>,
}

/// The loss of a zone with all its nodes: its pods are placed again on the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneLoss {
    /// The zone.
    pub zone: String,
    /// How many nodes are lost with it.
    pub nodes: u32,
    /// How many pods lose their place.
    pub pods: u32,
    /// Pods for which the other zones have no room; if there are none, the loss is survived.
    pub unplaced: Vec<UnplacedPods>,
}

impl Filled<'_> {
    /// Loses each node in turn, those that differ, the fullest first, until more pairs of a pod and a node would have to be
    /// looked at than are left.
    pub fn lose_nodes(&self, pairs_left: &mut u64) -> impl Iterator<Item = NodeLoss> {
        let different = if self.nodes.len() < 2 { Vec::new() } else { different_nodes(self.nodes, self.on_nodes) };
        different.into_iter().map_while(|(lost, nodes_alike)| {
            let node = &self.nodes[lost];
            let unplaced = self.lose(|index| index == lost, pairs_left)?;
            Some(NodeLoss { node: node.node.clone(), nodes_alike, pods: self.on_nodes[lost].count(), unplaced })
        })
    }

    /// Loses each zone in turn, if there are several.
    pub fn lose_zones(&self, pairs_left: &mut u64) -> impl Iterator<Item = ZoneLoss> {
        let mut zones: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if let Some(zone) = &node.zone {
                zones.entry(zone).or_default().push(index);
            }
        }
        zones.into_iter().map_while(|(zone, lost)| {
            let unplaced = self.lose(|index| lost.binary_search(&index).is_ok(), pairs_left)?;
            let pods = lost.iter().map(|node| self.on_nodes[*node].count()).sum();
            Some(ZoneLoss {
                zone: zone.to_owned(),
                nodes: u32::try_from(lost.len()).unwrap_or(u32::MAX),
                pods,
                unplaced,
            })
        })
    }

    /// The pods that find no place once these nodes are lost; nothing if there is too much to look at.
    fn lose(&self, is_lost: impl Fn(usize) -> bool, pairs_left: &mut u64) -> Option<Vec<UnplacedPods>> {
        let displaced = || self.on_nodes.iter().enumerate().filter(|(index, _)| is_lost(*index)).map(|(_, pods)| pods);
        // The services and the other nodes are set up and filled as they are, then each lost pod is weighed against each
        // of them.
        let services = self.topology.services.len() as u64 * PAIRS_OF_A_SERVICE;
        let all: u64 = self.on_nodes.iter().map(|pods| u64::from(pods.count())).sum();
        let lost: u64 = displaced().map(|pods| u64::from(pods.count())).sum();
        let system: u64 = self.nodes.iter().map(|node| u64::from(node.system.pods)).sum();
        let cost = (1 + lost) * self.nodes.len() as u64 + all + system + services;
        *pairs_left = pairs_left.checked_sub(cost)?;

        let left = || self.nodes.iter().zip(self.on_nodes).enumerate().filter(|(index, _)| !is_lost(*index));
        let mut placer = Placer::listing(left().map(|(_, (node, _))| node), self.topology, self.cluster, 0);
        placer.fill(left().map(|(_, (_, pods))| pods));
        let mut services: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (service, number) in displaced().flat_map(PodsOnNode::iter) {
            services.entry(service).or_default().push(number);
        }
        let displaced = services.into_iter().map(|(service, numbers)| (service, numbers.into_iter()));
        Some(placer.place(displaced, self.cluster, &mut |_| {}).unplaced)
    }
}

/// What makes the loss of two nodes the same: their zone, memory, processors and pods that they hold, and how many pods of
/// which service they have.
type Kind<'a> = (Option<&'a str>, Memory, Cpu, u64, Vec<(usize, u32)>);

/// One node of each kind that differs in machine or load, the fullest first, and how many there are of the kind.
fn different_nodes(nodes: &[NodePlan], on_nodes: &[PodsOnNode]) -> Vec<(usize, u32)> {
    let mut kinds: BTreeMap<Kind, (usize, u32)> = BTreeMap::new();
    for (index, (node, pods)) in nodes.iter().zip(on_nodes).enumerate() {
        let (memory, cpu) = (node.allocatable_memory, node.allocatable_cpu);
        let kind = (node.zone.as_deref(), memory, cpu, node.max_pods, pods.by_service());
        kinds.entry(kind).or_insert((index, 0)).1 += 1;
    }
    let mut kinds: Vec<(usize, u32)> = kinds.into_values().collect();
    sorting::sort_by_key(&mut kinds, |(index, _)| (std::cmp::Reverse(nodes[*index].steady.requested_memory), *index));
    kinds
}

impl NodeLoss {
    /// Whether the other nodes have room for all of its pods.
    pub fn is_carried(&self) -> bool {
        self.unplaced.is_empty()
    }
}

impl ZoneLoss {
    /// Whether the other zones have room for all of its pods.
    pub fn is_carried(&self) -> bool {
        self.unplaced.is_empty()
    }
}
