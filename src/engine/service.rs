//! What a picture tells of a service.

use crate::quantity::Memory;
use crate::topology::{Managed, Name, Needed, Provenance, Service, Topology};
use serde::{Deserialize, Serialize};

/// What a picture tells of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceSummary {
    /// Its name.
    pub name: Name,
    /// The document's key that says what it is, such as `python` or `postgres`.
    pub kind_key: String,
    /// What it is, as people write it: `FastAPI`, `Celery`, `PostgreSQL 18`.
    pub title: String,
    /// What it is there for.
    pub role: Role,
    /// Whether somebody else runs it, so that nothing is started for it.
    pub is_external: bool,
    /// Where somebody else runs it, if that is known.
    pub external_host: Option<String>,
    /// The services that it connects to, as indices into the report's.
    pub needs: Vec<usize>,
    /// The host under which everyone can reach it.
    pub public: Option<String>,
    /// Whether everyone reaches it by HTTPS.
    pub is_https: bool,
    /// How many containers when nothing happens.
    pub replicas: u32,
    /// How many at the busiest time.
    pub peak_replicas: u32,
    /// Processes in one container, where they are the person's code.
    pub processes: Option<u32>,
    /// The memory limit of one container.
    pub limit: Memory,
    /// The size of its disk.
    pub storage: Option<Memory>,
    /// When it runs, if it does not all the time: five fields of cron.
    pub schedule: Option<String>,
}

/// What a service is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// It answers requests.
    Serves,
    /// It works in the background, or now and then.
    Works,
    /// It keeps what others rely on.
    Keeps,
}

impl ServiceSummary {
    /// All services: those of this deployment in the document's order, then those that somebody else runs.
    pub(super) fn all(topology: &Topology) -> Vec<Self> {
        let order: Vec<Needed> = topology.all_services().collect();
        let index_of = |needed: &Needed| order.iter().position(|other| other == needed);
        let summary = |one: &Needed| match one {
            Needed::Service(id) => {
                let service = topology.service(*id);
                Self::of(service, service.needs.iter().filter_map(index_of).collect())
            }
            Needed::Managed(id) => Self::of_managed(topology.managed_service(*id)),
        };
        order.iter().map(summary).collect()
    }

    fn of(service: &Service, needs: Vec<usize>) -> Self {
        let is_code = service.kind.provenance == Provenance::Built;
        Self {
            name: service.name.clone(),
            kind_key: service.kind.key.to_owned(),
            title: service.kind.title.text(service.schedule.is_some()),
            role: role(service),
            is_external: false,
            external_host: None,
            needs,
            public: service.public.as_ref().map(|public| public.host.clone()),
            is_https: service.public.as_ref().is_some_and(|public| public.tls),
            replicas: service.replicas.steady(),
            peak_replicas: service.replicas.peak(),
            processes: is_code.then_some(service.workers),
            limit: service.memory.limit,
            storage: service.storage.as_ref().map(|storage| storage.size),
            schedule: service.schedule.as_ref().map(ToString::to_string),
        }
    }

    fn of_managed(managed: &Managed) -> Self {
        Self {
            name: managed.name.clone(),
            kind_key: managed.kind.key.to_owned(),
            title: managed.kind.title.text(false),
            role: Role::Keeps,
            is_external: true,
            external_host: managed.host.clone(),
            needs: Vec::new(),
            public: None,
            is_https: false,
            replicas: 0,
            peak_replicas: 0,
            processes: None,
            limit: Memory::ZERO,
            storage: None,
            schedule: None,
        }
    }
}

fn role(service: &Service) -> Role {
    if service.kind.role.is_background() {
        Role::Works
    } else if service.kind.role.keeps_data() {
        Role::Keeps
    } else if service.port.is_none() || service.schedule.is_some() {
        Role::Works
    } else if service.is_stateful() {
        Role::Keeps
    } else {
        Role::Serves
    }
}
