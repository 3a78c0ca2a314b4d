//! The scenarios that are available for a topology, for a person to choose from.

use super::scenario::{ScenarioKind, Target, is_running, takes_requests, usual};
use super::usual_rates;
use crate::topology::{Name, Rate, Topology};
use serde::{Deserialize, Serialize};

/// The scenarios that are available for a topology, and the services that they apply to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvailableScenarios {
    /// The services that run all the time, in the document's order: those that can be released and can leak.
    pub services: Vec<Name>,
    /// The one of them that is released unless another is chosen: the first that requests come to, or else the first.
    pub usual_service: Option<Name>,
    /// The one of them that leaks unless another is chosen: the first that the document says grows, or else the same.
    pub leaking_service: Option<Name>,
    /// The services that requests come to.
    pub busy: Vec<Name>,
    /// The requests that usually arrive.
    pub rate: Rate,
    /// Those that arrive at the busiest time.
    pub peak: Rate,
    /// How many nodes there are.
    pub nodes: usize,
}

impl AvailableScenarios {
    /// Returns the scenarios that are available for a topology.
    pub fn of(topology: &Topology) -> Self {
        let running = || topology.services.iter().filter(|service| is_running(service));
        let (rate, peak) = usual_rates(topology);
        let groups = topology.cluster.iter().flat_map(|cluster| &cluster.nodes);
        Self {
            services: running().map(|service| service.name.clone()).collect(),
            usual_service: running()
                .find(|service| takes_requests(service, topology))
                .or(running().next())
                .map(|service| service.name.clone()),
            leaking_service: usual(topology)
                .and_then(|index| topology.services.get(index))
                .map(|service| service.name.clone()),
            busy: running()
                .filter(|service| takes_requests(service, topology))
                .map(|service| service.name.clone())
                .collect(),
            rate,
            peak,
            nodes: groups.map(|group| group.count as usize).sum(),
        }
    }

    /// The scenarios that can happen there, in the order in which a person thinks of them.
    pub fn scenarios(&self, target: Target) -> Vec<ScenarioKind> {
        let can_happen = |kind: &ScenarioKind| match kind {
            ScenarioKind::Rollout | ScenarioKind::Leak => !self.services.is_empty(),
            ScenarioKind::Traffic => !self.busy.is_empty(),
            ScenarioKind::NodeLoss | ScenarioKind::Drain => {
                target == Target::Cluster && self.nodes > 0 && !self.services.is_empty()
            }
        };
        let all = [
            ScenarioKind::Rollout,
            ScenarioKind::Traffic,
            ScenarioKind::NodeLoss,
            ScenarioKind::Drain,
            ScenarioKind::Leak,
        ];
        all.into_iter().filter(can_happen).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::simulate::{Outcome, Scenario, simulate};

    fn offer(text: &str) -> (Topology, AvailableScenarios) {
        let topology = crate::analyze(text).outputs.unwrap().topology;
        let offer = AvailableScenarios::of(&topology);
        (topology, offer)
    }

    #[test]
    fn what_is_offered_can_be_simulated_and_what_is_not_cannot_or_does_nothing() {
        for text in [
            "services: { api: { python: {} }, db: { postgres: {} } }\n",
            "services: { api: { python: {} } }\nserver: {}\n",
            "services: { api: { image: \"a:1\", replicas: 0 } }\ncluster: {}\n",
            "services: { db: { postgres: {} } }\ncluster: { nodes: [{ count: 0 }] }\nserver: {}\n",
            "services: { nightly: { image: \"a:1\", schedule: \"0 3 * * *\" } }\n",
        ] {
            let (topology, offer) = offer(text);
            for target in [Target::Cluster, Target::Server] {
                for kind in ScenarioKind::ALL {
                    let scenario = Scenario { target: Some(target), ..Scenario::new(kind) };
                    let has_target = match target {
                        Target::Cluster => topology.cluster.is_some(),
                        Target::Server => topology.server.is_some(),
                    };
                    let is_offered = offer.scenarios(target).contains(&kind);
                    let does_nothing = *simulate(&topology, &scenario).outcome == Outcome::NoRequests;
                    let can_be = scenario.impossible(&topology).is_none() && !does_nothing;
                    assert_eq!(has_target && is_offered, can_be, "{kind:?} {target:?} {text}");
                }
            }
        }
    }

    #[test]
    fn the_service_that_people_come_to_is_the_usual_one() {
        let text = "services: { db: { postgres: {}, memory: { growth: 5Mi } }, api: { python: {}, needs: [db] } }\n";
        let (_, offer) = offer(text);
        assert_eq!(offer.usual_service.as_ref().map(Name::as_str), Some("api"));
        assert_eq!(offer.leaking_service.as_ref().map(Name::as_str), Some("db"), "the document says that it grows");
        assert_eq!(offer.busy.iter().map(Name::as_str).collect::<Vec<_>>(), ["api"]);
        assert_eq!((offer.rate.to_string(), offer.peak.to_string()), ("10/s".to_owned(), "50/s".to_owned()));
    }
}
