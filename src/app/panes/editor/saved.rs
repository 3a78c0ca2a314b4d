//! Whether the text is kept, and how long it is.

use crate::app::storage::NotSaved;
use leptos::prelude::*;
use plimsoll::view::count;

/// Whether the text is kept, and how long it is.
#[component]
pub fn Saved(text: ReadSignal<String>, not_kept: Signal<Option<NotSaved>>) -> impl IntoView {
    let lines = Memo::new(move |_| text.with(|text| text.lines().count()));
    let kept = move || kept(lines.get(), not_kept.get());
    view! { <p class="pane-status" class:is-warning=move || not_kept.get().is_some()>{kept}</p> }
}

/// How long the text is, and whether it is kept.
fn kept(lines: usize, not_kept: Option<NotSaved>) -> String {
    let kept = match not_kept {
        None => "saved in this browser",
        Some(NotSaved::Closed) => {
            "not saved: this browser keeps nothing for this page. Copy your text before you leave"
        }
        Some(NotSaved::Full) => "not saved: this browser has no room left. Copy your text before you leave",
    };
    match lines {
        0 => String::new(),
        lines => format!("{} · {kept}", count(lines, "line")),
    }
}
