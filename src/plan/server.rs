//! The plan of one server with Docker Compose.

use super::figures::{about, pair, part_of};
use super::statement::Statement;
use super::throughput::Overload;
use super::verdict::{Failing, Outcome, Reason, Verdict};
use super::{Load, percent_of};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Name, PROXY_MEMORY, Server, Service, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The load line, as a percentage of what the machine has for containers: the upper end of the 50 to 90 percent that
/// <https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization> recommends.
pub(super) const LOAD_LINE_PERCENT: u32 = 90;

/// The plan of one server. Compose starts the fewest replicas of an autoscaled service, and the proxy if something is public.
/// One-shot services of `before_start` have ended before the rest starts, and are not counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServerPlan {
    /// Whether it fits, and why.
    pub verdict: Verdict<ServerVerdict>,
    /// The server's processors.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
    /// The server's memory.
    #[serde(rename = "memory_bytes")]
    pub memory: Memory,
    /// Memory reserved for the system.
    #[serde(rename = "system_bytes")]
    pub system: Memory,
    /// Memory left for containers: `memory_bytes` − `system_bytes`.
    #[serde(rename = "available_bytes")]
    pub available: Memory,
    /// The load line: 90 percent of that.
    #[serde(rename = "load_line_bytes")]
    pub load_line: Memory,
    /// The need of all containers at the busiest time.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// The sum of their limits.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
    /// The sum of their CPU requests. Compose does not enforce it.
    #[serde(rename = "requested_cpu_millis")]
    pub requested_cpu: Cpu,
    /// Whether more is needed than the load line allows.
    pub is_past_load_line: bool,
    /// The services that run, in the document's order, the proxy last.
    pub loads: Vec<Load>,
    /// The process that the kernel kills first, if the limits together exceed the memory for containers.
    pub first_killed: Option<Statement<Victim>>,
}

/// The process that the kernel ends when the machine has no memory left: the one that uses the most of it, since
/// Docker leaves `oom_score_adj` at 0 for all
/// (<https://docs.kernel.org/filesystems/proc.html#proc-pid-oom-adj-proc-pid-oom-score-adj-adjust-the-oom-killer-score>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Victim {
    /// The service that the process belongs to, or the proxy.
    pub name: String,
    /// Memory that the process uses at the busiest time.
    #[serde(rename = "process_bytes")]
    pub process: Memory,
    /// By how much the server is too small: for what the containers need, or for what their limits let them take.
    #[serde(rename = "excess_bytes")]
    pub excess: Memory,
    /// Whether the server is too small for what the containers need, and not only for their limits.
    pub exceeds_need: bool,
}

/// Why a server carries what runs on it, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ServerVerdict {
    /// The containers need more than the server has for them.
    TooSmall {
        /// Their need at the busiest time.
        #[serde(rename = "need_bytes")]
        need: Memory,
        /// Memory that the server has for them.
        #[serde(rename = "available_bytes")]
        available: Memory,
    },
    /// More requests arrive than the workers of a service answer.
    CannotKeepUp {
        /// By how much.
        overload: Overload,
    },
    /// A container needs more than its own limit, and is killed wherever it runs.
    OverItsLimit {
        /// Its service.
        service: Name,
        /// Its need at the busiest time.
        #[serde(rename = "need_bytes")]
        need: Memory,
        /// Its limit.
        #[serde(rename = "limit_bytes")]
        limit: Memory,
    },
    /// The containers need more than the load line allows.
    PastLoadLine {
        /// Their need at the busiest time.
        #[serde(rename = "need_bytes")]
        need: Memory,
        /// The load line.
        #[serde(rename = "load_line_bytes")]
        load_line: Memory,
    },
    /// Nothing runs on it.
    NothingRuns,
    /// The containers fit as long as they do not all grow to their limits.
    Overcommitted {
        /// The sum of their limits.
        #[serde(rename = "limit_bytes")]
        limit: Memory,
        /// Memory that the server has for them.
        #[serde(rename = "available_bytes")]
        available: Memory,
    },
    /// The containers fit even if all of them grow to their limits.
    LimitsFit,
}

