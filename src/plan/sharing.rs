//! Memory that the processes of a container share, before and after traffic.

use crate::plan::figures::about;
use crate::quantity::Memory;
use crate::topology::{ContainerMemory, ProcessModel};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Memory that the processes of a container share.
///
/// Forked processes share a page until one of them writes to it, and to use a Python object is to write to it: its
/// references are counted inside (<https://docs.python.org/3/c-api/refcounting.html>). So they share less after traffic than
/// before, and what counts is what they take after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sharing {
    /// How the processes are created.
    pub model: ProcessModel,
    /// The container's memory before the first request, if it is known to differ.
    #[serde(rename = "before_traffic_bytes")]
    pub before_traffic: Option<Memory>,
    /// The container's idle memory after traffic, which the plan uses.
    #[serde(rename = "after_traffic_bytes")]
    pub after_traffic: Memory,
}

impl Sharing {
    /// Returns `None` for a container with one process.
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
                "Spawned processes: each loads the app for itself, and shares only the code of libraries with the others."
            }
            ProcessModel::ForkedBeforeLoading => {
                "Forked before the app is loaded: each process loads it for itself, and shares with the others what was \
                 there before."
            }
            ProcessModel::ForkedAfterLoading => {
                "Forked after the app is loaded: the processes share the pages that none of them writes to, and using a Python \
                 object writes to its page."
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
