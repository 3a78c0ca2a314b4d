//! What is advised (`advise/`), a rule after the other.

use super::plan::time;
use super::plan::without_full_stop;
use crate::advise::TooMany;
use crate::plan::figures::{about, pair};
use crate::quantity::Memory;
use crate::topology::Name;

// The limit of a container.
pub fn limit_under_need(service: &Name, need: Memory, limit: Memory) -> String {
    let (need, limit) = pair(need, limit);
    format!("A container of `{service}` needs {need} and is killed at {limit}")
}

/// Of a limit that is too near to the need, or too far above it.
pub fn limit_used_badly(service: &Name, percent: u32) -> String {
    format!("A container of `{service}` needs {percent} % of its limit; aim at 50 to 90 %")
}

pub fn raise_limit(limit: Memory) -> String {
    format!("Raise the limit to {limit}")
}

pub fn raise_limit_help(limit: Memory) -> String {
    format!("Raise the limit to {limit}, or let it need less")
}

pub fn lower_limit(limit: Memory) -> String {
    format!("Lower the limit to {limit}")
}

pub fn lower_limit_help(limit: Memory) -> String {
    format!("Lower the limit to {limit}: what is set aside for it nobody else can use")
}

// A container that grows.
pub const FIND_WHAT_GROWS: &str = "Find what keeps the memory; a higher limit only makes it later";

pub fn memory_grows(service: &Name, workers: u32, growth: Memory, full_after_seconds: u64) -> String {
    let workers = if workers == 1 { String::new() } else { format!("{workers} × ") };
    let every = time::about(full_after_seconds);
    format!("A container of `{service}` grows by {workers}{growth} an hour, and is killed about every {every}")
}

/// Where a variable of the environment makes workers end themselves: the variable with its value.
pub fn renew_workers_by_variable(variable: &str) -> String {
    format!("Find what keeps the memory; until then `{variable}` in `env` starts workers anew before they are killed")
}

pub fn renew_workers_by_celery(setting: &str) -> String {
    format!("Find what keeps the memory; until then Celery's `{setting}` starts workers anew before they are killed")
}

// The server.
pub fn server_too_small(need: Memory, available: Memory) -> String {
    let (need, available) = pair(need, available);
    format!("The containers need {need}, and the server has {available} for them")
}

pub fn server_past_load_line(need: Memory, available: Memory) -> String {
    let (need, available) = pair(need, available);
    format!("The containers need {need} of the {available} that the server has for them, more than 90 %")
}

pub fn give_server_more(memory: Memory) -> String {
    format!("Give the server {} or more; or let it run fewer workers or replicas", about(memory))
}

pub fn server_overcommitted(limits: Memory, available: Memory) -> String {
    let (limits, available) = pair(limits, available);
    format!("The limits add up to {limits}, and the server has {available} for containers")
}

/// With what the kernel is likely to end first.
pub fn server_overcommitted_help(victim: &str) -> String {
    format!(
        "Lower limits that are more than a quarter above the need, or give the server more memory; else a process of \
         `{victim}` is likely to be ended first when it is full"
    )
}

// Room on the cluster.
pub const NO_NODES: &str = "The cluster has no nodes";
pub const ADD_NODES: &str = "Add a group of nodes with a `count` of at least 1";
pub const WAITS_FOR_AUTOSCALER: &str = "What has no node waits until the cluster autoscaler has added one: let a `count` of nodes hold what always runs, and leave it those for the peak";

/// Of equal pods, the first of which is named; why is in the scheduler's words.
pub fn pods_without_node(first: &str, pods: u32, why: &str) -> String {
    let why = without_full_stop(why);
    match pods {
        1 => format!("`{first}` fits on no node: {why}"),
        pods => format!("`{first}` and {} more fit on no node: {why}", pods - 1),
    }
}

/// What the plan says that would help pods without a node, each sentence enough.
pub fn more_room(sentences: &[String]) -> String {
    without_full_stop(&sentences.join(" ")).to_owned()
}

/// Why there is no room for more is in the scheduler's words.
pub fn autoscaler_without_room(service: &Name, max: u32, holds: u32, why: &str) -> String {
    format!(
        "The autoscaler of `{service}` may ask for {max} pods, and the cluster holds {holds} of them beside the rest: {}",
        without_full_stop(why)
    )
}

pub fn ask_for_at_most(pods: u32) -> String {
    format!("Ask for {pods} at most")
}

// What is lost with a node.
/// When a node or a zone is lost, so many pods, the first of which is named, have no place on the others.
pub fn loss_not_carried(lost: &str, first: &str, pods: u64) -> String {
    match pods {
        0 | 1 => format!("When `{lost}` is lost, `{first}` would have nowhere to go"),
        pods => format!("When `{lost}` is lost, `{first}` and {} more would have nowhere to go", pods - 1),
    }
}

pub fn drain_blocked(node: &str, pods: u32, service: &Name, may_miss: u32) -> String {
    format!(
        "`{node}` cannot be emptied for an upgrade: {pods} pods of `{service}` would have nowhere to go, and its \
         disruption budget lets {may_miss} be missing"
    )
}

