//! The plan for a cluster.

use crate::app::icons;
use crate::app::inline_code::with_code;
use leptos::prelude::*;
use plimsoll::engine::Report;
use plimsoll::plan::{ClusterPlan, NodeLoss, PodPlan, Scores, Statement, UnplacedPods};
use plimsoll::view::plan::cluster::{pods as names_of, unschedulable};
use std::sync::Arc;

/// The details: unschedulable pods, the scores of a pod, the loss of a node, and assumptions.
#[component]
pub fn ClusterDetails(
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    /// The pod that the person last pointed at or moved to.
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    // Each part has a memo of its own, so that unchanged parts are not rendered again and the pods are not cloned.
    let without = part(report, |plan| unschedulable(plan).cloned().collect());
    let waiting = part(report, ClusterPlan::waiting);
    let losses = part(report, |plan| plan.losses.clone());
    let limits = part(report, |plan| plan.limits.clone());
    let pressure = part(report, |plan| plan.pressure.iter().cloned().collect());
    let assumptions = part(report, |plan| plan.assumptions.clone());
    let pod = Memo::new(move |_| {
        report.with(|report| {
            let plan = report.as_ref()?.plan.cluster.as_ref()?;
            let chosen = chosen.get();
            let pods = || plan.steady.pods.iter().chain(plan.peak.iter().flat_map(|peak| &peak.pods));
            pods().find(|pod| chosen.as_ref() == Some(&pod.pod)).or(pods().next()).cloned()
        })
    });
    view! {
        {move || without.read().iter().map(|pods| without_node(pods, false)).collect_view()}
        {move || waiting.read().iter().map(|pods| without_node(pods, true)).collect_view()}
        <div class="columns-2">
            {move || pod.get().map(why_there)} {move || (!losses.read().is_empty()).then(|| lost_nodes(&losses.read()))}
        </div>
        {move || {
            (!limits.read().is_empty())
                .then(|| view! { <div class="aside">{icons::note()} {sentences(&limits.read())}</div> })
        }}
        {move || {
            (!pressure.read().is_empty())
                .then(|| {
                    view! {
                        <details class="granted">
                            <summary>"When a node runs out of memory"</summary>
                            {sentences(&pressure.read())}
                        </details>
                    }
                })
        }}
        <details class="granted">
            <summary>"Assumptions"</summary>
            {move || sentences(&assumptions.read())}
        </details>
    }
}

/// A part of the cluster's plan.
fn part<T: PartialEq + Send + Sync + 'static>(
    report: Signal<Option<Arc<Report>>>,
    of: fn(&ClusterPlan) -> Vec<T>,
) -> Memo<Vec<T>> {
    Memo::new(move |_| {
        report.with(|report| {
            let plan = report.as_ref().and_then(|report| report.plan.cluster.as_ref());
            plan.map(of).unwrap_or_default()
        })
    })
}

fn sentences<T>(statements: &[Statement<T>]) -> impl IntoView + use<T> {
    let item = |statement: &Statement<T>| view! { <li>{with_code(statement.sentence())}</li> };
    let items = statements.iter().map(item).collect_view();
    view! { <ul class="bullets">{items}</ul> }
}

/// Unschedulable pods, with the scheduler's message, and what helps or which nodes are on their way.
fn without_node(pods: &UnplacedPods, waits: bool) -> impl IntoView + use<> {
    let icon = if waits {
        icons::note().into_any()
    } else {
        view! { <span class="is-error">{icons::error()}</span> }.into_any()
    };
    view! {
        <div class="aside">
            {icon}
            <div>
                <p>
                    <strong>{names_of(pods)}</strong>
                    ": "
                    <code>{pods.message.clone()}</code>
                </p>
                {sentences(&pods.help)}
            </div>
        </div>
    }
}

/// Why a pod is on its node.
fn why_there(pod: PodPlan) -> impl IntoView {
    let fits = fits(pod.feasible_nodes, pod.best_node_count, &pod.best_nodes);
    view! {
        <section class="block">
            <h3>{format!("Why {} for {}", pod.node, pod.pod)}</h3>
            <p class="muted">{fits}</p>
            {score_table(pod.scores)}
        </section>
    }
}

fn score_table(scores: Scores) -> impl IntoView {
    let head = scores.nodes.into_iter().map(|node| view! { <th scope="col">{node}</th> }).collect_view();
    let numbers = |numbers: Vec<i64>| numbers.into_iter().map(|number| view! { <td>{number}</td> }).collect_view();
    let rows = scores.plugins.into_iter().map(|row| {
        let weight = (row.weight != 1).then(|| view! { <span class="muted">{format!(" × {}", row.weight)}</span> });
        view! {
            <tr>
                <th scope="row">{row.plugin} {weight}</th>
                {numbers(row.scores)}
            </tr>
        }
    });
    view! {
        <div class="table-scroll" role="region" aria-label="Scores" tabindex="0">
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">"Score"</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Total"</th>
                        {numbers(scores.totals)}
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

/// What happens to the pods when a node is lost.
fn lost_nodes(losses: &[NodeLoss]) -> impl IntoView + use<> {
    let items = losses.iter().map(|loss| {
        let (sign, outcome) = if loss.is_carried() {
            (icons::tick().into_any(), others_take(loss.pods))
        } else {
            let unplaced: Vec<String> = loss.unplaced.iter().map(names_of).collect();
            (icons::error().into_any(), format!("no room on the others for {}", &unplaced.join(", ")))
        };
        view! {
            <li class:is-bad=!loss.is_carried()>
                {sign}
                <span>
                    <strong>{loss.node.clone()}</strong>
                    {nodes_alike(loss.nodes_alike)}
                    ": "
                    {outcome}
                </span>
            </li>
        }
    });
    view! {
        <section class="block">
            <h3>"If a node is lost"</h3>
            <ul class="losses">{items.collect_view()}</ul>
        </section>
    }
}

/// The number of nodes that a pod fits on, and the best of them, of which some are named.
fn fits(nodes: u32, best: u32, named: &[String]) -> String {
    if nodes == 1 {
        return "It fits on 1 node.".to_owned();
    }
    if best <= 1 {
        return format!("It fits on {nodes} nodes. The best of them.");
    }
    let more = match (best as usize).saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = named.join(", ");
    format!(
        "It fits on {nodes} nodes. Any of {best} nodes with the same score: {named}{more}. The first by name is drawn."
    )
}

/// What happens to the pods of a lost node that fit elsewhere.
fn others_take(pods: u32) -> String {
    match pods {
        0 => "nothing runs on it".to_owned(),
        1 => "its pod fits on the others".to_owned(),
        pods => format!("its {pods} pods fit on the others"),
    }
}

/// The number of nodes like the lost one.
fn nodes_alike(nodes: u32) -> String {
    match nodes {
        0 | 1 => String::new(),
        nodes => format!(" (or any of {nodes} like it)"),
    }
}
