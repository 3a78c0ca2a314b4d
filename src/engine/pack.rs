//! The task that a download asks for: all files in one.

use super::{Lane, Task};
use crate::archive;
use crate::generate::artifacts;
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Packs the files of a text into a zip archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The document.
    pub text: String,
}

impl Task for Pack {
    /// Nothing, if the text cannot be read at all, or if its files do not go into such an archive.
    type Answer = Option<Vec<u8>>;
    const LANE: Lane = Lane::Errand;

    fn run(self, _: &mut Progress) -> Option<Vec<u8>> {
        archive::zip(&artifacts(&crate::topology_of(&self.text)?)).ok()
    }
}
