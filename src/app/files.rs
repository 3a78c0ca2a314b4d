//! The generated files: which there are, what they say, and why each line is there.

use super::findings::host;
use super::highlight::{Kind, Language};
use super::{icons, keys};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::{ev, task};
use plimsoll::engine::Report;
use plimsoll::generate::{Artifact, Origin};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// More lines than anyone reads in a browser; copying and downloading give them all.
const MOST_LINES: usize = 3000;

/// The files: a list, and the one that is chosen.
#[component]
pub fn Files(
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    /// The path of the file that the person chose; it may be none of these.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let paths = Memo::new(move |_| {
        report.with(|report| {
            let artifacts = report.iter().flat_map(|report| &report.artifacts);
            artifacts.map(|artifact| artifact.path.clone()).collect::<Vec<_>>()
        })
    });
    let current = Memo::new(move |_| {
        report.with(|report| {
            let artifacts = &report.as_ref()?.artifacts;
            let path = chosen.read();
            artifacts.iter().find(|artifact| artifact.path == *path).or(artifacts.first()).cloned()
        })
    });
    let path = Memo::new(move |_| current.with(|file| file.as_ref().map(|file| file.path.clone()).unwrap_or_default()));
    let tab = move |of: String| {
        let (folder, name) = of.rsplit_once('/').map_or(("", of.as_str()), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let name = name.to_owned();
        let (mine, choice) = (of.clone(), of);
        let selected = Memo::new(move |_| path.with(|path| *path == mine));
        view! {
            <button
                type="button"
                role="tab"
                class="file-tab"
                aria-selected=move || selected.get().to_string()
                tabindex=move || if selected.get() { "0" } else { "-1" }
                on:click=move |_| chosen.set(choice.clone())
            >
                <span class="folder">{folder}</span>
                {name}
            </button>
        }
    };
    view! {
        <div class="files">
            <div
                class="file-list"
                role="tablist"
                aria-orientation="vertical"
                aria-label="Generated files"
                on:keydown=move |event| keys::in_tab_list(&event)
            >
                <For each=move || paths.get() key=String::clone children=tab />
            </div>
            <div class="file" role="tabpanel" aria-label=move || path.get()>
                <File file=current path />
            </div>
        </div>
    }
}

/// One file: what it says, and why.
#[component]
fn File(file: Memo<Option<Artifact>>, path: Memo<String>) -> impl IntoView {
    let lines = Memo::new(move |_| file.with(|file| file.as_ref().map(lines).unwrap_or_default()));
    let hidden =
        move || file.with(|file| file.as_ref().map_or(0, |file| file.lines().count().saturating_sub(MOST_LINES)));
    let text = move || file.with(|file| file.as_ref().map(|file| file.text.clone()).unwrap_or_default());
    // The line under the mouse goes before the one that was chosen.
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
    let asked = Memo::new(move |_| {
        let line: usize = hovered.get().or(chosen.get())?;
        Some((line, file.with(|file| file.as_ref().and_then(|file| file.origin(line).cloned()))))
    });
    view! {
        <div class="file-head">
            <h2>{move || path.get()}</h2>
            <CopyButton text />
        </div>
        <div
            class="code"
            role="listbox"
            tabindex="0"
            aria-label=move || format!("{}, line by line; the arrow keys tell why each is there", path.get())
            aria-describedby="why"
            on:mouseover=move |event| hovered.set(line_at(&event))
            on:mouseleave=move |_| hovered.set(None)
            on:focusin=move |event| {
                if let Some(line) = line_at(&event) {
                    chosen.set(Some(line));
                }
            }
            on:keydown=move |event| _ = keys::move_focus(&event, ".code", ".line")
        >
            <For each=move || lines.get() key=|line| line.key children=draw />
        </div>
        <Show when=move || { hidden() > 0 }>
            <p class="muted file-rest">
                {move || format!("{} more lines: copy or download the file to have them all.", hidden())}
            </p>
        </Show>
        <Why asked />
    }
}

