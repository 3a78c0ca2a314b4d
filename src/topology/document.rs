//! The document as a person writes it, version 1: every field with the place where it stands.
//!
//! A [`Field`] is absent, written wrong (a finding says so), or given; `resolve` turns the whole
//! into a checked [`Topology`](super::Topology) and fills in the defaults of `defaults.rs`.
//! The JSON Schema is generated from these types: their comments are what the editor shows.

use super::values::{Duration, Percent, Rate};
use crate::quantity::{Cpu, Memory};
use crate::yaml::{Field, Map};
use serde::Deserialize;

/// A deployment, described once.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Document {
    /// The version of this format: 1.
    pub version: Field<u32>,
    /// The name of the whole, a DNS label: the Compose project, the namespace, the image. Default: `app`.
    pub name: Field<String>,
    /// What runs, by name. A name is a DNS label, since others reach the service under it.
    pub services: Field<Map<Service>>,
    /// One machine that runs everything with Docker Compose. Without `server` and `cluster`, both have defaults.
    pub server: Field<Server>,
    /// A Kubernetes cluster. Without `server` and `cluster`, both have defaults.
    pub cluster: Field<Cluster>,
    /// The requests that arrive.
    pub traffic: Field<Traffic>,
}

/// One thing that runs. Exactly one of `python`, `celery`, `image` and the catalog's kinds says what it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Service {
    /// A Python program: its image is built from your code.
    pub python: Field<Python>,
    /// A Celery worker: its image is built from your code.
    pub celery: Field<Celery>,
    /// A prebuilt image, such as `ghcr.io/acme/api:1.4`. Beside `python` or `celery`: the name that the built image gets.
    pub image: Field<String>,
    /// A PostgreSQL database, from the official image.
    pub postgres: Field<Database>,
    /// A MySQL database, from the official image.
    pub mysql: Field<Database>,
    /// A MariaDB database, from the official image.
    pub mariadb: Field<Database>,
    /// A MongoDB database, from the official image.
    pub mongodb: Field<Database>,
    /// A Redis cache or queue, from the official image.
    pub redis: Field<Catalog>,
    /// A Valkey cache or queue, from the official image.
    pub valkey: Field<Catalog>,
    /// A RabbitMQ message broker, from the official image.
    pub rabbitmq: Field<Catalog>,
    /// A Memcached cache, from the official image.
    pub memcached: Field<Catalog>,
    /// An nginx web server that needs no root, from nginx's own unprivileged image.
    pub nginx: Field<Catalog>,

    /// The command of a prebuilt image, split like a shell would. Default: what the image says.
    pub command: Field<String>,
    /// The port that the process listens on, 1 to 65535. Default: 8000 for a web app, the usual one of a catalog kind.
    pub port: Field<u16>,
    /// The port of the server on which one can reach this service, or `false`. Default: a web app that is not `public`
    /// has its own `port`, open to the machine itself only.
    pub publish: Field<Publish>,
    /// Processes in one container (`--workers`), 1 to 256. Default: 1.
    pub workers: Field<u32>,
    /// How many equal containers, 0 to 10000. Default: 1.
    pub replicas: Field<u32>,
    /// Replicas that follow the load, on a cluster; `replicas` is then not needed.
    pub autoscale: Field<Autoscale>,
    /// What one container's memory is made of.
    pub memory: Field<ServiceMemory>,
    /// What one container asks of the processors.
    pub cpu: Field<ServiceCpu>,
    /// Environment variables that are no secrets.
    pub env: Field<Map<String>>,
    /// Names of environment variables whose values are secrets; the values never stand in a generated file.
    pub secrets: Field<Vec<Field<String>>>,
    /// What has to happen before the service starts, in this order: database migrations, for example.
    pub before_start: Field<Vec<Field<Step>>>,
    /// The database connections that each process keeps.
    pub database_pool: Field<DatabasePool>,
    /// How to see that the service is well.
    pub health: Field<Health>,
    /// Names of the services that this one connects to.
    pub needs: Field<Vec<Field<String>>>,
    /// The address under which everyone can reach the service.
    pub public: Field<Public>,
    /// The size of the disk that survives a restart. Default: 1Gi for a database, none for the rest.
    pub storage: Field<Memory>,
    /// Where that disk is mounted, an absolute path. Default: where a catalog kind keeps its data.
    pub storage_path: Field<String>,
    /// The numeric user (and group) that a prebuilt image runs as, 1 to 65535. Default: 10001.
    pub user: Field<u32>,
    /// Folders of a prebuilt image that the process writes to and that need not survive; the rest is read-only. Default: `/tmp`.
    pub writable: Field<Vec<Field<String>>>,
}

