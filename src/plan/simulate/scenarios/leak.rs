//! Every process of a service grows.

use super::{count, first};
use crate::plan::simulate::lifecycle::seconds;
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;

pub(super) fn outcome(state: &State) -> String {
    let name = state.leaking.map_or("", |service| state.service(service).name.as_str());
    let killed = count(state, What::Killed) + count(state, What::ProcessKilled);
    let time = first(state, What::Killed).into_iter().chain(first(state, What::ProcessKilled)).min();
    match time {
        Some(time) => {
            let times = if killed == 1 { "once".to_owned() } else { format!("{killed} times in all") };
            format!("{name} runs out of memory after {}, {times} in {}.", seconds(time), seconds(state.now))
        }
        None => format!("{name} does not run out of memory in {}.", seconds(state.now)),
    }
}
