//! The start page, which an empty document shows.

use crate::app::examples::Gallery;
use crate::app::opening::Opening;
use leptos::prelude::*;
use plimsoll::view::examples::{EXAMPLES, Example};

// `xtask/site.mjs` puts the next two into `index.html` as well, which shows them until the program has loaded.
const HEADLINE: &str = "See what a deployment needs before you ship it.";
const LEAD: &str = "Describe it once. Get a Dockerfile, a compose.yaml and Kubernetes manifests that agree, how much \
    memory they take, and which replica lands on which machine. Everything is computed in this tab; nothing is sent \
    anywhere.";

/// The smallest document.
const SMALLEST: &str = "services:\n  api:\n    python: { app: \"app.main:app\" }";

/// The start page.
#[component]
pub fn Start(choose: Callback<&'static Example>) -> impl IntoView {
    let opening = Opening::of_page();
    view! {
        <div class="start">
            <h2 class="headline">{HEADLINE}</h2>
            <p class="lead">{LEAD}</p>
            <h3>"Start from an example"</h3>
            <Gallery examples=&EXAMPLES[..3] choose />
            <p class="start-more">
                <button type="button" class="button small" popovertarget="examples">
                    {format!("Show all {}", EXAMPLES.len())}
                </button>
            </p>
            <h3>"Start from my project"</h3>
            <p>"Paste a topology into the text, or drop its file anywhere on this page."</p>
            <p class="start-more">
                <button type="button" class="button small" on:click=move |_| opening.choose_file()>
                    "Open a file…"
                </button>
            </p>
            <p class="muted">"Plimsoll cannot convert a compose.yaml or a Dockerfile yet. Paste or drop a \
                compose.yaml anyway: its services are read, and Advice names each key that has another name here."</p>
            <h3>"Or write your own"</h3>
            <p>"This is a whole document; everything else has a default."</p>
            <pre class="sample">
                <code>{SMALLEST}</code>
            </pre>
        </div>
    }
}

/// The page of a text that cannot be read and has no earlier result.
#[component]
pub fn Unreadable(choose: Callback<&'static Example>) -> impl IntoView {
    view! {
        <div class="start">
            <h2 class="headline">"This text cannot be read yet."</h2>
            <p class="lead">"Advice says what is wrong and where. Or start from an example; your text is kept."</p>
            <Gallery examples=&EXAMPLES[..3] choose />
        </div>
    }
}
