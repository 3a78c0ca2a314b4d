//! Why the lines of the manifests for Kubernetes are there.

pub mod config;
pub mod container;
pub mod job;
pub mod kustomization;
pub mod namespace;
pub mod network_policy;
pub mod pod;
pub mod probes;
pub mod route;
pub mod workload;
