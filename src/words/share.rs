//! Why a link is not made or opened, and what is said around a document that is handed on.

use crate::VERSION;
use crate::finding::Severity;

// Links.
pub const DAMAGED: &str = "This link is damaged: something in it was changed on its way. Copy it again";
pub const CUT_OFF: &str = "This link is cut off: its end is missing. Copy all of it, or ask for it in another way";
pub const NO_TEXT: &str = "This link carries no text in UTF-8";

pub fn too_long(mebibytes: usize) -> String {
    format!("This is too long for a link: a document has at most {mebibytes} MiB")
}

/// Of a link that another version of Plimsoll made, which may not be known.
pub fn newer(by: Option<&str>) -> String {
    match by {
        Some(by) => {
            format!("This link was made by Plimsoll {by}; this is {VERSION}, which cannot read it. Open it there")
        }
        None => {
            format!("This link was made by a later version of Plimsoll; this is {VERSION}, which cannot read it")
        }
    }
}

// A document as Markdown.
pub const ON_THE_SERVER: &str = "On the server";
pub const ON_THE_CLUSTER: &str = "On the cluster";
pub const OPEN: &str = "Open in Plimsoll";

/// A finding on one line, and what helps.
pub fn finding(line: usize, severity: Severity, message: &str, help: Option<&str>) -> String {
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    match help {
        Some(help) if help.ends_with(['.', '?', '!']) => format!("Line {line}, {severity}: {message}. {help}"),
        Some(help) => format!("Line {line}, {severity}: {message}. {help}."),
        None => format!("Line {line}, {severity}: {message}."),
    }
}
