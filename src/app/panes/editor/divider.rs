//! The divider between the diagram and the text: dragged, moved by keys, and remembered
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/>).

use crate::app::storage;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

/// The least and the greatest share of the diagram, in percent of the pane's height.
const LEAST: f64 = 15.0;
const MOST: f64 = 80.0;
const USUAL: f64 = 40.0;
/// The step of an arrow key, in percent.
const STRIDE: f64 = 4.0;

/// The remembered share of the diagram.
pub fn remembered() -> RwSignal<f64> {
    let share = storage::load(storage::SPLIT).and_then(|share| share.parse().ok());
    RwSignal::new(share.filter(|share| (LEAST..=MOST).contains(share)).unwrap_or(USUAL))
}

/// Whether the diagram is shown, as remembered.
pub fn is_drawn() -> RwSignal<bool> {
    RwSignal::new(storage::load(storage::DIAGRAM).as_deref() != Some("hidden"))
}

/// Shows or hides the diagram, and remembers it.
pub fn toggle(is_drawn: RwSignal<bool>) {
    is_drawn.update(|is_drawn| *is_drawn = !*is_drawn);
    if is_drawn.get_untracked() {
        storage::forget(storage::DIAGRAM);
    } else {
        // Without storage it lasts for this visit.
        let _ = storage::save(storage::DIAGRAM, "hidden");
    }
}

/// The divider.
#[component]
pub fn Divider(
    /// The diagram's share of the pane's height, in percent.
    share: RwSignal<f64>,
    is_drawn: RwSignal<bool>,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let is_dragged = RwSignal::new(false);
    let move_to = move |percent: f64| share.set(percent.clamp(LEAST, MOST));
    let keep = move || {
        // As above.
        let _ = storage::save(storage::SPLIT, &format!("{:.1}", share.get_untracked()));
    };
    let grab = move |event: PointerEvent| {
        if let Some(line) = line.get_untracked()
            && event.button() == 0
        {
            // It fails only for a pointer that no longer exists.
            let _ = line.set_pointer_capture(event.pointer_id());
            is_dragged.set(true);
        }
    };
    let drag = move |event: PointerEvent| {
        if let Some(pane) = line.get_untracked().and_then(|line| line.parent_element())
            && is_dragged.get_untracked()
        {
            let pane = pane.get_bounding_client_rect();
            move_to((f64::from(event.client_y()) - pane.top()) / pane.height().max(1.0) * 100.0);
        }
    };
    let drop = move |_: PointerEvent| {
        if is_dragged.get_untracked() {
            is_dragged.set(false);
            keep();
        }
    };
    let press = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowUp" => move_to(share.get_untracked() - STRIDE),
            "ArrowDown" => move_to(share.get_untracked() + STRIDE),
            "Home" => move_to(LEAST),
            "End" => move_to(MOST),
            "Enter" => toggle(is_drawn),
            _ => return,
        }
        event.prevent_default();
        keep();
    };
    view! {
        <div
            class="divider"
            class:is-dragged=is_dragged
            node_ref=line
            role="separator"
            tabindex="0"
            aria-orientation="horizontal"
            aria-label="Height of the diagram"
            aria-controls="picture"
            aria-valuemin=LEAST.to_string()
            aria-valuemax=MOST.to_string()
            aria-valuenow=move || format!("{:.0}", share.get())
            title="Drag, or use the arrow keys; double-click for the usual height"
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=drop
            on:pointercancel=drop
            on:keydown=press
            on:dblclick=move |_| {
                move_to(USUAL);
                keep();
            }
        ></div>
    }
}
