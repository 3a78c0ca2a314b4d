//! What to buy, and why less does not do.

use super::cluster::have_nowhere_to_go;
use super::{more_nodes, pods_by_first, without_full_stop};
use crate::plan::allocatable::Allocatable;
use crate::plan::capacity::{Scale, Standing};
use crate::plan::figures::pair;
use crate::plan::{Shortfall, UnplacedPods, homeless};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Machine, NodeGroup, Price, Reserve, Service, Survive};

// Machines.
pub const NO_MACHINES: &str = "There is no machine to choose from.";

/// One with its name: `cx22 (2 cores, 4 GiB)`.
pub fn machine(machine: &Machine) -> String {
    match &machine.name {
        Some(name) => format!("{name} ({})", machine.size()),
        None => machine.size(),
    }
}

/// So many of one: `3 × 2 cores, 4 GiB`.
fn machines(count: u32, of: &Machine) -> String {
    format!("{count} × {}", machine(of))
}

/// Those of a cluster: `3 × 2 cores, 4 GiB and 1 to 4 × 8 cores, 32 GiB`.
pub fn groups(groups: &[NodeGroup]) -> String {
    let group = |group: &NodeGroup| {
        let most = if group.may_grow() { format!(" to {}", group.max) } else { String::new() };
        format!("{}{most} × {}, {}", group.count, group.cpu, group.memory)
    };
    let is_any = |group: &&NodeGroup| group.count.max(group.max) > 0;
    let groups: Vec<String> = groups.iter().filter(is_any).map(group).collect();
    if groups.is_empty() { "no machine".to_owned() } else { groups.join(" and ") }
}

fn a_month(price: Option<Price>) -> String {
    price.map(|price| format!(", {price} a month")).unwrap_or_default()
}

fn least(scale: Scale) -> &'static str {
    match scale {
        Scale::Price => "cheapest",
        Scale::Size => "smallest",
    }
}

// The answer for a server.
pub const ANY_SERVER: &str = "Nothing runs: any server carries that.";

pub fn no_server_helps(why: &str) -> String {
    format!("No server helps. {why}")
}

/// The next smaller one of the list does not carry it, for that reason, if there is one.
pub fn best_server(scale: Scale, best: &Machine, smaller: Option<(&Machine, &str)>) -> String {
    let answer = format!("The {} server that carries this: {}{}.", least(scale), machine(best), a_month(best.price));
    match smaller {
        Some((smaller, why)) => format!("{answer} With {}, {why}", machine(smaller)),
        None => format!("{answer} The list has no smaller one."),
    }
}

pub fn no_server_carries(largest: &Machine, why: &str) -> String {
    format!("No machine of the list carries this: with {}, {why}", machine(largest))
}

/// Memory is needed past the load line of a server, or more processors are asked for than it has: each with what there is.
/// It stands after the name of the machine.
pub fn server_too_small(need: Option<[Memory; 2]>, cpu: Option<[Cpu; 2]>) -> String {
    let memory = need.map(|[need, line]| {
        let (need, line) = pair(need, line);
        format!("the containers need {need}, past its load line at {line}")
    });
    let cpu = cpu.map(|[asked, has]| format!("the containers ask for {} of its {has}", asked.compose()));
    let reasons: Vec<String> = memory.into_iter().chain(cpu).collect();
    format!("{}.", reasons.join(", and "))
}

// The answer for a cluster.
pub const ANY_CLUSTER: &str = "Nothing runs: any cluster carries that.";
pub const ALL_IN_ONE_ZONE: &str = "No number will do: they are all in one zone.";

pub fn no_cluster_helps(why: &str) -> String {
    format!("No cluster helps. {why}")
}

/// One machine less does not carry it, for that reason, if one less is a cluster at all.
pub fn best_cluster(scale: Scale, count: u32, of: &Machine, price: Option<Price>, why: Option<&str>) -> String {
    let answer = format!("The {} cluster that carries this: {}{}.", least(scale), machines(count, of), a_month(price));
    match why {
        Some(why) => format!("{answer} {why}"),
        None => answer,
    }
}

/// Of a machine, `what` is known.
pub fn cluster_not_tried(of: &Machine, what: &str) -> String {
    format!("It is too large to be tried here. Of {}: {what}", machine(of))
}

pub fn no_cluster_carries(largest: &Machine, why: &str) -> String {
    format!("No machine of the list carries this. Of {}: {why}", machine(largest))
}

/// A pod of the service does not fit on a machine that leaves so much.
pub fn pod_too_large(service: &Service, machine: Allocatable) -> String {
    let asked = |memory: Memory, cpu: Cpu| format!("{memory} and {cpu}");
    format!(
        "No number will do: a pod of {} asks for {}, and one such machine has {} for pods.",
        service.name,
        asked(service.pod_memory(), service.pod_cpu()),
        asked(machine.memory, machine.cpu)
    )
}

pub fn more_than_any_cluster(least: u64, most: u32) -> String {
    format!("It takes {least} or more, and a cluster has {most} at most.")
}

pub fn number_not_tried(least: u32) -> String {
    format!("It takes {least} or more: {TAKES_TOO_LONG}")
}

/// So many machines are too few.
pub fn too_few(count: u32, shortfall: &Shortfall, survive: Survive) -> String {
    format!("With {count}, {}", falls_short(shortfall, survive))
}

