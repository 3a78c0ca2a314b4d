//! The values of a node label, numbered, so that what has one value can be counted in an array.

use super::{NodeIndex, NodeState};
use std::collections::HashMap;
use std::sync::Arc;

/// The topologies by which any template asks.
#[derive(Debug, Clone, Default)]
pub(super) struct Topologies {
    all: Vec<Arc<Topology>>,
    /// For several of them, the class of each node: those of a class are in each of them in the same domain, or each alone
    /// in its own, or in none.
    classes: Vec<(Vec<usize>, Arc<[usize]>)>,
}

/// A node label as a division of the nodes into domains.
#[derive(Debug, Clone)]
pub(super) struct Topology {
    key: String,
    /// The domain of each node that has the label.
    domain: Box<[Option<usize>]>,
    /// How many nodes each domain has.
    sizes: Box<[usize]>,
    /// How many domains there are.
    pub(super) domains: usize,
    /// The domain of which the label's value is empty.
    pub(super) empty: Option<usize>,
}

impl Topologies {
    /// The place of the topology by the label `key`.
    pub(super) fn index(&mut self, key: &str, nodes: &[NodeState]) -> usize {
        self.all.iter().position(|topology| topology.key == key).unwrap_or_else(|| {
            self.all.push(Arc::new(Topology::new(key, nodes)));
            self.all.len() - 1
        })
    }

    /// The classes by these topologies.
    pub(super) fn classes(&mut self, topologies: Vec<usize>, nodes: usize) -> Arc<[usize]> {
        if let Some((_, classes)) = self.classes.iter().find(|(known, _)| *known == topologies) {
            return Arc::clone(classes);
        }
        let mut known: HashMap<Vec<Option<Option<usize>>>, usize> = HashMap::new();
        let class = |node| {
            let shared = |topology: &Topology| {
                topology.domain(NodeIndex(node)).map(|domain| Some(domain).filter(|domain| topology.is_shared(*domain)))
            };
            let next = known.len();
            *known.entry(topologies.iter().map(|topology| shared(&self.all[*topology])).collect()).or_insert(next)
        };
        let classes: Arc<[usize]> = (0..nodes).map(class).collect();
        self.classes.push((topologies, Arc::clone(&classes)));
        classes
    }
}

impl std::ops::Index<usize> for Topologies {
    type Output = Arc<Topology>;

    fn index(&self, index: usize) -> &Arc<Topology> {
        &self.all[index]
    }
}

impl Topology {
    fn new(key: &str, nodes: &[NodeState]) -> Self {
        let mut values = HashMap::new();
        let domain: Box<[Option<usize>]> = nodes
            .iter()
            .map(|state| {
                let next = values.len();
                state.node.labels.get(key).map(|value| *values.entry(value.as_str()).or_insert(next))
            })
            .collect();
        let mut sizes: Box<[usize]> = vec![0; values.len()].into();
        domain.iter().flatten().for_each(|domain| sizes[*domain] += 1);
        Self { key: key.to_owned(), domain, sizes, domains: values.len(), empty: values.get("").copied() }
    }

    /// Whether several nodes are in the domain, or count as if they were: those without the label count like those
    /// with an empty one.
    pub(super) fn is_shared(&self, domain: usize) -> bool {
        self.sizes[domain] > 1 || self.empty == Some(domain)
    }

    /// The domain of a node, if it has the label.
    pub(super) fn domain(&self, node: NodeIndex) -> Option<usize> {
        self.domain[node.0]
    }
}
