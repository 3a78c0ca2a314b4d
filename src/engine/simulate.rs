//! The task that the timeline asks for: what happens over time.

use super::{Lane, Task};
use crate::plan::simulate::{Scenario, Simulation, simulate};
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Plays a scenario with what a text describes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Simulate {
    /// The document.
    pub text: String,
    /// What happens.
    pub scenario: Scenario,
}

impl Task for Simulate {
    /// Nothing, if the text cannot be read at all.
    type Answer = Option<Simulation>;
    const LANE: Lane = Lane::Simulation;

    fn run(self, _: &mut Progress) -> Option<Simulation> {
        let topology = crate::topology_of(&self.text)?;
        Some(simulate(&topology, &self.scenario))
    }
}
