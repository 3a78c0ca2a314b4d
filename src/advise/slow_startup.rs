//! `slow-startup`: on a cluster, containers start so slowly that an autoscaler reacts too late, or that a new release takes
//! more than half an hour.
//!
//! Probes wait for as long as `startup` says, so they are not what breaks.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::{FieldPath, service_field};
use crate::plan::durations::roughly;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::{Duration, Name, Replicas, Service};

const ROLLOUT: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy";

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "slow-startup",
    Explanation {
        title: "Containers that start too slowly for peaks or releases",
        why: "An autoscaler reacts to load that is already there: by the time it has seen a peak and its new pods \
              have loaded a model for minutes, the peak has been served badly or is over. A release of many slow \
              pods takes more than half an hour, longer than anyone watches it. Keep models and data in the image or \
              on a disk, answer before everything is loaded, or keep a higher `min`.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, startup: 3m, autoscale: { min: 2, max: 3 } }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, startup: 5s, autoscale: { min: 2, max: 3 } }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some(
        "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
    ),
);

/// The seconds until the autoscaler sees a peak: metrics are 15 s old, and it syncs every 15 s.
const SEEN_AFTER_SECONDS: u64 = 30;
/// The least seconds from the begin of a peak to the first new replica that are reported.
const LATE_SECONDS: u64 = 120;
/// A release that takes longer is not watched to its end.
const LONG_RELEASE_SECONDS: u64 = 1800;

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    let late = advised.services().filter_map(|(service, _)| comes_late(advised, service));
    let long = cluster.rollouts.iter().filter(|rollout| rollout.least_seconds > LONG_RELEASE_SECONDS).map(|rollout| {
        let message = message!(
            "A new release of `{service}` takes {least_seconds} at least: {replicas} replicas, of which a quarter start at a time",
            service = rollout.service,
            least_seconds = rollout.least_seconds => roughly(rollout.least_seconds),
            replicas = rollout.replicas
        );
        let span = advised.at(&FieldPath::of_service(&rollout.service, service_field!("startup")));
        Finding::info(&RULE, span, message)
            .help("Make it start faster: keep models and data in the image or on a disk, or load them after it answers")
            .link(ROLLOUT)
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
    let message = replicas_come_late(&service.name, after, min, queued);
    let finding = Finding::warning(&RULE, advised.at(&service.field(service_field!("startup"))), message);
    Some(finding.help("Raise `min` to what a peak needs, or make it start faster: put models into the image, and load them after it answers").cite())
}

/// The message for replicas that come late; with how many requests wait by then, if that is known.
fn replicas_come_late(service: &Name, seconds: u64, replicas: u32, queued_requests: Option<u64>) -> Message {
    let carry = if replicas == 1 { "carries" } else { "carry" };
    let queued = match queued_requests {
        Some(requests) => format!("; by then about {requests} requests have queued up"),
        None => String::new(),
    };
    let message = message!(
        "New replicas of `{service}` answer {seconds} after a peak begins, and until then {replicas} {carry} it alone{queued}",
        service,
        seconds = seconds => roughly(*seconds),
        replicas
    );
    match queued_requests {
        Some(requests) => message.with("queued_requests", &requests),
        None => message,
    }
}

/// Returns how many requests queue up in `seconds`, if the CPU time of one is known.
fn queued(advised: &Advised, service: &Service, replicas: u32, seconds: u64) -> Option<u64> {
    let peak = advised.topology.traffic.as_ref().filter(|_| service.memory.requests_in_flight > 0)?.peak;
    let busy = service.cpu_per_request.filter(|busy| *busy > Duration::from_millis(0))?;
    let processes = u128::from(service.workers) * u128::from(replicas);
    // Thousandths of a request per second.
    let served = processes * 1_000_000_000 / u128::from(busy.micros().max(1));
    let growing = u128::from(peak.millis()).saturating_sub(served);
    u64::try_from(growing * u128::from(seconds) / 1000).ok().filter(|requests| *requests > 0)
}
