//! Why a line of a file is there.

use crate::app::findings::host;
use crate::app::words::files as words;
use crate::app::words::with_code;
use leptos::prelude::*;
use plimsoll::generate::Origin;

/// The line that is asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its number, from 0.
    pub line: usize,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Whether it is new since the kept state.
    pub is_new: bool,
}

/// Why it is there, and the way to its field.
#[component]
pub fn Why(
    asked: Memo<Option<Asked>>,
    /// Called with the field whose place in the text the person wants.
    go: Callback<String>,
) -> impl IntoView {
    let content = move || match asked.get() {
        None => view! { <p class="muted">{words::POINT_AT_A_LINE}</p> }.into_any(),
        Some(Asked { line, origin: None, is_new }) => {
            view! { <p class="muted">{words::of_every_file(line + 1, is_new)}</p> }.into_any()
        }
        Some(Asked { line, origin: Some(Origin { field, reason, link }), is_new }) => {
            let link = link.map(|link| {
                view! { <a href=link.to_string() target="_blank" rel="noreferrer">{host(&link).to_owned()}</a> }
            });
            let wanted = field.clone();
            view! {
                <p>{with_code(&reason)}</p>
                <p class="muted">
                    {words::from(line + 1, is_new)}
                    <button type="button" class="link" title=words::GO on:click=move |_| go.run(wanted.clone())>
                        <code>{field}</code>
                    </button>
                    {link.map(|link| (" · ", link))}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <div class="why" id="why" aria-live="polite">
            {content}
        </div>
    }
}
