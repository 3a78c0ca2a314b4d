//! What the processes of a container share, before traffic and after it.

use crate::plan::figures::about;
use crate::quantity::Memory;
use crate::topology::{ContainerMemory, ProcessModel};
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
            ProcessModel::Spawned => {
                "Spawned processes: each loads the app for itself, and shares with the others the code of libraries only."
            }
            ProcessModel::ForkedBeforeLoading => {
                "Forked before the app is loaded: each process loads it for itself, and shares with the others what was there before."
            }
            ProcessModel::ForkedAfterLoading => {
                "Forked after the app is loaded: the processes share what none of them writes to, and using a Python object writes to it."
            }
        };
        let after_traffic = memory.idle();
        let sentence = match memory.before_traffic {
            Some(before) if before < after_traffic => format!("{how} {}", at_rest(before, after_traffic)),
            _ => how.to_owned(),
        };
        Some(Self { model: memory.model, before_traffic: memory.before_traffic, after_traffic, sentence })
    }
}

/// A further sentence.
fn at_rest(before_traffic: Memory, after_it: Memory) -> String {
    let (before, after) = (about(before_traffic), about(after_it));
    format!("At rest {before} before traffic, {after} after it: the plan takes the latter.")
}
