//! Texts that something else took the place of: nothing that a person wrote is lost by looking at an example.

use super::{examples, storage};
use leptos::prelude::*;

/// The oldest are forgotten.
const MOST: usize = 10;

/// The person's texts that are not in the editor, the last one first.
#[derive(Clone, Copy)]
pub struct Drafts(RwSignal<Vec<String>>);

impl Drafts {
    /// Those that this browser kept.
    pub fn load() -> Self {
        let kept = storage::load(storage::DRAFTS).and_then(|json| serde_json::from_str(&json).ok());
        Self(RwSignal::new(kept.unwrap_or_default()))
    }

    /// All of them.
    pub fn all(self) -> Vec<String> {
        self.0.get()
    }

    /// The last one.
    pub fn last(self) -> Option<String> {
        self.0.with_untracked(|drafts| drafts.first().cloned())
    }

    /// Makes `text` the last one if it is the person's own; takes `instead`, which goes into the editor, out.
    pub fn replace(self, text: String, instead: &str) {
        self.0.update(|drafts| {
            drafts.retain(|draft| draft != instead && *draft != text);
            if examples::is_own(&text) && text != instead {
                drafts.insert(0, text);
            }
            drafts.truncate(MOST);
        });
        let json = self.0.with_untracked(|drafts| serde_json::to_string(drafts).unwrap_or_default());
        // Where the browser keeps nothing they still last as long as the page is open; the editor's head says so.
        let _ = storage::save(storage::DRAFTS, &json);
    }
}

/// What tells one draft from another: its name and its length.
pub fn label(text: &str) -> String {
    let name = text.lines().find_map(|line| line.strip_prefix("name:")).map_or("Unnamed", str::trim);
    format!("{name}, {} lines", text.lines().count())
}
