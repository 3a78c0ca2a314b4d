//! What is marked beside and behind the lines of a file.

use leptos::prelude::*;
use plimsoll::diff::Change;
use std::ops::Range;

/// Why lines are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// They are new, or others stood there.
    Changed,
    /// Before them stood lines that are gone.
    Removed,
    /// They come from the field that the person is at.
    Traced,
    /// The person chose them.
    Chosen,
}

/// Marked lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Why.
    pub kind: MarkKind,
    /// Which, by their numbers (from 0); none, where it is a place between lines.
    pub lines: Range<usize>,
}

impl Mark {
    /// The marks of what changed.
    pub fn of_changes(changes: &[Change]) -> impl Iterator<Item = Self> {
        changes.iter().map(|change| {
            let kind = if change.after.is_empty() { MarkKind::Removed } else { MarkKind::Changed };
            Self { kind, lines: change.after.clone() }
        })
    }

    /// The marks of lines, by their numbers in order: one of those that follow on each other.
    pub fn of_lines(kind: MarkKind, lines: &[usize]) -> impl Iterator<Item = Self> {
        lines.chunk_by(|one, next| one + 1 == *next).filter_map(move |run| {
            let (first, last) = (run.first()?, run.last()?);
            Some(Self { kind, lines: *first..last + 1 })
        })
    }

    /// Draws it at its place: lines are all of the same height.
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

/// The height of so many lines.
pub fn height(lines: usize) -> String {
    format!("calc({lines} * var(--line))")
}
