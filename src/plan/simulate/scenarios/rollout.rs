//! A new release: `kubectl apply` of new images, or `docker compose up` with them.

use super::{first, last, services};
use crate::plan::simulate::compose;
use crate::plan::simulate::record::What;
use crate::plan::simulate::scenario::Target;
use crate::plan::simulate::state::State;
use crate::plan::simulate::steps;
use crate::plan::simulate::workload;
use crate::words::simulation as words;

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
        return words::release_not_done(&rolling, state.now, message.map(|entry| entry.why.as_str()));
    };
    let began = first(state, What::ReleaseBegins).unwrap_or(0);
    words::release_done(&services(state, What::ReleaseBegins), done - began)
}
