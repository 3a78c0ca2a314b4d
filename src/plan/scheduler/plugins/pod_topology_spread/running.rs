//! The constraints of one template, kept up to date while its pods are placed one after another.

use super::{Constraint, Range, Skew, have_labels, in_domains, raw_score, rounded, weight};
use crate::plan::scheduler::{NodeIndex, Plugin, Reason, Rejection, Scheduler, Template};
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The constraints of a template, with what is placed by now.
pub(in crate::plan::scheduler) struct Running {
    hard: Vec<Counter>,
    soft: Vec<Counter>,
    /// Whether nodes without some of the labels are scored, too.
    by_default: bool,
    /// The class of each node.
    classes: Arc<[usize]>,
    /// Whether a pod that counts is on it, where it is alone.
    is_taken: Vec<bool>,
}

/// What tells the places of nodes apart: equal spots, equal places.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::plan::scheduler) enum Spot {
    /// Nodes of this class without a pod that counts.
    Class(usize),
    /// Nodes at these places.
    Places(Places),
}

/// Where a node is, as a constraint sees it, and how many of the selected pods are there. Nodes at equal places are
/// alike for the constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::plan::scheduler) enum Place {
    /// It does not have the label.
    Nowhere,
    /// It is alone in its domain, which has so many pods.
    Alone(i64),
    /// It is in this domain with others.
    Domain(usize),
}

/// Where a node is for each constraint; most pods have two, for nodes and zones.
pub(in crate::plan::scheduler) type Places = SmallVec<[Place; 2]>;

struct Counter {
    /// The place of each node.
    places: Vec<Place>,
    /// Which nodes' pods are counted.
    counted: Vec<bool>,
    /// The pods of each domain that nodes share.
    shared: Vec<i64>,
    /// Whether a pod of the template is one that is selected.
    selects_own: bool,
    max_skew: i64,
    hostname: bool,
    /// Only where nodes are filtered.
    skew: Option<Least>,
    /// Where there is a domain for those nodes that lack the label, since it has the same, empty value.
    empty: Option<usize>,
}

struct Least {
    /// How many domains have so many pods.
    domains: BTreeMap<i64, usize>,
    min_domains: usize,
    existing: usize,
    /// Whether the pod itself would be one more.
    own: i64,
}

impl Running {
    pub(in crate::plan::scheduler) fn new(scheduler: &Scheduler, template: &Template) -> Self {
        let spread = &template.spread;
        let hard_labels = have_labels(scheduler, &spread.hard);
        let soft_labels =
            if spread.by_default { vec![true; scheduler.nodes.len()] } else { have_labels(scheduler, &spread.soft) };
        let hard: Vec<_> = spread.hard.iter().map(|it| Counter::hard(scheduler, template, it, &hard_labels)).collect();
        let soft: Vec<_> = spread.soft.iter().map(|it| Counter::soft(scheduler, template, it, &soft_labels)).collect();
        let is_taken = |node| hard.iter().chain(&soft).any(|counter| counter.is_taken(NodeIndex(node)));
        let is_taken = (0..scheduler.nodes.len()).map(is_taken).collect();
        Self { hard, soft, by_default: spread.by_default, classes: Arc::clone(&spread.classes), is_taken }
    }

    /// The spot of the node.
    pub(in crate::plan::scheduler) fn spot(&self, node: NodeIndex) -> Spot {
        if self.is_taken[node.0] { Spot::Places(self.places(node)) } else { Spot::Class(self.classes[node.0]) }
    }

    /// Where the node is for each constraint, first those that must hold.
    pub(in crate::plan::scheduler) fn places(&self, node: NodeIndex) -> Places {
        self.hard.iter().chain(&self.soft).map(|counter| counter.places[node.0]).collect()
    }

    /// Why a node at these places will not do.
    pub(in crate::plan::scheduler) fn filter(&self, places: &[Place]) -> Option<Rejection> {
        self.hard.iter().zip(places).find_map(|(counter, place)| {
            let Some(count) = counter.count(*place) else {
                return Some(Plugin::PodTopologySpread.rules_out(Reason::SpreadLabelMissing));
            };
            let skew = counter.skew.as_ref().map_or(0, |least| count + least.own - least.count());
            (skew > counter.max_skew).then(|| Plugin::PodTopologySpread.rejects(Reason::Spread))
        })
    }

    /// Writes what each of the feasible nodes scores, given as their places and how many are there, unless there is
    /// nothing to say.
    pub(in crate::plan::scheduler) fn score<'a>(
        &self,
        feasible: impl Iterator<Item = (&'a [Place], usize)> + Clone,
        column: &mut Vec<i64>,
    ) -> bool {
        if self.soft.is_empty() {
            return false;
        }
        let feasible = feasible.map(|(places, nodes)| (places.get(self.hard.len()..).unwrap_or_default(), nodes));
        let is_scored = |places: &[Place]| self.by_default || !places.contains(&Place::Nowhere);
        let scored = feasible.clone().filter(|(places, _)| is_scored(places));
        let weights = self.soft.iter().enumerate().map(|(index, counter)| {
            weight(counter.domains(scored.clone().map(|(places, nodes)| (places[index], nodes))))
        });
        let weights: SmallVec<[f64; 2]> = weights.collect();
        let raw = |places: &[Place]| {
            let counters = self.soft.iter().zip(&weights).zip(places);
            let sums = counters.filter_map(|((counter, weight), place)| {
                Some(raw_score(counter.count(*place)?, *weight, counter.max_skew))
            });
            rounded(sums.sum())
        };
        column.extend(feasible.clone().map(|(places, _)| if is_scored(places) { raw(places) } else { 0 }));
        let pairs = column.iter().zip(feasible.clone()).filter(|(_, (places, _))| is_scored(places));
        let range = Range::of(pairs.map(|(raw, _)| *raw));
        for (score, (places, _)) in column.iter_mut().zip(feasible) {
            if is_scored(places) {
                *score = range.normal(*score);
            }
        }
        true
    }

