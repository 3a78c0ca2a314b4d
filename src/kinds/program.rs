//! The answers that every kind of service gives: plain data, worked out once while the document is resolved.
//!
//! Each struct here has no default: a kind that leaves an answer out does not compile.

use super::Stack;
use super::connection::Connection;
use super::listed_files::ListedFiles;
use crate::dockerfile::ImageStep;
use crate::input::written_command::AbsentTools;
use crate::model::{Duration, FieldPath, Measured, Memory, Name, Percent, ProcessModel, ServiceField, User, Variable};

/// One service as its kind describes it, before anything is known of the services around it.
pub struct Program {
    /// The answers that outlive resolving.
    pub profile: Profile,
    /// The image that runs it.
    pub image: Image,
    /// How many worker processes one container has.
    pub workers: Workers,
    /// The port that it listens on.
    pub port: Port,
    /// The disk that it keeps its data on.
    pub data: Data,
    /// How many clients it accepts at once, for a database.
    pub max_connections: Option<u32>,
    /// The user and the database that it makes at its first start, for a kind that holds several databases.
    pub account: Option<Account>,
    /// The user that its process runs as.
    pub user: RunsAs,
    /// Folders that it writes to beside its data.
    pub writable: &'static [&'static str],
    /// The check that tells whether it is well.
    pub health: Health,
    /// Whether it may run on a schedule: a program whose command ends by itself.
    pub may_end: bool,
    /// The files of its code that the document lists one by one, where its image can hold a part of the code.
    pub listed_files: Option<ListedFiles>,
    /// What its processes take in memory.
    pub memory: MemoryModel,
    /// Its command and the variables that it reads.
    pub start: Box<dyn Start>,
    /// A variable that tells its runtime how much memory it has.
    pub memory_variable: Option<MemoryVariable>,
}

/// The answers of a kind that generators, the plan and the advice read.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none rules out another")]
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The document's key of the kind, such as `postgres`.
    pub key: &'static str,
    /// The product or language, such as `PostgreSQL` or `Python`.
    pub product: &'static str,
    /// Its name for people, such as `FastAPI` or `PostgreSQL 18`.
    pub title: Title,
    /// Its part in the deployment.
    pub role: Role,
    /// Who made its image.
    pub provenance: Provenance,
    /// Executables of its build that the finished image lacks, such as `uv`: a command that starts with one fails.
    pub absent_tools: AbsentTools,
    /// Whether it answers HTTP on its port, so that a reverse proxy can stand before it.
    pub speaks_http: bool,
    /// Whether a worker process does nothing else while it answers a request.
    pub one_request_per_process: bool,
    /// How its server is told to trust the proxy in front of it.
    pub behind_proxy: Option<BehindProxy>,
    /// How its server renews workers that grow.
    pub worker_renewal: Option<WorkerRenewal>,
    /// Whether it keeps its data under the name of its host, which therefore has to stay the same.
    pub data_follows_hostname: bool,
    /// The shell command that writes a consistent dump to standard output while it runs.
    pub dump: Option<Dump>,
    /// How clients connect to it.
    pub connection: Option<Connection>,
    /// Whether clients of its code name the database driver in a connection URL, as SQLAlchemy does.
    pub names_database_driver: bool,
    /// A step that its image runs once the code is in it.
    pub image_step: Option<ImageStep>,
    /// Whether it reads a secret from the file that a variable `…_FILE` names.
    pub reads_secret_files: bool,
}

/// The name of a service's kind, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// Always the same, such as `FastAPI` or `PostgreSQL 18`.
    Fixed(String),
    /// A background process in this language: a worker, or a job if it has a schedule.
    Background(&'static str),
}

/// The part that a service has in a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers requests with the person's code.
    Web,
    /// Works in the background.
    Worker,
    /// Sends the tasks of a timetable: there must be exactly one.
    Scheduler,
    /// Keeps records.
    Database,
    /// Keeps what can be computed again.
    Cache,
    /// Passes messages on.
    Broker,
    /// Answers searches.
    Search,
    /// Keeps objects, such as uploads.
    ObjectStore,
    /// Stands before other services and passes requests on.
    Proxy,
    /// Unknown: the image is not ours.
    Unknown,
}

