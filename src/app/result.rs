//! The right half: files, plan and advice, one at a time.

use super::engine::{Engine, WorkingLine};
use super::files::{Desk, FilesProps};
use super::findings::{FindingsProps, class};
use super::history::History;
use super::keys;
use super::live::Live;
use super::plan::{PlanViewProps, Timeline};
use super::rest::Rest;
use super::start::{Start, Unreadable};
use super::status::Status;
use super::tab::Tab;
use leptos::html;
use leptos::prelude::*;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::examples::Example;
use plimsoll::view::findings::Counts;

/// What follows from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The generated files.
    Files,
    /// What they take, and what runs where.
    Plan,
    /// What there is to say about it.
    Advice,
}

impl View {
    /// All, in the order of their tabs.
    pub const ALL: [Self; 3] = [Self::Files, Self::Plan, Self::Advice];

    /// What its tab says.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "Files",
            Self::Plan => "Plan",
            Self::Advice => "Advice",
        }
    }
}

/// The right half.
#[component]
pub fn ResultPane(
    live: Live,
    /// The document.
    text: ReadSignal<String>,
    /// What the person does with the files.
    desk: Desk,
    view: RwSignal<View>,
    /// The target whose plan is shown.
    target: Signal<Target>,
    timeline: Timeline,
    /// Called with the example that the person wants.
    choose: Callback<&'static Example>,
    /// Called with a place of the text to go to.
    go: Callback<Place>,
    /// Called with the path of a field to go to in the text.
    go_to_field: Callback<String>,
    /// Called with the path of a field that the person points at.
    point: Callback<String>,
    history: History,
) -> impl IntoView {
    let findings = Memo::new(move |_| live.counts());
    let good_text = Signal::derive(move || (!live.stale.get()).then(|| text.get()));
    let tab = move |of: View| {
        view! {
            <Tab of chosen=view controls="result">
                {of.name()}
                {(of == View::Advice).then(|| view! { <Badge findings /> })}
            </Tab>
        }
    };
    let panel = NodeRef::<html::Div>::new();
    // The button that was pressed goes away: what came in its place takes the focus.
    let choose = Callback::new(move |example| {
        choose.run(example);
        if let Some(panel) = panel.get_untracked() {
            // It is in the page.
            let _ = panel.focus();
        }
    });
    let state = Memo::new(move |_| match (live.is_empty(), live.stale.get()) {
        (false, _) => State::Ready,
        (true, false) if live.is_awaited.get() => State::Awaited,
        (true, false) => State::Empty,
        (true, true) => State::Unreadable,
    });
    let (engine, rest) = (Engine::of_page(), Rest::of_page());
    let has_findings = Memo::new(move |_| live.findings.with(|findings| !findings.is_empty()));
    let shown = Memo::new(move |_| (view.get(), state.get()));
    let content = move || match shown.get() {
        (_, State::Awaited) => view! { <p class="awaited">"Working it out …"</p> }.into_any(),
        (View::Advice, state) if state != State::Empty || has_findings.get() => {
            rest.view(move |views| (views.findings)(FindingsProps { live, history, go }))
        }
        (View::Advice, _) | (_, State::Empty) => view! { <Start choose /> }.into_any(),
        (_, State::Unreadable) => view! { <Unreadable choose /> }.into_any(),
        (View::Files, State::Ready) => rest.view(move |views| {
            (views.files)(FilesProps { live, desk, text: good_text, target, point, go: go_to_field })
        }),
        (View::Plan, State::Ready) => rest.view(move |views| {
            (views.plan)(PlanViewProps { report: live.report.into(), target, text: text.into(), timeline })
        }),
    };
    view! {
        <section class="result" aria-label="What follows">
            <div class="pane-head">
                <div
                    class="tabs"
                    role="tablist"
                    aria-label="What follows"
                    on:keydown=move |event| keys::in_tab_list(&event)
                >
                    {View::ALL.map(tab)}
                </div>
                <Status live target go />
                <WorkingLine />
            </div>
            <div
                class="panel"
                id="result"
                node_ref=panel
                tabindex="-1"
                role="tabpanel"
                aria-label=move || view.get().name()
                class:is-stale=move || {
                    (live.stale.get() || engine.is_in_trouble() && state.get() == State::Ready)
                        && view.get() != View::Advice
                }
            >
                {content}
            </div>
        </section>
    }
}

/// Whether there is something to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Empty,
    Awaited,
    Unreadable,
    Ready,
}

/// How many findings there are, in the colour and shape of the worst.
#[component]
pub fn Badge(findings: Memo<Counts>) -> impl IntoView {
    move || {
        let counts = findings.get();
        let worst = counts.worst()?;
        let count = counts.errors + counts.warnings + counts.notes;
        Some(view! {
            <span class=format!("badge {}", class(worst)) title=counts.in_words()>
                <span class="visually-hidden">": "</span>
                {count}
                <span class="visually-hidden">" findings"</span>
            </span>
        })
    }
}
