//! Requests come and go.

use super::{count, first, services};
use crate::plan::durations::exactly;
use crate::plan::phrases::list;
use crate::plan::simulate::record::{Amount, Figure, What};
use crate::plan::simulate::state::State;

pub(super) fn outcome(state: &State) -> String {
    if state.workloads.iter().all(|workload| workload.load.is_none()) {
        return "No service takes requests: nothing happens.".to_owned();
    }
    let killed = count(state, What::Killed) + count(state, What::ProcessKilled);
    let most = state.record.series.iter().filter(|series| series.figure == Figure::WaitingRequests);
    let most = most.flat_map(|series| &series.points).filter_map(|(_, value)| *value).map(Amount::value);
    match first(state, What::Overloaded) {
        None => format!("Every request is served as it comes.{}", ran_out_of_memory(killed)),
        Some(time) => overloaded(&services(state, What::Overloaded), time, most.fold(0.0, f64::max), killed),
    }
}

fn overloaded(services: &[String], since: u64, queued: f64, killed: usize) -> String {
    let (services, killed) = (list(services), ran_out_of_memory(killed));
    format!("{services} cannot keep up from {} on: up to {queued} requests queue up.{killed}", exactly(since))
}

fn ran_out_of_memory(times: usize) -> String {
    match times {
        0 => String::new(),
        1 => " Once, memory ran out.".to_owned(),
        times => format!(" {times} times, memory ran out."),
    }
}
