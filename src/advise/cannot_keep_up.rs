//! `cannot-keep-up`: more requests arrive at the peak than the workers of a service answer.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::{Duration, service_field};
use crate::plan::Overload;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::Service;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "cannot-keep-up",
    Explanation {
        title: "More requests than the workers answer",
        why: "Gunicorn's own workers do one request at a time, so a service answers its workers divided by the time \
              that a request takes. When more arrive, they queue up for as long as the peak lasts: every request \
              waits longer than the one before it, until clients and proxies give up. More memory or a larger \
              machine changes nothing. Run more workers or replicas, or answer faster.",
        fails: Example::Document(
            "\
services:
  api: { python: { framework: flask }, workers: 2, replicas: 1 }
server: {}
traffic: { rate: 2/s, peak: 10/s, latency: 1s }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: { framework: flask }, workers: 2, replicas: 5 }
server: {}
traffic: { rate: 2/s, peak: 10/s, latency: 1s }
",
        ),
    },
    Some("https://docs.gunicorn.org/en/stable/design.html#sync-workers"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let has_cluster = advised.topology.cluster.is_some();
    let replicas = |service: &Service| if has_cluster { service.replicas.peak() } else { service.replicas.steady() };
    let overloaded = advised
        .services()
        .filter_map(|(service, _)| Some((service, Overload::of(service, replicas(service), advised.topology)?)));
    let latency = advised.topology.traffic.as_ref().map(|traffic| traffic.latency);
    let finding = |(service, overload): (&Service, Overload)| {
        let span = advised.at(&service.field(service_field!("replicas")));
        let needed = overload.replicas_needed;
        let help = match needed.checked_mul(service.workers) {
            Some(workers) => format!("Run {needed} replicas, or {workers} workers in all; or make requests shorter"),
            None => "Make requests shorter".to_owned(),
        };
        Finding::warning(&RULE, span, message_of(&overload, latency.unwrap_or(Duration::from_millis(0))))
            .help(help)
            .cite()
    };
    overloaded.map(finding).collect()
}

fn message_of(overload: &Overload, latency: Duration) -> Message {
    message!(
        "`{service}` answers {answered} at most, and {arriving} arrive at the peak: its workers, {workers} in all, do one \
         request of {latency} at a time",
        service = overload.service,
        answered = overload.rates().0,
        arriving = overload.rates().1,
        workers = overload.workers,
        latency
    )
}
