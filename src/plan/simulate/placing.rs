//! kube-scheduler, placing pods for real: those that wait are looked at in the order in which they were made, and those that
//! fit nowhere again once something has made room, after a back-off of 1 s that doubles up to 10 s.
//!
//! Source: `pkg/scheduler/backend/queue/scheduling_queue.go` (v1.36.2).

use super::Stop;
use super::event::Event;
use super::record::EventKind;
use super::state::{Condition, MachineId, Millis, Phase, PodId, SECOND, ServiceIndex, State};
use super::{lifecycle, node_scaler};
use crate::plan::cluster::{NodePlan, carry_system, nodes_of, pod_template, scheduled_node};
use crate::plan::scheduler::cluster::{Cluster as ScheduledCluster, Effect, Node, PodTemplate, Taint};
use crate::plan::scheduler::labels::Requirement;
use crate::plan::scheduler::{Choice, Detail, NodeIndex, Scheduler, TemplateId, choice};
use crate::topology::{Cluster, Service, SystemPods, Topology};

/// How many times nodes, or groups of nodes that look alike, are weighed at most in one simulation.
const MAX_WEIGHINGS: u64 = 10_000_000;
/// The fixed cost of a decision, in weighings.
const DECISION: u64 = 32;
/// The longest wait of a pod that fits nowhere.
const LONGEST_WAIT: Millis = 10 * SECOND;
/// The label that tells the ReplicaSets of a Deployment apart.
const HASH: &str = "pod-template-hash";

/// The scheduler's view of the cluster.
pub(super) struct Placing {
    scheduler: Scheduler,
    /// Each machine as the scheduler knows it, whether it is there or not.
    nodes: Vec<Node>,
    /// For each machine the cluster's own pods that run on every one.
    daemons: Vec<SystemPods>,
    /// The cluster's own pods that run once or twice.
    deployments: Vec<SystemPods>,
    /// For each machine that is there its place in the scheduler, and the other way round.
    index_of: Vec<Option<NodeIndex>>,
    machines: Vec<MachineId>,
    /// The pods without a node, in the order in which they were made.
    pub waiting: Vec<PodId>,
    /// When the scheduler runs next.
    queued_at: Option<Millis>,
    /// How many times nodes may still be weighed.
    left: u64,
}

impl Placing {
    /// The empty cluster, and its nodes as the plan has them; nothing on a server.
    pub fn of(cluster: Option<&Cluster>) -> (Self, Vec<NodePlan>) {
        let nodes = cluster.map(nodes_of).unwrap_or_default();
        let placing = Self {
            scheduler: Scheduler::new(ScheduledCluster::default()),
            nodes: nodes.iter().map(scheduled_node).collect(),
            daemons: nodes.iter().map(|node| node.system).collect(),
            deployments: cluster.map(|cluster| cluster.system.clone()).unwrap_or_default(),
            index_of: Vec::new(),
            machines: Vec::new(),
            waiting: Vec::new(),
            queued_at: None,
            left: MAX_WEIGHINGS,
        };
        (placing, nodes)
    }

    /// Adds a node that is to come.
    pub fn add(&mut self, node: &NodePlan) {
        self.nodes.push(scheduled_node(node));
        self.daemons.push(node.system);
    }

    fn template(
        &mut self,
        topology: &Topology,
        service: ServiceIndex,
        release: u32,
        is_terminating: bool,
    ) -> TemplateId {
        self.scheduler.template(template(&topology.services[service], topology, release, is_terminating))
    }
}

/// The pod of a release; the selector of its ReplicaSet tells releases apart.
fn template(service: &Service, topology: &Topology, release: u32, is_terminating: bool) -> PodTemplate {
    let mut template = pod_template(service, topology);
    template.labels.insert(HASH.to_owned(), release.to_string());
    template.owner.0.push(Requirement::equal(HASH, release.to_string()));
    template.terminating = is_terminating;
    template
}

