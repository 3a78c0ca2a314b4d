//! The task that a download asks for: all files in one.

use super::{Lane, Task};
use crate::archive;
use crate::generate::Artifact;
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Packs files into a zip archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The files, as they are shown.
    pub artifacts: Vec<Artifact>,
}

impl Task for Pack {
    /// Nothing, if they do not go into such an archive.
    type Answer = Option<Vec<u8>>;
    const LANE: Lane = Lane::Errand;

    fn run(self, _: &mut Progress) -> Option<Vec<u8>> {
        archive::zip(&self.artifacts).ok()
    }
}
