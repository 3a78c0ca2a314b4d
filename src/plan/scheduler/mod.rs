//! kube-scheduler's default profile: which node a pod goes to, why, and why not another.
//!
//! This follows Kubernetes v1.36.2, integer for integer; paths in this folder's comments are those of
//! kubernetes/kubernetes. Each plugin of the profile is a file in [`plugins`]. Every node is looked at for every pod,
//! where the real scheduler looks at a sample in clusters of a hundred nodes and more; and where it breaks a tie by
//! chance, the node whose name sorts first is taken.
//!
//! Pods that are alike are counted, not listed: a pod is a [`PodTemplate`], and a placement is "a number of pods of this
//! template on that node". The cost of a decision grows with the nodes and with the templates, not with the pods.

mod batch;
pub mod cluster;
/// Says how clear the choice of a node was: `best` of the `feasible` nodes have the best score.
pub fn choice(feasible: usize, best: usize) -> String {
    match (feasible, best) {
        (1, _) => "the only one that it fits on".to_owned(),
        (feasible, 1) => format!("best of {feasible}"),
        (feasible, best) if feasible == best => format!("any of {best}"),
        (feasible, best) => format!("any of the best {best} of {feasible}"),
    }
}

#[cfg(test)]
mod example;
mod groups;
pub mod input;
mod kinds;
pub mod labels;
mod placed;
pub mod plugins;
pub mod request;
mod topology;
mod verdict;

pub use batch::{Batch, Choice, Detail};
pub use verdict::{Plugin, Reason, Rejection};

use crate::sorting;
use cluster::{Cluster, HostPort, Node, PodTemplate, Resources, Service};
use kinds::Kinds;
use labels::{Labels, Selector, Test};
use placed::Placed;
use plugins::{
    image_locality, inter_pod_affinity, node_affinity, node_name, node_ports, node_resources_balanced_allocation,
    node_resources_fit, node_unschedulable, pod_topology_spread, taint_toleration,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use topology::Topologies;

/// A node of a [`Scheduler`], by its place in [`Cluster::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIndex(pub usize);

/// A template that a [`Scheduler`] knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateId(usize);

/// A cluster, the pods in it, and the rules by which further pods are placed.
#[derive(Debug, Clone)]
pub struct Scheduler {
    nodes: Box<[NodeState]>,
    kinds: Kinds,
    /// The nodes by name.
    by_name: Box<[NodeIndex]>,
    templates: Vec<Template>,
    known: FxHashMap<Arc<PodTemplate>, TemplateId>,
    /// The templates that have a label, by its key and value.
    labelled: BTreeMap<String, BTreeMap<String, Vec<TemplateId>>>,
    topologies: Topologies,
    images: image_locality::Images,
    services: Vec<Service>,
    namespaces: BTreeMap<String, Labels>,
}

/// A node and what its pods take of it.
#[derive(Debug, Clone)]
pub struct NodeState {
    /// The node.
    pub node: Node,
    /// The requests of its pods.
    pub requested: Resources,
    /// The requests that scoring assumes for its pods.
    pub scored: Resources,
    /// How many pods it has.
    pub pods: u64,
    ports: BTreeMap<HostPort, u64>,
    /// The place of its name among the names of all nodes.
    rank: usize,
}

/// A template, what follows from it, and where its pods are.
#[derive(Debug, Clone)]
struct Template {
    pod: Arc<PodTemplate>,
    spread: pod_topology_spread::Spread,
    affinity: inter_pod_affinity::Terms,
    anti_affinity: inter_pod_affinity::Terms,
    placed: Placed,
}

/// The scheduler's choice for a pod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The nodes that it fits on.
    pub feasible: Vec<NodeIndex>,
    /// The total score of each feasible node, in the same order.
    pub totals: Vec<i64>,
    /// The scores of each plugin that scores the feasible nodes.
    pub scores: Vec<PluginScores>,
    /// The feasible nodes with the best total, by name. The first is the one to take.
    pub best: Vec<NodeIndex>,
    /// Why it does not fit on the others.
    pub rejected: Vec<(NodeIndex, Rejection)>,
    /// The scheduler's own words, if no node is feasible: `0/3 nodes are available: 3 Insufficient memory.`
    pub message: Option<String>,
}

