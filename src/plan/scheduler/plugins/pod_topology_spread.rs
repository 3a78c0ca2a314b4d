//! `PodTopologySpread`: pods that are alike are spread over the values of a node label.
//!
//! A constraint that must hold keeps the pod off a node when
//!
//! ```text
//! pods in the node's domain + (1 if the pod itself is selected) - least pods in any domain > maxSkew
//! ```
//!
//! The others, or the default of the scheduler for pods without any, score nodes in emptier domains better:
//!
//! ```text
//! w     = ln(domains among the feasible nodes + 2)
//! raw   = round(sum over the constraints of: pods in the node's domain * w + maxSkew - 1)
//! score = 100 * (max(raw) + min(raw) - raw) / max(raw), or 100 if max(raw) is 0
//! ```
//!
//! Sources: `common.go`, `filtering.go`, `scoring.go` and `plugin.go` of
//! `pkg/scheduler/framework/plugins/podtopologyspread`; `DefaultSelector` of
//! `pkg/scheduler/framework/plugins/helper/spread.go` (v1.36.2).

use super::{MAX_SCORE, node_affinity, real, taint_toleration, whole};
use crate::plan::logarithm::ln;
use crate::plan::scheduler::cluster::{InclusionPolicy, PodTemplate, Service, SpreadConstraint, WhenUnsatisfiable};
use crate::plan::scheduler::labels::{Labels, Requirement, Selector};
use crate::plan::scheduler::topology::{Topologies, Topology};
use crate::plan::scheduler::{NodeIndex, NodeState, Plugin, Reason, Rejection, Scheduler, Template};
use crate::sorting;
use std::sync::Arc;

mod running;

pub(in crate::plan::scheduler) use running::{Places, Running, Spot};

const HOSTNAME: &str = "kubernetes.io/hostname";
const ZONE: &str = "topology.kubernetes.io/zone";

/// The constraints that apply to the pods of a template.
#[derive(Debug, Clone)]
pub(in crate::plan::scheduler) struct Spread {
    hard: Vec<Constraint>,
    soft: Vec<Constraint>,
    /// Whether the soft ones are the scheduler's default. Those apply on nodes that lack some of the labels, too.
    by_default: bool,
    /// The class of each node by the topologies of all of them: nodes of a class without a pod that counts are alike.
    classes: Arc<[usize]>,
}

#[derive(Debug, Clone)]
struct Constraint {
    topology: usize,
    /// Whether every node is a domain.
    hostname: bool,
    max_skew: i64,
    min_domains: usize,
    selector: Option<Selector>,
    node_affinity: InclusionPolicy,
    node_taints: InclusionPolicy,
}

impl Spread {
    pub(in crate::plan::scheduler) fn of(
        pod: &PodTemplate,
        services: &[Service],
        topologies: &mut Topologies,
        nodes: &[NodeState],
    ) -> Self {
        let by_default = pod.spread.is_empty();
        let default = if by_default { default_constraints(pod, services) } else { Vec::new() };
        let constraints = if by_default { &default } else { &pod.spread };
        let mut compile = |when: WhenUnsatisfiable| {
            let constraints = constraints.iter().filter(|constraint| constraint.when_unsatisfiable == when);
            let compiled = constraints.map(|constraint| {
                Constraint::of(constraint, &pod.labels, topologies.index(&constraint.topology_key, nodes))
            });
            compiled.collect()
        };
        let (hard, soft): (Vec<_>, Vec<_>) =
            (compile(WhenUnsatisfiable::DoNotSchedule), compile(WhenUnsatisfiable::ScheduleAnyway));
        let all = hard.iter().chain(&soft).map(|constraint: &Constraint| constraint.topology).collect();
        let classes = topologies.classes(all, nodes.len());
        Self { hard, soft, by_default, classes }
    }

    /// Whether a constraint keeps pods off nodes.
    pub(in crate::plan::scheduler) fn must_hold(&self) -> bool {
        !self.hard.is_empty()
    }
}

