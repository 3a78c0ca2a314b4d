//! The right pane: files, plan and advice, one at a time.

use crate::app::analysis_store::AnalysisStore;
use crate::app::artifacts::FilesProps;
use crate::app::artifacts::state::FilesState;
use crate::app::badge::Badge;
use crate::app::client::{Client, WorkingLine};
use crate::app::findings::FindingsProps;
use crate::app::history::History;
use crate::app::keys;
use crate::app::lazy_views::LazyViews;
use crate::app::plan::{PlanViewProps, Timeline};
use crate::app::start::{Start, Unreadable};
use crate::app::status::Status;
use crate::app::tab::Tab;
use leptos::html;
use leptos::prelude::*;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::examples::Example;

/// The tabs of the right pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputTab {
    /// The generated files.
    Files,
    /// The plan: memory, placement and timeline.
    Plan,
    /// The findings.
    Advice,
}

impl OutputTab {
    /// All tabs in order.
    pub const ALL: [Self; 3] = [Self::Files, Self::Plan, Self::Advice];

    /// Its label.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "Files",
            Self::Plan => "Plan",
            Self::Advice => "Advice",
        }
    }
}

/// The right pane.
#[component]
pub fn OutputPane(
    analysis: AnalysisStore,
    /// The document.
    text: ReadSignal<String>,
    /// The state of the files view.
    files: FilesState,
    tab: RwSignal<OutputTab>,
    /// The target whose plan is shown.
    target: Signal<Target>,
    timeline: Timeline,
    /// Called with the chosen example.
    choose: Callback<&'static Example>,
    /// Called with a place of the text to go to.
    go: Callback<Place>,
    /// Called with the path of the field to go to in the text.
    go_to_field: Callback<String>,
    /// Called with the path of the field that the person points at.
    point: Callback<String>,
    history: History,
) -> impl IntoView {
    let findings = Memo::new(move |_| analysis.counts());
    let good_text = Signal::derive(move || (!analysis.stale.get()).then(|| text.get()));
    let tab_of = move |of: OutputTab| {
        view! {
            <Tab of chosen=tab controls="result">
                {of.name()}
                {(of == OutputTab::Advice).then(|| view! { <Badge findings /> })}
            </Tab>
        }
    };
    let panel = NodeRef::<html::Div>::new();
    // The pressed button is removed: its replacement takes the focus.
    let choose = Callback::new(move |example| {
        choose.run(example);
        if let Some(panel) = panel.get_untracked() {
            // The element is in the page.
            let _ = panel.focus();
        }
    });
    let state = Memo::new(move |_| match (analysis.is_empty(), analysis.stale.get()) {
        (false, _) => State::Ready,
        (true, false) if analysis.is_awaited.get() => State::Awaited,
        (true, false) => State::Empty,
        (true, true) => State::Unreadable,
    });
    let (client, lazy) = (Client::of_page(), LazyViews::of_page());
    let has_findings = Memo::new(move |_| analysis.findings.with(|findings| !findings.is_empty()));
    let shown = Memo::new(move |_| (tab.get(), state.get()));
    let content = move || match shown.get() {
        (_, State::Awaited) => view! { <p class="awaited">"Computing …"</p> }.into_any(),
        (OutputTab::Advice, state) if state != State::Empty || has_findings.get() => {
            lazy.view(move |views| (views.findings)(FindingsProps { analysis, history, go }))
        }
        (OutputTab::Advice, _) | (_, State::Empty) => view! { <Start choose /> }.into_any(),
        (_, State::Unreadable) => view! { <Unreadable choose /> }.into_any(),
        (OutputTab::Files, State::Ready) => lazy.view(move |views| {
            (views.files)(FilesProps { analysis, state: files, text: good_text, target, point, go: go_to_field })
        }),
        (OutputTab::Plan, State::Ready) => lazy.view(move |views| {
            (views.plan)(PlanViewProps { report: analysis.report.into(), target, text: text.into(), timeline })
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
                    {OutputTab::ALL.map(tab_of)}
                </div>
                <Status analysis target go />
                <WorkingLine />
            </div>
            <div
                class="panel"
                id="result"
                node_ref=panel
                tabindex="-1"
                role="tabpanel"
                aria-label=move || tab.get().name()
                class:is-stale=move || {
                    (analysis.stale.get() || client.is_in_trouble() && state.get() == State::Ready)
                        && tab.get() != OutputTab::Advice
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
