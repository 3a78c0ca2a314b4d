//! Which processes die when a container reaches its limit, and when a growing container reaches it.

use super::durations::roughly;
use super::figures::about;
use crate::quantity::Memory;
use crate::topology::{ContainerMemory, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The processes that die when a container reaches its limit.
///
/// On a cluster all of its processes: the kubelet sets `memory.oom.group` on cgroup v2, from Kubernetes 1.28 on
/// (<https://github.com/kubernetes/kubernetes/pull/117793>). Docker does not, so there it is the largest process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AtLimit {
    /// How many processes die at once on the cluster, if Kubernetes is a target.
    pub cluster_processes: Option<u32>,
    /// How many die on the server, if Compose is a target.
    pub server_processes: Option<u32>,
    /// How many workers it has.
    pub workers: u32,
    /// Whether a further process watches them, and starts another where one dies.
    pub has_supervisor: bool,
}

/// How a container grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Growth {
    /// The hourly growth of all its processes.
    pub bytes_per_hour: Memory,
    /// How long after its start the container reaches its limit, in seconds, at the busiest time.
    pub full_after_seconds: u64,
    /// The hourly growth of one worker.
    #[serde(rename = "worker_bytes_per_hour")]
    pub worker_growth: Memory,
    /// How many workers it has.
    pub workers: u32,
    /// The room between its need and its limit.
    #[serde(rename = "room_bytes")]
    pub room: Memory,
}

impl AtLimit {
    /// Returns `None` for a container with one process.
    pub(super) fn of(memory: &ContainerMemory, topology: &Topology) -> Option<Self> {
        let all = memory.workers.saturating_add(u32::from(memory.has_parent()));
        if all < 2 {
            return None;
        }
        Some(Self {
            cluster_processes: topology.cluster.is_some().then_some(all),
            server_processes: topology.server.is_some().then_some(1),
            workers: memory.workers,
            has_supervisor: memory.has_parent(),
        })
    }

    /// Says which processes die on the cluster: `all 4 workers and the process that watches them die at once …`.
    fn on_cluster(&self) -> String {
        let workers = match self.workers {
            1 => "the worker".to_owned(),
            2 => "both workers".to_owned(),
            workers => format!("all {workers} workers"),
        };
        let supervisor = match (self.has_supervisor, self.workers) {
            (false, _) => "",
            (true, 1) => " and the process that watches it",
            (true, _) => " and the process that watches them",
        };
        format!("{workers}{supervisor} die at once on the cluster (memory.oom.group)")
    }

    /// Says which processes die on the server.
    fn on_server(&self) -> &'static str {
        if self.has_supervisor {
            "the largest process dies, and its parent starts another"
        } else {
            "the largest process dies"
        }
    }
}

impl fmt::Display for AtLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match (self.cluster_processes, self.server_processes) {
            (Some(_), Some(_)) => {
                write!(formatter, "At its limit {}; on the server {}.", self.on_cluster(), self.on_server())
            }
            (Some(_), None) => write!(formatter, "At its limit {}.", self.on_cluster()),
            (None, _) => write!(formatter, "At its limit {}.", self.on_server()),
        }
    }
}

impl Growth {
    /// Returns `None` if the document states no growth.
    pub(super) fn of(memory: &ContainerMemory) -> Option<Self> {
        let each_hour = memory.growth.saturating_mul(memory.workers.into());
        if each_hour == Memory::ZERO {
            return None;
        }
        let room = memory.limit - memory.need();
        let seconds = u128::from(room.bytes()) * 3600 / u128::from(each_hour.bytes());
        let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        Some(Self {
            bytes_per_hour: each_hour,
            full_after_seconds: seconds,
            worker_growth: memory.growth,
            workers: memory.workers,
            room,
        })
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let workers = if self.workers == 1 { String::new() } else { format!("{} × ", self.workers) };
        write!(
            formatter,
            "It grows by {workers}{} an hour: {} below its limit are full in {}, and it is killed.",
            self.worker_growth,
            about(self.room),
            roughly(self.full_after_seconds)
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::durations::roughly;

    fn container(text: &str) -> crate::plan::ContainerPlan {
        let plan = crate::analyze(text).outputs.unwrap().plan;
        plan.services.into_iter().next().unwrap().container
    }

    #[test]
    fn on_a_cluster_all_processes_of_a_container_die_together_on_a_server_one() {
        let text = |targets: &str| format!("services: {{ a: {{ python: {{}}, workers: 4 }} }}\n{targets}\n");
        let both = container(&text("cluster: {}\nserver: {}")).at_limit.unwrap();
        assert_eq!((both.cluster_processes, both.server_processes), (Some(5), Some(1)));
        assert_eq!(
            both.sentence(),
            "At its limit all 4 workers and the process that watches them die at once on the cluster (memory.oom.group); \
             on the server the largest process dies, and its parent starts another."
        );
        let server = container(&text("server: {}")).at_limit.unwrap();
        assert_eq!(server.sentence(), "At its limit the largest process dies, and its parent starts another.");
        assert_eq!(container("services: { a: { python: {} } }\ncluster: {}\n").at_limit, None);
    }

    #[test]
    fn growth_is_killed_when_the_room_below_the_limit_is_full() {
        let text = |growth: &str, limit: &str| {
            let memory = format!("{{ process: 100Mi, growth: {growth}, limit: {limit} }}");
            format!("services: {{ a: {{ python: {{ worker: w }}, memory: {memory} }} }}\n")
        };
        let growth = container(&text("9Mi", "171Mi")).growth.unwrap();
        assert_eq!(growth.full_after_seconds, 7 * 3600);
        assert_eq!(
            growth.sentence(),
            "It grows by 9 MiB an hour: 63 MiB below its limit are full in 7 h, and it is killed."
        );
        assert_eq!(container(&text("1Ei", "7Ei")).growth.map(|growth| growth.full_after_seconds), Some(25_199));
        assert_eq!(
            container(&text("1", "7Ei")).growth.map(|growth| roughly(growth.full_after_seconds)).as_deref(),
            Some("years")
        );
        assert_eq!(container(&text("0", "171Mi")).growth, None);
        // It is killed at once.
        assert_eq!(container(&text("1Mi", "20Mi")).growth.map(|growth| growth.full_after_seconds), Some(0));
    }
}
