//! The toolbar below the diagram: add services, edit the selection, zoom.

use super::board::{Board, ZOOM};
use super::dom::focus_on;
use super::edits::Edits;
use crate::app::icons;
use crate::app::keys;
use leptos::html;
use leptos::prelude::*;
use plimsoll::edit::{KINDS, Kind};
use plimsoll::view::selection::Selection;

/// The toolbar.
#[component]
pub fn Toolbar(board: Board, edits: Edits, is_drawn: Memo<bool>) -> impl IntoView {
    let service = Memo::new(move |_| {
        let name = board.selected.with(|selected| selected.as_ref().and_then(Selection::service).map(str::to_owned));
        name.filter(|name| board.index(name).is_some())
    });
    let with_selected = move || {
        if let Some((from, to)) = board.line.get() {
            let ends = (from.clone(), to.clone());
            return view! {
                <span class="tool-label">{format!("{from} needs {to}")}</span>
                <button type="button" class="button small" on:click=move |_| edits.disconnect(ends.clone())>
                    "Remove line"
                </button>
            }
            .into_any();
        }
        let Some(name) = service.get() else { return ().into_any() };
        let (renamed, chosen, removed) = (name.clone(), name.clone(), name.clone());
        let can_need = board.subject(&name).is_some_and(plimsoll::view::diagram::picture::Subject::can_need);
        let needs = can_need.then(|| {
            view! {
                <button
                    type="button"
                    class="button small"
                    title="Choose what it needs (C)"
                    on:click=move |event| {
                        event.stop_propagation();
                        edits.choose_needs(&chosen);
                    }
                >
                    "Needs"
                </button>
            }
        });
        view! {
            <button
                type="button"
                class="button small"
                title="Rename it (F2)"
                on:click=move |_| edits.rename(&renamed)
            >
                "Rename"
            </button>
            {needs}
            <button
                type="button"
                class="button small"
                title="Remove it (Delete)"
                on:click=move |_| edits.remove(&removed)
            >
                "Remove"
            </button>
        }
        .into_any()
    };
    let percent = move || {
        let (scale, usual) = (board.camera.get().scale, board.pane.get().usual);
        format!("{:.0} %", scale / usual.max(0.1) * 100.0)
    };
    view! {
        <div class="diagram-tools" role="toolbar" aria-label="Diagram">
            <Show when=move || !edits.is_fixed()>
                <AddMenu edits />
                <Show when=move || is_drawn.get()>{with_selected}</Show>
            </Show>
            <span class="space"></span>
            <Show when=move || is_drawn.get()>
                <div class="zoom">
                    <button
                        type="button"
                        class="button icon-button small"
                        aria-label="Smaller"
                        title="Smaller (−)"
                        on:click=move |_| board.zoom(1.0 / ZOOM, None)
                    >
                        {icons::minus()}
                    </button>
                    <span class="diagram-scale">{percent}</span>
                    <button
                        type="button"
                        class="button icon-button small"
                        aria-label="Larger"
                        title="Larger (+)"
                        on:click=move |_| board.zoom(ZOOM, None)
                    >
                        {icons::plus()}
                    </button>
                    <button
                        type="button"
                        class="button icon-button small"
                        aria-label="Show all"
                        title="Show all (0)"
                        on:click=move |_| board.show_all()
                    >
                        {icons::fit()}
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// The button that adds a service, with its menu of kinds.
#[component]
fn AddMenu(edits: Edits) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let menu = NodeRef::<html::Div>::new();
    // The menu opens above the button.
    let corner = RwSignal::new((0.0, 0.0));
    let measure = move || {
        if let Some(button) = button.get_untracked() {
            let (rect, height) = (button.get_bounding_client_rect(), document().document_element());
            let height = height.map_or(0.0, |root| f64::from(root.client_height()));
            corner.set((rect.left(), height - rect.top() + 4.0));
        }
    };
    let item = move |kind: &Kind| {
        let kind = *kind;
        view! {
            <button
                type="button"
                class="add-kind"
                role="menuitem"
                on:click=move |_| {
                    if let Some(menu) = menu.get_untracked() {
                        // It is open, since it was clicked.
                        let _ = menu.hide_popover();
                    }
                    edits.add(kind);
                }
            >
                {kind.title}
            </button>
        }
    };
    view! {
        <button
            type="button"
            class="button small add-service"
            node_ref=button
            aria-haspopup="menu"
            popovertarget="add-service"
            on:click=move |_| measure()
        >
            {icons::plus()}
            "Add service"
        </button>
        <div
            class="add-kinds"
            id="add-service"
            popover="auto"
            role="menu"
            aria-label="Kinds of services"
            node_ref=menu
            style:left=move || format!("{}px", corner.get().0)
            style:bottom=move || format!("{}px", corner.get().1)
            on:toggle=move |_| {
                let first = menu.get_untracked().and_then(|menu| menu.query_selector("[role=menuitem]").ok().flatten());
                if let Some(first) = first {
                    // A closing menu does not take the focus.
                    focus_on(&first);
                }
            }
            on:keydown=move |event| _ = keys::move_focus(&event, "[role=menu]", "[role=menuitem]")
        >
            {KINDS.iter().map(item).collect_view()}
        </div>
    }
}
