//! What is said about findings.

use super::count;
use plimsoll::finding::Severity;

pub const NOTHING: &str = "Nothing to advise.";
pub const NOTHING_ELSE: &str = "Nothing else to advise.";
pub const CHECKED: &str = "Looked at: how it is written, memory limits against what is needed, replicas and where they land, \
    releases, a lost node, database connections, and the server's memory.";
pub const PUT_ASIDE: &str = "Put aside";
pub const PUT_ASIDE_HELP: &str = "Not told again at this place, in this browser";
pub const BRING_BACK: &str = "Tell again";
pub const UNDO: &str = "Undo";
pub const WHOLE: &str = "The whole";

/// What is put aside.
pub fn aside(findings: usize) -> String {
    format!("{} put aside", count(findings, "finding"))
}

/// What was done.
pub fn done(title: &str) -> String {
    format!("Done: {title}")
}

/// Those that are left out.
pub fn more(findings: usize) -> String {
    format!("and {findings} more, which show as these are mended")
}

/// The heading of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Info => "Notes",
    }
}
