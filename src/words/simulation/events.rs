//! What happens in a simulation, and why.

use crate::plan::controllers::scaling_rules::Limit;
use crate::plan::figures::about;
use crate::plan::part_of;
use crate::plan::simulate::What;
use crate::quantity::Memory;
use crate::topology::Name;
use crate::words::plan::time::exactly;

/// What becomes of its subject, after whose name it reads as a sentence: `is ready`.
pub fn what(event: What) -> &'static str {
    match event {
        What::Created => "is made",
        What::Placed => "starts",
        What::Unplaced => "has no node",
        What::Ready => "is ready",
        What::NotReady => "is not ready",
        What::ToldToEnd => "is told to end",
        What::Ended => "has ended",
        What::Killed => "is killed",
        What::ProcessKilled => "loses a process",
        What::Restarted => "starts again",
        What::ReleaseBegins => "release begins",
        What::ReleaseDone => "release is done",
        What::StepsBegin => "first steps begin",
        What::StepsEnded => "first steps ended",
        What::Scaled => "is scaled",
        What::Overloaded => "is overloaded",
        What::Recovered => "has caught up",
        What::NodeLost => "node stops",
        What::NodeUnreachable => "node is missed",
        What::NodeCordoned => "node is cordoned",
        What::EvictionRefused => "may not go yet",
        What::NodeDrained => "node is empty",
        What::NodeOrdered => "node is ordered",
        What::NodeJoined => "node has joined",
    }
}

// A release, by what keeps the pods of the service; its replicas are so many.
pub fn new_before_old(replicas: u32) -> String {
    format!("Of {replicas}, new ones come before old ones go")
}

pub fn old_before_new(replicas: u32) -> String {
    format!("Of {replicas}, all old ones end before new ones come")
}

pub fn last_first(replicas: u32) -> String {
    format!("Of {replicas}, one by one, the last first")
}

pub fn stopped_before_new(replicas: u32) -> String {
    format!("Of {replicas}, all old ones stop before new ones start")
}

/// Of the old ones, so many are still ending.
pub fn all_new(ending: u32) -> String {
    match ending {
        0 => "Every replica is new and ready".to_owned(),
        ending => format!("Every replica is new and ready; {ending} old still ending"),
    }
}

// The steps before a service.
pub const STEPS_ENDED: &str = "Ended well";

pub fn steps_on_cluster(steps: u64) -> String {
    format!("{} before the service; new pods wait until that has ended", run(steps))
}

pub fn steps_on_server(steps: u64) -> String {
    format!("{} before the service; containers start when that has ended", run(steps))
}

fn run(steps: u64) -> String {
    if steps == 1 { "One runs".to_owned() } else { format!("{steps} run") }
}

// Why a pod is made, or told to end.
pub const OLD_ENDS_FIRST: &str = "The old pod ends before the new one starts";
pub const OLD_HAVE_ENDED: &str = "The old pods have ended";
pub const OLD_OF_NAME_HAS_ENDED: &str = "The old pod of its name has ended";
pub const NAME_WITHOUT_POD: &str = "Its name has no pod";
pub const LAST_OLD_ENDS: &str = "The others are ready; the old pod ends before the new one starts";
pub const COMPOSE_STOPS: &str = "Compose stops it before it makes the new one";
pub const COMPOSE_MAKES: &str = "Compose makes it anew, of the new image";
pub const COMPOSE_STARTS: &str = "Compose starts it";

pub fn may_be_more(most: u32) -> String {
    format!("There may be {most}, without those that end")
}

pub fn others_ready(replicas: u32) -> String {
    if replicas == 1 { "Another is ready".to_owned() } else { format!("{replicas} others are ready") }
}

pub fn wanted(replicas: u32) -> String {
    format!("{replicas} replicas are wanted")
}

pub fn only_wanted(replicas: u32) -> String {
    format!("Only {replicas} replicas are wanted")
}

// A container starts, answers, and ends.
pub const COUNTS_AS_READY: &str = "Nothing can be asked: it counts as ready once it runs";
pub const HAD_NO_NODE: &str = "It had no node yet";
pub const DID_NOT_RUN: &str = "Its container did not run";
pub const DIED_BEFORE_END: &str = "It was told to end, and died before";

