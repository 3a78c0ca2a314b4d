//! The nodes of a cluster: what each has, what it carries, and where its load line is.

use crate::plan::allocatable::{self, Allocatable};
use crate::plan::{Load, percent_of, server::LOAD_LINE_PERCENT};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Name, NodeGroup, Survive, SystemPods};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A node, and what it carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NodePlan {
    /// Its name, such as `general-1`.
    pub node: String,
    /// The group that it belongs to.
    pub group: Name,
    /// The cloud's name of the machine, such as `t3.small`, if the document has it.
    pub instance_type: Option<String>,
    /// The zone that it is in, such as `zone-1`; none where all nodes are in one.
    pub zone: Option<String>,
    /// The machine's processors.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
    /// The machine's memory.
    #[serde(rename = "memory_bytes")]
    pub memory: Memory,
    /// The processors that its pods may request.
    #[serde(rename = "allocatable_cpu_millis")]
    pub allocatable_cpu: Cpu,
    /// The memory that its pods may request. The machine keeps the rest for itself.
    #[serde(rename = "allocatable_memory_bytes")]
    pub allocatable_memory: Memory,
    /// How many pods it may hold.
    pub max_pods: u64,
    /// The cluster's own pods that run on each such node, and count in `steady` and `peak`; none where they are not counted.
    pub system: SystemPods,
    /// How much memory should be requested at most.
    ///
    /// With A for the allocatable memory of all nodes and M for that of the largest (or, where the loss of a zone must be
    /// survived, of all in the largest zone), it is the node's share of A − M: while no node is past its line, the others
    /// together have room for what any one of them carries. Of n equal nodes, that is (n − 1)/n of each. Where nothing can
    /// stand in for what is lost, or nothing has to, it is at 90 percent.
    #[serde(rename = "load_line_bytes")]
    pub load_line: Memory,
    /// The load of the pods that always run.
    pub steady: NodeLoad,
    /// The load at the busiest time.
    pub peak: NodeLoad,
}

/// The load of a node.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NodeLoad {
    /// How many pods.
    pub pods: u32,
    /// The processor time that they request.
    #[serde(rename = "requested_cpu_millis")]
    pub requested_cpu: Cpu,
    /// The memory that they request.
    #[serde(rename = "requested_memory_bytes")]
    pub requested_memory: Memory,
    /// The memory that they need.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// Whether more memory is requested than the load line allows.
    pub is_past_load_line: bool,
    /// The pods by service, in the document's order.
    pub loads: Vec<Load>,
}

/// The nodes of a cluster, in the document's order, still empty.
pub(in crate::plan) fn of(cluster: &Cluster) -> Vec<NodePlan> {
    let mut nodes: Vec<NodePlan> = Vec::new();
    for group in &cluster.nodes {
        let empty = NodePlan::of(group, 1);
        nodes.extend((1..=group.count).map(|number| NodePlan {
            node: group.node_name(number),
            zone: cluster.zone(group, number),
            ..empty.clone()
        }));
    }
    draw_load_lines(&mut nodes, cluster.survive);
    nodes
}

fn draw_load_lines(nodes: &mut [NodePlan], survive: Survive) {
    let all: u128 = nodes.iter().map(|node| u128::from(node.for_pods().bytes())).sum();
    let lost = largest_loss(nodes, survive).filter(|lost| *lost < all);
    for node in nodes {
        node.load_line = match lost {
            Some(lost) => node.system.memory + share(node.for_pods(), all - lost, all),
            None => percent_of(node.allocatable_memory, LOAD_LINE_PERCENT),
        };
    }
}

/// The most allocatable memory that may be lost at once, if some may.
fn largest_loss(nodes: &[NodePlan], survive: Survive) -> Option<u128> {
    let memory = |node: &NodePlan| u128::from(node.for_pods().bytes());
    let mut zones: BTreeMap<Option<&str>, u128> = BTreeMap::new();
    for node in nodes {
        *zones.entry(node.zone.as_deref()).or_default() += memory(node);
    }
    match survive {
        Survive::Nothing => None,
        Survive::Node => nodes.iter().map(memory).max(),
        Survive::Zone => zones.into_values().max(),
    }
}

/// Returns the allocatable resources of one node of the group.
pub(in crate::plan) fn allocatable_of(group: &NodeGroup) -> Allocatable {
    allocatable::of_node(group)
}

/// Returns what one node of the group has for pods beside the cluster's own.
pub(in crate::plan) fn free_of(group: &NodeGroup) -> Allocatable {
    let Allocatable { cpu, memory, max_pods } = allocatable_of(group);
    let system = group.system;
    let max_pods = max_pods.saturating_sub(system.pods.into());
    Allocatable { cpu: cpu - system.cpu, memory: memory - system.memory, max_pods }
}

impl NodePlan {
    /// The memory for pods beside the cluster's own.
    fn for_pods(&self) -> Memory {
        self.allocatable_memory - self.system.memory
    }

    /// One of the machines of a group, still empty, without a load line or a zone; `number` counts from 1.
    pub(in crate::plan) fn of(group: &NodeGroup, number: u32) -> Self {
        let allocatable = allocatable_of(group);
        Self {
            node: group.node_name(number),
            group: group.name.clone(),
            instance_type: group.instance.map(|one| one.name.to_owned()),
            zone: None,
            cpu: group.cpu,
            memory: group.memory,
            allocatable_cpu: allocatable.cpu,
            allocatable_memory: allocatable.memory,
            max_pods: allocatable.max_pods,
            system: group.system,
            load_line: Memory::ZERO,
            steady: NodeLoad::default(),
            peak: NodeLoad::default(),
        }
    }

    pub(super) fn carry_steady(&mut self, load: NodeLoad) {
        self.steady = self.marked(load);
    }

    pub(super) fn carry_peak(&mut self, load: NodeLoad) {
        self.peak = self.marked(load);
    }

    fn marked(&self, load: NodeLoad) -> NodeLoad {
        NodeLoad { is_past_load_line: load.requested_memory > self.load_line, ..load }
    }
}

/// `amount` × `part` / `whole`, rounded down.
fn share(amount: Memory, part: u128, whole: u128) -> Memory {
    // Fewer than 2^13 nodes of less than 2^63 bytes each: the shift keeps the product within 128 bits.
    let shift = 128 - 63 - 1_u32;
    let excess = (128 - whole.leading_zeros()).saturating_sub(shift);
    let product = u128::from(amount.bytes()) * (part >> excess);
    let share = product.checked_div(whole >> excess).unwrap_or(0);
    Memory::from_bytes(u64::try_from(share).unwrap_or(u64::MAX))
}
