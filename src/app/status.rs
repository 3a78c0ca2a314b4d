//! The line beside the tabs: what stands in the way, or what the plan is for.

use super::findings::{class, icon};
use super::header::Target;
use super::live::{Live, Place, Placed};
use super::words::{count, with_code};
use leptos::prelude::*;
use plimsoll::Outputs;
use plimsoll::finding::Severity;

/// The line beside the tabs. It always has its place, so that nothing jumps while a person types.
#[component]
pub fn Status(
    live: Live,
    /// The target whose plan is shown.
    #[prop(into)]
    target: Signal<Target>,
    /// Called with the place of what stands in the way.
    go: Callback<Place>,
) -> impl IntoView {
    let first_error = Memo::new(move |_| {
        live.findings
            .with(|findings| findings.iter().find(|placed| placed.finding.severity == Severity::Error).cloned())
    });
    let error = move |Placed { finding, position, place }: Placed| {
        let lead = match (live.stale.get(), live.is_empty()) {
            (true, false) => "Last good result. ",
            _ => "",
        };
        view! {
            <button
                type="button"
                class=format!("status {}", class(finding.severity))
                title=finding.message.clone()
                on:click=move |_| go.run(place)
            >
                {icon(finding.severity)}
                <span>
                    <strong>{lead}</strong>
                    {format!("Line {}: ", position.line)}
                    {with_code(&finding.message)}
                </span>
            </button>
        }
        .into_any()
    };
    let about = move || {
        live.outputs.with(|outputs| outputs.as_ref().map(|outputs| describe(outputs, target.get())).unwrap_or_default())
    };
    move || match first_error.get() {
        Some(placed) => error(placed),
        None => view! { <p class="status">{about}</p> }.into_any(),
    }
}

/// What the plan is for: `one server, 2 CPU, 4 GiB`.
fn describe(outputs: &Outputs, target: Target) -> String {
    let topology = &outputs.topology;
    match (target, &topology.server, &topology.cluster) {
        (Target::Cluster, _, Some(cluster)) => {
            format!("Kubernetes, {}", count(cluster.nodes.iter().map(|group| group.count as usize).sum(), "node"))
        }
        (Target::Server, Some(server), _) => format!("Docker Compose, {}, {}", server.cpu, server.memory),
        _ => String::new(),
    }
}
