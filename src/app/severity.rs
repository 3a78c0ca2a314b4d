//! The icon and the colour of a severity.

use crate::app::icons;
use leptos::prelude::*;
use plimsoll::finding::Severity;

/// The icon of a severity.
pub fn icon(severity: Severity) -> AnyView {
    match severity {
        Severity::Error => icons::error().into_any(),
        Severity::Warning => icons::warning().into_any(),
        Severity::Info => icons::note().into_any(),
    }
}

/// The CSS class of a severity.
pub fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "is-error",
        Severity::Warning => "is-warning",
        Severity::Info => "is-note",
    }
}

/// The heading of a severity.
pub fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Info => "Notes",
    }
}

/// The name of a severity.
pub fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}
