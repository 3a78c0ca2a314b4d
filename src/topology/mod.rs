//! The checked topology: every default filled in, every rule kept.
//!
//! Whoever has a [`Topology`] need not check again: names are DNS labels and unique, `needs` point at services and make
//! no circle, ports are not taken twice, quantities are in range. So `generate` and `plan` are total functions.

mod catalog;
mod defaults;
mod document;
mod memory;
mod name;
mod pod;
mod proxy;
mod resolve;
mod values;

pub use catalog::CatalogKind;
pub use document::{Document, Framework, GatewayKind, How, Packages, Reserve, When};
pub use memory::{ContainerMemory, FigureSource};
pub use name::Name;
pub use pod::{WAIT_CPU, WAIT_MEMORY};
pub use proxy::{PROXY_MEMORY, PROXY_NEED};
pub use resolve::{Resolved, resolve};
pub use values::{Duration, Percent, Rate};

use crate::quantity::{Cpu, Memory};
use std::collections::BTreeSet;

/// A deployment, checked and complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Topology {
    /// The Compose project, the Secret, the built image's name.
    pub name: Name,
    /// The images that are built from the person's code, each used by at least one service.
    pub builds: Vec<Build>,
    /// What runs, in the document's order.
    pub services: Vec<Service>,
    /// The machine that Compose runs on, if Compose is a target.
    pub server: Option<Server>,
    /// The cluster, if Kubernetes is a target.
    pub cluster: Option<Cluster>,
    /// The requests that arrive, if the document says.
    pub traffic: Option<Traffic>,
}

/// Index of a service in [`Topology::services`]; valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(pub(crate) usize);

/// Index of a build in [`Topology::builds`]; valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BuildId(pub(crate) usize);

/// An image that is built from the person's code. Services with the same code, Python and packages share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Its full reference, such as `ghcr.io/acme/shop:1.4`.
    pub image: String,
    /// The folder of the code, relative to the Compose file: `.` or a path without `..`.
    pub context: String,
    /// The Dockerfile's file name inside `context`: `Dockerfile`, or `Dockerfile.NAME` where one folder has several.
    pub dockerfile: String,
    /// The version of Python, such as `3.14`.
    pub python: String,
    /// What installs the packages.
    pub packages: Packages,
    /// The web framework of the services that use it; none if all are workers.
    pub framework: Option<Framework>,
    /// The port that the web app listens on, if one of the services is a web app.
    pub port: Option<u16>,
    /// What the container runs unless told otherwise: the first service's command.
    pub command: Vec<String>,
    /// The services that run this image.
    pub services: Vec<ServiceId>,
}

/// One thing that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Its name, by which the others reach it.
    pub name: Name,
    /// What it is.
    pub kind: Kind,
    /// The full image reference: the build's, or a prebuilt one.
    pub image: String,
    /// The command in exec form. For a built image always given; for others only if it differs from the image's own.
    pub command: Option<Vec<String>>,
    /// The port that the process listens on.
    pub port: Option<u16>,
    /// On the server, how the port can be reached from outside the containers' networks.
    pub publish: Option<Publish>,
    /// Processes in one container, from 1; for Celery its concurrency.
    pub workers: u32,
    /// How many equal containers.
    pub replicas: Replicas,
    /// What one container needs, and its limit.
    pub memory: ContainerMemory,
    /// What is set aside of the processors for one container.
    pub cpu: Cpu,
    /// Processor time that one request takes.
    pub cpu_per_request: Option<Duration>,
    /// The variables of the process, plain and secret, in a stable order, each name once.
    pub env: Vec<Variable>,
    /// What happens before it starts, in order.
    pub before_start: Vec<Step>,
    /// The database connections that one process keeps.
    pub database_pool: Option<Pool>,
    /// How many clients a database accepts at once.
    pub max_connections: Option<u32>,
    /// How to see that it is well.
    pub health: HealthCheck,
    /// The services that it connects to, in the document's order, each once.
    pub needs: Vec<ServiceId>,
    /// The address under which everyone can reach it.
    pub public: Option<Public>,
    /// The disk that survives a restart.
    pub storage: Option<Storage>,
    /// The user and group that the process runs as; never root.
    pub user: User,
    /// Folders that the process writes to and that need not survive; absolute, each once. The rest is read-only.
    pub writable: Vec<String>,
}

