//! One file: its lines, and why they are there.

use super::code::Code;
use super::state::{FilesState, Versions};
use super::why::{Asked, Why};
use crate::app::copy::CopyButton;
use crate::app::download;
use crate::app::icons;
use leptos::prelude::*;
use plimsoll::diff::{self, Change};
use plimsoll::generate::Artifact;
use plimsoll::view::artifacts::trace::Trace;
use plimsoll::view::count;

#[component]
pub fn File(
    state: FilesState,
    versions: Memo<Versions>,
    trace: Memo<Option<Trace>>,
    /// Called with the field of the line that the person points at.
    point: Callback<String>,
    /// Called with the field to go to in the text.
    go: Callback<String>,
) -> impl IntoView {
    let path = Memo::new(move |_| versions.with(|file| file.path.clone()));
    let changes = Memo::new(move |_| {
        versions.with(|file| match (&file.before, &file.after) {
            (Some(before), Some(after)) => diff::changes(&before.text, &after.text),
            (None, Some(after)) if state.baseline.files().with(|files| !files.is_empty()) => {
                diff::changes("", &after.text)
            }
            _ => Vec::new(),
        })
    });
    // The line under the mouse takes precedence over the chosen one.
    let hovered = RwSignal::new(None);
    let chosen = RwSignal::new(None);
    Effect::watch(
        move || path.track(),
        move |(), _, _| {
            hovered.set(None);
            chosen.set(None);
        },
        false,
    );
    let origin = move |line: usize| {
        versions.with(|file| file.after.as_ref().and_then(|file: &Artifact| file.origin(line).cloned()))
    };
    let asked = Memo::new(move |_| {
        let line: usize = hovered.get().or(chosen.get())?;
        let is_new = changes.with(|changes: &Vec<Change>| changes.iter().any(|change| change.after.contains(&line)));
        Some(Asked { line, origin: origin(line), is_new })
    });
    let at_field = move |line: usize, then: Callback<String>| {
        if let Some(origin) = untrack(|| origin(line)) {
            then.run(origin.field.to_string());
        }
    };
    view! {
        <div class="file" role="region" aria-label=move || path.get()>
            <Head versions />
            <Traced state trace path chosen />
            <Code
                state
                versions
                changes
                trace
                hovered
                chosen
                point=Callback::new(move |line| at_field(line, point))
                go=Callback::new(move |line| at_field(line, go))
            />
            <Why asked go />
        </div>
    }
}

/// The file's name, its size, and its actions.
#[component]
fn Head(versions: Memo<Versions>) -> impl IntoView {
    let text = move || versions.with(|file| file.after.as_ref().map(|file| file.text.clone()).unwrap_or_default());
    let size =
        move || versions.with(|file| file.after.as_ref().map(|file| size(file.text.lines().count(), file.text.len())));
    let is_not_saved = RwSignal::new(false);
    let save = move |_| {
        let saved = versions.with_untracked(|file| {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            file.after.as_ref().map(|file| download::save(name, file.text.as_bytes()))
        });
        is_not_saved.set(matches!(saved, Some(Err(_))));
    };
    view! {
        <div class="file-head">
            <h2>{move || versions.with(|file| file.path.clone())}</h2>
            <span class="muted file-size">{size}</span>
            <Show when=move || is_not_saved.get()>
                <span role="status">"Not saved: the browser does not allow it"</span>
            </Show>
            <CopyButton text />
            <button
                type="button"
                class="button icon-button small"
                aria-label="Download this file"
                title="Download this file"
                on:click=save
            >
                {icons::download()}
            </button>
        </div>
    }
}

/// The number of lines that come from the current field, and a button that goes through them.
#[component]
fn Traced(
    state: FilesState,
    trace: Memo<Option<Trace>>,
    path: Memo<String>,
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let next = move |_| {
        let next = trace.with_untracked(|trace| {
            let (path, line) = trace.as_ref()?.next(&path.read_untracked(), chosen.get_untracked())?;
            Some((path.to_owned(), line))
        });
        state.wanted.set(next);
    };
    let content = move |trace: Trace| {
        view! {
            <div class="traced">
                <p>
                    <code>{trace.field.clone()}</code>
                    {format!(" makes {} in {}", count(trace.count(), "line"), count(trace.files.len(), "file"))}
                </p>
                <button type="button" class="button small" on:click=next>
                    "Next line"
                </button>
            </div>
        }
    };
    move || trace.get().map(content)
}

/// The size of a file.
fn size(lines: usize, bytes: usize) -> String {
    let lines = count(lines, "line");
    match bytes {
        0..1000 => format!("{lines} · {bytes} bytes"),
        _ => format!("{lines} · {}.{} kB", bytes / 1000, bytes % 1000 / 100),
    }
}
