//! The diagram of the topology: services, what they need, what is public, and where they run.

mod board;
mod chips;
mod dom;
mod drawing;
mod edits;

mod gestures;
mod list;
mod overlay;
mod toolbar;

use crate::app::analysis_store::AnalysisStore;
use crate::app::history::History;
use crate::app::icons;
use crate::app::inline_code::with_code;
use board::{Board, ZOOM};
use chips::Chips;
use dom::{at, focus_on};
use drawing::{DrawnWire, Frame, Lines, Nodes};
use edits::Edits;
use gestures::Gestures;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use list::{List, MOST_DRAWN};
use overlay::Overlay;
use plimsoll::plan::simulate::Target;
use plimsoll::view::diagram::camera::Pane;
use plimsoll::view::diagram::layout::Direction;
use plimsoll::view::diagram::picture::Node;
use plimsoll::view::selection::Selection;
use toolbar::Toolbar;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// How far an arrow key pans when no node has the focus.
const STRIDE: f64 = 48.0;

/// The diagram.
#[component]
pub fn Diagram(
    analysis: AnalysisStore,
    history: History,
    selected: RwSignal<Option<Selection>>,
    /// The shown target.
    #[prop(into)]
    target: Signal<Target>,
    /// Called when the person opens the form of the selection.
    open: Callback<()>,
    /// Whether it is part of a page that scrolls, which the plain wheel then scrolls.
    #[prop(optional)]
    yields_wheel: bool,
) -> impl IntoView {
    let board = Board::new(analysis, target, selected);
    let edits = Edits::new(board, history);
    let gestures = Gestures::new(board, edits, yields_wheel);
    let pane = NodeRef::<html::Div>::new();
    watch_size(pane, board);
    give_focus(pane, board);
    let count =
        Memo::new(move |_| analysis.report.with(|report| report.as_ref().map_or(0, |report| report.services.len())));
    let is_drawn = Memo::new(move |_| (1..=MOST_DRAWN).contains(&count.get()));
    let press = move |event: KeyboardEvent| {
        if pressed(&event, board, edits, pane, open) {
            event.prevent_default();
        }
    };
    let camera = move || {
        let camera = board.camera.get();
        format!("translate({}, {}) scale({})", camera.x, camera.y, camera.scale)
    };
    let drawing = move || {
        view! {
            <svg class="diagram-drawing" role="group" aria-label="Diagram" aria-describedby="diagram-help">
                <g transform=camera>
                    <Frame layout=board.layout is_cluster=Signal::derive(move || target.get() == Target::Cluster) />
                    <g class="lines">
                        <Lines board />
                    </g>
                    <Chips board open />
                    <g class="nodes" role="listbox" aria-label="Services and what they need">
                        <Nodes board />
                    </g>
                    <DrawnWire board />
                </g>
            </svg>
        }
    };
    view! {
        <div class="diagram" class:is-stale=analysis.stale class:is-fixed=edits.is_fixed()>
            <div
                class="diagram-pane"
                node_ref=pane
                on:pointerdown=move |event| gestures.down(&event)
                on:pointermove=move |event| gestures.moved(&event)
                on:pointerup=move |event| gestures.up(&event)
                on:pointercancel=move |event| gestures.gone(&event)
                on:wheel=move |event| gestures.turned(&event)
                on:keydown=press
                on:click=move |event| clicked(&event, board, edits)
                on:dblclick=move |event| {
                    if at(&event, "[data-node]").is_some() {
                        open.run(());
                    }
                }
            >
                <p class="visually-hidden" id="diagram-help">
                    "The arrow keys go along the lines and through the columns. Enter opens the form of a service, \
                        F2 renames it, C chooses what it needs, Delete removes it. Plus and minus zoom, 0 shows all."
                </p>
                <Show when=move || is_drawn.get()>{drawing}</Show>
                <Show when=move || { count.get() > MOST_DRAWN }>
                    <List analysis selected open />
                </Show>
                <Show when=move || count.get() == 0>
                    <p class="diagram-empty">"Your topology appears here."</p>
                </Show>
                <Overlay board edits />
                <Refusal edits />
            </div>
            <Toolbar board edits is_drawn />
        </div>
    }
}

