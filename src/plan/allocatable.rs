//! The allocatable resources of a node: its capacity less the reserves of the system and the kubelet and the eviction threshold.
//!
//! The formulas apply to the capacity that the kubelet finds (`kubectl get node -o jsonpath={.status.capacity}`),
//! which is two to four per cent less memory than the machine is sold with.

use crate::model::instance_types::{Cloud, InstanceType};
use crate::quantity::{Cpu, Memory};
use crate::topology::{NodeGroup, Reserve};

/// The resources that pods may request on a node, and how many pods it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocatable {
    /// Processor time.
    pub cpu: Cpu,
    /// Memory.
    pub memory: Memory,
    /// Pods, those of the system included.
    pub max_pods: u64,
}

/// The kubelet evicts pods before less than this is left (`memory.available<100Mi`).
/// Source: <https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#hard-eviction-thresholds>.
const EVICTION: Memory = Memory::from_mib(100);

/// What a node keeps of its processors and memory, the eviction threshold included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Processor time.
    pub cpu: Cpu,
    /// Memory.
    pub memory: Memory,
}

/// Returns the allocatable resources of one node of the group.
pub(crate) fn of_node(group: &NodeGroup) -> Allocatable {
    let max_pods = max_pods(group);
    let kept = kept_by_node(group);
    Allocatable { cpu: group.cpu - kept.cpu, memory: group.memory - kept.memory, max_pods }
}

/// Returns what one node of the group keeps for itself, which can be more than it has.
pub(crate) fn kept_by_node(group: &NodeGroup) -> Kept {
    let kept = kept(group.cpu, group.memory, max_pods(group), group.reserve);
    let is_shared = group.reserve == Reserve::Gke && group.instance.is_some_and(InstanceType::has_shared_cores);
    if is_shared { Kept { cpu: GKE_OF_SHARED_CORES, ..kept } } else { kept }
}

/// How many pods one node of the group takes.
fn max_pods(group: &NodeGroup) -> u64 {
    let of_type = group.instance.filter(|_| group.reserve == Reserve::Eks).and_then(InstanceType::pods);
    group.pods.or(of_type).unwrap_or_else(|| default_max_pods(group.reserve, group.cpu, group.memory))
}

/// The type that says how many pods a node takes, where neither the document nor a type that it names does.
pub(super) fn assumed_type(group: &NodeGroup) -> Option<&'static InstanceType> {
    let is_said = group.pods.is_some() || group.instance.and_then(InstanceType::pods).is_some();
    (group.reserve == Reserve::Eks && !is_said).then(|| eks_type(group.cpu, group.memory)).flatten()
}

/// Returns the allocatable resources of a node of this capacity. Without `max_pods`, the node runs the default number of its kind.
pub fn allocatable(cpu: Cpu, memory: Memory, max_pods: Option<u64>, reserve: Reserve) -> Allocatable {
    let max_pods = max_pods.unwrap_or_else(|| default_max_pods(reserve, cpu, memory));
    let kept = kept(cpu, memory, max_pods, reserve);
    Allocatable { cpu: cpu - kept.cpu, memory: memory - kept.memory, max_pods }
}

fn kept(cpu: Cpu, memory: Memory, max_pods: u64, reserve: Reserve) -> Kept {
    let (cpu, memory) = match reserve {
        Reserve::Gke => (percentages_of(cpu), gke_memory(memory) + EVICTION),
        Reserve::Eks => (percentages_of(cpu), eks_memory(max_pods) + EVICTION),
        Reserve::Aks => (aks_cpu(cpu), aks_memory(memory, max_pods) + EVICTION),
        Reserve::Kubelet => (Cpu::ZERO, EVICTION),
        Reserve::Doks => (Cpu::ZERO, doks_memory(memory)),
    };
    Kept { cpu, memory }
}

