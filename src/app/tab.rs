//! A tab in a list of tabs, of which one is chosen.

use leptos::prelude::*;

/// A tab; the list around it moves focus and choice by keys ([`in_tab_list`](crate::app::keys::in_tab_list)).
#[component]
pub fn Tab<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What it chooses.
    of: T,
    /// What is chosen.
    chosen: RwSignal<T>,
    /// The id of the panel that it shows something in.
    controls: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let is_selected = move || chosen.get() == of;
    view! {
        <button
            type="button"
            role="tab"
            class="tab"
            aria-selected=move || is_selected().to_string()
            aria-controls=controls
            tabindex=move || if is_selected() { "0" } else { "-1" }
            on:click=move |_| chosen.set(of)
        >
            {children()}
        </button>
    }
}
