//! What a Kubernetes cluster carries, and which replica lands on which node.

mod help;
mod loss;
mod nodes;
mod orders;
mod placement;
mod rollout;
mod scale_up;
mod trial;

pub use loss::{NodeLoss, ZoneLoss};
pub use nodes::{NodeLoad, NodePlan};
pub use placement::{Placement, PluginScores, PodPlan, Scores, UnplacedPods};
pub(super) use rollout::RolloutPods;
pub use rollout::{Pace, RolloutPlan};
pub use scale_up::{AddedNodes, ScaleUp};

pub(super) use nodes::{allocatable_of, of as nodes_of};
pub(crate) use orders::come_for;
pub(super) use orders::{Ordered, Orders};
pub(super) use placement::{node as scheduled_node, template as pod_template};
pub(crate) use trial::Shortfall;
pub(super) use trial::{Work, carry};

use super::eviction::Pressure;
use super::figures::{about, part_of};
use super::phrases::{have_nowhere_to_go, more_nodes, pods_by_first};
use super::{Outcome, Verdict, killed_by_its_limit};
use crate::progress::{Progress, Step};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Service, Survive, Topology};
use placement::{Filled, Placer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a cluster carries, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClusterPlan {
    /// Whether it fits, in a sentence.
    pub verdict: Verdict,
    /// The nodes, in the document's order.
    pub nodes: Vec<NodePlan>,
    /// The pods that always run, placed in the order of the document, replica by replica.
    pub steady: Placement,
    /// The pods that an autoscaler adds up to the busiest time, placed after those; nothing without an autoscaler.
    pub peak: Option<Placement>,
    /// What the cluster autoscaler adds for pods that have nowhere to go, steady or at the peak; nothing where all have
    /// a place, or where no group of nodes may grow.
    pub scale_up: Option<ScaleUp>,
    /// What the document says that it must survive.
    pub survive: Survive,
    /// What becomes of the pods that always run when a node is lost: for each node that differs from the others in
    /// zone, machine or load, the fullest first. Empty if not all of them are placed, or if there is no second node.
    pub losses: Vec<NodeLoss>,
    /// What becomes of them when a zone is lost, for each zone; empty where all nodes are in one.
    pub zone_losses: Vec<ZoneLoss>,
    /// What a rollout of each service that runs takes, one at a time, in the document's order. Empty if not all of the
    /// pods that always run are placed.
    pub rollouts: Vec<RolloutPlan>,
    /// What happens first when a node runs out of memory; nothing where nothing runs.
    pub pressure: Option<Pressure>,
    /// What this takes for granted.
    pub assumptions: Vec<String>,
    /// What was left out because there is too much of it.
    pub limits: Vec<String>,
}

pub(super) fn plan(cluster: &Cluster, topology: &Topology, listed: usize, progress: &mut Progress) -> ClusterPlan {
    let mut nodes = nodes::of(cluster);
    let mut placer = Placer::listing(&nodes, topology, listed);
    let mut limits = Vec::new();

    let services = || topology.services.iter().enumerate();
    let of = services().map(|(_, service)| u64::from(service.replicas.peak())).sum();
    let always = services().map(|(index, service)| (index, 0..service.replicas.steady()));
    let steady = placer.place(always, cluster, &mut |done| progress(Step { done, of }));
    for (node, load) in nodes.iter_mut().zip(placer.loads()) {
        node.carry_steady(load);
    }
    let on_nodes = placer.pods_on_nodes().to_vec();
    let rollouts = if steady.is_complete() { rollout::plan(&mut placer, topology, cluster) } else { Vec::new() };

    let is_autoscaled = services().any(|(_, service)| service.replicas.peak() > service.replicas.steady());
    let peak = is_autoscaled.then(|| {
        let added = |(index, service): (usize, &Service)| (index, service.replicas.steady()..service.replicas.peak());
        placer.place(services().map(added), cluster, &mut |done| progress(Step { done: steady.asked + done, of }))
    });
    for (node, load) in nodes.iter_mut().zip(placer.loads()) {
        node.carry_peak(load);
    }

    let (mut losses, mut zone_losses) = (Vec::new(), Vec::new());
    if steady.is_complete() {
        let mut pairs_left = loss::MOST_PAIRS;
        let always = Filled { nodes: &nodes, on_nodes: &on_nodes, topology, cluster };
        zone_losses = always.lose_zones(&mut pairs_left).collect();
        losses = always.lose_nodes(&mut pairs_left).collect::<Vec<NodeLoss>>();
        if nodes.len() > 1 && tried(&losses) < nodes.len() {
            limits
                .push("Losing a node was tried for the fullest nodes only: there are too many that differ.".to_owned());
        }
    }
    limits.splice(0..0, [&steady].into_iter().chain(&peak).filter_map(Placement::limit));
    let pods = Filled { nodes: &nodes, on_nodes: placer.pods_on_nodes(), topology, cluster };
    let scale_up = pods.scale_up(&steady, peak.as_ref(), placer.left());
    let mut plan = ClusterPlan {
        verdict: Verdict { outcome: Outcome::Floats, sentence: String::new(), figures: String::new() },
        nodes,
        steady,
        peak,
        scale_up,
        survive: cluster.survive,
        losses,
        zone_losses,
        rollouts,
        pressure: Pressure::of(cluster, topology),
        assumptions: assumptions(topology, cluster),
        limits,
    };
    let (outcome, sentence) = plan.judge(killed_by_its_limit(topology));
    let sentence = match plan.added_at_peak(outcome) {
        Some(added) => format!("{sentence} {added}"),
        None => sentence,
    };
    plan.verdict = Verdict { outcome, sentence, figures: plan.figures() };
    plan
}

impl ClusterPlan {
    fn judge(&self, killed: Option<String>) -> (Outcome, String) {
        let at_peak = self.peak.as_ref();
        let added = self.scale_up.as_ref().map(ScaleUp::nodes);
        let lost = self.not_survived();
        let untried = !self.steady.is_tried() || at_peak.is_some_and(|peak| !peak.is_tried());
        if self.nodes.is_empty() && self.steady.asked > 0 && added.is_none() {
            (Outcome::Sinks, "It sinks: the cluster has no nodes.".to_owned())
        } else if let Some((first, pods)) = homeless(self.unplaced()) {
            (Outcome::Sinks, format!("It sinks: {}{}.", have_nowhere_to_go(first, pods), even_on(added)))
        } else if let Some(sentence) = killed {
            (Outcome::Sinks, sentence)
        } else if let Some((first, pods)) = homeless(self.unplaced_at_peak()) {
            (Outcome::Sinks, format!("It sinks at the peak: {}{}.", have_nowhere_to_go(first, pods), even_on(added)))
        } else if let Some(nodes) = added.filter(|_| !self.steady.unplaced.is_empty()) {
            (
                Outcome::Overloaded,
                format!("It floats only on {}, which the cluster autoscaler adds.", more_nodes(nodes)),
            )
        } else if untried {
            (Outcome::Undecided, "It is too large to be placed here in full.".to_owned())
        } else if self.steady.asked == 0 && at_peak.is_none() {
            (Outcome::Floats, "It floats: nothing runs on it.".to_owned())
        } else if let [node] = self.nodes.as_slice() {
            if node.peak.is_past_load_line {
                (Outcome::Overloaded, "It floats, but loaded past the line, and on one node.".to_owned())
            } else {
                (Outcome::Floats, "It floats on one node: when that is lost, so is everything.".to_owned())
            }
        } else if let Some((what, (first, pods))) = lost.and_then(|(what, pods)| Some((what, homeless(pods)?))) {
            (
                Outcome::Overloaded,
                format!("It floats, but not without {what}: {} would have nowhere to go.", pods_by_first(first, pods)),
            )
        } else {
            self.afloat()
        }
    }

    /// The pods that always run and have nowhere to go, even on nodes that the cluster autoscaler adds.
    pub fn unplaced(&self) -> &[UnplacedPods] {
        self.scale_up.as_ref().map_or(&self.steady.unplaced, |scale_up| &scale_up.unplaced)
    }

    /// The pods that an autoscaler adds and that have nowhere to go, even on nodes that the cluster autoscaler adds.
    pub fn unplaced_at_peak(&self) -> &[UnplacedPods] {
        let without = self.peak.as_ref().map_or(&[][..], |peak| &peak.unplaced);
        self.scale_up.as_ref().map_or(without, |scale_up| &scale_up.unplaced_at_peak)
    }

    /// The node or zone of which the document says that its loss must be survived, and it is not; and who has nowhere
    /// to go then.
    pub fn not_survived(&self) -> Option<(&str, &[UnplacedPods])> {
        let node = || self.losses.iter().find(|loss| !loss.is_carried());
        let zone = || self.zone_losses.iter().find(|loss| !loss.is_carried());
        match self.survive {
            Survive::Nothing => None,
            Survive::Node => node().map(|loss| (loss.node.as_str(), loss.unplaced.as_slice())),
            Survive::Zone => zone().map(|loss| (loss.zone.as_str(), loss.unplaced.as_slice())),
        }
    }

    /// The answer where all pods have a place, and whatever was tried can be lost.
    fn afloat(&self) -> (Outcome, String) {
        let zones = self.nodes.iter().map(|node| &node.zone).collect::<BTreeSet<_>>().len();
        let is_tried = match self.survive {
            Survive::Nothing if self.nodes.iter().any(|node| node.peak.is_past_load_line) => {
                return (Outcome::Overloaded, "It floats, but loaded past the line.".to_owned());
            }
            Survive::Zone if zones < 2 => {
                return (Outcome::Overloaded, "It floats in one zone: when that is lost, so is everything.".to_owned());
            }
            Survive::Nothing => true,
            Survive::Node => tried(&self.losses) == self.nodes.len(),
            Survive::Zone => self.zone_losses.len() == zones,
        };
        (Outcome::Floats, fits_text(self.survive, is_tried, self.peak.is_some()))
    }

    /// What the peak takes beside, as a further sentence, if it takes something.
    fn added_at_peak(&self, outcome: Outcome) -> Option<String> {
        let is_for_the_peak = outcome != Outcome::Sinks && self.steady.unplaced.is_empty();
        let added = self.scale_up.as_ref().filter(|_| is_for_the_peak)?;
        Some(format!("At the peak the cluster autoscaler adds {}.", more_nodes(added.nodes())))
    }

    fn figures(&self) -> String {
        let memory = |amount: fn(&NodePlan) -> Memory| self.nodes.iter().map(amount).sum::<Memory>();
        let cpu = |amount: fn(&NodePlan) -> Cpu| self.nodes.iter().map(amount).sum::<Cpu>();
        let all = memory(|node| node.allocatable_memory);
        let memory_set_aside = [memory(|node| node.steady.requested_memory), all];
        let cpu_set_aside = [cpu(|node| node.steady.requested_cpu), cpu(|node| node.allocatable_cpu)];
        let at_peak = self.peak.as_ref();
        let at_peak = at_peak.map(|_| (memory(|node| node.peak.requested_memory), cpu(|node| node.peak.requested_cpu)));
        let set_aside = set_aside_text(memory_set_aside, cpu_set_aside, self.nodes.len(), at_peak);
        if self.losses.is_empty() || !self.losses.iter().all(NodeLoss::is_carried) {
            return set_aside;
        }
        let largest = self.nodes.iter().map(|node| node.allocatable_memory).max().unwrap_or_default();
        format!("{set_aside} Without the largest node, {} still carry it.", about(all - largest))
    }
}

fn even_on(may_be_added: Option<u32>) -> String {
    match may_be_added {
        Some(nodes) => format!(", even on {} that the cluster autoscaler may add", more_nodes(nodes)),
        None => String::new(),
    }
}

/// All pods have a place, and whatever was tried can be lost; which is all that it must survive, if `is_tried`.
fn fits_text(survive: Survive, is_tried: bool, is_autoscaled: bool) -> String {
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

/// What is set aside of the memory and the processors of so many nodes, each with the whole, and what is at the peak.
fn set_aside_text(memory: [Memory; 2], cpu: [Cpu; 2], nodes: usize, peak: Option<(Memory, Cpu)>) -> String {
    let ([memory, all_memory], [cpu, all_cpu]) = (memory, cpu);
    let nodes = if nodes == 1 { "1 node".to_owned() } else { format!("{nodes} nodes") };
    let peak = match peak {
        Some((memory, cpu)) => format!(", {} and {} at the peak", about(memory), cpu.compose()),
        None => String::new(),
    };
    let memory = part_of(memory, all_memory);
    format!("{memory} and {} of {all_cpu} set aside on {nodes}{peak}.", cpu.compose())
}

/// The loss of how many nodes is known.
fn tried(losses: &[NodeLoss]) -> usize {
    losses.iter().map(|loss| loss.nodes_alike as usize).sum()
}

/// Who has nowhere to go: the first of the pods, such as `api-3`, and how many they are.
pub(crate) fn homeless(unplaced: &[UnplacedPods]) -> Option<(&str, u64)> {
    let first = unplaced.first()?;
    Some((&first.first, unplaced.iter().map(|pods| u64::from(pods.count)).sum()))
}

fn assumptions(topology: &Topology, cluster: &Cluster) -> Vec<String> {
    let has = |holds: fn(&Service) -> bool| topology.services.iter().any(holds);
    let mut assumptions =
        vec!["Pods arrive in the order of the document, replica by replica. Of nodes with the same score, the first by name is taken; Kubernetes may take any of them.".to_owned(), nodes_carry_nothing_else(cluster.has_zones())];
    if has(|service| service.surge_percent().is_some() && service.replicas.steady() > 1) {
        assumptions.push("A new release replaces the pods of one service at a time. Still ending are old pods that have been told to end and hold their memory until they have: here as many as there can be, if new pods are ready sooner.".to_owned());
    }
    if has(|service| service.jobs().next().is_some()) {
        assumptions.push(
            "Jobs of `before_start` run before the rest and end: they are not placed, but a new release counts them."
                .to_owned(),
        );
    }
    if has(Service::is_stateful) {
        assumptions.push("Disks can be attached to every node. After the loss of a node, Kubernetes moves a pod with a disk only once the node is deleted or marked out of service.".to_owned());
        if cluster.has_zones() {
            assumptions.push("Most clouds keep a disk in one zone: a pod that has one cannot follow from a lost zone to another, unless the disk is kept in both.".to_owned());
        }
    }
    assumptions
}

fn nodes_carry_nothing_else(has_zones: bool) -> String {
    let place = if has_zones { "spread over their zones one after the other" } else { "in one zone" };
    format!(
        "The nodes are {place} and carry nothing else; DaemonSets, the gateway and other add-ons take their share. The \
         memory of a node is what its kubelet reports as capacity, a little less than it is sold with."
    )
}
