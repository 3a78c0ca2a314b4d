//! Services that somebody else runs: a managed database, for example. Nothing is started for them.

use super::{Name, Service, ServiceId, Topology};
use crate::kinds::program::{Account, Profile};

/// Index of a managed service in [`Topology::managed`]; valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ManagedId(pub(crate) usize);

/// A service that somebody else runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Managed {
    /// Its name in the document.
    pub name: Name,
    /// What it is.
    pub kind: Profile,
    /// The host's name, if it is known.
    pub host: Option<String>,
    /// The port that it listens on.
    pub port: u16,
    /// The user and the database, for a kind that holds several.
    pub account: Option<Account>,
    /// How many clients it accepts at once, for a database.
    pub max_connections: Option<u32>,
}

/// A service that another connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Needed {
    /// One of this deployment.
    Service(ServiceId),
    /// One that somebody else runs.
    Managed(ManagedId),
}

impl Needed {
    /// The service of this deployment, if it is one.
    pub fn service(self) -> Option<ServiceId> {
        match self {
            Self::Service(id) => Some(id),
            Self::Managed(_) => None,
        }
    }

    /// The managed service, if it is one.
    pub fn managed(self) -> Option<ManagedId> {
        match self {
            Self::Service(_) => None,
            Self::Managed(id) => Some(id),
        }
    }
}

impl Service {
    /// The services of this deployment that it connects to.
    pub fn needed_services(&self) -> impl Iterator<Item = ServiceId> {
        self.needs.iter().filter_map(|needed| needed.service())
    }

    /// Whether it connects to a service that somebody else runs.
    pub fn needs_managed(&self) -> bool {
        self.needs.iter().any(|needed| needed.managed().is_some())
    }
}

impl Topology {
    /// The managed service that `id` stands for.
    pub fn managed_service(&self, id: ManagedId) -> &Managed {
        &self.managed[id.0]
    }

    /// All services: those of this deployment in the document's order, then those that somebody else runs.
    pub fn all_services(&self) -> impl Iterator<Item = Needed> {
        let running = (0..self.services.len()).map(|index| Needed::Service(ServiceId(index)));
        running.chain((0..self.managed.len()).map(|index| Needed::Managed(ManagedId(index))))
    }

    /// The name of a service that others connect to.
    pub fn name_of(&self, needed: Needed) -> &Name {
        match needed {
            Needed::Service(id) => &self.service(id).name,
            Needed::Managed(id) => &self.managed_service(id).name,
        }
    }

    /// What a service is that others connect to.
    pub fn kind_of(&self, needed: Needed) -> &Profile {
        match needed {
            Needed::Service(id) => &self.service(id).kind,
            Needed::Managed(id) => &self.managed_service(id).kind,
        }
    }
}
