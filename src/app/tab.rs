//! A tab of a tab list.

use leptos::prelude::*;

/// A tab. The list around it handles keys ([`in_tab_list`](crate::app::keys::in_tab_list)).
#[component]
pub fn Tab<T: Copy + PartialEq + Send + Sync + 'static>(
    /// The value that it chooses.
    of: T,
    /// The chosen value.
    chosen: RwSignal<T>,
    /// The id of its panel.
    controls: &'static str,
    /// Its label.
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