/// How many pods a node takes by default.
///
/// On EKS this is a property of the instance type: each pod has an address of the machine's network interfaces.
/// Sources: <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>,
/// <https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr>, `CalcMaxPods` of
/// <https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/eni_max_pods.go>,
/// <https://learn.microsoft.com/en-us/azure/aks/quotas-skus-regions>,
/// <https://docs.digitalocean.com/products/kubernetes/details/limits/>.
fn default_max_pods(reserve: Reserve, cpu: Cpu, memory: Memory) -> u64 {
    match reserve {
        Reserve::Eks => eks_type(cpu, memory).and_then(InstanceType::pods).unwrap_or(110),
        Reserve::Gke | Reserve::Kubelet | Reserve::Doks => 110,
        Reserve::Aks => 30,
    }
}

fn eks_type(cpu: Cpu, memory: Memory) -> Option<&'static InstanceType> {
    InstanceType::nearest(Cloud::Aws, cpu, memory)
}

/// Returns the reserve of an amount. Each step is its end, and the reserve below that end in ten-thousandths.
fn stepwise(amount: u64, steps: &[(u64, u64)]) -> u64 {
    let mut start = 0;
    let mut kept: u128 = 0;
    for (end, share) in steps {
        kept += u128::from(amount.min(*end).saturating_sub(start)) * u128::from(*share);
        start = *end;
    }
    u64::try_from(kept / 10_000).unwrap_or(u64::MAX)
}

/// 6% of the first core, 1% of the second, 0.5% of the next two, 0.25% of the rest.
/// Sources: <https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes>, `getCPUMillicoresToReserve` of
/// <https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go>.
fn percentages_of(cpu: Cpu) -> Cpu {
    Cpu::from_millis(stepwise(cpu.millis(), &[(1000, 600), (2000, 100), (4000, 50), (u64::MAX, 25)]))
}

/// 255 MiB below 1 GiB; else 25% of the first 4 GiB, 20% of the next 4, 10% of the next 8, 6% of the next 112, 2% of the
/// rest. Source: <https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes>.
fn gke_memory(memory: Memory) -> Memory {
    if memory < Memory::from_gib(1) {
        return Memory::from_mib(255);
    }
    let gib = |count| Memory::from_gib(count).bytes();
    let steps = [(gib(4), 2500), (gib(8), 2000), (gib(16), 1000), (gib(128), 600), (u64::MAX, 200)];
    Memory::from_bytes(stepwise(memory.bytes(), &steps))
}

/// What a node keeps of a processor that it shares with other machines (e2-micro, e2-small, e2-medium).
/// Source: <https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes>.
const GKE_OF_SHARED_CORES: Cpu = Cpu::from_millis(1060);

/// What is left of the sizes that DigitalOcean lists: each is a node's MiB, and what it keeps of them, the eviction threshold
/// included. A size between two keeps as much as the larger one.
/// Source: <https://docs.digitalocean.com/products/kubernetes/details/limits/#allocatable-memory> (10 November 2025).
fn doks_memory(memory: Memory) -> Memory {
    const KEPT: [(u64, u64); 11] = [
        (2048, 1024),
        (3072, 1372),
        (4096, 1536),
        (8192, 2048),
        (16_384, 3072),
        (32_768, 4096),
        (49_152, 5120),
        (65_536, 6144),
        (98_304, 7680),
        (131_072, 8704),
        (163_840, 9216),
    ];
    let listed = KEPT.iter().find(|(size, _)| memory <= Memory::from_mib(*size));
    Memory::from_mib(listed.map_or(10_240, |(_, kept)| *kept))
}

/// 255 MiB, and 11 MiB a pod. Source: `getMemoryMebibytesToReserve` of
/// <https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go>.
fn eks_memory(max_pods: u64) -> Memory {
    Memory::from_mib(255) + Memory::from_mib(11).saturating_mul(max_pods)
}

/// 60 millicores for one core, 100 for two, 140 for four, 180 for eight, and 10 for each that follows.
/// Source: <https://learn.microsoft.com/en-us/azure/aks/node-resource-reservations>.
fn aks_cpu(cpu: Cpu) -> Cpu {
    Cpu::from_millis(stepwise(cpu.millis(), &[(1000, 600), (2000, 400), (4000, 200), (u64::MAX, 100)]))
}

