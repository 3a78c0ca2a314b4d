//! What is said about what happens over time.

use plimsoll::plan::simulate::{Entry, NodeCondition, ReplicaState};
use plimsoll::quantity::{Cpu, Memory};
use plimsoll::topology::Rate;

pub const TITLE: &str = "What happens over time";
pub const GRANTED: &str = "What this simulation takes for granted";
pub const AS_TABLE: &str = "Show as table";

// Scenarios to choose from.
pub const WHAT_HAPPENS: &str = "What happens";
pub const STEADY: &str = "Steady";
pub const OWN_TRAFFIC: &str = "Traffic of your own";
pub const SERVICE: &str = "Service";
pub const NODE: &str = "Node";
pub const REQUESTS: &str = "Requests";
pub const OPTIONS: &str = "Options";

pub fn rollout(service: &str) -> String {
    format!("Rollout of {service}")
}

pub fn traffic(rate: Rate) -> String {
    format!("Traffic {rate}")
}

pub fn peak(rate: Rate) -> String {
    format!("Peak {rate}")
}

pub fn lose(node: &str) -> String {
    format!("Lose {node}")
}

pub fn drain(node: &str) -> String {
    format!("Drain {node}")
}

pub fn leak(service: &str) -> String {
    format!("Slow leak of {service}")
}

/// Names that are left out.
pub fn more_names(names: usize) -> String {
    format!("and {names} more")
}

// How requests come and go.
pub const AS_DOCUMENT: &str = "as the document says";
pub const OWN_POINTS: &str = "points of your own";

pub fn spike(rate: Rate, peak: Rate) -> String {
    format!("spike from {rate} to {peak} for 5 minutes")
}

pub fn step(rate: Rate, peak: Rate) -> String {
    format!("step from {rate} to {peak}")
}

pub fn daily(rate: Rate, peak: Rate) -> String {
    format!("a day between {rate} and {peak}")
}

pub fn steady(rate: Rate) -> String {
    format!("steady {rate}")
}

// What can be typed.
pub const TRAFFIC_OVER_TIME: &str = "Traffic over time";
pub const STARTUP: &str = "Start-up time";
pub const SHUTDOWN: &str = "Time to stop";
pub const GROWTH: &str = "Growth of a process an hour";
pub const NEW_NODES: &str = "Nodes that may be added";
pub const SEED: &str = "Seed of chance";
/// What holds while nothing is typed.
pub const AS_WRITTEN: &str = "as written";

pub fn no_whole_number(text: &str) -> String {
    format!("`{text}` is no whole number.")
}

// Playing.
pub const TIME: &str = "Time";
pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const NEXT_EVENT: &str = "Next event";

/// How many seconds pass in one: `2 min a second`.
pub fn pace(seconds: u64) -> String {
    match seconds {
        1 => "as fast as it happens".to_owned(),
        2..60 => format!("{seconds} s a second"),
        60..3600 => format!("{} min a second", seconds / 60),
        _ => format!("{} h a second", seconds / 3600),
    }
}

/// Where one is, and what happened there.
pub fn time_of(now: &str, until: &str, event: Option<&Entry>) -> String {
    let event = event.map(|event| format!(", {}", self::event(event))).unwrap_or_default();
    format!("{now} of {until}{event}")
}

// Events.
pub const EVENTS: &str = "Events";

pub fn earlier(events: usize) -> String {
    format!("{events} earlier")
}

pub fn more(events: usize) -> String {
    format!("{events} more")
}

/// An event in a sentence: `api-4 is ready`.
pub fn event(event: &Entry) -> String {
    let what = event.event.words();
    let service = event.service.as_ref().map(ToString::to_string);
    let who = event.replica.clone().or(service);
    match (who, &event.node) {
        (Some(who), Some(node)) if event.replica.is_some() => format!("{who} {what} on {node}"),
        (Some(who), _) => format!("{who} {what}"),
        (None, Some(node)) => format!("{node}: {what}"),
        (None, None) => what.to_owned(),
    }
}

// The picture of a moment.
/// A node's state, or else what its pods request.
pub fn node(condition: Option<NodeCondition>, requested: Cpu) -> String {
    match condition {
        Some(NodeCondition::Ordered) => "ordered".to_owned(),
        Some(NodeCondition::Cordoned) => "cordoned: takes no new pods".to_owned(),
        Some(NodeCondition::Stopped) => "stopped, not noticed yet".to_owned(),
        Some(NodeCondition::Unreachable) => "stopped, unreachable".to_owned(),
        Some(NodeCondition::Joined) | None => format!("{} CPU requested", requested.compose()),
    }
}

/// Several replicas that are alike.
pub fn several(count: u64, service: &str) -> String {
    format!("{count} of {service}")
}

/// How a replica is, or several, and what it uses, which is a sentence of its own.
pub fn replica(who: &str, is_new: bool, node: Option<&str>, state: ReplicaState, uses: &str) -> String {
    let release = if is_new { " of the new release" } else { "" };
    let place = node.map(|node| format!(" on {node}")).unwrap_or_default();
    let state = match state {
        ReplicaState::Pending => "waits for a node",
        ReplicaState::Starting => "starts",
        ReplicaState::Ready => "is ready",
        ReplicaState::Waiting => "has died and waits to be started again",
        ReplicaState::Lost => "is lost with its node",
        ReplicaState::Ending => "is ending",
    };
    format!("{who}{release}{place} {state}. {uses}")
}

pub const USES_NOTHING: &str = "It uses no memory now.";

/// How much of its limit a replica uses, or each of several.
pub fn uses(count: u64, used: &str, limit: Memory) -> String {
    match count {
        1 => format!("It uses {used}, of at most {limit}."),
        _ => format!("Each uses {used}, of at most {limit}."),
    }
}

// The charts.
pub const MEMORY: &str = "Memory";
pub const PROXY: &str = "proxy";
pub const SET_ASIDE: &str = "set aside";
pub const REPLICAS: &str = "Replicas";
pub const READY: &str = "ready";
pub const WANTED: &str = "wanted";
pub const WITHOUT_NODE: &str = "without a node";
pub const HOLD_MEMORY: &str = "hold memory";
pub const ARRIVE: &str = "arrive";
pub const NOBODY_ANSWERS: &str = "nobody answers";
pub const MOST_TAKE: &str = "95 % take at most";
pub const OF_THE_TIME: &str = "of the time";
pub const WAIT: &str = "wait";

/// The services that are drawn as one.
pub fn others(services: usize) -> String {
    format!("{services} others")
}

pub fn replicas_of(service: &str) -> String {
    format!("Replicas of {service}")
}

pub fn requests_of(service: &str) -> String {
    format!("Requests of {service}")
}

pub fn response_time_of(service: &str) -> String {
    format!("Response time of {service}")
}

pub fn utilisation_of(service: &str) -> String {
    format!("Utilisation of {service}")
}

pub fn queue_of(service: &str) -> String {
    format!("Queue of {service}")
}
