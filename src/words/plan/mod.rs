//! What the plan says.

pub mod capacity;
pub mod cluster;
pub mod connections;
pub mod container;
pub mod scheduler;
pub mod server;
pub mod text;
pub mod time;

use crate::plan::figures::pair;
use crate::quantity::Memory;
use crate::topology::Name;

/// Of a server or a cluster.
pub const NOTHING_RUNS: &str = "It floats: nothing runs on it.";

/// Of a server or a cluster: of what it makes no difference.
pub fn container_killed(service: &Name, need: Memory, limit: Memory) -> String {
    let (need, limit) = pair(need, limit);
    format!("It sinks: a container of {service} needs {need} and is killed at {limit}.")
}

/// A part of a whole, in the same unit or each with its own: `1.4 of 11.7 GiB`, `160 MiB of 11.7 GiB`.
pub fn part_of(part: &str, whole: &str) -> String {
    format!("{part} of {whole}")
}

/// So many pods by the name of the first of them: `api-3`, `api-3 and 4 more`.
pub fn pods_by_first(first: &str, pods: u64) -> String {
    match pods {
        0 | 1 => first.to_owned(),
        pods => format!("{first} and {} more", pods - 1),
    }
}

/// Nodes that there are not yet: `one more node`, `3 more nodes`.
pub fn more_nodes(nodes: u32) -> String {
    match nodes {
        1 => "one more node".to_owned(),
        nodes => format!("{nodes} more nodes"),
    }
}

/// A sentence as it stands within another, or where none has a full stop.
pub fn without_full_stop(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}
