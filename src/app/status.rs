//! The status beside the tabs: the first error, or the target of the plan.

use crate::app::analysis_store::AnalysisStore;
use crate::app::inline_code::with_code;
use crate::app::severity::{class, icon};
use leptos::prelude::*;
use plimsoll::engine::{Place, Placed, Report};
use plimsoll::finding::Severity;
use plimsoll::plan::simulate::Target;
use plimsoll::view::count;

/// The status. It always has its place, so that nothing jumps while a person types.
#[component]
pub fn Status(
    analysis: AnalysisStore,
    /// The target whose plan is shown.
    #[prop(into)]
    target: Signal<Target>,
    /// Called with the place of the error.
    go: Callback<Place>,
) -> impl IntoView {
    let first_error = Memo::new(move |_| {
        analysis.findings.with(|findings| findings.iter().find(|placed| placed.severity == Severity::Error).cloned())
    });
    let error = move |placed: Placed| {
        let Placed { severity, message, position, place, .. } = placed;
        let lead = match (analysis.stale.get(), analysis.is_empty()) {
            (true, false) => "Last good result. ",
            _ => "",
        };
        view! {
            <button
                type="button"
                class=format!("status {}", class(severity))
                title=message.clone()
                on:click=move |_| go.run(place)
            >
                {icon(severity)}
                <span>
                    <strong>{lead}</strong>
                    {format!("Line {}: ", position.line)}
                    {with_code(&message)}
                </span>
            </button>
        }
        .into_any()
    };
    let about = move || {
        analysis.report.with(|report| report.as_ref().map(|report| describe(report, target.get())).unwrap_or_default())
    };
    move || match first_error.get() {
        Some(placed) => error(placed),
        None => view! { <p class="status">{about}</p> }.into_any(),
    }
}

/// Describes the target of the plan: `one server, 2 CPU, 4 GiB`.
fn describe(report: &Report, target: Target) -> String {
    match (target, &report.plan.server, &report.plan.cluster) {
        (Target::Cluster, _, Some(_)) => format!("Kubernetes, {}", count(report.node_count(), "node")),
        (Target::Server, Some(server), _) => format!("Docker Compose, {}, {}", server.cpu, server.memory),
        _ => String::new(),
    }
}
