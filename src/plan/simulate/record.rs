//! The record of a simulation: events with their reasons, and figures over time.

use super::Stop;
use super::state::{MachineId, Millis, PodId, ServiceIndex, State};
use crate::topology::Name;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in milliseconds from the start.
    pub time_ms: u64,
    /// The kind of event.
    pub event: EventKind,
    /// To whose replica, or to which service.
    pub service: Option<Name>,
    /// To which pod or container: `SERVICE-NUMBER`. Kubernetes and Compose make up names of their own.
    pub replica: Option<String>,
    /// Of which release it is: 1 is what ran at the start, 2 what a rollout brings.
    pub release: Option<u32>,
    /// Where. On the server nothing.
    pub node: Option<String>,
    /// Why, in a sentence without a full stop.
    pub why: String,
}

/// The kind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A pod was made; it has no node yet. On the server, a container.
    Created,
    /// A pod got its node, and its container starts. On the server, a container starts.
    Placed,
    /// No node has room for a pod; it waits.
    Unplaced,
    /// A replica answers: requests may come to it.
    Ready,
    /// A replica no longer receives requests, although it is not terminating.
    NotReady,
    /// A replica was told to end; it holds its memory until it has.
    #[serde(rename = "told-to-end")]
    Terminating,
    /// A replica is gone, and with it what it held.
    Ended,
    /// A replica's container was killed.
    Killed,
    /// The kernel ended one process of a container that goes on with the others.
    ProcessKilled,
    /// A replica's container starts again.
    Restarted,
    /// A new release of a service begins.
    ReleaseBegins,
    /// Every replica is of the new release, and answers.
    ReleaseDone,
    /// No node has room for the pod of the Job that runs the steps before a service; it waits.
    StepsUnplaced,
    /// The steps before a service begin.
    StepsBegin,
    /// The steps before a service have ended.
    StepsEnded,
    /// The autoscaler changed how many replicas are wanted.
    Scaled,
    /// More requests come than can be answered: they queue up, longer and longer.
    Overloaded,
    /// The queued requests are answered.
    Recovered,
    /// A node stopped.
    NodeLost,
    /// The cluster has noticed.
    NodeUnreachable,
    /// No new pods come to a node.
    NodeCordoned,
    /// A pod may not be evicted yet.
    EvictionRefused,
    /// A drained node is empty.
    NodeDrained,
    /// The cluster autoscaler ordered a node.
    NodeOrdered,
    /// A node that was ordered is ready.
    NodeJoined,
}

/// A figure over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The figure.
    #[serde(rename = "name")]
    pub figure: Figure,
    /// Whose it is; nothing of all together.
    pub service: Option<Name>,
    /// On which node; nothing for all together.
    pub node: Option<String>,
    /// Time in milliseconds and value: it holds until the next. No value where there is nothing to say, such as the time
    /// that requests take while they queue up.
    pub points: Vec<(u64, Option<Amount>)>,
}

/// A figure, with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Replicas that the workload wants.
    WantedReplicas,
    /// Replicas that receive requests.
    ReadyReplicas,
    /// Replicas that receive requests and whose node runs.
    AnsweringReplicas,
    /// Replicas that hold memory; for a node, those that it reserves resources for.
    Replicas,
    /// Replicas without a node.
    PendingReplicas,
    /// Memory that replicas use.
    MemoryBytes,
    /// Memory that replicas request.
    RequestedMemoryBytes,
    /// Requests that arrive.
    RatePerSecond,
    /// Requests that no replica answers.
    LostPerSecond,
    /// How much of the time processes are kept.
    UtilisationPercent,
    /// The 95th percentile of latency.
    LatencyP95Ms,
    /// Requests that have queued up.
    WaitingRequests,
    /// CPU that each replica uses.
    CpuMillisPerReplica,
}

/// A number that is whole where it counts something.
///
/// Serialised as a bare number; between programs (a format that is not for people) with which of the two it is.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub enum Amount {
    /// A count.
    Count(u64),
    /// To three decimals.
    Measure(f64),
}

/// The recorded events and figures.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub entries: Vec<Entry>,
    pub series: Vec<Series>,
    places: BTreeMap<(Figure, Subject), usize>,
    /// How many pods have been looked at, to keep the work within bounds.
    pub work: u64,
    /// Why it ended early.
    pub stopped_early: Option<Stop>,
    /// Whether something has changed since figures were last taken.
    pub is_stale: bool,
}

/// The subject of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    All,
    Service(ServiceIndex),
    Machine(MachineId),
}

impl EventKind {
    /// The event in words that read on after the name of its subject: `is ready`.
    pub fn words(self) -> &'static str {
        what(self)
    }
}

/// The event in words that read on after the name of its subject: `is ready`.
fn what(event: EventKind) -> &'static str {
    match event {
        EventKind::Created => "is created",
        EventKind::Placed => "starts",
        EventKind::Unplaced => "has no node",
        EventKind::Ready => "is ready",
        EventKind::NotReady => "is not ready",
        EventKind::Terminating => "is terminated",
        EventKind::Ended => "has ended",
        EventKind::Killed => "is killed",
        EventKind::ProcessKilled => "loses a process",
        EventKind::Restarted => "restarts",
        EventKind::ReleaseBegins => "release begins",
        EventKind::ReleaseDone => "release is done",
        EventKind::StepsUnplaced => "first steps have no node",
        EventKind::StepsBegin => "first steps begin",
        EventKind::StepsEnded => "first steps ended",
        EventKind::Scaled => "is scaled",
        EventKind::Overloaded => "is overloaded",
        EventKind::Recovered => "has caught up",
        EventKind::NodeLost => "node stops",
        EventKind::NodeUnreachable => "node is unreachable",
        EventKind::NodeCordoned => "node is cordoned",
        EventKind::EvictionRefused => "may not be evicted yet",
        EventKind::NodeDrained => "node is drained",
        EventKind::NodeOrdered => "node is ordered",
        EventKind::NodeJoined => "node has joined",
    }
}

