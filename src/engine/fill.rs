//! The task that a form asks for: what to show.

use super::{Lane, Task};
use crate::edit::Path;
use crate::form::{Form, form};
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Works out the fields of a part of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    /// The document.
    pub text: String,
    /// The part.
    pub path: Path,
}

impl Task for Fill {
    /// Nothing if there is no such part; or, in words, why the text cannot be read.
    type Answer = Result<Option<Form>, String>;
    const LANE: Lane = Lane::Errand;

    fn run(self, _: &mut Progress) -> Result<Option<Form>, String> {
        form(&self.text, &self.path).map_err(|refusal| refusal.to_string())
    }
}
