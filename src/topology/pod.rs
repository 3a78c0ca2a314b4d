//! What a pod of a service asks of its node on a cluster, where that is more than its container does.

use super::{Service, Topology};
use crate::quantity::{Cpu, Memory};

/// What the container asks for in which a new pod waits for the Job of its service; of memory that is also its limit.
/// Measured: kubectl 1.32 holds 13 MiB while it waits, and maps 34 MiB of its own program.
pub const WAIT_MEMORY: Memory = Memory::from_mib(64);

/// The processor time that this container asks for: it does next to nothing.
pub const WAIT_CPU: Cpu = Cpu::from_millis(10);

/// The label of a node that has its own name
/// (<https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetesiohostname>).
pub const HOSTNAME: &str = "kubernetes.io/hostname";

/// The label of a node that names its zone
/// (<https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone>).
pub const ZONE: &str = "topology.kubernetes.io/zone";

impl Topology {
    /// The labels of nodes over whose values the pods of a service ask to be spread, evenly but without ever staying
    /// away from a node: zones, where there are some, and nodes. None for a service that never has two pods.
    pub fn spread_over(&self, service: &Service) -> &'static [&'static str] {
        match service.replicas.peak() {
            0 | 1 => &[],
            _ if self.cluster.as_ref().is_some_and(super::Cluster::has_zones) => &[ZONE, HOSTNAME],
            _ => &[HOSTNAME],
        }
    }
}

impl Service {
    /// Whether a Job of the cluster runs steps before its pods start, for which they wait. Not with a disk: only its own
    /// pod can mount that.
    pub fn waits_for_job(&self) -> bool {
        !self.is_stateful() && self.jobs().next().is_some()
    }

    /// The memory that the cluster sets aside for one of its pods: that of the container, or of the one that waits before
    /// it if that is more
    /// (<https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers>).
    pub fn pod_memory(&self) -> Memory {
        self.memory.limit.max(self.least_pod_memory())
    }

    /// The processor time that the cluster sets aside for one of its pods.
    pub fn pod_cpu(&self) -> Cpu {
        self.cpu.max(self.least_pod_cpu())
    }

    /// The most of its pods that hold memory at once: as many as the autoscaler may ask for, and in a rollout, where new
    /// pods come before old ones end, each beside one of the old that is still ending. What runs now and then has one.
    pub fn most_pods(&self) -> u32 {
        let replicas = self.replicas.peak();
        let is_replaced_in_place = self.schedule.is_some() || self.surge_percent().is_none();
        if is_replaced_in_place { replicas } else { replicas.saturating_mul(2) }
    }

    /// What a pod asks for whatever its container does.
    pub fn least_pod_memory(&self) -> Memory {
        if self.waits_for_job() { WAIT_MEMORY } else { Memory::ZERO }
    }

    /// What a pod asks for whatever its container does.
    pub fn least_pod_cpu(&self) -> Cpu {
        if self.waits_for_job() { WAIT_CPU } else { Cpu::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use crate::quantity::{Cpu, Memory};

    #[test]
    fn pods_are_most_where_all_new_ones_run_beside_the_old() {
        for (service, pods) in [
            ("python: {}", 2),
            ("python: {}, replicas: 0", 0),
            ("python: {}, autoscale: { min: 2, max: 10 }", 20),
            ("postgres: {}", 1),
            ("redis: {}", 1),
            ("celery: { role: beat }", 1),
            ("python: { worker: x }, schedule: '0 3 * * *'", 1),
        ] {
            let text = format!("services: {{ a: {{ {service} }} }}\ncluster: {{}}\n");
            assert_eq!(crate::analyze(&text).outputs.unwrap().topology.services[0].most_pods(), pods, "{service}");
        }
    }

    #[test]
    fn a_pod_asks_for_what_waits_in_it_only_where_that_is_more() {
        for (service, memory, cpu) in [
            ("memory: { limit: 20Mi }, cpu: { request: 1m }", 20, 1),
            ("memory: { limit: 20Mi }, cpu: { request: 1m }, before_start: [{ run: migrate }]", 64, 10),
            ("memory: { limit: 256Mi }, cpu: { request: 250m }, before_start: [{ run: migrate }]", 256, 250),
            ("memory: { limit: 20Mi }, cpu: { request: 1m }, before_start: [{ run: x, when: every-start }]", 20, 1),
            (
                "memory: { limit: 20Mi }, cpu: { request: 1m }, storage: 1Gi, storage_path: /d, before_start: [{ run: x }]",
                20,
                1,
            ),
        ] {
            let text = format!("services: {{ a: {{ image: \"a:1\", {service} }} }}\ncluster: {{}}\n");
            let topology = crate::analyze(&text).outputs.unwrap().topology;
            let pod = (topology.services[0].pod_memory(), topology.services[0].pod_cpu());
            assert_eq!(pod, (Memory::from_mib(memory), Cpu::from_millis(cpu)), "{service}");
        }
    }
}
