//! What a simulation as text says beside its own sentences: the heads of its tables, and their cells.

use crate::plan::simulate::{Figure, Target};
use crate::words::plan::time::exactly;

pub fn title(scenario: &str, target: Target, millis: u64) -> String {
    let place = match target {
        Target::Cluster => "cluster, with Kubernetes",
        Target::Server => "server, with Docker Compose",
    };
    format!("{scenario} on the {place}, for {}", exactly(millis))
}

// What happened.
pub const AFTER_SECONDS: &str = "after s";
pub const WHO: &str = "who";
pub const WHAT: &str = "what";

pub fn more_events(events: usize) -> String {
    format!("… and {events} more events; --json has all.")
}

// Between what the figures were.
pub const FIGURE: &str = "figure";
pub const OF: &str = "of";
pub const AT_FIRST: &str = "at first";
pub const LEAST: &str = "least";
pub const MOST: &str = "most";
pub const AT_LAST: &str = "at last";

pub fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::WantedReplicas => "wanted replicas",
        Figure::ReadyReplicas => "ready replicas",
        Figure::AnsweringReplicas => "answering replicas",
        Figure::Replicas => "replicas",
        Figure::PendingReplicas => "pending replicas",
        Figure::MemoryBytes => "memory",
        Figure::RequestedMemoryBytes => "requested memory",
        Figure::RatePerSecond => "rate per second",
        Figure::LostPerSecond => "lost per second",
        Figure::UtilisationPercent => "utilisation percent",
        Figure::LatencyP95Ms => "latency p95 ms",
        Figure::WaitingRequests => "waiting requests",
        Figure::CpuMillisPerReplica => "cpu millis per replica",
    }
}

pub fn level_figures(figures: usize) -> String {
    format!("{figures} more figures do not change; --json has all.")
}
