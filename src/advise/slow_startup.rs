//! `slow-startup`: on a cluster, containers start so slowly that an autoscaler comes too late, or that a new release takes
//! more than half an hour.
//!
//! Probes wait for as long as `startup` says, so they are not what breaks.

use super::Advised;
use crate::finding::Finding;
use crate::topology::{Duration, Replicas, Service};
use crate::words::advice as words;

const RULE: &str = "slow-startup";
const AUTOSCALER: &str = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work";
const ROLLOUT: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy";

/// What passes before the autoscaler has seen a peak, in seconds: metrics are 15 s old, and it looks every 15 s.
const SEEN_AFTER_SECONDS: u64 = 30;
/// From so many seconds on a peak is long there before new replicas are.
const LATE_SECONDS: u64 = 120;
/// A release that takes longer is not watched to its end.
const LONG_RELEASE_SECONDS: u64 = 1800;

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let late = advised.services().filter_map(|(service, _)| comes_late(advised, service));
    let long = cluster.rollouts.iter().filter(|rollout| rollout.least_seconds > LONG_RELEASE_SECONDS).map(|rollout| {
        let message = words::release_takes_long(&rollout.service, rollout.least_seconds, rollout.replicas);
        let span = advised.at(&format!("services.{}.startup", rollout.service));
        Finding::info(RULE, span, message).help(words::START_FASTER).link(ROLLOUT)
    });
    late.chain(long).collect()
}

/// The autoscaler's replicas answer long after a peak has begun.
fn comes_late(advised: &Advised, service: &Service) -> Option<Finding> {
    let Replicas::Autoscaled { min, max, .. } = service.replicas else { return None };
    let after = SEEN_AFTER_SECONDS + u64::from(service.startup.whole_seconds());
    if min >= max || after < LATE_SECONDS {
        return None;
    }
    let queued = queued(advised, service, min, after);
    let message = words::replicas_come_late(&service.name, after, min, queued);
    let finding = Finding::warning(RULE, advised.at(&service.field("startup")), message);
    Some(finding.help(words::READY_FOR_PEAK).link(AUTOSCALER))
}

/// How many requests queue up in so many seconds, where it is known what one takes of the processors.
fn queued(advised: &Advised, service: &Service, replicas: u32, seconds: u64) -> Option<u64> {
    let peak = advised.topology.traffic.as_ref().filter(|_| service.memory.requests_in_flight > 0)?.peak;
    let busy = service.cpu_per_request.filter(|busy| *busy > Duration::from_millis(0))?;
    let processes = u128::from(service.workers) * u128::from(replicas);
    // Thousandths of a request per second.
    let served = processes * 1_000_000_000 / u128::from(busy.micros().max(1));
    let growing = u128::from(peak.millis()).saturating_sub(served);
    u64::try_from(growing * u128::from(seconds) / 1000).ok().filter(|requests| *requests > 0)
}
