//! What this browser keeps for the person, if it lets the page.

use leptos::prelude::window;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

/// The key of the draft that a tab shows; of the tab.
pub const DRAFT: &str = "plimsoll.draft";
/// The baseline that the files are compared with, as JSON.
pub const BASELINE: &str = "plimsoll.kept";
/// The dismissed findings, as JSON.
pub const DISMISSED: &str = "plimsoll.aside";
/// How much of the left half's height the diagram takes, in percent.
pub const SPLIT: &str = "plimsoll.split";
/// Whether the diagram is put away.
pub const DIAGRAM: &str = "plimsoll.diagram";
/// The steps that the text went through, for the tab alone.
pub const STEPS: &str = "plimsoll.steps";
/// Light or dark; `public/theme.js` reads it before the page is drawn.
pub const THEME: &str = "plimsoll.theme";

thread_local! {
    static IS_CLOSED: Cell<bool> = const { Cell::new(false) };
}

/// From here on nothing is kept, and nothing that was kept is read: what the page shows is not this person's own.
pub fn close() {
    IS_CLOSED.set(true);
}

/// Why something is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSaved {
    /// The browser gives the page no storage: a private window, or a setting; or the page is not this person's own.
    Closed,
    /// There is not enough room.
    Full,
}

/// What was saved under `key`, if anything was and the browser gives it back.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Saves `value` under `key`.
///
/// # Errors
/// The browser does not take it.
pub fn save(key: &str, value: &str) -> Result<(), NotSaved> {
    storage().ok_or(NotSaved::Closed)?.set_item(key, value).map_err(why)
}

/// Forgets what was saved under `key`.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Only a closed storage refuses, and that one holds nothing.
        let _ = storage.remove_item(key);
    }
}

/// All that something was saved under.
pub fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten()).collect()
}

/// What was saved under `key` for this tab alone.
pub fn load_of_tab(key: &str) -> Option<String> {
    storage_of_tab()?.get_item(key).ok().flatten()
}

/// Saves `value` under `key` for this tab alone, if the browser lets it: over a reload, and often over a crash.
pub fn save_of_tab(key: &str, value: &str) {
    if let Some(storage) = storage_of_tab() {
        // Without it the tab goes on, after a reload, with what was changed last.
        let _ = storage.set_item(key, value);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten().filter(|_| !IS_CLOSED.get())
}

fn storage_of_tab() -> Option<Storage> {
    window().session_storage().ok().flatten().filter(|_| !IS_CLOSED.get())
}

fn why(error: JsValue) -> NotSaved {
    match error.dyn_into::<DomException>() {
        Ok(error) if error.name() == "QuotaExceededError" => NotSaved::Full,
        _ => NotSaved::Closed,
    }
}
