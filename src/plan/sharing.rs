//! What the processes of a container share, before traffic and after it.

use crate::quantity::Memory;
use crate::topology::{ContainerMemory, ProcessModel};
use crate::words::plan::container as words;
use serde::{Deserialize, Serialize};

/// What the processes of a container share.
///
/// Forked processes share a page until one of them writes to it, and to use a Python object is to write to it: its
/// references are counted inside (<https://docs.python.org/3/c-api/refcounting.html>). So they share less after traffic than
/// before, and what counts is what they take after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// How they come about.
    pub model: ProcessModel,
    /// What the container takes before the first request, where that is known to be another figure.
    #[serde(rename = "before_traffic_bytes")]
    pub before_traffic: Option<Memory>,
    /// What it takes at rest after traffic, which is what the plan reckons with.
    #[serde(rename = "after_traffic_bytes")]
    pub after_traffic: Memory,
    /// The same in a sentence or two.
    pub sentence: String,
}

impl Sharing {
    /// Nothing where there is one process.
    pub(super) fn of(memory: &ContainerMemory) -> Option<Self> {
        let how = match memory.model {
            ProcessModel::Single => return None,
            ProcessModel::Spawned => words::SPAWNED,
            ProcessModel::ForkedBeforeLoading => words::FORKED_BEFORE_LOADING,
            ProcessModel::ForkedAfterLoading => words::FORKED_AFTER_LOADING,
        };
        let after_traffic = memory.idle();
        let sentence = match memory.before_traffic {
            Some(before) if before < after_traffic => format!("{how} {}", words::at_rest(before, after_traffic)),
            _ => how.to_owned(),
        };
        Some(Self { model: memory.model, before_traffic: memory.before_traffic, after_traffic, sentence })
    }
}
