//! The workload of a service: triggers its controller, and matches the pods to the wanted numbers.

use super::event::Event;
use super::record::EventKind;
use super::scenario::{Target, is_running};
use super::state::{Controller, MachineId, PodId, ServiceIndex, State, Workload};
use super::{deployment, lifecycle, stateful_set};
use crate::plan::controllers::deletion_order::{self, Candidate};
use crate::plan::controllers::rolling_update::Pods;
use crate::sorting;
use crate::topology::Service;
use std::collections::BTreeMap;

impl Workload {
    /// The workload of a service before it has pods.
    pub fn of(service: &Service, is_server: bool, load: Option<super::load::Load>) -> Self {
        let controller = match service {
            _ if is_server => Controller::Compose,
            service if service.is_stateful() => Controller::StatefulSet,
            service if service.surge_percent().is_some() => Controller::RollingDeployment,
            _ => Controller::RecreatingDeployment,
        };
        let replicas = if is_running(service) { service.replicas.steady() } else { 0 };
        Self {
            controller,
            replicas,
            old_wanted: 0,
            new_wanted: replicas,
            release: 1,
            job: None,
            waits_for_job: false,
            is_rolling: false,
            pods: Vec::new(),
            next_number: 1,
            is_queued: false,
            load,
            counts: None,
            recommendations: Vec::new(),
            scaled: Vec::new(),
            last_sync: (0, 0.0),
        }
    }
}

/// Schedules a reconciliation of the service.
pub(super) fn reconcile_soon(state: &mut State, service: ServiceIndex) {
    if !std::mem::replace(&mut state.workloads[service].is_queued, true) {
        state.react(service, Event::Reconcile(service));
    }
}

/// Lets the controller of the service reconcile its pods.
pub(super) fn reconcile(state: &mut State, service: ServiceIndex) {
    state.workloads[service].is_queued = false;
    match state.workloads[service].controller {
        Controller::RollingDeployment => deployment::roll(state, service),
        Controller::RecreatingDeployment => deployment::recreate(state, service),
        Controller::StatefulSet => stateful_set::reconcile(state, service),
        Controller::Compose => {}
    }
    state.record.work += state.workloads[service].pods.len() as u64;
}

/// A new release of the service begins.
pub(super) fn release(state: &mut State, service: ServiceIndex) {
    let waits_for_job = state.target == Target::Cluster && state.service(service).waits_for_job();
    let workload = &mut state.workloads[service];
    workload.release += 1;
    workload.waits_for_job = waits_for_job;
    workload.is_rolling = true;
    (workload.old_wanted, workload.new_wanted) = (workload.new_wanted, 0);
    let replicas = workload.replicas;
    let how = match workload.controller {
        Controller::RollingDeployment => format!("Of {replicas}, new ones come before old ones go"),
        Controller::RecreatingDeployment => format!("Of {replicas}, all old ones end before new ones come"),
        Controller::StatefulSet => format!("Of {replicas}, one by one, the last first"),
        Controller::Compose => format!("Of {replicas}, all old ones stop before new ones start"),
    };
    state.record_service(EventKind::ReleaseBegins, service, how);
    reconcile_soon(state, service);
}

/// Whether all pods are of the newest release, and enough of them are ready: then the release is done.
pub(super) fn finish(state: &mut State, service: ServiceIndex) {
    let workload = &state.workloads[service];
    let (old, new) = (pods_of_release(state, service, Age::Old), pods_of_release(state, service, Age::New));
    if !workload.is_rolling || old.wanted > 0 || new.available < workload.replicas {
        return;
    }
    let ending = state.counts(service).ending;
    state.workloads[service].is_rolling = false;
    state.record_service(EventKind::ReleaseDone, service, all_new(ending));
}

/// Says that a release is done, and how many old replicas are still terminating.
fn all_new(ending: u32) -> String {
    match ending {
        0 => "Every replica is new and ready".to_owned(),
        ending => format!("Every replica is new and ready; {ending} old still ending"),
    }
}

/// Of the newest release, or of one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Old,
    New,
}

/// The pods of a release that were not told to end, and how many of them are ready.
pub(super) fn pods_of_release(state: &State, service: ServiceIndex, age: Age) -> Pods {
    let newest = state.workloads[service].release;
    let mut pods = Pods::default();
    for (_, pod) in state.pods_of(service) {
        if !pod.is_deleted && (pod.release == newest) == (age == Age::New) {
            pods.wanted += 1;
            pods.available += u32::from(pod.ready.is_some());
        }
    }
    pods
}

/// Makes or ends pods of a release until there are as many as wanted: a ReplicaSet.
pub(super) fn fit(state: &mut State, service: ServiceIndex, age: Age, why_more: &str, why_fewer: &str) {
    let workload = &state.workloads[service];
    let (wanted, release) = match age {
        Age::Old => (workload.old_wanted, workload.release.saturating_sub(1)),
        Age::New => (workload.new_wanted, workload.release),
    };
    let is_of_age = |release: u32| (release == workload.release) == (age == Age::New);
    let active: Vec<PodId> =
        state.pods_of(service).filter(|(_, pod)| !pod.is_deleted && is_of_age(pod.release)).map(|(id, _)| id).collect();
    let there = u32::try_from(active.len()).unwrap_or(u32::MAX);
    for _ in there..wanted {
        let number = state.workloads[service].next_number;
        state.workloads[service].next_number += 1;
        lifecycle::create(state, service, number, release, why_more);
    }
    if there > wanted {
        for id in first_to_go(state, service, active).into_iter().take((there - wanted) as usize) {
            lifecycle::delete(state, id, why_fewer);
        }
    }
}

/// The pods in the order in which they would be ended.
fn first_to_go(state: &State, service: ServiceIndex, mut pods: Vec<PodId>) -> Vec<PodId> {
    let mut on_nodes: BTreeMap<Option<MachineId>, u32> = BTreeMap::new();
    for (_, pod) in state.pods_of(service).filter(|(_, pod)| !pod.is_deleted) {
        *on_nodes.entry(pod.machine).or_default() += 1;
    }
    let candidate = |id: &PodId| {
        let pod = state.pod(*id);
        Candidate {
            is_assigned: pod.machine.is_some(),
            is_running: pod.machine.is_some(),
            ready_millis: pod.ready.map(|since| state.now - since + pod.older_by),
            on_its_node: on_nodes.get(&pod.machine).copied().unwrap_or(0),
            restarts: pod.restarts,
            age_millis: state.now - pod.created + pod.older_by,
            number: pod.number,
        }
    };
    sorting::sort_by(&mut pods, |one, other| deletion_order::compare(&candidate(one), &candidate(other)));
    pods
}

pub(super) fn only_wanted(replicas: u32) -> String {
    format!("Only {replicas} replicas are wanted")
}
