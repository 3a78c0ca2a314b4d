//! What a pod of a service asks of its node on a cluster, where that is more than its container does.

use super::Service;
use crate::quantity::{Cpu, Memory};

/// What the container asks for in which a new pod waits for the Job of its service; of memory that is also its limit.
/// Measured: kubectl 1.32 holds 13 MiB while it waits, and maps 34 MiB of its own program.
pub const WAIT_MEMORY: Memory = Memory::from_mib(64);

/// The processor time that this container asks for: it does next to nothing.
pub const WAIT_CPU: Cpu = Cpu::from_millis(10);

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