/// The scores of one plugin for each feasible node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginScores {
    /// The plugin.
    pub plugin: Plugin,
    /// 0 to 100 times the plugin's weight, in the order of [`Decision::feasible`].
    pub scores: Vec<i64>,
}

impl Decision {
    /// The node that the pod goes to.
    pub fn node(&self) -> Option<NodeIndex> {
        self.best.first().copied()
    }

    /// The best total, if there is a feasible node.
    pub fn best_total(&self) -> Option<i64> {
        self.totals.iter().copied().max()
    }
}

impl Scheduler {
    /// A scheduler for a cluster without pods.
    pub fn new(cluster: Cluster) -> Self {
        let Cluster { nodes, services, namespaces } = cluster;
        let mut by_name: Vec<usize> = (0..nodes.len()).collect();
        sorting::sort_by_key(&mut by_name, |index| &nodes[*index].name);
        let mut ranks = vec![0; nodes.len()];
        for (rank, index) in by_name.iter().enumerate() {
            ranks[*index] = rank;
        }
        let (images, kinds) = (image_locality::Images::of(&nodes), Kinds::of(&nodes));
        let nodes = nodes.into_iter().zip(ranks).map(|(node, rank)| NodeState::empty(node, rank)).collect();
        Self {
            nodes,
            kinds,
            by_name: by_name.into_iter().map(NodeIndex).collect(),
            templates: Vec::new(),
            known: FxHashMap::default(),
            labelled: BTreeMap::new(),
            topologies: Topologies::default(),
            images,
            services,
            namespaces,
        }
    }

    /// The nodes, in the order of [`Cluster::nodes`], with what is placed on them.
    pub fn nodes(&self) -> &[NodeState] {
        &self.nodes
    }

    /// Makes a template known. An equal one gets the same id.
    pub fn template(&mut self, pod: PodTemplate) -> TemplateId {
        if let Some(id) = self.known.get(&pod) {
            return *id;
        }
        let id = TemplateId(self.templates.len());
        let pod = Arc::new(pod);
        self.known.insert(Arc::clone(&pod), id);
        for (key, value) in &pod.labels {
            self.labelled.entry(key.clone()).or_default().entry(value.clone()).or_default().push(id);
        }
        let Self { topologies, nodes, services, .. } = self;
        let spread = pod_topology_spread::Spread::of(&pod, services, topologies, nodes);
        let mut topology = |key: &str| topologies.index(key, nodes);
        self.templates.push(Template {
            spread,
            affinity: inter_pod_affinity::Terms::of(&pod.pod_affinity, &mut topology),
            anti_affinity: inter_pod_affinity::Terms::of(&pod.pod_anti_affinity, &mut topology),
            placed: Placed::default(),
            pod,
        });
        id
    }

