//! The task of a thumbnail: the memory of each service.

use super::{Lane, Task};
use crate::plan::plan;
use crate::progress::Progress;
use crate::quantity::Memory;
use serde::{Deserialize, Serialize};

/// Works out the memory of each service of a document, for a picture of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemoryByService {
    /// The document.
    pub text: String,
}

/// The memory of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its place in the document, counted from 0.
    pub service: usize,
    /// The limits of its containers when nothing happens.
    pub memory: Memory,
}

impl Task for MemoryByService {
    /// The services that run, in the document's order; none if the text cannot be read at all.
    type Answer = Vec<Piece>;
    const LANE: Lane = Lane::Background;

    fn run(self, _: &mut Progress) -> Vec<Piece> {
        let Some(topology) = crate::topology_of(&self.text) else { return Vec::new() };
        let plan = plan(&topology);
        let limits = topology.running().zip(plan.services);
        limits.map(|((id, _), service)| Piece { service: id.index(), memory: service.steady.limit }).collect()
    }
}