/// 50 MB and 20 MB a pod, or a quarter of the memory if that is less. The kubelet is told in MiB.
/// Source: <https://learn.microsoft.com/en-us/azure/aks/node-resource-reservations>.
fn aks_memory(memory: Memory, max_pods: u64) -> Memory {
    let by_pods = Memory::from_mib(50) + Memory::from_mib(20).saturating_mul(max_pods);
    by_pods.min(Memory::from_bytes(memory.bytes() / 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Reserve::{Aks, Doks, Eks, Gke, Kubelet};

    /// Nodes as published in <https://github.com/2i2c-org/infrastructure/issues/3132>.
    #[test]
    fn published_nodes_leave_what_they_are_said_to_leave() {
        let r5_xlarge = allocatable(Cpu::from_cores(4), Memory::from_kib(32_399_860), Some(58), Eks);
        assert_eq!((r5_xlarge.cpu, r5_xlarge.memory), (Cpu::from_millis(3920), Memory::from_kib(31_383_028)));

        let n2_highmem_4 = allocatable(Cpu::from_cores(4), Memory::from_kib(32_880_844), None, Gke);
        let published = Memory::from_kib(29_085_900);
        assert_eq!((n2_highmem_4.cpu, n2_highmem_4.max_pods), (Cpu::from_millis(3920), 110));
        assert!(n2_highmem_4.memory >= published && n2_highmem_4.memory - published < Memory::from_kib(30));
    }

    #[test]
    fn each_provider_keeps_what_its_documentation_says() {
        for (reserve, cores, gib, max_pods, millis, mib) in [
            (Gke, 2, 8, None, 1930, 8 * 1024 - 1844 - 100),
            (Eks, 2, 8, Some(29), 1930, 8 * 1024 - 255 - 319 - 100),
            (Eks, 2, 2, None, 1930, 1572),
            (Eks, 2, 4, None, 1930, 3554),
            (Eks, 2, 8, None, 1930, 7518),
            (Eks, 32, 128, None, 32_000 - 150, 128 * 1024 - 255 - 2574 - 100),
            (Doks, 2, 2, None, 2000, 1024),
            (Doks, 2, 4, None, 2000, 2560),
            (Doks, 8, 16, None, 8000, 13 * 1024),
            (Doks, 32, 192, None, 32_000, 182 * 1024),
            (Aks, 2, 8, Some(30), 1900, 8 * 1024 - 650 - 100),
            (Aks, 1, 4, Some(70), 940, 4 * 1024 - 1024 - 100),
            (Kubelet, 2, 4, None, 2000, 4 * 1024 - 100),
        ] {
            let left = allocatable(Cpu::from_cores(cores), Memory::from_gib(gib), max_pods, reserve);
            assert_eq!(left.cpu, Cpu::from_millis(millis), "{reserve:?}");
            assert_eq!(left.memory.bytes() >> 20, mib, "{reserve:?}");
        }
        for (cores, millis) in [(1, 60), (2, 100), (4, 140), (8, 180), (16, 260), (32, 420), (64, 740)] {
            assert_eq!(aks_cpu(Cpu::from_cores(cores)), Cpu::from_millis(millis), "{cores} cores");
        }
    }

    #[test]
    fn machines_that_are_too_small_or_too_large_leave_something_sensible() {
        for reserve in [Gke, Eks, Aks, Doks, Kubelet] {
            let nothing = allocatable(Cpu::ZERO, Memory::ZERO, Some(u64::MAX), reserve);
            assert_eq!((nothing.cpu, nothing.memory), (Cpu::ZERO, Memory::ZERO));
            let most = allocatable(Cpu::from_millis(u64::MAX), Memory::from_bytes(u64::MAX), None, reserve);
            assert!(most.memory > Memory::from_gib(1 << 32) && most.cpu > Cpu::from_cores(1 << 50), "{most:?}");
        }
    }
}