/// Why the last change was not made.
#[component]
fn Refusal(edits: Edits) -> impl IntoView {
    view! {
        <div class="refusals" role="alert">
            {move || {
                edits
                    .refusal
                    .get()
                    .map(|why| {
                        view! {
                            <p class="refusal">
                                <span>"Not changed: " {with_code(&why)}</span>
                                <button
                                    type="button"
                                    class="button icon-button small"
                                    aria-label="Close this message"
                                    on:click=move |_| edits.refusal.set(None)
                                >
                                    {icons::close()}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// Focuses the node that wants the focus, once it is rendered.
fn give_focus(pane: NodeRef<html::Div>, board: Board) {
    Effect::new(move || {
        if let Some(key) = board.wants_focus.get()
            && board.index(&key).is_some()
        {
            board.wants_focus.set(None);
            request_animation_frame(move || focus(pane, &key));
        }
    });
}

/// Observes the size of the pane, and the person's text size.
fn watch_size(pane: NodeRef<html::Div>, board: Board) {
    Effect::new(move || {
        let Some(pane) = pane.get() else { return };
        let measured: Element = pane.clone().into();
        let measure = Closure::<dyn FnMut()>::new(move || {
            let usual = text_size().unwrap_or(16.0) / 16.0;
            let (width, height) = (f64::from(measured.client_width()), f64::from(measured.client_height()));
            let pane = Pane { width, height, usual };
            if board.pane.get_untracked() != pane {
                board.pane.set(pane);
            }
        });
        if let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) {
            observer.observe(&pane);
        }
        // Both live as long as the page.
        measure.forget();
    });
}

/// The person's text size, in px.
fn text_size() -> Option<f64> {
    let style = window().get_computed_style(&document().document_element()?).ok()??;
    style
        .get_property_value("font-size")
        .ok()
        .map(|size| js_sys::Number::parse_float(&size))
        .filter(|size| size.is_finite())
}

/// Selects the clicked element; a click on the background deselects the line.
fn clicked(event: &web_sys::MouseEvent, board: Board, edits: Edits) {
    edits.open.set(None);
    if at(event, "[data-line], .diagram-chip").is_some() {
        return;
    }
    board.line.set(None);
    if let Some(key) = at(event, "[data-node]").and_then(|node| node.get_attribute("data-node")) {
        select(board, &key);
    }
}

fn select(board: Board, key: &str) {
    let selection = untrack(|| {
        let index = board.index(key)?;
        board.picture.with(|picture| picture.nodes.get(index).map(Node::selection))
    });
    if selection.is_some() {
        board.current.set(key.to_owned());
        board.selected.set(selection);
    }
}

/// Handles a key. Returns whether the key means anything here.
fn pressed(event: &KeyboardEvent, board: Board, edits: Edits, pane: NodeRef<html::Div>, open: Callback<()>) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return false;
    }
    let key = event.key();
    match key.as_str() {
        "+" | "=" => board.zoom(ZOOM, None),
        "-" | "_" => board.zoom(1.0 / ZOOM, None),
        "0" => board.show_all(),
        "Escape" => {
            board.wire.set(None);
            board.line.set(None);
        }
        key => {
            let node = at(event, "[data-node]").and_then(|node| node.get_attribute("data-node"));
            return match node {
                Some(node) => pressed_at_node(key, &node, board, edits, pane, open),
                None if at(event, "[data-line]").is_some() => pressed_at_line(key, board, edits),
                None => pressed_beside(key, board),
            };
        }
    }
    true
}

fn pressed_at_node(
    key: &str,
    node: &str,
    board: Board,
    edits: Edits,
    pane: NodeRef<html::Div>,
    open: Callback<()>,
) -> bool {
    let step = |direction| {
        let next = untrack(|| {
            let index = board.index(node)?;
            board.key(board.layout.with(|layout| layout.step(index, direction))?)
        });
        if let Some(next) = next {
            focus(pane, &next);
        }
    };
    match key {
        "ArrowLeft" => step(Direction::Left),
        "ArrowRight" => step(Direction::Right),
        "ArrowUp" => step(Direction::Up),
        "ArrowDown" => step(Direction::Down),
        "Enter" => {
            select(board, node);
            open.run(());
        }
        " " => select(board, node),
        "F2" => edits.rename(node),
        "c" | "C" => edits.choose_needs(node),
        "Delete" | "Backspace" => edits.remove(node),
        _ => return false,
    }
    true
}

fn pressed_at_line(key: &str, board: Board, edits: Edits) -> bool {
    match (key, board.line.get_untracked()) {
        ("Delete" | "Backspace", Some(line)) => {
            edits.disconnect(line);
            true
        }
        _ => false,
    }
}

fn pressed_beside(key: &str, board: Board) -> bool {
    match key {
        "ArrowLeft" => board.pan(STRIDE, 0.0),
        "ArrowRight" => board.pan(-STRIDE, 0.0),
        "ArrowUp" => board.pan(0.0, STRIDE),
        "ArrowDown" => board.pan(0.0, -STRIDE),
        _ => return false,
    }
    true
}

/// Focuses a node.
fn focus(pane: NodeRef<html::Div>, key: &str) {
    let Some(pane) = pane.get_untracked() else { return };
    let Ok(nodes) = pane.query_selector_all("[data-node]") else { return };
    let found = (0..nodes.length()).filter_map(|index| nodes.get(index)?.dyn_into::<Element>().ok());
    if let Some(node) = found.into_iter().find(|node| node.get_attribute("data-node").as_deref() == Some(key)) {
        focus_on(&node);
    }
}