pub fn answers_after(millis: u64) -> String {
    format!("It answers {} after its start", exactly(millis))
}

pub fn not_answered_for(millis: u64) -> String {
    format!("Its startup probe was not answered for {}", exactly(millis))
}

pub fn restarted(times: u32, waited_millis: u64) -> String {
    match waited_millis {
        0 => format!("Restart {times}, at once"),
        waited => format!("Restart {times}, after a wait of {}", exactly(waited)),
    }
}

pub fn ended_in(millis: u64) -> String {
    format!("It ended in {}", exactly(millis))
}

// Memory.
pub fn limit_before_start(limit: Memory) -> String {
    format!("It needs more than its limit of {limit} before it has started")
}

/// On the cluster, where all processes of a container die at once.
pub fn limit_reached(limit: Memory, workers: u32) -> String {
    match workers {
        1 => format!("Its memory reached its limit of {limit}"),
        workers => format!("Its memory reached its limit of {limit}; all its {workers} processes die at once"),
    }
}

/// On a server, where one process dies, which its parent starts again if it has one.
pub fn limit_reached_on_server(limit: Memory, has_parent: bool) -> String {
    format!("The container's memory reached its limit of {limit}{}", starts_another(has_parent))
}

/// The same, of the largest process on a server of whose memory so much is used.
pub fn server_full(used: Memory, all: Memory, process: Memory, has_parent: bool) -> String {
    format!(
        "The server is full ({}); its process is the largest, {}{}",
        part_of(used, all),
        about(process),
        starts_another(has_parent)
    )
}

fn starts_another(has_parent: bool) -> &'static str {
    if has_parent { "; its parent starts another" } else { "" }
}

// Requests.
pub const QUEUE_ANSWERED: &str = "The requests that had queued up are answered";

pub fn overloaded(percent: u64) -> String {
    format!("Its processes would have to work {percent} % of the time: requests queue up")
}

/// From one number of replicas to another, since at this use of its request and with that aim the autoscaler asks for so
/// many.
pub fn scaled([from, to]: [i32; 2], [used_percent, aim_percent]: [i32; 2], asked: i32, limit: Limit) -> String {
    let limit = match limit {
        Limit::ScaleUpLimit => "; no more in 15 s",
        Limit::TooManyReplicas => "; no more allowed",
        Limit::TooFewReplicas => "; no fewer allowed",
        Limit::ScaleDownLimit => "; no fewer in 15 s",
        Limit::DesiredWithinRange => "",
    };
    format!("{from} to {to}: CPU at {used_percent} % of its request, aim {aim_percent} %, asks for {asked}{limit}")
}

// Nodes.
pub const NODE_READY: &str = "It is ready";
pub const NODE_NOT_HEARD_OF: &str = "Not heard of for 50 s; its pods may stay for 300 s more";
pub const NODE_MISSED: &str = "Its node is missed: no more requests go to it";
pub const TOLERATED_SO_LONG: &str = "It tolerates an unreachable node for 300 s";
pub const NODE_EMPTY: &str = "Nothing runs on it any more";
pub const BUDGET_ALLOWS: &str = "Evicted, as its budget allows";
pub const NO_BUDGET: &str = "Evicted: a single replica has no budget";

pub fn node_stops(pods: usize) -> String {
    match pods {
        1 => "It stops, with 1 pod; nobody is told".to_owned(),
        pods => format!("It stops, with {pods} pods; nobody is told"),
    }
}

pub fn node_cordoned(pods: usize) -> String {
    match pods {
        1 => "No new pods come to it; its one is evicted".to_owned(),
        pods => format!("No new pods come to it; its {pods} are evicted"),
    }
}

pub fn budget_refuses(healthy: u32, expected: u32) -> String {
    format!("{healthy} of {expected} are ready, and no more may be missing; asked again every 5 s")
}

pub fn node_ordered(pod: &str, group: &Name) -> String {
    format!("{pod} has no node, and would fit on one of {group}")
}
