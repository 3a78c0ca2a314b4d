//! A HorizontalPodAutoscaler: every 15 s it reads the CPU use of the pods, and sets the number of replicas.
//!
//! CPU use is measured over the last 15 s. The generated autoscalers have Kubernetes' default `behavior`: they scale up at
//! once, by 4 pods or to twice as many in 15 s, whichever is more, and down to the highest recommendation of the last 300 s.
//!
//! Source: `reconcileAutoscaler`, `stabilizeRecommendationWithBehaviors` and `normalizeDesiredReplicasWithBehaviors` of
//! `pkg/controller/podautoscaler/horizontal.go`, the defaults of `config/v1alpha1/defaults.go` beside it and of
//! `pkg/apis/autoscaling/v2/defaults.go` (v1.36.2).

use super::event::Event;
use super::record::EventKind;
use super::state::{Millis, Phase, Pod, SECOND, ServiceIndex, State, Workload};
use super::workload;
use crate::plan::controllers::replica_calculator::{self as calculator, Proposal, Readiness, Resource, Sample, Target};
use crate::plan::controllers::scaling_rules::{
    Change, History, Limit, ScaleEvent, ScalingPolicy, ScalingRules, SelectPolicy, limited_by_rules, scale_down_limit,
    scale_up_limit,
};
use crate::topology::{Replicas, whole};

/// The sync period (`--horizontal-pod-autoscaler-sync-period`), over which CPU use is also measured.
pub(super) const SYNC: Millis = 15 * SECOND;
/// How far the use may be from the target (`--horizontal-pod-autoscaler-tolerance`).
const TOLERANCE: f64 = 0.1;
/// For how long a larger recommendation keeps pods from being taken away (`scaleDown.stabilizationWindowSeconds`).
const STABILISATION: Millis = 300 * SECOND;
/// The period of the policies.
const PERIOD_SECONDS: u32 = 15;

/// It looks, and again 15 s later.
pub(super) fn sync(state: &mut State, service: ServiceIndex) {
    state.after(SYNC, Event::Autoscale(service));
    let Replicas::Autoscaled { min, max, cpu } = state.service(service).replicas else { return };
    let target = Target {
        resource: Resource::Cpu,
        utilization_percent: cpu.get().into(),
        tolerance_up: TOLERANCE,
        tolerance_down: TOLERANCE,
    };
    let now = state.now;
    let used = state.workloads[service].load.as_ref().map_or(0.0, |load| load.cpu_used_at(now));
    let (since, before) = std::mem::replace(&mut state.workloads[service].last_sync, (now, used));
    let seconds = whole(now - since).max(1.0) / 1000.0;
    let use_of = |pod: &Pod| if pod.ready.is_some() { (used - before.max(pod.cpu_before)) / seconds } else { 0.0 };
    let request = i64::try_from(state.service(service).cpu.millis()).unwrap_or(i64::MAX);
    let pods: Vec<calculator::Pod> =
        state.pods_of(service).map(|(_, pod)| seen(state, pod, request, nearest(use_of(pod)))).collect();
    state.record.work += pods.len() as u64;
    let current = int(state.workloads[service].replicas);
    let Ok(proposal) = calculator::propose(current, &target, &pods) else { return };
    let workload = &mut state.workloads[service];
    workload.recommendations.retain(|(time, _)| now - time < STABILISATION);
    let lately = workload.recommendations.iter().map(|(_, replicas)| *replicas).fold(proposal.replicas, i32::max);
    workload.recommendations.push((now, proposal.replicas));
    // Up at once, down no further than to what was asked for lately.
    let stable = if proposal.replicas > current { proposal.replicas } else { current.min(lately) };
    let (wanted, limit) = limited_by_rules(current, stable, (int(min), int(max)), step_limits(workload, current, now));
    if wanted != current {
        workload.scaled.push((now, wanted - current));
        state.workloads[service].replicas = u32::try_from(wanted).unwrap_or(0);
        state.touch(service);
        state.record_service(EventKind::Scaled, service, why((current, wanted), &proposal, &target, limit));
        workload::reconcile_soon(state, service);
    }
}

