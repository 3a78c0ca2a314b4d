//! What there is to say about the document: each finding in words, and a way to its place.

use super::icons;
use super::live::Counts;
use super::words::{count, with_code};
use leptos::prelude::*;
use plimsoll::engine::{Place, Placed};
use plimsoll::finding::{Fix, Severity};
use std::sync::Arc;

/// More than a person reads; the rest shows as these are mended.
const MOST: usize = 200;

/// The list of findings.
#[component]
pub fn Findings(
    /// What was found, in the text's order.
    #[prop(into)]
    findings: Signal<Arc<Vec<Placed>>>,
    /// Called with a finding's place.
    go: Callback<Place>,
    /// Called with a change that the person wants.
    mend: Callback<Fix>,
) -> impl IntoView {
    let shown = move || {
        let mut shown: Vec<Placed> = findings.with(|findings| findings.to_vec());
        shown.sort_by_key(|placed| placed.severity);
        shown.truncate(MOST);
        shown
    };
    let more = move || findings.with(|findings| findings.len().saturating_sub(MOST));
    view! {
        <div class="findings">
            <Show
                when=move || findings.with(|findings| !findings.is_empty())
                fallback=|| view! { <p class="nothing">{icons::tick()} "Nothing to advise."</p> }
            >
                <h2 class="headline">{move || findings.with(|findings| Counts::of(findings).in_words())}</h2>
                <ul class="finding-list">
                    {move || shown().into_iter().map(|placed| view! { <Item placed go mend /> }).collect_view()}
                </ul>
                <Show when=move || { more() > 0 }>
                    <p class="muted">{move || format!("and {} more, which show as these are mended", more())}</p>
                </Show>
            </Show>
        </div>
    }
}

#[component]
fn Item(placed: Placed, go: Callback<Place>, mend: Callback<Fix>) -> impl IntoView {
    let Placed { rule, severity, message, help, link, fix, position, place, .. } = placed;
    let fix = fix.map(|fix| {
        let title = fix.title.clone();
        view! {
            <button type="button" class="button small" on:click=move |_| mend.run(fix.clone())>
                {title}
            </button>
        }
    });
    let link = link.map(|link| {
        view! {
            <a href=link.clone() target="_blank" rel="noreferrer">
                "Why: " {host(&link).to_owned()}
            </a>
        }
    });
    view! {
        <li class="finding">
            <button type="button" class="finding-go" on:click=move |_| go.run(place)>
                <span class=format!("severity {}", class(severity))>
                    {icon(severity)} {word(severity)}
                </span>
                <span class="finding-message">{with_code(&message)}</span>
                <span class="finding-place">{format!("line {}:{}", position.line, position.column)}</span>
            </button>
            <div class="finding-more">
                {help.map(|help| view! { <p>{with_code(&help)}</p> })} {fix} {link}
                <span class="rule">{rule}</span>
            </div>
        </li>
    }
}

/// The sign of a severity.
pub fn icon(severity: Severity) -> AnyView {
    match severity {
        Severity::Error => icons::error().into_any(),
        Severity::Warning => icons::warning().into_any(),
        Severity::Info => icons::note().into_any(),
    }
}

/// The class that gives a severity its colour.
pub fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "is-error",
        Severity::Warning => "is-warning",
        Severity::Info => "is-note",
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// The site that a link leads to.
pub fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

impl Counts {
    /// Such as `2 errors, 1 warning`.
    pub fn in_words(self) -> String {
        let words = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| count(number, word))
            .collect::<Vec<_>>();
        if words.is_empty() { "Nothing to advise".to_owned() } else { words.join(", ") }
    }
}
