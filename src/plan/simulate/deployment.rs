//! A Deployment: its pods while nothing happens, and how a new release replaces them.
//!
//! While a release is under way, replicas that an autoscaler adds are of the new one; Kubernetes would share them out.
//!
//! Source: `pkg/controller/deployment/rolling.go` and `recreate.go` (v1.36.2).

use super::state::{ServiceIndex, State};
use super::workload::{self, Age, only_wanted};
use crate::plan::controllers::rolling_update::{Margin, Pods, Rollout, Share};

/// New pods come before old ones go.
pub(super) fn roll(state: &mut State, service: ServiceIndex) {
    let workload = &state.workloads[service];
    let surge = Share::Percent(state.service(service).surge_percent().unwrap_or(0));
    let available = |age| workload::pods_of_release(state, service, age).available;
    let margin = Margin::of(surge, Share::Pods(0), workload.replicas);
    let mut rollout = Rollout {
        replicas: workload.replicas,
        margin,
        new: Pods { wanted: workload.new_wanted, available: available(Age::New).min(workload.new_wanted) },
        old: vec![Pods { wanted: workload.old_wanted, available: available(Age::Old).min(workload.old_wanted) }],
    };
    while rollout.step() {}
    let (why_more, why_fewer) = reasons(state, service, margin);
    let workload = &mut state.workloads[service];
    workload.new_wanted = rollout.new.wanted;
    workload.old_wanted = rollout.old.first().map_or(0, |pods| pods.wanted);
    workload::fit(state, service, Age::Old, &why_more, &why_fewer);
    workload::fit(state, service, Age::New, &why_more, &why_fewer);
    workload::finish(state, service);
}

fn reasons(state: &State, service: ServiceIndex, margin: Margin) -> (String, String) {
    let workload = &state.workloads[service];
    let replicas = workload.replicas;
    if workload.is_rolling {
        let most = replicas.saturating_add(margin.surge);
        (format!("There may be {most}, without those that end"), others_ready(replicas))
    } else {
        (replicas_wanted(replicas), only_wanted(replicas))
    }
}

fn others_ready(replicas: u32) -> String {
    if replicas == 1 { "Another is ready".to_owned() } else { format!("{replicas} others are ready") }
}

fn replicas_wanted(replicas: u32) -> String {
    format!("{replicas} replicas are wanted")
}

/// All old pods end before new ones come.
pub(super) fn recreate(state: &mut State, service: ServiceIndex) {
    let newest = state.workloads[service].release;
    state.workloads[service].old_wanted = 0;
    workload::fit(state, service, Age::Old, "", "The old pod ends before the new one starts");
    if state.pods_of(service).any(|(_, pod)| pod.release < newest) {
        return;
    }
    let replicas = state.workloads[service].replicas;
    state.workloads[service].new_wanted = replicas;
    let why_more = if state.workloads[service].is_rolling {
        "The old pods have ended".to_owned()
    } else {
        replicas_wanted(replicas)
    };
    workload::fit(state, service, Age::New, &why_more, &only_wanted(replicas));
    workload::finish(state, service);
}
