//! Why a network policy lets through what it lets through.

pub const NEEDS_AND_NOTHING_ELSE: &str =
    "Who may connect to these pods, and what they may connect to; all else is denied, both ways";

// Who may connect.
pub const NOTHING_LISTENS: &str = "Nothing listens, so nobody may connect";
pub const OPEN_TO_ALL_FOR_THE_GATEWAY: &str =
    "Public: the gateway's pods live in another namespace, so the port is open to all";

pub fn needed_by_none(service: &str) -> String {
    format!(
        "No service needs `{service}`, so only kubectl port-forward gets through; name it in `needs`, or make it public"
    )
}

pub fn open_to(callers: &[&str]) -> String {
    let callers: Vec<String> = callers.iter().map(|name| format!("`{name}`")).collect();
    format!("Open to those that need it: {}", callers.join(", "))
}

// What the pods may connect to.
pub const LOOKS_NAMES_UP: &str = "Looks names up, wherever the cluster's DNS or its cache on the node may be";
pub const ASKS_WHETHER_THE_JOB_HAS_COMPLETED: &str =
    "Asks the cluster's API whether the Job has completed; its address is the cluster's own affair";
pub const NOTHING_IS_TAKEN_OUT: &str = "Connects to nothing: whoever breaks in takes nothing out";
pub const INTERNET_BUT_NO_METADATA: &str = "The internet, but not the cluster, its network, nor the cloud's metadata \
    service, which hands out credentials of the machine";

pub fn connects_to(service: &str) -> String {
    format!("Connects to `{service}`")
}

/// Of a service that somebody else runs, at `host` if that is known.
pub fn connects_outside(service: &str, host: Option<&str>) -> String {
    let host = host.map_or(String::new(), |host| format!(" at {host}"));
    format!("Connects to `{service}`{host}, which somebody else runs: at which address, only DNS knows")
}
