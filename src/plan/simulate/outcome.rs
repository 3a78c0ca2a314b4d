//! Outcomes of scenarios, and why a simulation ends early.

use super::ScenarioKind;
use crate::plan::durations::exactly;
use crate::plan::phrases::{list, without_full_stop};
use crate::topology::Name;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The outcome of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing was simulated.
    NothingSimulated,
    /// A release is done.
    ReleaseDone {
        /// The services that were released.
        services: Vec<String>,
        /// How long it took.
        after_ms: u64,
    },
    /// A release is not done when the simulation ends.
    ReleaseNotDone {
        /// The services that are still being released.
        services: Vec<String>,
        /// How long it has taken so far.
        after_ms: u64,
        /// kube-scheduler's own message for the last pod that fitted on no node.
        message: Option<String>,
    },
    /// Every service has all its replicas again.
    Recovered {
        /// The node that was lost.
        lost: String,
        /// How long it took.
        after_ms: u64,
    },
    /// Replicas are missing when the simulation ends.
    ReplicasMissing {
        /// The node that was lost.
        lost: String,
        /// The services that miss replicas.
        services: Vec<String>,
        /// When the simulation ended.
        after_ms: u64,
    },
    /// The node is drained.
    NodeDrained {
        /// The node.
        node: String,
        /// How long it took.
        after_ms: u64,
        /// How many pods had to wait for their disruption budgets.
        pods_refused: usize,
    },
    /// The node is not drained when the simulation ends.
    NodeNotDrained {
        /// The node.
        node: String,
        /// When the simulation ended.
        after_ms: u64,
        /// How many pods had to wait for their disruption budgets.
        pods_refused: usize,
    },
    /// No service takes requests.
    NoRequests,
    /// Every request is served as it comes.
    AllServed {
        /// How often memory ran out.
        times_out_of_memory: usize,
    },
    /// Requests queue up.
    Overloaded {
        /// The services that cannot keep up.
        services: Vec<String>,
        /// From when on.
        since_ms: u64,
        /// How many requests wait at most.
        most_waiting: f64,
        /// How often memory ran out.
        times_out_of_memory: usize,
    },
    /// A service that grows runs out of memory.
    Leaked {
        /// The service.
        service: String,
        /// When first.
        after_ms: u64,
        /// How often in all.
        times: usize,
        /// In how long.
        within_ms: u64,
    },
    /// A service that grows does not run out of memory.
    NotLeaked {
        /// The service.
        service: String,
        /// In how long.
        within_ms: u64,
    },
}

/// The longest period in which no replica of a service answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Downtime {
    /// The service.
    pub service: Name,
    /// How long.
    pub for_ms: u64,
}

