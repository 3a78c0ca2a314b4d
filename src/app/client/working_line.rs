//! The thin line that shows that the engine works, and its progress.

use super::Client;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// Most answers arrive sooner, and then nothing moves while a person types.
const PATIENCE: Duration = Duration::from_millis(100);

/// The line, once the engine has worked for a moment.
#[component]
pub fn WorkingLine() -> impl IntoView {
    let state = Client::of_page().state();
    let takes_long = RwSignal::new(false);
    let wait =
        move || set_timeout_with_handle(move || _ = takes_long.try_set(state.is_working.get_untracked()), PATIENCE);
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(waiting) = waiting.flatten() {
            waiting.clear();
        }
        if state.is_working.get() {
            return wait().ok();
        }
        if takes_long.get_untracked() {
            takes_long.set(false);
        }
        None
    });
    let percent = Memo::new(move |_| state.progress.get().map(|step| step.done.min(step.of) * 100 / step.of.max(1)));
    view! {
        <Show when=move || takes_long.get()>
            <div
                class="working"
                class:is-vague=move || percent.get().is_none()
                role="progressbar"
                aria-label="Analyzing"
                aria-valuenow=move || percent.get().map(|percent| percent.to_string())
            >
                <div style:width=move || percent.get().map(|percent| format!("{percent}%"))></div>
            </div>
        </Show>
    }
}