/// What a service is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A Python web app.
    Web {
        /// Its image.
        build: BuildId,
        /// Its framework.
        framework: Framework,
    },
    /// A background process in Python.
    Worker {
        /// Its image.
        build: BuildId,
    },
    /// A Celery worker.
    Celery {
        /// Its image.
        build: BuildId,
    },
    /// A prebuilt image.
    Image,
    /// A well-known service.
    Catalog(CatalogKind),
}

/// How many equal containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replicas {
    /// Always so many.
    Fixed(u32),
    /// As many as the load asks for, on a cluster. Compose, which cannot, starts the fewest.
    Autoscaled {
        /// The fewest, at least 1.
        min: u32,
        /// The most, at least `min`.
        max: u32,
        /// Processor use, of what is requested, that it aims at.
        cpu: Percent,
    },
}

/// An environment variable of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name: a letter or `_`, then letters, digits and `_`.
    pub name: String,
    /// Its value, or where the value is kept.
    pub value: VariableValue,
    /// The document's path of what asks for it, such as `services.api.env.LOG_LEVEL`.
    pub field: String,
    /// Why it is there, if the person did not write it.
    pub reason: Option<&'static str>,
}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableValue {
    /// As it stands.
    Plain(String),
    /// A secret: the key in `.env` for Compose, and in the Secret named like the topology on Kubernetes.
    Secret {
        /// The key.
        key: String,
    },
}

/// A step before a service starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The command in exec form, never empty.
    pub command: Vec<String>,
    /// How often.
    pub when: When,
    /// By what means.
    pub how: How,
}

/// The database connections that one process keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// Kept open.
    pub size: u32,
    /// Opened beyond those under load.
    pub overflow: u32,
}

/// How to see that a service is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HealthCheck {
    /// The path answers 200 on the service's port.
    Http {
        /// An absolute path.
        path: String,
    },
    /// The service's port accepts a connection.
    Tcp,
    /// A command inside the container ends with 0; it runs in exec form, without a shell.
    Command(Vec<String>),
    /// There is nothing to ask: a worker that listens on no port.
    None,
}

/// A port of the server that leads to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publish {
    /// The server's port.
    pub port: u16,
    /// Who can reach it.
    pub reach: Reach,
}

/// Who can reach a published port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The server itself (127.0.0.1).
    Loopback,
    /// Every network of the server.
    Everyone,
}

/// The address under which everyone can reach a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// A DNS name in lower case.
    pub host: String,
    /// Whether it is served by HTTPS.
    pub tls: bool,
}

/// A disk that survives a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// Its size.
    pub size: Memory,
    /// Where it is mounted: an absolute path.
    pub path: String,
}

/// The user and group that a process runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// User id, never 0.
    pub uid: u32,
    /// Group id, never 0.
    pub gid: u32,
}

/// One machine with Docker Compose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// Its processors.
    pub cpu: Cpu,
    /// Its memory.
    pub memory: Memory,
    /// What the system keeps for itself; less than `memory`.
    pub system: Memory,
}

/// A Kubernetes cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Groups of equal machines, with different names.
    pub nodes: Vec<NodeGroup>,
    /// What leads requests from outside to a service.
    pub gateway: Gateway,
    /// The namespace.
    pub namespace: Name,
}

/// A group of equal machines; they are called `NAME-1`, `NAME-2` and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeGroup {
    /// The group's name.
    pub name: Name,
    /// How many.
    pub count: u32,
    /// The processors of one.
    pub cpu: Cpu,
    /// The memory of one.
    pub memory: Memory,
    /// Whose rule says what the machine keeps for itself.
    pub reserve: Reserve,
}

/// What leads requests from outside to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Gateway API or Ingress.
    pub kind: GatewayKind,
    /// Its class; an ingress without one takes the cluster's default.
    pub class: Option<String>,
    /// The cert-manager ClusterIssuer.
    pub issuer: String,
}

/// The requests that arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traffic {
    /// In usual times.
    pub rate: Rate,
    /// At the busiest time; at least `rate`.
    pub peak: Rate,
    /// How long one request takes.
    pub latency: Duration,
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

    /// Every secret's key, once, in the order in which the services name them.
    pub fn secret_keys(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let variables = self.services.iter().flat_map(|service| &service.env);
        variables
            .filter_map(|variable| match &variable.value {
                VariableValue::Secret { key } => Some(key.as_str()),
                VariableValue::Plain(_) => None,
            })
            .filter(|key| seen.insert(*key))
            .collect()
    }
}