/// Why a simulation ends early, or does not begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// The document has no server.
    NoServer,
    /// The document has no cluster.
    NoCluster,
    /// The scenario needs nodes, which a server does not have.
    NeedsCluster {
        /// The scenario.
        scenario: ScenarioKind,
    },
    /// The cluster has no nodes.
    NoNodes,
    /// The document has no such service.
    NoService {
        /// Its name.
        service: String,
    },
    /// The cluster has no such node.
    NoNode {
        /// Its name.
        node: String,
    },
    /// The service does not run all the time here.
    NotAlwaysRunning {
        /// Its name.
        service: String,
    },
    /// No service runs.
    NothingRuns,
    /// There are too many pods.
    TooManyPods {
        /// How many.
        pods: u64,
        /// How many are simulated at most.
        most: u64,
        /// When it was stopped.
        at_seconds: u64,
    },
    /// It takes too many steps.
    TooManySteps {
        /// How many are taken at most.
        most: u64,
        /// When it was stopped.
        at_seconds: u64,
    },
    /// Too much happens.
    TooManyEvents {
        /// How many events are recorded at most.
        most: usize,
        /// When it was stopped.
        at_seconds: u64,
    },
    /// There is too much to look at.
    TooMuchWork {
        /// When it was stopped.
        at_seconds: u64,
    },
    /// There is too much to place.
    TooManyWeighings {
        /// How often nodes are weighed at most.
        most: u64,
        /// When it was stopped.
        at_seconds: u64,
    },
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NothingSimulated => formatter.write_str("Nothing was simulated."),
            Self::ReleaseDone { services, after_ms } => {
                write!(formatter, "The release of {} is done after {}.", list(services), exactly(*after_ms))
            }
            Self::ReleaseNotDone { services, after_ms, message } => {
                write!(formatter, "The release of {} is not done after {}", list(services), exactly(*after_ms))?;
                match message {
                    Some(message) => write!(formatter, ": {}.", without_full_stop(message)),
                    None => formatter.write_str("."),
                }
            }
            Self::Recovered { lost, after_ms } => {
                let after = exactly(*after_ms);
                write!(formatter, "Without {lost}, every service has all its replicas again after {after}.")
            }
            Self::ReplicasMissing { lost, services, after_ms } => {
                let (services, after) = (list(services), exactly(*after_ms));
                write!(formatter, "Without {lost}, replicas of {services} are missing after {after}.")
            }
            Self::NodeDrained { node, after_ms, pods_refused } => {
                write!(formatter, "{node} is empty after {}.", exactly(*after_ms))?;
                waited_for_budgets(formatter, *pods_refused)
            }
            Self::NodeNotDrained { node, after_ms, pods_refused } => {
                write!(formatter, "{node} is not empty after {}.", exactly(*after_ms))?;
                waited_for_budgets(formatter, *pods_refused)
            }
            Self::NoRequests => formatter.write_str("No service takes requests: nothing happens."),
            Self::AllServed { times_out_of_memory } => {
                formatter.write_str("Every request is served as it comes.")?;
                ran_out_of_memory(formatter, *times_out_of_memory)
            }
            Self::Overloaded { services, since_ms, most_waiting, times_out_of_memory } => {
                let (services, since) = (list(services), exactly(*since_ms));
                write!(
                    formatter,
                    "{services} cannot keep up from {since} on: up to {most_waiting} requests queue up."
                )?;
                ran_out_of_memory(formatter, *times_out_of_memory)
            }
            Self::Leaked { service, after_ms, times, within_ms } => {
                let (after, within) = (exactly(*after_ms), exactly(*within_ms));
                let times = if *times == 1 { "once".to_owned() } else { format!("{times} times in all") };
                write!(formatter, "{service} runs out of memory after {after}, {times} in {within}.")
            }
            Self::NotLeaked { service, within_ms } => {
                write!(formatter, "{service} does not run out of memory in {}.", exactly(*within_ms))
            }
        }
    }
}

fn waited_for_budgets(formatter: &mut fmt::Formatter, pods: usize) -> fmt::Result {
    match pods {
        0 => Ok(()),
        1 => formatter.write_str(" One pod had to wait for its budget."),
        pods => write!(formatter, " {pods} pods had to wait for their budgets."),
    }
}

fn ran_out_of_memory(formatter: &mut fmt::Formatter, times: usize) -> fmt::Result {
    match times {
        0 => Ok(()),
        1 => formatter.write_str(" Once, memory ran out."),
        times => write!(formatter, " {times} times, memory ran out."),
    }
}

impl fmt::Display for Downtime {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "For {}, no replica of {} answered.", exactly(self.for_ms), self.service)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoServer => formatter.write_str("The document has no server."),
            Self::NoCluster => formatter.write_str("The document has no cluster."),
            Self::NeedsCluster { scenario } => {
                write!(formatter, "A server has no nodes: {} needs a cluster.", scenario.name())
            }
            Self::NoNodes => formatter.write_str("The cluster has no nodes."),
            Self::NoService { service } => write!(formatter, "The document has no service `{service}`."),
            Self::NoNode { node } => write!(formatter, "The cluster has no node `{node}`."),
            Self::NotAlwaysRunning { service } => {
                write!(formatter, "The service `{service}` does not run all the time here.")
            }
            Self::NothingRuns => formatter.write_str("The document has no service that runs."),
            Self::TooManyPods { pods, most, at_seconds } => write!(
                formatter,
                "{pods} pods are more than the {most} that are simulated: it was stopped, at {at_seconds} s."
            ),
            Self::TooManySteps { most, at_seconds } => {
                write!(formatter, "It was stopped after {most} steps, at {at_seconds} s.")
            }
            Self::TooManyEvents { most, at_seconds } => {
                write!(formatter, "It was stopped after {most} events, at {at_seconds} s.")
            }
            Self::TooMuchWork { at_seconds } => {
                write!(formatter, "It was stopped at {at_seconds} s, since so many pods take too long here.")
            }
            Self::TooManyWeighings { most, at_seconds } => write!(
                formatter,
                "Weighing nodes more than {most} times takes too long here: it was stopped, at {at_seconds} s."
            ),
        }
    }
}
