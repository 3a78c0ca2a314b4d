//! The plan of a Kubernetes cluster: which replica lands on which node.

mod help;
mod limits;
mod loss;
mod nodes;
mod orders;
mod placement;
mod rollout;
mod scale_up;
mod trial;
mod verdict;

pub use help::Help;
pub use limits::{Assumption, Limit};
pub use loss::{NodeLoss, ZoneLoss};
pub use nodes::{NodeLoad, NodePlan};
pub use placement::{Placement, PluginScores, PodPlan, Scores, UnplacedPods};
pub(super) use rollout::RolloutPods;
pub use rollout::{Pace, RolloutPlan};
pub use scale_up::{AddedNodes, ScaleUp};
pub use verdict::ClusterVerdict;

pub(super) use nodes::{free_of, of as nodes_of};
pub(crate) use orders::scale_up_requests;
pub(super) use orders::{Ordered, Orders};
pub(super) use placement::{carry_system, node as scheduled_node, template as pod_template};
pub(crate) use trial::Shortfall;
pub(super) use trial::{Work, carry};

use super::eviction::Pressure;
use super::figures::{about, part_of};
use super::phrases::more_nodes;
use super::statement::Statement;
use super::verdict::{Failing, Outcome, Verdict};
use crate::progress::{Progress, Step};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Service, Survive, Topology};
use placement::{Filled, Placer};
use serde::{Deserialize, Serialize};
use verdict::tried;

/// The plan of a cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClusterPlan {
    /// Whether it fits, and why.
    pub verdict: Verdict<ClusterVerdict>,
    /// The nodes, in the document's order.
    pub nodes: Vec<NodePlan>,
    /// The pods that always run, placed in the order of the document, replica by replica.
    pub steady: Placement,
    /// The pods that an autoscaler adds up to the busiest time, placed after those; nothing without an autoscaler.
    pub peak: Option<Placement>,
    /// The nodes that the cluster autoscaler adds for unschedulable pods, steady or at the peak; `None` if all pods have a
    /// place, or no group of nodes may grow.
    pub scale_up: Option<ScaleUp>,
    /// The loss that the document requires it to survive.
    pub survive: Survive,
    /// The loss of each node that differs from the others in zone, machine or load, the fullest first, for the pods that
    /// always run. Empty if not all of them are placed, or if there is no second node.
    pub losses: Vec<NodeLoss>,
    /// The loss of each zone; empty if all nodes are in one.
    pub zone_losses: Vec<ZoneLoss>,
    /// The rollout of each service that runs, one at a time, in the document's order. Empty if not all pods that always run
    /// are placed.
    pub rollouts: Vec<RolloutPlan>,
    /// The first process to be killed when a node runs out of memory; `None` if nothing runs.
    pub pressure: Option<Statement<Pressure>>,
    /// The assumptions of the plan.
    pub assumptions: Vec<Statement<Assumption>>,
    /// What was left out because it would take too long.
    pub limits: Vec<Statement<Limit>>,
}

pub(super) fn plan(cluster: &Cluster, topology: &Topology, listed: usize, progress: &mut Progress) -> ClusterPlan {
    let mut nodes = nodes::of(cluster);
    let mut placer = Placer::listing(&nodes, topology, cluster, listed);
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
        let mut pairs_left = loss::MAX_PAIRS;
        let always = Filled { nodes: &nodes, on_nodes: &on_nodes, topology, cluster };
        zone_losses = always.lose_zones(&mut pairs_left).collect();
        losses = always.lose_nodes(&mut pairs_left).collect::<Vec<NodeLoss>>();
        if nodes.len() > 1 && tried(&losses) < nodes.len() {
            limits.push(Limit::LossesNotTried);
        }
    }
    limits.splice(0..0, [&steady].into_iter().chain(&peak).filter_map(Placement::limit));
    let pods = Filled { nodes: &nodes, on_nodes: placer.pods_on_nodes(), topology, cluster };
    let scale_up = pods.scale_up(&steady, peak.as_ref(), placer.left());
    let mut plan = ClusterPlan {
        verdict: Verdict::new(ClusterVerdict::NothingRuns, String::new()),
        nodes,
        steady,
        peak,
        scale_up,
        survive: cluster.survive,
        losses,
        zone_losses,
        rollouts,
        pressure: Pressure::of(cluster, topology).map(Statement::from),
        assumptions: Assumption::of(topology, cluster).into_iter().map(Statement::from).collect(),
        limits: limits.into_iter().map(Statement::from).collect(),
    };
    plan.verdict = Verdict::new(plan.judge(Failing::first(topology, |service| service.replicas.peak())), String::new());
    plan.verdict.figures = plan.figures();
    plan
}

