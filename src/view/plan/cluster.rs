//! The picture of a cluster.

use super::picture::{Cargo, Hull, Look, Picture, UnplacedReason, UnplacedRow, cpu_of};
use crate::engine::{MOST_PODS, Report};
use crate::plan::{AddedNodes, ClusterPlan, Load, NodePlan, Placement, PodPlan, ServicePlan, UnplacedPods, part_of};
use crate::view::colour::Colour;
use crate::view::count;
use std::collections::BTreeMap;

/// Returns a hull for each node, loaded with the requests of its pods, which count against the load line here.
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
        cpu_words: cpu_of(node.peak.requested_cpu, node.allocatable_cpu),
        cargo: if draws_pods {
            on_nodes.remove(node.node.as_str()).unwrap_or_default()
        } else {
            node.peak.loads.iter().map(|load| load_cargo(load, node, report)).collect()
        },
    });
    let drawn = plan.nodes.len();
    Picture {
        hulls: hulls.collect(),
        unplaced: unplaced(plan, report),
        left_out: (drawn < report.node_count()).then(|| left_out(drawn, report.node_count())),
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
        words: format!(
            "{} on {}{}: {} set aside, of which it needs {} at the busiest time.",
            pod.pod,
            pod.node,
            if is_extra { ", at the busiest time only" } else { "" },
            container.limit,
            container.need
        ),
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
        words: format!(
            "{} pods of {} on {}: {} set aside, of which they need {} at the busiest time.",
            load.containers, load.name, node.node, load.limit, load.need
        ),
    }
}

/// The rows of pods without a node: those that stay so, and those that wait for one.
fn unplaced(plan: &ClusterPlan, report: &Report) -> Vec<UnplacedRow> {
    let without = unschedulable(plan);
    let without = without.map(|pods| unplaced_cargo(pods, format!("{}: {}", self::pods(pods), pods.message), report));
    let come = plan.scale_up.as_ref().map(|scale_up| nodes_come(&scale_up.added)).unwrap_or_default();
    let waiting = plan.waiting();
    let waiting = waiting.iter().map(|pods| {
        let [nodes, when] = &come;
        unplaced_cargo(pods, format!("{}: waiting for {nodes}, {when}.", self::pods(pods)), report)
    });
    let rows = [
        UnplacedRow { why: UnplacedReason::NoRoom, words: <[String; 2]>::default(), cargo: without.collect() },
        UnplacedRow { why: UnplacedReason::Waits, cargo: waiting.collect(), words: come },
    ];
    rows.into_iter().filter(|row| !row.cargo.is_empty()).collect()
}

/// The unschedulable pods, those that always run first.
pub fn unschedulable(plan: &ClusterPlan) -> impl Iterator<Item = &UnplacedPods> {
    plan.unplaced().iter().chain(plan.unplaced_at_peak())
}

fn unplaced_cargo(pods: &UnplacedPods, words: String, report: &Report) -> Cargo {
    let service = service(pods.service.as_str(), report);
    Cargo {
        key: pods.first.clone(),
        label: self::pods(pods),
        colour: Colour::of(pods.service.as_str(), &report.services),
        size: service.map(|service| service.container.limit).unwrap_or_default(),
        need: None,
        look: Look::Plain,
        words,
    }
}

fn service<'a>(name: &str, report: &'a Report) -> Option<&'a ServicePlan> {
    report.plan.services.iter().find(|service| service.service.as_str() == name)
}

fn left_out(drawn: usize, all: usize) -> String {
    format!("The first {drawn} of {all} nodes are drawn; the figures are those of all.")
}

/// Such as `api-3` or `api-3 and 4 more`.
pub fn pods(pods: &UnplacedPods) -> String {
    match pods.count {
        0 | 1 => pods.first.clone(),
        count => format!("{} and {} more", pods.first, count - 1),
    }
}

/// The nodes that are on their way, and in how long all of them are there.
fn nodes_come(added: &[AddedNodes]) -> [String; 2] {
    let nodes = added.iter().map(|added| added.nodes as usize).sum();
    let group = if let [added] = added { format!(" of {}", added.group) } else { String::new() };
    let seconds = added.iter().map(|added| added.startup_seconds).max().unwrap_or_default();
    [format!("{}{group}", count(nodes, "more node")), format!("in about {seconds} s")]
}
