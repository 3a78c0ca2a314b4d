//! Every process of a service grows.

use super::{count, first};
use crate::plan::durations::exactly;
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;

pub(super) fn outcome(state: &State) -> String {
    let name = state.leaking.map_or("", |service| state.service(service).name.as_str());
    let killed = count(state, What::Killed) + count(state, What::ProcessKilled);
    let time = first(state, What::Killed).into_iter().chain(first(state, What::ProcessKilled)).min();
    match time {
        Some(time) => leaked(name, time, killed, state.now),
        None => format!("{name} does not run out of memory in {}.", exactly(state.now)),
    }
}

fn leaked(service: &str, after: u64, times: usize, within: u64) -> String {
    let times = if times == 1 { "once".to_owned() } else { format!("{times} times in all") };
    format!("{service} runs out of memory after {}, {times} in {}.", exactly(after), exactly(within))
}
