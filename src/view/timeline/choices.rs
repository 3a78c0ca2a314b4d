//! The scenarios that a topology offers on a target.

use super::choice::{Choice, Shape};
use crate::engine::Report;
use crate::plan::simulate::{AvailableScenarios, ScenarioKind, Target};

/// The choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// The scenarios.
    pub offer: AvailableScenarios,
    /// The target.
    pub target: Target,
    /// The nodes.
    pub nodes: Vec<String>,
    /// The default node.
    pub fullest: Option<String>,
}

impl Choices {
    /// The choices that a report offers on a target.
    pub fn of(report: &Report, target: Target) -> Self {
        let nodes = report.plan.cluster.iter().flat_map(|cluster| &cluster.nodes);
        // The first of equals.
        let fullest = nodes.clone().reduce(|most, next| if next.steady.pods > most.steady.pods { next } else { most });
        Self {
            offer: report.scenarios.clone(),
            target,
            fullest: fullest.map(|node| node.node.clone()),
            nodes: nodes.map(|node| node.node.clone()).collect(),
        }
    }

    /// The node of a scenario: the chosen one if it exists, otherwise the fullest.
    pub fn node(&self, choice: &Choice) -> Option<String> {
        let chosen = choice.node.as_ref().filter(|name| self.nodes.contains(name));
        chosen.or(self.fullest.as_ref()).cloned()
    }

    /// The label of a scenario.
    pub fn name(&self, kind: Option<ScenarioKind>, choice: &Choice) -> String {
        let service = |kind| choice.service_of(&self.offer, kind).unwrap_or_default();
        let node = || self.node(choice).unwrap_or_default();
        match kind {
            None => "Steady".to_owned(),
            Some(kind @ ScenarioKind::Rollout) => format!("Rollout of {}", service(kind)),
            Some(ScenarioKind::Traffic) if choice.shape == Shape::Points => "Traffic of your own".to_owned(),
            Some(ScenarioKind::Traffic) if choice.shape == Shape::Steady => format!("Traffic {}", self.offer.rate),
            Some(ScenarioKind::Traffic) => format!("Peak {}", self.offer.peak),
            Some(ScenarioKind::NodeLoss) => format!("Lose {}", node()),
            Some(ScenarioKind::Drain) => format!("Drain {}", node()),
            Some(kind @ ScenarioKind::Leak) => format!("Slow leak of {}", service(kind)),
        }
    }
}
