//! The task that a person's typing asks for: what follows from the text.

use super::report::{MOST_PODS, Placed, Report, place};
use super::{Lane, Task};
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Works out what follows from a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analyze {
    /// The document.
    pub text: String,
}

/// What follows from a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analyzed {
    /// What there is to say about it, in its order.
    pub findings: Vec<Placed>,
    /// What is well defined; nothing if the text cannot be read at all.
    pub report: Option<Report>,
}

impl Task for Analyze {
    type Answer = Analyzed;
    const LANE: Lane = Lane::Analysis;

    fn run(self, progress: &mut Progress) -> Analyzed {
        let analysis = crate::analyze_with(&self.text, MOST_PODS, progress);
        Analyzed { findings: place(&self.text, analysis.findings), report: analysis.outputs.map(Report::of) }
    }
}
