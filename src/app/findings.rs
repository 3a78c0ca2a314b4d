//! The findings: messages with their places and fixes.

use crate::app::analysis_store::AnalysisStore;
use crate::app::history::History;
use crate::app::icons;
use crate::app::inline_code::with_code;
use crate::app::severity::{class, heading, icon, name};
use crate::app::source_link::SourceLink;
use leptos::prelude::*;
use plimsoll::engine::{Place, Placed};
use plimsoll::finding::{Fix, Severity};
use plimsoll::view::count;
use plimsoll::view::findings::service_of;

/// Beyond this many, findings show as earlier ones are fixed.
const MOST: usize = 200;
/// Above this number, the findings of a severity are grouped by service.
const MANY: usize = 6;

/// The findings, and the dismissed ones.
#[component]
pub fn Findings(
    analysis: AnalysisStore,
    history: History,
    /// Called with the place of a finding.
    go: Callback<Place>,
) -> impl IntoView {
    let shown_findings = analysis.shown_findings();
    let dismissed = Memo::new(move |_| analysis.dismissed_findings());
    // The title of the last fix.
    let done = RwSignal::new(None::<String>);
    let mend = Callback::new(move |fix: Fix| {
        history.apply(&fix.edits);
        done.set(Some(fix.title));
    });
    let list = move || {
        let shown_findings = shown_findings.get();
        let shown = &shown_findings[..];
        let sections = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
            let of_it = shown.iter().filter(|placed| placed.severity == severity).cloned().collect::<Vec<_>>();
            (!of_it.is_empty()).then(|| view! { <Section severity findings=of_it analysis go mend /> })
        });
        let hidden = shown_findings.len().saturating_sub(MOST);
        view! {
            {sections.into_iter().flatten().collect_view()}
            {(hidden > 0).then(|| {
                view! { <p class="muted">{format!("and {hidden} more, which show as these are fixed")}</p> }
            })}
        }
    };
    let nothing = move || {
        let title = if dismissed.with(Vec::is_empty) { "Nothing to advise." } else { "Nothing else to advise." };
        view! {
            <div class="nothing">
                {icons::tick()} <h2 class="headline">{title}</h2> <p class="muted">"Checked: syntax, memory limits, \
                    replicas and their placement, releases, the loss of a node, database connections, and the \
                    server's memory."</p>
            </div>
        }
    };
    let is_empty = Memo::new(move |_| shown_findings.with(|shown_findings| shown_findings.is_empty()));
    view! {
        <div class="findings">
            {move || done.get().map(|title| view! { <Done title history done /> })}
            <Show when=move || !is_empty.get() fallback=nothing>
                <h2 class="headline">{move || analysis.counts().in_words()}</h2>
                {list}
            </Show>
            {move || {
                let findings = dismissed.get();
                (!findings.is_empty()).then(|| view! { <DismissedFindings findings analysis go /> })
            }}
        </div>
    }
}

/// The last fix, with a button that undoes it.
#[component]
fn Done(title: String, history: History, done: RwSignal<Option<String>>) -> impl IntoView {
    let undo = move |_| {
        history.undo();
        done.set(None);
    };
    view! {
        <div class="finding-done" role="status">
            <p>{format!("Done: {title}")}</p>
            <button type="button" class="button small" on:click=undo>
                "Undo"
            </button>
        </div>
    }
}

/// The findings of one severity, grouped by service if they are many.
#[component]
fn Section(
    severity: Severity,
    findings: Vec<Placed>,
    analysis: AnalysisStore,
    go: Callback<Place>,
    mend: Callback<Fix>,
) -> impl IntoView {
    let mut groups: Vec<(Option<String>, Vec<Placed>)> = Vec::new();
    let is_grouped = findings.len() > MANY;
    for placed in findings.into_iter().take(MOST) {
        let subject = is_grouped.then(|| service_of(&placed.field).unwrap_or("The whole").to_owned());
        match groups.iter_mut().find(|(known, _)| *known == subject) {
            Some((_, group)) => group.push(placed),
            None => groups.push((subject, vec![placed])),
        }
    }
    let group = move |(subject, findings): (Option<String>, Vec<Placed>)| {
        let item = move |placed: Placed| view! { <Item placed analysis go mend=Some(mend) /> };
        view! {
            {subject.map(|subject| view! { <h4 class="finding-subject">{subject}</h4> })}
            <ul class="finding-list">{findings.into_iter().map(item).collect_view()}</ul>
        }
    };
    view! {
        <section aria-label=heading(severity)>
            <h3 class=format!("finding-severity {}", class(severity))>
                {icon(severity)} {heading(severity)}
            </h3>
            {groups.into_iter().map(group).collect_view()}
        </section>
    }
}

/// The dismissed findings.
#[component]
fn DismissedFindings(findings: Vec<Placed>, analysis: AnalysisStore, go: Callback<Place>) -> impl IntoView {
    let title = format!("{} dismissed", count(findings.len(), "finding"));
    let item = move |placed: Placed| view! { <Item placed analysis go mend=None /> };
    view! {
        <details class="finding-aside">
            <summary>{title}</summary>
            <ul class="finding-list">{findings.into_iter().map(item).collect_view()}</ul>
        </details>
    }
}

/// A finding. A dismissed one has no fix, but can be restored.
#[component]
fn Item(placed: Placed, analysis: AnalysisStore, go: Callback<Place>, mend: Option<Callback<Fix>>) -> impl IntoView {
    let finding = StoredValue::new(placed.clone());
    let Placed { rule, severity, message, help, link, fix, position, place, .. } = placed;
    let fix = fix.zip(mend).map(|(fix, mend)| {
        let title = fix.title.clone();
        view! {
            <button type="button" class="button small" on:click=move |_| mend.run(fix.clone())>
                {title}
            </button>
        }
    });
    let turn = move |_| {
        finding.with_value(|finding| {
            if mend.is_some() {
                analysis.dismiss(finding);
            } else {
                analysis.restore(finding);
            }
        });
    };
    let (word, help_of_it) =
        if mend.is_some() { ("Dismiss", Some("Hides it at this place, in this browser")) } else { ("Restore", None) };
    let dismiss = (severity != Severity::Error).then(|| {
        view! {
            <button type="button" class="link" title=help_of_it on:click=turn>
                {word}
            </button>
        }
    });
    // One page explains all rules, so that it needs no network once the site is kept.
    let explanation = format!("rules.html#{rule}");
    let link = link.map(|link| view! { <SourceLink link /> });
    view! {
        <li class="finding">
            <button type="button" class="finding-go" on:click=move |_| go.run(place)>
                <span class="visually-hidden">{name(severity)} ": "</span>
                <span class="finding-message">{with_code(&message)}</span>
                <span class="finding-place">{format!("line {}:{}", position.line, position.column)}</span>
            </button>
            <div class="finding-more">
                {help.map(|help| view! { <p>{with_code(&help)}</p> })} {fix} {dismiss} {link}
                <a class="rule" href=explanation target="_blank" rel="noreferrer">
                    {rule}
                </a>
            </div>
        </li>
    }
}
