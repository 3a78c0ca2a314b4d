//! A node is emptied, as before an upgrade.

use super::{count, first, struck};
use crate::plan::durations::exactly;
use crate::plan::simulate::drain;
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
    let refused = count(state, What::EvictionRefused);
    match first(state, What::NodeDrained) {
        Some(time) => format!("{name} is empty after {}.{}", exactly(time), waited_for_budgets(refused)),
        None => format!("{name} is not empty after {}.{}", exactly(state.now), waited_for_budgets(refused)),
    }
}

fn waited_for_budgets(pods: usize) -> String {
    match pods {
        0 => String::new(),
        1 => " One pod had to wait for its budget.".to_owned(),
        pods => format!(" {pods} pods had to wait for their budgets."),
    }
}
