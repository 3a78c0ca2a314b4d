//! A new release: `kubectl apply` of new images, or `docker compose up` with them.

use super::{first, last, services};
use crate::plan::simulate::Outcome;
use crate::plan::simulate::compose;
use crate::plan::simulate::event::Event;
use crate::plan::simulate::record::EventKind;
use crate::plan::simulate::scenario::Target;
use crate::plan::simulate::state::{ServiceIndex, State};
use crate::sorting;

pub(super) fn begin(state: &mut State) {
    let released = state.scenario.released(state.topology);
    match state.target {
        Target::Cluster => apply(state, released),
        Target::Server => compose::up(state, &released),
    }
}

/// `kubectl apply --kustomize` changes one object after the other, in the order of the generated kustomization: Jobs, then
/// Deployments by their names, then StatefulSets
/// (<https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/builtins/SortOrderTransformer.go>).
fn apply(state: &mut State, mut released: Vec<ServiceIndex>) {
    let topology = state.topology;
    let service = |index: ServiceIndex| &topology.services[index];
    sorting::sort_by_key(&mut released, |index| (service(*index).is_stateful(), &service(*index).name));
    for index in released.iter().filter(|index| service(**index).waits_for_job()) {
        state.after(0, Event::ApplyJob(*index));
    }
    for index in released {
        state.after(0, Event::Apply(index));
    }
}

fn is_unplaced(event: EventKind) -> bool {
    matches!(event, EventKind::Unplaced | EventKind::StepsUnplaced)
}

pub(super) fn outcome(state: &State) -> Outcome {
    let rolling: Vec<String> = (0..state.workloads.len())
        .filter(|service| state.workloads[*service].is_rolling)
        .map(|service| state.service(service).name.to_string())
        .collect();
    let Some(done) = last(state, EventKind::ReleaseDone).filter(|_| rolling.is_empty()) else {
        let message = state.record.entries.iter().rev().find(|entry| is_unplaced(entry.event));
        let message = message.map(|entry| entry.why.clone());
        return Outcome::ReleaseNotDone { services: rolling, after_ms: state.now, message };
    };
    let began = first(state, EventKind::ReleaseBegins).unwrap_or(0);
    Outcome::ReleaseDone { services: services(state, EventKind::ReleaseBegins), after_ms: done - began }
}
