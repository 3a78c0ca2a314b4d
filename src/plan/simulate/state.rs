//! All that there is at one moment of the simulation.

use super::compose::Up;
use super::load::Load;
use super::node_scaler::NodeScaler;
use super::placing::Placing;
use super::queue::Queue;
use super::random::Random;
use super::record::Record;
use super::scenario::{Scenario, Target};
use crate::plan::cluster::NodePlan;
use crate::plan::controllers::restart_backoff;
use crate::quantity::Memory;
use crate::sorting;
use crate::topology::{Service, Topology};
use std::collections::BTreeMap;

/// Virtual time in milliseconds, from 0.
pub(super) type Millis = u64;
pub(super) const SECOND: Millis = 1000;
pub(super) const MINUTE: Millis = 60 * SECOND;
/// How many pods and nodes are looked at, at most, while every pod of a service changes once, for one reaction to each.
const MOST_TO_LOOK_AT: u64 = 1_000_000;

/// A pod, or a container of the server, by its place in [`State::pods`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PodId(pub usize);

/// A machine by its place in [`State::machines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MachineId(pub usize);

/// A service by its place in the topology, and in [`State::workloads`].
pub(super) type ServiceIndex = usize;

/// All that there is at one moment.
pub(super) struct State<'a> {
    pub topology: &'a Topology,
    pub scenario: &'a Scenario,
    pub target: Target,
    /// The time.
    pub now: Millis,
    /// The events to come.
    pub queue: Queue,
    /// Every pod that there ever was, in the order in which they were made.
    pub pods: Vec<Pod>,
    /// The nodes, those that are on their way last; on the server, the one machine.
    pub machines: Vec<Machine>,
    /// The workload of each service, in the topology's order.
    pub workloads: Vec<Workload>,
    /// The scheduler's view of the cluster.
    pub placing: Placing,
    /// The cluster autoscaler.
    pub node_scaler: NodeScaler,
    /// A `docker compose up` under way.
    pub up: Option<Up>,
    /// The node that was lost or is drained.
    pub affected_node: Option<MachineId>,
    /// The service whose processes grow.
    pub leaking: Option<ServiceIndex>,
    /// Whether some process was started anew by its parent.
    pub has_restarting_processes: bool,
    /// When traffic and memory are to be looked at next, because something is then full.
    pub full_at: Option<Millis>,
    pub random: Random,
    /// The record of what has happened.
    pub record: Record,
}

/// A pod, or a container of the server.
#[derive(Debug, Clone)]
pub(super) struct Pod {
    pub service: ServiceIndex,
    pub owner: Owner,
    /// Its number in its name.
    pub number: u32,
    /// 1 for what ran at the start, 2 for the new release.
    pub release: u32,
    /// Where it is.
    pub machine: Option<MachineId>,
    pub phase: Phase,
    /// Whether it was told to end.
    pub is_deleted: bool,
    /// When it was made.
    pub created: Millis,
    /// How much older it is than `created` says, until it becomes ready again: what ran at the start is not new.
    pub older_by: Millis,
    /// When its container was last started.
    pub started: Millis,
    /// Since when its service's requests may come to it, if they may.
    pub ready: Option<Millis>,
    /// How often its container was started anew.
    pub restarts: u32,
    pub backoff: Backoff,
    /// Processes that were started anew by their parent, and when each is back.
    pub restarting_processes: BTreeMap<u32, Millis>,
    /// In percent, by how much faster or slower than the others it grows.
    pub growth_percent: u64,
    /// The CPU time that a pod that had been ready from the start would have used when this one became ready.
    pub cpu_before: f64,
    /// How often the scheduler has looked for a node in vain.
    pub attempts: u32,
    /// When the scheduler last took it into its queue (`QueuedPodInfo.Timestamp`).
    pub queued: Millis,
    /// The place in the order in which the scheduler took pods into its queue.
    pub turn: u64,
    /// Whether a machine is on its way that it fits on.
    pub is_expected: bool,
    /// Whether a drain was told that it may not be evicted yet.
    pub was_refused: bool,
}

