//! What the processes of a container share, before traffic and after it.

use crate::plan::figures::about;
use crate::quantity::Memory;
use crate::topology::{ContainerMemory, ProcessModel};
use serde::{Deserialize, Serialize};
use std::fmt;

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
}

impl Sharing {
    /// Nothing where there is one process.
    pub(super) fn of(memory: &ContainerMemory) -> Option<Self> {
        (memory.model != ProcessModel::Single).then(|| Self {
            model: memory.model,
            before_traffic: memory.before_traffic,
            after_traffic: memory.idle(),
        })
    }
}

impl fmt::Display for Sharing {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self.model {
            ProcessModel::Single => "There is one process.",
            ProcessModel::Spawned => {
                "Spawned processes: each loads the app for itself, and shares with the others the code of libraries only."
            }
            ProcessModel::ForkedBeforeLoading => {
                "Forked before the app is loaded: each process loads it for itself, and shares with the others what was \
                 there before."
            }
            ProcessModel::ForkedAfterLoading => {
                "Forked after the app is loaded: the processes share what none of them writes to, and using a Python \
                 object writes to it."
            }
        })?;
        match self.before_traffic {
            Some(before) if before < self.after_traffic => {
                let (before, after) = (about(before), about(self.after_traffic));
                write!(formatter, " At rest {before} before traffic, {after} after it: the plan takes the latter.")
            }
            _ => Ok(()),
        }
    }
}