/// Who made the image of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// Plimsoll writes its Dockerfile.
    Built,
    /// The person's own Dockerfile.
    OwnDockerfile,
    /// A prebuilt image that the person names.
    Prebuilt,
    /// The official image of a well-known program.
    Official,
}

/// The image of a service.
pub enum Image {
    /// Built from the person's code.
    Built(Recipe),
    /// A prebuilt one, by its reference.
    Named(String),
}

/// How an image is built: services with equal recipes share one image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The folder of the code, relative to the Compose file.
    pub source: String,
    /// The person's own Dockerfile, relative to `source`, if that builds it.
    pub dockerfile: Option<String>,
    /// The language's part.
    pub stack: Stack,
}

/// How many worker processes a container has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workers {
    /// As many as the document's `workers` says.
    AsWritten,
    /// This many whatever `workers` says.
    Fixed {
        /// The number.
        count: u32,
        /// The reason that `workers` has no effect.
        reason: &'static str,
        /// What to write instead.
        help: &'static str,
    },
}

/// The port that a service listens on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// The document's, or the usual one of a web app.
    WebDefault,
    /// The document's, if it names one.
    AsWritten,
    /// The program's own.
    Fixed(u16),
    /// None, for this reason.
    None(&'static str),
}

/// Where a service keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Data {
    /// The folder, if the kind knows it.
    pub path: Option<&'static str>,
    /// The size of the disk that it has unless the document says otherwise.
    pub size: Option<Memory>,
}

/// A database, and the user that owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The user.
    pub user: String,
    /// The database.
    pub database: String,
}

/// The user that a process runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunsAs {
    /// The user that our Dockerfiles create.
    BuiltImage,
    /// The document's `user`.
    AsWritten,
    /// The user that owns the image's files.
    Image(User),
}

/// The check that tells whether a service is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// A request or a connection to its port; Compose can ask only where the image holds something to ask with.
    Port {
        /// Whether the image is known to hold that.
        can_ask_inside: bool,
    },
    /// A command that the image brings along.
    Command(Vec<String>),
}

/// What the processes of one container take in memory.
#[derive(Debug, Clone, Copy)]
pub struct MemoryModel {
    /// The measured program whose figures it is planned with, if one does the same work.
    pub measured: Option<&'static Measured>,
    /// Measured programs of its kind, which show how much such programs differ.
    pub alike: &'static [&'static Measured],
    /// One process where nothing was measured.
    pub process: Memory,
    /// The process that watches the workers, beside a figure of the person's own.
    pub parent: Option<Parent>,
    /// How several workers come about.
    pub model: ProcessModel,
    /// What a request in flight adds.
    pub per_request: Memory,
    /// The heap of a program that reserves a share of its limit, as a JVM does.
    pub heap: Option<Heap>,
}

/// The heap of a program that reserves a share of its limit when it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heap {
    /// The share of the limit.
    pub share: Percent,
    /// What the program takes beside the heap: code, threads, buffers.
    pub beside: Memory,
}

/// The process that starts and watches the workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parent {
    /// From how many workers on there is one.
    pub from_workers: u32,
    /// What it takes.
    pub memory: ParentMemory,
}

/// What the process that watches the workers takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParentMemory {
    /// As much as a worker: it has loaded the app too.
    LikeWorker,
    /// This much.
    Of(Memory),
}

/// The command of a service, and the variables that its kind sets.
pub trait Start {
    /// The command in exec form; none where the image's own will do.
    fn command(&self, container: &Container) -> Option<Vec<String>>;

    /// The variables that the program reads. One that the document sets itself is left out.
    fn variables(&self, container: &Container) -> Vec<Variable>;
}

/// One container of a service, as far as its command can depend on it.
pub struct Container<'a> {
    /// The service's name.
    pub service: &'a Name,
    /// The port that it listens on.
    pub port: Option<u16>,
    /// Its worker processes.
    pub workers: u32,
    /// How long its longest request or task takes to end.
    pub shutdown: Duration,
    /// How long a request takes, if the document says.
    pub latency: Option<Duration>,
    /// The memory limit.
    pub limit: Memory,
    /// Whether it has a disk.
    pub has_storage: bool,
}