/// Pods that a service selects, or that a `ReplicaSet` or `StatefulSet` owns, are spread over nodes and zones.
fn default_constraints(pod: &PodTemplate, services: &[Service]) -> Vec<SpreadConstraint> {
    let selecting = services.iter().filter(|service| {
        service.namespace == pod.namespace
            && service.selector.iter().all(|(key, value)| pod.labels.get(key) == Some(value))
    });
    let labels = sorting::map(selecting.flat_map(|service| service.selector.clone()));
    let mut selector = Selector::equal(&labels);
    selector.0.extend(pod.owner.0.iter().cloned());
    if selector.is_empty() {
        return Vec::new();
    }
    [(HOSTNAME, 3), (ZONE, 5)]
        .map(|(key, max_skew)| SpreadConstraint {
            topology_key: key.to_owned(),
            max_skew,
            when_unsatisfiable: WhenUnsatisfiable::ScheduleAnyway,
            selector: Some(selector.clone()),
            match_label_keys: Vec::new(),
            min_domains: 1,
            node_affinity: InclusionPolicy::Honor,
            node_taints: InclusionPolicy::Ignore,
        })
        .into()
}

impl Constraint {
    fn of(constraint: &SpreadConstraint, labels: &Labels, topology: usize) -> Self {
        let own = |key: &String| labels.get(key).map(|value| Requirement::equal(key, value));
        let narrowed: Vec<_> = constraint.match_label_keys.iter().filter_map(own).collect();
        let mut selector = constraint.selector.clone();
        if !narrowed.is_empty() {
            // Even a selector of nothing gives way to the pod's own labels.
            selector.get_or_insert_default().0.extend(narrowed);
        }
        Self {
            topology,
            hostname: constraint.topology_key == HOSTNAME,
            max_skew: constraint.max_skew.into(),
            min_domains: usize::try_from(constraint.min_domains).unwrap_or(0),
            selector,
            node_affinity: constraint.node_affinity,
            node_taints: constraint.node_taints,
        }
    }

    /// The nodes that count, in their order.
    fn eligible(&self, scheduler: &Scheduler, pod: &PodTemplate, has_labels: &[bool]) -> Vec<bool> {
        let nodes = scheduler.nodes.iter().zip(has_labels);
        nodes.map(|(node, has_labels)| *has_labels && self.is_eligible(pod, node)).collect()
    }

    /// Whether the node counts, if it has the labels of all the constraints.
    fn is_eligible(&self, pod: &PodTemplate, node: &NodeState) -> bool {
        (self.node_affinity == InclusionPolicy::Ignore || node_affinity::selects(pod, node))
            && (self.node_taints == InclusionPolicy::Ignore || taint_toleration::tolerates_all(pod, node))
    }

    /// Whether it counts pods like `other` for `pod`. An empty selector selects none.
    fn counts(&self, other: &PodTemplate, pod: &PodTemplate) -> bool {
        let selector = self.selector.as_ref().filter(|selector| !selector.is_empty());
        !other.terminating
            && other.namespace == pod.namespace
            && selector.is_some_and(|selector| selector.matches(&other.labels))
    }

    /// Where selected pods are, and how many.
    fn selected<'a>(
        &'a self,
        scheduler: &'a Scheduler,
        pod: &'a PodTemplate,
    ) -> impl Iterator<Item = (NodeIndex, i64)> {
        let selector = self.selector.as_ref().filter(|selector| !selector.is_empty());
        let counts = move |template: &&Template| self.counts(&template.pod, pod);
        let placed = |template: &'a Template| template.placed.iter().map(|(node, count)| (node, i64::from(count)));
        selector.into_iter().flat_map(|selector| scheduler.selected(selector)).filter(counts).flat_map(placed)
    }
}

/// Whether each node has the labels of all the constraints.
fn have_labels(scheduler: &Scheduler, constraints: &[Constraint]) -> Vec<bool> {
    (0..scheduler.nodes.len()).map(|node| has_labels(scheduler, constraints, NodeIndex(node))).collect()
}

/// Whether the node has the labels of all the constraints.
fn has_labels(scheduler: &Scheduler, constraints: &[Constraint], node: NodeIndex) -> bool {
    constraints.iter().all(|constraint| scheduler.topologies[constraint.topology].domain(node).is_some())
}

/// The constraints that must hold, with what is placed by now.
pub(in crate::plan::scheduler) struct Filter<'a> {
    scheduler: &'a Scheduler,
    constraints: Vec<(&'a Constraint, Skew)>,
}

struct Skew {
    /// The selected pods of each domain.
    counts: Vec<i64>,
    /// The fewest of any domain that counts.
    least: i64,
    /// Whether the pod itself would be one more.
    own: i64,
}

