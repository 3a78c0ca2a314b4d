//! A StatefulSet: pods with a name and a disk, made one after another, each once those before it are ready, and replaced one by
//! one from the last. A name is free only when its pod is known to be gone: while a lost node stays in the cluster, its pods
//! are not replaced.
//!
//! Source: `pkg/controller/statefulset/stateful_set_control.go` (v1.36.2),
//! <https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees>.

use super::state::{ServiceIndex, State};
use super::workload::only_wanted;
use super::{lifecycle, workload};
use crate::sorting;

pub(super) fn reconcile(state: &mut State, service: ServiceIndex) {
    let workload = &state.workloads[service];
    let (replicas, newest) = (workload.replicas, workload.release);
    let pods = sorting::map(state.pods_of(service).map(|(id, pod)| (pod.number, id)));
    for number in 1..=replicas {
        let Some(id) = pods.get(&number) else {
            let why = if workload.is_rolling { "The old pod of its name has ended" } else { "Its name has no pod" };
            lifecycle::create(state, service, number, newest, why);
            return;
        };
        if state.pod(*id).ready.is_none() || state.pod(*id).is_deleted {
            return;
        }
    }
    let last_old = pods.values().rev().find(|id| state.pod(**id).release < newest);
    match (pods.iter().next_back(), last_old) {
        (Some((number, id)), _) if *number > replicas => {
            lifecycle::delete(state, *id, &only_wanted(replicas));
        }
        (_, Some(id)) => {
            lifecycle::delete(state, *id, "The others are ready; the old pod ends before the new one starts");
        }
        _ => {
            state.workloads[service].new_wanted = replicas;
            workload::finish(state, service);
        }
    }
}
