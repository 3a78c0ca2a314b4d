//! Requests come and go.

use super::{count, first, list, services};
use crate::plan::simulate::lifecycle::seconds;
use crate::plan::simulate::record::{Amount, Figure, What};
use crate::plan::simulate::state::State;

pub(super) fn outcome(state: &State) -> String {
    if state.workloads.iter().all(|workload| workload.load.is_none()) {
        return "No service takes requests: nothing happens.".to_owned();
    }
    let killed = match count(state, What::Killed) + count(state, What::ProcessKilled) {
        0 => String::new(),
        1 => " Once, memory ran out.".to_owned(),
        times => format!(" {times} times, memory ran out."),
    };
    let most = state.record.series.iter().filter(|series| series.figure == Figure::WaitingRequests);
    let most = most.flat_map(|series| &series.points).filter_map(|(_, value)| *value).map(Amount::value);
    match first(state, What::Overloaded) {
        None => format!("Every request is served as it comes.{killed}"),
        Some(time) => {
            let names = list(&services(state, What::Overloaded));
            let queued = most.fold(0.0, f64::max);
            format!("{names} cannot keep up from {} on: up to {queued} requests queue up.{killed}", seconds(time))
        }
    }
}
