//! A panel that a button opens over the page. The browser closes it on Escape and on a click outside.

use leptos::html;
use leptos::prelude::*;

/// The panel. Its button names its `id` as `popovertarget`.
#[component]
pub fn Popover(
    id: &'static str,
    /// Its accessible name.
    label: &'static str,
    /// The edge of the page that it is at.
    #[prop(optional)]
    edge: Edge,
    /// Whether it is open; both ways.
    is_open: RwSignal<bool>,
    /// Its content, rendered anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let is_shown = move || panel.get_untracked().is_some_and(|panel| panel.matches(":popover-open").unwrap_or(false));
    Effect::new(move || {
        let (wanted, Some(panel)) = (is_open.get(), panel.get()) else { return };
        // Neither fails on a popover in the page that is in the other state.
        let _ = match (wanted, is_shown()) {
            (true, false) => panel.show_popover(),
            (false, true) => panel.hide_popover(),
            _ => Ok(()),
        };
    });
    let class = match edge {
        Edge::End => "popover",
        Edge::Start => "popover at-start",
    };
    view! {
        <div
            class=class
            id=id
            popover="auto"
            role="dialog"
            aria-label=label
            node_ref=panel
            on:toggle=move |_| is_open.set(is_shown())
        >
            <Show when=move || is_open.get()>{children()}</Show>
        </div>
    }
}

/// An edge of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edge {
    /// The end of a line.
    #[default]
    End,
    /// The start of a line.
    Start,
}
