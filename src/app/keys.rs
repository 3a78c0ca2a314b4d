//! Arrow keys in lists whose items share one stop in the Tab order.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// Moves the focus and the choice in a tab list: the arrows go to the next and the previous tab, Home and End to the
/// first and the last (<https://www.w3.org/WAI/ARIA/apg/patterns/tabs/>).
pub fn in_tab_list(event: &KeyboardEvent) {
    if let Some(tab) = move_focus(event, "[role=tablist]", "[role=tab]") {
        tab.click();
    }
}

/// Calls `then` on Alt+Enter (⌥⏎) inside elements that match `within`.
pub fn on_alt_enter(within: &'static str, then: impl Fn() + 'static) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let is_meant = event.alt_key() && !event.ctrl_key() && !event.meta_key() && event.key() == "Enter";
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if is_meant && target.is_some_and(|target| target.closest(within).is_ok_and(|found| found.is_some())) {
            event.prevent_default();
            then();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Moves the focus among the `item`s of the `list` around the event's target, and returns the newly focused item.
pub fn move_focus(event: &KeyboardEvent, list: &str, item: &str) -> Option<HtmlElement> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let list = event.target()?.dyn_into::<Element>().ok()?.closest(list).ok()??;
    let items = list.query_selector_all(item).ok()?;
    let count = items.length();
    let focused = document().active_element();
    let focused = focused.as_deref().map(AsRef::<Node>::as_ref);
    let current: Option<u32> = (0..count).find(|index| items.get(*index).as_ref() == focused);
    let next = match (event.key().as_str(), current) {
        ("ArrowDown" | "ArrowRight", Some(current)) => (current + 1).min(count.checked_sub(1)?),
        ("ArrowUp" | "ArrowLeft", Some(current)) => current.saturating_sub(1),
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp" | "End", _) => count.checked_sub(1)?,
        _ => return None,
    };
    let next = items.get(next)?.dyn_into::<HtmlElement>().ok()?;
    event.prevent_default();
    next.focus().ok()?;
    Some(next)
}
