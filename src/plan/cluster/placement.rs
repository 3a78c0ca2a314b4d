//! Pods to nodes, by kube-scheduler's rules.

use super::help::{self, Help};
use super::limits::Limit;
use super::nodes::{NodeLoad, NodePlan};
use crate::plan::scheduler::cluster::{
    Cluster as ScheduledCluster, InclusionPolicy, Node, PodTemplate, Resources, SpreadConstraint, WhenUnsatisfiable,
};
use crate::plan::scheduler::labels::Selector;
use crate::plan::scheduler::{self, Batch, Choice, Detail, NodeIndex, NodeState, Scheduler, TemplateId};
use crate::plan::{Load, Statement};
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::topology::{Cluster, HOSTNAME, Name, Service, SystemPods, Topology, ZONE};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How many times nodes, or groups of nodes that look alike, are weighed at most for the placement: enough for 150,000 pods
/// of 500 Deployments on 5,000 nodes, in about a second.
pub(super) const MAX_WEIGHINGS: u64 = 10_000_000;
/// What a decision costs beside, counted in weighings.
const DECISION: u64 = 32;
/// The most pods of a placement of which scores and equally good nodes are kept.
const DETAILED_PODS: usize = 2000;
/// The most nodes that a pod's scores are kept of.
const SCORED_NODES: usize = 4;
/// The most names of equally good nodes that are kept.
const NAMED_NODES: usize = 16;
/// How many placed pods lie between two progress reports: a few milliseconds of work.
const PODS_BETWEEN_STEPS: usize = 1000;
/// The detail kept of a pod, and of a pod among very many.
const DETAILED: Detail = Detail { best: NAMED_NODES, scored: SCORED_NODES };
const BRIEF: Detail = Detail { best: 1, scored: 0 };

/// The namespace of the cluster's own pods.
const SYSTEM: &str = "kube-system";
const NAME: &str = "app.kubernetes.io/name";

/// Pods that were asked for, and where they are: `asked` = placed + unplaced + `not_tried`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placement {
    /// How many pods there are to place.
    pub asked: u64,
    /// Pods that have a node, in the order of their placement; possibly only the first of them.
    pub pods: Vec<PodPlan>,
    /// Pods that fit on no node.
    pub unplaced: Vec<UnplacedPods>,
    /// How many pods were not tried, because there are too many.
    pub not_tried: u64,
}

/// A pod and its node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PodPlan {
    /// `SERVICE-NUMBER`, counted from 1. Kubernetes makes up names of its own.
    pub pod: String,
    /// Its service.
    pub service: Name,
    /// Its node.
    pub node: String,
    /// How many nodes it fits on.
    pub feasible_nodes: u32,
    /// How many nodes have the best score, its own among them.
    pub best_node_count: u32,
    /// Those nodes by name, its own first, at most 16; for all but the first 2000 pods only its own.
    pub best_nodes: Vec<String>,
    /// Why there; empty for all but the first 2000 pods.
    pub scores: Scores,
}

/// The scores of the best nodes: a column for each node, its own first, at most 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scores {
    /// The nodes, best first.
    pub nodes: Vec<String>,
    /// The total of each.
    pub totals: Vec<i64>,
    /// The scores that add up to it, without plugins that score all of them zero.
    pub plugins: Vec<PluginScores>,
}

/// The scores of one plugin for each node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PluginScores {
    /// The plugin's name in Kubernetes.
    pub plugin: Cow<'static, str>,
    /// How much it counts; contained in `scores`.
    pub weight: i64,
    /// 0 to 100 times the weight for each node.
    pub scores: Vec<i64>,
}

/// Equal pods that fit on no node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnplacedPods {
    /// Their service.
    pub service: Name,
    /// The first of them, such as `api-3`.
    pub first: String,
    /// How many.
    pub count: u32,
    /// The scheduler's own words: `0/3 nodes are available: 3 Insufficient memory.`
    pub message: String,
    /// Remedies, each enough by itself. For pods that wait for added nodes, those nodes.
    pub help: Vec<Statement<Help>>,
}

/// A cluster that is being filled.
pub(super) struct Placer<'a> {
    topology: &'a Topology,
    scheduler: Scheduler,
    /// For each service, in the topology's order.
    templates: Vec<TemplateId>,
    /// For each node, its pods.
    on_nodes: Vec<PodsOnNode>,
    /// How many times nodes and groups of them may still be weighed.
    left: u64,
    /// Of how many pods of a placement it says where they are.
    listed: usize,
}