/// What a pod of a service belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The workload that keeps the service's pods.
    Workload,
    /// The Job that runs the service's steps.
    Job,
}

/// How far a pod is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// It has no node.
    Pending,
    /// Its container starts, or runs.
    Running,
    /// Its container has died and waits to be started again.
    Waiting,
    /// It is no longer there.
    Gone,
}

/// The back-off of a container that has died before.
#[derive(Debug, Clone, Copy)]
pub(super) enum Backoff {
    Kubelet(restart_backoff::Kubelet),
    Docker(restart_backoff::Docker),
}

/// A node, or the server.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    pub name: String,
    /// The memory that containers may use or, on a node, request.
    pub memory: Memory,
    /// Thousandths of a core that they share.
    pub cpu_millis: u64,
    pub condition: Condition,
}

/// The condition of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// It was ordered and is not there yet.
    Ordered,
    Ready,
    /// No new pods are to come to it.
    Cordoned,
    /// It has stopped, and the cluster has not noticed.
    Stopped,
    /// It has stopped and is known not to answer.
    Unreachable,
}

/// The workload that keeps the pods of a service.
#[derive(Debug, Clone)]
pub(super) struct Workload {
    pub controller: Controller,
    /// How many pods are wanted.
    pub replicas: u32,
    /// How many of them are of the old release.
    pub old_wanted: u32,
    /// How many are of the newest.
    pub new_wanted: u32,
    /// The newest release.
    pub release: u32,
    /// The pod of the Job that runs its steps, while there is one.
    pub job: Option<PodId>,
    /// Whether pods of the newest release wait for that Job.
    pub waits_for_job: bool,
    /// Whether a release is under way.
    pub is_rolling: bool,
    /// Its pods, but for those that are gone, in the order in which they were made.
    pub pods: Vec<PodId>,
    /// The number of the next pod.
    pub next_number: u32,
    /// Whether [`super::event::Event::Reconcile`] is on its way.
    pub is_queued: bool,
    /// The requests that come to it, and what they do.
    pub load: Option<Load>,
    /// The counts of its pods; nothing after something has changed.
    pub counts: Option<Counts>,
    /// The autoscaler's recommendations of the last minutes, with their times.
    pub recommendations: Vec<(Millis, i32)>,
    /// By how much it changed the number of replicas in the last seconds, and when.
    pub scaled: Vec<(Millis, i32)>,
    /// When it last looked, and [`Load::cpu_used_at`] then.
    pub last_sync: (Millis, f64),
}

/// The controller that creates and deletes the pods of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Controller {
    /// New pods come before old ones go.
    RollingDeployment,
    /// All old pods end before new ones come.
    RecreatingDeployment,
    /// Pods with a name and a disk, one after another.
    StatefulSet,
    /// Containers of the server, which stay until `docker compose up` replaces them.
    Compose,
}

/// The pods of a service, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Pods that are not terminating.
    pub active: u32,
    /// Pods that receive requests.
    pub ready: u32,
    /// Ready pods whose node runs, so that they answer.
    pub answering: u32,
    /// Pods that hold memory on a running node.
    pub holding: u32,
    /// Pods that a running node reserves resources for.
    pub carried: u32,
    /// Pods without a node.
    pub pending: u32,
    /// Pods that are terminating.
    pub ending: u32,
}

