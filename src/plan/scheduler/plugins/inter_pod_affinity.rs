//! `InterPodAffinity`: pods near to some pods and away from others.
//!
//! Required terms keep a pod off a node whose domain has none of the pods that it has affinity to (unless it is the first
//! of its own kind), or has one that it has anti-affinity to, or that has anti-affinity to it.
//! Preferred terms, of the pod or of placed pods, score nodes:
//!
//! ```text
//! raw   = over the placed pods in the node's domain, by the term's own label:
//!         + weight for each preferred affinity term of the pod that selects them, - for its anti-affinity terms
//!         + weight for each of their preferred affinity terms that selects the pod, - for anti-affinity terms
//!         + 1 for each of their required affinity terms that selects the pod
//! score = trunc(100 * (raw - min(raw)) / (max(raw) - min(raw))), or 0 if all are equal
//! ```
//!
//! Sources: `filtering.go` and `scoring.go` of `pkg/scheduler/framework/plugins/interpodaffinity`, `AffinityTerm` of
//! `staging/src/k8s.io/kube-scheduler/framework/types.go` (v1.36.2).

use super::{MAX_SCORE, real, whole};
use crate::plan::scheduler::cluster::{AffinityTerm, PodAffinity, PodTemplate};
use crate::plan::scheduler::labels::Labels;
use crate::plan::scheduler::placed::Placed;
use crate::plan::scheduler::{NodeIndex, Plugin, Reason, Rejection, Scheduler, Template};
use std::collections::BTreeMap;

/// How much a required affinity term of a placed pod counts (`hardPodAffinityWeight`).
const REQUIRED_WEIGHT: i64 = 1;

/// The terms of a template's affinity, or of its anti-affinity.
#[derive(Debug, Clone)]
pub(in crate::plan::scheduler) struct Terms {
    required: Vec<Term>,
    preferred: Vec<Term>,
}

#[derive(Debug, Clone)]
struct Term {
    topology: usize,
    pods: AffinityTerm,
    weight: i64,
}

impl Terms {
    pub(in crate::plan::scheduler) fn of(affinity: &PodAffinity, topology: &mut dyn FnMut(&str) -> usize) -> Self {
        let mut term =
            |pods: &AffinityTerm, weight| Term { topology: topology(&pods.topology_key), pods: pods.clone(), weight };
        Self {
            required: affinity.required.iter().map(|pods| term(pods, REQUIRED_WEIGHT)).collect(),
            preferred: affinity.preferred.iter().map(|some| term(&some.term, some.weight.into())).collect(),
        }
    }
}

impl Term {
    /// Whether it is about pods like this one.
    fn selects(&self, pod: &PodTemplate, scheduler: &Scheduler) -> bool {
        let AffinityTerm { selector, namespaces, namespace_selector, .. } = &self.pods;
        let in_namespace = namespaces.contains(&pod.namespace)
            || namespace_selector.as_ref().is_some_and(|selector| {
                // Every namespace has its own name for a label.
                let name = || Labels::from([("kubernetes.io/metadata.name".to_owned(), pod.namespace.clone())]);
                match scheduler.namespaces.get(&pod.namespace) {
                    Some(labels) => selector.matches(labels),
                    None => selector.matches(&name()),
                }
            });
        in_namespace && selector.as_ref().is_some_and(|selector| selector.matches(&pod.labels))
    }
}

/// A figure for each domain of each topology that is of interest.
#[derive(Default)]
struct Counts(BTreeMap<usize, Vec<i64>>);

impl Counts {
    /// Adds `each` to the domain of every node for every pod on it.
    fn add(&mut self, scheduler: &Scheduler, topology: usize, placed: &Placed, each: i64) {
        let domains = &scheduler.topologies[topology];
        for (node, count) in placed.iter() {
            if let Some(domain) = domains.domain(node) {
                let counts = self.0.entry(topology).or_insert_with(|| vec![0; domains.domains]);
                counts[domain] = counts[domain].saturating_add(each.saturating_mul(i64::from(count)));
            }
        }
    }