    /// To place pods of the template one after another, as [`Scheduler::schedule`] and [`Scheduler::bind`] do, but
    /// faster: nodes that look alike are weighed once.
    pub fn batch(&mut self, template: TemplateId) -> Batch<'_> {
        Batch::new(self, template)
    }

    /// Whether it is obvious that `pods` more pods of the template fit. That is so where every node decides for
    /// itself, whatever is on the others; elsewhere, or if they do not fit, the answer is no.
    pub fn has_room(&self, template: TemplateId, pods: u32) -> bool {
        let template = &self.templates[template.0];
        let pod = &*template.pod;
        if template.spread.must_hold() || inter_pod_affinity::has_a_say(self, template) || !pod.host_ports.is_empty() {
            return false;
        }
        let alone = FilterAlone::new(pod);
        let mut left = u64::from(pods);
        for node in self.nodes.iter().filter(|node| alone.filter(node).is_none()) {
            left = left.saturating_sub(node_resources_fit::room(pod, node));
            if left == 0 {
                break;
            }
        }
        left == 0
    }

    /// The templates whose labels meet the selector. Nearly every selector asks for one value of some label, so that
    /// only those that have it are looked at.
    fn selected<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = &'a Template> {
        let exact = selector.0.iter().find_map(|requirement| match &requirement.test {
            Test::In(values) => values.first().filter(|_| values.len() == 1).map(|value| (&requirement.key, value)),
            _ => None,
        });
        let with = exact.map(|(key, value)| self.labelled.get(key).and_then(|values| values.get(value)));
        let all = if with.is_none() { self.templates.as_slice() } else { &[] };
        let with = with.flatten().into_iter().flatten().map(|id| &self.templates[id.0]);
        with.chain(all).filter(|template| selector.matches(&template.pod.labels))
    }

    /// Decides where a pod of the template would go, without placing it. Weighs every node for itself.
    pub fn schedule(&self, template: TemplateId) -> Decision {
        let template = &self.templates[template.0];
        let (feasible, rejected) = self.filter(template);
        let message = feasible
            .is_empty()
            .then(|| verdict::message(self.nodes.len(), rejected.iter().map(|(_, rejection)| (rejection, 1))));
        let scores = self.score(template, &feasible);
        let mut totals = vec![0; feasible.len()];
        for column in &scores {
            for (total, score) in totals.iter_mut().zip(&column.scores) {
                *total += score;
            }
        }
        let best_total = totals.iter().max();
        let mut best: Vec<NodeIndex> = feasible
            .iter()
            .zip(&totals)
            .filter(|(_, total)| Some(*total) == best_total)
            .map(|(node, _)| *node)
            .collect();
        best.sort_by_key(|node| self.nodes[node.0].rank);
        Decision { feasible, totals, scores, best, rejected, message }
    }

    /// Places a pod of the template on the node, whether it fits or not.
    pub fn bind(&mut self, template: TemplateId, node: NodeIndex) {
        let template = &mut self.templates[template.0];
        template.placed.add(node);
        self.nodes[node.0].take(&template.pod);
        self.kinds.change(node);
    }

    /// Removes a pod of the template from the node, if there is one.
    pub fn remove(&mut self, template: TemplateId, node: NodeIndex) {
        let template = &mut self.templates[template.0];
        if !template.placed.remove(node) {
            return;
        }
        self.nodes[node.0].give_back(&template.pod);
        self.kinds.change(node);
    }

    /// The filters of the default profile, in their order; the first that rejects a node decides.
    /// Source: `pkg/scheduler/apis/config/v1/default_plugins.go`.
    fn filter(&self, template: &Template) -> (Vec<NodeIndex>, Vec<(NodeIndex, Rejection)>) {
        let alone = FilterAlone::new(&template.pod);
        let spread = pod_topology_spread::Filter::new(self, template);
        let affinity = inter_pod_affinity::Filter::new(self, template);
        let (mut feasible, mut rejected) = (Vec::new(), Vec::new());
        for (index, node) in self.nodes.iter().enumerate() {
            let index = NodeIndex(index);
            let rejection = alone.filter(node).or_else(|| spread.filter(index)).or_else(|| affinity.filter(index));
            match rejection {
                None => feasible.push(index),
                Some(rejection) => rejected.push((index, rejection)),
            }
        }
        (feasible, rejected)
    }

    /// The scores of the default profile, weighted. A plugin that has nothing to say about the pod is left out.
    fn score(&self, template: &Template, feasible: &[NodeIndex]) -> Vec<PluginScores> {
        let pod = &*template.pod;
        let images = self.images.scores(pod, self.nodes.len());
        let each = |score: &dyn Fn(&NodeState) -> i64| feasible.iter().map(|node| score(&self.nodes[node.0])).collect();
        let columns = [
            (Plugin::TaintToleration, Some(taint_toleration::score(pod, &each))),
            (Plugin::NodeAffinity, node_affinity::score(pod, &each)),
            (Plugin::NodeResourcesFit, Some(each(&|node| node_resources_fit::score(pod, node)))),
            (Plugin::PodTopologySpread, pod_topology_spread::score(self, template, feasible)),
            (Plugin::InterPodAffinity, inter_pod_affinity::score(self, template, feasible)),
            // No claims, no difference between nodes.
            (Plugin::DynamicResources, Some(vec![0; feasible.len()])),
            (
                Plugin::NodeResourcesBalancedAllocation,
                node_resources_balanced_allocation::applies_to(pod)
                    .then(|| each(&|node| node_resources_balanced_allocation::score(pod, node))),
            ),
            (Plugin::ImageLocality, Some(feasible.iter().map(|node| images.get(node).copied().unwrap_or(0)).collect())),
        ];
        columns
            .into_iter()
            .filter_map(|(plugin, scores)| {
                let scores = scores?.into_iter().map(|score| score * plugin.weight()).collect();
                Some(PluginScores { plugin, scores })
            })
            .collect()
    }
}

