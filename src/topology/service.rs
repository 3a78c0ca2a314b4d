//! One service, checked.

use super::{
    BuildId, CatalogKind, CeleryRole, ContainerMemory, Duration, Framework, How, Name, Percent, Schedule, When,
};
use crate::quantity::{Cpu, Memory};

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
    pub kind: Kind,
    /// The document's key that says so, such as `python`.
    pub kind_key: &'static str,
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
    /// The services that it connects to, in the document's order, each once; some may be [`Kind::External`].
    pub needs: Vec<ServiceId>,
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

/// What a service is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A web app, built from the person's code.
    Web {
        /// Its image.
        build: BuildId,
        /// What it is written in, and what serves it.
        app: WebApp,
    },
    /// A background process, built from the person's code.
    Worker {
        /// Its image.
        build: BuildId,
    },
    /// A Celery process.
    Celery {
        /// Its image.
        build: BuildId,
        /// What it does.
        role: CeleryRole,
    },
    /// A program that the person's own Dockerfile builds; what is inside is not known.
    Dockerfile {
        /// Its image.
        build: BuildId,
    },
    /// A prebuilt image.
    Image,
    /// A well-known service.
    Catalog(CatalogKind),
    /// A well-known service that somebody else runs: nothing is started for it.
    External {
        /// What it is.
        kind: CatalogKind,
        /// The host's name, if it is known.
        host: Option<String>,
        /// The database that it holds, for a kind that holds several.
        database: Option<String>,
        /// The user that owns it.
        user: Option<String>,
    },
}

/// What a web app is written in, and what serves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebApp {
    /// Python.
    Python {
        /// Its framework.
        framework: Framework,
        /// What serves it.
        server: PythonServer,
    },
    /// Node.js, which serves by itself.
    Node,
    /// Go, which serves by itself.
    Go,
}

/// What serves a Python web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PythonServer {
    /// Uvicorn, which spawns its workers: they share nothing.
    Uvicorn,
    /// `fastapi run`, which starts Uvicorn.
    FastapiRun,
    /// Gunicorn, which forks its workers.
    Gunicorn {
        /// Whether its workers are Uvicorn's, for an ASGI app.
        asgi: bool,
        /// Whether the app is loaded before the workers are forked, so that they share what they do not write to.
        preload: bool,
    },
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

impl Service {
    /// The document's path of one of its fields: `field("memory.limit")` is `services.api.memory.limit`.
    pub fn field(&self, field: &str) -> String {
        format!("services.{}.{field}", self.name)
    }

    /// The document's path of what says what it is, such as `services.api.python`.
    pub fn kind_field(&self) -> String {
        self.field(self.kind_key)
    }

    /// The keys of the secrets that it reads, as variables and as files; some may come twice.
    pub fn secret_keys(&self) -> impl Iterator<Item = &str> {
        let variables = self.env.iter().filter_map(|variable| match &variable.value {
            VariableValue::Secret { key } => Some(key.as_str()),
            VariableValue::Plain(_) => None,
        });
        variables.chain(self.secret_files.iter().map(String::as_str))
    }

    /// Its image, if that is built from the person's code.
    pub fn build(&self) -> Option<BuildId> {
        match self.kind {
            Kind::Web { build, .. }
            | Kind::Worker { build }
            | Kind::Celery { build, .. }
            | Kind::Dockerfile { build } => Some(build),
            Kind::Image | Kind::Catalog(_) | Kind::External { .. } => None,
        }
    }

    /// Whether somebody else runs it, so that nothing is started for it.
    pub fn is_external(&self) -> bool {
        matches!(self.kind, Kind::External { .. })
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
        (!self.keeps_data() && !self.is_beat()).then_some(25)
    }

    /// Whether it sends the tasks of a timetable: two of it would send each task twice
    /// (<https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler>).
    pub fn is_beat(&self) -> bool {
        matches!(self.kind, Kind::Celery { role: CeleryRole::Beat, .. })
    }

    /// Which well-known service it is, whoever runs it.
    pub fn catalog_kind(&self) -> Option<CatalogKind> {
        match self.kind {
            Kind::Catalog(kind) | Kind::External { kind, .. } => Some(kind),
            _ => None,
        }
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
