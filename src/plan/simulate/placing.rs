//! kube-scheduler, placing pods for real: those that wait are looked at in the order in which they were made, and those that
//! fit nowhere again once something has made room.
//!
//! A pod that fitted nowhere has a back-off of 1 s that doubles up to 10 s. It need not wait that long: when no other pod is
//! left, the scheduler takes those whose back-off is not over (`SchedulerPopFromBackoffQ`). So the back-off only decides who
//! goes first: a pod that has just failed for the first time comes before one that has failed often.
//!
//! Sources: `pkg/scheduler/backend/queue/scheduling_queue.go`, `unlockedPop` of `active_queue.go` and
//! `lessBackoffCompletedWithPriority` of `backoff_queue.go` beside it (v1.36.2).

use super::Stop;
use super::event::Event;
use super::record::EventKind;
use super::state::{Condition, MachineId, Millis, Owner, Phase, Pod, PodId, SECOND, ServiceIndex, State};
use super::{lifecycle, node_scaler, steps};
use crate::plan::cluster::{NodePlan, carry_system, nodes_of, pod_template, scheduled_node};
use crate::plan::scheduler::cluster::{Cluster as ScheduledCluster, Effect, Node, PodTemplate, Resources, Taint};
use crate::plan::scheduler::labels::{Requirement, Selector};
use crate::plan::scheduler::{Choice, Detail, NodeIndex, Scheduler, TemplateId, choice};
use crate::sorting;
use crate::topology::{Cluster, Service, SystemPods, Topology};
use std::rc::Rc;

/// How many times nodes, or groups of nodes that look alike, are weighed at most in one simulation.
const MAX_WEIGHINGS: u64 = 10_000_000;
/// The fixed cost of a decision, in weighings.
const DECISION: u64 = 32;
/// The longest back-off of a pod that fits nowhere (`DefaultPodMaxBackoffDuration`).
const LONGEST_BACKOFF: Millis = 10 * SECOND;
/// The label that tells the ReplicaSets of a Deployment apart.
const HASH: &str = "pod-template-hash";
/// The label that a Job gives its pod.
const JOB: &str = "batch.kubernetes.io/job-name";

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
    /// Whether [`Event::Place`] is on its way.
    is_queued: bool,
    /// Whether something has made room, so that those that fitted nowhere are tried again.
    is_woken: bool,
    /// How many pods have been taken into the scheduler's queue.
    turns: u64,
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
            is_queued: false,
            is_woken: false,
            turns: 0,
            left: MAX_WEIGHINGS,
        };
        (placing, nodes)
    }

    /// Adds a node that is to come.
    pub fn add(&mut self, node: &NodePlan) {
        self.nodes.push(scheduled_node(node));
        self.daemons.push(node.system);
    }

    fn template(&mut self, topology: &Topology, kind: Kind) -> TemplateId {
        let service = &topology.services[kind.service];
        let template = match kind.owner {
            Owner::Workload => template(service, topology, kind.release),
            Owner::Job => job_template(service, topology),
        };
        self.scheduler.template(PodTemplate { terminating: kind.is_terminating, ..template })
    }
}

/// What pods have in common that the scheduler takes for equals.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    service: ServiceIndex,
    release: u32,
    owner: Owner,
    is_terminating: bool,
}

impl Kind {
    fn of(pod: &Pod) -> Self {
        Self { service: pod.service, release: pod.release, owner: pod.owner, is_terminating: pod.is_deleted }
    }
}

/// The pod of a release; the selector of its ReplicaSet tells releases apart.
fn template(service: &Service, topology: &Topology, release: u32) -> PodTemplate {
    let mut template = pod_template(service, topology);
    template.labels.insert(HASH.to_owned(), release.to_string());
    template.owner.0.push(Requirement::equal(HASH, release.to_string()));
    template
}

/// The pod of a Job: it asks for what the service's container does, and nothing spreads it, since no Service and no
/// ReplicaSet selects it.
fn job_template(service: &Service, topology: &Topology) -> PodTemplate {
    let template = pod_template(service, topology);
    let requests = Resources { cpu: service.cpu, memory: service.memory.limit, ..Resources::default() };
    PodTemplate {
        labels: [(JOB.to_owned(), service.name.to_string())].into(),
        scored_requests: requests.clone(),
        requests,
        owner: Selector::default(),
        spread: Vec::new(),
        ..template
    }
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
    for id in state.workloads.iter().flat_map(|workload| workload.pods.iter().chain(&workload.job)) {
        let pod = &state.pods[id.0];
        let Some(node) = pod.machine.and_then(|machine| placing.index_of.get(machine.0).copied().flatten()) else {
            continue;
        };
        let template = placing.template(state.topology, Kind::of(pod));
        placing.scheduler.bind(template, node);
    }
}

/// The taints of a node that is not heard of. Source: `pkg/controller/nodelifecycle/node_lifecycle_controller.go` (v1.36.2).
fn unreachable() -> Vec<Taint> {
    let taint = |effect| Taint { key: "node.kubernetes.io/unreachable".to_owned(), value: String::new(), effect };
    vec![taint(Effect::NoSchedule), taint(Effect::NoExecute)]
}

/// Queues a pod that waits for a node.
pub(super) fn wait(state: &mut State, id: PodId) {
    enqueue(state, id);
    state.placing.waiting.push(id);
    let service = state.pod(id).service;
    look_soon(state, service);
}

