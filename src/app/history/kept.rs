//! The steps over a reload: kept by the tab, for as long as it is open.

use super::Mark;
use crate::app::storage;
use plimsoll::hash::fnv1a;
use plimsoll::view::undo::Steps;
use serde::{Deserialize, Serialize};

/// The steps, and a hash of the text that they led to.
#[derive(Serialize, Deserialize)]
struct Kept {
    of: u64,
    steps: Steps<Mark>,
}

/// The steps that the tab kept, if they led to `text`.
pub fn load(text: &str) -> Option<Steps<Mark>> {
    let kept: Kept = serde_json::from_str(&storage::load_of_tab(storage::STEPS)?).ok()?;
    (kept.of == fnv1a(text.as_bytes())).then_some(kept.steps)
}

/// Has the tab keep the steps that led to `text`.
pub fn save(text: &str, steps: Steps<Mark>) {
    let kept = Kept { of: fnv1a(text.as_bytes()), steps };
    if let Ok(json) = serde_json::to_string(&kept) {
        storage::save_of_tab(storage::STEPS, &json);
    }
}
