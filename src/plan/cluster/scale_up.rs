//! The nodes that the cluster autoscaler adds for unschedulable pods.

use super::ClusterPlan;
use super::help::Help;
use super::orders::{Ordered, Orders};
use super::placement::{Filled, Placement, Placer, UnplacedPods};
use crate::topology::{Cluster, Name, Replicas};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How often it rescans for pods that are still unschedulable.
const ROUNDS: u32 = 4;

/// The nodes that the cluster autoscaler adds at the busiest time for unschedulable pods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScaleUp {
    /// How many nodes of each group that grows, in the document's order.
    pub added: Vec<AddedNodes>,
    /// Pods that always run and do not fit even then.
    pub unplaced: Vec<UnplacedPods>,
    /// Pods that an autoscaler adds at the peak and that do not fit even then.
    pub unplaced_at_peak: Vec<UnplacedPods>,
}

/// Nodes that the cluster autoscaler adds to a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddedNodes {
    /// The group.
    pub group: Name,
    /// How many.
    pub nodes: u32,
    /// How many seconds it takes until one that was ordered is ready.
    pub startup_seconds: u32,
}

impl ScaleUp {
    /// How many nodes it adds.
    pub(crate) fn nodes(&self) -> u32 {
        self.added.iter().map(|added| added.nodes).sum()
    }

    /// Returns the `unplaced` pods that fit on these nodes: all but the last of each service, which are in `without`.
    fn takes(&self, unplaced: &[UnplacedPods], without: &[UnplacedPods]) -> Vec<UnplacedPods> {
        let takes = |pods: &UnplacedPods| {
            let without = without.iter().find(|other| other.service == pods.service).map_or(0, |other| other.count);
            let count = pods.count.saturating_sub(without);
            (count > 0).then(|| UnplacedPods {
                count,
                help: vec![Help::AddedNodes { pods: count, added: self.added.clone() }.into()],
                ..pods.clone()
            })
        };
        unplaced.iter().filter_map(takes).collect()
    }
}

impl ClusterPlan {
    /// The pods that have no node and wait for one that the cluster autoscaler adds, those that always run first; each with
    /// what it waits for as its help.
    pub fn waiting(&self) -> Vec<UnplacedPods> {
        let Some(scale_up) = &self.scale_up else { return Vec::new() };
        let mut waiting = scale_up.takes(&self.steady.unplaced, &scale_up.unplaced);
        if let Some(peak) = &self.peak {
            waiting.extend(scale_up.takes(&peak.unplaced, &scale_up.unplaced_at_peak));
        }
        waiting
    }
}

impl Filled<'_> {
    /// Returns the nodes that the cluster autoscaler adds for pods without a place in these placements; `None` if no group may
    /// grow by a node that takes one of them. As in a simulation, each node is of the first group that takes the pod. `left`
    /// limits how often nodes are weighed.
    pub fn scale_up(&self, steady: &Placement, peak: Option<&Placement>, mut left: u64) -> Option<ScaleUp> {
        let of_steady = self.last_replicas(&steady.unplaced, Replicas::steady);
        let of_peak = peak.map(|peak| self.last_replicas(&peak.unplaced, Replicas::peak)).unwrap_or_default();
        let mut orders = Orders::of(self.cluster);
        let (mut added, mut unplaced, mut unplaced_at_peak) = (Vec::new(), Vec::new(), Vec::new());
        let all = of_steady.iter().chain(&of_peak);
        let mut waiting: Vec<(usize, u32)> = all.map(|(service, pods)| (*service, pods.end - pods.start)).collect();
        for _ in 0..ROUNDS {
            let before = added.len();
            for (service, pods) in waiting {
                orders.expect(&self.topology.services[service], pods, &mut added);
            }
            if added.len() == before {
                break;
            }
            orders.arrive();
            (unplaced, unplaced_at_peak) = self.place(&of_steady, &of_peak, &added, orders.cluster(), &mut left)?;
            let still = unplaced.iter().chain(&unplaced_at_peak);
            waiting = still.filter_map(|pods| Some((self.index(pods)?, pods.count))).collect();
        }
        let groups = self.cluster.nodes.iter().zip(&orders.cluster().nodes);
        let grown = groups.filter(|(before, after)| after.count > before.count);
        let grown = grown.map(|(before, after)| AddedNodes {
            group: after.name.clone(),
            nodes: after.count - before.count,
            startup_seconds: after.startup.whole_seconds(),
        });
        (!added.is_empty()).then(|| ScaleUp { added: grown.collect(), unplaced, unplaced_at_peak })
    }

    /// The replicas that have no place, for each service by its index: always its last ones, since they are equal.
    fn last_replicas(&self, unplaced: &[UnplacedPods], of: fn(Replicas) -> u32) -> Vec<(usize, Range<u32>)> {
        let replicas = |pods: &UnplacedPods| {
            let index = self.index(pods)?;
            let end = of(self.topology.services[index].replicas);
            Some((index, end.saturating_sub(pods.count)..end))
        };
        unplaced.iter().filter_map(replicas).collect()
    }

    fn index(&self, pods: &UnplacedPods) -> Option<usize> {
        self.topology.services.iter().position(|service| service.name == pods.service)
    }

    /// The pods that find no place beside all others once these nodes are there, which makes the cluster the grown one, of
    /// those that always run and of those at the peak; nothing if it takes too long to try.
    fn place(
        &self,
        steady: &[(usize, Range<u32>)],
        peak: &[(usize, Range<u32>)],
        added: &[Ordered],
        grown: &Cluster,
        left: &mut u64,
    ) -> Option<(Vec<UnplacedPods>, Vec<UnplacedPods>)> {
        let nodes = self.nodes.iter().chain(added.iter().map(|ordered| &ordered.node));
        let mut placer = Placer::brief(nodes, self.topology, self.cluster, *left);
        placer.fill(self.on_nodes);
        let mut place = |pods: &[(usize, Range<u32>)]| placer.place(pods.iter().cloned(), grown, &mut |_| {});
        let (steady, peak) = (place(steady), place(peak));
        *left = placer.left();
        (steady.is_tried() && peak.is_tried()).then_some((steady.unplaced, peak.unplaced))
    }
}