/// A Python program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Python {
    /// The web framework. Default: `fastapi`.
    pub framework: Field<Framework>,
    /// The application object of a web app, such as `app.main:app`. Default: `main:app`; for Django see its `wsgi.py`.
    pub app: Field<String>,
    /// The command of a background process, instead of `app`.
    pub worker: Field<String>,
    /// The version of Python. Default: `3.14`.
    pub version: Field<String>,
    /// What installs the packages. Default: `uv`.
    pub packages: Field<Packages>,
    /// The folder of the code, relative to the Compose file. Default: `.`
    pub source: Field<String>,
}

/// A Celery worker, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Celery {
    /// The module of the Celery application, such as `app.tasks`. Default: `app`.
    pub app: Field<String>,
    /// Processes that run tasks, 1 to 256. Default: 2. Left to Celery it would be the machine's processors, not the container's.
    pub concurrency: Field<u32>,
    /// The version of Python. Default: `3.14`.
    pub version: Field<String>,
    /// What installs the packages. Default: `uv`.
    pub packages: Field<Packages>,
    /// The folder of the code, relative to the Compose file. Default: `.`
    pub source: Field<String>,
}

/// A database from its official image.
#[expect(clippy::struct_field_names, reason = "the database inside the database server is called just that")]
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Database {
    /// The version: the image's tag.
    pub version: Field<String>,
    /// The database that is made at the first start. Default: `app`.
    pub database: Field<String>,
    /// Its owner. Default: `app`.
    pub user: Field<String>,
    /// How many connections it accepts at once, 1 to 100000. Default: the server's own.
    pub max_connections: Field<u32>,
}

/// A well-known service from its official image.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Catalog {
    /// The version: the image's tag.
    pub version: Field<String>,
}

/// A Python web framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Framework {
    /// FastAPI, served by Uvicorn.
    Fastapi,
    /// Starlette, served by Uvicorn.
    Starlette,
    /// Django, served by Gunicorn.
    Django,
    /// Flask, served by Gunicorn.
    Flask,
}

/// What installs Python packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Packages {
    /// uv, from `pyproject.toml` and `uv.lock`.
    Uv,
    /// pip, from `requirements.txt`.
    Pip,
    /// Poetry, from `pyproject.toml` and `poetry.lock`.
    Poetry,
}

/// Replicas that follow the load.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Autoscale {
    /// The fewest replicas, from 1. Default: 1.
    pub min: Field<u32>,
    /// The most replicas, up to 10000.
    pub max: Field<u32>,
    /// The processor use, of what is requested, that it aims at. Default: 80%.
    pub cpu: Field<Percent>,
}

/// What one container's memory is made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ServiceMemory {
    /// One process at rest, without what it shares with the others. Default: the figure for that kind of process.
    pub process: Field<Memory>,
    /// What all processes of a container share, counted once: a preloaded model, for example. Default: none.
    pub shared: Field<Memory>,
    /// What one request in flight adds. Default: 1Mi for a web app, none for the rest.
    pub per_request: Field<Memory>,
    /// The limit past which the container is killed. Default: what it needs and a quarter more.
    pub limit: Field<Memory>,
}

/// What one container asks of the processors.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ServiceCpu {
    /// What is set aside for the container, such as `250m`. Default: 100m a process.
    pub request: Field<Cpu>,
    /// Processor time that one request takes, such as `12ms`.
    pub per_request: Field<Duration>,
}

