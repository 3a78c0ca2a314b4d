//! Every process of a service grows.

use super::{count, first};
use crate::plan::simulate::record::What;
use crate::plan::simulate::state::State;
use crate::words::simulation as words;

pub(super) fn outcome(state: &State) -> String {
    let name = state.leaking.map_or("", |service| state.service(service).name.as_str());
    let killed = count(state, What::Killed) + count(state, What::ProcessKilled);
    let time = first(state, What::Killed).into_iter().chain(first(state, What::ProcessKilled)).min();
    match time {
        Some(time) => words::leaked(name, time, killed, state.now),
        None => words::not_leaked(name, state.now),
    }
}
