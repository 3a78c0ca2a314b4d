//! Every default of the document, in one place.

use super::document::{Framework, GatewayKind, NodePackages, Packages, ProxyKind, Reserve, Survive};
use super::values::{Duration, Percent};
use crate::quantity::{Cpu, Memory};

/// The only version of the document there is.
pub const VERSION: u32 = 1;
/// Name of a document without `name`.
pub const NAME: &str = "app";
/// Tag of a built image without `image`.
pub const IMAGE_TAG: &str = "0.1.0";

/// `python.framework`.
pub const FRAMEWORK: Framework = Framework::Fastapi;
/// `python.app`.
pub const PYTHON_APP: &str = "main:app";
/// `python.version` and `celery.version`.
pub const PYTHON_VERSION: &str = "3.14";
/// `python.packages` and `celery.packages`.
pub const PACKAGES: Packages = Packages::Uv;
/// `source` of what is built.
pub const SOURCE: &str = ".";
/// `node.app`.
pub const NODE_APP: &str = "server.js";
/// `node.version`: the line with long-term support until April 2028 (<https://nodejs.org/en/about/previous-releases>).
pub const NODE_VERSION: &str = "24";
/// `node.packages`.
pub const NODE_PACKAGES: NodePackages = NodePackages::Npm;
/// `go.app`.
pub const GO_PACKAGE: &str = ".";
/// `go.version`.
pub const GO_VERSION: &str = "1.26";
/// `dockerfile.path`.
pub const DOCKERFILE: &str = "Dockerfile";
/// `celery.app`.
pub const CELERY_APP: &str = "app";
/// `celery.concurrency`.
pub const CELERY_CONCURRENCY: u32 = 2;
/// `database` and `user` of a database.
pub const DATABASE: &str = "app";

/// `port` of a web app. From 1024 up, so that a process that is not root may listen on it anywhere.
pub const WEB_PORT: u16 = 8000;
/// `workers`.
pub const WORKERS: u32 = 1;
/// `replicas` and `autoscale.min`.
pub const REPLICAS: u32 = 1;
/// `autoscale.cpu`, as Kubernetes' own autoscaler has it.
pub const AUTOSCALE_CPU: Percent = Percent::clamped(80);
/// `storage` of a database.
pub const STORAGE: Memory = Memory::from_gib(1);
/// `user` of built and prebuilt images. Above 10000, so that it meets no user of the host.
pub const USER: u32 = 10_001;
/// `writable`.
pub const WRITABLE: &str = "/tmp";
/// `database_pool.size`, SQLAlchemy's: <https://docs.sqlalchemy.org/en/20/core/pooling.html>.
pub const POOL_SIZE: u32 = 5;
/// `database_pool.overflow`, SQLAlchemy's.
pub const POOL_OVERFLOW: u32 = 10;

/// Seconds that a web server gives its requests to end, once it is told to stop: Gunicorn's own
/// (<https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout>).
pub const GRACEFUL_SECONDS: u32 = 30;

/// `cpu.request` for each process.
pub const CPU_PER_PROCESS: Cpu = Cpu::from_millis(100);
/// `memory.process` of a prebuilt image.
pub const IMAGE_PROCESS: Memory = Memory::from_mib(128);
/// `memory.process` of a Node.js program: a bare Express takes 60 MiB (docs/measured-memory.md).
pub const NODE_PROCESS: Memory = Memory::from_mib(100);
/// `memory.process` of a Go program: a bare server takes 8 MiB (docs/measured-memory.md).
pub const GO_PROCESS: Memory = Memory::from_mib(32);
/// `memory.process` of a background process in Python, and of one Celery process.
pub const WORKER_PROCESS: Memory = Memory::from_mib(120);
/// `memory.per_request` of a web app.
pub const PER_REQUEST: Memory = Memory::from_mib(1);
/// Kept back in every container for files that the kernel holds in its name.
pub const PAGE_CACHE: Memory = Memory::from_mib(8);
/// The parent of a Dramatiq worker's processes, which loads nothing of the app: 18 MiB with Dramatiq 2.2.
pub const DRAMATIQ_PARENT: Memory = Memory::from_mib(20);
/// An RQ worker, which forks for every job and loads the app there: 36 MiB with RQ 3.0.
pub const RQ_PARENT: Memory = Memory::from_mib(36);
/// A derived limit is the need and a quarter more: 80 %, inside FastAPI's band of 50 to 90 % of use
/// (<https://fastapi.tiangolo.com/deployment/concepts/>).
pub const LIMIT_PERCENT_OF_NEED: u64 = 125;
/// Derived limits are whole multiples of this, to be readable.
pub const LIMIT_STEP: Memory = Memory::from_mib(32);

/// `server.cpu`, and the `cpu` of a node and of a machine.
pub const MACHINE_CPU: Cpu = Cpu::from_cores(2);
/// `server.memory`, and the `memory` of a node and of a machine.
pub const MACHINE_MEMORY: Memory = Memory::from_gib(4);
/// `server.system`.
pub const SERVER_SYSTEM: Memory = Memory::from_mib(512);
/// `server.proxy`.
pub const PROXY: ProxyKind = ProxyKind::Caddy;
/// Name of the nodes of a group without `name`.
pub const NODE_NAME: &str = "node";
/// Nodes of a cluster without `nodes`.
pub const NODE_COUNT: u32 = 3;
/// `count` of a group of nodes.
pub const NODE_GROUP_COUNT: u32 = 1;
/// `nodes.reserve`.
pub const RESERVE: Reserve = Reserve::Kubelet;
/// `nodes.zones` of a cluster that must survive the loss of one: as many as most regions have.
pub const ZONES_TO_LOSE_ONE: u32 = 3;
/// `cluster.survive`.
pub const SURVIVE: Survive = Survive::Node;
/// `cluster.gateway`.
pub const GATEWAY: GatewayKind = GatewayKind::GatewayApi;
/// `cluster.class` of a gateway.
pub const GATEWAY_CLASS: &str = "envoy";
/// `cluster.issuer`.
pub const ISSUER: &str = "letsencrypt";
/// `startup` of a service.
pub const STARTUP: Duration = Duration::from_millis(5000);
/// `shutdown` of a service.
pub const SHUTDOWN: Duration = Duration::from_millis(2000);
/// `startup` of a group of nodes: two minutes. Google's and Amazon's take one to three until their kubelet is ready.
pub const NODE_STARTUP: Duration = Duration::from_millis(120_000);
/// `traffic.latency`.
pub const LATENCY: Duration = Duration::from_millis(100);
