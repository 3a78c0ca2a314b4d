//! What is said about the generated files.

use super::count;
use crate::app::files::Status;
use plimsoll::generate::guide::Audience;

pub const FILES: &str = "Generated files";
pub const RUN: &str = "Run these commands";
pub const COMPARE: &str = "Compare";
pub const KEEP: &str = "Keep this state";
pub const NOTHING_TO_COMPARE: &str = "This file has not changed.";
pub const POINT_AT_A_LINE: &str = "Point at a line, or move to it with the arrow keys, to see why it is there.";
pub const GO: &str = "Go to this field in the text";
pub const DOWNLOAD: &str = "Download this file";
pub const NOT_SAVED: &str = "Not saved: the browser does not allow it";
pub const NEXT_LINE: &str = "Next line";
pub const EMPTY_LINE: &str = "empty line";
pub const ADDED: &str = "added: ";
pub const REMOVED: &str = "removed: ";
pub const NOT_KEPT: &str = "This browser keeps nothing, so this lasts until you leave.";

/// Since when changes are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// Nothing is there to compare with.
    Never,
    /// Since the document was opened.
    Opened,
    /// Since the person kept a state.
    Kept,
}

/// How many files changed.
pub fn changed(files: usize, since: Since) -> String {
    let since = match since {
        Since::Never => return "Keep a state, and what changes after it is marked.".to_owned(),
        Since::Opened => "since you opened this",
        Since::Kept => "since the state you kept",
    };
    match files {
        0 => format!("No file has changed {since}."),
        files => format!("{} changed {since}.", count(files, "file")),
    }
}

/// How much of the files comes from the field that the person is at.
pub fn traced(lines: usize, files: usize) -> String {
    format!(" makes {} in {}", count(lines, "line"), count(files, "file"))
}

/// What the code's list is called.
pub fn line_by_line(path: &str) -> String {
    format!("{path}, line by line; the arrow keys tell why each is there, Enter goes to its field")
}

/// How long a file is.
pub fn size(lines: usize, bytes: usize) -> String {
    let lines = count(lines, "line");
    match bytes {
        0..1000 => format!("{lines} · {bytes} bytes"),
        _ => format!("{lines} · {}.{} kB", bytes / 1000, bytes % 1000 / 100),
    }
}

/// What happened to a file; nothing where nothing did.
pub fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Same => None,
        Status::Changed => Some("changed"),
        Status::New => Some("new"),
        Status::Gone => Some("gone"),
    }
}

/// What there is to say of a file in the tree beside its name.
pub fn described(what: Status, lines: usize) -> String {
    let lines = (lines > 0).then(|| format!("{} from the field you are at", count(lines, "line")));
    status(what).map(str::to_owned).into_iter().chain(lines).collect::<Vec<_>>().join(", ")
}

/// Of a line that no field made.
pub fn of_every_file(line: usize, is_new: bool) -> String {
    format!("Line {line}{}: part of every such file.", new(is_new))
}

/// What stands before the field that made a line.
pub fn from(line: usize, is_new: bool) -> String {
    format!("Line {line}{} · from ", new(is_new))
}

fn new(is_new: bool) -> &'static str {
    if is_new { ", new or changed" } else { "" }
}

/// What the comparison of a file is called.
pub fn comparison(path: &str) -> String {
    format!("What changed in {path}")
}

/// How many lines came and went.
pub fn came_and_went(came: usize, went: usize) -> String {
    format!("{} added, {went} removed", count(came, "line"))
}

/// Lines that did not change and are not shown.
pub fn skipped(lines: usize) -> String {
    match lines {
        1 => "1 unchanged line".to_owned(),
        lines => format!("{lines} unchanged lines"),
    }
}

/// Rows that are left out.
pub fn more_rows(rows: usize) -> String {
    format!("{rows} more lines: copy or download the file to have them all.")
}

/// Where commands are run, and from what they are.
pub fn commands(audience: Audience) -> &'static str {
    match audience {
        Audience::Cluster => "For Kubernetes, in the folder of the files, in this order. DEPLOY.md says all of it.",
        _ => "For one server, in the folder of the files, in this order. DEPLOY.md says all of it.",
    }
}

/// What a step takes for granted.
pub fn before(conditions: usize) -> String {
    match conditions {
        1 => "Before this, 1 thing to see to".to_owned(),
        conditions => format!("Before this, {conditions} things to see to"),
    }
}
