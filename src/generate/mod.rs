//! Files from a topology: total functions, the same bytes for the same topology.

mod compose;
mod dockerfile;
mod env_example;
pub mod guide;
mod kubernetes;
mod notes;

pub use crate::artifact::{Artifact, Origin};

use crate::topology::Topology;

/// Every file that the topology asks for, in the order in which a person reads them.
pub fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let mut artifacts = dockerfile::artifacts(topology);
    if topology.server.is_some() {
        artifacts.extend(compose::artifacts(topology));
    }
    if topology.cluster.is_some() {
        artifacts.extend(kubernetes::artifacts(topology));
    }
    artifacts.extend(env_example::artifact(topology));
    let files: Vec<String> = artifacts.iter().map(|artifact| artifact.path.clone()).collect();
    artifacts.push(guide::artifact(topology, &files));
    artifacts
}
