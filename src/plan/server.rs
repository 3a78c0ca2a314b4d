//! What one server with Docker Compose carries.

use super::{Load, Outcome, Verdict, killed_by_its_limit, percent_of};
use crate::plan::figures::{about, pair};
use crate::plan::part_of;
use crate::quantity::{Cpu, Memory};
use crate::topology::{PROXY_MEMORY, PROXY_NEED, Server, Service, Topology};
use serde::{Deserialize, Serialize};

/// The load line, as a percentage of what the machine has for containers: the upper end of the 50 to 90 percent that
/// <https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization> recommends.
pub(super) const LOAD_LINE_PERCENT: u32 = 90;

/// What one server carries. Compose starts the fewest replicas of an autoscaled service, and the proxy if something is
/// public; one-shot services of `before_start` are gone before the rest starts, and are not counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServerPlan {
    /// Whether it fits, in a sentence.
    pub verdict: Verdict,
    /// The server's processors.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
    /// The server's memory.
    #[serde(rename = "memory_bytes")]
    pub memory: Memory,
    /// What the system keeps for itself.
    #[serde(rename = "system_bytes")]
    pub system: Memory,
    /// What is left for containers: `memory_bytes` − `system_bytes`.
    #[serde(rename = "available_bytes")]
    pub available: Memory,
    /// How much of that should be needed at most: 90 percent.
    #[serde(rename = "load_line_bytes")]
    pub load_line: Memory,
    /// What all containers need at the busiest time.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// The sum of their limits.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
    /// The sum of what they ask of the processors. Compose holds nobody to it.
    #[serde(rename = "requested_cpu_millis")]
    pub requested_cpu: Cpu,
    /// Whether more is needed than the load line allows.
    pub is_past_load_line: bool,
    /// What runs, in the document's order, the proxy last.
    pub loads: Vec<Load>,
    /// What the kernel ends first, if the limits together exceed what is left for containers.
    pub first_to_die: Option<Victim>,
}

/// The process that the kernel ends when the machine has no memory left: the one that uses the most of it, since
/// Docker leaves `oom_score_adj` at 0 for all
/// (<https://docs.kernel.org/filesystems/proc.html#proc-pid-oom-adj-proc-pid-oom-score-adj-adjust-the-oom-killer-score>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Victim {
    /// The service that the process belongs to, or the proxy.
    pub name: String,
    /// What the process uses at the busiest time.
    #[serde(rename = "process_bytes")]
    pub process: Memory,
    /// When and why, in a sentence.
    pub sentence: String,
}

pub(super) fn plan(server: &Server, topology: &Topology) -> ServerPlan {
    let running: Vec<&Service> = topology.services.iter().filter(|service| service.replicas.steady() > 0).collect();
    let mut loads: Vec<Load> = running.iter().map(|service| Load::of(service, service.replicas.steady())).collect();
    if topology.has_proxy() {
        loads.push(Load {
            name: topology.proxy_name(),
            is_proxy: true,
            containers: 1,
            need: PROXY_NEED,
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
        verdict: Verdict { outcome: Outcome::Floats, sentence: String::new(), figures: String::new() },
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
        first_to_die: None,
    };
    plan.first_to_die = plan.victim(&running);
    plan.verdict = plan.judge(killed_by_its_limit(topology));
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
        let sentence = if self.is_too_small() {
            killed_since_too_small(self.need - self.available, name, process)
        } else {
            killed_if_limits_are_reached(self.limit - self.available, name, process)
        };
        Some(Victim { name: name.to_owned(), process, sentence })
    }

    fn judge(&self, killed: Option<String>) -> Verdict {
        let (outcome, sentence) = if self.is_too_small() {
            (Outcome::Sinks, too_small(self.need, self.available))
        } else if let Some(sentence) = killed {
            (Outcome::Sinks, sentence)
        } else if self.is_past_load_line {
            (
                Outcome::Overloaded,
                "It floats, but loaded past the line: little is left for what nobody thought of.".to_owned(),
            )
        } else if self.loads.is_empty() {
            (Outcome::Floats, "It floats: nothing runs on it.".to_owned())
        } else if self.is_overcommitted() {
            (Outcome::Floats, "It floats, as long as the containers do not all grow to their limits.".to_owned())
        } else {
            (Outcome::Floats, "It floats: even if every container grows to its limit, all fit.".to_owned())
        };
        let figures = format!(
            "{} needed at the busiest time, load line at {}; limits add up to {}.",
            part_of(self.need, self.available),
            about(self.load_line),
            about(self.limit)
        );
        Verdict { outcome, sentence, figures }
    }
}

fn too_small(need: Memory, available: Memory) -> String {
    let (need, available) = pair(need, available);
    format!("It sinks: the containers need {need}, and the server has {available} for them.")
}

/// Already what the containers need is so much more than there is for them. The largest process is of the `victim`.
fn killed_since_too_small(excess: Memory, victim: &str, process: Memory) -> String {
    let what = format!("The containers need {} more than the server has for them", about(excess));
    kernel_kills(&what, victim, process)
}

/// What their limits let them take is so much more.
fn killed_if_limits_are_reached(excess: Memory, victim: &str, process: Memory) -> String {
    let what = format!(
        "If all containers grow to their limits, they take {} more than the server has for them",
        about(excess)
    );
    kernel_kills(&what, victim, process)
}

fn kernel_kills(when: &str, victim: &str, process: Memory) -> String {
    format!(
        "{when}; the kernel then ends the process that uses the most memory, at these figures one of {victim} ({}).",
        about(process)
    )
}
