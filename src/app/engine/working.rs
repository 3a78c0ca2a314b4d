//! The thin line that shows that the engine works, and how far it is.

use super::Engine;
use crate::app::words::engine as words;
use leptos::prelude::*;

/// The line; its style lets it appear only after a moment, so that nothing flickers while a person types.
#[component]
pub fn WorkingLine() -> impl IntoView {
    let state = Engine::of_page().state;
    let percent = Memo::new(move |_| state.progress.get().map(|step| step.done.min(step.of) * 100 / step.of.max(1)));
    view! {
        <Show when=move || state.is_working.get()>
            <div
                class="working"
                class:is-vague=move || percent.get().is_none()
                role="progressbar"
                aria-label=words::WORKING
                aria-valuenow=move || percent.get().map(|percent| percent.to_string())
            >
                <div style:width=move || percent.get().map(|percent| format!("{percent}%"))></div>
            </div>
        </Show>
    }
}
