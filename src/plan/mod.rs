//! The plan of a topology: the memory and connections that it needs, and how its machines carry it.
//!
//! [`plan`] is total and deterministic. What it returns serialises as `plimsoll plan --json` prints it: memory in bytes
//! (`…_bytes`), processors in thousandths of a core (`…_millis`); an absent value is `null`, never left out.

pub mod allocatable;
mod at_limit;
pub mod capacity;
mod cluster;
mod connections;
mod container;
pub mod controllers;
pub(crate) mod durations;
mod eviction;
pub(crate) mod figures;
mod logarithm;
pub(crate) mod phrases;
pub mod scheduler;
mod server;
mod sharing;
pub mod simulate;
mod statement;
mod steps;
mod text;
mod throughput;
mod verdict;

pub use at_limit::{AtLimit, Growth};
pub use cluster::{
    AddedNodes, Assumption, ClusterPlan, ClusterVerdict, Help, Limit, NodeLoad, NodeLoss, NodePlan, Pace, Placement,
    PluginScores, PodPlan, RolloutPlan, ScaleUp, Scores, UnplacedPods, ZoneLoss,
};
pub(crate) use cluster::{scale_up_requests, unschedulable};
pub use connections::{ClientPlan, DatabasePlan};
pub use container::{ContainerPlan, Term, Utilisation};
pub use eviction::{NodeScore, OnNodes, Pressure};
pub use figures::part_of;
pub use server::{ServerPlan, ServerVerdict, Victim};
pub use sharing::Sharing;
pub use statement::Statement;
pub use steps::StepsPlan;
pub use text::to_text;
pub use throughput::Overload;
pub use verdict::{Outcome, Reason, Verdict};

use crate::progress::Progress;
use crate::quantity::{Cpu, Memory};
use crate::topology::{Name, Service, Topology};
use serde::{Deserialize, Serialize};

/// The plan of a topology.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// The needs of each service, in the document's order.
    pub services: Vec<ServicePlan>,
    /// The connections of each database that services with a `database_pool` connect to.
    pub databases: Vec<DatabasePlan>,
    /// The server, if Compose is a target.
    pub server: Option<ServerPlan>,
    /// The cluster, if Kubernetes is a target.
    pub cluster: Option<ClusterPlan>,
}

/// The needs of one service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServicePlan {
    /// Its name.
    pub service: Name,
    /// One of its containers.
    pub container: ContainerPlan,
    /// The steps before it, if any has a container of its own.
    pub steps: Option<Statement<StepsPlan>>,
    /// The containers that always run; those that Compose starts.
    pub steady: Total,
    /// The containers at the busiest time: more than `steady` for an autoscaled service only.
    pub peak: Total,
}

/// The needs of all containers of a service together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Total {
    /// How many containers.
    pub replicas: u32,
    /// Their need at the busiest time.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// Their limits, which are also their requests on a cluster.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
    /// Their CPU requests.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
}

/// The containers of one service on a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// The service's name, or that of the proxy.
    pub name: Name,
    /// Whether it is the proxy that Compose puts before the public services, and no service of the document.
    pub is_proxy: bool,
    /// How many containers.
    pub containers: u32,
    /// Their need at the busiest time.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// Their limits; on a node, also their requests.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
}

/// Plans a topology.
///
/// Work is bounded: [`ClusterPlan::limits`] says what is left out because it would take too long.
pub fn plan(topology: &Topology) -> Plan {
    plan_with(topology, usize::MAX, &mut |_| {})
}

/// Like [`plan`], but lists only the first `listed` pods of a [`Placement`], and reports from time to time how many of the
/// cluster's pods have been placed.
pub fn plan_with(topology: &Topology, listed: usize, progress: &mut Progress) -> Plan {
    Plan {
        services: topology.running().map(|(_, service)| ServicePlan::of(service, topology)).collect(),
        databases: connections::plan(topology),
        server: topology.server.as_ref().map(|server| server::plan(server, topology)),
        cluster: topology.cluster.as_ref().map(|cluster| cluster::plan(cluster, topology, listed, progress)),
    }
}

impl ServicePlan {
    fn of(service: &Service, topology: &Topology) -> Self {
        Self {
            service: service.name.clone(),
            container: ContainerPlan::of(service, topology),
            steps: StepsPlan::of(service, topology).map(Statement::from),
            steady: Total::of(service, service.replicas.steady()),
            peak: Total::of(service, service.replicas.peak()),
        }
    }
}

impl ServicePlan {
    /// Returns the consequences of its containers' memory, in sentences: sharing, deaths at the limit, growth, steps, and how a
    /// node that runs out of memory treats it.
    pub fn consequences(&self) -> impl Iterator<Item = &str> {
        let container = &self.container;
        let sharing = container.sharing.as_ref().map(Statement::sentence);
        let at_limit = container.at_limit.as_ref().map(Statement::sentence);
        let growth = container.growth.as_ref().map(Statement::sentence);
        let steps = self.steps.as_ref().map(Statement::sentence);
        let on_nodes = container.on_nodes.as_ref().map(Statement::sentence);
        [sharing, at_limit, growth, steps, on_nodes].into_iter().flatten()
    }
}

impl Total {
    fn of(service: &Service, replicas: u32) -> Self {
        Self {
            replicas,
            need: service.memory.need().saturating_mul(replicas.into()),
            limit: service.memory.limit.saturating_mul(replicas.into()),
            cpu: service.cpu.saturating_mul(replicas.into()),
        }
    }
}

impl Load {
    /// Returns the load of `containers` containers of the service.
    fn of(service: &Service, containers: u32) -> Self {
        let total = Total::of(service, containers);
        Self { name: service.name.clone(), is_proxy: false, containers, need: total.need, limit: total.limit }
    }
}

/// `percent` of an amount, rounded down.
fn percent_of(amount: Memory, percent: u32) -> Memory {
    let share = u128::from(amount.bytes()) * u128::from(percent) / 100;
    Memory::from_bytes(u64::try_from(share).unwrap_or(u64::MAX))
}
