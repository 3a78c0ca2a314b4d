//! How each scenario begins, and what came of it in a sentence.

mod drain;
mod leak;
mod node_loss;
mod rollout;
mod traffic;

use super::outcome::{Downtime, Outcome};
use super::record::{EventKind, Figure};
use super::scenario::ScenarioKind;
use super::state::{MachineId, State};
use crate::sorting;
use crate::topology::{Name, Service};

/// Starts the scenario.
pub(super) fn begin(state: &mut State) {
    match state.scenario.kind {
        ScenarioKind::Rollout => rollout::begin(state),
        ScenarioKind::NodeLoss => node_loss::begin(state),
        ScenarioKind::Drain => drain::begin(state),
        // The traffic comes by itself, and processes grow by themselves.
        ScenarioKind::Traffic | ScenarioKind::Leak => {}
    }
}

/// Returns the outcome of the scenario.
pub(super) fn outcome(state: &mut State) -> Outcome {
    match state.scenario.kind {
        ScenarioKind::Rollout => rollout::outcome(state),
        ScenarioKind::NodeLoss => node_loss::outcome(state),
        ScenarioKind::Drain => drain::outcome(state),
        ScenarioKind::Traffic => traffic::outcome(state),
        ScenarioKind::Leak => leak::outcome(state),
    }
}

/// The node that the scenario is about: the one that it names, or the one that carries the most pods.
fn affected_node(state: &State) -> Option<MachineId> {
    let machines = || (0..state.machines.len()).map(MachineId);
    if let Some(name) = &state.scenario.node {
        return machines().find(|machine| state.machines[machine.0].name == *name);
    }
    let mut pods = vec![0_u32; state.machines.len()];
    for service in 0..state.workloads.len() {
        for machine in state.pods_of(service).filter_map(|(_, pod)| pod.machine) {
            pods[machine.0] += 1;
        }
    }
    // The first of equals.
    machines().reduce(|most, next| if pods[next.0] > pods[most.0] { next } else { most })
}

/// Returns the time of the first event of a kind.
fn first(state: &State, event: EventKind) -> Option<u64> {
    state.record.entries.iter().find(|entry| entry.event == event).map(|entry| entry.time_ms)
}

/// Returns the time of the last event of a kind.
fn last(state: &State, event: EventKind) -> Option<u64> {
    state.record.entries.iter().rev().find(|entry| entry.event == event).map(|entry| entry.time_ms)
}

/// Counts the events of a kind.
fn count(state: &State, event: EventKind) -> usize {
    state.record.entries.iter().filter(|entry| entry.event == event).count()
}

/// Returns the longest period in which no replica of a service that always runs answered.
pub(super) fn downtime(state: &State) -> Option<Downtime> {
    let is_kept = |service: &Service| service.schedule.is_none() && service.replicas.steady() > 0;
    let running = state.topology.running().filter(|(_, service)| is_kept(service));
    let kept = sorting::set(running.map(|(_, service)| &service.name));
    let mut longest: Option<(u64, &Name)> = None;
    for series in &state.record.series {
        let (Some(service), Figure::AnsweringReplicas) = (&series.service, series.figure) else { continue };
        if !kept.contains(service) {
            continue;
        }
        let mut zero_since = None;
        let end = (state.now, Some(super::record::Amount::Count(u64::MAX)));
        for (time, value) in series.points.iter().chain([&end]) {
            let is_zero = value.is_some_and(|value| value.value() <= 0.0);
            match (zero_since, is_zero) {
                (None, true) => zero_since = Some(*time),
                (Some(since), false) => {
                    zero_since = None;
                    let length = time - since;
                    if length > 0 && longest.is_none_or(|(so_far, _)| length > so_far) {
                        longest = Some((length, service));
                    }
                }
                _ => {}
            }
        }
    }
    longest.map(|(for_ms, service)| Downtime { service: service.clone(), for_ms })
}

/// Returns the services that have an event of a kind.
fn services(state: &State, event: EventKind) -> Vec<String> {
    let told = state.record.entries.iter().filter(|entry| entry.event == event);
    let names = sorting::set(told.filter_map(|entry| entry.service.as_ref()));
    names.into_iter().map(ToString::to_string).collect()
}
