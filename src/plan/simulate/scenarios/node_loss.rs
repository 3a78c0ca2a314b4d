//! A node stops, and does not come back.

use super::struck;
use crate::plan::durations::exactly;
use crate::plan::phrases::list;
use crate::plan::simulate::node_lifecycle;
use crate::plan::simulate::state::State;

pub(super) fn begin(state: &mut State) {
    state.struck = struck(state);
    if let Some(machine) = state.struck {
        node_lifecycle::lose(state, machine);
    }
}

pub(super) fn outcome(state: &mut State) -> String {
    let name = state.struck.map_or_else(String::new, |machine| state.machines[machine.0].name.clone());
    let mut missing = Vec::new();
    for service in 0..state.workloads.len() {
        if state.counts(service).ready < state.workloads[service].replicas {
            missing.push(state.service(service).name.to_string());
        }
    }
    if missing.is_empty() {
        let whole = super::last(state, crate::plan::simulate::record::What::Ready).unwrap_or(0);
        format!("Without {name}, every service has all its replicas again after {}.", exactly(whole))
    } else {
        format!("Without {name}, replicas of {} are missing after {}.", list(&missing), exactly(state.now))
    }
}
