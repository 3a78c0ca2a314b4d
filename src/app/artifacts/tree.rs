//! The files as a tree (<https://www.w3.org/WAI/ARIA/apg/patterns/treeview/>).

use super::state::{FilesState, Shows};
use crate::app::icons;
use crate::app::keys;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use plimsoll::view::artifacts::folders::{Row, rows};
use plimsoll::view::artifacts::status::Status;
use plimsoll::view::artifacts::trace::Trace;
use plimsoll::view::count;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const RUN: &str = "Run these commands";

#[component]
pub fn Tree(
    state: FilesState,
    statuses: Memo<Vec<(String, Status)>>,
    trace: Memo<Option<Trace>>,
    /// The path of the shown file.
    path: Memo<String>,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        statuses.with(|all| state.closed.with(|closed| rows(all.iter().map(|(path, _)| path.as_str()), closed)))
    });
    // On a narrow page the tree unfolds above the file.
    let is_open = RwSignal::new(false);
    let is_run = Memo::new(move |_| state.shows.get() == Shows::Commands);
    let draw = move |row: Row| {
        if row.is_folder {
            view! { <Folder row state statuses trace /> }.into_any()
        } else {
            view! { <Leaf row state statuses trace path is_open /> }.into_any()
        }
    };
    view! {
        <div class="file-list" class:is-open=is_open>
            <button
                type="button"
                class="file-list-toggle"
                aria-expanded=move || is_open.get().to_string()
                aria-controls="file-tree"
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {icons::chevron()}
                <span class="file-name">{move || if is_run.get() { RUN.to_owned() } else { path.get() }}</span>
            </button>
            <div class="file-list-body">
                <button
                    type="button"
                    class="file-run"
                    aria-pressed=move || is_run.get().to_string()
                    on:click=move |_| {
                        state.shows.set(if is_run.get_untracked() { Shows::File } else { Shows::Commands });
                        is_open.set(false);
                    }
                >
                    {icons::prompt()}
                    {RUN}
                </button>
                <div
                    id="file-tree"
                    class="file-tree"
                    role="tree"
                    aria-label="Generated files"
                    on:keydown=move |event| on_key(&event, state)
                >
                    <For each=move || rows.get() key=Row::clone children=draw />
                </div>
            </div>
        </div>
    }
}

