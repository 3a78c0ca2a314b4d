//! What is said about the diagram, and in it.

use super::count;
use plimsoll::finding::Severity;
use plimsoll::quantity::{Cpu, Memory};
use plimsoll::topology::Rate;

pub const TITLE: &str = "Diagram";
pub const NODES: &str = "Services and what they need";
pub const HELP: &str = "The arrow keys go along the lines and through the columns. Enter opens the form of a service, F2 renames it, \
    C chooses what it needs, Delete removes it. Plus and minus zoom, 0 shows all.";
pub const EMPTY: &str = "What you describe is drawn here.";
/// Before the reason.
pub const NOT_CHANGED: &str = "Not changed: ";

pub fn too_many(services: usize, most: usize) -> String {
    format!("{services} services are too many to draw (more than {most}). Here they are by name.")
}

// What can be done.
pub const ADD: &str = "Add service";
pub const KINDS: &str = "Kinds of services";
pub const REMOVE_LINE: &str = "Remove line";
pub const NEEDS: &str = "Needs";
pub const NEEDS_HELP: &str = "Choose what it needs (C)";
pub const RENAME: &str = "Rename";
pub const RENAME_HELP: &str = "Rename it (F2)";
pub const REMOVE: &str = "Remove";
pub const REMOVE_HELP: &str = "Remove it (Delete)";
pub const SMALLER: &str = "Smaller";
pub const SMALLER_HELP: &str = "Smaller (−)";
pub const LARGER: &str = "Larger";
pub const LARGER_HELP: &str = "Larger (+)";
pub const SHOW_ALL: &str = "Show all";
pub const SHOW_ALL_HELP: &str = "Show all (0)";
pub const NO_OTHERS: &str = "There is no other service yet.";
pub const DONE: &str = "Done";

pub fn new_name_of(service: &str) -> String {
    format!("New name of {service}")
}

/// What the list of what a service may need is called.
pub fn needs_of(service: &str) -> String {
    format!("What {service} needs")
}

/// Above that list.
pub fn needs(service: &str) -> String {
    format!("{service} needs")
}

// Lines.
pub fn line(from: &str, to: &str) -> String {
    format!("{from} needs {to}")
}

pub fn way_in(to: &str) -> String {
    format!("the internet reaches {to}")
}

// Around the services.
pub const CLUSTER: &str = "Cluster";

pub fn server(cpu: Cpu, memory: Memory) -> String {
    format!("Server · {cpu}, {memory}")
}

/// Of a group of machines, which the cluster may grow to `most` of.
pub fn machines(count: u32, most: u32, group: &str) -> String {
    if most > count { format!("{count} to {most} × {group}") } else { format!("{count} × {group}") }
}

/// Groups of machines that are left out.
pub fn more_groups(groups: usize) -> String {
    format!("and {groups} more")
}

pub fn rates(rate: Rate, peak: Rate) -> String {
    if peak > rate { format!("{rate} to {peak}") } else { rate.to_string() }
}

/// What the button with the rates is called.
pub fn traffic(rates: &str) -> String {
    format!("Traffic {rates}")
}

// Nodes.
pub const INTERNET: &str = "Internet";
pub const ELSEWHERE: &str = "runs elsewhere";

/// The way in on one line.
pub fn internet(protocol: &str) -> String {
    format!("Internet · {protocol}")
}

/// The way in in a sentence.
pub fn internet_leads(protocol: &str, to: &[&str]) -> String {
    format!("Internet, {protocol}, leads to {}", listed(to))
}

pub fn processes(processes: u32) -> String {
    match processes {
        1 => "1 process".to_owned(),
        processes => format!("{processes} processes"),
    }
}

pub fn replicas(steady: u32, peak: u32) -> String {
    if steady == peak { count(steady as usize, "replica") } else { format!("{steady}–{peak} replicas") }
}

pub fn connections(peak: u64, most: u32) -> String {
    format!("{peak} of {most} conn.")
}

pub fn needs_these(services: &[&str]) -> String {
    format!("needs {}", listed(services))
}

pub fn public_at(host: &str) -> String {
    format!("public at {host}")
}

pub fn trouble(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "has an error",
        Severity::Warning => "has a warning",
        Severity::Info => "has a note",
    }
}

/// Such as `db`, `db and cache`, `db, cache and queue`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
