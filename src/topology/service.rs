//! One service, checked.

use super::{
    BuildId, ContainerMemory, Duration, HealthCheck, How, Name, Needed, Percent, Schedule, Storage, User, Variable,
    VariableValue, When,
};
use crate::kinds::program::{Profile, Role};
use crate::model::{FieldPath, ServiceField};
use crate::quantity::Cpu;

/// Index of a service in [`Topology::services`]; valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(pub(crate) usize);

impl ServiceId {
    /// Its place in the document, counted from 0.
    pub fn index(self) -> usize {
        self.0
    }
}

/// One thing that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Its name, by which the others reach it.
    pub name: Name,
    /// What it is.
    pub kind: Profile,
    /// The full image reference: the build's, or a prebuilt one.
    pub image: String,
    /// Its image, if that is built from the person's code.
    pub build: Option<BuildId>,
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
    /// From the start of a container until it answers.
    pub startup: Duration,
    /// From the moment that a process is told to end until it has.
    pub shutdown: Duration,
    /// When it runs, if it does not all the time: it then has one replica and no port, and ends by itself.
    pub schedule: Option<Schedule>,
    /// The variables of the process, plain and secret, in a stable order, each name once.
    pub env: Vec<Variable>,
    /// The keys of the secrets that the process reads from files `/run/secrets/KEY`, each once; the key is that in `.env`
    /// and in the Secret.
    pub secret_files: Vec<String>,
    /// What happens before it starts, in order.
    pub before_start: Vec<Step>,
    /// The database connections that one process keeps.
    pub database_pool: Option<Pool>,
    /// How many clients a database accepts at once.
    pub max_connections: Option<u32>,
    /// How to see that it is well.
    pub health: HealthCheck,
    /// The services that it connects to, in the order in which it names them, each once.
    pub needs: Vec<Needed>,
    /// The address under which everyone can reach it.
    pub public: Option<Public>,
    /// Whether the process may connect to the internet.
    pub outbound: bool,
    /// The disk that survives a restart.
    pub storage: Option<Storage>,
    /// The user and group that the process runs as; never root.
    pub user: User,
    /// Folders that the process writes to and that need not survive; absolute, each once. The rest is read-only.
    pub writable: Vec<String>,
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

impl Service {
    /// The document's path of the service itself.
    pub fn path(&self) -> FieldPath {
        FieldPath::of_whole_service(&self.name)
    }

    /// The document's path of one of its fields: `field(service_field!("memory.limit"))` is `services.api.memory.limit`.
    pub fn field(&self, field: ServiceField) -> FieldPath {
        FieldPath::of_service(&self.name, field)
    }

    /// The document's path of what says what it is, such as `services.api.python`.
    pub fn kind_field(&self) -> FieldPath {
        FieldPath::of_kind(&self.name, self.kind.key)
    }

    /// The keys of the secrets that it reads, as variables and as files; some may come twice.
    pub fn secret_keys(&self) -> impl Iterator<Item = &str> {
        let variables = self.env.iter().filter_map(|variable| match &variable.value {
            VariableValue::Secret { key } => Some(key.as_str()),
            VariableValue::Plain(_) => None,
        });
        variables.chain(self.secret_files.iter().map(String::as_str))
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
        self.is_stateful() || self.kind.role.keeps_data()
    }

    /// How many pods a rollout may add beyond the replicas, in percent of them, rounded up; no old pod ends before
    /// another can work in its place. Nothing if the old pod has to end before the new one starts: two that keep data would
    /// part it, and two of Celery beat would send each task twice
    /// (<https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler>).
    pub fn surge_percent(&self) -> Option<u32> {
        (!self.keeps_data() && self.kind.role != Role::Scheduler).then_some(25)
    }

    /// The steps that a Job or a one-shot service runs.
    pub fn jobs(&self) -> impl Iterator<Item = &Step> {
        self.before_start.iter().filter(|step| step.how == How::Job)
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
