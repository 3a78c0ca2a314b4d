//! Database connections: what every process may open, against what the database accepts.

use crate::topology::{CatalogKind, Name, Service, ServiceId, Topology};
use serde::{Deserialize, Serialize};

/// What one database has to bear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabasePlan {
    /// The database's service.
    pub database: Name,
    /// How many clients it accepts at once, where it has a limit.
    pub max_connections: Option<u32>,
    /// The most that its clients may open with the replicas that always run.
    pub steady_connections: u64,
    /// The most that they may open with the replicas of the busiest time.
    pub peak_connections: u64,
    /// The services that connect to it and say how they pool, in the document's order.
    pub clients: Vec<ClientPlan>,
}

/// What one service may open: (size + overflow) × processes × replicas.
///
/// A pool belongs to a process: <https://docs.sqlalchemy.org/en/20/core/pooling.html#using-connection-pools-with-multiprocessing-or-os-fork>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The most that the first may open.
    pub steady_connections: u64,
    /// The most that the second may open.
    pub peak_connections: u64,
}

/// Every database that a service with a pool connects to, in the document's order.
pub(super) fn plan(topology: &Topology) -> Vec<DatabasePlan> {
    let databases = topology.services.iter().enumerate().filter(|(_, service)| is_database(service));
    databases.filter_map(|(index, database)| database_plan(ServiceId(index), database, topology)).collect()
}

fn database_plan(id: ServiceId, database: &Service, topology: &Topology) -> Option<DatabasePlan> {
    let clients: Vec<ClientPlan> =
        topology.services.iter().filter(|service| service.needs.contains(&id)).filter_map(ClientPlan::of).collect();
    if clients.is_empty() {
        return None;
    }
    let sum = |connections: fn(&ClientPlan) -> u64| clients.iter().map(connections).fold(0, u64::saturating_add);
    Some(DatabasePlan {
        database: database.name.clone(),
        max_connections: database.max_connections,
        steady_connections: sum(|client| client.steady_connections),
        peak_connections: sum(|client| client.peak_connections),
        clients,
    })
}

fn is_database(service: &Service) -> bool {
    use CatalogKind::{Mariadb, Mongodb, Mysql, Postgres};
    matches!(service.catalog_kind(), Some(Postgres | Mysql | Mariadb | Mongodb))
}

impl ClientPlan {
    fn of(service: &Service) -> Option<Self> {
        let pool = service.database_pool?;
        let (steady_replicas, peak_replicas) = (service.replicas.steady(), service.replicas.peak());
        let mut client = Self {
            service: service.name.clone(),
            pool_size: pool.size,
            pool_overflow: pool.overflow,
            processes: service.workers,
            steady_replicas,
            peak_replicas,
            steady_connections: 0,
            peak_connections: 0,
        };
        client.steady_connections = client.connections(steady_replicas);
        client.peak_connections = client.connections(peak_replicas);
        Some(client)
    }

    /// The most that so many containers may open.
    fn connections(&self, replicas: u32) -> u64 {
        let each = u64::from(self.pool_size) + u64::from(self.pool_overflow);
        each.saturating_mul(self.processes.into()).saturating_mul(replicas.into())
    }

    /// The arithmetic at the busiest time: `(5 + 10) × 2 processes × 3 replicas`.
    pub fn text(&self) -> String {
        let plural = |count: u32, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        format!(
            "({} + {}) × {} × {}",
            self.pool_size,
            self.pool_overflow,
            plural(self.processes, "process", "processes"),
            plural(self.peak_replicas, "replica", "replicas"),
        )
    }
}
