//! Whether the text is kept, and how long it is.

use crate::app::storage::NotKept;
use leptos::prelude::*;

/// Whether the text is kept, and how long it is.
#[component]
pub fn Saved(text: ReadSignal<String>, not_kept: Signal<Option<NotKept>>) -> impl IntoView {
    let lines = Memo::new(move |_| text.with(|text| text.lines().count()));
    let words = move || {
        let kept = match not_kept.get() {
            None => "saved in this browser",
            Some(NotKept::Closed) => {
                "not saved: this browser keeps nothing for this page. Copy your text before you leave"
            }
            Some(NotKept::Full) => "not saved: this browser has no room left. Copy your text before you leave",
        };
        match lines.get() {
            0 => String::new(),
            1 => format!("1 line · {kept}"),
            lines => format!("{lines} lines · {kept}"),
        }
    };
    view! { <p class="pane-status" class:is-warning=move || not_kept.get().is_some()>{words}</p> }
}
