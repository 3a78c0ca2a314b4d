//! Whom a node that runs out of memory gives up first: the class of a pod, and what the kubelet tells the kernel of it.

use crate::quantity::{Cpu, Memory};
use serde::{Deserialize, Serialize};

/// Kubernetes' class of a pod, which follows from what its containers request and are limited to.
///
/// Source: <https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum QosClass {
    /// Every container has limits for processors and memory, and requests just that.
    Guaranteed,
    /// Something is requested or limited.
    Burstable,
    /// Nothing is.
    BestEffort,
}

/// What a container requests, or is limited to; nothing where it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Resources {
    /// Processor time.
    pub cpu: Option<Cpu>,
    /// Memory.
    pub memory: Option<Memory>,
}

/// What the kubelet adds to the score of a container's processes (`oom_score_adj`): of the process with the highest score,
/// a thousandth of the machine's memory each, the kernel makes an end.
const GUARANTEED: i32 = -997;
const BEST_EFFORT: i32 = 1000;

impl QosClass {
    /// The class of a pod of one container.
    pub fn of(requests: Resources, limits: Resources) -> Self {
        let amounts =
            [requests.cpu.is_some(), requests.memory.is_some(), limits.cpu.is_some(), limits.memory.is_some()];
        if !amounts.contains(&true) {
            return Self::BestEffort;
        }
        // What is limited and not requested is requested like that.
        let cpu = limits.cpu.is_some() && requests.cpu.is_none_or(|cpu| Some(cpu) == limits.cpu);
        let memory = limits.memory.is_some() && requests.memory.is_none_or(|memory| Some(memory) == limits.memory);
        if cpu && memory { Self::Guaranteed } else { Self::Burstable }
    }

    /// As Kubernetes writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guaranteed => "Guaranteed",
            Self::Burstable => "Burstable",
            Self::BestEffort => "BestEffort",
        }
    }

    /// `oom_score_adj` of a container that requests so much of a node's memory: the more it requests, the lower.
    ///
    /// Source: `GetContainerOOMScoreAdjust` of
    /// <https://github.com/kubernetes/kubernetes/blob/v1.36.2/pkg/kubelet/qos/policy.go>. None of our pods has a sidecar.
    pub fn oom_score_adj(self, request: Memory, capacity: Memory) -> i32 {
        match self {
            Self::Guaranteed => GUARANTEED,
            Self::BestEffort => BEST_EFFORT,
            Self::Burstable => {
                let share = u128::from(request.bytes()) * 1000 / u128::from(capacity.bytes().max(1));
                let adjusted = 1000 - i32::try_from(share.min(1000)).unwrap_or(1000);
                adjusted.clamp(1000 + GUARANTEED, BEST_EFFORT - 1)
            }
        }
    }
}

impl super::Service {
    /// The class of its pods: memory is requested as it is limited, processors are requested and not limited.
    pub fn qos_class(&self) -> QosClass {
        let limits = Resources { cpu: None, memory: Some(self.memory.limit) };
        QosClass::of(Resources { cpu: Some(self.cpu), ..limits }, limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn resources(cpu: Option<u64>, memory: Option<u64>) -> Resources {
        Resources { cpu: cpu.map(Cpu::from_millis), memory: memory.map(Memory::from_mib) }
    }

    #[test]
    fn the_class_follows_from_requests_and_limits() {
        let none = Resources::default();
        for (requests, limits, class) in [
            (none, none, QosClass::BestEffort),
            (resources(Some(100), Some(64)), resources(Some(100), Some(64)), QosClass::Guaranteed),
            (none, resources(Some(100), Some(64)), QosClass::Guaranteed),
            (resources(Some(100), Some(64)), resources(None, Some(64)), QosClass::Burstable),
            (resources(Some(100), Some(32)), resources(Some(100), Some(64)), QosClass::Burstable),
            (none, resources(None, Some(64)), QosClass::Burstable),
        ] {
            assert_eq!(QosClass::of(requests, limits), class, "{requests:?} {limits:?}");
        }
    }

    #[test]
    fn what_requests_more_of_a_node_is_ended_later() {
        let gib = Memory::from_gib(4);
        for (mib, adjusted) in [(0, 999), (4, 999), (5, 999), (64, 985), (224, 946), (1024, 750), (4090, 3), (9000, 3)]
        {
            assert_eq!(QosClass::Burstable.oom_score_adj(Memory::from_mib(mib), gib), adjusted, "{mib}");
        }
        assert_eq!(QosClass::Guaranteed.oom_score_adj(gib, gib), -997);
        assert_eq!(QosClass::BestEffort.oom_score_adj(Memory::ZERO, gib), 1000);
        assert_eq!(QosClass::Burstable.oom_score_adj(Memory::from_bytes(u64::MAX), Memory::ZERO), 3);
    }

    /// The manifests are what counts: their containers have the class that is told of them, and no sidecar.
    #[test]
    fn the_class_is_that_of_the_generated_pods() {
        let text = "services:
  api: { python: {}, before_start: [{ run: one }, { run: two, when: every-start }], needs: [db] }
  mailer: { celery: {} }
  db: { postgres: {} }
cluster: {}
";
        let outputs = crate::analyze(text).outputs.unwrap();
        let mut seen = 0;
        for document in outputs.artifacts().iter().flat_map(|artifact| artifact.text.split("\n---\n")) {
            let Ok(object) = serde_yaml::from_str::<Value>(document) else { continue };
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            let Some(service) = outputs.topology.services.iter().find(|service| service.name.as_str() == name) else {
                continue;
            };
            let pod = &object["spec"]["template"]["spec"];
            let Some(containers) = pod["containers"].as_array() else { continue };
            for container in pod["initContainers"].as_array().into_iter().flatten().chain(containers) {
                let amounts = |kind: &str| {
                    let amounts = &container["resources"][kind];
                    let memory = amounts["memory"].as_str().map(|text| Memory::from_kubernetes(text).unwrap());
                    Resources { cpu: amounts["cpu"].as_str().map(|text| text.parse().unwrap()), memory }
                };
                assert_eq!(QosClass::of(amounts("requests"), amounts("limits")), service.qos_class(), "{name}");
                assert!(container["restartPolicy"].is_null(), "{name} has a sidecar");
                seen += 1;
            }
        }
        assert_eq!(seen, 5);
    }
}