impl<'a> Filter<'a> {
    pub(in crate::plan::scheduler) fn new(scheduler: &'a Scheduler, template: &'a Template) -> Self {
        let (hard, pod) = (&template.spread.hard, &*template.pod);
        let has_labels = have_labels(scheduler, hard);
        let skew = |constraint| (constraint, Skew::of(scheduler, constraint, pod, &has_labels));
        Self { scheduler, constraints: hard.iter().map(skew).collect() }
    }

    pub(in crate::plan::scheduler) fn filter(&self, node: NodeIndex) -> Option<Rejection> {
        self.constraints.iter().find_map(|(constraint, skew)| {
            let Some(domain) = self.scheduler.topologies[constraint.topology].domain(node) else {
                return Some(Plugin::PodTopologySpread.rules_out(Reason::SpreadLabelMissing));
            };
            let uneven = skew.counts[domain] + skew.own - skew.least > constraint.max_skew;
            uneven.then(|| Plugin::PodTopologySpread.rejects(Reason::Spread))
        })
    }
}

impl Skew {
    fn of(scheduler: &Scheduler, constraint: &Constraint, pod: &PodTemplate, has_labels: &[bool]) -> Self {
        let topology = &scheduler.topologies[constraint.topology];
        let eligible = constraint.eligible(scheduler, pod, has_labels);
        let mut exists = vec![false; topology.domains];
        for (node, _) in eligible.iter().enumerate().filter(|(_, eligible)| **eligible) {
            if let Some(domain) = topology.domain(NodeIndex(node)) {
                exists[domain] = true;
            }
        }
        let mut counts = vec![0; topology.domains];
        for (node, count) in constraint.selected(scheduler, pod).filter(|(node, _)| eligible[node.0]) {
            if let Some(domain) = topology.domain(node) {
                counts[domain] += count;
            }
        }
        let existing = || counts.iter().zip(&exists).filter(|(_, exists)| **exists).map(|(count, _)| *count);
        let least = if existing().count() < constraint.min_domains { None } else { existing().min() };
        let own = constraint.selector.as_ref().is_some_and(|selector| selector.matches(&pod.labels));
        Self { least: least.unwrap_or(0), counts, own: own.into() }
    }
}

pub(in crate::plan::scheduler) fn score(
    scheduler: &Scheduler,
    template: &Template,
    feasible: &[NodeIndex],
) -> Option<Vec<i64>> {
    let Spread { soft, by_default, .. } = &template.spread;
    if soft.is_empty() {
        return None;
    }
    let has_labels = if *by_default { vec![true; scheduler.nodes.len()] } else { have_labels(scheduler, soft) };
    let scored: Vec<NodeIndex> = feasible.iter().copied().filter(|node| has_labels[node.0]).collect();
    let mut sums = vec![0.0; scored.len()];
    for constraint in soft {
        constraint.add_to(&mut sums, scheduler, &template.pod, &scored, &has_labels);
    }
    let raw: Vec<i64> = sums.into_iter().map(rounded).collect();
    let range = Range::of(raw.iter().copied());
    let mut normalized = raw.into_iter().map(|raw| range.normal(raw));
    let next = |node: &NodeIndex| if has_labels[node.0] { normalized.next().unwrap_or(0) } else { 0 };
    Some(feasible.iter().map(next).collect())
}

impl Constraint {
    /// Adds what this constraint says of each scored node that has its label.
    fn add_to(
        &self,
        sums: &mut [f64],
        scheduler: &Scheduler,
        pod: &PodTemplate,
        scored: &[NodeIndex],
        has_labels: &[bool],
    ) {
        let topology = &scheduler.topologies[self.topology];
        let on_node = self.on_nodes(scheduler, pod);
        let in_domain = if self.hostname {
            Vec::new()
        } else {
            in_domains(topology, &on_node, &self.eligible(scheduler, pod, has_labels))
        };
        let domains = if self.hostname { scored.len() } else { self.domains_of(scored, scheduler) };
        let weight = weight(domains);
        for (sum, node) in sums.iter_mut().zip(scored) {
            if let Some(domain) = topology.domain(*node) {
                let count: i64 = if self.hostname { on_node[node.0] } else { in_domain[domain] };
                *sum += raw_score(count, weight, self.max_skew);
            }
        }
    }

