//! A node is emptied, as before an upgrade.

use super::{affected_node, count, first};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::drain;
use crate::plan::simulate::record::EventKind;
use crate::plan::simulate::state::State;

pub(super) fn begin(state: &mut State) {
    state.affected_node = affected_node(state);
    if let Some(machine) = state.affected_node {
        drain::begin(state, machine);
    }
}

pub(super) fn outcome(state: &State) -> Outcome {
    let node = state.affected_node.map_or_else(String::new, |machine| state.machines[machine.0].name.clone());
    let pods_refused = count(state, EventKind::EvictionRefused);
    match first(state, EventKind::NodeDrained) {
        Some(after_ms) => Outcome::NodeDrained { node, after_ms, pods_refused },
        None => Outcome::NodeNotDrained { node, after_ms: state.now, pods_refused },
    }
}
