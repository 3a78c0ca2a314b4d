//! The document as a person writes it, version 1: every field with the place where it stands.
//!
//! A [`Field`] is absent, written wrong (a finding says so), or given; `resolve` turns the whole
//! into a checked [`Topology`](super::Topology) and fills in the defaults of `defaults.rs`.
//! The JSON Schema is generated from these types: their comments are what the editor shows.

mod environment;
#[cfg(feature = "schema")]
mod in_schema;
mod service;
mod targets;

pub use environment::{Environment, ServiceInEnvironment};
pub use service::{Autoscale, External, How, Public, Publish, SecretsAs, Service, ServiceCpu, ServiceMemory, When};
pub use targets::{Cluster, GatewayKind, Machine, Nodes, ProxyKind, Reserve, Server, Survive, Traffic, WrittenCurve};

#[cfg(feature = "schema")]
use super::defaults;
use crate::yaml::{Field, Map};
use serde::Deserialize;

/// A deployment, described once.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Document {
    /// The version of this format: 1.
    pub version: Field<u32>,
    /// The name of the deployment, a DNS label: it names the Compose project, the namespace and the images.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::NAME)))]
    pub name: Field<String>,
    /// What runs, by name. A name is a DNS label, since others reach the service under it.
    pub services: Field<Map<Service>>,
    /// One machine that runs everything with Docker Compose. Without `server` and `cluster`, both have defaults.
    pub server: Field<Server>,
    /// A Kubernetes cluster. Without `server` and `cluster`, both have defaults.
    pub cluster: Field<Cluster>,
    /// The machines that you could buy, up to 50: the smallest server and the smallest cluster are made of them.
    /// Default: usual sizes, from 1 to 64 processors with 2, 4 or 8 GiB for each.
    pub machines: Field<Vec<Field<Machine>>>,
    /// The requests that arrive.
    pub traffic: Field<Traffic>,
    /// Environments of the cluster, by name, such as `staging`: each is the document with its own changes, in a
    /// namespace of its own. Default: none.
    pub environments: Field<Map<Environment>>,
}