/// A cluster with pods on it.
pub(super) struct Filled<'a> {
    pub nodes: &'a [NodePlan],
    /// For each node, its pods.
    pub on_nodes: &'a [PodsOnNode],
    pub topology: &'a Topology,
    pub cluster: &'a Cluster,
}

/// For how many more pods there is room.
pub(super) struct Room {
    /// How many.
    pub pods: u32,
    /// Whether all of them were tried.
    pub is_tried: bool,
    /// Why there is room for no more.
    pub message: Option<String>,
}

/// The pods on a node, in the order in which they came: each the index of its service, and its number, counted from 0.
#[derive(Debug, Clone, Default)]
pub(super) struct PodsOnNode(Vec<(usize, u32)>);

impl PodsOnNode {
    pub fn iter(&self) -> impl Iterator<Item = (usize, u32)> {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// How many there are of each service that has some, in the document's order.
    pub fn by_service(&self) -> Vec<(usize, u32)> {
        let mut services: Vec<usize> = self.0.iter().map(|(service, _)| *service).collect();
        sorting::sort(&mut services);
        let count = |pods: &[usize]| (pods[0], u32::try_from(pods.len()).unwrap_or(u32::MAX));
        services.chunk_by(|a, b| a == b).map(count).collect()
    }
}

impl<'a> Placer<'a> {
    /// A cluster of these nodes, empty but for its own pods. A placement will list its first `listed` pods.
    pub fn listing<'n>(
        nodes: impl IntoIterator<Item = &'n NodePlan>,
        topology: &'a Topology,
        cluster: &Cluster,
        listed: usize,
    ) -> Self {
        let (nodes, system): (Vec<Node>, Vec<SystemPods>) =
            nodes.into_iter().map(|plan| (node(plan), plan.system)).unzip();
        let on_nodes = vec![PodsOnNode::default(); nodes.len()];
        let mut scheduler = Scheduler::new(ScheduledCluster { nodes, ..ScheduledCluster::default() });
        carry_system(&mut scheduler, &system, &cluster.system);
        let templates =
            topology.services.iter().map(|service| scheduler.template(template(service, topology))).collect();
        Self { topology, scheduler, templates, on_nodes, left: MAX_WEIGHINGS, listed }
    }

