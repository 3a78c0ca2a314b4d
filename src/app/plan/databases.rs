//! Database connections: how many may be opened, and how many are accepted.

use crate::app::icons;
use leptos::prelude::*;
use plimsoll::engine::Report;
use plimsoll::plan::DatabasePlan;
use std::sync::Arc;

/// The most clients whose arithmetic of a rollout is shown.
const MOST_CLIENTS: usize = 6;

/// A table for each database with connection pools.
#[component]
pub fn Databases(#[prop(into)] report: Signal<Option<Arc<Report>>>) -> impl IntoView {
    let databases = Memo::new(move |_| {
        report.with(|report| report.as_ref().map(|report| report.plan.databases.clone()).unwrap_or_default())
    });
    let section = move || {
        let databases = databases.get();
        (!databases.is_empty()).then(|| {
            view! {
                <section>
                    <h3 class="section-head">"Database connections"</h3>
                    <ul class="arithmetic">{databases.iter().map(connections).collect_view()}</ul>
                </section>
            }
        })
    };
    view! { {section} }
}

fn connections(database: &DatabasePlan) -> impl IntoView + use<> {
    let rows = database.clients.iter().map(|client| {
        view! {
            <tr>
                <td>{client.peak_connections.to_string()}</td>
                <th scope="row">{client.service.to_string()} <span class="muted">" " {client.text()}</span></th>
            </tr>
        }
    });
    let most = database.peak_connections.max(database.rollout_connections.unwrap_or(0));
    let too_many = database.max_connections.is_some_and(|accepted| most > accepted.into());
    let rollout = database.rollout_connections.map(|connections| {
        let clients = database.clients.iter().take(MOST_CLIENTS);
        let arithmetic: Vec<String> =
            clients.filter_map(|client| Some(format!("{} {}", client.service, client.rollout_text()?))).collect();
        view! {
            <tr>
                <td>{connections.to_string()}</td>
                <th scope="row">
                    "while a new release replaces pods" <span class="muted">" " {arithmetic.join(", ")}</span>
                </th>
            </tr>
        }
    });
    let accepts = database.max_connections.map(|most| {
        view! {
            <tr>
                <td>{most.to_string()}</td>
                <th scope="row">"accepted by the database"</th>
            </tr>
        }
    });
    view! {
        <li class="block">
            <h4>
                {database.database.to_string()}
                {too_many
                    .then(|| view! { <span class="percent is-error">{icons::error()} " " "more than it accepts"</span> })}
            </h4>
            <table class="sum">
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>
                    <tr class="total">
                        <td>{database.peak_connections.to_string()}</td>
                        <th scope="row">"may be opened at the busiest time"</th>
                    </tr>
                    {rollout} {accepts}
                </tfoot>
            </table>
        </li>
    }
}
