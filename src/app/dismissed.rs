//! Findings that the person dismissed: each stays hidden at its place in its document.

use crate::app::storage;
use leptos::prelude::*;
use plimsoll::engine::Placed;
use plimsoll::finding::Severity;
use serde::{Deserialize, Serialize};

/// Beyond this many, the oldest are forgotten.
const MOST: usize = 500;

/// The dismissed findings, which this browser keeps.
#[derive(Clone, Copy)]
pub struct Dismissed(RwSignal<Vec<Entry>>);

/// A finding, by what stays the same of it while the text around it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// The document's name.
    document: String,
    rule: String,
    /// The document's path of the field.
    field: String,
}

impl Dismissed {
    /// Loads the findings that this browser kept.
    pub fn load() -> Self {
        let kept = storage::load(storage::DISMISSED).and_then(|json| serde_json::from_str(&json).ok());
        Self(RwSignal::new(kept.unwrap_or_default()))
    }

    /// Whether `finding` is dismissed in `document`. Errors cannot be dismissed, since what they are about does not work.
    pub fn has(self, document: &str, finding: &Placed) -> bool {
        let is_it =
            |entry: &Entry| entry.rule == finding.rule && entry.field == finding.field && entry.document == document;
        finding.severity != Severity::Error && self.0.with(|all| all.iter().any(is_it))
    }

    /// Dismisses `finding` in `document`.
    pub fn add(self, document: &str, finding: &Placed) {
        self.change(|all| {
            all.push(Entry::new(document, finding));
            all.drain(..all.len().saturating_sub(MOST));
        });
    }

    /// Shows `finding` in `document` again.
    pub fn remove(self, document: &str, finding: &Placed) {
        let entry = Entry::new(document, finding);
        self.change(|all| all.retain(|other| *other != entry));
    }

    fn change(self, change: impl FnOnce(&mut Vec<Entry>)) {
        self.0.update(change);
        let json = self.0.with_untracked(|all| serde_json::to_string(all).unwrap_or_default());
        // Where the browser keeps nothing, this lasts as long as the page is open.
        let _ = storage::save(storage::DISMISSED, &json);
    }
}

impl Entry {
    fn new(document: &str, finding: &Placed) -> Self {
        Self { document: document.to_owned(), rule: finding.rule.clone(), field: finding.field.clone() }
    }
}
