//! Whether the text is kept, and how long it is.

use crate::app::storage::NotKept;
use crate::app::words::say as words;
use leptos::prelude::*;

/// Whether the text is kept, and how long it is.
#[component]
pub fn Saved(text: ReadSignal<String>, not_kept: Signal<Option<NotKept>>) -> impl IntoView {
    let lines = Memo::new(move |_| text.with(|text| text.lines().count()));
    let kept = move || words::kept(lines.get(), not_kept.get());
    view! { <p class="pane-status" class:is-warning=move || not_kept.get().is_some()>{kept}</p> }
}
