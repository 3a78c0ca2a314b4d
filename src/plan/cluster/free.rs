//! What is free of a node.

use super::nodes::NodePlan;
use crate::quantity::{Cpu, Memory};
use crate::topology::Service;

/// What is free of a node, as far as more pods are counted in.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct Free {
    memory: Memory,
    cpu: Cpu,
    pods: u64,
}

impl Free {
    /// All that an empty node leaves for pods.
    pub fn of(node: &NodePlan) -> Self {
        Self { memory: node.allocatable_memory, cpu: node.allocatable_cpu, pods: node.max_pods }
    }

    /// Takes what a pod of the service requests, if there is so much.
    pub fn take(&mut self, service: &Service) -> bool {
        let fits = self.memory >= service.pod_memory() && self.cpu >= service.pod_cpu() && self.pods > 0;
        if fits {
            self.memory -= service.pod_memory();
            self.cpu -= service.pod_cpu();
            self.pods -= 1;
        }
        fits
    }
}
