//! The constraints of one template, kept up to date while its pods are placed one after another.

use super::{Constraint, Range, Skew, has_labels, have_labels, raw_score, rounded, weight};
use crate::plan::scheduler::groups::Column;
use crate::plan::scheduler::topology::Topology;
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
    is_taken: Box<[bool]>,
}

/// The key that tells the places of nodes apart: equal spots, equal places.
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
    /// It is alone in its domain, which has this number of pods.
    Alone(i64),
    /// It is in this domain with others.
    Domain(usize),
}

/// Where a node is for each constraint; most pods have two, for nodes and zones.
pub(in crate::plan::scheduler) type Places = SmallVec<[Place; 2]>;

struct Counter {
    topology: Arc<Topology>,
    /// Whether nodes are counted for themselves, even where several have one name.
    by_node: bool,
    /// The selected pods of each domain, or of each node.
    counts: Box<[i64]>,
    /// Whether a pod of the template is one that is selected.
    selects_own: bool,
    max_skew: i64,
    /// Only where nodes are filtered.
    skew: Option<Least>,
}

struct Least {
    /// How many domains have each number of pods.
    domains: BTreeMap<i64, usize>,
    min_domains: usize,
    existing: usize,
    /// Whether the pod itself would be one more.
    own: i64,
}

impl Running {
    pub(in crate::plan::scheduler) fn new(scheduler: &Scheduler, template: &Template) -> Self {
        let spread = &template.spread;
        let hard: Vec<_> = spread.hard.iter().map(|it| Counter::hard(scheduler, template, it)).collect();
        let soft: Vec<_> = spread.soft.iter().map(|it| Counter::soft(scheduler, template, it)).collect();
        let mut is_taken: Box<[bool]> = vec![false; scheduler.nodes.len()].into();
        for (counter, constraint) in hard.iter().chain(&soft).zip(spread.hard.iter().chain(&spread.soft)) {
            for (node, _) in constraint.selected(scheduler, &template.pod) {
                is_taken[node.0] |= counter.is_taken(node);
            }
        }
        Self { hard, soft, by_default: spread.by_default, classes: Arc::clone(&spread.classes), is_taken }
    }

    /// The spot of the node.
    pub(in crate::plan::scheduler) fn spot(&self, node: NodeIndex) -> Spot {
        self.class(node).map_or_else(|| Spot::Places(self.places(node)), Spot::Class)
    }

    /// The class of the node, if that is its spot.
    pub(in crate::plan::scheduler) fn class(&self, node: NodeIndex) -> Option<usize> {
        (!self.is_taken[node.0]).then(|| self.classes[node.0])
    }

    /// Where the node is for each constraint, first those that must hold.
    pub(in crate::plan::scheduler) fn places(&self, node: NodeIndex) -> Places {
        self.hard.iter().chain(&self.soft).map(|counter| counter.place(node)).collect()
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
        column: &mut Column<i64>,
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
            let mut sum = 0.0;
            for ((counter, weight), place) in self.soft.iter().zip(&weights).zip(places) {
                sum += counter.count(*place).map_or(0.0, |count| raw_score(count, *weight, counter.max_skew));
            }
            rounded(sum)
        };
        let raw: Column<Option<i64>> = feasible.map(|(places, _)| is_scored(places).then(|| raw(places))).collect();
        let range = Range::of(raw.iter().copied().flatten());
        column.extend(raw.into_iter().map(|raw| raw.map_or(0, |raw| range.normal(raw))));
        true
    }

    /// Takes note of one more pod of the template.
    pub(in crate::plan::scheduler) fn bind(&mut self, scheduler: &Scheduler, template: &Template, node: NodeIndex) {
        let constraints = template.spread.hard.iter().chain(&template.spread.soft);
        for (counter, constraint) in self.hard.iter_mut().chain(&mut self.soft).zip(constraints) {
            if counter.selects_own && counter.counts_on(scheduler, template, constraint, node) {
                counter.bind(node);
                self.is_taken[node.0] |= counter.is_taken(node);
            }
        }
    }
}

