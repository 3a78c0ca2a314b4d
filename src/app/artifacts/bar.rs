//! The bar above the files: how many changed, and what to do about it.

use super::baseline::Since;
use super::state::{FilesState, Shows};
use leptos::prelude::*;
use plimsoll::view::artifacts::status::Status;
use plimsoll::view::count;

#[component]
pub fn Bar(
    state: FilesState,
    statuses: Memo<Vec<(String, Status)>>,
    /// The text of the files; `None` while it cannot be analyzed.
    text: Signal<Option<String>>,
) -> impl IntoView {
    let changed =
        Memo::new(move |_| statuses.with(|all| all.iter().filter(|(_, status)| *status != Status::Same).count()));
    let compares = Memo::new(move |_| state.shows.get() == Shows::Comparison);
    let compare = move |_| {
        if compares.get_untracked() {
            state.shows.set(Shows::File);
            return;
        }
        // A file without changes has no comparison.
        let first = statuses.with_untracked(|all| {
            let is_same = |path: &str| all.iter().any(|(file, status)| file == path && *status == Status::Same);
            let chosen = state.chosen.read_untracked();
            let found = all.iter().find(|(_, status)| *status != Status::Same);
            found.filter(|_| chosen.is_empty() || is_same(&chosen)).map(|(path, _)| path.clone())
        });
        if let Some(path) = first {
            state.chosen.set(path);
        }
        state.shows.set(Shows::Comparison);
    };
    let keep = move |_| {
        if let Some(text) = text.get_untracked() {
            state.baseline.keep(text);
            state.shows.update(|shows| {
                if *shows == Shows::Comparison {
                    *shows = Shows::File;
                }
            });
        }
    };
    let has_changes = Memo::new(move |_| changed.get() > 0);
    view! {
        <div class="changes">
            <p role="status" class:has-changes=has_changes>
                {move || changes_label(changed.get(), state.baseline.since())}
                {move || {
                    state.baseline.is_lost_on_leaving().then_some(" This browser keeps nothing, so this lasts until you leave.")
                }}
            </p>
            <button
                type="button"
                class="button small"
                aria-pressed=move || compares.get().to_string()
                disabled=move || !has_changes.get() && !compares.get()
                on:click=compare
            >
                "Compare"
            </button>
            <button type="button" class="button small" disabled=move || text.with(Option::is_none) on:click=keep>
                "Keep this state"
            </button>
        </div>
    }
}

/// How many files changed, and since when.
fn changes_label(files: usize, since: Since) -> String {
    let since = match since {
        Since::Never => return "Keep a state to mark what changes after it.".to_owned(),
        Since::Opened => "since you opened this",
        Since::Kept => "since the state you kept",
    };
    match files {
        0 => format!("No file has changed {since}."),
        files => format!("{} changed {since}.", count(files, "file")),
    }
}
