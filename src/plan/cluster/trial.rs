//! Whether a cluster carries a topology, and if not, what fails first. It is decided as the plan decides it, by the same
//! placements, without all that the plan has to say of each pod.

use super::loss;
use super::nodes::{self, NodePlan};
use super::placement::{self, Filled, Placement, Placer, UnplacedPods};
use super::rollout::RolloutPods;
use crate::topology::{Cluster, Name, Survive, Topology};
use std::collections::BTreeSet;

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
pub(in crate::plan) enum Shortfall {
    /// Pods that always run have no place.
    Steady(Vec<UnplacedPods>),
    /// Pods that an autoscaler adds have no place.
    Peak(Vec<UnplacedPods>),
    /// A new release of the service never gets on; why, in the scheduler's words.
    Rollout(Name, Option<String>),
    /// Once a node, or where zones are meant the named zone, is lost, pods have no place.
    Loss(Option<String>, Vec<UnplacedPods>),
    /// What may be lost is all that there is.
    Alone,
    /// A node is loaded past its line, although nothing has to be survived.
    PastLoadLine,
    /// It is not known: to try it would take too long.
    Untried,
}

/// What of it fails first, if something does; within the work that is left.
pub(in crate::plan) fn shortfall(cluster: &Cluster, topology: &Topology, work: &mut Work) -> Option<Shortfall> {
    let mut nodes = nodes::of(cluster);
    if is_alone(&nodes, cluster.survive, topology) {
        return Some(Shortfall::Alone);
    }
    let mut placer = Placer::brief(&nodes, topology, work.weighings);
    let services = || topology.services.iter().enumerate();
    let found = 'found: {
        let steady = placer.place(
            services().map(|(index, service)| (index, 0..service.replicas.steady())),
            cluster,
            &mut |_| {},
        );
        if let Some(shortfall) = homeless(steady, Shortfall::Steady) {
            break 'found Some(shortfall);
        }
        for (node, load) in nodes.iter_mut().zip(placer.loads()) {
            node.carry_steady(load);
        }
        let on_nodes = placer.pods_on_nodes().to_vec();
        let rollout = stuck_rollout(&mut placer, topology);

        let added = services().map(|(index, service)| (index, service.replicas.steady()..service.replicas.peak()));
        let peak = placer.place(added, cluster, &mut |_| {});
        if let Some(shortfall) = homeless(peak, Shortfall::Peak).or(rollout) {
            break 'found Some(shortfall);
        }
        for (node, load) in nodes.iter_mut().zip(placer.loads()) {
            node.carry_peak(load);
        }
        let always = Filled { nodes: &nodes, on_nodes: &on_nodes, topology, cluster };
        not_survived(&always, &mut work.pairs)
    };
    work.weighings = placer.left();
    found
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

fn zones_of(nodes: &[NodePlan]) -> usize {
    nodes.iter().map(|node| &node.zone).collect::<BTreeSet<_>>().len()
}

fn homeless(placement: Placement, shortfall: fn(Vec<UnplacedPods>) -> Shortfall) -> Option<Shortfall> {
    match placement {
        Placement { unplaced, .. } if !unplaced.is_empty() => Some(shortfall(unplaced)),
        Placement { not_tried: 0, .. } => None,
        _ => Some(Shortfall::Untried),
    }
}

/// The first rollout that never gets on, for want of room for a new pod or for the Job that it waits for.
fn stuck_rollout(placer: &mut Placer, topology: &Topology) -> Option<Shortfall> {
    let mut left = placer.left();
    let running = topology.services.iter().enumerate().filter(|(_, service)| service.replicas.steady() > 0);
    let stuck = running.into_iter().find_map(|(index, service)| {
        let least = RolloutPods::of(service).least();
        let room = placer.room_for(index, least, &mut left);
        match room.pods {
            pods if pods == least => None,
            _ if !room.is_tried => Some(Shortfall::Untried),
            _ => Some(Shortfall::Rollout(service.name.clone(), room.message)),
        }
    });
    placer.set_left(left);
    stuck
}

fn not_survived(always: &Filled, pairs_left: &mut u64) -> Option<Shortfall> {
    match always.cluster.survive {
        Survive::Nothing => {
            let is_past = always.nodes.iter().any(|node| node.peak.is_past_load_line);
            is_past.then_some(Shortfall::PastLoadLine)
        }
        Survive::Node => {
            let nodes = always.nodes.len();
            let mut tried = 0;
            for loss in always.lose_nodes(pairs_left) {
                tried += loss.nodes_alike as usize;
                if !loss.is_carried() {
                    return Some(Shortfall::Loss(None, loss.unplaced));
                }
            }
            (tried < nodes).then_some(Shortfall::Untried)
        }
        Survive::Zone => {
            let zones = zones_of(always.nodes);
            let mut tried = 0;
            for loss in always.lose_zones(pairs_left) {
                tried += 1;
                if !loss.is_carried() {
                    return Some(Shortfall::Loss(Some(loss.zone), loss.unplaced));
                }
            }
            (tried < zones).then_some(Shortfall::Untried)
        }
    }
}

impl Work {
    /// As much as one plan takes at most.
    pub fn of_a_plan() -> Self {
        Self { weighings: placement::MOST_WEIGHED, pairs: loss::MOST_PAIRS }
    }
}