impl Counter {
    fn hard(scheduler: &Scheduler, template: &Template, constraint: &Constraint) -> Self {
        let topology = &scheduler.topologies[constraint.topology];
        let has_labels = have_labels(scheduler, &template.spread.hard);
        let counted = constraint.eligible(scheduler, &template.pod, &has_labels);
        let skew = Skew::of(scheduler, constraint, &template.pod, &has_labels);
        let mut exists = BTreeSet::new();
        for (node, _) in counted.iter().enumerate().filter(|(_, counted)| **counted) {
            exists.extend(topology.domain(NodeIndex(node)));
        }
        let mut domains: BTreeMap<i64, usize> = BTreeMap::new();
        for domain in &exists {
            *domains.entry(skew.counts[*domain]).or_default() += 1;
        }
        let least = Least { domains, min_domains: constraint.min_domains, existing: exists.len(), own: skew.own };
        Self { counts: skew.counts.into(), skew: Some(least), ..Self::new(scheduler, template, constraint, false) }
    }

    fn soft(scheduler: &Scheduler, template: &Template, constraint: &Constraint) -> Self {
        let mut counter = Self::new(scheduler, template, constraint, constraint.hostname);
        for (node, count) in constraint.selected(scheduler, &template.pod) {
            if counter.counts_on(scheduler, template, constraint, node)
                && let Some(selected) = counter.count_of(node)
            {
                *selected += count;
            }
        }
        counter
    }

    /// Without any pods.
    fn new(scheduler: &Scheduler, template: &Template, constraint: &Constraint, by_node: bool) -> Self {
        let topology = Arc::clone(&scheduler.topologies[constraint.topology]);
        Self {
            by_node,
            counts: vec![0; if by_node { scheduler.nodes.len() } else { topology.domains }].into(),
            selects_own: constraint.counts(&template.pod, &template.pod),
            max_skew: constraint.max_skew,
            skew: None,
            topology,
        }
    }

    /// Whether the constraint counts pods on the node.
    fn counts_on(&self, scheduler: &Scheduler, template: &Template, constraint: &Constraint, node: NodeIndex) -> bool {
        let spread = &template.spread;
        let has_labels = match &self.skew {
            Some(_) => has_labels(scheduler, &spread.hard, node),
            None => spread.by_default || has_labels(scheduler, &spread.soft, node),
        };
        self.by_node || has_labels && constraint.is_eligible(&template.pod, &scheduler.nodes[node.0])
    }

    fn place(&self, node: NodeIndex) -> Place {
        match self.topology.domain(node) {
            None => Place::Nowhere,
            Some(_) if self.by_node => Place::Alone(self.counts[node.0]),
            Some(domain) if self.topology.is_shared(domain) => Place::Domain(domain),
            Some(domain) => Place::Alone(self.counts[domain]),
        }
    }

    /// Whether the node is alone, and a pod that counts is on it.
    fn is_taken(&self, node: NodeIndex) -> bool {
        matches!(self.place(node), Place::Alone(count) if count > 0)
    }

    fn count(&self, place: Place) -> Option<i64> {
        match place {
            Place::Nowhere => None,
            Place::Alone(count) => Some(count),
            Place::Domain(domain) => Some(self.counts[domain]),
        }
    }

    /// The pods that are counted where the node is; nothing if it does not have the label.
    fn count_of(&mut self, node: NodeIndex) -> Option<&mut i64> {
        let domain = self.topology.domain(node)?;
        Some(&mut self.counts[if self.by_node { node.0 } else { domain }])
    }

    /// How many values the label has among nodes at these places; to have none counts like the empty value.
    fn domains(&self, places: impl Iterator<Item = (Place, usize)>) -> usize {
        if self.by_node {
            return places.map(|(_, nodes)| nodes).sum();
        }
        let mut shared = BTreeSet::new();
        let mut alone = 0;
        for (place, nodes) in places {
            match place {
                Place::Alone(_) => alone += nodes,
                Place::Domain(domain) => drop(shared.insert(Some(domain))),
                Place::Nowhere => drop(shared.insert(self.topology.empty)),
            }
        }
        alone + shared.len()
    }

    fn bind(&mut self, node: NodeIndex) {
        let Some(count) = self.count_of(node) else { return };
        *count += 1;
        let before = *count - 1;
        if let Some(least) = &mut self.skew {
            least.one_more(before);
        }
    }
}

impl Least {
    /// The fewest pods of any domain that counts.
    fn count(&self) -> i64 {
        let enough = self.existing >= self.min_domains;
        self.domains.first_key_value().filter(|_| enough).map_or(0, |(count, _)| *count)
    }

    /// Adds a pod to a domain that had `pods`.
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
