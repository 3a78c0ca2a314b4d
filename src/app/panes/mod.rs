//! The two panes: the editor on the left, and what follows from the text on the right.

pub mod editor;
pub mod output;
