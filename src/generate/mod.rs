//! Files from a topology: total functions, the same bytes for the same topology.

mod compose;
mod dockerfile;
mod env_example;
pub mod guide;
mod kubernetes;
mod notes;

pub use crate::artifact::{Artifact, Origin};

use crate::text::listed;
use crate::topology::Topology;

/// The reason for an image that the document names: it is neither built here nor in the catalog.
const NAMED_IMAGE: &str = "The image that you named";

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

/// Quotes names and lists them for a sentence: `a`, `b` and `c`, each in backticks.
fn quoted_list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    listed(&names, "and")
}
