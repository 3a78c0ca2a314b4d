//! The plan: its verdict, its figures, the picture, and the arithmetic behind it.

mod capacity;
mod chart;
mod cluster;
mod databases;
mod hulls;
mod server;
mod services;
mod timeline;

use crate::app::chunked_render::Chunk;
use crate::app::icons;
use capacity::CapacityView;
use cluster::ClusterDetails;
use databases::Databases;
use hulls::Hulls;
use leptos::prelude::*;
use plimsoll::engine::Report;
use plimsoll::plan::Outcome;
use plimsoll::plan::simulate::Target;
use plimsoll::view::plan::{Headline, headline, picture};
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
    let verdict = Memo::new(move |_| report.with(|report| headline(report.as_ref()?, target.get())));
    // The container that a person last pointed at or moved to.
    let chosen = RwSignal::new(None::<String>);
    let details = move || match target.get() {
        Target::Server => view! { <ServerDetails report /> }.into_any(),
        Target::Cluster => view! { <ClusterDetails report chosen /> }.into_any(),
    };
    view! {
        <div class="plan">
            {move || verdict.get().map(title)}
            <Hulls picture chosen />
            <Chunk>
                <TimelineView timeline report target />
            </Chunk>
            <Chunk>{details}</Chunk>
            <Chunk>
                <CapacityView text report target />
            </Chunk>
            <Chunk>
                <Services report chosen />
                <Databases report />
            </Chunk>
        </div>
    }
}

fn title(headline: Headline) -> impl IntoView {
    let (class, sign) = match headline.outcome {
        Outcome::Fits => ("verdict", None),
        Outcome::Tight => ("verdict is-overloaded", Some(icons::warning().into_any())),
        Outcome::DoesNotFit => ("verdict is-sinking", Some(icons::error().into_any())),
        Outcome::Undecided => ("verdict", Some(icons::note().into_any())),
    };
    view! {
        <h2 class=format!("headline {class}")>{sign} <span>{headline.sentence}</span></h2>
        <p class="figures">{headline.figures}</p>
    }
}
