//! A file beside what it was in the kept state.

use super::Versions;
use super::lines::{Line, lines};
use crate::app::words::files as words;
use leptos::prelude::*;
use plimsoll::diff::{Row, changes, unified};

/// More rows than anyone reads in a browser.
const MOST_ROWS: usize = 2000;

#[component]
pub fn Comparison(versions: Memo<Versions>) -> impl IntoView {
    let rows = move || {
        versions.with(|Versions { path, before, after }| {
            let [old, new] = [before, after].map(|file| file.as_ref().map_or("", |file| file.text.as_str()));
            let changes = changes(old, new);
            if changes.is_empty() {
                return view! { <p class="muted compare-none">{words::NOTHING_TO_COMPARE}</p> }.into_any();
            }
            let [old, new] = [old, new].map(|text| lines(path, text, &(0..usize::MAX)));
            let rows = unified(old.len(), &changes);
            let hidden = rows.len().saturating_sub(MOST_ROWS);
            let shown = rows.into_iter().take(MOST_ROWS).map(|row| draw(row, &old, &new)).collect_view();
            let rest = (hidden > 0).then(|| view! { <p class="muted compare-none">{words::more_rows(hidden)}</p> });
            view! {
                <ol class="compare">{shown}</ol>
                {rest}
            }
            .into_any()
        })
    };
    view! {
        <div class="file" role="region" aria-label=move || words::comparison(&versions.read().path)>
            <div class="file-head">
                <h2>{move || versions.with(|file| file.path.clone())}</h2>
                <span class="muted">{move || versions.with(counts)}</span>
            </div>
            <div class="code" tabindex="0">
                {rows}
            </div>
        </div>
    }
}

/// How many lines came and went.
fn counts(Versions { before, after, .. }: &Versions) -> String {
    let [old, new] = [before, after].map(|file| file.as_ref().map_or("", |file| file.text.as_str()));
    let changes = changes(old, new);
    let removed = changes.iter().map(|change| change.before.len()).sum();
    words::came_and_went(changes.iter().map(|change| change.after.len()).sum(), removed)
}

fn draw(row: Row, old: &[Line], new: &[Line]) -> impl IntoView + use<> {
    let (class, sign, word, line) = match row {
        Row::Skipped(lines) => return view! { <li class="is-skipped">{words::skipped(lines)}</li> }.into_any(),
        Row::Same { after, .. } => ("", " ", "", new.get(after)),
        Row::Removed(line) => ("is-removed", "−", words::REMOVED, old.get(line)),
        Row::Added(line) => ("is-added", "+", words::ADDED, new.get(line)),
    };
    let number = match row {
        Row::Same { after: line, .. } | Row::Added(line) | Row::Removed(line) => line + 1,
        Row::Skipped(_) => 0,
    };
    view! {
        <li class=class>
            <span class="compare-number" aria-hidden="true">
                {number}
            </span>
            <span class="compare-sign" aria-hidden="true">
                {sign}
            </span>
            <span class="visually-hidden">{word}</span>
            <span>{line.cloned().map(Line::draw)}</span>
        </li>
    }
    .into_any()
}
