//! Findings that the person put aside: each is told no more at its place in its document.

use crate::app::storage;
use leptos::prelude::*;
use plimsoll::engine::Placed;
use plimsoll::finding::Severity;
use serde::{Deserialize, Serialize};

/// The oldest are forgotten.
const MOST: usize = 500;

/// What was put aside. This browser keeps it.
#[derive(Clone, Copy)]
pub struct Aside(RwSignal<Vec<Put>>);

/// A finding, by what stays the same of it while the text around it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Put {
    /// The document's name.
    document: String,
    rule: String,
    /// The document's path of what it is about.
    field: String,
}

impl Aside {
    /// What this browser kept.
    pub fn load() -> Self {
        let kept = storage::load(storage::ASIDE).and_then(|json| serde_json::from_str(&json).ok());
        Self(RwSignal::new(kept.unwrap_or_default()))
    }

    /// Whether a finding can be put aside: an error cannot, since what it is about does not work.
    pub fn takes(finding: &Placed) -> bool {
        finding.severity != Severity::Error
    }

    /// Whether `finding` is put aside in `document`.
    pub fn has(self, document: &str, finding: &Placed) -> bool {
        let is_it = |put: &Put| put.rule == finding.rule && put.field == finding.field && put.document == document;
        Self::takes(finding) && self.0.with(|all| all.iter().any(is_it))
    }

    /// Puts `finding` aside in `document`.
    pub fn put(self, document: &str, finding: &Placed) {
        self.change(|all| {
            all.push(Put::new(document, finding));
            all.drain(..all.len().saturating_sub(MOST));
        });
    }

    /// Has `finding` told again.
    pub fn bring_back(self, document: &str, finding: &Placed) {
        let put = Put::new(document, finding);
        self.change(|all| all.retain(|other| *other != put));
    }

    fn change(self, change: impl FnOnce(&mut Vec<Put>)) {
        self.0.update(change);
        let json = self.0.with_untracked(|all| serde_json::to_string(all).unwrap_or_default());
        // Where the browser keeps nothing it still lasts as long as the page is open.
        let _ = storage::save(storage::ASIDE, &json);
    }
}

impl Put {
    fn new(document: &str, finding: &Placed) -> Self {
        Self { document: document.to_owned(), rule: finding.rule.clone(), field: finding.field.clone() }
    }
}
