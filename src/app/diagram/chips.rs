//! The signs around the services, as buttons.

use super::board::Board;
use leptos::prelude::*;
use plimsoll::view::diagram::layout::{Rect, head};
use plimsoll::view::diagram::picture::Subject;
use plimsoll::view::diagram::signs::{Sign, Signs};
use plimsoll::view::selection::Selection;

/// The overlap of the traffic sign and the door.
const OVERLAP: f64 = 6.0;

/// The buttons.
#[component]
pub fn Chips(
    board: Board,
    /// Called when the person opens the form of the selection.
    open: Callback<()>,
) -> impl IntoView {
    let chips = Memo::new(move |_| {
        let Signs { head, door } = board.signs.get();
        let rects = board.layout.with(|layout| layout.head.clone());
        let at_door = door.and_then(|sign| Some((below_door(board, &sign)?, sign)));
        rects.into_iter().zip(head).chain(at_door).collect::<Vec<_>>()
    });
    let chip = move |(rect, sign): (Rect, Sign)| {
        let Sign { selection, words, shown } = sign;
        let words = if selection == Selection::Traffic { format!("Traffic {words}") } else { words };
        let (pressed, chosen, opened) = (selection.clone(), selection.clone(), selection);
        let is_selected = Memo::new(move |_| board.selected.with(|selected| selected.as_ref() == Some(&pressed)));
        let Rect { x, y, width, height } = rect;
        view! {
            <g
                class="diagram-chip"
                class:is-selected=is_selected
                role="button"
                tabindex="0"
                aria-label=words
                aria-pressed=move || is_selected.get().to_string()
                transform=format!("translate({x}, {y})")
                on:click=move |_| board.selected.set(Some(chosen.clone()))
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "Enter" | " ") {
                        event.prevent_default();
                        board.selected.set(Some(opened.clone()));
                        open.run(());
                    }
                }
            >
                <rect class="chip-body" width=width height=height rx="6" />
                <text class="chip-words" x=width / 2.0 y=height / 2.0 + 4.0>{shown}</text>
            </g>
        }
    };
    view! { {move || chips.get().into_iter().map(chip).collect_view()} }
}

/// The rectangle of the sign at the door.
fn below_door(board: Board, sign: &Sign) -> Option<Rect> {
    let door = board.picture.with(|picture| picture.nodes.iter().position(|node| node.subject == Subject::Door))?;
    let door = board.layout.with(|layout| layout.boxes.get(door).copied())?;
    let width = sign.width();
    Some(Rect { x: door.middle().x - width / 2.0, y: door.bottom() - OVERLAP, width, height: head::HEIGHT })
}
