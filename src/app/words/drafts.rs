//! What is said about drafts.

use super::count;

pub const TITLE: &str = "Drafts";
/// After the draft's name, to those who do not see the arrow beside it.
pub const MENU: &str = ": your drafts";
pub const UNNAMED: &str = "Unnamed";
pub const NAME: &str = "Name of this draft";
pub const NEW: &str = "New, empty";
pub const OPEN_FILE: &str = "Open a file…";
pub const OTHERS: &str = "Other drafts";
pub const NONE: &str = "What something else takes the place of is kept here: your text is never lost by looking at an example, a \
    link or a file.";
pub const UNDO: &str = "Undo";

pub fn delete(name: &str) -> String {
    format!("Delete {name}")
}

pub fn deleted(name: &str) -> String {
    format!("“{name}” is deleted.")
}

/// What a draft is called that went apart from the one of that name.
pub fn second(name: &str) -> String {
    format!("{name} (2)")
}

pub fn kept(most: usize) -> String {
    format!("Kept in this browser only; of more than {most}, those that were not changed for the longest time go.")
}

/// How long a draft is, and how old, such as `4 lines, 2 hours ago`.
pub fn about(lines: usize, minutes: u64) -> String {
    format!("{}, {}", count(lines, "line"), ago(minutes))
}

fn ago(minutes: u64) -> String {
    let of = |amount: u64, unit| format!("{} ago", count(usize::try_from(amount).unwrap_or(usize::MAX), unit));
    match minutes {
        0 => "just now".to_owned(),
        1..60 => of(minutes, "minute"),
        60..1440 => of(minutes / 60, "hour"),
        _ => of(minutes / 1440, "day"),
    }
}
