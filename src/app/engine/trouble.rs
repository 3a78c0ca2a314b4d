//! What the page says when the engine does not work: what happened, what is kept, what to do.

use super::{Engine, Trouble};
use crate::app::copy::CopyButton;
use crate::app::icons;
use crate::app::words::engine as words;
use leptos::prelude::*;

/// A line about the engine, while it is in trouble.
#[component]
pub fn TroubleBar(
    text: RwSignal<String>,
    /// Called when the person wants it tried again.
    again: Callback<()>,
) -> impl IntoView {
    let trouble = Engine::of_page().state.trouble;
    let bar = move || {
        trouble.get().map(|trouble| {
            let can_try = trouble != Trouble::NoWorkers;
            let report = report(&trouble);
            let copied = move || format!("{report}\n\n```yaml\n{}\n```\n", text.get_untracked().trim_end());
            view! {
                <div class="trouble" role="alert">
                    <span class="is-error">{icons::error()}</span>
                    <p>{said(&trouble)}</p>
                    <span class="trouble-do">
                        {can_try
                            .then(|| {
                                view! {
                                    <button type="button" class="button small" on:click=move |_| again.run(())>
                                        {words::TRY_AGAIN}
                                    </button>
                                }
                            })} <CopyButton text=copied words=words::COPY_REPORT />
                    </span>
                </div>
            }
        })
    };
    view! { {bar} }
}

fn said(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NoWorkers => words::NO_WORKERS,
        Trouble::NotLoaded(_) => words::NOT_LOADED,
        Trouble::Broke(_) => words::BROKE,
    }
}

/// What somebody who mends it needs to know, but for the text. It is written to us, so that it is not to be translated.
fn report(trouble: &Trouble) -> String {
    let what = match trouble {
        Trouble::NoWorkers => "no workers",
        Trouble::NotLoaded(why) | Trouble::Broke(why) => why,
    };
    let browser = window().navigator().user_agent().unwrap_or_default();
    format!("Plimsoll {}: {what}\n{browser}", plimsoll::VERSION)
}