    /// The figure for the node's domain in the topology.
    fn get(&self, scheduler: &Scheduler, topology: usize, node: NodeIndex) -> i64 {
        let domain = scheduler.topologies[topology].domain(node);
        self.0.get(&topology).zip(domain).map_or(0, |(counts, domain)| counts[domain])
    }

    /// The figures for the node's domains in all topologies.
    fn all<'a>(&'a self, scheduler: &'a Scheduler, node: NodeIndex) -> impl Iterator<Item = i64> + 'a {
        let domain = move |topology: usize| scheduler.topologies[topology].domain(node);
        self.0.iter().filter_map(move |(topology, counts)| domain(*topology).map(|domain| counts[domain]))
    }
}

fn placed(scheduler: &Scheduler) -> impl Iterator<Item = &Template> {
    scheduler.templates.iter().filter(|template| !template.placed.is_empty())
}

/// Whether it matters to pods of the template where others are, or to placed ones where these go.
pub(in crate::plan::scheduler) fn has_a_say(scheduler: &Scheduler, template: &Template) -> bool {
    let any = |terms: &Terms| !(terms.required.is_empty() && terms.preferred.is_empty());
    let select = |terms: &Terms| {
        terms.required.iter().chain(&terms.preferred).any(|term| term.selects(&template.pod, scheduler))
    };
    any(&template.affinity)
        || any(&template.anti_affinity)
        || placed(scheduler).any(|other| select(&other.affinity) || select(&other.anti_affinity))
}

/// Required affinity, counted over the pods placed so far.
pub(in crate::plan::scheduler) struct Filter<'a> {
    scheduler: &'a Scheduler,
    template: &'a Template,
    /// Pods that all the pod's affinity terms select.
    near: Counts,
    /// Pods that one of its anti-affinity terms selects.
    away: Counts,
    /// Pods of which an anti-affinity term selects it.
    kept_away: Counts,
    /// Whether all its affinity terms select the pod itself.
    own: bool,
}

impl<'a> Filter<'a> {
    pub(in crate::plan::scheduler) fn new(scheduler: &'a Scheduler, template: &'a Template) -> Self {
        let (mut near, mut away, mut kept_away) = (Counts::default(), Counts::default(), Counts::default());
        let selected_by_all =
            |pod: &PodTemplate| template.affinity.required.iter().all(|term| term.selects(pod, scheduler));
        for other in placed(scheduler) {
            if !template.affinity.required.is_empty() && selected_by_all(&other.pod) {
                for term in &template.affinity.required {
                    near.add(scheduler, term.topology, &other.placed, 1);
                }
            }
            for term in template.anti_affinity.required.iter().filter(|term| term.selects(&other.pod, scheduler)) {
                away.add(scheduler, term.topology, &other.placed, 1);
            }
            for term in other.anti_affinity.required.iter().filter(|term| term.selects(&template.pod, scheduler)) {
                kept_away.add(scheduler, term.topology, &other.placed, 1);
            }
        }
        Self { scheduler, template, near, away, kept_away, own: selected_by_all(&template.pod) }
    }

    pub(in crate::plan::scheduler) fn filter(&self, node: NodeIndex) -> Option<Rejection> {
        if !self.is_near(node) {
            return Some(Plugin::InterPodAffinity.rules_out(Reason::Affinity));
        }
        let away = &self.template.anti_affinity.required;
        if away.iter().any(|term| self.away.get(self.scheduler, term.topology, node) > 0) {
            return Some(Plugin::InterPodAffinity.rejects(Reason::AntiAffinity));
        }
        let kept_away = self.kept_away.all(self.scheduler, node).any(|count| count > 0);
        kept_away.then(|| Plugin::InterPodAffinity.rejects(Reason::ExistingAntiAffinity))
    }

