//! What is said about the plan: its picture, and the arithmetic behind it.

use super::count;
use plimsoll::plan::AddedNodes;
use plimsoll::plan::Total;
use plimsoll::quantity::{Cpu, Memory};
use plimsoll::topology::FigureSource;

// The picture.
/// What a server is called there.
pub const SERVER: &str = "server";
/// What a machine keeps for itself.
pub const SYSTEM: &str = "system";
/// The row of what no machine has room for.
pub const NO_ROOM: &str = "No room";
/// The row of what machines are on their way for.
pub const WAITING: &str = "Waiting";
/// The row of what has no memory of the server.
pub const NOT_RUNNING: &str = "Not running";
pub const POINT_AT: &str = "Point at a container, or move to one with the arrow keys, for its figures.";
pub const PAST_LINE: &str = "past the line";

pub fn load_line(memory: Memory) -> String {
    format!("load line: {memory}")
}

/// What the list of a machine's cargo is called.
pub fn containers_of(machine: &str) -> String {
    format!("{machine}: its containers")
}

/// A part of some processors.
pub fn cpu_of(part: Cpu, whole: Cpu) -> String {
    format!("{} of {whole}", part.compose())
}

pub fn nodes_drawn(drawn: usize, all: usize) -> String {
    format!("The first {drawn} of {all} nodes are drawn; the figures are those of all.")
}

/// Of a container that is the only one of its service on a server.
pub fn container(name: &str, need: Memory, limit: Memory) -> String {
    format!("{name}: needs {need} at the busiest time, killed beyond {limit}.")
}

/// Of a container that has others like it.
pub fn one_container_of(name: &str, count: u32, need: Memory, limit: Memory) -> String {
    format!("{name}, one of {count}: needs {need} at the busiest time, killed beyond {limit}.")
}

/// Of containers that are drawn as one.
pub fn containers(name: &str, count: u32, need: Memory, limit: Memory) -> String {
    format!("{name}, {count} containers: need {need} at the busiest time, {limit} at most.")
}

/// Of a pod, which may be there at the busiest time only.
pub fn pod(pod: &str, node: &str, is_extra: bool, limit: Memory, need: Memory) -> String {
    let when = if is_extra { ", at the busiest time only" } else { "" };
    format!("{pod} on {node}{when}: {limit} set aside, of which it needs {need} at the busiest time.")
}

/// Of pods that are drawn as one.
pub fn pods(count: u32, service: &str, node: &str, limit: Memory, need: Memory) -> String {
    format!("{count} pods of {service} on {node}: {limit} set aside, of which they need {need} at the busiest time.")
}

/// Beside pods that wait for nodes: which come, and in how long all of them are there.
pub fn nodes_come(added: &[AddedNodes]) -> [String; 2] {
    let nodes = added.iter().map(|added| added.nodes as usize).sum();
    let group = if let [added] = added { format!(" of {}", added.group) } else { String::new() };
    let seconds = added.iter().map(|added| added.startup_seconds).max().unwrap_or_default();
    [format!("{}{group}", count(nodes, "more node")), format!("in about {seconds} s")]
}

/// Of pods that have no node, and why.
pub fn without_node(pods: &str, message: &str) -> String {
    format!("{pods}: {message}")
}

/// Of pods that wait for nodes, with what is said of these.
pub fn awaits_nodes(pods: &str, [nodes, when]: &[String; 2]) -> String {
    format!("{pods}: waiting for {nodes}, {when}.")
}

/// Such as `api-3` or `api-3 and 4 more`.
pub fn first_of_pods(first: &str, count: u32) -> String {
    match count {
        0 | 1 => first.to_owned(),
        count => format!("{first} and {} more", count - 1),
    }
}

// The cluster.
pub const OUT_OF_MEMORY: &str = "When a node runs out of memory";
pub const GRANTED: &str = "What this takes for granted";
pub const SCORES: &str = "Scores";
pub const SCORE: &str = "Score";
pub const TOTAL: &str = "Total";
pub const IF_LOST: &str = "If a node is lost";

pub fn why_there(node: &str, pod: &str) -> String {
    format!("Why {node} for {pod}")
}

/// On how many nodes a pod fits, and which of them are the best: so many, of which some are named.
pub fn fits(nodes: u32, best: u32, named: &[String]) -> String {
    if nodes == 1 {
        return "It fits on 1 node.".to_owned();
    }
    if best <= 1 {
        return format!("It fits on {nodes} nodes. The best of them.");
    }
    let more = match (best as usize).saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = named.join(", ");
    format!(
        "It fits on {nodes} nodes. Any of {best} nodes with the same score: {named}{more}. The first by name is drawn."
    )
}

/// After the name of a lost node: how many are as good as it.
pub fn nodes_alike(nodes: u32) -> String {
    match nodes {
        0 | 1 => String::new(),
        nodes => format!(" (or any of {nodes} like it)"),
    }
}

/// What becomes of the pods of a lost node for which there is room.
pub fn others_take(pods: u32) -> String {
    match pods {
        0 => "nothing runs on it".to_owned(),
        1 => "its pod fits on the others".to_owned(),
        pods => format!("its {pods} pods fit on the others"),
    }
}

pub fn no_room_for(pods: &[String]) -> String {
    format!("no room on the others for {}", pods.join(", "))
}

// What one container takes.
pub const ONE_CONTAINER: &str = "What one container takes";
pub const NEEDED: &str = "needed at the busiest time";
pub const TWICE: &str = "more than twice what it needs";
pub const LITTLE_LEFT: &str = "little is left";
pub const KILLED: &str = "the kernel kills it";

pub fn more_services(services: usize) -> String {
    format!("and {services} more services")
}

/// A limit by what it comes from.
pub fn limit(source: FigureSource) -> &'static str {
    match source {
        FigureSource::Given => "limit, as the document says",
        FigureSource::Catalog => "limit, a usual figure",
        FigureSource::Derived => "limit: the need and a quarter more",
    }
}

pub fn of_limit(percent: u32) -> String {
    format!("{percent} % of its limit")
}

/// What containers with that limit take together.
pub fn all_together(limit: Memory, steady: &Total, peak: &Total) -> String {
    let sum = |total: &Total| format!("{} × {limit} = {}", total.replicas, total.limit);
    if peak.replicas == steady.replicas {
        format!("All together: {}, {}", sum(steady), steady.cpu)
    } else {
        format!("All together: {}; at the busiest time {}", sum(steady), sum(peak))
    }
}

// Database connections.
pub const CONNECTIONS: &str = "Database connections";
pub const WHILE_RELEASING: &str = "while a new release replaces pods";
pub const ACCEPTED: &str = "accepted by the database";
pub const MORE_THAN_ACCEPTED: &str = "more than it accepts";
pub const MAY_BE_OPENED: &str = "may be opened at the busiest time";
