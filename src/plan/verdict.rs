//! Verdicts: whether a machine carries what is to run on it.

use super::figures::pair;
use super::statement::Statement;
use super::throughput::Overload;
use crate::quantity::Memory;
use crate::topology::{Name, Service, Topology};
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

/// A service that fails wherever it runs: no machine mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failing {
    /// A container needs more memory than its own limit.
    OverItsLimit { service: Name, need: Memory, limit: Memory },
    /// More requests arrive than its workers answer.
    CannotKeepUp(Overload),
}

impl Failing {
    /// The first such service that is to run, of which there are `replicas` at the busiest time.
    pub fn first(topology: &Topology, replicas: impl Fn(&Service) -> u32) -> Option<Self> {
        let running = || topology.services.iter().filter(|service| replicas(service) > 0);
        let over_its_limit = running().find(|service| service.memory.need() > service.memory.limit).map(|service| {
            let (need, limit) = (service.memory.need(), service.memory.limit);
            Self::OverItsLimit { service: service.name.clone(), need, limit }
        });
        let cannot_keep_up = || running().find_map(|service| Overload::of(service, replicas(service), topology));
        over_its_limit.or_else(|| cannot_keep_up().map(Self::CannotKeepUp))
    }
}

impl fmt::Display for Failing {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::OverItsLimit { service, need, limit } => {
                let (need, limit) = pair(*need, *limit);
                write!(formatter, "It sinks: a container of {service} needs {need} and is killed at {limit}.")
            }
            Self::CannotKeepUp(overload) => write!(formatter, "It sinks at the peak: {overload}."),
        }
    }
}
