//! The memory of the steps before a service.

use crate::quantity::Memory;
use crate::topology::{How, Service, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The steps before a service: each has the limit of the service's container, and runs by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepsPlan {
    /// How many a Job of the cluster runs, or one-shot services of Compose.
    pub job_steps: u32,
    /// How many run in the pod before its container, at every start.
    pub init_container_steps: u32,
    /// The limit and request of one step.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
    /// Whether they run on a cluster.
    pub is_on_cluster: bool,
    /// Whether they run on a server.
    pub is_on_server: bool,
}

impl StepsPlan {
    /// Returns `None` if no step has a container of its own.
    pub(super) fn of(service: &Service, topology: &Topology) -> Option<Self> {
        let count = |how: How| {
            let steps = service.before_start.iter().filter(|step| step.how == how).count();
            u32::try_from(steps).unwrap_or(u32::MAX)
        };
        let (jobs, inits) = (count(How::Job), count(How::InitContainer));
        let is_on_cluster = topology.cluster.is_some();
        // Only the pod itself can mount its disk, so there the steps come to its init containers.
        let (jobs, inits) = if is_on_cluster && service.is_stateful() { (0, jobs + inits) } else { (jobs, inits) };
        let is_on_server = topology.server.is_some();
        let takes_room = (jobs > 0 && (is_on_cluster || is_on_server)) || (inits > 0 && is_on_cluster);
        takes_room.then_some(Self {
            job_steps: jobs,
            init_container_steps: inits,
            limit: service.memory.limit,
            is_on_cluster,
            is_on_server,
        })
    }
}

impl fmt::Display for StepsPlan {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let mut sentences = Vec::new();
        if self.job_steps > 0 && self.is_on_cluster {
            sentences.push(format!(
                "The Job of its steps requests {} beside the old pods and the new ones that wait for it: room for one \
                 pod more.",
                self.limit
            ));
        }
        if self.job_steps > 0 && self.is_on_server {
            let its = if self.is_on_cluster { "On the server its" } else { "Its" };
            sentences.push(format!(
                "{its} first steps run while it is stopped, in containers with its limit: they need no extra memory."
            ));
        }
        if self.init_container_steps > 0 && self.is_on_cluster {
            sentences.push(format!(
                "Init containers request {} each, as its container does, and run one after the other before it: the pod \
                 requests the largest, not the sum.",
                self.limit
            ));
        }
        formatter.write_str(&sentences.join(" "))
    }
}
