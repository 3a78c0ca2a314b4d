//! The browser's storage, as far as the page may use it.

use leptos::prelude::window;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

/// The key of the current draft, in the storage of the tab.
pub const DRAFT: &str = "plimsoll.draft";
/// The baseline that the files are compared with, as JSON.
pub const BASELINE: &str = "plimsoll.kept";
/// The dismissed findings, as JSON.
pub const DISMISSED: &str = "plimsoll.aside";
/// The height of the diagram, in percent of the left pane.
pub const SPLIT: &str = "plimsoll.split";
/// Whether the diagram is hidden.
pub const DIAGRAM: &str = "plimsoll.diagram";
/// The undo steps, in the storage of the tab.
pub const STEPS: &str = "plimsoll.steps";
/// The theme; `public/theme.js` reads it before the page is drawn.
pub const THEME: &str = "plimsoll.theme";

thread_local! {
    static IS_CLOSED: Cell<bool> = const { Cell::new(false) };
}

/// Closes the storage: the page shows another person's text, so nothing is saved or loaded from here on.
pub fn close() {
    IS_CLOSED.set(true);
}

/// Why something is not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSaved {
    /// The page has no storage: a private window, a setting, or another person's text.
    Closed,
    /// The storage is full.
    Full,
}

/// Loads the value of `key`, if there is one and the browser allows it.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Saves `value` under `key`.
///
/// # Errors
/// Returns an error if the browser does not save it.
pub fn save(key: &str, value: &str) -> Result<(), NotSaved> {
    storage().ok_or(NotSaved::Closed)?.set_item(key, value).map_err(why)
}

/// Removes the value of `key`.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Only a closed storage refuses, and it has no values.
        let _ = storage.remove_item(key);
    }
}

/// All keys.
pub fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten()).collect()
}

/// Loads the value of `key` in the storage of this tab.
pub fn load_of_tab(key: &str) -> Option<String> {
    storage_of_tab()?.get_item(key).ok().flatten()
}

/// Saves `value` under `key` in the storage of this tab, if the browser allows it: it survives a reload, and often a
/// crash.
pub fn save_of_tab(key: &str, value: &str) {
    if let Some(storage) = storage_of_tab() {
        // Without it, the tab continues with the most recent draft after a reload.
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
