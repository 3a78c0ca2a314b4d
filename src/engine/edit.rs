//! The task of a form or a diagram: an edit of the text.

use super::{Lane, Task};
use crate::edit::{Change, edit};
use crate::progress::Progress;
use crate::text;
use serde::{Deserialize, Serialize};

/// Works out the edits that make a change to a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The document.
    pub text: String,
    /// The change.
    pub change: Change,
}

impl Task for Edit {
    /// The edits, in the order of the text, or why the text cannot be changed so.
    type Answer = Result<Vec<text::Edit>, String>;
    const LANE: Lane = Lane::Background;

    fn run(self, _: &mut Progress) -> Result<Vec<text::Edit>, String> {
        edit(&self.text, &self.change).map_err(|refusal| refusal.to_string())
    }
}
