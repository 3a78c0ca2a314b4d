//! The state of the files view.

use super::baseline::Baseline;
use leptos::prelude::*;
use plimsoll::generate::Artifact;
use std::collections::BTreeSet;

/// The state of the files view. It outlives the view.
#[derive(Clone, Copy)]
pub struct FilesState {
    /// The path of the chosen file; there may be no such file.
    pub chosen: RwSignal<String>,
    /// What is shown beside the tree.
    pub shows: RwSignal<Shows>,
    /// The closed folders.
    pub closed: RwSignal<BTreeSet<String>>,
    /// The line of a file to go to, each time it is set.
    pub wanted: RwSignal<Option<(String, usize)>>,
    /// Set when the first line that comes from the current field is wanted.
    pub traces: RwSignal<bool>,
    /// The state that the files are compared with.
    pub baseline: Baseline,
}

/// What is shown beside the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The chosen file.
    File,
    /// The chosen file beside its baseline.
    Comparison,
    /// The commands of the guide.
    Commands,
}

impl FilesState {
    /// The state before anything is chosen.
    pub fn new(baseline: Baseline) -> Self {
        Self {
            chosen: RwSignal::default(),
            shows: RwSignal::new(Shows::File),
            closed: RwSignal::default(),
            wanted: RwSignal::new(None),
            traces: RwSignal::new(false),
            baseline,
        }
    }

    /// Shows the file at `path`, if it exists.
    pub fn choose(self, path: String) {
        self.chosen.set(path);
    }

    /// Starts a new baseline, since the person opened another document.
    pub fn opened(self, text: &str) {
        self.baseline.opened(text.to_owned());
    }

    /// Goes to the first line that comes from the current field, once the files are shown.
    pub fn go_to_lines(self) {
        self.traces.set(true);
    }

    /// Opens a closed folder, and closes an open one.
    pub fn turn(self, folder: &str) {
        self.closed.update(|closed| {
            if !closed.remove(folder) {
                closed.insert(folder.to_owned());
            }
        });
    }
}

/// A file now, and in the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// Its path.
    pub path: String,
    /// The file in the baseline.
    pub before: Option<Artifact>,
    /// The file now.
    pub after: Option<Artifact>,
}