/// Makes the scheduler's view anew, after nodes have come or changed their condition.
pub(super) fn rebuild(state: &mut State) {
    let placing = &mut state.placing;
    placing.machines.clear();
    placing.index_of = vec![None; state.machines.len()];
    let (mut nodes, mut daemons) = (Vec::new(), Vec::new());
    for (index, (machine, node)) in state.machines.iter().zip(&placing.nodes).enumerate() {
        if machine.condition == Condition::Ordered {
            continue;
        }
        if let Some(place) = placing.index_of.get_mut(index) {
            *place = Some(NodeIndex(nodes.len()));
        }
        placing.machines.push(MachineId(index));
        daemons.push(placing.daemons.get(index).copied().unwrap_or_default());
        nodes.push(Node {
            unschedulable: machine.condition == Condition::Cordoned,
            taints: if machine.condition == Condition::Unreachable { unreachable() } else { Vec::new() },
            ..node.clone()
        });
    }
    placing.scheduler = Scheduler::new(ScheduledCluster { nodes, ..ScheduledCluster::default() });
    carry_system(&mut placing.scheduler, &daemons, &placing.deployments);
    for service in 0..state.workloads.len() {
        for id in &state.workloads[service].pods {
            let pod = &state.pods[id.0];
            let Some(node) = pod.machine.and_then(|machine| placing.index_of.get(machine.0).copied().flatten()) else {
                continue;
            };
            let template = placing.template(state.topology, service, pod.release, pod.is_deleted);
            placing.scheduler.bind(template, node);
        }
    }
}

/// The taints of a node that is not heard of. Source: `pkg/controller/nodelifecycle/node_lifecycle_controller.go` (v1.36.2).
fn unreachable() -> Vec<Taint> {
    let taint = |effect| Taint { key: "node.kubernetes.io/unreachable".to_owned(), value: String::new(), effect };
    vec![taint(Effect::NoSchedule), taint(Effect::NoExecute)]
}

/// Queues a pod that waits for a node.
pub(super) fn wait(state: &mut State, id: PodId) {
    state.placing.waiting.push(id);
    look_at(state, state.now);
}

/// Something has made room: those that wait are tried again, each once its back-off is over.
pub(super) fn wake(state: &mut State) {
    let first = state.placing.waiting.iter().map(|id| state.pod(*id).retry_at).min();
    if let Some(first) = first {
        look_at(state, first.max(state.now));
    }
}

fn look_at(state: &mut State, time: Millis) {
    if state.placing.queued_at.is_none_or(|already| time < already) {
        state.placing.queued_at = Some(time);
        state.queue.at(time, Event::Place);
    }
}

/// Looks for nodes for those whose back-off is over.
pub(super) fn place(state: &mut State) {
    state.placing.queued_at = None;
    let now = state.now;
    let waiting = std::mem::take(&mut state.placing.waiting);
    let (due, later): (Vec<PodId>, Vec<PodId>) = waiting
        .into_iter()
        .filter(|id| state.pod(*id).phase == Phase::Pending)
        .partition(|id| state.pod(*id).retry_at <= now);
    let next = later.iter().map(|id| state.pod(*id).retry_at).min();
    let mut unschedulable = later;
    let kind = |id: PodId| (state.pod(id).service, state.pod(id).release);
    let batches: Vec<Vec<PodId>> =
        due.chunk_by(|one, other| kind(*one) == kind(*other)).map(<[PodId]>::to_vec).collect();
    for pods in batches {
        let outcomes = choose(state, &pods);
        for (id, outcome) in pods.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Node(machine, why) => {
                    lifecycle::start(state, id, machine);
                    state.record_pod(EventKind::Placed, id, why);
                }
                Outcome::Nowhere(message) => {
                    unschedulable.push(id);
                    put_off(state, id, message);
                }
                Outcome::Untried => unschedulable.push(id),
            }
        }
    }
    unschedulable.sort_unstable();
    state.placing.waiting = unschedulable;
    if let Some(next) = next {
        look_at(state, next);
    }
}

