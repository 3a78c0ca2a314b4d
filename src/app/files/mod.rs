//! The generated files: which there are, what they say and why, what changed, and what to run.

mod bar;
mod code;
mod commands;
mod comparison;
mod file;
mod kept;
mod lines;
mod marks;
mod tree;
mod why;

pub use kept::Kept;

use super::engine::Engine;
use super::field::Fields;
use super::live::Live;
use bar::Bar;
use commands::Commands;
use comparison::Comparison;
use file::File;
use leptos::prelude::*;
use plimsoll::generate::Artifact;
use plimsoll::plan::simulate::Target;
use plimsoll::view::artifacts::status::statuses;
use plimsoll::view::artifacts::trace::Trace;
use std::collections::BTreeSet;
use tree::Tree;

/// What the person does with the files, which lasts while other views are open.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The path of the file that they chose; it may be none of those there are.
    chosen: RwSignal<String>,
    /// What they look at.
    shows: RwSignal<Shows>,
    /// The folders that they closed.
    closed: RwSignal<BTreeSet<String>>,
    /// A line of a file to go to, each time it is set.
    wanted: RwSignal<Option<(String, usize)>>,
    /// Set when the first line that comes from the field they are at is wanted.
    traces: RwSignal<bool>,
    kept: Kept,
}

/// What is shown beside the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    File,
    Comparison,
    Commands,
}

impl Desk {
    /// A desk on which nothing is chosen yet.
    pub fn new(kept: Kept) -> Self {
        Self {
            chosen: RwSignal::default(),
            shows: RwSignal::new(Shows::File),
            closed: RwSignal::default(),
            wanted: RwSignal::new(None),
            traces: RwSignal::new(false),
            kept,
        }
    }

    /// Shows the file of that path, if there is one.
    pub fn choose(self, path: String) {
        self.chosen.set(path);
    }

    /// The person opened another document: what changes from here on is told.
    pub fn opened(self, text: &str) {
        self.kept.opened(text.to_owned());
    }

    /// Goes to the first line that comes from the field that the person is at, once the files are shown.
    pub fn go_to_lines(self) {
        self.traces.set(true);
    }
}

/// A file now, and in the kept state.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Versions {
    path: String,
    before: Option<Artifact>,
    after: Option<Artifact>,
}

/// The files: a tree, and the one that is chosen.
#[component]
pub fn Files(
    live: Live,
    desk: Desk,
    /// The text that the files are of; none while it gives none.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// The target whose plan is shown.
    #[prop(into)]
    target: Signal<Target>,
    /// Called with the field of a line that the person points at.
    point: Callback<String>,
    /// Called with the field whose place in the text the person wants.
    go: Callback<String>,
) -> impl IntoView {
    let before = desk.kept.files();
    let after = live.files(Engine::of_page());
    let are_here = Memo::new(move |_| after.with(Option::is_some));
    let after = move || after.get().unwrap_or_default();
    let statuses = Memo::new(move |_| before.with(|before| statuses(before, &after())));
    let versions = Memo::new(move |_| {
        let chosen = desk.chosen.read();
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
        if !are_here.get() || !desk.traces.get() {
            return;
        }
        desk.traces.set(false);
        let first = trace.with_untracked(|trace| {
            let (file, number) = trace.as_ref()?.next(&path.read_untracked(), None)?;
            Some((file.to_owned(), number))
        });
        if first.is_some() {
            desk.wanted.set(first);
        }
    });
    // What is wanted is shown in its file.
    Effect::new(move || {
        if let Some((path, _)) = desk.wanted.get() {
            desk.chosen.set(path);
            desk.shows.set(Shows::File);
        }
    });
    let guide = Memo::new(move |_| {
        let files = after();
        let found = files.iter().find(|file| file.path == plimsoll::generate::guide::PATH);
        found.map(|file| file.text.clone()).unwrap_or_default()
    });
    let shown = Memo::new(move |_| (desk.shows.get(), versions.with(|file| file.after.is_none())));
    let content = move || match shown.get() {
        (Shows::Commands, _) => view! { <Commands guide target /> }.into_any(),
        (Shows::Comparison, _) | (Shows::File, true) => view! { <Comparison versions /> }.into_any(),
        (Shows::File, false) => view! { <File desk versions trace point go /> }.into_any(),
    };
    let files = move || {
        view! {
            <div class="files">
                <Bar desk statuses text />
                <div class="files-body">
                    <Tree desk statuses trace path />
                    {content}
                </div>
            </div>
        }
    };
    let awaited = || view! { <p class="awaited">"Working it out …"</p> };
    view! {
        <Show when=move || are_here.get() fallback=awaited>
            {files}
        </Show>
    }
}
