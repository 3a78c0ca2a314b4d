//! A node is emptied, as before an upgrade.

use super::{count, first, struck};
use crate::plan::simulate::drain;
use crate::plan::simulate::lifecycle::seconds;
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;

pub(super) fn begin(state: &mut State) {
    state.struck = struck(state);
    if let Some(machine) = state.struck {
        drain::begin(state, machine);
    }
}

pub(super) fn outcome(state: &State) -> String {
    let name = state.struck.map_or("", |machine| state.machines[machine.0].name.as_str());
    let refused = match count(state, What::EvictionRefused) {
        0 => String::new(),
        1 => " One pod had to wait for its budget.".to_owned(),
        pods => format!(" {pods} pods had to wait for their budgets."),
    };
    match first(state, What::NodeDrained) {
        Some(time) => format!("{name} is empty after {}.{refused}", seconds(time)),
        None => format!("{name} is not empty after {}.{refused}", seconds(state.now)),
    }
}
