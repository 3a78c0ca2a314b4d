//! The divider between the diagram and the text: dragged, moved by keys, and remembered
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/>).

use crate::app::storage;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

/// The least and the greatest share of the diagram, in thousandths of the pane's height: whole numbers, since the code that
/// reads and writes fractions weighs as much as all of this file.
const LEAST: u32 = 150;
const MOST: u32 = 800;
const USUAL: u32 = 400;
/// The step of an arrow key, in thousandths.
const STRIDE: u32 = 40;

/// The remembered share of the diagram.
pub fn remembered() -> RwSignal<u32> {
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
    /// The diagram's share of the pane's height, in thousandths.
    share: RwSignal<u32>,
    is_drawn: RwSignal<bool>,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let is_dragged = RwSignal::new(false);
    let move_to = move |thousandths: u32| share.set(thousandths.clamp(LEAST, MOST));
    let keep = move || {
        // As above.
        let _ = storage::save(storage::SPLIT, &share.get_untracked().to_string());
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
            let share = (f64::from(event.client_y()) - pane.top()) / pane.height().max(1.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped next")]
            move_to((share * 1000.0) as u32);
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
            "ArrowUp" => move_to(share.get_untracked().saturating_sub(STRIDE)),
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
            aria-valuemin=(LEAST / 10).to_string()
            aria-valuemax=(MOST / 10).to_string()
            aria-valuenow=move || (share.get() / 10).to_string()
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
