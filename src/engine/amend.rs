//! The task that a form or a picture asks for: a change of the text.

use super::{Lane, Task};
use crate::edit::{Change, edit};
use crate::progress::Progress;
use crate::text::Edit;
use serde::{Deserialize, Serialize};

/// Works out by which edits a text says something else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amend {
    /// The document.
    pub text: String,
    /// What it is to say.
    pub change: Change,
}

impl Task for Amend {
    /// The edits, in the order of the text; or, in words, why the text cannot be changed so.
    type Answer = Result<Vec<Edit>, String>;
    const LANE: Lane = Lane::Errand;

    fn run(self, _: &mut Progress) -> Result<Vec<Edit>, String> {
        edit(&self.text, &self.change).map_err(|refusal| refusal.to_string())
    }
}
