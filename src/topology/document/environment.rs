//! What an environment of the cluster changes.

use super::{Autoscale, Public, ServiceCpu, ServiceMemory};
use crate::quantity::Memory;
use crate::yaml::{Field, Map};
use serde::Deserialize;

/// An environment of the cluster: the document, with these changes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Environment {
    /// Its namespace. Default: the document's name, `-`, and the environment's.
    pub namespace: Field<String>,
    /// What differs, by service.
    pub services: Field<Map<ServiceInEnvironment>>,
}

/// What of a service differs in an environment; what is not written stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ServiceInEnvironment {
    /// Another prebuilt image, or another name and tag of the built one.
    pub image: Field<String>,
    /// How many equal containers, 0 to 10000.
    pub replicas: Field<u32>,
    /// Replicas that follow the load.
    pub autoscale: Field<Autoscale>,
    /// What one container's memory is made of; only what is written changes.
    pub memory: Field<ServiceMemory>,
    /// What one container asks of the processors; only what is written changes.
    pub cpu: Field<ServiceCpu>,
    /// Variables that are added, or have other values.
    pub env: Field<Map<String>>,
    /// The address under which everyone can reach the service.
    pub public: Field<Public>,
    /// The size of its disk.
    pub storage: Field<Memory>,
}
