//! What is said of where it runs, and of what arrives: server, cluster and traffic.

use crate::quantity::Memory;
use crate::topology::{Name, Rate};

// The server.
pub const ZERO_SERVER_CPU: &str = "The processors of the server cannot be 0";
pub const ZERO_SERVER_MEMORY: &str = "The memory of the server cannot be 0";
pub const SYSTEM_TAKES_ALL_HELP: &str = "Give the server more memory, or the system less";

pub fn system_takes_all(system: Memory, server: Memory) -> String {
    format!("The system takes {system}, which is all that the server has ({server})")
}

// The cluster.
pub const CLASS_HELP: &str = "Use the name of a GatewayClass or IngressClass of the cluster, such as `nginx`";
pub const ISSUER_HELP: &str = "Use the name of a ClusterIssuer of cert-manager, such as `letsencrypt`";
pub const ONE_ZONE: &str = "The loss of a zone cannot be survived while all nodes are in one";
pub const ONE_ZONE_HELP: &str = "Give a group of nodes `zones: 3`, or remove `zones`";

pub fn no_class(text: &str) -> String {
    format!("`{text}` is no class")
}

pub fn no_issuer(text: &str) -> String {
    format!("`{text}` is no issuer")
}

// Groups of nodes.
pub const TWO_GROUPS_HELP: &str = "Give each group a `name` of its own";
pub const TOO_MANY_NODES_HELP: &str = "Kubernetes is made for 5,000 nodes; only so many are planned";
pub const MOST_BELOW_COUNT_HELP: &str = "Write `max` as large as `count` or larger";
pub const STARTUP_WITHOUT_GROWTH: &str =
    "The cluster autoscaler adds no such machine, so how long one takes does not matter";
pub const STARTUP_WITHOUT_GROWTH_HELP: &str = "Add `max`, how many there may be, or remove `startup`";
pub const ZERO_NODE_CPU: &str = "The processors of a node cannot be 0";
pub const ZERO_NODE_MEMORY: &str = "The memory of a node cannot be 0";

pub fn too_many_groups(count: usize, most: usize) -> String {
    format!("{count} groups of nodes are more than the {most} that one cluster can have")
}

pub fn two_groups(name: &Name) -> String {
    format!("There are two groups of nodes called `{name}`")
}

pub fn too_many_nodes(most: u32) -> String {
    format!("The cluster has more than {most} nodes")
}

pub fn nodes_out_of_range(nodes: u32) -> String {
    format!("{nodes} nodes is out of range")
}

pub fn most_below_count(most: u32, count: u32) -> String {
    format!("The most nodes ({most}) are fewer than there are ({count})")
}

pub fn zones_out_of_range(zones: u32) -> String {
    format!("{zones} zones is out of range")
}

// Traffic.
pub const CURVE_WITHOUT_RATES_HELP: &str = "Add `rate` and `peak`, such as `rate: 40/s, peak: 200/s`";
pub const RATE_ABOVE_PEAK_HELP: &str = "Write the larger of the two as `peak`";
pub const NO_CURVE_HELP: &str = "Write `daily`, for example";

pub fn curve_without_rates(curve: &str) -> String {
    format!("`{curve}` does not say from which rate to which")
}

pub fn rate_above_peak(rate: Rate, peak: Rate) -> String {
    format!("The usual rate ({rate}) is above the peak ({peak})")
}

pub fn curve_above_peak(highest: Rate, peak: Rate) -> String {
    format!("The curve goes up to {highest}, and memory is planned for a peak of {peak}")
}

pub fn curve_above_peak_help(highest: Rate) -> String {
    format!("Write `peak: {highest}`")
}
