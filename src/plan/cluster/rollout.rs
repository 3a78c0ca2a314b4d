//! Replacing the pods of a service by those of a new release: how many there are at once, and whether there is room.

use super::placement::{Placer, Room};
use crate::plan::controllers::rolling_update::{Margin, Share};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Name, Service, Topology};
use serde::{Deserialize, Serialize};

/// How many times nodes, or groups of nodes that look alike, are weighed at most to see whether there is room.
const MOST_WEIGHED: u64 = 5_000_000;

/// What a rollout of one service takes, while everything else runs as it always does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolloutPlan {
    /// The service.
    pub service: Name,
    /// How many pods always run.
    pub replicas: u32,
    /// How many new pods come before old ones are told to end; none where the old pod has to end first.
    pub surge_pods: u32,
    /// How many old pods may still be ending beside those, at most: so many if new pods are ready before old ones have
    /// ended. A Deployment does not count them, but they hold their memory until they have ended.
    pub terminating_pods: u32,
    /// All of them together: the most pods that hold memory at once.
    pub peak_pods: u32,
    /// What those request.
    #[serde(rename = "peak_requested_memory_bytes")]
    pub peak_requested_memory: Memory,
    /// What those request.
    #[serde(rename = "peak_requested_cpu_millis")]
    pub peak_requested_cpu: Cpu,
    /// For how many pods beyond the replicas there is room beside everything else, at most `surge_pods +
    /// terminating_pods`.
    pub room_pods: u32,
    /// Why there is room for no more, in the scheduler's words.
    pub message: Option<String>,
    /// How it goes.
    pub pace: Pace,
}

/// How a rollout goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// There is room for all of its pods at once.
    Free,
    /// New pods may have to wait until old ones have ended.
    Waits,
    /// There is room for no new pod, and no old one ends before: it never gets on.
    Stuck,
    /// There is too much to be tried.
    Untried,
}

/// A rollout of each service that runs, one at a time, in the document's order. The pods that always run are in place.
pub(super) fn plan(placer: &mut Placer, topology: &Topology) -> Vec<RolloutPlan> {
    let running = topology.services.iter().enumerate().filter(|(_, service)| service.replicas.steady() > 0);
    let mut left = MOST_WEIGHED;
    let mut room_for = |service, most| placer.room_for(service, most, &mut left);
    running.map(|(index, service)| RolloutPlan::of(service, |most| room_for(index, most))).collect()
}

impl RolloutPlan {
    fn of(service: &Service, room_for: impl FnOnce(u32) -> Room) -> Self {
        let replicas = service.replicas.steady();
        let surge = service
            .surge_percent()
            .map_or(0, |percent| Margin::of(Share::Percent(percent), Share::Pods(0), replicas).surge.min(replicas));
        // The last new pods come when all but as many old ones have been told to end.
        let terminating = if surge > 0 { replicas - surge } else { 0 };
        let more = surge + terminating;
        let room = room_for(more);
        let peak = replicas + more;
        Self {
            service: service.name.clone(),
            replicas,
            surge_pods: surge,
            terminating_pods: terminating,
            peak_pods: peak,
            peak_requested_memory: service.pod_memory().saturating_mul(peak.into()),
            peak_requested_cpu: service.pod_cpu().saturating_mul(peak.into()),
            room_pods: room.pods,
            pace: pace(&room, more),
            message: room.message,
        }
    }
}

fn pace(room: &Room, wanted: u32) -> Pace {
    match room.pods {
        pods if pods == wanted => Pace::Free,
        _ if !room.is_tried => Pace::Untried,
        0 => Pace::Stuck,
        _ => Pace::Waits,
    }
}
