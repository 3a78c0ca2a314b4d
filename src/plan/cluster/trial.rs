//! Whether a cluster carries a topology, with the nodes that the cluster autoscaler adds, and if not, what fails first. It
//! makes the plan's own placements, without the plan's details of each pod.

use super::loss;
use super::nodes::{self, NodePlan};
use super::placement::{self, Filled, Placer, UnplacedPods};
use super::rollout::RolloutPods;
use super::scale_up::ScaleUp;
use crate::topology::{Cluster, Name, Survive, Topology};
use rustc_hash::FxHashSet;

/// How much may still be tried.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Work {
    /// How many times nodes, or groups of nodes that look alike, may be weighed.
    pub weighings: u64,
    /// How many pairs of a pod and a node may be looked at where something is lost.
    pub pairs: u64,
}

/// The first thing for which a cluster is too small.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shortfall {
    /// Pods that always run have no place, not even on nodes that come.
    Steady(Vec<UnplacedPods>),
    /// Pods that an autoscaler adds have no place, not even on nodes that come.
    Peak(Vec<UnplacedPods>),
    /// Pods that always run have a place only on nodes that come.
    Awaits(ScaleUp),
    /// A new release of the service never gets on; why, in the scheduler's words.
    Rollout(Name, Option<String>),
    /// Once a node, or where zones are meant the named zone, is lost, pods have no place.
    Loss(Option<String>, Vec<UnplacedPods>),
    /// The node or zone that may be lost is the only one.
    Alone,
    /// A node is loaded past its line, although nothing has to be survived.
    PastLoadLine,
    /// It is not known: to try it would take too long.
    Untried,
}

/// Tries whether the cluster carries the topology, within the work that is left. Returns the nodes that the cluster autoscaler
/// adds at the peak, if any, or what fails first.
pub(in crate::plan) fn carry(
    cluster: &Cluster,
    topology: &Topology,
    work: &mut Work,
) -> Result<Option<ScaleUp>, Shortfall> {
    let nodes = nodes::of(cluster);
    if !cluster.may_grow() && is_alone(&nodes, cluster.survive, topology) {
        return Err(Shortfall::Alone);
    }
    let mut placer = Placer::brief(&nodes, topology, cluster, work.weighings);
    let carried = fill(nodes, &mut placer, cluster, topology, &mut work.pairs);
    work.weighings = placer.left();
    carried
}

fn fill(
    mut nodes: Vec<NodePlan>,
    placer: &mut Placer,
    cluster: &Cluster,
    topology: &Topology,
    pairs_left: &mut u64,
) -> Result<Option<ScaleUp>, Shortfall> {
    let services = || topology.services.iter().enumerate();
    let always = services().map(|(index, service)| (index, 0..service.replicas.steady()));
    let steady = placer.place(always, cluster, &mut |_| {});
    if !steady.is_complete() && !cluster.may_grow() {
        let is_known = !steady.unplaced.is_empty();
        return Err(if is_known { Shortfall::Steady(steady.unplaced) } else { Shortfall::Untried });
    }
    for (node, load) in nodes.iter_mut().zip(placer.loads()) {
        node.carry_steady(load);
    }
    let on_nodes = placer.pods_on_nodes().to_vec();
    let rollouts = if steady.is_complete() { roll_out(placer, topology, cluster) } else { Ok(()) };

    let added = services().map(|(index, service)| (index, service.replicas.steady()..service.replicas.peak()));
    let peak = placer.place(added, cluster, &mut |_| {});
    for (node, load) in nodes.iter_mut().zip(placer.loads()) {
        node.carry_peak(load);
    }
    let filled = Filled { nodes: &nodes, on_nodes: placer.pods_on_nodes(), topology, cluster };
    let scale_up = filled.scale_up(&steady, Some(&peak), placer.left());
    let (unplaced, unplaced_at_peak) = match &scale_up {
        Some(scale_up) => (&scale_up.unplaced, &scale_up.unplaced_at_peak),
        None => (&steady.unplaced, &peak.unplaced),
    };
    if !unplaced.is_empty() {
        return Err(Shortfall::Steady(unplaced.clone()));
    }
    if !unplaced_at_peak.is_empty() {
        return Err(Shortfall::Peak(unplaced_at_peak.clone()));
    }
    if let Some(scale_up) = scale_up.clone().filter(|_| !steady.unplaced.is_empty()) {
        return Err(Shortfall::Awaits(scale_up));
    }
    if !steady.is_tried() || !peak.is_tried() {
        return Err(Shortfall::Untried);
    }
    if is_alone(&nodes, cluster.survive, topology) {
        return Err(Shortfall::Alone);
    }
    rollouts?;
    survive(&Filled { nodes: &nodes, on_nodes: &on_nodes, topology, cluster }, pairs_left)?;
    Ok(scale_up)
}

/// Whether what may be lost is all that there is, and something runs that must survive it.
fn is_alone(nodes: &[NodePlan], survive: Survive, topology: &Topology) -> bool {
    let apart = match survive {
        Survive::Nothing => return false,
        Survive::Node => nodes.len(),
        Survive::Zone => zones_of(nodes),
    };
    apart == 1 && topology.services.iter().any(|service| service.replicas.steady() > 0)
}

pub(super) fn zones_of(nodes: &[NodePlan]) -> usize {
    nodes.iter().map(|node| &node.zone).collect::<FxHashSet<_>>().len()
}

/// Whether each rollout gets on, with room for a new pod or for the Job that it waits for.
fn roll_out(placer: &mut Placer, topology: &Topology, cluster: &Cluster) -> Result<(), Shortfall> {
    let mut left = placer.left();
    let running = topology.services.iter().enumerate().filter(|(_, service)| service.replicas.steady() > 0);
    let stuck = running.into_iter().find_map(|(index, service)| {
        let pods = RolloutPods::of(service);
        let room = placer.room_for(index, pods.least(), &mut left);
        match room.pods {
            has_room if has_room == pods.least() => None,
            _ if !room.is_tried => Some(Shortfall::Untried),
            has_room if pods.least_comes(has_room, service, cluster) => None,
            _ => Some(Shortfall::Rollout(service.name.clone(), room.message)),
        }
    });
    placer.set_left(left);
    stuck.map_or(Ok(()), Err)
}

/// Whether what must be survived can be lost; where nothing must, whether no node is loaded past its line.
fn survive(always: &Filled, pairs_left: &mut u64) -> Result<(), Shortfall> {
    let (tried, all) = match always.cluster.survive {
        Survive::Nothing if always.nodes.iter().any(|node| node.peak.is_past_load_line) => {
            return Err(Shortfall::PastLoadLine);
        }
        Survive::Nothing => return Ok(()),
        Survive::Node => {
            let mut tried = 0;
            for loss in always.lose_nodes(pairs_left) {
                tried += loss.nodes_alike as usize;
                if !loss.is_carried() {
                    return Err(Shortfall::Loss(None, loss.unplaced));
                }
            }
            (tried, always.nodes.len())
        }
        Survive::Zone => {
            let mut tried = 0;
            for loss in always.lose_zones(pairs_left) {
                tried += 1;
                if !loss.is_carried() {
                    return Err(Shortfall::Loss(Some(loss.zone), loss.unplaced));
                }
            }
            (tried, zones_of(always.nodes))
        }
    };
    if tried < all { Err(Shortfall::Untried) } else { Ok(()) }
}

impl Work {
    /// As much as one plan takes at most.
    pub fn of_a_plan() -> Self {
        Self { weighings: placement::MAX_WEIGHINGS, pairs: loss::MAX_PAIRS }
    }
}
