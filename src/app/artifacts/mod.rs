//! The generated files: a tree, the chosen file and why its lines are there, changes, and commands to run.

mod bar;
pub mod baseline;
mod code;
mod commands;
mod comparison;
mod file;
mod lines;
mod marks;
pub mod state;
mod tree;
mod why;

use crate::app::analysis_store::AnalysisStore;
use crate::app::client::Client;
use crate::app::field::Fields;
use bar::Bar;
use commands::Commands;
use comparison::Comparison;
use file::File;
use leptos::prelude::*;
use plimsoll::generate::Artifact;
use plimsoll::plan::simulate::Target;
use plimsoll::view::artifacts::status::statuses;
use plimsoll::view::artifacts::trace::Trace;
use state::{FilesState, Shows, Versions};
use tree::Tree;

/// The files view: a tree, and the chosen file.
#[component]
pub fn Files(
    analysis: AnalysisStore,
    state: FilesState,
    /// The text of the files; `None` while it cannot be analyzed.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// The target whose plan is shown.
    #[prop(into)]
    target: Signal<Target>,
    /// Called with the field of the line that the person points at.
    point: Callback<String>,
    /// Called with the field to go to in the text.
    go: Callback<String>,
) -> impl IntoView {
    let before = state.baseline.files();
    let after = analysis.files(Client::of_page());
    let are_here = Memo::new(move |_| after.with(Option::is_some));
    let after = move || after.get().unwrap_or_default();
    let statuses = Memo::new(move |_| before.with(|before| statuses(before, &after())));
    let versions = Memo::new(move |_| {
        let chosen = state.chosen.read();
        let path = statuses.with(|all| {
            let found = all.iter().find(|(path, _)| *path == *chosen).or(all.first());
            found.map(|(path, _)| path.clone()).unwrap_or_default()
        });
        let find = |files: &[Artifact]| files.iter().find(|file| file.path == path).cloned();
        Versions { before: before.with(|files| find(files)), after: find(&after()), path }
    });
    let path = Memo::new(move |_| versions.with(|file| file.path.clone()));
    let at = Fields::of_page().at;
    let trace = Memo::new(move |_| Trace::of(&after(), &at.read().as_ref()?.path));
    Effect::new(move || {
        if !are_here.get() || !state.traces.get() {
            return;
        }
        state.traces.set(false);
        let first = trace.with_untracked(|trace| {
            let (file, number) = trace.as_ref()?.next(&path.read_untracked(), None)?;
            Some((file.to_owned(), number))
        });
        if first.is_some() {
            state.wanted.set(first);
        }
    });
    // A wanted line is shown in its file.
    Effect::new(move || {
        if let Some((path, _)) = state.wanted.get() {
            state.chosen.set(path);
            state.shows.set(Shows::File);
        }
    });
    let guide = Memo::new(move |_| {
        let files = after();
        let found = files.iter().find(|file| file.path == plimsoll::generate::guide::PATH);
        found.map(|file| file.text.clone()).unwrap_or_default()
    });
    let shown = Memo::new(move |_| (state.shows.get(), versions.with(|file| file.after.is_none())));
    let content = move || match shown.get() {
        (Shows::Commands, _) => view! { <Commands guide target /> }.into_any(),
        (Shows::Comparison, _) | (Shows::File, true) => view! { <Comparison versions /> }.into_any(),
        (Shows::File, false) => view! { <File state versions trace point go /> }.into_any(),
    };
    let files = move || {
        view! {
            <div class="files">
                <Bar state statuses text />
                <div class="files-body">
                    <Tree state statuses trace path />
                    {content}
                </div>
            </div>
        }
    };
    let awaited = || view! { <p class="awaited">"Computing …"</p> };
    view! {
        <Show when=move || are_here.get() fallback=awaited>
            {files}
        </Show>
    }
}
