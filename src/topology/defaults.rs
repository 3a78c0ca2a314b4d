//! The defaults of the document that no kind of service decides.

use super::document::{GatewayKind, ProxyKind, Reserve, Survive};
use crate::model::{Duration, Percent};
use crate::quantity::{Cpu, Memory};

/// The only version of the document there is.
pub const VERSION: u32 = 1;
/// Name of a document without `name`.
pub const NAME: &str = "app";
/// Tag of a built image without `image`.
pub const IMAGE_TAG: &str = "0.1.0";

/// `workers`.
pub const WORKERS: u32 = 1;
/// `replicas` and `autoscale.min`.
pub const REPLICAS: u32 = 1;
/// `autoscale.cpu`, as Kubernetes' own autoscaler has it.
pub const AUTOSCALE_CPU: Percent = Percent::clamped(80);
/// `user` of built and prebuilt images. Above 10000, so that it meets no user of the host.
pub const USER: u32 = 10_001;
/// `database_pool.size`, SQLAlchemy's: <https://docs.sqlalchemy.org/en/20/core/pooling.html>.
pub const POOL_SIZE: u32 = 5;
/// `database_pool.overflow`, SQLAlchemy's.
pub const POOL_OVERFLOW: u32 = 10;

/// `cpu.request` for each process.
pub const CPU_PER_PROCESS: Cpu = Cpu::from_millis(100);
/// Kept back in every container for files that the kernel holds in its name.
pub const PAGE_CACHE: Memory = Memory::from_mib(8);

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