    /// How many selected pods are on each node.
    fn on_nodes(&self, scheduler: &Scheduler, pod: &PodTemplate) -> Vec<i64> {
        let mut on_node = vec![0; scheduler.nodes.len()];
        for (node, count) in self.selected(scheduler, pod) {
            on_node[node.0] += count;
        }
        on_node
    }

    /// How many values the label has among the nodes; to have none counts like the empty value.
    fn domains_of(&self, nodes: &[NodeIndex], scheduler: &Scheduler) -> usize {
        let topology = &scheduler.topologies[self.topology];
        let mut seen = vec![false; topology.domains + 1];
        for node in nodes {
            let without = topology.empty.unwrap_or(topology.domains);
            seen[topology.domain(*node).unwrap_or(without)] = true;
        }
        seen.into_iter().filter(|seen| *seen).count()
    }
}

/// How many of the pods on nodes are in each domain, on nodes that count.
fn in_domains(topology: &Topology, on_node: &[i64], eligible: &[bool]) -> Vec<i64> {
    let mut in_domain = vec![0; topology.domains];
    for (node, count) in on_node.iter().enumerate().filter(|(node, _)| eligible[*node]) {
        if let Some(domain) = topology.domain(NodeIndex(node)) {
            in_domain[domain] += *count;
        }
    }
    in_domain
}

/// Returns the weight of a pod for a number of domains.
fn weight(domains: usize) -> f64 {
    ln(real(domains as u64 + 2))
}

/// Returns the score that a constraint adds to a node.
fn raw_score(count: i64, weight: f64, max_skew: i64) -> f64 {
    real(count.unsigned_abs()) * weight + real((max_skew - 1).unsigned_abs())
}

fn rounded(sum: f64) -> i64 {
    whole(sum.round())
}

/// From the least to the greatest of the rounded sums.
struct Range {
    least: i64,
    most: i64,
}

impl Range {
    fn of(mut raw: impl Iterator<Item = i64>) -> Self {
        let first = raw.next().unwrap_or(0);
        let wider = |Self { least, most }, raw: i64| Self { least: raw.min(least), most: raw.max(most) };
        raw.fold(Self { least: first, most: first }, wider)
    }