    /// Like `listing`, but with at most `left` weighings, and without a list of pods.
    pub fn brief<'n>(
        nodes: impl IntoIterator<Item = &'n NodePlan>,
        topology: &'a Topology,
        cluster: &Cluster,
        left: u64,
    ) -> Self {
        Self { left, ..Self::listing(nodes, topology, cluster, 0) }
    }

    /// How many times nodes and groups of them may still be weighed.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Sets how often nodes may still be weighed.
    pub fn set_left(&mut self, left: u64) {
        self.left = left;
    }

    /// The pods of each node.
    pub fn pods_on_nodes(&self) -> &[PodsOnNode] {
        &self.on_nodes
    }

    /// Puts pods where they are known to be: on each node its own.
    pub fn fill<'p>(&mut self, on_nodes: impl IntoIterator<Item = &'p PodsOnNode>) {
        for (node, pods) in on_nodes.into_iter().enumerate() {
            for (service, _) in pods.iter() {
                self.scheduler.bind(self.templates[service], NodeIndex(node));
            }
            self.on_nodes[node].0.extend(pods.iter());
        }
    }

    /// Places the replicas of services, each service by its index, replicas counted from 0, and tells after some how many
    /// it has dealt with.
    pub fn place<Numbers>(
        &mut self,
        replicas: impl Iterator<Item = (usize, Numbers)>,
        cluster: &Cluster,
        tell: &mut dyn FnMut(u64),
    ) -> Placement
    where
        Numbers: ExactSizeIterator<Item = u32>,
    {
        let mut placement = Placement { asked: 0, pods: Vec::new(), unplaced: Vec::new(), not_tried: 0 };
        let mut placed = 0_usize;
        for (index, mut numbers) in replicas {
            let service = &self.topology.services[index];
            let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            placement.asked += u64::from(count);
            if count == 0 {
                continue;
            }
            // To see which nodes look alike, each is weighed once.
            let Some(rest) = self.left.checked_sub(self.on_nodes.len() as u64) else {
                placement.not_tried += u64::from(count);
                continue;
            };
            self.left = rest;
            let mut batch = self.scheduler.batch(self.templates[index]);
            while let Some(number) = numbers.next() {
                let left = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                if placed.is_multiple_of(PODS_BETWEEN_STEPS) {
                    tell(placed as u64);
                }
                let Some(rest) = self.left.checked_sub(cost(&batch)) else {
                    placement.not_tried += u64::from(left) + 1;
                    break;
                };
                self.left = rest;
                let is_listed = placed < self.listed;
                let choice = batch.choose(if is_listed && placed < DETAILED_PODS { DETAILED } else { BRIEF });
                let pod = || format!("{}-{}", service.name, u64::from(number) + 1);
                let Some(node) = choice.node() else {
                    // The rest are its equals, and nothing frees room: they do not fit either.
                    placement.unplaced.push(UnplacedPods {
                        service: service.name.clone(),
                        first: pod(),
                        count: left + 1,
                        message: choice.message.unwrap_or_default(),
                        help: help::help(service, left + 1, batch.scheduler().nodes(), cluster),
                    });
                    break;
                };
                batch.bind(node);
                self.on_nodes[node.0].0.push((index, number));
                if is_listed {
                    placement.pods.push(PodPlan::of(pod(), service, &choice, batch.scheduler().nodes()));
                }
                placed += 1;
            }
        }
        placement
    }

    /// Sees for how many more pods of a service there is room, at most `most`, and leaves everything as it was.
    pub fn room_for(&mut self, service: usize, most: u32, left: &mut u64) -> Room {
        let template = self.templates[service];
        let mut room = Room { pods: 0, is_tried: true, message: None };
        if most == 0 {
            return room;
        }
        let nodes_to_weigh = self.on_nodes.len() as u64;
        if nodes_to_weigh > *left {
            room.is_tried = false;
            return room;
        }
        *left -= nodes_to_weigh;
        if self.scheduler.has_room(template, most) {
            return Room { pods: most, ..room };
        }
        let mut nodes = Vec::new();
        let mut batch = self.scheduler.batch(template);
        while room.pods < most {
            let Some(rest) = left.checked_sub(cost(&batch)) else {
                room.is_tried = false;
                break;
            };
            *left = rest;
            let choice = batch.choose(BRIEF);
            let Some(node) = choice.node() else {
                room.message = choice.message;
                break;
            };
            batch.bind(node);
            nodes.push(node);
            room.pods += 1;
        }
        for node in nodes {
            self.scheduler.remove(template, node);
        }
        room
    }

    /// Returns the load of each node.
    pub fn loads(&self) -> impl Iterator<Item = NodeLoad> {
        self.scheduler.nodes().iter().zip(&self.on_nodes).map(|(node, pods)| {
            let load = |(service, pods): (usize, u32)| Load::of(&self.topology.services[service], pods);
            let loads: Vec<Load> = pods.by_service().into_iter().map(load).collect();
            NodeLoad {
                pods: u32::try_from(node.pods).unwrap_or(u32::MAX),
                requested_cpu: node.requested.cpu,
                requested_memory: node.requested.memory,
                need: loads.iter().map(|load| load.need).sum(),
                is_past_load_line: false,
                loads,
            }
        })
    }
}

impl PodPlan {
    fn of(pod: String, service: &Service, choice: &Choice, nodes: &[NodeState]) -> Self {
        let best_nodes = names(&choice.best, nodes);
        Self {
            pod,
            service: service.name.clone(),
            node: best_nodes.first().cloned().unwrap_or_default(),
            feasible_nodes: u32::try_from(choice.feasible).unwrap_or(u32::MAX),
            best_node_count: u32::try_from(choice.best_count).unwrap_or(u32::MAX),
            best_nodes,
            scores: Scores::of(choice, nodes),
        }
    }
}

impl Scores {
    fn of(choice: &Choice, nodes: &[NodeState]) -> Self {
        let said = choice.scores.iter().filter(|row| row.scores.iter().any(|score| *score != 0));
        let row = |row: &scheduler::PluginScores| PluginScores {
            plugin: row.plugin.name().into(),
            weight: row.plugin.weight(),
            scores: row.scores.clone(),
        };
        Self { nodes: names(&choice.scored, nodes), totals: choice.totals.clone(), plugins: said.map(row).collect() }
    }
}

fn cost(batch: &Batch) -> u64 {
    DECISION + batch.cost() as u64
}

