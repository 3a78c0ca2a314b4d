//! A node stops, and does not come back.

use super::{last, struck};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::node_lifecycle;
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;

pub(super) fn begin(state: &mut State) {
    state.struck = struck(state);
    if let Some(machine) = state.struck {
        node_lifecycle::lose(state, machine);
    }
}

pub(super) fn outcome(state: &mut State) -> Outcome {
    let lost = state.struck.map_or_else(String::new, |machine| state.machines[machine.0].name.clone());
    let mut missing = Vec::new();
    for service in 0..state.workloads.len() {
        if state.counts(service).ready < state.workloads[service].replicas {
            missing.push(state.service(service).name.to_string());
        }
    }
    if missing.is_empty() {
        Outcome::Recovered { lost, after_ms: last(state, What::Ready).unwrap_or(0) }
    } else {
        Outcome::ReplicasMissing { lost, services: missing, after_ms: state.now }
    }
}
