//! kube-scheduler's default profile: which node a pod goes to, why, and why not another.
//!
//! This follows Kubernetes v1.36.2, integer for integer; paths in this folder's comments are those of
//! kubernetes/kubernetes. Each plugin of the profile is a file in [`plugins`]. Every node is looked at for every pod,
//! where the real scheduler looks at a sample in clusters of a hundred nodes and more; and where it breaks a tie by
//! chance, the node whose name sorts first is taken.
//!
//! Pods that are alike are counted, not listed: a pod is a [`PodTemplate`], and what is placed is "so many pods of this
//! template on that node". The cost of a decision grows with the nodes and with the templates, not with the pods.

pub mod cluster;
pub mod input;
pub mod labels;
pub mod plugins;
pub mod request;
mod topology;
mod verdict;

pub use verdict::{Plugin, Reason, Rejection};

use cluster::{Cluster, HostPort, Node, PodTemplate, Resources, Service};
use labels::Labels;
use plugins::{
    image_locality, inter_pod_affinity, node_affinity, node_name, node_ports, node_resources_balanced_allocation,
    node_resources_fit, node_unschedulable, pod_topology_spread, taint_toleration,
};
use std::collections::{BTreeMap, HashMap};
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
    nodes: Vec<NodeState>,
    templates: Vec<Template>,
    known: HashMap<Arc<PodTemplate>, TemplateId>,
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
    /// What its pods request.
    pub requested: Resources,
    /// What its pods are taken to need where nodes are compared.
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
    placed: BTreeMap<NodeIndex, u32>,
}

/// What becomes of a pod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The nodes that it fits on.
    pub feasible: Vec<NodeIndex>,
    /// What each feasible node scores in all, in the same order.
    pub totals: Vec<i64>,
    /// What each plugin that has a say gives to each feasible node.
    pub scores: Vec<PluginScores>,
    /// The feasible nodes with the best total, by name. The first is the one to take.
    pub best: Vec<NodeIndex>,
    /// Why it does not fit on the others.
    pub rejected: Vec<(NodeIndex, Rejection)>,
    /// The scheduler's own words, if no node is feasible: `0/3 nodes are available: 3 Insufficient memory.`
    pub message: Option<String>,
}

/// What one plugin gives to each feasible node.
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
        by_name.sort_by(|a, b| nodes[*a].name.cmp(&nodes[*b].name));
        let mut ranks = vec![0; nodes.len()];
        for (rank, index) in by_name.into_iter().enumerate() {
            ranks[index] = rank;
        }
        let images = image_locality::Images::of(&nodes);
        let nodes = nodes.into_iter().zip(ranks).map(|(node, rank)| NodeState::empty(node, rank)).collect();
        Self {
            nodes,
            templates: Vec::new(),
            known: HashMap::new(),
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
        let Self { topologies, nodes, services, .. } = self;
        let mut topology = |key: &str| topologies.index(key, nodes);
        self.templates.push(Template {
            spread: pod_topology_spread::Spread::of(&pod, services, &mut topology),
            affinity: inter_pod_affinity::Terms::of(&pod.pod_affinity, &mut topology),
            anti_affinity: inter_pod_affinity::Terms::of(&pod.pod_anti_affinity, &mut topology),
            placed: BTreeMap::new(),
            pod,
        });
        id
    }

    /// Decides where a pod of the template would go, without placing it.
    pub fn schedule(&self, template: TemplateId) -> Decision {
        let template = &self.templates[template.0];
        let (feasible, rejected) = self.filter(template);
        let message = feasible.is_empty().then(|| verdict::message(self.nodes.len(), &rejected));
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
        *template.placed.entry(node).or_default() += 1;
        self.nodes[node.0].take(&template.pod);
    }

    /// Removes a pod of the template from the node, if there is one.
    pub fn remove(&mut self, template: TemplateId, node: NodeIndex) {
        let template = &mut self.templates[template.0];
        let Some(count) = template.placed.get_mut(&node) else { return };
        *count -= 1;
        if *count == 0 {
            template.placed.remove(&node);
        }
        self.nodes[node.0].give_back(&template.pod);
    }

    /// The filters of the default profile, in their order; the first that rejects a node decides.
    /// Source: `pkg/scheduler/apis/config/v1/default_plugins.go`.
    fn filter(&self, template: &Template) -> (Vec<NodeIndex>, Vec<(NodeIndex, Rejection)>) {
        let pod = &*template.pod;
        let named = node_affinity::NamedNodes::of(pod);
        let spread = pod_topology_spread::Filter::new(self, template);
        let affinity = inter_pod_affinity::Filter::new(self, template);
        let (mut feasible, mut rejected) = (Vec::new(), Vec::new());
        for (index, node) in self.nodes.iter().enumerate() {
            let index = NodeIndex(index);
            let rejection = named
                .filter(node)
                .or_else(|| node_unschedulable::filter(pod, node))
                .or_else(|| node_name::filter(pod, node))
                .or_else(|| taint_toleration::filter(pod, node))
                .or_else(|| node_affinity::filter(pod, node))
                .or_else(|| node_ports::filter(pod, node))
                .or_else(|| node_resources_fit::filter(pod, node))
                .or_else(|| spread.filter(index))
                .or_else(|| affinity.filter(index));
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
            (Plugin::ImageLocality, Some(self.images.score(pod, feasible, self.nodes.len()))),
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
