//! Database connections: what every process may open, against what the database accepts.

use super::cluster::RolloutPods;
use crate::topology::{Name, Needed, Service, Topology};
use serde::{Deserialize, Serialize};

/// The connections of one database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DatabasePlan {
    /// The database's service.
    pub database: Name,
    /// How many clients it accepts at once, where it has a limit.
    pub max_connections: Option<u32>,
    /// The most that its clients may open with the replicas that always run.
    pub steady_connections: u64,
    /// The most that they may open with the replicas of the busiest time.
    pub peak_connections: u64,
    /// The most that they may open while a new release replaces pods of the cluster, of all services that run one image at
    /// once; nothing if Kubernetes is no target.
    pub rollout_connections: Option<u64>,
    /// The services that connect to it and say how they pool, in the document's order.
    pub clients: Vec<ClientPlan>,
}

/// The connections that one service may open: (size + overflow) × processes × replicas.
///
/// A pool belongs to a process: <https://docs.sqlalchemy.org/en/20/core/pooling.html#using-connection-pools-with-multiprocessing-or-os-fork>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClientPlan {
    /// The service's name.
    pub service: Name,
    /// Connections that one process keeps open.
    pub pool_size: u32,
    /// Connections that it opens beyond those under load.
    pub pool_overflow: u32,
    /// Processes in one container.
    pub processes: u32,
    /// Containers that always run.
    pub steady_replicas: u32,
    /// Containers at the busiest time.
    pub peak_replicas: u32,
    /// Pods at once while a new release replaces them: those that always run, new ones beside them, and old ones that
    /// still end; nothing if Kubernetes is no target.
    pub rollout_replicas: Option<u32>,
    /// The most connections of `steady_replicas`.
    pub steady_connections: u64,
    /// The most connections of `peak_replicas`.
    pub peak_connections: u64,
    /// The most connections of `rollout_replicas`.
    pub rollout_connections: Option<u64>,
}

/// Every database that a service with a pool connects to, in the document's order.
pub(super) fn plan(topology: &Topology) -> Vec<DatabasePlan> {
    let is_pooled =
        |needed: &Needed| topology.kind_of(*needed).connection.is_some_and(|connection| connection.is_pooled);
    let databases = topology.all_services().filter(is_pooled);
    databases.filter_map(|database| database_plan(database, topology)).collect()
}

fn database_plan(database: Needed, topology: &Topology) -> Option<DatabasePlan> {
    let connecting = topology.services.iter().filter(|service| service.needs.contains(&database));
    let (services, clients): (Vec<&Service>, Vec<ClientPlan>) =
        connecting.filter_map(|service| Some((service, ClientPlan::of(service, topology)?))).unzip();
    if clients.is_empty() {
        return None;
    }
    let sum = |connections: fn(&ClientPlan) -> u64| clients.iter().map(connections).fold(0, u64::saturating_add);
    Some(DatabasePlan {
        database: topology.name_of(database).clone(),
        max_connections: match database {
            Needed::Service(id) => topology.service(id).max_connections,
            Needed::Managed(id) => topology.managed_service(id).max_connections,
        },
        steady_connections: sum(|client| client.steady_connections),
        peak_connections: sum(|client| client.peak_connections),
        rollout_connections: topology.cluster.is_some().then(|| in_a_rollout(&services, &clients)),
        clients,
    })
}

/// The most that clients may open together in a rollout: what runs the same image is released at once, the others run on.
fn in_a_rollout(services: &[&Service], clients: &[ClientPlan]) -> u64 {
    let both = || services.iter().zip(clients);
    let released_with = |one: &Service| {
        let together = |other: &Service| match (one.build, other.build) {
            (Some(one), Some(other)) => one == other,
            _ => one.name == other.name,
        };
        let open = |(service, client): (&&Service, &ClientPlan)| {
            client.rollout_connections.filter(|_| together(service)).unwrap_or(client.steady_connections)
        };
        both().map(open).fold(0, u64::saturating_add)
    };
    services.iter().map(|service| released_with(service)).max().unwrap_or(0)
}

impl ClientPlan {
    fn of(service: &Service, topology: &Topology) -> Option<Self> {
        let pool = service.database_pool?;
        let (steady_replicas, peak_replicas) = (service.replicas.steady(), service.replicas.peak());
        let rollout_replicas = topology.cluster.as_ref().map(|_| RolloutPods::of(service).serving());
        let each = u64::from(pool.size) + u64::from(pool.overflow);
        let connections =
            |replicas: u32| each.saturating_mul(service.workers.into()).saturating_mul(u64::from(replicas));
        Some(Self {
            service: service.name.clone(),
            pool_size: pool.size,
            pool_overflow: pool.overflow,
            processes: service.workers,
            steady_replicas,
            peak_replicas,
            rollout_replicas,
            steady_connections: connections(steady_replicas),
            peak_connections: connections(peak_replicas),
            rollout_connections: rollout_replicas.map(connections),
        })
    }

    /// Returns the most connections that it ever opens.
    pub fn most_connections(&self) -> u64 {
        self.peak_connections.max(self.rollout_connections.unwrap_or(0))
    }

    /// The arithmetic at the busiest time: `(5 + 10) × 2 processes × 3 replicas`.
    pub fn text(&self) -> String {
        of_replicas(self.pool_size, self.pool_overflow, self.processes, self.peak_replicas)
    }

    /// The arithmetic in a rollout: `(5 + 10) × 2 processes × 6 pods`.
    pub fn rollout_text(&self) -> Option<String> {
        Some(of_pods(self.pool_size, self.pool_overflow, self.processes, self.rollout_replicas?))
    }
}

/// Returns the arithmetic for replicas: `(5 + 10) × 2 processes × 3 replicas`.
fn of_replicas(pool: u32, overflow: u32, processes: u32, replicas: u32) -> String {
    let replicas = if replicas == 1 { "1 replica".to_owned() } else { format!("{replicas} replicas") };
    format!("{} × {replicas}", of_processes(pool, overflow, processes))
}

/// Returns the arithmetic for pods, of which there are more than replicas in a rollout: `(5 + 10) × 2 processes × 6 pods`.
fn of_pods(pool: u32, overflow: u32, processes: u32, pods: u32) -> String {
    let pods = if pods == 1 { "1 pod".to_owned() } else { format!("{pods} pods") };
    format!("{} × {pods}", of_processes(pool, overflow, processes))
}

fn of_processes(pool: u32, overflow: u32, processes: u32) -> String {
    let processes = if processes == 1 { "1 process".to_owned() } else { format!("{processes} processes") };
    format!("({pool} + {overflow}) × {processes}")
}