/// Why the line that is asked about is there.
#[component]
fn Why(asked: Memo<Option<(usize, Option<Origin>)>>) -> impl IntoView {
    let words = move || match asked.get() {
        None => {
            view! { <p class="muted">"Point at a line, or move to it with the arrow keys, to see why it is there."</p> }
                .into_any()
        }
        Some((line, None)) => {
            view! { <p class="muted">{format!("Line {}: part of every such file.", line + 1)}</p> }.into_any()
        }
        Some((line, Some(Origin { field, reason, link }))) => {
            let link = link.map(|link| {
                view! { <a href=link.to_string() target="_blank" rel="noreferrer">{host(&link).to_owned()}</a> }
            });
            view! {
                <p>{reason}</p>
                <p class="muted">
                    {format!("Line {} · from ", line + 1)} <code>{field}</code> {link.map(|link| (" · ", link))}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <div class="why" id="why" aria-live="polite">
            {words}
        </div>
    }
}

/// How long it is said that something was copied.
const SHOWN_MILLIS: u32 = 3000;

/// Copies text, and says whether that worked.
#[component]
pub fn CopyButton(
    text: impl Fn() -> String + 'static,
    /// What the button says.
    #[prop(default = "Copy")]
    words: &'static str,
) -> impl IntoView {
    let outcome = RwSignal::new("");
    let copy = move |_: ev::MouseEvent| {
        let text = text();
        task::spawn_local(async move {
            outcome.set(if copy(&text).await { "Copied" } else { "Not copied: the browser does not allow it" });
            Timeout::new(SHOWN_MILLIS, move || outcome.set("")).forget();
        });
    };
    view! {
        <span class="copy-outcome" role="status">
            {outcome}
        </span>
        <button type="button" class="button small" on:click=copy>
            {icons::copy()}
            {words}
        </button>
    }
}

async fn copy(text: &str) -> bool {
    // Pages that did not come by HTTPS have no clipboard, which the types do not say.
    let clipboard = window().navigator().clipboard();
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A line that is drawn; it stays in the page for as long as it says the same.
#[derive(Clone, PartialEq)]
struct Line {
    /// A hash of what it says, and which of the lines that say so it is.
    key: (u64, usize),
    tokens: Vec<(Kind, String)>,
}

/// The lines of `file`, as many as are shown.
fn lines(file: &Artifact) -> Vec<Line> {
    let mut seen = HashMap::new();
    Language::of(&file.path)
        .lines(&file.text)
        .into_iter()
        .take(MOST_LINES)
        .map(|tokens| {
            let mut hasher = DefaultHasher::new();
            tokens.hash(&mut hasher);
            let hash = hasher.finish();
            let times = seen.entry(hash).and_modify(|times| *times += 1).or_insert(0);
            Line {
                key: (hash, *times),
                tokens: tokens.into_iter().map(|token| (token.kind, token.text.to_owned())).collect(),
            }
        })
        .collect()
}

fn draw(line: Line) -> impl IntoView {
    let name = line.tokens.is_empty().then_some("empty line");
    let tokens = line.tokens.into_iter().map(|(kind, text)| match class(kind) {
        "" => text.into_any(),
        class => view! { <span class=class>{text}</span> }.into_any(),
    });
    view! {
        <div class="line" role="option" tabindex="-1" aria-selected="false" aria-label=name>
            {tokens.collect_view()}
        </div>
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "",
        Kind::Key => "syntax-key",
        Kind::Keyword => "syntax-keyword",
        Kind::Quoted => "syntax-string",
        Kind::Constant => "syntax-constant",
        Kind::Variable => "syntax-variable",
        Kind::Comment => "syntax-comment",
        Kind::Mark => "syntax-mark",
    }
}

/// The number, from 0, of the line that the event is in.
fn line_at(event: &web_sys::Event) -> Option<usize> {
    let line = event.target()?.dyn_into::<Element>().ok()?.closest(".line").ok()??;
    Some(std::iter::successors(line.previous_element_sibling(), Element::previous_element_sibling).count())
}
