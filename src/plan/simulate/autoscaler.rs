//! A HorizontalPodAutoscaler: every 15 s it looks at what the pods use of the processors, and says how many there should be.
//!
//! What a pod uses is measured over the 15 s before. The generated autoscalers have no `behavior`, so what is asked for is
//! the most of the last 300 s, and at most twice what there is, or 4.
//!
//! Source: `reconcileAutoscaler`, `stabilizeRecommendation` and `normalizeDesiredReplicas` of
//! `pkg/controller/podautoscaler/horizontal.go`, the defaults of `config/v1alpha1/defaults.go` beside it (v1.36.2).

use super::curve::whole;
use super::event::Event;
use super::record::What;
use super::state::{Millis, Phase, Pod, SECOND, ServiceIndex, State, Workload};
use super::workload;
use crate::plan::controllers::replica_calculator::{self as calculator, Proposal, Readiness, Resource, Sample, Target};
use crate::plan::controllers::scaling_rules::{Limit, limited};
use crate::topology::Replicas;

/// How often it looks (`--horizontal-pod-autoscaler-sync-period`), and over how long the processors' use is measured.
pub(super) const SYNC: Millis = 15 * SECOND;
/// How far the use may be from the target (`--horizontal-pod-autoscaler-tolerance`).
const TOLERANCE: f64 = 0.1;
/// For how long a larger recommendation holds (`--horizontal-pod-autoscaler-downscale-stabilization`).
const STABILISATION: Millis = 300 * SECOND;

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
    let recommendations = &mut state.workloads[service].recommendations;
    recommendations.retain(|(time, _)| now - time <= STABILISATION);
    let stable = recommendations.iter().map(|(_, replicas)| *replicas).fold(proposal.replicas, i32::max);
    recommendations.push((now, proposal.replicas));
    let (wanted, limit) = limited(current, stable, (int(min), int(max)));
    if wanted != current {
        state.workloads[service].replicas = u32::try_from(wanted).unwrap_or(0);
        state.touch(service);
        state.tell_service(What::Scaled, service, why((current, wanted), &proposal, stable, &target, limit));
        workload::reconcile_soon(state, service);
    }
}

/// Whether what it asks for has been the same for as long as it remembers, so that it asks for nothing else.
pub(super) fn is_settled(workload: &Workload, now: Millis) -> bool {
    let Some(((since, first), rest)) = workload.recommendations.split_first() else { return false };
    now - since >= STABILISATION && rest.iter().all(|(_, replicas)| replicas == first)
}

/// Why it goes from one number of replicas to another, where the most that was asked for lately is `stable`.
fn why((from, to): (i32, i32), proposal: &Proposal, stable: i32, target: &Target, limit: Limit) -> String {
    let Proposal { replicas, utilization_percent, .. } = proposal;
    let aim = target.utilization_percent;
    let lately = if stable > *replicas { format!(", lately {stable}") } else { String::new() };
    let limit = match limit {
        Limit::ScaleUpLimit => "; at most double, or 4",
        Limit::TooManyReplicas => "; no more allowed",
        Limit::TooFewReplicas => "; no fewer allowed",
        Limit::DesiredWithinRange | Limit::ScaleDownLimit => "",
    };
    format!(
        "{from} to {to}: CPU at {utilization_percent} % of its request, aim {aim} %, asks for {replicas}{lately}{limit}"
    )
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
