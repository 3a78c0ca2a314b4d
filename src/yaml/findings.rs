//! A list of findings that a hostile document cannot make grow without end.

use crate::finding::Finding;

/// How many findings are told of one document; one more says that there are others.
pub const MAX_FINDINGS: usize = 200;

/// Findings in the order in which they were made, at most [`MAX_FINDINGS`] and the one that says so.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds what `make` says, unless there is enough already.
    pub fn push(&mut self, make: impl FnOnce() -> Finding) {
        if self.0.len() < MAX_FINDINGS {
            self.0.push(make());
        } else if self.0.len() == MAX_FINDINGS {
            let more = format!("There are more findings than these {MAX_FINDINGS}");
            self.0.push(Finding::error("too-many-findings", make().span, more).help("Mend these first"));
        }
    }

    pub fn into_vec(self) -> Vec<Finding> {
        self.0
    }
}
