//! Nodes in groups that look alike to the pods of one template, so that each group is weighed once.

use super::batch::{Choice, Detail};
use super::kinds::Kind;
use super::plugins::pod_topology_spread::{Places, Running, Spot};
use super::plugins::{self, node_affinity, node_resources_balanced_allocation, node_resources_fit, taint_toleration};
use super::{
    FilterAlone, NodeIndex, NodeState, Plugin, PluginScores, PodTemplate, Rejection, Scheduler, TemplateId, verdict,
};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The nodes of a cluster by how they look to a template.
pub(super) struct Groups {
    template: TemplateId,
    /// All groups that there were; some are empty by now.
    all: Vec<Group>,
    /// Those that are not.
    inhabited: Vec<GroupId>,
    known: FxHashMap<(LookId, Spot), GroupId>,
    /// The groups of the kinds of nodes that were looked at, by the class of their spots: a shortcut.
    of_kinds: FxHashMap<(Kind, usize), GroupId>,
    /// The group of each node.
    of_nodes: Box<[GroupId]>,
    looks: Looks,
    spread: Running,
}

struct Group {
    look: LookId,
    places: Places,
    /// The nodes, by the places of their names, in order.
    ranks: VecDeque<usize>,
    /// Where the group stands among the inhabited ones.
    position: usize,
}

/// Something of each group that would do; there are seldom more.
pub(super) type Column<T> = SmallVec<[T; 32]>;
type GroupId = usize;
type LookId = usize;

/// How nodes look by themselves, each look once.
struct Looks {
    all: Vec<Look>,
    known: FxHashMap<Look, LookId>,
    /// Of the kinds of nodes that were looked at, by their numbers; unused where the pod asks for labels or names.
    of_kinds: Vec<Option<LookId>>,
    /// The kind that becomes of a kind by one more pod.
    with_one_more: Vec<Option<Kind>>,
    /// Whether the pod asks for labels or the name of its node, so that nodes of a kind may differ.
    asks_where: bool,
    /// The scores of nodes for the images that they have.
    images: BTreeMap<NodeIndex, i64>,
}

/// All that the template sees of a node without the others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Look {
    /// Why it will not do, whatever there is on other nodes.
    rejection: Option<Rejection>,
    taints: i64,
    affinity: i64,
    fit: i64,
    balance: i64,
    images: i64,
    /// Its weighted score from the plugins that look at the node alone.
    own: i64,
}

/// The plugins whose scores depend on the other nodes that would do.
const COMPARING: [Plugin; 3] = [Plugin::TaintToleration, Plugin::NodeAffinity, Plugin::PodTopologySpread];

/// The plugins that score, in the order in which they are reported.
const SCORING: [Plugin; 7] = [
    Plugin::TaintToleration,
    Plugin::NodeAffinity,
    Plugin::NodeResourcesFit,
    Plugin::PodTopologySpread,
    Plugin::DynamicResources,
    Plugin::NodeResourcesBalancedAllocation,
    Plugin::ImageLocality,
];

impl Groups {
    pub fn new(scheduler: &mut Scheduler, template: TemplateId) -> Self {
        scheduler.kinds.renumber();
        let pod = Arc::clone(&scheduler.templates[template.0].pod);
        let filter = FilterAlone::new(&pod);
        let mut groups = Self {
            template,
            all: Vec::new(),
            inhabited: Vec::new(),
            known: FxHashMap::default(),
            of_kinds: FxHashMap::default(),
            of_nodes: vec![0; scheduler.nodes.len()].into(),
            looks: Looks::new(scheduler, template),
            spread: Running::new(scheduler, &scheduler.templates[template.0]),
        };
        for rank in 0..scheduler.by_name.len() {
            groups.put_in(scheduler, &filter, rank);
        }
        groups
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.inhabited.len()
    }

    /// Places a pod of the template on the node.
    pub fn bind(&mut self, scheduler: &mut Scheduler, node: NodeIndex) {
        let rank = scheduler.nodes[node.0].rank;
        self.take_out(node, rank);
        self.looks.bind(scheduler, self.template, node);
        self.spread.bind(scheduler, &scheduler.templates[self.template.0], node);
        let pod = Arc::clone(&scheduler.templates[self.template.0].pod);
        self.put_in(scheduler, &FilterAlone::new(&pod), rank);
    }

    fn take_out(&mut self, node: NodeIndex, rank: usize) {
        let id = self.of_nodes[node.0];
        let group = &mut self.all[id];
        if let Ok(index) = group.ranks.binary_search(&rank) {
            group.ranks.remove(index);
        }
        if group.ranks.is_empty() {
            let position = group.position;
            self.inhabited.swap_remove(position);
            if let Some(moved) = self.inhabited.get(position) {
                self.all[*moved].position = position;
            }
        }
    }

