//! What one container needs, and what follows from it.

use super::time;
use crate::plan::figures::about;
use crate::quantity::Memory;
use crate::topology::{Duration, Name, QosClass, Rate};

// The terms of the arithmetic, those that may be several in the number that fits.
pub const SUPERVISOR: &str = "process that watches the workers";
pub const SHARE: &str = "share of all processes";
pub const PAGE_CACHE: &str = "page cache kept back";

pub fn processes_at_rest(count: u32) -> &'static str {
    if count == 1 { "process at rest" } else { "processes at rest" }
}

pub fn copies(count: u32) -> &'static str {
    if count == 1 { "copy of what it shared" } else { "copies of what they shared" }
}

pub fn requests_in_flight(count: u32) -> &'static str {
    if count == 1 { "request in flight" } else { "requests in flight" }
}

/// What is counted, and how: `process at rest`, `16 requests in flight × 1 MiB`.
pub fn term(count: u32, what: &str, each: Memory) -> String {
    if count == 1 { what.to_owned() } else { format!("{count} {what} × {each}") }
}

// Where the figures of a term come from.
pub const AS_GIVEN: &str = "as the document says";
pub const USUAL_FIGURE: &str = "a usual figure; measure yours";
pub const COUNTED_ONCE: &str = "counted once";
pub const WRITTEN_PAGES: &str = "pages that each writes to, after traffic";

/// What was measured.
pub fn measured(what: &str) -> String {
    format!("measured: {what}")
}

/// Requests that arrive, how long each takes, and over how many replicas they are shared out.
pub fn arriving(rate: Rate, latency: Duration, replicas: u32) -> String {
    match replicas {
        0 | 1 => format!("{rate} × {latency}"),
        replicas => format!("{rate} × {latency} ÷ {replicas} replicas"),
    }
}

// What its processes share.
pub const SPAWNED: &str =
    "Spawned processes: each loads the app for itself, and shares with the others the code of libraries only.";
pub const FORKED_BEFORE_LOADING: &str = "Forked before the app is loaded: each process loads it for itself, and shares with the others what was there before.";
pub const FORKED_AFTER_LOADING: &str = "Forked after the app is loaded: the processes share what none of them writes to, and using a Python object writes to it.";

/// A further sentence.
pub fn at_rest(before_traffic: Memory, after_it: Memory) -> String {
    let (before, after) = (about(before_traffic), about(after_it));
    format!("At rest {before} before traffic, {after} after it: the plan takes the latter.")
}

// What dies at its limit. It `is_watched` if a process starts workers anew.
pub fn dies_at_limit_on_cluster(workers: u32, is_watched: bool) -> String {
    format!("{}.", all_die(workers, is_watched))
}

pub fn dies_at_limit_on_server(is_watched: bool) -> String {
    format!("At its limit {}.", largest_dies(is_watched))
}

pub fn dies_at_limit_on_either(workers: u32, is_watched: bool) -> String {
    format!("{}; on the server {}.", all_die(workers, is_watched), largest_dies(is_watched))
}

fn all_die(workers: u32, is_watched: bool) -> String {
    let who = match workers {
        1 => "the worker".to_owned(),
        2 => "both workers".to_owned(),
        workers => format!("all {workers} workers"),
    };
    let watcher = match (is_watched, workers) {
        (false, _) => "",
        (true, 1) => " and the process that watches it",
        (true, _) => " and the process that watches them",
    };
    format!("At its limit {who}{watcher} die at once on the cluster (memory.oom.group)")
}

fn largest_dies(is_watched: bool) -> &'static str {
    if is_watched { "the largest process dies, and its parent starts another" } else { "the largest process dies" }
}

// How it grows.
/// Each of the workers grows by so much, and below the limit there is that room.
pub fn grows(workers: u32, growth: Memory, room: Memory, full_after_seconds: u64) -> String {
    let workers = if workers == 1 { String::new() } else { format!("{workers} × ") };
    format!(
        "It grows by {workers}{growth} an hour: {} below its limit are full in {}, and it is killed.",
        about(room),
        time::about(full_after_seconds)
    )
}

// What the steps before it take.
pub fn job_needs_room(limit: Memory) -> String {
    format!(
        "The Job of its steps requests {limit} beside the old pods and the new ones that wait for it: room for one pod \
         more."
    )
}

/// Where the cluster has been spoken of before.
pub const STEPS_ON_SERVER_TAKE_NOTHING: &str =
    "On the server its first steps run while it is stopped, in containers with its limit: they take nothing more.";
pub const STEPS_TAKE_NOTHING: &str =
    "Its first steps run while it is stopped, in containers with its limit: they take nothing more.";

pub fn init_containers_need_no_room(limit: Memory) -> String {
    format!(
        "Init containers request {limit} each, as its container does, and run one after the other before it: the pod \
         requests the largest, not the sum."
    )
}

// When a node runs out of memory.
/// What adds to the score of its processes on each kind of node, by one of the kind and its memory.
pub fn scores_on_nodes(class: QosClass, request: Memory, nodes: &[(&Name, Memory, i32)]) -> String {
    let score = |(group, memory, score): &(&Name, Memory, i32)| {
        let on = if nodes.len() == 1 { String::new() } else { format!("on {group} ") };
        let bound = match score {
            3 => ", at least 3",
            999 => ", at most 999",
            _ => "",
        };
        format!("{on}{score} = 1000 − 1000 × {request} ÷ {memory}{bound}")
    };
    let scores: Vec<String> = nodes.iter().map(score).collect();
    format!("{}, since processors have no limit; oom_score_adj {}.", class.name(), scores.join(", "))
}

/// Of all that runs, a process of this service ends first, with its whole container if that has several; so much it takes
/// of its limit.
pub fn ends_first(service: &Name, has_several: bool, process: Memory, limit: Memory) -> String {
    let together = if has_several { ", and with it its whole container" } else { "" };
    format!(
        "When less than 100 MiB of a node are left, its kubelet evicts pods, first those that use more than they request. \
         None of these can: request and limit are the same, and together they leave that much. If the system's own \
         processes take it, and faster than the kubelet looks, the kernel ends a process of {service} first{together}: \
         with {} it is nearest to what its container requests, {}.",
        about(process),
        about(limit)
    )
}
