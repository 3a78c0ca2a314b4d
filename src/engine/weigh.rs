//! The task that a small picture asks for: what each service takes.

use super::{Lane, Task};
use crate::plan::plan;
use crate::progress::Progress;
use crate::quantity::Memory;
use serde::{Deserialize, Serialize};

/// Works out how much memory the services of a text take, for a picture of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weigh {
    /// The document.
    pub text: String,
}

/// What one service takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its place in the document, counted from 0.
    pub service: usize,
    /// The limits of its containers when nothing happens.
    pub memory: Memory,
}

impl Task for Weigh {
    /// The services that run, in the document's order; none if the text cannot be read at all.
    type Answer = Vec<Piece>;
    const LANE: Lane = Lane::Errand;

    fn run(self, _: &mut Progress) -> Vec<Piece> {
        let Some(topology) = crate::topology_of(&self.text) else { return Vec::new() };
        let plan = plan(&topology);
        let limits = topology.running().zip(plan.services);
        limits.map(|((id, _), service)| Piece { service: id.index(), memory: service.steady.limit }).collect()
    }
}
