//! The requests of a pod, from those of its containers.
//!
//! Source: `AggregateContainerRequests` and `PodRequests` of
//! `staging/src/k8s.io/component-helpers/resource/helpers.go`, `CalculatePodResource` of
//! `pkg/scheduler/framework/types.go` and `SetDefaults_Pod` of `pkg/apis/core/v1/defaults.go` (v1.36.2).

use super::cluster::Resources;
use crate::quantity::{Cpu, Memory};
use std::collections::BTreeMap;

/// The request that scoring assumes for a container without one.
/// Source: `DefaultMilliCPURequest` and `DefaultMemoryRequest` of `pkg/scheduler/util/pod_resources.go`.
const DEFAULT_CPU: Cpu = Cpu::from_millis(100);
const DEFAULT_MEMORY: Memory = Memory::from_mib(200);

/// A container of a pod, as far as its requests are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// When it runs.
    pub kind: ContainerKind,
    /// Its requests.
    pub requests: Requests,
}

/// When a container runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContainerKind {
    /// Before the regular containers, to its end.
    Init,
    /// From its turn among the init containers until the pod ends (`restartPolicy: Always`).
    Sidecar,
    /// All the time.
    Regular,
}

/// Requests as written: what is absent is not zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requests {
    /// Processor time.
    pub cpu: Option<Cpu>,
    /// Memory.
    pub memory: Option<Memory>,
    /// Space on the node's own disk.
    pub ephemeral_storage: Option<Memory>,
    /// Everything else.
    pub other: BTreeMap<String, u64>,
}

/// The requests of a whole pod.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PodRequests {
    /// The resources that it requests.
    pub requests: Resources,
    /// The requests that scoring assumes.
    pub scored_requests: Resources,
}

/// Returns the requests of a pod: its containers (init containers in the order in which they run) and its overhead. `pod`
/// holds pod-level requests, which replace the sum of the containers.
pub fn pod_requests(containers: &[Container], pod: &Requests, overhead: &Requests) -> PodRequests {
    let nobody_says = |says: fn(&Requests) -> bool| !says(pod) && !containers.iter().any(|c| says(&c.requests));
    let pod_decides = *pod != Requests::default();
    let defaults = Requests {
        cpu: (!pod_decides || nobody_says(|requests| requests.cpu.is_some())).then_some(DEFAULT_CPU),
        memory: (!pod_decides || nobody_says(|requests| requests.memory.is_some())).then_some(DEFAULT_MEMORY),
        ..Requests::default()
    };
    let total = |defaults: &Requests| {
        let mut total = aggregate(containers, defaults);
        total.cpu = pod.cpu.unwrap_or(total.cpu);
        total.memory = pod.memory.unwrap_or(total.memory);
        total.other.extend(pod.other.iter().map(|(name, amount)| (name.clone(), *amount)));
        total.plus(&overhead.or(&Requests::default()))
    };
    PodRequests { requests: total(&Requests::default()), scored_requests: total(&defaults) }
}

/// Regular containers and sidecars run together; before them, each init container runs with the sidecars that have
/// started by then.
fn aggregate(containers: &[Container], defaults: &Requests) -> Resources {
    let mut together = Resources::default();
    let mut sidecars = Resources::default();
    let mut starting = Resources::default();
    for container in containers {
        let requests = container.requests.or(defaults);
        match container.kind {
            ContainerKind::Regular => together.add(&requests),
            ContainerKind::Sidecar => {
                together.add(&requests);
                sidecars.add(&requests);
                starting = starting.max(sidecars.clone());
            }
            ContainerKind::Init => starting = starting.max(requests.plus(&sidecars)),
        }
    }
    together.max(starting)
}

impl Requests {
    /// These, and the defaults for what is absent.
    fn or(&self, defaults: &Self) -> Resources {
        Resources {
            cpu: self.cpu.or(defaults.cpu).unwrap_or_default(),
            memory: self.memory.or(defaults.memory).unwrap_or_default(),
            ephemeral_storage: self.ephemeral_storage.or(defaults.ephemeral_storage).unwrap_or_default(),
            other: self.other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ContainerKind::{Init, Regular, Sidecar};
    use super::*;

    fn container(kind: ContainerKind, cpu: Option<u64>, mib: Option<u64>) -> Container {
        let requests =
            Requests { cpu: cpu.map(Cpu::from_millis), memory: mib.map(Memory::from_mib), ..Requests::default() };
        Container { kind, requests }
    }

    #[test]
    fn init_containers_count_only_where_they_take_more_than_what_follows() {
        for (containers, millis, mib) in [
            (vec![], 0, 0),
            (vec![(Regular, 100, 10), (Regular, 200, 20)], 300, 30),
            (vec![(Init, 500, 10), (Regular, 100, 100)], 500, 100),
            (vec![(Init, 500, 10), (Init, 400, 200), (Regular, 100, 100)], 500, 200),
            // A sidecar runs on beside the regular containers, and beside init containers that come after it.
            (vec![(Sidecar, 50, 5), (Init, 500, 10), (Regular, 100, 100)], 550, 105),
            (vec![(Init, 500, 10), (Sidecar, 50, 5), (Regular, 100, 100)], 500, 105),
        ] {
            let containers: Vec<_> =
                containers.into_iter().map(|(kind, cpu, mib)| container(kind, Some(cpu), Some(mib))).collect();
            let total = pod_requests(&containers, &Requests::default(), &Requests::default()).requests;
            assert_eq!((total.cpu, total.memory), (Cpu::from_millis(millis), Memory::from_mib(mib)), "{containers:?}");
        }
    }

    #[test]
    fn where_nodes_are_compared_a_missing_request_is_taken_for_a_small_one() {
        let containers = [container(Regular, None, Some(0)), container(Regular, Some(50), None)];
        let none = Requests::default();
        let total = pod_requests(&containers, &none, &none);
        assert_eq!((total.requests.cpu, total.requests.memory), (Cpu::from_millis(50), Memory::ZERO));
        let scored = total.scored_requests;
        assert_eq!((scored.cpu, scored.memory), (Cpu::from_millis(150), Memory::from_mib(200)));
    }

    #[test]
    fn what_is_set_for_the_pod_takes_the_place_of_its_containers() {
        let pod = Requests { cpu: Some(Cpu::from_millis(700)), ..Requests::default() };
        let overhead = Requests { memory: Some(Memory::from_mib(7)), ..Requests::default() };
        let total = pod_requests(&[container(Regular, Some(50), None)], &pod, &overhead);
        assert_eq!((total.requests.cpu, total.requests.memory), (Cpu::from_millis(700), Memory::from_mib(7)));
        let scored = total.scored_requests;
        assert_eq!((scored.cpu, scored.memory), (Cpu::from_millis(700), Memory::from_mib(207)));
    }
}