/// How far it may go at once, up and down.
fn step_limits(workload: &mut Workload, current: i32, now: Millis) -> (i32, i32) {
    workload.scaled.retain(|(time, _)| now - time < u64::from(PERIOD_SECONDS) * SECOND);
    let events = |is_up: bool| {
        let events = workload.scaled.iter().filter(move |(_, pods)| (*pods > 0) == is_up);
        events.map(|(time, pods)| ScaleEvent { pods: pods.abs(), millis_ago: now - time }).collect::<Vec<_>>()
    };
    let (added, removed) = (events(true), events(false));
    let history = History { added: &added, removed: &removed };
    let rules = |changes: &[Change]| {
        let policy = |change: &Change| ScalingPolicy { change: *change, period_seconds: PERIOD_SECONDS };
        ScalingRules { select: SelectPolicy::Max, policies: changes.iter().map(policy).collect() }
    };
    let up = scale_up_limit(current, &rules(&[Change::Pods(4), Change::Percent(100)]), history);
    let down = scale_down_limit(current, &rules(&[Change::Percent(100)]), history);
    (up, down)
}

/// Whether what it asks for has been the same for as long as it remembers, so that it asks for nothing else.
pub(super) fn is_settled(workload: &Workload, now: Millis) -> bool {
    let Some(((since, first), rest)) = workload.recommendations.split_first() else { return false };
    now - since >= STABILISATION - SYNC && rest.iter().all(|(_, replicas)| replicas == first)
}

/// Says why it scales from one number of replicas to another.
fn why((from, to): (i32, i32), proposal: &Proposal, target: &Target, limit: Limit) -> String {
    let used = [proposal.utilization_percent, target.utilization_percent];
    scaled([from, to], used, proposal.replicas, limit)
}

/// From one number of replicas to another, since at this use of its request and with that aim the autoscaler asks for so
/// many.
fn scaled([from, to]: [i32; 2], [used_percent, aim_percent]: [i32; 2], asked: i32, limit: Limit) -> String {
    let limit = match limit {
        Limit::ScaleUpLimit => "; no more in 15 s",
        Limit::TooManyReplicas => "; no more allowed",
        Limit::TooFewReplicas => "; no fewer allowed",
        Limit::ScaleDownLimit => "; no fewer in 15 s",
        Limit::DesiredWithinRange => "",
    };
    format!("{from} to {to}: CPU at {used_percent} % of its request, aim {aim_percent} %, asks for {asked}{limit}")
}

/// A pod as the autoscaler sees it; request and usage are in thousandths of a core.
fn seen(state: &State, pod: &Pod, request: i64, usage: i64) -> calculator::Pod {
    let phase = match pod.phase {
        _ if pod.is_deleted => calculator::Phase::Gone,
        Phase::Pending => calculator::Phase::Pending,
        Phase::Running | Phase::Waiting => calculator::Phase::Running,
        Phase::Gone => calculator::Phase::Gone,
    };
    let is_up = pod.machine.is_some_and(|machine| state.is_up(machine));
    let is_measured = is_up && pod.phase == Phase::Running && state.now - pod.started + pod.older_by >= SYNC;
    let seconds_ago = |time: Millis| i64::try_from((state.now - time + pod.older_by) / SECOND).unwrap_or(i64::MAX);
    calculator::Pod {
        phase,
        request,
        sample: is_measured.then(|| Sample {
            usage,
            seconds_ago: 0,
            window_seconds: i64::try_from(SYNC / SECOND).unwrap_or(0),
        }),
        readiness: pod.machine.is_some().then(|| Readiness {
            is_ready: pod.ready.is_some(),
            changed_seconds_ago: seconds_ago(pod.ready.unwrap_or(pod.started)),
            started_seconds_ago: seconds_ago(pod.created),
        }),
    }
}

fn int(replicas: u32) -> i32 {
    i32::try_from(replicas).unwrap_or(i32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
fn nearest(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn the_generated_autoscaler_has_the_behaviour_that_is_simulated() {
        let text = "services: { api: { image: \"a:1\", autoscale: { min: 2, max: 5 } } }\ncluster: {}\n";
        let outputs = crate::analyze(text).outputs.unwrap();
        let artifacts = outputs.artifacts();
        let documents = artifacts.iter().flat_map(|artifact| artifact.text.split("\n---\n"));
        let objects = documents.filter_map(|text| serde_yaml::from_str::<Value>(text).ok());
        let behaviours: Vec<Value> = objects
            .into_iter()
            .filter(|object| object["kind"] == "HorizontalPodAutoscaler")
            .map(|object| object["spec"]["behavior"].clone())
            .collect();
        // What is not said is Kubernetes' default.
        assert_eq!(behaviours, [json!({ "scaleDown": { "stabilizationWindowSeconds": super::STABILISATION / 1000 } })]);
    }
}
