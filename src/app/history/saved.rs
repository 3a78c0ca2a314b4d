//! The undo steps across a reload: the tab keeps them while it is open.

use super::mark::Mark;
use crate::app::storage;
use plimsoll::hash::fnv1a;
use plimsoll::view::undo::Steps;
use serde::{Deserialize, Serialize};

/// The steps, and a hash of the text that they led to.
#[derive(Serialize, Deserialize)]
struct SavedHistory {
    of: u64,
    steps: Steps<Mark>,
}

/// Loads the steps that the tab saved, if they led to `text`.
pub fn load(text: &str) -> Option<Steps<Mark>> {
    let saved: SavedHistory = serde_json::from_str(&storage::load_of_tab(storage::STEPS)?).ok()?;
    (saved.of == fnv1a(text.as_bytes())).then_some(saved.steps)
}

/// Saves the steps that led to `text` for this tab.
pub fn save(text: &str, steps: Steps<Mark>) {
    let saved = SavedHistory { of: fnv1a(text.as_bytes()), steps };
    if let Ok(json) = serde_json::to_string(&saved) {
        storage::save_of_tab(storage::STEPS, &json);
    }
}
