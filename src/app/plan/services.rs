//! The memory of one container of each service, term by term.

use crate::app::icons;
use leptos::prelude::*;
use plimsoll::engine::Report;
use plimsoll::plan::Total;
use plimsoll::plan::{ServicePlan, Term, Utilisation};
use plimsoll::quantity::Memory;
use plimsoll::topology::FigureSource;
use plimsoll::view::colour::Colour;
use std::sync::Arc;

/// The most services that are shown.
const MOST: usize = 60;

/// The arithmetic of every service.
#[component]
pub fn Services(
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    /// The container that the person last pointed at or moved to.
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let names = move || {
        report.with(|report| {
            let services = report.iter().flat_map(|report| &report.plan.services).take(MOST);
            services.map(|service| service.service.to_string()).collect::<Vec<_>>()
        })
    };
    let more = move || {
        report.with(|report| report.as_ref().map_or(0, |report| report.plan.services.len().saturating_sub(MOST)))
    };
    let card = move |name: String| {
        let is_chosen = {
            let name = name.clone();
            Memo::new(move |_| {
                let is_of = |key: &String| key.rsplit_once('-').is_some_and(|(service, _)| service == name);
                chosen.with(|chosen| chosen.as_ref().is_some_and(is_of))
            })
        };
        let service = Memo::new(move |last: Option<&Option<(Colour, ServicePlan)>>| {
            let now = report.with(|report| {
                let report = report.as_ref()?;
                let plan = report.plan.services.iter().find(|service| service.service.as_str() == name)?;
                Some((Colour::of(&name, &report.services), plan.clone()))
            });
            now.or_else(|| last.cloned().flatten())
        });
        view! {
            <li class="block" class:is-chosen=is_chosen>
                {move || service.get().map(|(colour, service)| arithmetic(colour, service))}
            </li>
        }
    };
    view! {
        <section>
            <h3 class="section-head">"What one container takes"</h3>
            <ul class="arithmetic">
                <For each=names key=String::clone children=card />
            </ul>
            <Show when=move || { more() > 0 }>
                <p class="muted">{move || format!("and {} more services", more())}</p>
            </Show>
        </section>
    }
}

fn arithmetic(colour: Colour, service: ServicePlan) -> impl IntoView {
    let meaning: Vec<_> = service.consequences().map(|sentence| view! { <li>{sentence.to_owned()}</li> }).collect();
    let container = service.container;
    let terms = container.terms.iter().map(term).collect_view();
    let judgement = match container.utilisation {
        Utilisation::Low => Some((icons::note().into_any(), "is-note", "more than twice what it needs")),
        Utilisation::Good => None,
        Utilisation::High => Some((icons::warning().into_any(), "is-warning", "little is left")),
        Utilisation::Over => Some((icons::error().into_any(), "is-error", "the kernel kills it")),
    };
    let judgement = judgement.map(|(sign, class, what)| view! { <span class=class>" " {sign} " " {what}</span> });
    view! {
        <h4>
            <span class=format!("swatch {}", colour.class())></span>
            {service.service.to_string()}
            <span class="percent">{format!("{} % of its limit", container.need_percent)}</span>
        </h4>
        <table class="sum">
            <tbody>{terms}</tbody>
            <tfoot>
                <tr class="total">
                    <td>{container.need.to_string()}</td>
                    <th scope="row">"needed at the busiest time"</th>
                </tr>
                <tr>
                    <td>{container.limit.to_string()}</td>
                    <th scope="row">{limit(container.limit_source)} {judgement}</th>
                </tr>
            </tfoot>
        </table>
        <p class="muted">{all_together(container.limit, &service.steady, &service.peak)}</p>
        {(!meaning.is_empty()).then(|| view! { <ul class="meaning">{meaning}</ul> })}
    }
}

fn term(term: &Term) -> impl IntoView + use<> {
    let note = term.note.clone().map(|note| view! { <span class="muted">" "{note}</span> });
    view! {
        <tr>
            <td>{term.total.to_string()}</td>
            <th scope="row">{term.text()} {note}</th>
        </tr>
    }
}

/// The label of a limit, by its source.
fn limit(source: FigureSource) -> &'static str {
    match source {
        FigureSource::Given => "limit, as the document says",
        FigureSource::Catalog => "limit, a typical figure",
        FigureSource::Derived => "limit: the need and a quarter more",
    }
}

/// The total of all containers.
fn all_together(limit: Memory, steady: &Total, peak: &Total) -> String {
    let sum = |total: &Total| format!("{} × {limit} = {}", total.replicas, total.limit);
    if peak.replicas == steady.replicas {
        format!("All together: {}, {}", sum(steady), steady.cpu)
    } else {
        format!("All together: {}; at the busiest time {}", sum(steady), sum(peak))
    }
}
