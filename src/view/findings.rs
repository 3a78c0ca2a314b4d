//! Summaries of findings.

use super::count;
use crate::engine::Placed;
use crate::finding::Severity;

/// The number of findings of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts `findings`.
    pub fn of(findings: &[Placed]) -> Self {
        let count = |severity| findings.iter().filter(|placed| placed.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), notes: count(Severity::Info) }
    }

    /// The severity of the worst finding.
    pub fn worst(self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { notes: 1.., .. } => Some(Severity::Info),
            _ => None,
        }
    }

    /// Such as `2 errors, 1 warning`.
    pub fn in_words(self) -> String {
        let words = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| count(number, word))
            .collect::<Vec<_>>();
        if words.is_empty() { "Nothing to advise".to_owned() } else { words.join(", ") }
    }
}

/// The service that a path belongs to.
pub fn service_of(field: &str) -> Option<&str> {
    field.strip_prefix("services.")?.split('.').next()
}

/// The host of a link.
pub fn site(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}
