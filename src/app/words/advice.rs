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

/// What one finding is.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// Such as `2 errors, 1 warning`.
pub fn counts(errors: usize, warnings: usize, notes: usize) -> String {
    let words = [(errors, "error"), (warnings, "warning"), (notes, "note")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect::<Vec<_>>();
    if words.is_empty() { "Nothing to advise".to_owned() } else { words.join(", ") }
}

/// A link to what a finding rests on, by its site.
pub fn why(host: &str) -> String {
    format!("Why: {host}")
}

/// Where something is in the text.
pub fn place(line: usize, column: usize) -> String {
    format!("line {line}:{column}")
}
