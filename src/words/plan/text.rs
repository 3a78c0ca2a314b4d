//! What the plan as text says beside the plan's own sentences: the heads of its tables, and their cells.

use crate::plan::{ContainerPlan, DatabasePlan, Load, Pace, Total, part_of};
use crate::quantity::{Cpu, Memory};
use crate::topology::Name;

// Its parts.
pub const SERVER: &str = "Server, with Docker Compose";
pub const CLUSTER: &str = "Cluster, with Kubernetes";
pub const ONE_CONTAINER: &str = "Memory of one container";
pub const CONNECTIONS: &str = "Database connections";

// The server.
pub const CONTAINER: &str = "container";
pub const COUNT: &str = "count";
pub const NEEDS_MIB: &str = "needs MiB";
pub const LIMIT_MIB: &str = "limit MiB";
pub const ALL: &str = "all";
pub const LOAD_LINE: &str = "load line";

pub fn less_for_system(memory: Memory, system: Memory) -> String {
    format!("{memory} less {system} for the system")
}

// The nodes of a cluster.
pub const NODE: &str = "node";
pub const ZONE: &str = "zone";
pub const SET_ASIDE_MIB: &str = "set aside MiB";
pub const AT_PEAK: &str = "at the peak";
pub const FOR_PODS: &str = "for pods";
pub const CPU: &str = "cpu";
pub const CARRIES: &str = "carries";
pub const PAST_LOAD_LINE: &str = "! is past the load line.";

pub fn without(lost: &str) -> String {
    format!("Without {lost}:")
}

/// Of the processors of a node.
pub fn cpu_of(part: Cpu, whole: Cpu) -> String {
    format!("{} of {}", part.compose(), whole.compose())
}

/// The first of what a node carries, and how much more there is: `api, db, 2 × mailer and 3 more`.
pub fn carried(first: &[Load], more: usize) -> String {
    let name = |load: &Load| match load.containers {
        1 => load.name.to_string(),
        count => format!("{count} × {}", load.name),
    };
    let first = first.iter().map(name).collect::<Vec<_>>().join(", ");
    if more == 0 { first } else { format!("{first} and {more} more") }
}

// Pods.
pub const POD: &str = "pod";
pub const POD_AT_PEAK: &str = "pod added at the peak";
pub const SCORE: &str = "score";
pub const WHY: &str = "why";

/// Of so many pods without a node, by the first of them: why, in the scheduler's words, and what would help, each sentence
/// enough.
pub fn without_node(first: &str, pods: u32, why: &str, help: &[String]) -> String {
    let who = super::pods_by_first(first, pods.into());
    format!("{who}: {}. {}", super::without_full_stop(why), help.join(" Or: "))
}

// Rollouts.
pub const RELEASE_OF: &str = "new release of";
pub const PODS: &str = "pods";
pub const NEW: &str = "new";
pub const ENDING: &str = "ending";
pub const JOB: &str = "job";
pub const AT_ONCE: &str = "at once";
pub const TAKES_SECONDS: &str = "takes s";
pub const ROOM: &str = "room";

/// For how many more pods there is room in a rollout, and what that means; where none comes before an old one ends, `surge`
/// is zero.
pub fn room(pace: Pace, surge: u32, room: u32) -> String {
    match pace {
        Pace::Free if surge == 0 => "the old pod ends first".to_owned(),
        Pace::Free => "for all".to_owned(),
        Pace::Waits => format!("for {room} more: the rest waits for old pods to end"),
        Pace::Grows => "for none until the cluster autoscaler has added a node".to_owned(),
        Pace::Stuck => "for none: it never gets on".to_owned(),
        Pace::Untried => "not tried".to_owned(),
    }
}

// What was left out.
pub fn more_nodes_left_out(nodes: usize) -> String {
    format!("… and {nodes} more nodes.")
}

pub fn more_pods_left_out(pods: usize) -> String {
    format!("… and {pods} more pods.")
}

pub fn more_services_left_out(services: usize) -> String {
    format!("… and {services} more services.")
}

// Containers and databases.
pub fn container(service: &Name, steady: &Total, peak: &Total, container: &ContainerPlan) -> String {
    let replicas = match (steady.replicas, peak.replicas) {
        (steady, peak) if steady == peak => format!("× {steady}"),
        (steady, peak) => format!("× {steady} to {peak}"),
    };
    let need = part_of(container.need, container.limit);
    format!("{service} {replicas}: needs {need} ({} %), {} set aside", container.need_percent, container.cpu)
}

pub fn connections(database: &DatabasePlan) -> String {
    let limit = database.max_connections.map_or_else(String::new, |limit| format!(" of {limit}"));
    let rollout = match database.rollout_connections {
        Some(connections) => format!(", {connections} while a new release replaces pods"),
        None => String::new(),
    };
    format!("{}: up to {}{limit}{rollout}", database.database, database.peak_connections)
}

pub fn in_rollout(arithmetic: &str) -> String {
    format!("{arithmetic} in a rollout")
}