/// After what would help, each sentence enough.
pub fn drain_blocked_help(sentences: &[String]) -> String {
    format!("{} Else `kubectl drain` waits for ever", sentences.join(" "))
}

pub const ADD_SECOND_NODE: &str = "Add a second node; until then, more replicas only cost memory";
pub const ROOM_ON_ANOTHER_NODE: &str = "Make room for one on another node: a lower request, or larger nodes";
pub const RUN_TWO_REPLICAS: &str = "Run two replicas or more";

pub fn only_one_node(service: &str) -> String {
    format!("The cluster has one node: the replicas of `{service}` are lost together")
}

pub fn replicas_share_node(service: &str, node: &str) -> String {
    format!("All replicas of `{service}` land on `{node}` and are lost together")
}

pub fn public_and_alone(service: &Name) -> String {
    format!("`{service}` is public and runs once: when its node is lost, nobody answers for more than five minutes")
}

// A new release, and a peak.
pub const ROOM_FOR_RELEASE: &str = "Run fewer replicas, let each ask for less, or add a node";
pub const START_FASTER: &str =
    "Let it start faster: keep models and data in the image or on a disk, or load them after it answers";
pub const READY_FOR_PEAK: &str =
    "Raise `min` to what a peak needs, or let it start faster: a model in the image, loaded after it answers";

/// There is room for a pod or for the Job that it waits for, and not for both, where it `waits_for_job`. Why is in the
/// scheduler's words.
pub fn release_stuck(service: &Name, waits_for_job: bool, why: Option<&str>) -> String {
    let job = if waits_for_job { " beside the Job that it waits for" } else { "" };
    let why = why.map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
    format!("A new release of `{service}` cannot get on, since there is no room for one more of its pods{job}{why}")
}

pub fn release_takes_long(service: &Name, seconds: u64, replicas: u32) -> String {
    format!(
        "A new release of `{service}` takes {} at least: {replicas} replicas, of which a quarter start at a time",
        time::about(seconds)
    )
}

/// So many replicas have to do until others answer; how many requests wait by then, if that is known.
pub fn replicas_come_late(service: &Name, seconds: u64, until_then: u32, queued: Option<u64>) -> String {
    let carry = if until_then == 1 { "carries" } else { "carry" };
    let queued = match queued {
        Some(requests) => format!("; by then about {requests} requests have queued up"),
        None => String::new(),
    };
    format!(
        "New replicas of `{service}` answer {} after a peak begins, and until then {until_then} {carry} it alone{queued}",
        time::about(seconds)
    )
}

// The workers of a container.
pub const ONE_PROCESS: &str = "Let a container have one process";

pub fn workers_die_together(service: &Name, workers: u32) -> String {
    format!(
        "On the cluster, one worker of `{service}` that takes too much memory ends all {workers} of its container at once"
    )
}

pub fn one_process_help(replicas: u32) -> String {
    format!("Let a container have one process, and run {replicas} replicas: then one is lost at a time")
}

/// Where the same document has a server too.
pub fn one_process_beside_server_help(replicas: u32) -> String {
    format!(
        "On a cluster alone, one process a container and {replicas} replicas lose one at a time; on the server, workers \
         are how one container uses several processors"
    )
}

// More than it takes.
pub const HAVE_FEWER_NODES: &str = "Have fewer, unless something else runs there";

pub fn server_too_large(need: Memory, available: Memory) -> String {
    format!("The containers need {} of the {} that the server has for them", about(need), about(available))
}

/// A server of that size would do.
pub fn smaller_server(size: &str) -> String {
    format!("A server with {size} would carry them too")
}

pub fn fewer_nodes_carry(enough: u32, nodes: usize) -> String {
    format!("{enough} of the {nodes} nodes would carry all this, at its peak and with what must be survived")
}

// The connections of a database.
/// The arithmetic is told of the first few of its clients; of how many more it is not.
pub fn too_many_connections(
    database: &Name,
    accepted: u32,
    opened: u64,
    when: TooMany,
    clients: &[(&Name, String)],
    more: usize,
) -> String {
    let when = match when {
        TooMany::Always => "",
        TooMany::AtPeak => " at the peak",
        TooMany::InRollout => " while a new release replaces pods",
    };
    let mut told: Vec<String> = clients.iter().map(|(name, arithmetic)| format!("`{name}` {arithmetic}")).collect();
    if more > 0 {
        told.push(format!("and {more} more services"));
    }
    format!(
        "`{database}` accepts {accepted} connections at once, and up to {opened} may be opened{when}: {}",
        told.join(", ")
    )
}

pub fn smaller_pool_help(client: &Name, pool: u64, database: &Name) -> String {
    format!(
        "Keep `size` and `overflow` of `{client}` to {pool} together, or raise `max_connections` of `{database}` (each \
         connection costs it memory)"
    )
}

/// Where no pool of any client would be small enough.
pub fn pooler_help(database: &Name) -> String {
    format!(
        "Put a pooler such as PgBouncer before `{database}`, or raise `max_connections` of `{database}` (each connection \
         costs it memory)"
    )
}

pub fn keep_connections(size: u64, overflow: u64) -> String {
    format!("Keep {size} connections, and {overflow} more under load")
}
