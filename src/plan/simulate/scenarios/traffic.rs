//! Requests come and go.

use super::{count, first, services};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::record::{Amount, EventKind, Figure};
use crate::plan::simulate::state::State;

pub(super) fn outcome(state: &State) -> Outcome {
    if state.workloads.iter().all(|workload| workload.load.is_none()) {
        return Outcome::NoRequests;
    }
    let times_out_of_memory = count(state, EventKind::Killed) + count(state, EventKind::ProcessKilled);
    let Some(since_ms) = first(state, EventKind::Overloaded) else { return Outcome::AllServed { times_out_of_memory } };
    let waiting = state.record.series.iter().filter(|series| series.figure == Figure::WaitingRequests);
    let waiting = waiting.flat_map(|series| &series.points).filter_map(|(_, value)| *value).map(Amount::value);
    Outcome::Overloaded {
        services: services(state, EventKind::Overloaded),
        since_ms,
        most_waiting: waiting.fold(0.0, f64::max),
        times_out_of_memory,
    }
}