    fn put_in(&mut self, scheduler: &mut Scheduler, filter: &FilterAlone, rank: usize) {
        let node = scheduler.by_name[rank];
        let id = match self.spread.class(node) {
            Some(class) if !self.looks.asks_where => {
                let kind = scheduler.kinds.kind(node, &scheduler.nodes[node.0]);
                let known = self.of_kinds.get(&(kind, class)).copied();
                known.unwrap_or_else(|| {
                    let id = self.group(scheduler, filter, node);
                    self.of_kinds.insert((kind, class), id);
                    id
                })
            }
            _ => self.group(scheduler, filter, node),
        };
        let group = &mut self.all[id];
        if group.ranks.is_empty() {
            group.position = self.inhabited.len();
            self.inhabited.push(id);
        }
        // Nodes mostly come by name.
        if group.ranks.back().is_none_or(|last| *last < rank) {
            group.ranks.push_back(rank);
        } else {
            let index = group.ranks.partition_point(|other| *other < rank);
            group.ranks.insert(index, rank);
        }
        self.of_nodes[node.0] = id;
    }

    /// The group of nodes like this one.
    fn group(&mut self, scheduler: &mut Scheduler, filter: &FilterAlone, node: NodeIndex) -> GroupId {
        let look = self.looks.of(scheduler, filter, node);
        // Where a node is does not matter if it will not do.
        let is_rejected = self.looks.all[look].rejection.is_some();
        let spot = if is_rejected { Spot::Places(Places::new()) } else { self.spread.spot(node) };
        let next = self.all.len();
        *self.known.entry((look, spot)).or_insert_with_key(|(_, spot)| {
            let places = match spot {
                Spot::Class(_) => self.spread.places(node),
                Spot::Places(places) => places.clone(),
            };
            self.all.push(Group { look, places, ranks: VecDeque::new(), position: 0 });
            next
        })
    }

    fn inhabited(&self) -> impl Iterator<Item = (&Look, &Group)> {
        self.inhabited.iter().map(|id| &self.all[*id]).map(|group| (&self.looks.all[group.look], group))
    }

    /// Decides where the next pod would go.
    pub fn choose(&self, scheduler: &Scheduler, shown: Detail) -> Choice {
        let pod = &*scheduler.templates[self.template.0].pod;
        let would_do =
            |(look, group): &(&Look, &Group)| look.rejection.is_none() && self.spread.filter(&group.places).is_none();
        let feasible: Column<(&Look, &Group)> = self.inhabited().filter(would_do).collect();
        let mut totals: Column<i64> = feasible.iter().map(|(look, _)| look.own).collect();
        let mut column = Column::new();
        for plugin in COMPARING {
            if self.score(plugin, pod, &feasible, &mut column) {
                totals.iter_mut().zip(&column).for_each(|(total, score)| *total += score * plugin.weight());
            }
        }
        let best_total = totals.iter().max().copied();
        let best = feasible.iter().zip(&totals).filter(|(_, total)| Some(**total) == best_total);
        let best: Column<&Group> = best.map(|((_, group), _)| *group).collect();
        let scored = first_of_best(&feasible, &totals, shown.scored);
        let of_scored = |column: &[i64]| scored.iter().map(|(_, index)| column[*index]).collect::<Vec<i64>>();
        let mut columns = Vec::new();
        for plugin in SCORING.into_iter().filter(|_| shown.scored > 0) {
            if self.score(plugin, pod, &feasible, &mut column) {
                let weighted = of_scored(&column).into_iter().map(|score| score * plugin.weight());
                columns.push(PluginScores { plugin, scores: weighted.collect() });
            }
        }
        Choice {
            feasible: feasible.iter().map(|(_, group)| group.ranks.len()).sum(),
            best_total,
            best_count: best.iter().map(|group| group.ranks.len()).sum(),
            best: first(&best, shown.best).into_iter().map(|rank| scheduler.by_name[rank]).collect(),
            scored: scored.iter().map(|(rank, _)| scheduler.by_name[*rank]).collect(),
            totals: of_scored(&totals),
            scores: columns,
            message: feasible.is_empty().then(|| self.message(scheduler.nodes.len())),
        }
    }

    /// Writes what the plugin gives to each group, before its weight, unless it has no say.
    fn score(&self, plugin: Plugin, pod: &PodTemplate, feasible: &[(&Look, &Group)], column: &mut Column<i64>) -> bool {
        column.clear();
        let each = |score: fn(&Look) -> i64| feasible.iter().map(move |(look, _)| score(look));
        match plugin {
            Plugin::TaintToleration => {
                column.extend(each(|look| look.taints));
                taint_toleration::normalize(column);
            }
            Plugin::NodeAffinity if node_affinity::has_preferences(pod) => {
                column.extend(each(|look| look.affinity));
                plugins::normalize(column);
            }
            Plugin::NodeResourcesFit => column.extend(each(|look| look.fit)),
            Plugin::PodTopologySpread => {
                let places = feasible.iter().map(|(_, group)| (&*group.places, group.ranks.len()));
                return self.spread.score(places, column);
            }
            // No claims, no difference between nodes.
            Plugin::DynamicResources => column.resize(feasible.len(), 0),
            Plugin::NodeResourcesBalancedAllocation if node_resources_balanced_allocation::applies_to(pod) => {
                column.extend(each(|look| look.balance));
            }
            Plugin::ImageLocality => column.extend(each(|look| look.images)),
            _ => return false,
        }
        true
    }

