//! The list that replaces the diagram of a topology that is too large to draw.

use crate::app::analysis_store::AnalysisStore;
use leptos::prelude::*;
use plimsoll::engine::ServiceSummary;
use plimsoll::view::colour::Colour;
use plimsoll::view::selection::Selection;

/// Above this number, services are listed instead of drawn.
pub const MOST_DRAWN: usize = 200;

/// The services by name, in the document's order.
#[component]
pub fn List(analysis: AnalysisStore, selected: RwSignal<Option<Selection>>, open: Callback<()>) -> impl IntoView {
    let services = move || {
        analysis.report.with(|report| report.as_ref().map(|report| report.services.clone()).unwrap_or_default())
    };
    let item = move |(index, service): (usize, ServiceSummary)| {
        let name = service.name.to_string();
        let (mine, chosen) = (name.clone(), name.clone());
        let is_selected =
            move || selected.with(|selected| selected.as_ref().and_then(Selection::service) == Some(&mine));
        view! {
            <li>
                <button
                    type="button"
                    class="list-item"
                    aria-pressed=move || is_selected().to_string()
                    on:click=move |_| selected.set(Some(Selection::Service(chosen.clone())))
                    on:dblclick=move |_| open.run(())
                >
                    <span class=format!("swatch {}", Colour::of_number(index).class())></span>
                    <span class="list-name">{name}</span>
                    <span class="muted">{service.title}</span>
                </button>
            </li>
        }
    };
    view! {
        <div
            class="list"
            on:pointerdown=|event| event.stop_propagation()
            on:wheel=|event| event.stop_propagation()
        >
            <p class="muted">
                {move || too_many(services().len(), MOST_DRAWN)}
            </p>
            <ul class="list-items">{move || services().into_iter().enumerate().map(item).collect_view()}</ul>
        </div>
    }
}

fn too_many(services: usize, most: usize) -> String {
    format!("{services} services are too many to draw (more than {most}). Here they are by name.")
}
