//! A new release: `kubectl apply` of new images, or `docker compose up` with them.

use super::{first, last, services};
use crate::plan::durations::exactly;
use crate::plan::phrases::{list, without_full_stop};
use crate::plan::simulate::record::What;
use crate::plan::simulate::scenario::Target;
use crate::plan::simulate::state::State;
use crate::plan::simulate::{compose, steps, workload};

pub(super) fn begin(state: &mut State) {
    let released = state.scenario.released(state.topology);
    match state.target {
        Target::Cluster => {
            for service in released {
                workload::release(state, service);
                steps::begin(state, service);
            }
        }
        Target::Server => compose::up(state, &released),
    }
}

pub(super) fn outcome(state: &State) -> String {
    let rolling: Vec<String> = (0..state.workloads.len())
        .filter(|service| state.workloads[*service].is_rolling)
        .map(|service| state.service(service).name.to_string())
        .collect();
    let Some(done) = last(state, What::ReleaseDone).filter(|_| rolling.is_empty()) else {
        let message = state.record.entries.iter().rev().find(|entry| entry.event == What::Unplaced);
        return release_not_done(&rolling, state.now, message.map(|entry| entry.why.as_str()));
    };
    let began = first(state, What::ReleaseBegins).unwrap_or(0);
    format!("The release of {} is done after {}.", list(&services(state, What::ReleaseBegins)), exactly(done - began))
}

/// Why may be known, in the scheduler's words.
fn release_not_done(services: &[String], after: u64, why: Option<&str>) -> String {
    let why = why.map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
    format!("The release of {} is not done after {}{why}.", list(services), exactly(after))
}
