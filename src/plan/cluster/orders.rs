//! How a cluster grows: the nodes that the cluster autoscaler orders for unschedulable pods, and the free resources of those
//! on their way.

use super::nodes::{NodePlan, free_of};
use crate::plan::allocatable::Allocatable;
use crate::topology::{Cluster, Duration, MAX_NODES, Service};

/// A cluster with the nodes that have been ordered for it.
pub(in crate::plan) struct Orders {
    /// The cluster; each group's `count` has those that were ordered.
    cluster: Cluster,
    /// How many nodes may still be ordered, over all groups.
    left: u32,
    /// The free resources of each node on its way.
    coming: Vec<Free>,
}

/// A node on its way.
pub(in crate::plan) struct Ordered {
    /// The node, still empty.
    pub node: NodePlan,
    /// How long it takes to be ready.
    pub startup: Duration,
}

impl Orders {
    /// Each group may grow to its `max`, and the cluster to the largest that is planned.
    pub fn of(cluster: &Cluster) -> Self {
        let nodes: u32 = cluster.nodes.iter().map(|group| group.count).sum();
        Self::new(cluster.clone(), MAX_NODES.saturating_sub(nodes))
    }

    /// Each group may grow to its `max`, by `most` nodes in all.
    pub fn new(cluster: Cluster, most: u32) -> Self {
        Self { cluster, left: most, coming: Vec::new() }
    }

    /// The cluster as it is once all nodes that were ordered are there.
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// Whether any node may still be ordered.
    pub fn may_order_more(&self) -> bool {
        self.left > 0 && self.cluster.may_grow()
    }

    /// Makes room for unschedulable pods of the service: on nodes that are on their way, and on further ones, each of the first
    /// group that takes such a pod. Returns for how many there is room then.
    pub fn expect(&mut self, service: &Service, pods: u32, ordered: &mut Vec<Ordered>) -> u32 {
        // What has no room for one of equal pods has none for the next.
        let mut first = 0;
        for expected in 0..pods {
            while self.coming.get_mut(first).is_some_and(|free| !free.take(service)) {
                first += 1;
            }
            if first == self.coming.len() {
                let Some(node) = self.order(service) else { return expected };
                ordered.push(node);
            }
        }
        pods
    }

    /// Orders a node for a pod of the service.
    fn order(&mut self, service: &Service) -> Option<Ordered> {
        let last = self.left.checked_sub(1)?;
        let takes = |(index, group)| {
            let mut free = Free(free_of(group));
            free.take(service).then_some((index, free))
        };
        let may_grow = self.cluster.nodes.iter().enumerate().filter(|(_, group)| group.may_grow());
        let (index, free) = may_grow.into_iter().find_map(takes)?;
        self.left = last;
        self.coming.push(free);
        self.cluster.nodes[index].count += 1;
        let group = &self.cluster.nodes[index];
        let zone = self.cluster.zone(group, group.count);
        Some(Ordered { node: NodePlan { zone, ..NodePlan::of(group, group.count) }, startup: group.startup })
    }

    /// All nodes that were on their way are there.
    pub fn arrive(&mut self) {
        self.coming.clear();
    }
}

/// Whether the cluster autoscaler adds nodes for `pods` unschedulable pods of the service.
pub(crate) fn scale_up_requests(service: &Service, pods: u32, cluster: &Cluster) -> bool {
    Orders::of(cluster).expect(service, pods, &mut Vec::new()) == pods
}

/// The free resources of a node, after the pods that are expected on it.
struct Free(Allocatable);

impl Free {
    /// Takes what a pod of the service requests, if there is so much.
    fn take(&mut self, service: &Service) -> bool {
        let Allocatable { cpu, memory, max_pods } = &mut self.0;
        let fits = *memory >= service.pod_memory() && *cpu >= service.pod_cpu() && *max_pods > 0;
        if fits {
            *memory -= service.pod_memory();
            *cpu -= service.pod_cpu();
            *max_pods -= 1;
        }
        fits
    }
}
