//! A new release: `kubectl apply` of new images, or `docker compose up` with them.

use super::{first, last, list, services};
use crate::plan::simulate::compose;
use crate::plan::simulate::lifecycle::seconds;
use crate::plan::simulate::record::What;
use crate::plan::simulate::scenario::Target;
use crate::plan::simulate::state::State;
use crate::plan::simulate::steps;
use crate::plan::simulate::workload;

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
    let names = list(&services(state, What::ReleaseBegins));
    let rolling: Vec<String> = (0..state.workloads.len())
        .filter(|service| state.workloads[*service].is_rolling)
        .map(|service| state.service(service).name.to_string())
        .collect();
    let Some(done) = last(state, What::ReleaseDone).filter(|_| rolling.is_empty()) else {
        let message = state.record.entries.iter().rev().find(|entry| entry.event == What::Unplaced);
        let why = message.map(|entry| format!(": {}", entry.why.trim_end_matches('.')));
        return format!(
            "The release of {} is not done after {}{}.",
            list(&rolling),
            seconds(state.now),
            why.unwrap_or_default()
        );
    };
    let began = first(state, What::ReleaseBegins).unwrap_or(0);
    format!("The release of {names} is done after {}.", seconds(done - began))
}
