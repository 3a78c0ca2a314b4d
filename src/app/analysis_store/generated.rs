//! The generated files of the text. They are half of the engine's work: while somebody looks at them they arrive with each
//! answer, and otherwise they are not generated.

use plimsoll::generate::Artifact;
use std::sync::Arc;

/// The generated files, as far as they are known.
#[derive(Debug, Default)]
pub struct Generated {
    /// The text that is shown: the last one that could be analyzed.
    pub text: Arc<str>,
    /// The files of that text in reading order, once they are generated.
    pub files: Option<Arc<Vec<Artifact>>>,
    /// Whether somebody looks at them.
    pub are_shown: bool,
}
