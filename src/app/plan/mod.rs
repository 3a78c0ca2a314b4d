//! The plan: the answer in a sentence, the figures in a line, the picture, and the arithmetic behind it.

mod capacity;
mod chart;
mod cluster;
mod databases;
mod export;
mod hulls;
mod server;
mod services;
mod sheet;
mod timeline;

use super::header::Target;
use super::icons;
use super::turns::InTurn;
use capacity::CapacityView;
use cluster::ClusterDetails;
use databases::Databases;
pub use export::export;
pub use hulls::Colour;
use hulls::{Hulls, Picture};
use leptos::prelude::*;
use plimsoll::engine::Report;
use plimsoll::plan::{Outcome, Verdict};
use server::ServerDetails;
use services::Services;
use std::sync::Arc;
pub use timeline::Timeline;
use timeline::TimelineView;

/// The plan for a target.
#[component]
pub fn PlanView(
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    /// The target; one that the topology has.
    #[prop(into)]
    target: Signal<Target>,
    timeline: Timeline,
    /// The document.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let steady = Memo::new(move |_| {
        report.with(|report| report.as_ref().map(|report| picture(report, target.get())).unwrap_or_default())
    });
    let picture =
        Memo::new(move |_| report.with(|report| timeline.picture(&steady.get(), report.as_deref(), target.get())));
    let verdict = Memo::new(move |_| report.with(|report| headline_of(report.as_ref()?, target.get())));
    // The container that a person last pointed at or moved to.
    let chosen = RwSignal::new(None::<String>);
    let details = move || match target.get() {
        Target::Server => view! { <ServerDetails report /> }.into_any(),
        Target::Cluster => view! { <ClusterDetails report chosen /> }.into_any(),
    };
    view! {
        <div class="plan">
            {move || verdict.get().map(headline)}
            <Hulls picture chosen />
            <InTurn>
                <TimelineView timeline report target />
            </InTurn>
            <InTurn>{details}</InTurn>
            <InTurn>
                <CapacityView text report target />
            </InTurn>
            <InTurn>
                <Services report chosen />
                <Databases report />
            </InTurn>
        </div>
    }
}

/// A verdict as it is shown, of whichever target.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    outcome: Outcome,
    pub sentence: String,
    pub figures: String,
}

/// The answer for a target; nothing, if the topology has none such.
pub fn headline_of(report: &Report, target: Target) -> Option<Headline> {
    match target {
        Target::Server => report.plan.server.as_ref().map(|server| Headline::of(&server.verdict)),
        Target::Cluster => report.plan.cluster.as_ref().map(|cluster| Headline::of(&cluster.verdict)),
    }
}

impl Headline {
    fn of<R>(verdict: &Verdict<R>) -> Self {
        let (sentence, figures) = verdict.sentences();
        Self { outcome: verdict.outcome, sentence: sentence.to_owned(), figures: figures.to_owned() }
    }
}

fn picture(report: &Report, target: Target) -> Picture {
    let picture = match target {
        Target::Server => report.plan.server.as_ref().map(|plan| server::picture(plan, &report.services)),
        Target::Cluster => report.plan.cluster.as_ref().map(|plan| cluster::picture(plan, report)),
    };
    picture.unwrap_or_default()
}

fn headline(verdict: Headline) -> impl IntoView {
    let (class, sign) = match verdict.outcome {
        Outcome::Fits => ("verdict", None),
        Outcome::Tight => ("verdict is-overloaded", Some(icons::warning().into_any())),
        Outcome::DoesNotFit => ("verdict is-sinking", Some(icons::error().into_any())),
        Outcome::Undecided => ("verdict", Some(icons::note().into_any())),
    };
    view! {
        <h2 class=format!("headline {class}")>{sign} <span>{verdict.sentence}</span></h2>
        <p class="figures">{verdict.figures}</p>
    }
}
