//! A new release: `kubectl apply` of new images, or `docker compose up` with them.

use super::{first, last, services};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::record::EventKind;
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

pub(super) fn outcome(state: &State) -> Outcome {
    let rolling: Vec<String> = (0..state.workloads.len())
        .filter(|service| state.workloads[*service].is_rolling)
        .map(|service| state.service(service).name.to_string())
        .collect();
    let Some(done) = last(state, EventKind::ReleaseDone).filter(|_| rolling.is_empty()) else {
        let message = state.record.entries.iter().rev().find(|entry| entry.event == EventKind::Unplaced);
        let message = message.map(|entry| entry.why.clone());
        return Outcome::ReleaseNotDone { services: rolling, after_ms: state.now, message };
    };
    let began = first(state, EventKind::ReleaseBegins).unwrap_or(0);
    Outcome::ReleaseDone { services: services(state, EventKind::ReleaseBegins), after_ms: done - began }
}
