//! The checked topology: every default filled in, every rule kept.
//!
//! Whoever has a [`Topology`] need not check again: names are DNS labels and unique, `needs` point at services and make
//! no circle, ports are not taken twice, quantities are in range. So `generate` and `plan` are total functions.

mod build;
mod defaults;
mod document;
mod eviction;
mod lifetime;
mod managed;
mod pod;
mod proxy;
mod resolve;
mod service;
mod system;
mod targets;

pub use crate::kinds::program::{Account, Profile, Provenance, Role, WorkerRenewal};
pub(crate) use crate::model::whole;
pub use crate::model::{
    ContainerMemory, Curve, Duration, FigureSource, HealthCheck, Name, Percent, Price, ProcessModel, Rate, Schedule,
    Storage, User, Variable, VariableValue, measured,
};
pub use build::{Build, BuildId};
pub use document::{Document, GatewayKind, How, ProxyKind, Reserve, Survive, When};
pub use eviction::{QosClass, Resources};
pub use lifetime::StartupProbe;
pub use managed::{Managed, ManagedId, Needed};
pub use pod::{HOSTNAME, WAIT_CPU, WAIT_MEMORY, ZONE};
pub use proxy::PROXY_MEMORY;
pub(crate) use resolve::MAX_NODES;
pub use resolve::{Resolved, resolve};
pub use service::{Pool, Public, Publish, Reach, Replicas, Service, ServiceId, Step};
pub use system::{GivenSystem, SystemPods};
pub use targets::{Cluster, Gateway, Machine, NodeGroup, Server, Traffic};

use crate::model::instance_types::InstanceType;
use std::collections::BTreeSet;

/// Where secrets that are files are mounted, one file a key.
pub const SECRETS_FOLDER: &str = "/run/secrets";

/// A deployment, checked and complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Topology {
    /// The Compose project, the Secret, the built image's name.
    pub name: Name,
    /// The images that are built from the person's code, each used by at least one service.
    pub builds: Vec<Build>,
    /// What runs, in the document's order.
    pub services: Vec<Service>,
    /// The services that somebody else runs, in the document's order.
    pub managed: Vec<Managed>,
    /// The machine that Compose runs on, if Compose is a target.
    pub server: Option<Server>,
    /// The cluster, if Kubernetes is a target.
    pub cluster: Option<Cluster>,
    /// The machines that one could buy, at least one, each in its place of the document's list.
    pub machines: Vec<Machine>,
    /// The type of a target beside which its cloud sells those machines, where the document lists none.
    pub beside: Option<&'static InstanceType>,
    /// The requests that arrive, if the document says.
    pub traffic: Option<Traffic>,
    /// The environments of the cluster, in the document's order; none without a cluster.
    pub environments: Vec<Environment>,
}

/// An environment of the cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// Its name.
    pub name: Name,
    /// What runs there: the same services, for the cluster only, in a namespace of their own, without environments.
    pub topology: Topology,
}

impl Topology {
    /// The service that `id` stands for.
    pub fn service(&self, id: ServiceId) -> &Service {
        &self.services[id.0]
    }

    /// The build that `id` stands for.
    pub fn build(&self, id: BuildId) -> &Build {
        &self.builds[id.0]
    }

    /// The services that run here, with their ids.
    pub fn running(&self) -> impl Iterator<Item = (ServiceId, &Service)> {
        self.services.iter().enumerate().map(|(index, service)| (ServiceId(index), service))
    }

    /// The service that builds an image on the server: the first that runs all the time, or else the first.
    pub fn builder(&self, build: &Build) -> Option<ServiceId> {
        let runs = |id: &&ServiceId| self.service(**id).schedule.is_none();
        build.services.iter().find(runs).or(build.services.first()).copied()
    }

    /// The keys of the secrets that are files, each once, with the first service that reads it.
    pub fn secret_files(&self) -> Vec<(&str, &Service)> {
        let mut seen = BTreeSet::new();
        let files = self.services.iter().flat_map(|service| service.secret_files.iter().map(move |key| (key, service)));
        files.filter(|(key, _)| seen.insert(*key)).map(|(key, service)| (key.as_str(), service)).collect()
    }

    /// Every secret's key, once, in the order in which the services name them.
    pub fn secret_keys(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.services.iter().flat_map(Service::secret_keys).filter(|key| seen.insert(*key)).collect()
    }
}

/// The JSON Schema of the document, generated from its types.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
