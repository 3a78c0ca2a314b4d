//! The editors that open over the diagram: a field for a service's name, and a list of what it may need.

use super::board::Board;
use super::dom::focus_on;
use super::edits::{Edits, Open};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use plimsoll::edit::Change;
use plimsoll::view::diagram::layout::Rect;
use plimsoll::view::diagram::picture::Subject;

/// The width of the list in diagram.css, and its least height.
const LIST_WIDTH: f64 = 224.0;
const LIST_HEIGHT: f64 = 160.0;

/// The open editor.
#[component]
pub fn Overlay(board: Board, edits: Edits) -> impl IntoView {
    move || match edits.open.get() {
        None => ().into_any(),
        Some(Open::Name(key)) => view! { <Name board edits key /> }.into_any(),
        Some(Open::Needs(key)) => view! { <Needs board edits key /> }.into_any(),
    }
}

/// The rectangle of a node in the pane.
fn seen(board: Board, key: &str) -> Rect {
    board.rect(key).map(|rect| board.camera.get().seen(rect)).unwrap_or_default()
}

#[component]
fn Name(board: Board, edits: Edits, key: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let at = {
        let key = key.clone();
        Memo::new(move |_| seen(board, &key))
    };
    Effect::new(move || {
        if let Some(field) = field.get() {
            // The element is in the page.
            let _ = field.focus();
            field.select();
        }
    });
    let old = StoredValue::new(key.clone());
    let done = move || {
        // The field also loses the focus when it is removed.
        if !matches!(edits.open.get_untracked(), Some(Open::Name(_))) {
            return;
        }
        let new = field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        let from = old.get_value();
        edits.close();
        if !new.is_empty() && new != from {
            board.wants_focus.set(Some(new.clone()));
            edits.make(Change::RenameService { from, to: new });
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            done();
        }
        "Escape" => {
            event.stop_propagation();
            edits.close();
        }
        _ => event.stop_propagation(),
    };
    view! {
        <input
            class="rename"
            type="text"
            data-own-undo=""
            aria-label=format!("New name of {key}")
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            maxlength="63"
            node_ref=field
            prop:value=key.clone()
            style:left=move || format!("{}px", at.get().x)
            style:top=move || format!("{}px", at.get().y)
            style:width=move || format!("{}px", at.get().width.max(120.0))
            on:keydown=press
            on:blur=move |_| done()
            on:pointerdown=|event| event.stop_propagation()
            on:click=|event| event.stop_propagation()
        />
    }
}

#[component]
fn Needs(board: Board, edits: Edits, key: String) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let first = panel.get().and_then(|panel| panel.query_selector("input, button").ok().flatten());
        if let Some(first) = first {
            focus_on(&first);
        }
    });
    let place = {
        let key = key.clone();
        Memo::new(move |_| {
            let (node, pane) = (seen(board, &key), board.pane.get());
            let x = (node.right() + 8.0).min(pane.width - LIST_WIDTH - 8.0).max(8.0);
            let y = node.y.min(pane.height - LIST_HEIGHT - 8.0).max(8.0);
            (x, y, (pane.height - y - 8.0).max(80.0))
        })
    };
    let others = {
        let key = key.clone();
        Memo::new(move |_| {
            board.picture.with(|picture| {
                let services = picture.nodes.iter().filter(|node| node.subject != Subject::Door);
                services.map(|node| node.name.clone()).filter(|name| *name != key).collect::<Vec<_>>()
            })
        })
    };
    let from = StoredValue::new(key.clone());
    let choice = move |to: String| {
        let (asked, changed) = (to.clone(), to.clone());
        let is_needed = move || from.with_value(|from| board.is_needed(from, &asked));
        view! {
            <li>
                <label class="needs-choice">
                    <input
                        type="checkbox"
                        prop:checked=is_needed
                        on:change:target=move |event| {
                            let (service, needs) = (from.get_value(), changed.clone());
                            edits
                                .make(
                                    if event.target().checked() {
                                        Change::Connect { service, needs }
                                    } else {
                                        Change::Disconnect { service, needs }
                                    },
                                );
                        }
                    />
                    <span>{to}</span>
                </label>
            </li>
        }
    };
    let press = move |event: KeyboardEvent| {
        // The page handles undo and redo, and the list all other keys.
        if !event.ctrl_key() && !event.meta_key() {
            event.stop_propagation();
        }
        match event.key().as_str() {
            "Escape" | "Enter" => {
                event.prevent_default();
                edits.close();
            }
            _ => _ = crate::app::keys::move_focus(&event, ".needs", "input"),
        }
    };
    view! {
        <div
            class="needs"
            role="dialog"
            aria-label=format!("What {key} needs")
            node_ref=panel
            style:left=move || format!("{}px", place.get().0)
            style:top=move || format!("{}px", place.get().1)
            style:max-height=move || format!("{}px", place.get().2)
            on:keydown=press
            on:pointerdown=|event| event.stop_propagation()
            on:wheel=|event| event.stop_propagation()
            on:click=|event| event.stop_propagation()
        >
            <p class="needs-head">{format!("{key} needs")}</p>
            <ul class="needs-list">
                <For each=move || others.get() key=String::clone children=choice />
            </ul>
            <Show when=move || others.with(Vec::is_empty)>
                <p class="muted">"There is no other service yet."</p>
            </Show>
            <button type="button" class="button small" on:click=move |_| edits.close()>
                "Done"
            </button>
        </div>
    }
}
