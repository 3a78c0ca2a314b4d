//! Copying to the clipboard.

use crate::app::icons;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::{ev, task};
use wasm_bindgen_futures::JsFuture;

/// How long the outcome is shown.
const SHOWN_MILLIS: u32 = 3000;

/// A button that copies text, and shows whether that worked.
#[component]
pub fn CopyButton(
    text: impl Fn() -> String + 'static,
    /// The button's label.
    #[prop(default = "Copy")]
    words: &'static str,
) -> impl IntoView {
    let outcome = RwSignal::new("");
    let copy = move |_: ev::MouseEvent| {
        let text = text();
        task::spawn_local(async move {
            outcome.set(if copy(&text).await { "Copied" } else { "Not copied: the browser does not allow it" });
            Timeout::new(SHOWN_MILLIS, move || outcome.set("")).forget();
        });
    };
    view! {
        <span class="copy-outcome" role="status">
            {outcome}
        </span>
        <button type="button" class="button small" on:click=copy>
            {icons::copy()}
            {words}
        </button>
    }
}

/// Copies `text`, and returns whether that worked.
pub async fn copy(text: &str) -> bool {
    // Pages without HTTPS have no clipboard, which the types do not express.
    let clipboard = window().navigator().clipboard();
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
