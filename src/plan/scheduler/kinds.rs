//! Nodes of one kind: equal machines with as much on them. A pod that asks for no label and no name of its node finds
//! them alike, but for where they are.

use super::cluster::{HostPort, Image, Node, Resources, Taint};
use super::{NodeIndex, NodeState};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The kind of each node.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    /// The machine of each node, numbered.
    machines: Box<[usize]>,
    /// `None` for nodes that have changed since they were last asked for.
    of_nodes: Box<[Option<Kind>]>,
    known: FxHashMap<Filled, Kind>,
}

/// A kind, by its number. Numbers are valid until [`Kinds::renumber`] is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind(pub usize);

/// All of an empty node but its name and labels.
type Machine<'a> = (&'a [Taint], bool, &'a Resources, u64, &'a [Image]);

/// A machine with what is on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Filled {
    machine: usize,
    requested: Resources,
    scored: Resources,
    pods: u64,
    ports: BTreeMap<HostPort, u64>,
}

impl Kinds {
    pub fn of(nodes: &[Node]) -> Self {
        let mut known: FxHashMap<Machine, usize> = FxHashMap::default();
        let machines = nodes.iter().map(|node| {
            let next = known.len();
            let Node { taints, unschedulable, allocatable, max_pods, images, name: _, labels: _ } = node;
            *known.entry((taints, *unschedulable, allocatable, *max_pods, images)).or_insert(next)
        });
        let machines = machines.collect();
        Self { machines, of_nodes: vec![None; nodes.len()].into(), known: FxHashMap::default() }
    }

    /// The kind of a node in this state.
    pub fn kind(&mut self, node: NodeIndex, state: &NodeState) -> Kind {
        if let Some(kind) = self.of_nodes[node.0] {
            return kind;
        }
        let NodeState { requested, scored, pods, ports, node: _, rank: _ } = state;
        let filled = Filled {
            machine: self.machines[node.0],
            requested: requested.clone(),
            scored: scored.clone(),
            pods: *pods,
            ports: ports.clone(),
        };
        let next = Kind(self.known.len());
        let kind = *self.known.entry(filled).or_insert(next);
        self.of_nodes[node.0] = Some(kind);
        kind
    }

    /// Takes note that there is more or less on the node.
    pub fn change(&mut self, node: NodeIndex) {
        self.of_nodes[node.0] = None;
    }

    /// Takes note of the kind that the node is of now.
    pub fn set(&mut self, node: NodeIndex, kind: Kind) {
        self.of_nodes[node.0] = Some(kind);
    }

    /// Forgets the kinds of the past, once they are many more than the nodes.
    pub fn renumber(&mut self) {
        if self.known.len() > 2 * self.of_nodes.len() {
            self.known.clear();
            self.of_nodes.fill(None);
        }
    }
}