impl ClusterPlan {
    /// Returns the pods that always run and fit nowhere, not even on nodes that the cluster autoscaler adds.
    pub fn unplaced(&self) -> &[UnplacedPods] {
        self.scale_up.as_ref().map_or(&self.steady.unplaced, |scale_up| &scale_up.unplaced)
    }

    /// Returns the pods that an autoscaler adds and that fit nowhere, not even on nodes that the cluster autoscaler adds.
    pub fn unplaced_at_peak(&self) -> &[UnplacedPods] {
        let without = self.peak.as_ref().map_or(&[][..], |peak| &peak.unplaced);
        self.scale_up.as_ref().map_or(without, |scale_up| &scale_up.unplaced_at_peak)
    }

    /// Returns the node or zone whose loss must be survived and is not, with the pods that fit nowhere then.
    pub fn not_survived(&self) -> Option<(&str, &[UnplacedPods])> {
        let node = || self.losses.iter().find(|loss| !loss.is_carried());
        let zone = || self.zone_losses.iter().find(|loss| !loss.is_carried());
        match self.survive {
            Survive::Nothing => None,
            Survive::Node => node().map(|loss| (loss.node.as_str(), loss.unplaced.as_slice())),
            Survive::Zone => zone().map(|loss| (loss.zone.as_str(), loss.unplaced.as_slice())),
        }
    }

    fn figures(&self) -> String {
        let memory = |amount: fn(&NodePlan) -> Memory| self.nodes.iter().map(amount).sum::<Memory>();
        let cpu = |amount: fn(&NodePlan) -> Cpu| self.nodes.iter().map(amount).sum::<Cpu>();
        let all = memory(|node| node.allocatable_memory);
        let memory_set_aside = [memory(|node| node.steady.requested_memory), all];
        let cpu_set_aside = [cpu(|node| node.steady.requested_cpu), cpu(|node| node.allocatable_cpu)];
        let at_peak = self.peak.as_ref();
        let at_peak = at_peak.map(|_| (memory(|node| node.peak.requested_memory), cpu(|node| node.peak.requested_cpu)));
        let mut figures = vec![set_aside_text(memory_set_aside, cpu_set_aside, self.nodes.len(), at_peak)];
        if let Some(nodes) = self.added_at_peak() {
            figures.push(format!("At the peak the cluster autoscaler adds {}.", more_nodes(nodes)));
        }
        if !self.losses.is_empty() && self.losses.iter().all(NodeLoss::is_carried) {
            let largest = self.nodes.iter().map(|node| node.allocatable_memory).max().unwrap_or_default();
            figures.push(format!("Without the largest node, {} still carry it.", about(all - largest)));
        }
        figures.join(" ")
    }

    /// How many nodes the cluster autoscaler adds for the peak alone, where that makes everything fit.
    fn added_at_peak(&self) -> Option<u32> {
        let is_for_the_peak = self.verdict.outcome != Outcome::DoesNotFit && self.steady.unplaced.is_empty();
        self.scale_up.as_ref().filter(|_| is_for_the_peak).map(ScaleUp::nodes)
    }
}

/// Returns the requested memory and CPU of the nodes, each with the allocatable total, and those at the peak.
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

/// The first of the pods that fit on no node, such as `api-3`, and how many they are.
pub(crate) fn unschedulable(unplaced: &[UnplacedPods]) -> Option<(&str, u64)> {
    let first = unplaced.first()?;
    Some((&first.first, unplaced.iter().map(|pods| u64::from(pods.count)).sum()))
}
