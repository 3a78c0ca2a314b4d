//! What an empty document shows: what this is, and ways to start.

use super::examples::{EXAMPLES, Example, Gallery};
use super::opening::Opening;
use super::words::start as words;
use leptos::prelude::*;

/// The smallest document.
const SMALLEST: &str = "services:\n  api:\n    python: { app: \"app.main:app\" }";

/// The first page.
#[component]
pub fn Start(choose: Callback<&'static Example>) -> impl IntoView {
    let opening = Opening::of_page();
    view! {
        <div class="start">
            <h2 class="headline">{words::HEADLINE}</h2>
            <p class="lead">{words::LEAD}</p>
            <h3>{words::FROM_EXAMPLE}</h3>
            <Gallery examples=&EXAMPLES[..3] choose />
            <p class="start-more">
                <button type="button" class="button small" popovertarget="examples">
                    {words::all_examples(EXAMPLES.len())}
                </button>
            </p>
            <h3>{words::FROM_PROJECT}</h3>
            <p>{words::DROP}</p>
            <p class="start-more">
                <button type="button" class="button small" on:click=move |_| opening.choose_file()>
                    {words::OPEN_FILE}
                </button>
            </p>
            <p class="muted">{words::NOT_YET}</p>
            <h3>{words::FROM_NOTHING}</h3>
            <p>{words::WHOLE}</p>
            <pre class="sample">
                <code>{SMALLEST}</code>
            </pre>
        </div>
    }
}

/// What a text that cannot be read shows when there is no earlier result to go on showing.
#[component]
pub fn Unreadable(choose: Callback<&'static Example>) -> impl IntoView {
    view! {
        <div class="start">
            <h2 class="headline">{words::UNREADABLE}</h2>
            <p class="lead">{words::WHERE_WRONG}</p>
            <Gallery examples=&EXAMPLES[..3] choose />
        </div>
    }
}
