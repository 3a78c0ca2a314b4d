//! Taking down the figures of one moment.

use super::load;
use super::memory;
use super::record::{Amount, Names, Record, Subject};
use super::scenario::Target;
use super::state::{MachineId, Millis, Phase, State};
use crate::quantity::Memory;

/// The most nodes that have figures of their own.
const MOST_NODES: usize = 32;

/// Takes down what has changed.
pub(super) fn take(state: &mut State) {
    let now = state.now;
    let mut totals = Totals::default();
    for service in 0..state.workloads.len() {
        let counts = state.counts(service);
        let used = memory::of_service(state, service);
        totals.memory += used;
        totals.requested += state.service(service).pod_memory().saturating_mul(counts.placed.into());
        totals.pods += u64::from(counts.holding);
        totals.pending += u64::from(counts.pending);
        let load = state.workloads[service].load.as_ref().map(load::Load::figures);
        let mut note = Note::of(state, Subject::Service(service), now);
        note.count("ready_replicas", counts.ready.into());
        note.count("answering_replicas", counts.answering.into());
        note.count("replicas", counts.holding.into());
        note.count("memory_bytes", used.bytes());
        for (name, value) in load.into_iter().flatten() {
            note.measure(name, value);
        }
    }
    let is_cluster = state.target == Target::Cluster;
    let mut note = Note::of(state, Subject::All, now);
    note.count("memory_bytes", totals.memory.bytes());
    note.count("replicas", totals.pods);
    if is_cluster {
        note.count("requested_memory_bytes", totals.requested.bytes());
        note.count("pending_replicas", totals.pending);
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
    if state.machines.len() > MOST_NODES {
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
    state.record.work += state.workloads.iter().map(|workload| workload.pods.len() as u64).sum::<u64>();
    for (index, (memory, requested, pods)) in nodes.into_iter().enumerate() {
        let mut note = Note::of(state, Subject::Machine(MachineId(index)), now);
        note.count("memory_bytes", memory.bytes());
        note.count("requested_memory_bytes", requested.bytes());
        note.count("replicas", pods);
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

    fn count(&mut self, name: &'static str, count: u64) {
        self.record.figure(self.now, name, self.subject, &self.names, Some(Amount::Count(count)));
    }

    fn measure(&mut self, name: &'static str, value: Option<f64>) {
        self.record.figure(self.now, name, self.subject, &self.names, value.and_then(Amount::measure));
    }
}
