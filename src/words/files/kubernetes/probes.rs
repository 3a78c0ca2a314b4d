//! Why the probes of a container ask as they do.

use crate::topology::Duration;

pub const ASKS_AS_THE_GATEWAY_DOES: &str =
    "Asks as the gateway does: an app may answer to its public name only, and redirect to HTTPS";

/// Of the startup probe of what takes longer than most.
pub fn slow_start(takes: Duration, seconds: u32) -> String {
    format!("It takes {takes} to start and gets {seconds} s, for a cold machine; the other probes wait until then")
}

/// Of the startup probe of all else.
pub fn time_to_start(minutes: u32, keeps_data: bool) -> String {
    let enough_for = if keeps_data { "a recovery" } else { "a large model" };
    format!("{minutes} minutes to start, enough for {enough_for}; the other probes wait until then")
}

/// Of the readiness probe.
pub fn no_requests_after(seconds: i32, keeps_data: bool) -> String {
    let alone = if keeps_data {
        "; no liveness probe, since a restart in the middle of a recovery would make it longer"
    } else {
        ""
    };
    format!("Gets no requests after {seconds} s without a good answer{alone}")
}

/// Of the liveness probe, which asks at `path` if it speaks HTTP.
pub fn started_anew_after(seconds: i32, path: Option<&str>) -> String {
    let advice = path.map(|path| format!("; {path} must not ask a database, which no restart mends"));
    format!("Started anew after {seconds} s without a good answer{}", advice.unwrap_or_default())
}