/// As many as a cluster can have are too few.
pub fn most_are_too_few(most: u32, shortfall: &Shortfall, survive: Survive) -> String {
    format!("Even with {most}, {}", falls_short(shortfall, survive))
}

const TAKES_TOO_LONG: &str = "to place so many pods takes too long here.";

/// What does not work, to stand after `With 2, `.
fn falls_short(shortfall: &Shortfall, survive: Survive) -> String {
    match shortfall {
        Shortfall::Steady(pods) => {
            let (first, count, why) = who_and_why(pods);
            format!("{}: {why}", have_nowhere_to_go(first, count))
        }
        Shortfall::Peak(pods) => {
            let (first, count, why) = who_and_why(pods);
            format!("at the peak {}: {why}", have_nowhere_to_go(first, count))
        }
        Shortfall::Awaits(added) => {
            let nodes = more_nodes(added.nodes());
            format!("it carries what always runs only on {nodes}, which the cluster autoscaler adds.")
        }
        Shortfall::Rollout(service, why) => {
            let why = why.as_ref().map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
            format!("a new release of {service} cannot begin, for want of room for its first pods{why}.")
        }
        Shortfall::Loss(lost, pods) => {
            let lost = lost.as_deref().unwrap_or("one");
            let (first, count, why) = who_and_why(pods);
            format!("losing {lost} leaves {} nowhere to go: {why}", pods_by_first(first, count))
        }
        Shortfall::Alone if survive == Survive::Zone => "losing that zone leaves nothing.".to_owned(),
        Shortfall::Alone => "losing it leaves nothing.".to_owned(),
        Shortfall::PastLoadLine => "one is loaded past its line, 90 % of what it has for pods.".to_owned(),
        Shortfall::Untried => TAKES_TOO_LONG.to_owned(),
    }
}

/// Who has nowhere to go, as the first of how many pods, and why, in the scheduler's words.
fn who_and_why(pods: &[UnplacedPods]) -> (&str, u64, &str) {
    let (first, count) = homeless(pods).unwrap_or_default();
    (first, count, pods.first().map(|pods| pods.message.as_str()).unwrap_or_default())
}

// What the document itself has, in words.
pub fn own_is_right(own: &str) -> String {
    format!("The document's own, {own}, is about right.")
}

pub fn own_is_ample(own: &str) -> String {
    format!("The document's own, {own}, is more than enough.")
}

pub fn own_server_is_small(own: &str, why: &str) -> String {
    format!("The document's own, {own}, is too small: {why}")
}

pub fn own_cluster_is_small(own: &str, shortfall: &Shortfall, survive: Survive) -> String {
    format!("The document's own, {own}, is too small: {}", falls_short(shortfall, survive))
}

pub fn own_is_right_once_grown(own: &str, by: u32) -> String {
    format!(
        "The document's own, {own}, is about right: it carries the peak once the cluster autoscaler has added {}.",
        more_nodes(by)
    )
}

pub fn own_is_not_tried(own: &str) -> String {
    format!("The document's own, {own}, is too large to be tried here.")
}

// What is taken for granted, and what was left out.
pub const COMPARED_BY_PRICE: &str = "Machines are compared by the price of all.";
pub const RELEASE_TAKES_NO_MORE: &str =
    "A new release takes no more: `docker compose up` stops a container before it starts the new one.";
pub const EACH_NUMBER_TRIED: &str = "Each number was tried by placing the pods as kube-scheduler does, at the peak, after each loss, and with the pods that a new release of each service cannot begin without.";

/// A core counts as much as that memory; sizes that differ by less are similar.
pub fn compared_by_size(memory_of_a_core: Memory, similar_percent: u128) -> String {
    format!(
        "Without prices, machines are compared by size, a core counting as much as {memory_of_a_core}; where sizes differ \
         by less than {similar_percent} %, fewer machines are better."
    )
}

pub fn machines_are_equal(reserve: Reserve, zones: u32) -> String {
    let reserve = match reserve {
        Reserve::Kubelet => "the kubelet's default",
        Reserve::Gke => "GKE's rule",
        Reserve::Eks => "EKS's rule",
        Reserve::Aks => "AKS's rule",
    };
    let zones = match zones {
        1 => String::new(),
        zones => format!(" They are spread over {zones} zones."),
    };
    format!(
        "All machines of a cluster are equal, and carry nothing else: DaemonSets, the gateway and other add-ons take \
         their share. What a machine keeps for itself is {reserve}.{zones}"
    )
}

pub fn machines_not_tried(untried: usize, of: usize) -> String {
    format!("{untried} of {of} machines were not tried in full: {TAKES_TOO_LONG}")
}

// For a terminal: the head of the tables, and their cells.
pub const MACHINE: &str = "machine";
pub const CORES: &str = "cores";
pub const MEMORY: &str = "memory";
pub const IN_ALL: &str = "in all";
pub const A_MONTH: &str = "a month";

pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Best | Standing::Carries => "carries it",
        Standing::TooSmall => "too small",
        Standing::Untried => "not tried",
    }
}

/// What is best, and what the document has.
pub fn mark(is_best: bool, is_own: bool) -> &'static str {
    match (is_best, is_own) {
        (true, true) => "best, own",
        (true, false) => "best",
        (false, true) => "own",
        (false, false) => "",
    }
}

pub fn of_machine(of: &Machine, reason: &str) -> String {
    format!("{}: {reason}", machine(of))
}

pub fn machines_left_out(count: usize) -> String {
    format!("… and {count} more machines of the list, in the JSON.")
}
