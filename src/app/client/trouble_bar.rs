//! The bar that the page shows while the engine does not work: what happened, what is kept, what to do.

use super::Client;
use super::state::Trouble;
use crate::app::copy::CopyButton;
use crate::app::icons;
use leptos::prelude::*;

/// The bar, while the engine is in trouble.
#[component]
pub fn TroubleBar(
    text: RwSignal<String>,
    /// Called when the person tries again.
    again: Callback<()>,
) -> impl IntoView {
    let trouble = Client::of_page().state().trouble;
    let bar = move || {
        trouble.get().map(|trouble| {
            let can_try = trouble != Trouble::NoWorkers;
            let report = report(&trouble);
            let copied = move || format!("{report}\n\n```yaml\n{}\n```\n", text.get_untracked().trim_end());
            view! {
                <div class="trouble" role="alert">
                    <span class="is-error">{icons::error()}</span>
                    <p>{explanation(&trouble)}</p>
                    <span class="trouble-do">
                        {can_try
                            .then(|| {
                                view! {
                                    <button type="button" class="button small" on:click=move |_| again.run(())>
                                        "Try again"
                                    </button>
                                }
                            })} <CopyButton text=copied words="Copy a report" />
                    </span>
                </div>
            }
        })
    };
    view! { {bar} }
}

fn explanation(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NoWorkers => {
            "This browser does not let the page compute in the background (Web Workers), so nothing can be computed \
                here. Your text is kept. Open the page in another browser, or use the plimsoll command."
        }
        Trouble::NotLoaded(_) => {
            "A part of the page did not load, so nothing can be computed. Your text is kept, and the last result \
                stays. Check the connection; your next change loads it again."
        }
        Trouble::Broke(_) => {
            "The computation stopped: either Plimsoll has a bug, or memory ran out. Your text is kept, and the last \
                result stays. Your next change starts it again; please report the text that caused this."
        }
    }
}

/// A report for whoever fixes it, without the text.
fn report(trouble: &Trouble) -> String {
    let what = match trouble {
        Trouble::NoWorkers => "no workers",
        Trouble::NotLoaded(why) | Trouble::Broke(why) => why,
    };
    let browser = window().navigator().user_agent().unwrap_or_default();
    format!("Plimsoll {}: {what}\n{browser}", plimsoll::VERSION)
}