/// The filters that look at a node without the others, in their order.
struct FilterAlone<'a> {
    pod: &'a PodTemplate,
    named: node_affinity::NamedNodes<'a>,
}

impl<'a> FilterAlone<'a> {
    fn new(pod: &'a PodTemplate) -> Self {
        Self { pod, named: node_affinity::NamedNodes::of(pod) }
    }

    fn filter(&self, node: &NodeState) -> Option<Rejection> {
        let pod = self.pod;
        self.named
            .filter(node)
            .or_else(|| node_unschedulable::filter(pod, node))
            .or_else(|| node_name::filter(pod, node))
            .or_else(|| taint_toleration::filter(pod, node))
            .or_else(|| node_affinity::filter(pod, node))
            .or_else(|| node_ports::filter(pod, node))
            .or_else(|| node_resources_fit::filter(pod, node))
    }
}

impl NodeState {
    fn empty(node: Node, rank: usize) -> Self {
        let (requested, scored) = (Resources::default(), Resources::default());
        Self { node, requested, scored, pods: 0, ports: BTreeMap::new(), rank }
    }

    fn take(&mut self, pod: &PodTemplate) {
        self.requested.add(&pod.requests);
        self.scored.add(&pod.scored_requests);
        self.pods += 1;
        for port in &pod.host_ports {
            *self.ports.entry(port.clone()).or_default() += 1;
        }
    }

