//! The lines of a file; of a long file, only those around the visible part.

use super::lines::{Line, lines};
use super::marks::{Mark, MarkKind, height};
use super::state::{FilesState, Versions};
use crate::app::keys;
use leptos::html;
use leptos::prelude::*;
use plimsoll::diff::Change;
use plimsoll::view::artifacts::trace::Trace;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Files up to this many lines are rendered whole, so that the browser's own search finds everything in them.
const WHOLE: usize = 1000;
/// In longer files, this many lines are rendered at a time, and as many before and after.
const WINDOW: usize = 200;

/// The lines of the file. The person can point at them and move through them.
#[component]
pub fn Code(
    state: FilesState,
    versions: Memo<Versions>,
    changes: Memo<Vec<Change>>,
    trace: Memo<Option<Trace>>,
    /// The line under the mouse.
    hovered: RwSignal<Option<usize>>,
    /// The line that the person chose.
    chosen: RwSignal<Option<usize>>,
    /// Called with the line that the person points at.
    point: Callback<usize>,
    /// Called with the line whose field the person goes to.
    go: Callback<usize>,
) -> impl IntoView {
    let path = Memo::new(move |_| versions.with(|file| file.path.clone()));
    let count =
        Memo::new(move |_| versions.with(|file| file.after.as_ref().map_or(0, |file| file.text.lines().count())));
    // The window of the first visible line.
    let page = RwSignal::new(0);
    let window = Memo::new(move |_| window(count.get(), page.get()));
    let shown = Memo::new(move |_| {
        versions.with(|file| {
            let text = file.after.as_ref().map_or("", |file| file.text.as_str());
            lines(&file.path, text, &window.read())
        })
    });
    let marks = Memo::new(move |_| {
        let traced = trace.with(|trace| {
            let lines = trace.as_ref().map_or(&[][..], |trace| trace.lines(&path.read()));
            Mark::of_lines(MarkKind::Traced, lines).collect::<Vec<_>>()
        });
        let chosen = chosen.get().map(|line| Mark { kind: MarkKind::Chosen, lines: line..line + 1 });
        let of_changes = changes.with(|changes| Mark::of_changes(changes).collect::<Vec<_>>());
        traced.into_iter().chain(chosen).chain(of_changes).collect::<Vec<_>>()
    });

    let code = NodeRef::<html::Div>::new();
    let on_scroll = move |_| {
        if let Some(code) = code.get_untracked() {
            let now = line_at_height(code.scroll_top(), &code, count.get_untracked()) / WINDOW;
            if page.get_untracked() != now {
                page.set(now);
            }
        }
    };
    let show = move |line: usize| {
        page.set(line / WINDOW);
        chosen.set(Some(line));
        // The line is rendered by then, unless the file is no longer shown.
        request_animation_frame(move || {
            if let (Some(code), Some(window)) = (code.try_get_untracked().flatten(), window.try_get_untracked()) {
                focus_line(&code, line.saturating_sub(window.start));
            }
        });
    };
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        let wanted = state.wanted.get().filter(|(file, _)| *file == now);
        if let Some((_, line)) = wanted {
            state.wanted.set(None);
            show(line);
        } else if before.is_some_and(|before| before != now) {
            if let Some(code) = code.get_untracked() {
                code.set_scroll_top(0);
            }
            page.set(0);
        }
        now
    });
    let line_of = move |event: &web_sys::Event| line_at(event, &window.read_untracked());
    view! {
        <div
            class="code"
            node_ref=code
            role="listbox"
            tabindex="0"
            aria-label=move || format!("{}, line by line; the arrow keys tell why each is there, Enter goes to its field", path.read())
            aria-describedby="why"
            on:scroll=on_scroll
            on:mouseover=move |event| hovered.set(line_of(&event))
            on:mouseleave=move |_| hovered.set(None)
            on:click=move |event| {
                if let Some(line) = line_of(&event).filter(|_| !is_selecting()) {
                    point.run(line);
                }
            }
            on:focusin=move |event| {
                if let Some(line) = line_of(&event) {
                    chosen.set(Some(line));
                }
            }
            on:keydown=move |event| {
                if event.key() == "Enter" && let Some(line) = line_of(&event) {
                    event.prevent_default();
                    go.run(line);
                    return;
                }
                keys::move_focus(&event, ".code", ".line");
            }
        >
            <div class="code-body" style:height=move || height(count.get())>
                <div class="code-marks" aria-hidden="true">
                    <For each=move || marks.get() key=Mark::clone children=Mark::draw />
                </div>
                <div
                    class="code-lines"
                    style:top=move || height(window.read().start)
                    style:counter-reset=move || format!("line {}", window.read().start)
                >
                    <For each=move || shown.get() key=|line| line.key children=draw />
                </div>
            </div>
        </div>
    }
}

fn draw(line: Line) -> impl IntoView {
    let name = line.is_empty().then_some("empty line");
    view! {
        <div class="line" role="option" tabindex="-1" aria-selected="false" aria-label=name>
            {line.draw()}
        </div>
    }
}

/// The lines to render of `count`, when the first visible one is in window `page`.
fn window(count: usize, page: usize) -> Range<usize> {
    if count <= WHOLE {
        return 0..count;
    }
    let start = (page * WINDOW).saturating_sub(WINDOW).min(count);
    start..(start + 3 * WINDOW).min(count)
}

/// The number of the line at `top` pixels.
fn line_at_height(top: i32, code: &HtmlElement, count: usize) -> usize {
    let [top, height] = [top, code.scroll_height()].map(|pixels| usize::try_from(pixels).unwrap_or(0));
    (top * count).checked_div(height).unwrap_or(0)
}

/// The number of the line around the target of an event.
fn line_at(event: &web_sys::Event, window: &Range<usize>) -> Option<usize> {
    let line = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(".line").ok()??;
    let line = line.dyn_into::<HtmlElement>().ok()?;
    let all = line.parent_element()?.dyn_into::<HtmlElement>().ok()?;
    // Heights are whole pixels, so the height of all lines is more exact than that of one.
    let [top, height] = [line.offset_top(), all.offset_height()].map(|pixels| usize::try_from(pixels).unwrap_or(0));
    Some(window.start + (top * window.len() + height / 2).checked_div(height)?)
}

/// Whether the person is selecting text, to copy it.
fn is_selecting() -> bool {
    let selection = leptos::prelude::window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Focuses one of the rendered lines, and scrolls it into the middle.
fn focus_line(code: &HtmlElement, index: usize) {
    let lines = code.query_selector_all(".line").ok();
    let line = lines.and_then(|lines| lines.get(u32::try_from(index).ok()?));
    if let Some(Ok(line)) = line.map(JsCast::dyn_into::<HtmlElement>) {
        let first = line.offset_parent().and_then(|lines| lines.dyn_into::<HtmlElement>().ok());
        let top = line.offset_top() + first.map_or(0, |lines| lines.offset_top());
        code.set_scroll_top(top - code.client_height() / 2);
        // The element is in the page.
        let _ = line.focus();
    }
}
