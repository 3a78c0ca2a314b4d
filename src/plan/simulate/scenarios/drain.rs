//! A node is emptied, as before an upgrade.

use super::{count, first, struck};
use crate::plan::simulate::drain;
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;
use crate::words::simulation as words;

pub(super) fn begin(state: &mut State) {
    state.struck = struck(state);
    if let Some(machine) = state.struck {
        drain::begin(state, machine);
    }
}

pub(super) fn outcome(state: &State) -> String {
    let name = state.struck.map_or("", |machine| state.machines[machine.0].name.as_str());
    let refused = count(state, What::EvictionRefused);
    match first(state, What::NodeDrained) {
        Some(time) => words::node_empty(name, time, refused),
        None => words::node_not_empty(name, state.now, refused),
    }
}