    fn message(&self, nodes: usize) -> String {
        let rejected: Vec<(Rejection, usize)> = self
            .inhabited()
            .filter_map(|(look, group)| {
                let rejection = look.rejection.clone().or_else(|| self.spread.filter(&group.places))?;
                Some((rejection, group.ranks.len()))
            })
            .collect();
        verdict::message(nodes, rejected.iter().map(|(rejection, nodes)| (rejection, *nodes)))
    }
}

impl Looks {
    fn new(scheduler: &Scheduler, template: TemplateId) -> Self {
        let pod = &scheduler.templates[template.0].pod;
        Self {
            all: Vec::new(),
            known: FxHashMap::default(),
            of_kinds: Vec::new(),
            with_one_more: Vec::new(),
            asks_where: node_affinity::asks_where(pod),
            images: scheduler.images.scores(pod, scheduler.nodes.len()),
        }
    }

    /// The present look of the node.
    fn of(&mut self, scheduler: &mut Scheduler, filter: &FilterAlone, index: NodeIndex) -> LookId {
        let Scheduler { kinds, nodes, .. } = scheduler;
        let node = &nodes[index.0];
        let kind = (!self.asks_where).then(|| kinds.kind(index, node).0);
        if let Some(look) = kind.and_then(|kind| self.of_kinds.get(kind).copied().flatten()) {
            return look;
        }
        let images = self.images.get(&index).copied().unwrap_or(0);
        let look = self.number(look(filter, node, images));
        if let Some(kind) = kind {
            *at(&mut self.of_kinds, kind) = Some(look);
        }
        look
    }

    fn number(&mut self, look: Look) -> LookId {
        let next = self.all.len();
        *self.known.entry(look).or_insert_with_key(|look| {
            self.all.push(look.clone());
            next
        })
    }

    /// Places a pod of the template on the node. What becomes of its kind is found out once.
    fn bind(&mut self, scheduler: &mut Scheduler, template: TemplateId, node: NodeIndex) {
        let before = scheduler.kinds.kind(node, &scheduler.nodes[node.0]);
        scheduler.bind(template, node);
        let after = at(&mut self.with_one_more, before.0);
        match *after {
            Some(after) => scheduler.kinds.set(node, after),
            None => *after = Some(scheduler.kinds.kind(node, &scheduler.nodes[node.0])),
        }
    }
}

/// An entry with a number.
fn at<T: Clone>(list: &mut Vec<Option<T>>, number: usize) -> &mut Option<T> {
    if list.len() <= number {
        list.resize(number + 1, None);
    }
    &mut list[number]
}

fn look(filter: &FilterAlone, node: &NodeState, images: i64) -> Look {
    let pod = filter.pod;
    let rejection = filter.filter(node);
    if rejection.is_some() {
        // Its scores do not matter.
        return Look { rejection, taints: 0, affinity: 0, fit: 0, balance: 0, images: 0, own: 0 };
    }
    let fit = node_resources_fit::score(pod, node);
    let is_balanced = node_resources_balanced_allocation::applies_to(pod);
    let balance = if is_balanced { node_resources_balanced_allocation::score(pod, node) } else { 0 };
    let own = fit * Plugin::NodeResourcesFit.weight()
        + balance * Plugin::NodeResourcesBalancedAllocation.weight()
        + images * Plugin::ImageLocality.weight();
    let (taints, affinity) = (taint_toleration::raw(pod, node), node_affinity::raw(pod, node));
    Look { rejection, taints, affinity, fit, balance, images, own }
}

/// Returns the first nodes of all groups.
fn first(groups: &[&Group], count: usize) -> Vec<usize> {
    if count == 1 {
        return groups.iter().filter_map(|group| group.ranks.front()).min().copied().into_iter().collect();
    }
    let mut ranks: Vec<usize> = groups.iter().flat_map(|group| group.ranks.iter().take(count)).copied().collect();
    ranks.sort_unstable();
    ranks.truncate(count);
    ranks
}

/// Returns the first nodes, best first and then by name, each with the place of its group.
fn first_of_best(feasible: &[(&Look, &Group)], totals: &[i64], count: usize) -> Vec<(usize, usize)> {
    if count == 0 {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..feasible.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(totals[*index]));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for index in order {
        let enough = found.len() >= count && found.last().is_some_and(|(_, last)| totals[*last] > totals[index]);
        if enough {
            break;
        }
        found.extend(feasible[index].1.ranks.iter().take(count).map(|rank| (*rank, index)));
    }
    found.sort_by_key(|(rank, index)| (std::cmp::Reverse(totals[*index]), *rank));
    found.truncate(count);
    found
}
