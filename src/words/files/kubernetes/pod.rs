//! Why the lines of a pod are there.

use crate::quantity::Memory;

// Who it is, and what it may do.
pub const ACCOUNT_WITHOUT_A_TOKEN: &str =
    "An account of its own, whose token the process is not given: whoever breaks in cannot ask the cluster's API";
pub const RESTRICTED: &str =
    "The Pod Security Standard \"restricted\": no root, no privileges, no system call that few need";
pub const NO_VARIABLES_OF_OTHER_SERVICES: &str =
    "Without the variables of every Service of the namespace: DB_PORT=tcp://… has surprised many an app";
pub const OWNER_OF_THE_DISK_CHANGES_ONCE: &str =
    "Changes the owner of the disk's files at its first mount only, which may take minutes";

pub fn user_of_the_dockerfile(uid: u32) -> String {
    format!("The Dockerfile makes user {uid}, who owns nothing on the host")
}

pub fn user_of_the_image(uid: u32) -> String {
    format!("User {uid} owns the image's files")
}

pub fn user_that_it_is_told(uid: u32) -> String {
    format!("The user that the image is told to run as: {uid}")
}

pub fn group_of_mounted_folders(gid: u32) -> String {
    format!("Mounted folders belong to group {gid}, so that the process may write to them")
}

pub fn port_of_root(port: &str) -> String {
    format!("Port {port} is below 1024, where only root may listen: in this pod, everyone may from there on")
}

// What it may write to.
pub const DATABASES_REFUSE_THE_TOP_OF_A_DISK: &str =
    "A folder of the disk: at its top may be `lost+found`, beside which databases refuse to begin";

pub fn data_stay(size: Memory) -> String {
    format!("The data stay when the pod goes: {size} on a disk")
}

pub fn writable_folder(folder: &str, size: &str) -> String {
    format!("The process writes to {folder}; the folder is empty at every start and holds {size} at most")
}

// How it is found, where it runs, how it begins and ends.
pub const SELECTORS_FIND_THE_PODS: &str = "Selectors find the pods by these";
pub const CHECKSUM_MAKES_NEW_PODS: &str =
    "Another checksum makes new pods: running ones do not see a changed ConfigMap in their variables";

pub fn spread_over_machines(replicas: u32) -> String {
    format!("{replicas} replicas on as many machines as there are, so that one machine less is one replica less")
}

pub fn spread_over_zones(replicas: u32) -> String {
    format!("{replicas} replicas over zones first, and in each over machines, so that little goes with one")
}

/// Of so many steps, in each of so many pods.
pub fn steps_before_every_start(steps: usize, pods: u32) -> String {
    match (steps, pods) {
        (1, 0..=1) => "Runs before every start of the pod".to_owned(),
        (_, 0..=1) => "Run in this order before every start of the pod".to_owned(),
        (_, pods) => {
            format!("Runs before every start of each of {pods} pods, several at once: it must be harmless in parallel")
        }
    }
}

/// Of `grace` seconds, after those of `sleep` if there are any.
pub fn time_to_end(grace: i64, sleep: Option<i64>) -> String {
    match sleep {
        Some(sleep) => format!("{grace} s to end what it is doing, after the {sleep} s in which proxies learn of it"),
        None => format!("{grace} s to end what it is doing, before it is killed"),
    }
}