    fn give_back(&mut self, pod: &PodTemplate) {
        self.requested.subtract(&pod.requests);
        self.scored.subtract(&pod.scored_requests);
        self.pods -= 1;
        for port in &pod.host_ports {
            if let Some(count) = self.ports.get_mut(port) {
                *count -= 1;
                if *count == 0 {
                    self.ports.remove(port);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cluster::{SpreadConstraint, WhenUnsatisfiable};
    use super::labels::Selector;
    use super::*;
    use crate::quantity::{Cpu, Memory};
    use proptest::prelude::*;

    fn resources(millis: u64, mib: u64) -> Resources {
        Resources { cpu: Cpu::from_millis(millis), memory: Memory::from_mib(mib), ..Resources::default() }
    }

    fn node(name: &str, millis: u64, mib: u64) -> Node {
        let labels = [("kubernetes.io/hostname".to_owned(), name.to_owned())].into();
        Node { name: name.to_owned(), labels, allocatable: resources(millis, mib), max_pods: 110, ..Node::default() }
    }

    fn pod(app: &str, millis: u64, mib: u64) -> PodTemplate {
        let labels: Labels = [("app".to_owned(), app.to_owned())].into();
        PodTemplate {
            owner: Selector::equal(&labels),
            labels,
            requests: resources(millis, mib),
            scored_requests: resources(millis, mib),
            ..PodTemplate::default()
        }
    }

    #[test]
    fn equal_nodes_are_all_best_and_the_first_by_name_is_taken() {
        let nodes = ["b", "c", "a"].map(|name| node(name, 1000, 1000)).into();
        let mut scheduler = Scheduler::new(Cluster { nodes, ..Cluster::default() });
        let api = scheduler.template(pod("api", 600, 600));
        assert_eq!(scheduler.template(pod("api", 600, 600)), api);
        for expected in ["a b c", "b c", "c", "0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory."] {
            let decision = scheduler.schedule(api);
            assert_eq!(example::words(&scheduler, &decision), expected);
            if let Some(node) = decision.node() {
                scheduler.bind(api, node);
            }
        }
    }

    #[test]
    fn a_cluster_without_nodes_says_so() {
        let mut scheduler = Scheduler::new(Cluster::default());
        let api = scheduler.template(pod("api", 1, 1));
        let decision = scheduler.schedule(api);
        assert_eq!(decision.message.as_deref(), Some("no nodes available to schedule pods"));
        assert_eq!((decision.node(), decision.best_total()), (None, None));
    }

    #[test]
    fn to_remove_what_is_not_there_does_nothing() {
        let mut scheduler = Scheduler::new(Cluster { nodes: vec![node("a", 1000, 1000)], ..Cluster::default() });
        let api = scheduler.template(pod("api", 600, 600));
        scheduler.remove(api, NodeIndex(0));
        assert_eq!((scheduler.nodes()[0].pods, &scheduler.nodes()[0].requested), (0, &Resources::default()));
    }

    prop_compose! {
        fn clusters()(
            nodes in prop::collection::vec((1_u64..4000, 1_u64..4000, 0_u64..6), 0..6),
            pods in prop::collection::vec((0_u64..1500, 0_u64..1500, any::<bool>()), 1..5),
            queue in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        ) -> (Cluster, Vec<PodTemplate>, Vec<usize>) {
            let nodes = nodes.into_iter().enumerate().map(|(index, (millis, mib, max_pods))| {
                Node { max_pods, ..node(&format!("n{index}"), millis, mib) }
            });
            let pods: Vec<_> = pods.into_iter().enumerate().map(|(index, (millis, mib, even))| {
                let mut pod = pod(&format!("app{index}"), millis, mib);
                if even {
                    pod.spread = vec![SpreadConstraint {
                        topology_key: "kubernetes.io/hostname".to_owned(),
                        max_skew: 1,
                        when_unsatisfiable: WhenUnsatisfiable::DoNotSchedule,
                        selector: Some(Selector::equal(&pod.labels)),
                        match_label_keys: Vec::new(),
                        min_domains: 1,
                        node_affinity: cluster::InclusionPolicy::Honor,
                        node_taints: cluster::InclusionPolicy::Ignore,
                    }];
                }
                pod
            }).collect();
            let queue = queue.into_iter().map(|index| index.index(pods.len())).collect();
            (Cluster { nodes: nodes.collect(), ..Cluster::default() }, pods, queue)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_node_is_over_committed_and_every_pod_is_placed_or_told_why((cluster, pods, queue) in clusters()) {
            let nodes = cluster.nodes.len();
            let mut scheduler = Scheduler::new(cluster);
            let templates: Vec<_> = pods.into_iter().map(|pod| scheduler.template(pod)).collect();
            for index in queue {
                let decision = scheduler.schedule(templates[index]);
                prop_assert_eq!(decision.feasible.len() + decision.rejected.len(), nodes);
                prop_assert_eq!(decision.node().is_none(), decision.message.is_some());
                for column in &decision.scores {
                    prop_assert!(column.scores.iter().all(|score| (0..=100 * column.plugin.weight()).contains(score)));
                }
                if let Some(node) = decision.node() {
                    scheduler.bind(templates[index], node);
                }
            }
            for state in scheduler.nodes() {
                prop_assert!(state.requested.cpu <= state.node.allocatable.cpu);
                prop_assert!(state.requested.memory <= state.node.allocatable.memory);
                prop_assert!(state.pods <= state.node.max_pods);
            }
        }

        #[test]
        fn to_place_a_pod_and_to_remove_it_changes_nothing((cluster, pods, queue) in clusters()) {
            let mut scheduler = Scheduler::new(cluster);
            let templates: Vec<_> = pods.into_iter().map(|pod| scheduler.template(pod)).collect();
            let decide = |scheduler: &Scheduler| templates.iter().map(|id| scheduler.schedule(*id)).collect::<Vec<_>>();
            for index in queue {
                if let Some(node) = scheduler.schedule(templates[index]).node() {
                    let before = decide(&scheduler);
                    scheduler.bind(templates[index], node);
                    scheduler.remove(templates[index], node);
                    prop_assert_eq!(decide(&scheduler), before);
                    scheduler.bind(templates[index], node);
                }
            }
        }

        #[test]
        fn more_memory_never_places_fewer_pods_on_one_node(
            (_, pods, queue) in clusters(), millis in 0_u64..4000, mib in 0_u64..4000, more in 0_u64..4000,
        ) {
            let placed = |mib| {
                // A pod of one kind at a time: with several, one that fits now may keep out two smaller ones.
                let mut scheduler =
                    Scheduler::new(Cluster { nodes: vec![node("n", millis, mib)], ..Cluster::default() });
                let pod = PodTemplate { spread: Vec::new(), ..pods[0].clone() };
                let id = scheduler.template(pod);
                for _ in &queue {
                    if let Some(node) = scheduler.schedule(id).node() {
                        scheduler.bind(id, node);
                    }
                }
                scheduler.nodes()[0].pods
            };
            prop_assert!(placed(mib) <= placed(mib + more));
        }
    }
}