impl Service {
    /// The document's path of one of its fields: `field("memory.limit")` is `services.api.memory.limit`.
    pub fn field(&self, field: &str) -> String {
        format!("services.{}.{field}", self.name)
    }

    /// The document's path of what says what it is, such as `services.api.python`.
    pub fn kind_field(&self) -> String {
        match self.kind {
            Kind::Web { .. } | Kind::Worker { .. } => self.field("python"),
            Kind::Celery { .. } => self.field("celery"),
            Kind::Image => self.field("image"),
            Kind::Catalog(_) => format!("services.{}", self.name),
        }
    }

    /// Its image, if that is built from the person's code.
    pub fn build(&self) -> Option<BuildId> {
        match self.kind {
            Kind::Web { build, .. } | Kind::Worker { build } | Kind::Celery { build } => Some(build),
            Kind::Image | Kind::Catalog(_) => None,
        }
    }

    /// The headers of a request as the proxy would send it, for health checks: an app may answer only to its public name
    /// (Django's `ALLOWED_HOSTS`), and may redirect what seems to be no HTTPS. None where no proxy stands before it.
    pub fn proxy_headers(&self) -> Vec<(&'static str, String)> {
        self.public
            .iter()
            .flat_map(|public| {
                [
                    ("Host", public.host.clone()),
                    ("X-Forwarded-Proto", if public.tls { "https" } else { "http" }.to_owned()),
                ]
            })
            .collect()
    }

    /// Whether it keeps data of its own, so that it has a name and a disk that outlive a restart.
    pub fn is_stateful(&self) -> bool {
        self.storage.is_some()
    }

    /// Whether it keeps what others rely on, in memory or on a disk.
    pub fn keeps_data(&self) -> bool {
        self.is_stateful() || matches!(self.kind, Kind::Catalog(kind) if kind != CatalogKind::Nginx)
    }

    /// How many pods a rollout may add beyond the replicas, in percent of them, rounded up; no old pod ends before
    /// another can work in its place. Nothing if the old pod has to end before the new one starts.
    pub fn surge_percent(&self) -> Option<u32> {
        (!self.keeps_data()).then_some(25)
    }

    /// The seconds that it gets to end what it is doing, before it is killed.
    ///
    /// Gunicorn gives its workers 30 (<https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout>), and has to
    /// end after them; tasks take longer than requests; databases close their files.
    pub fn grace_seconds(&self) -> u32 {
        match self.kind {
            Kind::Worker { .. } | Kind::Celery { .. } => 60,
            _ if self.is_stateful() => 60,
            _ => 35,
        }
    }

    /// The steps that a Job or a one-shot service runs.
    pub fn jobs(&self) -> impl Iterator<Item = &Step> {
        self.before_start.iter().filter(|step| step.how == How::Job)
    }
}

impl Traffic {
    /// Requests in one of `replicas` equal containers at once at the peak, rounded up: Little's law, L = λW
    /// (<https://doi.org/10.1287/opre.9.3.383>).
    pub fn in_flight(&self, replicas: u32) -> u32 {
        let thousandths_times_micros = u128::from(self.peak.millis()) * u128::from(self.latency.micros());
        let requests = thousandths_times_micros.div_ceil(1_000_000_000 * u128::from(replicas.max(1)));
        u32::try_from(requests).unwrap_or(u32::MAX)
    }
}

impl Replicas {
    /// How many run when nothing happens: the fixed number, or the fewest.
    pub fn steady(self) -> u32 {
        match self {
            Self::Fixed(replicas) => replicas,
            Self::Autoscaled { min, .. } => min,
        }
    }

    /// How many run at the busiest time: the fixed number, or the most.
    pub fn peak(self) -> u32 {
        match self {
            Self::Fixed(replicas) => replicas,
            Self::Autoscaled { max, .. } => max,
        }
    }
}

impl NodeGroup {
    /// The name of one of its machines; `number` counts from 1.
    pub fn node_name(&self, number: u32) -> String {
        format!("{}-{number}", self.name)
    }
}

/// The JSON Schema of the document, generated from its types.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
