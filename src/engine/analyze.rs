//! The task that a person's typing asks for: what follows from the text.

use super::report::{MOST_PODS, Placed, Report, place};
use super::{Lane, Task};
use crate::analysis::Outputs;
use crate::generate::Artifact;
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Works out what follows from a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analyze {
    /// The document.
    pub text: String,
    /// Whether its files are wanted too, which are half of the work.
    pub with_files: bool,
}

/// What follows from a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analyzed {
    /// What there is to say about it, in its order.
    pub findings: Vec<Placed>,
    /// What is well defined; nothing if the text cannot be read at all.
    pub report: Option<Report>,
    /// The files that are well defined, in the order in which a person reads them; nothing if they are not wanted.
    pub files: Option<Vec<Artifact>>,
}

impl Task for Analyze {
    type Answer = Analyzed;
    const LANE: Lane = Lane::Analysis;

    fn run(self, progress: &mut Progress) -> Analyzed {
        let analysis = crate::analyze_with(&self.text, MOST_PODS, progress);
        Analyzed {
            findings: place(&self.text, analysis.findings),
            files: analysis.outputs.as_ref().filter(|_| self.with_files).map(Outputs::artifacts),
            report: analysis.outputs.map(Report::of),
        }
    }
}
