//! The length of the text, and whether it is saved.

use crate::app::storage::NotSaved;
use leptos::prelude::*;
use plimsoll::view::count;

/// The length of the text, and whether it is saved.
#[component]
pub fn Saved(text: ReadSignal<String>, not_kept: Signal<Option<NotSaved>>) -> impl IntoView {
    let lines = Memo::new(move |_| text.with(|text| text.lines().count()));
    let kept = move || kept(lines.get(), not_kept.get());
    view! { <p class="pane-status" class:is-warning=move || not_kept.get().is_some()>{kept}</p> }
}

/// The length of the text, and whether it is saved, in words.
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
