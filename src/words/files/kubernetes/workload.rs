//! Why the lines are there of what keeps the pods of a service: Deployment, StatefulSet, and what acts on them.

use crate::quantity::Cpu;

pub fn keeps_pods_running(service: &str) -> String {
    format!("Keeps the pods of `{service}` running, starts them anew and replaces them in a rollout")
}

pub fn replicas(pods: u32, listens: bool) -> String {
    match (pods, listens) {
        (0, _) => "Switched off".to_owned(),
        (1, _) => "One pod: while it moves to another machine, there is none".to_owned(),
        (pods, true) => format!("{pods} pods alike, among which the Service shares the requests out"),
        (pods, false) => format!("{pods} pods alike"),
    }
}

// A rollout.
pub const TWO_WOULD_SEND_TASKS_TWICE: &str =
    "The old pod ends before the new one starts: two side by side would send each task twice";
pub const TWO_WOULD_PART_THE_DATA: &str =
    "The old pod ends before the new one starts: two side by side would each hold a part of the data";
pub const ROLLOUT_WAITS_FOR_THE_STEPS: &str = "Half an hour without a new pod that works, and the rollout counts as \
    failed: longer than the steps are tried, for which new pods wait";

pub fn rollout_in_place(replicas: u32, surge: u64) -> String {
    let replicas = if replicas == 1 { "one replica".to_owned() } else { format!("{replicas} replicas") };
    format!("No pod ends before another can work in its place; for {replicas} that takes room for {surge} more")
}

pub fn rollout_has_failed_after(seconds: i32) -> String {
    format!("{seconds} s without a new pod that works, twice what one gets to start, count as failed")
}

// A disk for each pod.
pub const SERVICE_THAT_NAMES_THE_POD: &str = "The Service under whose name the others find it";
pub const DISK_FOR_EACH_POD: &str =
    "A disk for each pod, of the cluster's default class; it stays when the pod or the StatefulSet is deleted";

pub fn keeps_the_pod_and_its_disk(service: &str) -> String {
    format!("Keeps the pod of `{service}` running, and gives it the same disk again wherever it starts")
}

// Machines that are emptied.
pub const ONE_POD_MOVES_AT_A_TIME: &str =
    "When machines are emptied, one pod moves at a time; this never stops an upgrade of the cluster";
pub const ONE_POD_IN_TEN_MOVES_AT_A_TIME: &str =
    "When machines are emptied, one pod in ten moves at a time; this never stops an upgrade of the cluster";
pub const PODS_THAT_SERVE_NOBODY_HOLD_NOTHING_UP: &str = "Pods that serve nobody anyway do not hold an emptying up";

// Replicas that follow the load.
pub const CARRIED_BEFORE_A_PEAK_IS_NOTICED: &str = "What is carried before a peak is noticed";
pub const READY_TO_PAY_FOR: &str = "What you are ready to pay for, and what the cluster must hold";

pub fn follows_the_load(min: u32, max: u32) -> String {
    format!("Between {min} and {max} pods, as many as the load asks for; the metrics server must be there")
}

pub fn aims_at(percent: u8, cpu: Cpu) -> String {
    format!("Aims at {percent} % of the {cpu} that each pod asks for")
}

pub fn grows_at_once_and_shrinks_late(minutes: i32) -> String {
    format!(
        "Grows at once, by 4 pods or to twice as many every 15 s; shrinks to the most that the last {minutes} minutes \
         asked for, whatever the cluster's own setting"
    )
}
