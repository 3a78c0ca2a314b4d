//! Why a line of a file is there.

use crate::app::inline_code::with_code;
use leptos::prelude::*;
use plimsoll::generate::Origin;
use plimsoll::view::findings::site;

/// The line in question.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its number, from 0.
    pub line: usize,
    /// Its origin.
    pub origin: Option<Origin>,
    /// Whether it is new since the baseline.
    pub is_new: bool,
}

/// Explains the line, and leads to its field.
#[component]
pub fn Why(
    asked: Memo<Option<Asked>>,
    /// Called with the field to go to in the text.
    go: Callback<String>,
) -> impl IntoView {
    let content = move || match asked.get() {
        None => {
            view! { <p class="muted">"Point at a line, or move to it with the arrow keys, to see why it is there."</p> }
                .into_any()
        }
        Some(Asked { line, origin: None, is_new }) => {
            view! { <p class="muted">{format!("Line {}{}: part of every such file.", line + 1, new_label(is_new))}</p> }
                .into_any()
        }
        Some(Asked { line, origin: Some(Origin { field, reason, link }), is_new }) => {
            let link = link.map(|link| {
                view! { <a href=link.to_string() target="_blank" rel="noreferrer">{site(&link).to_owned()}</a> }
            });
            let field = field.to_string();
            let wanted = field.clone();
            view! {
                <p>{with_code(&reason)}</p>
                <p class="muted">
                    {format!("Line {}{} · from ", line + 1, new_label(is_new))}
                    <button type="button" class="link" title="Go to this field in the text" on:click=move |_| go.run(wanted.clone())>
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

fn new_label(is_new: bool) -> &'static str {
    if is_new { ", new or changed" } else { "" }
}
