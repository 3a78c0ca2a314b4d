//! `InterPodAffinity`: pods near to some pods and away from others.
//!
//! What is required keeps a pod off a node whose domain has none of the pods that it is to be near to (unless it is
//! the first of its own kind), or one of those that it is to be away from, or that are to be away from it.
//! What is preferred, by the pod or by those that are placed, scores nodes:
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
    fn add(&mut self, scheduler: &Scheduler, topology: usize, placed: &BTreeMap<NodeIndex, u32>, each: i64) {
        let domains = &scheduler.topologies[topology];
        for (node, count) in placed {
            if let Some(domain) = domains.domain(*node) {
                let counts = self.0.entry(topology).or_insert_with(|| vec![0; domains.domains]);
                counts[domain] = counts[domain].saturating_add(each.saturating_mul(i64::from(*count)));
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

/// What is required, with what is placed by now.
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