/// A pod that had a node is gone: those that fitted nowhere are tried again (`isSchedulableAfterPodEvent` of
/// `pkg/scheduler/framework/plugins/noderesources/fit.go`).
pub(super) fn wake(state: &mut State, service: ServiceIndex) {
    if !state.placing.waiting.is_empty() {
        state.placing.is_woken = true;
        look_soon(state, service);
    }
}

/// A node has come: the same.
pub(super) fn wake_all(state: &mut State) {
    if let Some(first) = state.placing.waiting.first() {
        wake(state, state.pod(*first).service);
    }
}

fn look_soon(state: &mut State, service: ServiceIndex) {
    if !std::mem::replace(&mut state.placing.is_queued, true) {
        state.react(service, Event::Place);
    }
}

/// Takes a pod into the scheduler's queue, as the last.
fn enqueue(state: &mut State, id: PodId) {
    state.placing.turns += 1;
    let (now, turn) = (state.now, state.placing.turns);
    let pod = state.pod_mut(id);
    (pod.queued, pod.turn) = (now, turn);
}

/// The second in which the back-off of a pod ends, if that is not over (`isPodBackingoff` of `backoff_queue.go`).
fn backing_off(pod: &Pod, now: Millis) -> Option<u64> {
    let doubled = pod.attempts.checked_sub(1)?.min(10);
    let backoff = (SECOND << doubled).min(LONGEST_BACKOFF);
    let ends = (pod.queued + backoff) / SECOND;
    (ends >= now / SECOND).then_some(ends)
}

/// Looks for nodes for those that wait.
pub(super) fn place(state: &mut State) {
    state.placing.is_queued = false;
    let is_woken = std::mem::take(&mut state.placing.is_woken);
    let waiting = std::mem::take(&mut state.placing.waiting);
    let (mut due, mut unschedulable): (Vec<PodId>, Vec<PodId>) = waiting
        .into_iter()
        .filter(|id| state.pod(*id).phase == Phase::Pending)
        .partition(|id| is_woken || state.pod(*id).attempts == 0);
    sorting::sort_by_key(&mut due, |id| (backing_off(state.pod(*id), state.now), state.pod(*id).turn));
    let kind = |id: PodId| Kind::of(state.pod(id));
    let batches: Vec<Vec<PodId>> =
        due.chunk_by(|one, other| kind(*one) == kind(*other)).map(<[PodId]>::to_vec).collect();
    for pods in batches {
        let outcomes = choose(state, &pods);
        for (id, outcome) in pods.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Node(machine, _) if state.pod(id).owner == Owner::Job => steps::start_job(state, id, machine),
                Outcome::Node(machine, why) => {
                    lifecycle::start(state, id, machine);
                    state.record_pod(EventKind::Placed, id, why);
                }
                Outcome::Nowhere(message) => {
                    unschedulable.push(id);
                    put_off(state, id, &message);
                }
                Outcome::Untried => unschedulable.push(id),
            }
        }
    }
    sorting::sort(&mut unschedulable);
    state.placing.waiting = unschedulable;
}

/// The scheduler's decision for a pod.
enum Outcome {
    Node(MachineId, String),
    /// In its own words.
    Nowhere(Rc<str>),
    /// Enough has been weighed.
    Untried,
}

/// Decides for pods that are alike, and binds them.
fn choose(state: &mut State, pods: &[PodId]) -> Vec<Outcome> {
    let Some(first) = pods.first() else { return Vec::new() };
    let kind = Kind::of(state.pod(*first));
    let placing = &mut state.placing;
    let template = placing.template(state.topology, kind);
    // To see which nodes look alike, each is weighed once.
    let mut left = placing.left.checked_sub(placing.machines.len() as u64);
    let mut batch = placing.scheduler.batch(template);
    let mut outcomes = Vec::with_capacity(pods.len());
    let mut nowhere: Option<Rc<str>> = None;
    for _ in pods {
        // The rest are its equals.
        if let Some(message) = &nowhere {
            outcomes.push(Outcome::Nowhere(Rc::clone(message)));
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
            let message: Rc<str> = message.unwrap_or_default().into();
            outcomes.push(Outcome::Nowhere(Rc::clone(&message)));
            nowhere = Some(message);
        }
    }
    placing.left = left.unwrap_or(0);
    if left.is_none() {
        state.stop_early(|at_seconds| Stop::TooManyWeighings { most: MAX_WEIGHINGS, at_seconds });
    }
    outcomes
}

/// A pod that fits nowhere has to wait.
fn put_off(state: &mut State, id: PodId, message: &str) {
    enqueue(state, id);
    let pod = state.pod_mut(id);
    pod.attempts += 1;
    let (service, is_first) = (pod.service, pod.attempts == 1);
    match pod.owner {
        // It is told once.
        _ if !is_first => {}
        Owner::Workload => state.record_pod(EventKind::Unplaced, id, message),
        Owner::Job => state.record_service(EventKind::StepsUnplaced, service, message),
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
    let (topology, kind) = (state.topology, Kind::of(pod));
    let placing = &mut state.placing;
    let Some(node) = pod.machine.and_then(|machine| placing.index_of.get(machine.0).copied().flatten()) else { return };
    let before = placing.template(topology, Kind { is_terminating: was_terminating, ..kind });
    placing.scheduler.remove(before, node);
    if let Some(is_terminating) = is_terminating {
        let after = placing.template(topology, Kind { is_terminating, ..kind });
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
                put_off(state, *id, &message);
            }
            Outcome::Untried => state.placing.waiting.push(*id),
        }
    }
    state.touch(service);
}
