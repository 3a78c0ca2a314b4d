//! Requests come and go.

use super::{count, first, services};
use crate::plan::simulate::record::{Amount, Figure, What};
use crate::plan::simulate::state::State;
use crate::words::simulation as words;

pub(super) fn outcome(state: &State) -> String {
    if state.workloads.iter().all(|workload| workload.load.is_none()) {
        return words::NO_REQUESTS.to_owned();
    }
    let killed = count(state, What::Killed) + count(state, What::ProcessKilled);
    let most = state.record.series.iter().filter(|series| series.figure == Figure::WaitingRequests);
    let most = most.flat_map(|series| &series.points).filter_map(|(_, value)| *value).map(Amount::value);
    match first(state, What::Overloaded) {
        None => words::all_served(killed),
        Some(time) => words::overloaded(&services(state, What::Overloaded), time, most.fold(0.0, f64::max), killed),
    }
}
