//! The top of the page: what it is, which target is shown, and what can be done with the whole.

use super::drafts::{self, Drafts};
use super::examples::{EXAMPLES, Example, Gallery};
use super::history::{History, UndoButtons};
use super::icons;
use super::theme::{Theme, ThemeButton};
use leptos::html;
use leptos::prelude::*;

/// Where the topology is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One machine, with Docker Compose.
    Server,
    /// Kubernetes.
    Cluster,
}

/// The top of the page.
#[component]
pub fn Header(
    /// The topology's name, if there is one.
    #[prop(into)]
    name: Signal<Option<String>>,
    history: History,
    /// The target whose plan is shown.
    target: RwSignal<Target>,
    /// Whether there are two to choose from.
    #[prop(into)]
    has_both: Signal<bool>,
    /// Whether there are files.
    #[prop(into)]
    has_files: Signal<bool>,
    theme: RwSignal<Theme>,
    drafts: Drafts,
    /// Called with the example that the person wants.
    choose: Callback<&'static Example>,
    /// Called with the draft that the person wants again.
    bring_back: Callback<String>,
    /// Called when the person wants the files.
    download: Callback<()>,
) -> impl IntoView {
    let gallery = NodeRef::<html::Div>::new();
    // The list is made when it is first asked for.
    let was_opened = RwSignal::new(false);
    let close = move || {
        if let Some(gallery) = gallery.get_untracked() {
            // It is open, since it was clicked in.
            let _ = gallery.hide_popover();
        }
    };
    let choose = Callback::new(move |example| {
        close();
        choose.run(example);
    });
    let bring_back = Callback::new(move |draft| {
        close();
        bring_back.run(draft);
    });
    view! {
        <header class="header">
            <h1 class="brand">{icons::mark()} <span>"Plimsoll"</span></h1>
            {move || name.get().map(|name| view! { <span class="topology-name">{name}</span> })}
            <UndoButtons history />
            <Show when=move || has_both.get()>
                <TargetSwitch target />
            </Show>
            <span class="space"></span>
            <button type="button" class="button" popovertarget="examples" on:click=move |_| was_opened.set(true)>
                "Examples"
            </button>
            <button
                type="button"
                class="button primary"
                disabled=move || !has_files.get()
                on:click=move |_| download.run(())
            >
                <span class="narrow-only">{icons::download()}</span>
                <span class="button-words">"Download files"</span>
            </button>
            <ThemeButton theme />
            <div class="popover" id="examples" popover="auto" node_ref=gallery>
                <h2>"Start from an example"</h2>
                <Show when=move || was_opened.get()>
                    <Gallery examples=&EXAMPLES[..] choose />
                </Show>
                <DraftList drafts bring_back />
            </div>
        </header>
    }
}

/// The person's own texts that are not in the editor.
#[component]
fn DraftList(drafts: Drafts, bring_back: Callback<String>) -> impl IntoView {
    let draft = move |text: String| {
        let label = drafts::label(&text);
        view! {
            <li>
                <button type="button" class="card" on:click=move |_| bring_back.run(text.clone())>
                    <span class="card-title">{label}</span>
                </button>
            </li>
        }
    };
    let list = move || {
        let drafts = drafts.all();
        (!drafts.is_empty()).then(|| {
            view! {
                <h2>"Your own texts"</h2>
                <ul class="gallery">{drafts.into_iter().map(draft).collect_view()}</ul>
            }
        })
    };
    view! { {list} }
}

#[component]
fn TargetSwitch(target: RwSignal<Target>) -> impl IntoView {
    let choice = move |of: Target, word: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="target"
                    prop:checked=move || target.get() == of
                    on:change=move |_| target.set(of)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="switch">
            <legend class="visually-hidden">"Plan for"</legend>
            {choice(Target::Server, "Server")}
            {choice(Target::Cluster, "Cluster")}
        </fieldset>
    }
}