impl Container<'_> {
    /// The document's path of a field of the service.
    pub fn field(&self, field: ServiceField) -> FieldPath {
        FieldPath::of_service(self.service, field)
    }
}

/// A variable that tells a runtime how much memory it has, since it does not see the container's limit.
#[derive(Clone, Copy)]
pub struct MemoryVariable {
    /// Its name.
    pub name: &'static str,
    /// Its value for this limit and so many workers.
    pub value: fn(Memory, u32) -> String,
    /// Why it is set.
    pub reason: &'static str,
}

/// The variable that lets a server believe what the proxy in front of it says of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BehindProxy {
    /// Its name.
    pub variable: &'static str,
    /// The addresses that are trusted.
    pub value: &'static str,
    /// Why these.
    pub reason: &'static str,
}

/// How workers that grow are renewed before they are killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerRenewal {
    /// By a variable of the environment, with its value.
    Variable(&'static str),
    /// By this setting of Celery.
    CelerySetting(&'static str),
}

/// A consistent dump of a store's data while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dump {
    /// The shell command that writes it to standard output, inside the container.
    pub command: &'static str,
    /// The ending of the file's name.
    pub extension: &'static str,
}

impl Title {
    /// The name of a service that has a schedule, or none.
    pub fn text(&self, is_scheduled: bool) -> String {
        match self {
            Self::Fixed(title) => title.clone(),
            Self::Background(language) if is_scheduled => format!("{language} job"),
            Self::Background(language) => format!("{language} worker"),
        }
    }
}

impl Role {
    /// The value of the label `app.kubernetes.io/component`, where the role is known.
    pub fn component(self) -> Option<&'static str> {
        match self {
            Self::Web => Some("web"),
            Self::Worker => Some("worker"),
            Self::Scheduler => Some("scheduler"),
            Self::Database => Some("database"),
            Self::Cache => Some("cache"),
            Self::Broker => Some("broker"),
            Self::Search => Some("search"),
            Self::ObjectStore => Some("object-store"),
            Self::Proxy => Some("proxy"),
            Self::Unknown => None,
        }
    }

    /// Whether such a service keeps what others rely on, in memory or on a disk.
    pub fn keeps_data(self) -> bool {
        match self {
            Self::Database | Self::Cache | Self::Broker | Self::Search | Self::ObjectStore => true,
            Self::Web | Self::Worker | Self::Scheduler | Self::Proxy | Self::Unknown => false,
        }
    }

    /// Whether such a service works in the background.
    pub fn is_background(self) -> bool {
        matches!(self, Self::Worker | Self::Scheduler)
    }
}

impl Heap {
    /// The size of the heap under this limit, in whole MiB.
    pub fn under(self, limit: Memory) -> Memory {
        Memory::from_mib(((limit.bytes() >> 20) * u64::from(self.share.get()) / 100).max(1))
    }
}

impl MemoryModel {
    /// One process, where nothing was measured, under a limit of the person's own or none.
    pub fn process_under(&self, limit: Option<Memory>) -> Memory {
        match (self.heap, limit) {
            (Some(heap), Some(limit)) => heap.under(limit) + heap.beside,
            _ => self.process,
        }
    }

    /// How this many workers come about.
    pub fn model_of(&self, workers: u32) -> ProcessModel {
        if workers == 1 && self.model != ProcessModel::ForkedAfterLoading { ProcessModel::Single } else { self.model }
    }

    /// What watches this many workers, each of which takes `process`.
    pub fn parent_of(&self, workers: u32, process: Memory) -> Memory {
        match self.parent.filter(|parent| workers >= parent.from_workers) {
            None => Memory::ZERO,
            Some(Parent { memory: ParentMemory::LikeWorker, .. }) => process,
            Some(Parent { memory: ParentMemory::Of(memory), .. }) => memory,
        }
    }
}