fn names(indices: &[NodeIndex], nodes: &[NodeState]) -> Vec<String> {
    indices.iter().map(|index| nodes[index.0].node.name.clone()).collect()
}

impl Placement {
    /// Whether every pod has a node.
    pub fn is_complete(&self) -> bool {
        self.unplaced.is_empty() && self.is_tried()
    }

    /// How many pods have a node.
    pub fn placed(&self) -> u64 {
        let unplaced = self.unplaced.iter().map(|pods| u64::from(pods.count)).sum::<u64>();
        self.asked.saturating_sub(unplaced + self.not_tried)
    }

    /// Whether a node was looked for for every pod.
    pub fn is_tried(&self) -> bool {
        self.not_tried == 0
    }

    /// Returns what was left out.
    pub(super) fn limit(&self) -> Option<Limit> {
        let (not_placed, asked) = (self.not_tried, self.asked);
        (!self.is_tried()).then_some(Limit::PodsNotPlaced { not_placed, asked, most_weighings: MAX_WEIGHINGS })
    }
}

/// The node as the scheduler sees it.
pub(in crate::plan) fn node(node: &NodePlan) -> Node {
    Node {
        name: node.node.clone(),
        labels: [(HOSTNAME, Some(&node.node)), (ZONE, node.zone.as_ref())]
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?.clone())))
            .collect(),
        allocatable: resources(node.allocatable_cpu, node.allocatable_memory),
        max_pods: node.max_pods,
        ..Node::default()
    }
}

/// The pod as the Kubernetes files describe it: memory request and limit are the same, and from two replicas up it asks
/// to be spread over zones and nodes. What asks for nothing is spread by the scheduler's default, since a ReplicaSet or
/// StatefulSet owns it.
pub(in crate::plan) fn template(service: &Service, topology: &Topology) -> PodTemplate {
    let labels = sorting::map([(NAME.to_owned(), service.name.to_string())]);
    let requests = resources(service.pod_cpu(), service.pod_memory());
    let over = |key: &&str| SpreadConstraint {
        topology_key: (*key).to_owned(),
        max_skew: 1,
        when_unsatisfiable: WhenUnsatisfiable::ScheduleAnyway,
        selector: Some(Selector::equal(&labels)),
        match_label_keys: Vec::new(),
        min_domains: 1,
        node_affinity: InclusionPolicy::Honor,
        node_taints: InclusionPolicy::Ignore,
    };
    PodTemplate {
        owner: Selector::equal(&labels),
        spread: topology.spread_over(service).iter().map(over).collect(),
        labels,
        scored_requests: requests.clone(),
        requests,
        images: vec![service.image.clone()],
        ..PodTemplate::default()
    }
}

/// Puts the cluster's own pods on the scheduler's nodes, as far as they fit: on each those that run on every one, and the others
/// one after the other.
pub(in crate::plan) fn carry_system(scheduler: &mut Scheduler, on_each: &[SystemPods], others: &[SystemPods]) {
    for (node, pods) in on_each.iter().enumerate() {
        carry_on(scheduler, NodeIndex(node), *pods);
    }
    for (number, pods) in others.iter().enumerate() {
        // One that fits nowhere waits, and takes nothing.
        for node in 0..on_each.len() {
            if carry_on(scheduler, NodeIndex((number + node) % on_each.len()), *pods) {
                break;
            }
        }
    }
}

/// Puts system pods on a node, if they fit. What several request together stands with the first.
fn carry_on(scheduler: &mut Scheduler, node: NodeIndex, pods: SystemPods) -> bool {
    let Some(state) = scheduler.nodes().get(node.0) else { return false };
    let fits = state.pods + u64::from(pods.pods) <= state.node.max_pods
        && state.requested.cpu + pods.cpu <= state.node.allocatable.cpu
        && state.requested.memory + pods.memory <= state.node.allocatable.memory;
    for number in 0..if fits { pods.pods } else { 0 } {
        let requests = if number == 0 { resources(pods.cpu, pods.memory) } else { Resources::default() };
        let template = scheduler.template(PodTemplate {
            namespace: SYSTEM.to_owned(),
            scored_requests: requests.clone(),
            requests,
            ..PodTemplate::default()
        });
        scheduler.bind(template, node);
    }
    fits
}

fn resources(cpu: Cpu, memory: Memory) -> Resources {
    Resources { cpu, memory, ..Resources::default() }
}