/// Where the server opens a port for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publish {
    /// Nowhere.
    Closed,
    /// On this port.
    On(u16),
}

/// Something that has to happen before a service starts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Step {
    /// The command, split like a shell would: `alembic upgrade head`.
    pub run: Field<String>,
    /// How often. Default: `once`.
    pub when: Field<When>,
    /// By what means. Default: `job` for a step that runs once, `init-container` for one that runs at every start.
    pub how: Field<How>,
}

/// How often a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum When {
    /// Once for a release, however many replicas start afterwards.
    Once,
    /// At every start of every replica.
    EveryStart,
}

/// By what means a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum How {
    /// A Job on a cluster, a one-shot service in Compose: one container, before the others.
    Job,
    /// An init container of each replica on a cluster; in Compose, which has none, in the container.
    InitContainer,
    /// In the container itself, right before its command.
    InContainer,
    /// Not by these files: the person runs it.
    ByHand,
}

/// The database connections that one process keeps.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct DatabasePool {
    /// Connections kept open, 1 to 10000. Default: 5, as SQLAlchemy's.
    pub size: Field<u32>,
    /// More that may be opened under load, 0 to 10000. Default: 10, as SQLAlchemy's.
    pub overflow: Field<u32>,
}

/// How to see that a service is well.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Health {
    /// The path that answers 200 when it is. Default: none; then it is enough that the port is open.
    pub path: Field<String>,
}

/// The address under which everyone can reach a service.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Public {
    /// The host's name, such as `shop.example.com`.
    pub host: Field<String>,
    /// Whether it is served by HTTPS, with a certificate that renews itself. Default: true.
    pub tls: Field<bool>,
}

/// One machine with Docker Compose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Server {
    /// Its processors. Default: 2.
    pub cpu: Field<Cpu>,
    /// Its memory. Default: 4Gi.
    pub memory: Field<Memory>,
    /// What the operating system, Docker and whatever else runs there keep for themselves. Default: 512Mi.
    pub system: Field<Memory>,
}

/// A Kubernetes cluster.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Cluster {
    /// Groups of equal machines. Default: three of 2 processors and 4Gi.
    pub nodes: Field<Vec<Field<Nodes>>>,
    /// What leads requests from outside to a service. Default: `gateway-api`.
    pub gateway: Field<GatewayKind>,
    /// The class of the gateway or ingress. Default: `envoy` for a gateway; the cluster's own for an ingress.
    pub class: Field<String>,
    /// The cert-manager ClusterIssuer that issues certificates. Default: `letsencrypt`.
    pub issuer: Field<String>,
    /// The namespace. Default: the document's name.
    pub namespace: Field<String>,
}

/// A group of equal machines.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Nodes {
    /// Its name; the machines are NAME-1, NAME-2 and so on. Default: `node`.
    pub name: Field<String>,
    /// How many, 0 to 5000. Default: 1.
    pub count: Field<u32>,
    /// The processors of one. Default: 2.
    pub cpu: Field<Cpu>,
    /// The memory of one. Default: 4Gi.
    pub memory: Field<Memory>,
    /// Whose rule says what the machine keeps for itself. Default: `kubelet`.
    pub reserve: Field<Reserve>,
}

/// Whose rule says what a node keeps for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Reserve {
    /// The kubelet's defaults: nothing but the eviction threshold.
    Kubelet,
    /// Google Kubernetes Engine.
    Gke,
    /// Amazon Elastic Kubernetes Service.
    Eks,
    /// Azure Kubernetes Service.
    Aks,
}

/// What leads requests from outside to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum GatewayKind {
    /// The Gateway API: Gateway and HTTPRoute.
    GatewayApi,
    /// An Ingress.
    Ingress,
}

/// The requests that arrive at the public services (or, where none is public, at the web apps).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Traffic {
    /// Requests in usual times, such as `40/s`.
    pub rate: Field<Rate>,
    /// Requests at the busiest time. Default: the usual rate.
    pub peak: Field<Rate>,
    /// How long one request takes, such as `80ms`. Default: 100ms.
    pub latency: Field<Duration>,
}
