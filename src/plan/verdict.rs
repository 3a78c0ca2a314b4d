//! Verdicts: whether a machine carries what is to run on it.

use super::figures::pair;
use super::statement::Statement;
use crate::quantity::Memory;
use crate::topology::{Name, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether it fits, why, and the figures behind that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{R}Summary"))]
pub struct Verdict<R> {
    /// The answer in a word.
    pub outcome: Outcome,
    /// The reason, which makes the headline: `It floats: the peak fits, and so does losing one node.`
    pub reason: Statement<R>,
    /// The figures behind it, in a line.
    pub figures: String,
}

/// The answer in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Outcome {
    /// It fits, with room for what usually goes wrong.
    Fits,
    /// It fits, but without room for what usually goes wrong: past the load line, or only with nodes that are added.
    Tight,
    /// It does not fit.
    DoesNotFit,
    /// It is too large to be placed here; see [`ClusterPlan::limits`](super::ClusterPlan::limits).
    Undecided,
}

/// The reason for a verdict.
pub trait Reason: fmt::Display {
    /// The answer that follows from it.
    fn outcome(&self) -> Outcome;
}

impl<R> Verdict<R> {
    /// The reason and the figures behind it, as sentences.
    pub fn sentences(&self) -> (&str, &str) {
        (self.reason.sentence(), &self.figures)
    }
}

impl<R: Reason> Verdict<R> {
    pub(super) fn new(reason: R, figures: String) -> Self {
        Self { outcome: reason.outcome(), reason: reason.into(), figures }
    }
}

/// A service whose containers need more memory than their limit: they are killed wherever they run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OverItsLimit {
    pub service: Name,
    pub need: Memory,
    pub limit: Memory,
}

impl OverItsLimit {
    /// The first such service that is to run.
    pub fn first(topology: &Topology) -> Option<Self> {
        let is_over = |memory: &crate::topology::ContainerMemory| memory.need() > memory.limit;
        let mut running = topology.services.iter().filter(|service| service.replicas.peak() > 0);
        let service = running.find(|service| is_over(&service.memory))?;
        Some(Self { service: service.name.clone(), need: service.memory.need(), limit: service.memory.limit })
    }
}

impl fmt::Display for OverItsLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let (need, limit) = pair(self.need, self.limit);
        write!(formatter, "It sinks: a container of {} needs {need} and is killed at {limit}.", self.service)
    }
}
