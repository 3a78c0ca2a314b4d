//! A node stops, and does not come back.

use super::{affected_node, last};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::node_lifecycle;
use crate::plan::simulate::record::EventKind;
use crate::plan::simulate::state::State;

pub(super) fn begin(state: &mut State) {
    state.affected_node = affected_node(state);
    if let Some(machine) = state.affected_node {
        node_lifecycle::lose(state, machine);
    }
}

pub(super) fn outcome(state: &mut State) -> Outcome {
    let lost = state.affected_node.map_or_else(String::new, |machine| state.machines[machine.0].name.clone());
    let mut missing = Vec::new();
    for service in 0..state.workloads.len() {
        if state.counts(service).ready < state.workloads[service].replicas {
            missing.push(state.service(service).name.to_string());
        }
    }
    if missing.is_empty() {
        Outcome::Recovered { lost, after_ms: last(state, EventKind::Ready).unwrap_or(0) }
    } else {
        Outcome::ReplicasMissing { lost, services: missing, after_ms: state.now }
    }
}
