//! The requests that a service answers at most, where each worker does nothing else while it has one.
//!
//! Of event loops and threads, which hold many requests at once, the document does not say enough to know.

use crate::model::Rate;
use crate::topology::{Name, Service, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A service to which more requests come at the peak than its workers answer: they queue up for as long as that lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overload {
    /// The service.
    pub service: Name,
    /// Its replicas.
    pub replicas: u32,
    /// The workers of all replicas, each of which has one request at a time.
    pub workers: u64,
    /// The requests that they answer in 1000 seconds, at most.
    #[serde(rename = "answered_per_1000_seconds")]
    pub answered: u64,
    /// The requests that arrive in 1000 seconds at the peak.
    #[serde(rename = "arriving_per_1000_seconds")]
    pub arriving: u64,
    /// The replicas that would answer all of them.
    pub replicas_needed: u32,
}

impl Overload {
    /// The overload of a service with so many replicas; none if it keeps up, or answers no requests from outside.
    pub(crate) fn of(service: &Service, replicas: u32, topology: &Topology) -> Option<Self> {
        let traffic = topology.traffic.as_ref()?;
        if !service.kind.one_request_per_process || service.memory.requests_in_flight == 0 {
            return None;
        }
        let workers = u64::from(replicas) * u64::from(service.workers);
        let micros = u128::from(traffic.latency.micros().max(1));
        // Workers ÷ latency, in thousandths of a request per second.
        let answered = u64::try_from(u128::from(workers) * 1_000_000_000 / micros).unwrap_or(u64::MAX);
        let replicas_needed = traffic.in_flight(service.workers);
        (traffic.peak.millis() > answered).then(|| Self {
            service: service.name.clone(),
            replicas,
            workers,
            answered,
            arriving: traffic.peak.millis(),
            replicas_needed: replicas_needed.max(replicas.saturating_add(1)),
        })
    }

    /// The requests that the workers answer, and those that arrive.
    pub(crate) fn rates(&self) -> (Rate, Rate) {
        // A rate of ten and more is told in whole requests.
        let rounded = |millis: u64| if millis < 10_000 { millis } else { millis / 1000 * 1000 };
        (Rate::from_millis(rounded(self.answered)), Rate::from_millis(rounded(self.arriving)))
    }
}

impl fmt::Display for Overload {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self { service, workers, replicas_needed, .. } = self;
        let (answered, arriving) = self.rates();
        let workers = if *workers == 1 { "one worker answers".to_owned() } else { format!("{workers} workers answer") };
        write!(
            formatter,
            "{workers} {answered} of {service} at most, and {arriving} arrive; it takes {replicas_needed} replicas"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Outcome;

    fn text(service: &str, target: &str, peak: &str) -> String {
        format!("services: {{ api: {{ {service} }} }}\n{target}\ntraffic: {{ rate: 1/s, peak: {peak}, latency: 1s }}\n")
    }

    const FLASK: &str =
        "python: { framework: flask, preload: true }, workers: 8, memory: { process: 10Mi, shared: 20Mi }";
    const SERVER: &str = "server: { cpu: 8, memory: 15Gi }";

    #[test]
    fn no_verdict_says_that_it_fits_where_the_workers_do_not_keep_up() {
        for target in [SERVER, "cluster: { nodes: [{ count: 3, cpu: 8, memory: 16Gi }], survive: nothing }"] {
            let outputs = crate::analyze(&text(FLASK, target, "100/s")).outputs.unwrap();
            let plan = &outputs.plan;
            let server = plan.server.as_ref().map(|server| (server.verdict.outcome, server.verdict.reason.sentence()));
            let cluster =
                plan.cluster.as_ref().map(|cluster| (cluster.verdict.outcome, cluster.verdict.reason.sentence()));
            let (outcome, sentence) = server.or(cluster).unwrap();
            assert_eq!(outcome, Outcome::DoesNotFit);
            assert_eq!(
                sentence,
                "It sinks at the peak: 8 workers answer 8/s of api at most, and 100/s arrive; it takes 13 replicas."
            );
            let capacity = crate::plan::capacity::capacity(&outputs.topology);
            let answers = [
                capacity.server.map(|server| server.answer.sentence().to_owned()),
                capacity.cluster.map(|cluster| cluster.answer.sentence().to_owned()),
            ];
            let answer = answers.into_iter().flatten().next().unwrap();
            assert!(answer.contains("helps. It sinks at the peak"), "{answer}");
        }
    }

    #[test]
    fn workers_hold_no_more_requests_than_there_are_workers() {
        let in_flight = |service: &str| {
            let outputs = crate::analyze(&text(service, SERVER, "100/s")).outputs.unwrap();
            outputs.topology.services[0].memory.requests_in_flight
        };
        assert_eq!(in_flight(FLASK), 8);
        assert_eq!(in_flight("python: {}, workers: 8"), 100);
    }

    #[test]
    fn enough_replicas_keep_up_and_one_fewer_do_not() {
        let overload = |replicas: u32| {
            let service = format!("{FLASK}, replicas: {replicas}");
            let topology = crate::analyze(&text(&service, SERVER, "100/s")).outputs.unwrap().topology;
            Overload::of(&topology.services[0], replicas, &topology)
        };
        assert_eq!(overload(12).unwrap().replicas_needed, 13);
        assert_eq!(overload(13), None);
    }
}