impl Figure {
    /// Its name, with its unit: `memory_bytes`.
    pub fn name(self) -> &'static str {
        match self {
            Self::WantedReplicas => "wanted_replicas",
            Self::ReadyReplicas => "ready_replicas",
            Self::AnsweringReplicas => "answering_replicas",
            Self::Replicas => "replicas",
            Self::PendingReplicas => "pending_replicas",
            Self::MemoryBytes => "memory_bytes",
            Self::RequestedMemoryBytes => "requested_memory_bytes",
            Self::RatePerSecond => "rate_per_second",
            Self::LostPerSecond => "lost_per_second",
            Self::UtilisationPercent => "utilisation_percent",
            Self::LatencyP95Ms => "latency_p95_ms",
            Self::WaitingRequests => "waiting_requests",
            Self::CpuMillisPerReplica => "cpu_millis_per_replica",
        }
    }
}

impl Amount {
    /// A measure, rounded to three decimals; what is no finite number is nothing.
    pub(super) fn measure(value: f64) -> Option<Self> {
        let rounded = (value * 1000.0).round() / 1000.0;
        rounded.is_finite().then_some(Self::Measure(rounded))
    }

    /// As a whole number, rounded.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "measures are small and not negative")]
    pub fn count(self) -> u64 {
        match self {
            Self::Count(count) => count,
            Self::Measure(value) => value.round() as u64,
        }
    }

    /// As a number.
    #[expect(clippy::cast_precision_loss, reason = "for a chart; what is counted stays far below 2^53")]
    pub fn value(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Measure(value) => value,
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self, serializer.is_human_readable()) {
            (Self::Count(count), true) => serializer.serialize_u64(*count),
            (Self::Measure(value), true) => serializer.serialize_f64(*value),
            (Self::Count(count), false) => serializer.serialize_newtype_variant("Amount", 0, "Count", count),
            (Self::Measure(value), false) => serializer.serialize_newtype_variant("Amount", 1, "Measure", value),
        }
    }
}

impl State<'_> {
    /// Records an event of a pod.
    pub fn record_pod(&mut self, event: EventKind, id: PodId, why: impl Into<String>) {
        let pod = self.pod(id);
        let entry = Entry {
            time_ms: self.now,
            event,
            service: Some(self.service(pod.service).name.clone()),
            replica: Some(pod.name(self.topology)),
            release: Some(pod.release),
            node: pod.machine.and_then(|machine| self.node_name(machine)),
            why: why.into(),
        };
        self.record.entries.push(entry);
    }

    /// Records an event of a service.
    pub fn record_service(&mut self, event: EventKind, service: ServiceIndex, why: impl Into<String>) {
        let name = self.service(service).name.clone();
        self.record.entries.push(Entry {
            time_ms: self.now,
            event,
            service: Some(name),
            replica: None,
            release: None,
            node: None,
            why: why.into(),
        });
    }

    /// Records an event of a node.
    pub fn record_node(&mut self, event: EventKind, machine: MachineId, why: impl Into<String>) {
        let node = self.node_name(machine);
        self.record.entries.push(Entry {
            time_ms: self.now,
            event,
            service: None,
            replica: None,
            release: None,
            node,
            why: why.into(),
        });
    }

    /// Returns the name of a node; a server has none.
    pub fn node_name(&self, machine: MachineId) -> Option<String> {
        (self.target == super::scenario::Target::Cluster).then(|| self.machines[machine.0].name.clone())
    }

    /// Ends the simulation before its time; `why` gets the present second.
    pub fn stop_early(&mut self, why: impl FnOnce(u64) -> Stop) {
        let seconds = self.now / 1000;
        self.record.stopped_early.get_or_insert_with(|| why(seconds));
    }
}

impl Record {
    /// A figure from `now` on; nothing is noted if it is as before.
    pub fn note(&mut self, now: Millis, figure: Figure, subject: Subject, names: &Names, value: Option<Amount>) {
        let index = *self.places.entry((figure, subject)).or_insert_with(|| {
            let (service, node) = names.of(subject);
            self.series.push(Series { figure, service, node, points: Vec::new() });
            self.series.len() - 1
        });
        let Some(series) = self.series.get_mut(index) else { return };
        let is_first = series.points.len() == 1;
        match series.points.last_mut() {
            Some((_, last)) if *last == value => {}
            // The first is how it was before anything happened.
            Some((time, last)) if *time == now && !is_first => *last = value,
            _ => series.points.push((now, value)),
        }
    }
}

/// The names of services and nodes.
pub(super) struct Names<'a> {
    pub services: &'a [crate::topology::Service],
    pub machines: &'a [super::state::Machine],
}

impl Names<'_> {
    fn of(&self, subject: Subject) -> (Option<Name>, Option<String>) {
        match subject {
            Subject::All => (None, None),
            Subject::Service(index) => (self.services.get(index).map(|service| service.name.clone()), None),
            Subject::Machine(MachineId(index)) => (None, self.machines.get(index).map(|machine| machine.name.clone())),
        }
    }
}
