//! The task of a download: all files in one archive.

use super::{Lane, Task};
use crate::archive;
use crate::generate::artifacts;
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Packs the files of a text into a zip archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Zip {
    /// The document.
    pub text: String,
}

impl Task for Zip {
    /// `None` if the text cannot be read at all, or its files do not fit into such an archive.
    type Answer = Option<Vec<u8>>;
    const LANE: Lane = Lane::Background;

    fn run(self, _: &mut Progress) -> Option<Vec<u8>> {
        archive::zip(&artifacts(&crate::topology_of(&self.text)?)).ok()
    }
}