pub(super) fn plan(server: &Server, topology: &Topology) -> ServerPlan {
    let running: Vec<&Service> = topology.services.iter().filter(|service| service.replicas.steady() > 0).collect();
    let mut loads: Vec<Load> = running.iter().map(|service| Load::of(service, service.replicas.steady())).collect();
    if topology.has_proxy() {
        loads.push(Load {
            name: topology.proxy_name(),
            is_proxy: true,
            containers: 1,
            need: topology.proxy_need(),
            limit: PROXY_MEMORY,
        });
    }
    let available = server.memory - server.system;
    let load_line = percent_of(available, LOAD_LINE_PERCENT);
    let need: Memory = loads.iter().map(|load| load.need).sum();
    let limit: Memory = loads.iter().map(|load| load.limit).sum();
    let requested_cpu =
        running.iter().map(|service| service.cpu.saturating_mul(service.replicas.steady().into())).sum();
    let mut plan = ServerPlan {
        verdict: Verdict::new(ServerVerdict::NothingRuns, String::new()),
        cpu: server.cpu,
        memory: server.memory,
        system: server.system,
        available,
        load_line,
        need,
        limit,
        requested_cpu,
        is_past_load_line: need > load_line,
        loads,
        first_killed: None,
    };
    plan.first_killed = plan.victim(&running).map(Statement::from);
    plan.verdict =
        Verdict::new(plan.judge(Failing::first(topology, |service| service.replicas.steady())), plan.figures());
    plan
}

impl ServerPlan {
    /// Whether the containers need more than there is for them.
    pub fn is_too_small(&self) -> bool {
        self.need > self.available
    }

    /// Whether the containers may grow, within their limits, past what there is for them.
    pub fn is_overcommitted(&self) -> bool {
        self.limit > self.available
    }

    fn victim(&self, running: &[&Service]) -> Option<Victim> {
        if !self.is_overcommitted() {
            return None;
        }
        let proxy = self.loads.iter().filter(|load| load.is_proxy).map(|load| (load.name.as_str(), load.need));
        let processes = running.iter().map(|service| (service.name.as_str(), service.memory.largest_process()));
        // The first of equals, so that the order of the document decides.
        let (name, process) =
            processes.chain(proxy).reduce(|largest, next| if next.1 > largest.1 { next } else { largest })?;
        let exceeds_need = self.is_too_small();
        let excess = if exceeds_need { self.need } else { self.limit } - self.available;
        Some(Victim { name: name.to_owned(), process, excess, exceeds_need })
    }

    fn judge(&self, failing: Option<Failing>) -> ServerVerdict {
        if self.is_too_small() {
            ServerVerdict::TooSmall { need: self.need, available: self.available }
        } else if let Some(failing) = failing {
            failing.into()
        } else if self.is_past_load_line {
            ServerVerdict::PastLoadLine { need: self.need, load_line: self.load_line }
        } else if self.loads.is_empty() {
            ServerVerdict::NothingRuns
        } else if self.is_overcommitted() {
            ServerVerdict::Overcommitted { limit: self.limit, available: self.available }
        } else {
            ServerVerdict::LimitsFit
        }
    }

    fn figures(&self) -> String {
        format!(
            "{} needed at the busiest time, load line at {}; limits add up to {}.",
            part_of(self.need, self.available),
            about(self.load_line),
            about(self.limit)
        )
    }
}

impl From<Failing> for ServerVerdict {
    fn from(failing: Failing) -> Self {
        match failing {
            Failing::OverItsLimit { service, need, limit } => Self::OverItsLimit { service, need, limit },
            Failing::CannotKeepUp(overload) => Self::CannotKeepUp { overload },
        }
    }
}

impl Reason for ServerVerdict {
    fn outcome(&self) -> Outcome {
        match self {
            Self::TooSmall { .. } | Self::OverItsLimit { .. } | Self::CannotKeepUp { .. } => Outcome::DoesNotFit,
            Self::PastLoadLine { .. } => Outcome::Tight,
            Self::NothingRuns | Self::Overcommitted { .. } | Self::LimitsFit => Outcome::Fits,
        }
    }
}

impl fmt::Display for ServerVerdict {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Self::TooSmall { need, available } => {
                let (need, available) = pair(*need, *available);
                return write!(
                    formatter,
                    "It sinks: the containers need {need}, and the server has {available} for them."
                );
            }
            Self::OverItsLimit { service, need, limit } => {
                return Failing::OverItsLimit { service: service.clone(), need: *need, limit: *limit }.fmt(formatter);
            }
            Self::CannotKeepUp { overload } => return Failing::CannotKeepUp(overload.clone()).fmt(formatter),
            Self::PastLoadLine { .. } => "It floats, but loaded past the line: little is left for the unexpected.",
            Self::NothingRuns => "It floats: nothing runs on it.",
            Self::Overcommitted { .. } => "It floats, as long as the containers do not all grow to their limits.",
            Self::LimitsFit => "It floats: even if every container grows to its limit, all fit.",
        })
    }
}

impl fmt::Display for Victim {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let excess = about(self.excess);
        if self.exceeds_need {
            write!(formatter, "The containers need {excess} more than the server has for them")?;
        } else {
            write!(
                formatter,
                "If all containers grow to their limits, they take {excess} more than the server has for them"
            )?;
        }
        write!(
            formatter,
            "; the kernel then kills the process that uses the most memory, at these figures one of {} ({}).",
            self.name,
            about(self.process)
        )
    }
}
