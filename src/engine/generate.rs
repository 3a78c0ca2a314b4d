//! The task that a comparison asks for: the files of another text.

use super::{Lane, Task};
use crate::generate::{Artifact, artifacts};
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Generates the files of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generate {
    /// The document.
    pub text: String,
}

impl Task for Generate {
    /// None if the text cannot be read at all.
    type Answer = Vec<Artifact>;
    const LANE: Lane = Lane::Background;

    fn run(self, _: &mut Progress) -> Vec<Artifact> {
        crate::topology_of(&self.text).map(|topology| artifacts(&topology)).unwrap_or_default()
    }
}