/// A folder, which opens and closes.
#[component]
fn Folder(
    row: Row,
    state: FilesState,
    statuses: Memo<Vec<(String, Status)>>,
    trace: Memo<Option<Trace>>,
) -> impl IntoView {
    let Row { path, name, depth, .. } = row;
    let folder = StoredValue::new(path.clone());
    let is_inside = move |file: &str| {
        folder.with_value(|folder| file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    let is_open = Memo::new(move |_| folder.with_value(|folder| !state.closed.read().contains(folder)));
    // A closed folder shows the status of the files inside.
    let status = Memo::new(move |_| {
        let has_changes =
            statuses.with(|all| all.iter().any(|(file, status)| is_inside(file) && *status != Status::Same));
        if has_changes && !is_open.get() { Status::Changed } else { Status::Same }
    });
    let lines = Memo::new(move |_| {
        let inside = trace.with(|trace| {
            let files = trace.iter().flat_map(|trace| &trace.files);
            files.filter(|(file, _)| is_inside(file)).map(|(_, lines)| lines.len()).sum::<usize>()
        });
        if is_open.get() { 0 } else { inside }
    });
    view! {
        <div
            class="file-row is-folder"
            role="treeitem"
            tabindex="-1"
            aria-label=path.clone()
            aria-description=move || described(status.get(), lines.get())
            use:level=depth
            aria-expanded=move || is_open.get().to_string()
            data-path=path
            style:padding-left=indent(depth)
            on:click=move |_| folder.with_value(|folder| state.turn(folder))
        >
            {icons::chevron()} <span class="file-name">{name}</span> <Told status lines />
        </div>
    }
}

/// A file, which the person can choose.
#[component]
fn Leaf(
    row: Row,
    state: FilesState,
    statuses: Memo<Vec<(String, Status)>>,
    trace: Memo<Option<Trace>>,
    path: Memo<String>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let Row { path: own, name, depth, .. } = row;
    let file = StoredValue::new(own.clone());
    let is_shown = Memo::new(move |_| path.with(|path| file.with_value(|file| path == file)));
    let is_selected = move || is_shown.get() && state.shows.get() != Shows::Commands;
    let status = Memo::new(move |_| {
        let all = statuses.read();
        file.with_value(|file| all.iter().find(|(path, _)| path == file).map_or(Status::Same, |(_, status)| *status))
    });
    let lines = Memo::new(move |_| {
        trace.with(|trace| trace.as_ref().map_or(0, |trace| file.with_value(|file| trace.lines(file).len())))
    });
    let choose = move |_| {
        file.with_value(|file| state.chosen.set(file.clone()));
        state.shows.update(|shows| {
            if *shows == Shows::Commands {
                *shows = Shows::File;
            }
        });
        is_open.set(false);
    };
    view! {
        <div
            class="file-row"
            class:is-gone=move || status.get() == Status::Gone
            role="treeitem"
            tabindex=move || if is_shown.get() { "0" } else { "-1" }
            aria-label=own.clone()
            aria-description=move || described(status.get(), lines.get())
            use:level=depth
            aria-selected=move || is_selected().to_string()
            data-path=own
            style:padding-left=indent(depth)
            on:click=choose
        >
            {icons::file()} <span class="file-name">{name}</span> <Told status lines />
        </div>
    }
}

/// The marks beside a row's name: the number of lines from the current field, and whether the file changed. The row's
/// description says the same.
#[component]
fn Told(status: Memo<Status>, lines: Memo<usize>) -> impl IntoView {
    let traced = move || (lines.get() > 0).then(|| view! { <span class="file-lines" data-lines=lines.get()></span> });
    let dot = move || {
        let word = status_label(status.get())?;
        Some(view! { <span class=format!("file-dot is-{word}") title=word></span> })
    };
    view! {
        <span class="file-told" aria-hidden="true">
            {traced}
            {dot}
        </span>
    }
}

/// Sets the row's level; Leptos' types have no such attribute.
#[expect(clippy::needless_pass_by_value, reason = "directives are given the element itself")]
fn level(row: Element, depth: usize) {
    // The attribute's name is valid.
    let _ = row.set_attribute("aria-level", &(depth + 1).to_string());
}

/// The indentation of a row.
fn indent(depth: usize) -> String {
    format!("calc({depth} * 0.875rem + 0.75rem)")
}

/// Handles the arrow keys: up and down move through the rows and show the files that get the focus; right and left open
/// and close folders, and move into and out of them.
fn on_key(event: &KeyboardEvent, state: FilesState) {
    let row = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(row) = row.and_then(|row| row.closest("[role=treeitem]").ok().flatten()) else { return };
    let path = row.get_attribute("data-path").unwrap_or_default();
    let is_open = row.get_attribute("aria-expanded").map(|expanded| expanded == "true");
    match (event.key().as_str(), is_open) {
        ("Enter" | " ", _) => {
            event.prevent_default();
            click(row);
        }
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) => {
            event.prevent_default();
            state.turn(&path);
        }
        ("ArrowRight", None) => event.prevent_default(),
        ("ArrowLeft", _) => {
            event.prevent_default();
            if let Some((folder, _)) = path.rsplit_once('/') {
                focus_row(&row, folder);
            }
        }
        _ => {
            if let Some(next) = keys::move_focus(event, "[role=tree]", "[role=treeitem]")
                && !next.has_attribute("aria-expanded")
            {
                next.click();
            }
        }
    }
}

fn click(row: Element) {
    if let Ok(row) = row.dyn_into::<HtmlElement>() {
        row.click();
    }
}

/// Focuses the row of `path`.
fn focus_row(from: &Element, path: &str) {
    let rows = std::iter::successors(from.previous_element_sibling(), Element::previous_element_sibling);
    let row = rows.into_iter().find(|row| row.get_attribute("data-path").as_deref() == Some(path));
    if let Some(Ok(row)) = row.map(JsCast::dyn_into::<HtmlElement>) {
        // The element is in the page.
        let _ = row.focus();
    }
}

/// Describes a file of the tree beyond its name.
fn described(what: Status, lines: usize) -> String {
    let lines = (lines > 0).then(|| format!("{} from the field you are at", count(lines, "line")));
    status_label(what).map(str::to_owned).into_iter().chain(lines).collect::<Vec<_>>().join(", ")
}

/// The label of a file that changed.
fn status_label(status: Status) -> Option<&'static str> {
    match status {
        Status::Same => None,
        Status::Changed => Some("changed"),
        Status::New => Some("new"),
        Status::Gone => Some("gone"),
    }
}
