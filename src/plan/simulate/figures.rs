//! Taking down the figures of one moment.

use super::load::Load;
use super::memory;
use super::record::{Amount, Figure, Names, Record, Subject};
use super::scenario::Target;
use super::state::{MachineId, Millis, Phase, State, Workload};
use crate::quantity::Memory;

/// The most nodes that have figures of their own.
const MAX_NODES: usize = 32;

/// Takes down what has changed.
pub(super) fn take(state: &mut State) {
    let now = state.now;
    let is_cluster = state.target == Target::Cluster;
    let mut totals = Totals::default();
    for service in 0..state.workloads.len() {
        let counts = state.counts(service);
        let used = memory::of_service(state, service);
        totals.memory += used;
        totals.requested += state.service(service).pod_memory().saturating_mul(counts.carried.into());
        totals.pods += u64::from(counts.holding);
        totals.pending += u64::from(counts.pending);
        let Workload { load, replicas: wanted, .. } = &state.workloads[service];
        let (load, wanted) = (load.as_ref().map(Load::figures), *wanted);
        let mut note = Note::of(state, Subject::Service(service), now);
        note.count(Figure::WantedReplicas, wanted.into());
        note.count(Figure::ReadyReplicas, counts.ready.into());
        note.count(Figure::AnsweringReplicas, counts.answering.into());
        note.count(Figure::Replicas, counts.holding.into());
        if is_cluster {
            note.count(Figure::PendingReplicas, counts.pending.into());
        }
        note.count(Figure::MemoryBytes, used.bytes());
        for (figure, value) in load.into_iter().flatten() {
            note.measure(figure, value);
        }
    }
    for (_, job) in state.jobs() {
        let service = state.service(job.service);
        if job.machine.is_some() {
            totals.pods += 1;
            totals.requested += service.memory.limit;
            totals.memory += service.memory.idle();
        } else {
            totals.pending += 1;
        }
    }
    let mut note = Note::of(state, Subject::All, now);
    note.count(Figure::MemoryBytes, totals.memory.bytes());
    note.count(Figure::Replicas, totals.pods);
    if is_cluster {
        note.count(Figure::RequestedMemoryBytes, totals.requested.bytes());
        note.count(Figure::PendingReplicas, totals.pending);
        take_nodes(state);
    }
}

#[derive(Default)]
struct Totals {
    memory: Memory,
    requested: Memory,
    pods: u64,
    pending: u64,
}

fn take_nodes(state: &mut State) {
    if state.machines.len() > MAX_NODES {
        return;
    }
    let now = state.now;
    let mut nodes = vec![(Memory::ZERO, Memory::ZERO, 0_u64); state.machines.len()];
    for service in 0..state.workloads.len() {
        let request = state.service(service).pod_memory();
        for (id, pod) in state.pods_of(service) {
            let Some(MachineId(machine)) = pod.machine else { continue };
            let Some((memory, requested, pods)) = nodes.get_mut(machine) else { continue };
            *requested += request;
            *pods += 1;
            if pod.phase == Phase::Running {
                *memory += memory::of_pod(state, id);
            }
        }
    }
    for (_, job) in state.jobs() {
        let Some(MachineId(machine)) = job.machine else { continue };
        let Some((memory, requested, pods)) = nodes.get_mut(machine) else { continue };
        let service = state.service(job.service);
        *memory += service.memory.idle();
        *requested += service.memory.limit;
        *pods += 1;
    }
    state.record.work += state.workloads.iter().map(|workload| workload.pods.len() as u64).sum::<u64>();
    for (index, (memory, requested, pods)) in nodes.into_iter().enumerate() {
        let mut note = Note::of(state, Subject::Machine(MachineId(index)), now);
        note.count(Figure::MemoryBytes, memory.bytes());
        note.count(Figure::RequestedMemoryBytes, requested.bytes());
        note.count(Figure::Replicas, pods);
    }
}

/// Where the figures of one subject are noted.
struct Note<'a> {
    record: &'a mut Record,
    names: Names<'a>,
    subject: Subject,
    now: Millis,
}

impl<'a> Note<'a> {
    fn of(state: &'a mut State, subject: Subject, now: Millis) -> Self {
        let names = Names { services: &state.topology.services, machines: &state.machines };
        Self { record: &mut state.record, names, subject, now }
    }

    fn count(&mut self, figure: Figure, count: u64) {
        self.record.note(self.now, figure, self.subject, &self.names, Some(Amount::Count(count)));
    }

    fn measure(&mut self, figure: Figure, value: Option<f64>) {
        self.record.note(self.now, figure, self.subject, &self.names, value.and_then(Amount::measure));
    }
}
