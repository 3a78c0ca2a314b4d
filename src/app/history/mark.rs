//! The caret and the selection of a step.

use plimsoll::engine::Place;
use plimsoll::view::selection::Selection;
use serde::{Deserialize, Serialize};

/// The state that undo and redo restore together with the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The place of the caret.
    pub caret: Place,
    /// The selection.
    pub selected: Option<Selection>,
}
