//! What is said about the left half: the topology as a picture and in words.

use super::count;
use crate::app::storage::NotKept;

pub const TOPOLOGY: &str = "Topology";
pub const IN_WORDS: &str = "In words";
pub const TEXT: &str = "Text";
pub const FORM: &str = "Form";

/// The form of what is selected.
pub fn form_of(selected: &str) -> String {
    format!("Form · {selected}")
}

// What can be selected, beside what has a name of its own.
pub const SERVER: &str = "server";
pub const CLUSTER: &str = "cluster";
pub const TRAFFIC: &str = "traffic";
pub const INTERNET: &str = "internet";

// The diagram above.
pub const SHOW_DIAGRAM: &str = "Show the diagram";
pub const HIDE_DIAGRAM: &str = "Hide the diagram";
pub const HEIGHT: &str = "Height of the diagram";
pub const HEIGHT_HELP: &str = "Drag, or use the arrow keys; double-click for the usual height";

/// How long the text is, and whether it is kept.
pub fn kept(lines: usize, not_kept: Option<NotKept>) -> String {
    let kept = match not_kept {
        None => "saved in this browser",
        Some(NotKept::Closed) => "not saved: this browser keeps nothing for this page. Copy your text before you leave",
        Some(NotKept::Full) => "not saved: this browser has no room left. Copy your text before you leave",
    };
    match lines {
        0 => String::new(),
        lines => format!("{} · {kept}", count(lines, "line")),
    }
}
