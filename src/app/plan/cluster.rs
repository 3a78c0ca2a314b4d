//! The plan for a cluster.

use super::hulls::{Ashore, Cargo, Colour, Hull, Look, Picture, Why};
use crate::app::icons;
use crate::app::words::{plan as words, with_code};
use leptos::prelude::*;
use plimsoll::engine::{MOST_PODS, Report};
use plimsoll::plan::{
    ClusterPlan, Load, NodeLoss, NodePlan, Placement, PodPlan, Scores, ServicePlan, Statement, UnplacedPods, part_of,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A hull for each node, loaded with what its pods request; that is what counts against the load line here.
pub fn picture(plan: &ClusterPlan, report: &Report) -> Picture {
    let extra = plan.peak.as_ref().map_or(&[][..], |peak| &peak.pods);
    let placed = plan.steady.placed() + plan.peak.as_ref().map_or(0, Placement::placed);
    let draws_pods = placed <= MOST_PODS as u64;
    let mut on_nodes: BTreeMap<&str, Vec<Cargo>> = BTreeMap::new();
    if draws_pods {
        for (pod, is_extra) in
            plan.steady.pods.iter().map(|pod| (pod, false)).chain(extra.iter().map(|pod| (pod, true)))
        {
            on_nodes.entry(&pod.node).or_default().extend(pod_cargo(pod, is_extra, report));
        }
    }
    let hulls = plan.nodes.iter().map(|node| Hull {
        name: node.node.clone(),
        memory: node.memory,
        system: node.memory - node.allocatable_memory,
        load_line: node.load_line,
        is_past_line: node.peak.is_past_load_line,
        is_stopped: false,
        may_grow_to: None,
        memory_words: part_of(node.peak.requested_memory, node.allocatable_memory),
        cpu_words: words::cpu_of(node.peak.requested_cpu, node.allocatable_cpu),
        cargo: if draws_pods {
            on_nodes.remove(node.node.as_str()).unwrap_or_default()
        } else {
            node.peak.loads.iter().map(|load| load_cargo(load, node, report)).collect()
        },
    });
    let drawn = plan.nodes.len();
    Picture {
        hulls: hulls.collect(),
        ashore: ashore(plan, report),
        left_out: (drawn < report.node_count()).then(|| words::nodes_drawn(drawn, report.node_count())),
    }
}

fn pod_cargo(pod: &PodPlan, is_extra: bool, report: &Report) -> Option<Cargo> {
    let container = &service(pod.service.as_str(), report)?.container;
    Some(Cargo {
        key: pod.pod.clone(),
        label: pod.service.to_string(),
        colour: Colour::of(pod.service.as_str(), &report.services),
        size: container.limit,
        need: Some(container.need),
        look: if is_extra { Look::Extra } else { Look::Plain },
        words: words::pod(&pod.pod, &pod.node, is_extra, container.limit, container.need),
    })
}

fn load_cargo(load: &Load, node: &NodePlan, report: &Report) -> Cargo {
    Cargo {
        key: format!("{}/{}", node.node, load.name),
        label: format!("{} × {}", load.containers, load.name),
        colour: Colour::of(load.name.as_str(), &report.services),
        size: load.limit,
        need: Some(load.need),
        look: Look::Plain,
        words: words::pods(load.containers, load.name.as_str(), &node.node, load.limit, load.need),
    }
}

/// What has no node: for ever, and until one comes.
fn ashore(plan: &ClusterPlan, report: &Report) -> Vec<Ashore> {
    let without =
        homeless(plan).map(|pods| ashore_cargo(pods, words::without_node(&count(pods), &pods.message), report));
    let come = plan.scale_up.as_ref().map(|scale_up| words::nodes_come(&scale_up.added)).unwrap_or_default();
    let waiting = plan.waiting();
    let waiting = waiting.iter().map(|pods| ashore_cargo(pods, words::awaits_nodes(&count(pods), &come), report));
    let rows = [
        Ashore { why: Why::NoRoom, words: <[String; 2]>::default(), cargo: without.collect() },
        Ashore { why: Why::Waits, cargo: waiting.collect(), words: come },
    ];
    rows.into_iter().filter(|row| !row.cargo.is_empty()).collect()
}

/// The pods that have nowhere to go, those that always run first.
fn homeless(plan: &ClusterPlan) -> impl Iterator<Item = &UnplacedPods> {
    plan.unplaced().iter().chain(plan.unplaced_at_peak())
}

fn ashore_cargo(pods: &UnplacedPods, words: String, report: &Report) -> Cargo {
    let service = service(pods.service.as_str(), report);
    Cargo {
        key: pods.first.clone(),
        label: count(pods),
        colour: Colour::of(pods.service.as_str(), &report.services),
        size: service.map(|service| service.container.limit).unwrap_or_default(),
        need: None,
        look: Look::Plain,
        words,
    }
}

fn count(pods: &UnplacedPods) -> String {
    words::first_of_pods(&pods.first, pods.count)
}

fn service<'a>(name: &str, report: &'a Report) -> Option<&'a ServicePlan> {
    report.plan.services.iter().find(|service| service.service.as_str() == name)
}

/// What else there is to say: who has nowhere to go, why a pod is where it is, what a lost node does, and what the plan
/// takes for granted.
#[component]
pub fn ClusterDetails(
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    /// The pod that the person last pointed at or moved to.
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    // Each part on its own, so that what did not change is not drawn again, and the pods are not copied.
    let without = part(report, |plan| homeless(plan).cloned().collect());
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
                            <summary>{words::OUT_OF_MEMORY}</summary>
                            {sentences(&pressure.read())}
                        </details>
                    }
                })
        }}
        <details class="granted">
            <summary>{words::GRANTED}</summary>
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

/// Pods that fit nowhere, in the scheduler's words, and what would help, or which nodes come for them.
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
                    <strong>{count(pods)}</strong>
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
    let fits = words::fits(pod.feasible_nodes, pod.best_node_count, &pod.best_nodes);
    view! {
        <section class="block">
            <h3>{words::why_there(&pod.node, &pod.pod)}</h3>
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
        <div class="table-scroll" role="region" aria-label=words::SCORES tabindex="0">
            <table class="numbers">
                <thead>
                    <tr>
                        <th scope="col">{words::SCORE}</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{words::TOTAL}</th>
                        {numbers(scores.totals)}
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

/// What becomes of the pods when a node is lost.
fn lost_nodes(losses: &[NodeLoss]) -> impl IntoView + use<> {
    let items = losses.iter().map(|loss| {
        let (sign, outcome) = if loss.is_carried() {
            (icons::tick().into_any(), words::others_take(loss.pods))
        } else {
            let unplaced: Vec<String> = loss.unplaced.iter().map(count).collect();
            (icons::error().into_any(), words::no_room_for(&unplaced))
        };
        view! {
            <li class:is-bad=!loss.is_carried()>
                {sign}
                <span>
                    <strong>{loss.node.clone()}</strong>
                    {words::nodes_alike(loss.nodes_alike)}
                    ": "
                    {outcome}
                </span>
            </li>
        }
    });
    view! {
        <section class="block">
            <h3>{words::IF_LOST}</h3>
            <ul class="losses">{items.collect_view()}</ul>
        </section>
    }
}