    /// Takes note of one more pod of the template.
    pub(in crate::plan::scheduler) fn bind(&mut self, node: NodeIndex) {
        for counter in self.hard.iter_mut().chain(&mut self.soft) {
            counter.bind(node);
            self.is_taken[node.0] |= counter.is_taken(node);
        }
    }
}

impl Counter {
    fn hard(scheduler: &Scheduler, template: &Template, constraint: &Constraint, has_labels: &[bool]) -> Self {
        let topology = &scheduler.topologies[constraint.topology];
        let counted = constraint.eligible(scheduler, &template.pod, has_labels);
        let skew = Skew::of(scheduler, constraint, &template.pod, has_labels);
        let mut exists = BTreeSet::new();
        for (node, _) in counted.iter().enumerate().filter(|(_, counted)| **counted) {
            exists.extend(topology.domain(NodeIndex(node)));
        }
        let mut domains: BTreeMap<i64, usize> = BTreeMap::new();
        for domain in &exists {
            *domains.entry(skew.counts[*domain]).or_default() += 1;
        }
        let least = Least { domains, min_domains: constraint.min_domains, existing: exists.len(), own: skew.own };
        Self::new(scheduler, template, constraint, counted, skew.counts, Some(least))
    }

    fn soft(scheduler: &Scheduler, template: &Template, constraint: &Constraint, has_labels: &[bool]) -> Self {
        let topology = &scheduler.topologies[constraint.topology];
        let on_node = constraint.on_nodes(scheduler, &template.pod);
        if constraint.hostname {
            let counted = vec![true; scheduler.nodes.len()];
            let mut by_node = Self::new(scheduler, template, constraint, counted, Vec::new(), None);
            // Nodes are counted for themselves here, even where several have one name.
            for (node, place) in by_node.places.iter_mut().enumerate().filter(|(_, place)| **place != Place::Nowhere) {
                *place = Place::Alone(on_node[node]);
            }
            return by_node;
        }
        let counted = constraint.eligible(scheduler, &template.pod, has_labels);
        let in_domain = in_domains(topology, &on_node, &counted);
        Self::new(scheduler, template, constraint, counted, in_domain, None)
    }

    fn new(
        scheduler: &Scheduler,
        template: &Template,
        constraint: &Constraint,
        counted: Vec<bool>,
        shared: Vec<i64>,
        skew: Option<Least>,
    ) -> Self {
        let topology = &scheduler.topologies[constraint.topology];
        let place = |node| match topology.domain(NodeIndex(node)) {
            None => Place::Nowhere,
            Some(domain) if topology.is_shared(domain) => Place::Domain(domain),
            Some(domain) => Place::Alone(shared.get(domain).copied().unwrap_or(0)),
        };
        Self {
            places: (0..scheduler.nodes.len()).map(place).collect(),
            counted,
            selects_own: constraint.counts(&template.pod, &template.pod),
            max_skew: constraint.max_skew,
            hostname: constraint.hostname,
            skew,
            empty: topology.empty,
            shared,
        }
    }

    /// Whether the node is alone, and a pod that counts is on it.
    fn is_taken(&self, node: NodeIndex) -> bool {
        matches!(self.places[node.0], Place::Alone(count) if count > 0)
    }

    fn count(&self, place: Place) -> Option<i64> {
        match place {
            Place::Nowhere => None,
            Place::Alone(count) => Some(count),
            Place::Domain(domain) => Some(self.shared[domain]),
        }
    }

    /// How many values the label has among nodes at these places; to have none counts like the empty value.
    fn domains(&self, places: impl Iterator<Item = (Place, usize)>) -> usize {
        if self.hostname {
            return places.map(|(_, nodes)| nodes).sum();
        }
        let mut shared = BTreeSet::new();
        let mut alone = 0;
        for (place, nodes) in places {
            match place {
                Place::Alone(_) => alone += nodes,
                Place::Domain(domain) => drop(shared.insert(Some(domain))),
                Place::Nowhere => drop(shared.insert(self.empty)),
            }
        }
        alone + shared.len()
    }

    fn bind(&mut self, node: NodeIndex) {
        if !(self.selects_own && self.counted[node.0]) {
            return;
        }
        let count = match &mut self.places[node.0] {
            Place::Nowhere => return,
            Place::Alone(count) => count,
            Place::Domain(domain) => &mut self.shared[*domain],
        };
        *count += 1;
        if let Some(least) = &mut self.skew {
            least.one_more(*count - 1);
        }
    }
}

impl Least {
    /// The fewest pods of any domain that counts.
    fn count(&self) -> i64 {
        let enough = self.existing >= self.min_domains;
        self.domains.first_key_value().filter(|_| enough).map_or(0, |(count, _)| *count)
    }

    /// A domain that had so many pods has one more.
    fn one_more(&mut self, before: i64) {
        if let Some(domains) = self.domains.get_mut(&before) {
            *domains -= 1;
            if *domains == 0 {
                self.domains.remove(&before);
            }
        }
        *self.domains.entry(before + 1).or_default() += 1;
    }
}
