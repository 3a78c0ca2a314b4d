//! The task of a form: its fields.

use super::{Lane, Task};
use crate::edit::Path;
use crate::ide::form::{Form, form};
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Works out the fields of a part of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DescribeForm {
    /// The document.
    pub text: String,
    /// The part.
    pub path: Path,
}

impl Task for DescribeForm {
    /// `None` if there is no such part, or why the text cannot be read.
    type Answer = Result<Option<Form>, String>;
    const LANE: Lane = Lane::Background;

    fn run(self, _: &mut Progress) -> Result<Option<Form>, String> {
        form(&self.text, &self.path).map_err(|refusal| refusal.to_string())
    }
}
