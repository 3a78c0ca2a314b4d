//! A node is emptied, as before an upgrade.

use super::{count, first, struck};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::drain;
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;

pub(super) fn begin(state: &mut State) {
    state.struck = struck(state);
    if let Some(machine) = state.struck {
        drain::begin(state, machine);
    }
}

pub(super) fn outcome(state: &State) -> Outcome {
    let node = state.struck.map_or_else(String::new, |machine| state.machines[machine.0].name.clone());
    let pods_refused = count(state, What::EvictionRefused);
    match first(state, What::NodeDrained) {
        Some(after_ms) => Outcome::NodeDrained { node, after_ms, pods_refused },
        None => Outcome::NodeNotDrained { node, after_ms: state.now, pods_refused },
    }
}
