//! The undo and redo buttons of the header.

use super::History;
use crate::app::icons;
use leptos::prelude::*;

/// Undo and redo.
#[component]
pub fn UndoButtons(history: History) -> impl IntoView {
    view! {
        <div class="undo-buttons">
            <button
                type="button"
                class="button icon-button"
                aria-label="Undo"
                title="Undo (Ctrl+Z)"
                aria-keyshortcuts="Control+Z Meta+Z"
                disabled=move || !history.can_undo.get()
                on:click=move |_| history.undo()
            >
                {icons::undo()}
            </button>
            <button
                type="button"
                class="button icon-button"
                aria-label="Redo"
                title="Redo (Ctrl+Shift+Z)"
                aria-keyshortcuts="Control+Shift+Z Control+Y Meta+Shift+Z"
                disabled=move || !history.can_redo.get()
                on:click=move |_| history.redo()
            >
                {icons::redo()}
            </button>
        </div>
    }
}
