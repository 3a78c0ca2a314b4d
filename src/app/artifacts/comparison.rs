//! A file beside its baseline.

use super::lines::{Line, lines};
use super::state::Versions;
use leptos::prelude::*;
use plimsoll::diff::{Row, changes, unified};
use plimsoll::view::count;

/// More rows than anyone reads in a browser.
const MOST_ROWS: usize = 2000;

#[component]
pub fn Comparison(versions: Memo<Versions>) -> impl IntoView {
    let rows = move || {
        versions.with(|Versions { path, before, after }| {
            let [old, new] = [before, after].map(|file| file.as_ref().map_or("", |file| file.text.as_str()));
            let changes = changes(old, new);
            if changes.is_empty() {
                return view! { <p class="muted compare-none">"This file has not changed."</p> }.into_any();
            }
            let [old, new] = [old, new].map(|text| lines(path, text, &(0..usize::MAX)));
            let rows = unified(old.len(), &changes);
            let hidden = rows.len().saturating_sub(MOST_ROWS);
            let shown = rows.into_iter().take(MOST_ROWS).map(|row| draw(row, &old, &new)).collect_view();
            let rest = (hidden > 0).then(|| {
                let more = format!("{hidden} more lines: copy or download the file to have them all.");
                view! { <p class="muted compare-none">{more}</p> }
            });
            view! {
                <ol class="compare">{shown}</ol>
                {rest}
            }
            .into_any()
        })
    };
    view! {
        <div class="file" role="region" aria-label=move || format!("What changed in {}", versions.read().path)>
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

/// The number of added and removed lines.
fn counts(Versions { before, after, .. }: &Versions) -> String {
    let [old, new] = [before, after].map(|file| file.as_ref().map_or("", |file| file.text.as_str()));
    let changes = changes(old, new);
    let removed: usize = changes.iter().map(|change| change.before.len()).sum();
    let added = changes.iter().map(|change| change.after.len()).sum();
    format!("{} added, {removed} removed", count(added, "line"))
}

fn draw(row: Row, old: &[Line], new: &[Line]) -> impl IntoView + use<> {
    let (class, sign, word, line) = match row {
        Row::Skipped(lines) => return view! { <li class="is-skipped">{skipped(lines)}</li> }.into_any(),
        Row::Same { after, .. } => ("", " ", "", new.get(after)),
        Row::Removed(line) => ("is-removed", "−", "removed: ", old.get(line)),
        Row::Added(line) => ("is-added", "+", "added: ", new.get(line)),
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

/// The label of unchanged lines that are not shown.
fn skipped(lines: usize) -> String {
    match lines {
        1 => "1 unchanged line".to_owned(),
        lines => format!("{lines} unchanged lines"),
    }
}