    /// The score of a rounded sum: the least becomes the greatest.
    fn normal(&self, raw: i64) -> i64 {
        if self.most == 0 { MAX_SCORE } else { MAX_SCORE * (self.most + self.least - raw) / self.most }
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::Plugin;
    use crate::plan::scheduler::example::{place, scores};

    const NODES: &str = "
        nodes:
          - { metadata: { name: a1, labels: { topology.kubernetes.io/zone: a } } }
          - { metadata: { name: a2, labels: { topology.kubernetes.io/zone: a } } }
          - { metadata: { name: b1, labels: { topology.kubernetes.io/zone: b } } }
          - { metadata: { name: none } }";

    fn with_pods(count: usize, constraint: &str) -> String {
        let spec = format!("{{ topologySpreadConstraints: [{{ maxSkew: 1, {constraint} }}] }}");
        let pod = format!("{{ metadata: {{ name: p, labels: {{ app: web, v: '1' }} }}, spec: {spec} }}");
        format!("{NODES}\n        pods: [{}]", vec![pod; count].join(", "))
    }

    #[test]
    fn a_constraint_that_must_hold_keeps_the_domains_even() {
        let zone = "topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule";
        let web = "labelSelector: { matchLabels: { app: web } }";
        let uneven = "0/4 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label), 3 node(s) didn't match pod topology spread constraints.";
        for (constraint, outcomes) in [
            (format!("{zone}, {web}"), ["a1 a2 b1", "b1", "a2"]),
            // With fewer zones than asked for, none may have more than maxSkew.
            (format!("{zone}, {web}, minDomains: 3"), ["a1 a2 b1", "b1", uneven]),
            (format!("{zone}, {web}, minDomains: 2"), ["a1 a2 b1", "b1", "a2"]),
            // Pods that are not selected are not counted.
            (format!("{zone}, labelSelector: {{ matchLabels: {{ app: db }} }}"), ["a1 a2 b1", "a2 b1", "b1"]),
            // Neither are any by an empty selector, nor without one …
            (format!("{zone}, labelSelector: {{}}"), ["a1 a2 b1", "a2 b1", "b1"]),
            (zone.to_owned(), ["a1 a2 b1", "a2 b1", "b1"]),
            // … unless the pod's own labels are to be added.
            (format!("{zone}, matchLabelKeys: [v, absent]"), ["a1 a2 b1", "b1", "a2"]),
            (format!("{zone}, labelSelector: {{}}, matchLabelKeys: [v]"), ["a1 a2 b1", "b1", "a2"]),
        ] {
            assert_eq!(place(&with_pods(3, &constraint)), outcomes, "{constraint}");
        }
    }

    #[test]
    fn nodes_that_the_pod_cannot_run_on_are_counted_or_not() {
        let zone = "maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule";
        let web = "labelSelector: { matchLabels: { app: web } }";
        let full = "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) didn't match pod topology spread constraints.";
        let tainted = "0/2 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1 node(s) had untolerated taint(s).";
        for (node, selector, policy, second) in [
            ("{}", "{ disk: ssd }", "", "a"),
            ("{}", "{ disk: ssd }", ", nodeAffinityPolicy: Ignore", full),
            ("{ taints: [{ key: k, effect: NoSchedule }] }", "{}", "", tainted),
            ("{ taints: [{ key: k, effect: NoSchedule }] }", "{}", ", nodeTaintsPolicy: Honor", "a"),
        ] {
            let spec =
                format!("{{ nodeSelector: {selector}, topologySpreadConstraints: [{{ {zone}, {web}{policy} }}] }}");
            let pod = format!("{{ metadata: {{ name: p, labels: {{ app: web }} }}, spec: {spec} }}");
            let yaml = format!(
                "
                 nodes:
                   - {{ metadata: {{ name: a, labels: {{ topology.kubernetes.io/zone: a, disk: ssd }} }} }}
                   - {{ metadata: {{ name: b, labels: {{ topology.kubernetes.io/zone: b }} }}, spec: {node} }}
                 pods: [{pod}, {pod}]"
            );
            assert_eq!(place(&yaml), ["a", second], "{node} {selector} {policy}");
        }
    }

    #[test]
    fn pods_of_a_service_are_spread_over_nodes_and_zones_by_default() {
        let service = "services: [{ metadata: { name: web }, spec: { selector: { app: web } } }]";
        let pods = "pods: [{ metadata: { name: new, labels: { app: web } } }]
        existing: [{ metadata: { name: old, labels: { app: web } }, spec: { nodeName: a1 } }]";
        let scores =
            |with: &str| scores(&format!("{NODES}\n        {with}\n        {pods}"), Plugin::PodTopologySpread);
        // By host: 1 or 0 times ln(4 + 2), + 2 each; by zone (a, b and none make three):
        // 1 or 0 times ln(3 + 2), + 4 for those that have one. Together 9, 8, 6 and 2 of 9.
        assert_eq!(scores(service), Some(vec![22, 33, 55, 100]));
        assert_eq!(scores(""), None);
    }

    #[test]
    fn nodes_without_the_label_of_a_soft_constraint_score_nothing() {
        let zone = "topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway";
        let web = "labelSelector: { matchLabels: { app: web } }";
        let scores = |count| scores(&with_pods(count, &format!("{zone}, {web}")), Plugin::PodTopologySpread);
        assert_eq!(scores(1), Some(vec![100, 100, 100, 0]));
        assert_eq!(scores(2), Some(vec![0, 0, 100, 0]));
    }

    #[test]
    fn pods_that_are_being_deleted_are_not_counted() {
        let zone = "maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule";
        let spread =
            format!("topologySpreadConstraints: [{{ {zone}, labelSelector: {{ matchLabels: {{ app: web }} }} }}]");
        for (deleted, outcome) in [("", "b"), ("deletionTimestamp: '2026-01-01T00:00:00Z', ", "a b")] {
            let yaml = format!(
                "
                 nodes: [{{ metadata: {{ name: a }} }}, {{ metadata: {{ name: b }} }}]
                 existing:
                   - {{ metadata: {{ {deleted}name: old, labels: {{ app: web }} }}, spec: {{ nodeName: a, containers: [] }} }}
                 pods: [{{ metadata: {{ name: p, labels: {{ app: web }} }}, spec: {{ containers: [], {spread} }} }}]"
            );
            // Neither takes anything, so that the nodes are equal but for spreading.
            assert_eq!(place(&yaml), [outcome], "{deleted}");
        }
    }
}
