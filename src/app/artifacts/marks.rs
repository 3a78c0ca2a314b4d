//! The marks beside and behind the lines of a file.

use leptos::prelude::*;
use plimsoll::diff::Change;
use std::ops::Range;

/// Why lines are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The lines are new or changed.
    Changed,
    /// Lines before these were removed.
    Removed,
    /// The lines come from the current field.
    Traced,
    /// The person chose the lines.
    Chosen,
}

/// Marked lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The reason.
    pub kind: MarkKind,
    /// The numbers of the lines, from 0; empty for a place between lines.
    pub lines: Range<usize>,
}

impl Mark {
    /// Returns the marks of changes.
    pub fn of_changes(changes: &[Change]) -> impl Iterator<Item = Self> {
        changes.iter().map(|change| {
            let kind = if change.after.is_empty() { MarkKind::Removed } else { MarkKind::Changed };
            Self { kind, lines: change.after.clone() }
        })
    }

    /// Returns the marks of lines by their sorted numbers, one for each run of consecutive lines.
    pub fn of_lines(kind: MarkKind, lines: &[usize]) -> impl Iterator<Item = Self> {
        lines.chunk_by(|one, next| one + 1 == *next).filter_map(move |run| {
            let (first, last) = (run.first()?, run.last()?);
            Some(Self { kind, lines: *first..last + 1 })
        })
    }

    /// Renders it at its place; all lines have the same height.
    pub fn draw(self) -> impl IntoView {
        let class = match self.kind {
            MarkKind::Changed => "code-mark is-changed",
            MarkKind::Removed => "code-mark is-removed",
            MarkKind::Traced => "code-mark is-traced",
            MarkKind::Chosen => "code-mark is-chosen",
        };
        view! {
            <div class=class style:top=height(self.lines.start) style:height=height(self.lines.len())></div>
        }
    }
}

/// The height of `lines` lines.
pub fn height(lines: usize) -> String {
    format!("calc({lines} * var(--line))")
}