impl<'a> State<'a> {
    pub fn service(&self, index: ServiceIndex) -> &'a Service {
        &self.topology.services[index]
    }

    pub fn pod(&self, id: PodId) -> &Pod {
        &self.pods[id.0]
    }

    pub fn pod_mut(&mut self, id: PodId) -> &mut Pod {
        &mut self.pods[id.0]
    }

    /// The pods of a service that are not gone.
    pub fn pods_of(&self, service: ServiceIndex) -> impl Iterator<Item = (PodId, &Pod)> {
        self.workloads[service].pods.iter().map(|id| (*id, self.pod(*id)))
    }

    /// The pods of Jobs that are not gone.
    pub fn jobs(&self) -> impl Iterator<Item = (PodId, &Pod)> {
        self.workloads.iter().filter_map(|workload| workload.job).map(|id| (id, self.pod(id)))
    }

    /// The pods on a machine that are not gone, in the order in which they were made.
    pub fn pods_on(&self, machine: MachineId) -> Vec<PodId> {
        let mut pods: Vec<PodId> = (0..self.workloads.len())
            .flat_map(|service| self.pods_of(service))
            .filter(|(_, pod)| pod.machine == Some(machine))
            .map(|(id, _)| id)
            .collect();
        sorting::sort(&mut pods);
        pods
    }

    /// Schedules an event after a delay in milliseconds.
    pub fn after(&mut self, delay: Millis, event: super::event::Event) {
        self.queue.at(self.now.saturating_add(delay), event);
    }

    /// Schedules an event that follows from what has just happened: it comes before all else of this moment, as controllers
    /// and the scheduler react to one pod before the next is ready or gone. Where a service has so many pods that each
    /// reaction takes long, it comes after all of them.
    pub fn react(&mut self, service: ServiceIndex, event: super::event::Event) {
        let pods = self.workloads[service].pods.len() as u64;
        if pods * (pods + self.machines.len() as u64) <= MOST_TO_LOOK_AT {
            self.queue.next(self.now, event);
        } else {
            self.after(0, event);
        }
    }

    /// Whether the machine runs, so that its pods do.
    pub fn is_up(&self, machine: MachineId) -> bool {
        matches!(self.machines[machine.0].condition, Condition::Ready | Condition::Cordoned)
    }

    /// Something has changed with the pods of a service.
    pub fn touch(&mut self, service: ServiceIndex) {
        self.workloads[service].counts = None;
        self.record.is_stale = true;
    }

    /// The pods of a service, counted.
    pub fn counts(&mut self, service: ServiceIndex) -> Counts {
        if let Some(counts) = self.workloads[service].counts {
            return counts;
        }
        let mut counts = Counts::default();
        for (_, pod) in self.pods_of(service) {
            let is_up = pod.machine.is_some_and(|machine| self.is_up(machine));
            let is_ready = pod.ready.is_some() && !pod.is_deleted;
            counts.active += u32::from(!pod.is_deleted);
            counts.ready += u32::from(is_ready);
            counts.answering += u32::from(is_ready && is_up);
            counts.holding += u32::from(pod.phase == Phase::Running && is_up);
            counts.carried += u32::from(is_up);
            counts.pending += u32::from(pod.phase == Phase::Pending);
            counts.ending += u32::from(pod.is_deleted);
        }
        self.record.work += self.workloads[service].pods.len() as u64;
        self.workloads[service].counts = Some(counts);
        counts
    }
}

impl Machine {
    /// A node as the plan has it.
    pub fn of(node: &NodePlan, condition: Condition) -> Self {
        Self {
            name: node.node.clone(),
            memory: node.allocatable_memory,
            cpu_millis: node.allocatable_cpu.millis(),
            condition,
        }
    }
}

impl Pod {
    /// Its name is its service's and its number.
    pub fn name(&self, topology: &Topology) -> String {
        let service = &topology.services[self.service].name;
        match self.owner {
            Owner::Workload => format!("{service}-{}", self.number),
            Owner::Job => format!("{service}-before-start"),
        }
    }

    /// The present run of its container.
    pub fn run(&self, id: PodId) -> super::event::Run {
        super::event::Run { pod: id, restarts: self.restarts }
    }

    /// Whether an event is about the present run, and nothing has ended it.
    pub fn is_in(&self, run: super::event::Run) -> bool {
        self.restarts == run.restarts && self.phase != Phase::Gone
    }
}