/// The scheduler's decision for a pod.
enum Outcome {
    Node(MachineId, String),
    /// In its own words.
    Nowhere(String),
    /// Enough has been weighed.
    Untried,
}

/// Decides for pods that are alike, and binds them.
fn choose(state: &mut State, pods: &[PodId]) -> Vec<Outcome> {
    let Some(first) = pods.first() else { return Vec::new() };
    let (service, release) = (state.pod(*first).service, state.pod(*first).release);
    let placing = &mut state.placing;
    let template = placing.template(state.topology, service, release, false);
    // To see which nodes look alike, each is weighed once.
    let mut left = placing.left.checked_sub(placing.machines.len() as u64);
    let mut batch = placing.scheduler.batch(template);
    let mut outcomes = Vec::with_capacity(pods.len());
    let mut nowhere: Option<String> = None;
    for _ in pods {
        // The rest are its equals.
        if let Some(message) = &nowhere {
            outcomes.push(Outcome::Nowhere(message.clone()));
            continue;
        }
        left = left.and_then(|left| left.checked_sub(DECISION + batch.cost() as u64));
        if left.is_none() {
            outcomes.push(Outcome::Untried);
            continue;
        }
        let Choice { best, feasible, best_count, message, .. } = batch.choose(Detail { best: 1, scored: 0 });
        let machine = best.first().and_then(|node| Some((*node, *placing.machines.get(node.0)?)));
        if let Some((node, machine)) = machine {
            batch.bind(node);
            outcomes.push(Outcome::Node(machine, choice(feasible, best_count)));
        } else {
            let message = message.unwrap_or_default();
            outcomes.push(Outcome::Nowhere(message.clone()));
            nowhere = Some(message);
        }
    }
    placing.left = left.unwrap_or(0);
    if left.is_none() {
        state.stop_early(|at_seconds| Stop::TooManyWeighings { most: MAX_WEIGHINGS, at_seconds });
    }
    outcomes
}

/// Puts a pod that fits nowhere into back-off.
fn put_off(state: &mut State, id: PodId, message: String) {
    let now = state.now;
    let pod = state.pod_mut(id);
    pod.attempts += 1;
    let wait = SECOND.saturating_mul(1 << pod.attempts.saturating_sub(1).min(10)).min(LONGEST_WAIT);
    pod.retry_at = now + wait;
    if pod.attempts == 1 {
        state.record_pod(EventKind::Unplaced, id, message);
    }
    node_scaler::look_soon(state);
}

/// A pod that was told to end keeps what it holds, but is not counted where its like are spread.
pub(super) fn set_terminating(state: &mut State, id: PodId) {
    change(state, id, false, Some(true));
}

/// A pod is gone: what it held is free.
pub(super) fn forget(state: &mut State, id: PodId) {
    let is_deleted = state.pod(id).is_deleted;
    change(state, id, is_deleted, None);
}

fn change(state: &mut State, id: PodId, was_terminating: bool, is_terminating: Option<bool>) {
    let pod = &state.pods[id.0];
    let (topology, service, release) = (state.topology, pod.service, pod.release);
    let placing = &mut state.placing;
    let Some(node) = pod.machine.and_then(|machine| placing.index_of.get(machine.0).copied().flatten()) else { return };
    let before = placing.template(topology, service, release, was_terminating);
    placing.scheduler.remove(before, node);
    if let Some(is_terminating) = is_terminating {
        let after = placing.template(topology, service, release, is_terminating);
        placing.scheduler.bind(after, node);
    }
}

/// Places the pods that run at the start, replica by replica.
pub(super) fn place_at_start(state: &mut State, service: ServiceIndex, pods: &[PodId]) {
    for (id, outcome) in pods.iter().zip(choose(state, pods)) {
        match outcome {
            Outcome::Node(machine, _) => lifecycle::has_run(state, *id, machine),
            Outcome::Nowhere(message) => {
                state.placing.waiting.push(*id);
                put_off(state, *id, message);
            }
            Outcome::Untried => state.placing.waiting.push(*id),
        }
    }
    state.touch(service);
}
