//! Every process of a service grows.

use super::{count, first};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::record::EventKind;
use crate::plan::simulate::state::State;

pub(super) fn outcome(state: &State) -> Outcome {
    let service = state.leaking.map_or_else(String::new, |service| state.service(service).name.to_string());
    let times = count(state, EventKind::Killed) + count(state, EventKind::ProcessKilled);
    let first = first(state, EventKind::Killed).into_iter().chain(first(state, EventKind::ProcessKilled)).min();
    match first {
        Some(after_ms) => Outcome::Leaked { service, after_ms, times, within_ms: state.now },
        None => Outcome::NotLeaked { service, within_ms: state.now },
    }
}
