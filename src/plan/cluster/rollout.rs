//! Replacing the pods of a service by those of a new release: how many there are at once, and whether there is room.

use super::orders::scale_up_requests;
use super::placement::{Placer, Room};
use crate::plan::controllers::rolling_update::{Margin, Share};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Name, Service, Topology};
use serde::{Deserialize, Serialize};

/// How many times nodes, or groups of nodes that look alike, are weighed at most to see whether there is room.
const MAX_WEIGHINGS: u64 = 5_000_000;

/// The rollout of one service, while everything else runs as it always does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RolloutPlan {
    /// The service.
    pub service: Name,
    /// How many pods always run.
    pub replicas: u32,
    /// How many new pods start before old ones terminate; 0 if the old pod has to end first.
    pub surge_pods: u32,
    /// How many old pods may still be terminating beside those, at most, which is the case if new pods are ready before old
    /// ones have ended. A Deployment does not count them, but they hold their memory until they have ended.
    pub terminating_pods: u32,
    /// Whether a Job runs steps first, for which new pods wait, and which needs room as one of them does: 1 or 0.
    pub job_pods: u32,
    /// All of them together: the most pods that hold memory at once. The Job has ended before old pods terminate.
    pub peak_pods: u32,
    /// The requests of those pods.
    #[serde(rename = "peak_requested_memory_bytes")]
    pub peak_requested_memory: Memory,
    /// The requests of those pods.
    #[serde(rename = "peak_requested_cpu_millis")]
    pub peak_requested_cpu: Cpu,
    /// For how many pods beyond the replicas there is room beside everything else, at most `peak_pods − replicas`.
    pub room_pods: u32,
    /// The scheduler's message for the first pod that has no room.
    pub message: Option<String>,
    /// Its pace.
    pub pace: Pace,
    /// The least time it takes, in seconds, with room for all: in each batch, old pods end when new ones answer.
    pub least_seconds: u64,
}

/// The pods of a service that are there at once in a rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) struct RolloutPods {
    /// Pods that always run.
    pub replicas: u32,
    /// New pods that start before old ones terminate.
    pub surge: u32,
    /// Old ones that may still be ending beside those.
    pub terminating: u32,
    /// The Job of its steps, for which new ones wait.
    pub job: u32,
}

impl RolloutPods {
    pub fn of(service: &Service) -> Self {
        let replicas = service.replicas.steady();
        let surge = service
            .surge_percent()
            .map_or(0, |percent| Margin::of(Share::Percent(percent), Share::Pods(0), replicas).surge.min(replicas));
        // The last new pods come when all but as many old ones have been told to end.
        let terminating = if surge > 0 { replicas - surge } else { 0 };
        Self { replicas, surge, terminating, job: service.waits_for_job().into() }
    }

    /// Returns the most pods beyond the replicas.
    fn more(self) -> u32 {
        self.surge + self.terminating.max(self.job)
    }

    /// Returns how many of those need room for the rollout to progress: the Job comes before new pods, and has ended when
    /// they start.
    pub(super) fn least(self) -> u32 {
        self.surge.min(1).max(self.job)
    }

    /// Whether the cluster autoscaler adds nodes for those of the least that are more than the room that there is.
    pub(super) fn least_comes(self, room: u32, service: &Service, cluster: &Cluster) -> bool {
        scale_up_requests(service, self.least().saturating_sub(room), cluster)
    }

    /// Returns how many of the service's own pods serve, start or terminate at once.
    pub fn serving(self) -> u32 {
        self.replicas.saturating_add(self.surge).saturating_add(self.terminating)
    }

    /// The least seconds until all pods are new: each batch has to pass its startup probe. If the old pod has to end first,
    /// its shutdown counts too.
    fn least_seconds(self, service: &Service) -> u64 {
        let startup = u64::from(service.startup.whole_seconds());
        let answers = service.startup_probe().map_or(0, |probe| startup.next_multiple_of(probe.period_seconds.into()));
        match self.surge {
            0 => u64::from(service.shutdown.whole_seconds()) + answers,
            surge => u64::from(self.replicas.div_ceil(surge)) * answers,
        }
    }
}

/// The pace of a rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Pace {
    /// There is room for all of its pods at once.
    Free,
    /// New pods may have to wait until old ones have ended.
    Waits,
    /// There is room for no new pod, nor for the Job that it waits for, until the cluster autoscaler has added a node.
    Grows,
    /// There is room for no new pod, nor for the Job that it waits for, and no old one ends before: it never gets on.
    Stuck,
    /// There is too much to be tried.
    Untried,
}

/// A rollout of each service that runs, one at a time, in the document's order. The pods that always run are in place.
pub(super) fn plan(placer: &mut Placer, topology: &Topology, cluster: &Cluster) -> Vec<RolloutPlan> {
    let running = topology.services.iter().enumerate().filter(|(_, service)| service.replicas.steady() > 0);
    let mut left = MAX_WEIGHINGS;
    let mut room_for = |service, most| placer.room_for(service, most, &mut left);
    running.map(|(index, service)| RolloutPlan::of(service, cluster, |most| room_for(index, most))).collect()
}

impl RolloutPlan {
    fn of(service: &Service, cluster: &Cluster, room_for: impl FnOnce(u32) -> Room) -> Self {
        let pods = RolloutPods::of(service);
        let room = room_for(pods.more());
        let peak = pods.replicas + pods.more();
        Self {
            service: service.name.clone(),
            replicas: pods.replicas,
            surge_pods: pods.surge,
            terminating_pods: pods.terminating,
            job_pods: pods.job,
            peak_pods: peak,
            peak_requested_memory: service.pod_memory().saturating_mul(peak.into()),
            peak_requested_cpu: service.pod_cpu().saturating_mul(peak.into()),
            room_pods: room.pods,
            pace: pace(&room, pods, service, cluster),
            least_seconds: pods.least_seconds(service),
            message: room.message,
        }
    }
}

fn pace(room: &Room, wanted: RolloutPods, service: &Service, cluster: &Cluster) -> Pace {
    match room.pods {
        pods if pods == wanted.more() => Pace::Free,
        _ if !room.is_tried => Pace::Untried,
        pods if pods >= wanted.least() => Pace::Waits,
        pods if wanted.least_comes(pods, service, cluster) => Pace::Grows,
        _ => Pace::Stuck,
    }
}