    fn is_near(&self, node: NodeIndex) -> bool {
        let terms = &self.template.affinity.required;
        let has_labels = terms.iter().all(|term| self.scheduler.topologies[term.topology].domain(node).is_some());
        // The first of pods that are to be near to each other has to start somewhere.
        let first = self.near.0.is_empty() && self.own;
        has_labels && (first || terms.iter().all(|term| self.near.get(self.scheduler, term.topology, node) > 0))
    }
}

pub(in crate::plan::scheduler) fn score(
    scheduler: &Scheduler,
    template: &Template,
    feasible: &[NodeIndex],
) -> Option<Vec<i64>> {
    let mut preferences = Counts::default();
    let mut add = |terms: &[Term], selects: &PodTemplate, on: &Template, sign: i64| {
        for term in terms.iter().filter(|term| term.selects(selects, scheduler)) {
            preferences.add(scheduler, term.topology, &on.placed, sign * term.weight);
        }
    };
    let pod = &template.pod;
    for other in placed(scheduler) {
        add(&template.affinity.preferred, &other.pod, other, 1);
        add(&template.anti_affinity.preferred, &other.pod, other, -1);
        add(&other.affinity.required, pod, other, 1);
        add(&other.affinity.preferred, pod, other, 1);
        add(&other.anti_affinity.preferred, pod, other, -1);
    }
    if preferences.0.is_empty() {
        return None;
    }
    let sum = |node: &NodeIndex| preferences.all(scheduler, *node).fold(0, i64::saturating_add);
    let raw: Vec<i64> = feasible.iter().map(sum).collect();
    let (least, most) = (raw.iter().min().copied().unwrap_or(0), raw.iter().max().copied().unwrap_or(0));
    let share = |raw: i64| real(raw.abs_diff(least)) / real(most.abs_diff(least));
    let normal = |raw: i64| if most > least { whole(real(MAX_SCORE.unsigned_abs()) * share(raw)) } else { 0 };
    Some(raw.into_iter().map(normal).collect())
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::Plugin;
    use crate::plan::scheduler::example::{place, scores};

    const NODES: &str = "
        nodes:
          - { metadata: { name: a1, labels: { zone: a } } }
          - { metadata: { name: a2, labels: { zone: a } } }
          - { metadata: { name: b1, labels: { zone: b } } }
        namespaces: [{ metadata: { name: team, labels: { kind: team } } }]";

    /// A pod of an app in a namespace, which may be `near` or `away` from the pods of a term.
    fn pod(namespace: &str, app: &str, kind: &str, when: &str, term: &str) -> String {
        let affinity = if term.is_empty() { String::new() } else { format!("{kind}: {{ {when}: [{term}] }}") };
        format!(
            "{{ metadata: {{ name: p, namespace: {namespace}, labels: {{ app: {app} }} }}, spec: {{ containers: [], affinity: {{ {affinity} }} }} }}"
        )
    }

    const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
    const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
    const ZONE_OF_DB: &str = "{ topologyKey: zone, labelSelector: { matchLabels: { app: db } } }";

    #[test]
    fn required_affinity_keeps_pods_near_and_anti_affinity_away() {
        let db = pod("default", "db", "", "", "");
        let all = "a1 a2 b1";
        let not_near = "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.";
        let near = |namespace, app, term| pod(namespace, app, "podAffinity", REQUIRED, term);
        let away = |namespace, app, term| pod(namespace, app, "podAntiAffinity", REQUIRED, term);
        for (pods, outcomes) in [
            (vec![db.clone(), near("default", "web", ZONE_OF_DB)], vec![all, "a1 a2"]),
            (vec![near("default", "web", ZONE_OF_DB)], vec![not_near]),
            // The first of its kind may start anywhere; the others follow it.
            (vec![near("default", "db", ZONE_OF_DB), near("default", "db", ZONE_OF_DB)], vec![all, "a1 a2"]),
            // Nodes that lack the label are near to nothing.
            (
                vec![near("default", "db", "{ topologyKey: rack, labelSelector: { matchLabels: { app: db } } }")],
                vec![not_near],
            ),
            (vec![db.clone(), away("default", "web", ZONE_OF_DB)], vec![all, "b1"]),
            // It works both ways.
            (vec![away("default", "web", ZONE_OF_DB), db.clone()], vec![all, "b1"]),
            (
                vec![
                    away("default", "db", ZONE_OF_DB),
                    away("default", "db", ZONE_OF_DB),
                    away("default", "db", ZONE_OF_DB),
                ],
                vec![all, "b1", "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules."],
            ),
            // Other namespaces have to be named or selected.
            (vec![db.clone(), away("team", "web", ZONE_OF_DB)], vec![all, all]),
            (
                vec![
                    db,
                    away(
                        "team",
                        "web",
                        "{ topologyKey: zone, namespaces: [default], labelSelector: { matchLabels: { app: db } } }",
                    ),
                ],
                vec![all, "b1"],
            ),
            (
                vec![
                    pod("team", "db", "", "", ""),
                    away(
                        "default",
                        "web",
                        "{ topologyKey: zone, namespaceSelector: { matchLabels: { kind: team } }, labelSelector: { matchLabels: { app: db } } }",
                    ),
                ],
                vec![all, "b1"],
            ),
            (
                vec![
                    pod("default", "db", "", "", ""),
                    away(
                        "team",
                        "web",
                        "{ topologyKey: zone, namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: default } }, labelSelector: {} }",
                    ),
                ],
                vec![all, "b1"],
            ),
            // Without a selector a term is about no pods.
            (vec![pod("default", "db", "", "", ""), away("default", "web", "{ topologyKey: zone }")], vec![all, all]),
        ] {
            assert_eq!(place(&format!("{NODES}\n        pods: [{}]", pods.join(", "))), outcomes, "{pods:#?}");
        }
    }

    #[test]
    fn preferences_of_both_sides_are_summed_by_domain_and_stretched_to_100() {
        let db = pod("default", "db", "", "", "");
        let web = pod("default", "web", "", "", "");
        let weighted = |weight, key| {
            format!(
                "{{ weight: {weight}, podAffinityTerm: {{ topologyKey: {key}, labelSelector: {{ matchLabels: {{ app: db }} }} }} }}"
            )
        };
        let near = |term: &str| pod("default", "web", "podAffinity", PREFERRED, term);
        let away = |term: &str| pod("default", "web", "podAntiAffinity", PREFERRED, term);
        let host = "kubernetes.io/hostname";
        for (before, pod, expected) in [
            (vec![&db], near(&weighted(10, "zone")), Some(vec![100, 100, 0])),
            (vec![&db], away(&weighted(10, "zone")), Some(vec![0, 0, 100])),
            (vec![&db], near(&format!("{}, {}", weighted(10, "zone"), weighted(5, host))), Some(vec![100, 66, 0])),
            // Of a label that no node has, or about pods of which none is placed.
            (vec![&db], near(&weighted(10, "rack")), None),
            (vec![&web], near(&weighted(10, "zone")), None),
            (vec![&near(&weighted(10, "zone"))], db.clone(), Some(vec![100, 100, 0])),
            (vec![&away(&weighted(10, "zone"))], db.clone(), Some(vec![0, 0, 100])),
            // What a placed pod requires counts as a weak preference.
            (
                vec![&db, &self::pod("default", "web", "podAffinity", REQUIRED, ZONE_OF_DB)],
                db.clone(),
                Some(vec![100, 100, 0]),
            ),
        ] {
            let before: Vec<_> = before.into_iter().map(String::as_str).collect();
            let yaml = format!("{NODES}\n        pods: [{}, {pod}]", before.join(", "));
            assert_eq!(scores(&yaml, Plugin::InterPodAffinity), expected, "{before:?} {pod}");
        }
    }
}
