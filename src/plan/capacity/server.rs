//! The smallest server.
//!
//! A new release takes no more than what always runs: `docker compose up` stops a service's containers before it starts the
//! new ones, and its first steps run in between, one container where all of them were
//! (`pkg/compose/convergence.go` of <https://github.com/docker/compose>). So what the containers need at the busiest time
//! decides.

use super::scale::{self, Scale};
use super::{Fit, NO_MACHINES, Own, Standing, a_month, described, own_is_ample, own_is_right, shown, superlative};
use crate::plan::figures::pair;
use crate::plan::{ServerPlan, killed_by_its_limit};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Machine, Server, Topology};
use serde::{Deserialize, Serialize};

/// The smallest server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServerCapacity {
    /// The answer: `The smallest server that carries this: 2 cores, 4 GiB. …`
    pub sentence: String,
    /// The document's own server.
    pub own: Own,
    /// The machines of the list, the smallest first; none if no machine helps.
    pub options: Vec<ServerOption>,
    /// What this takes for granted.
    pub assumptions: Vec<String>,
}

/// One machine as the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServerOption {
    /// The machine.
    pub machine: Machine,
    /// Whether the document's own server has its size.
    pub is_own: bool,
    /// What it has for containers.
    #[serde(rename = "available_bytes")]
    pub available: Memory,
    /// How much of that should be needed at most.
    #[serde(rename = "load_line_bytes")]
    pub load_line: Memory,
    /// Whether all containers may grow to their limits on it at once.
    pub holds_limits: bool,
    /// Whether it will do.
    pub standing: Standing,
    /// Why not, in a sentence, if it will not.
    pub reason: Option<String>,
}

pub(super) fn plan(server: &Server, topology: &Topology, scale: Scale) -> ServerCapacity {
    let plan = |server: &Server| crate::plan::server::plan(server, topology);
    let own_plan = plan(server);
    let own = format!("{}, {}", server.cpu, server.memory);
    let assumptions = vec![
        scale.sentence(),
        "A new release takes no more: `docker compose up` stops a container before it starts the new one.".to_owned(),
    ];
    if own_plan.loads.is_empty() || killed_by_its_limit(topology).is_some() {
        let (sentence, fit) = match killed_by_its_limit(topology) {
            Some(why) => (format!("No server helps. {why}"), Fit::Small),
            None => ("Nothing runs: any server carries that.".to_owned(), Fit::Ample),
        };
        let own = Own { machines: own, fit, sentence: sentence.clone() };
        return ServerCapacity { sentence, own, options: Vec::new(), assumptions };
    }
    let mut options: Vec<ServerOption> = scale
        .sorted(&topology.machines)
        .into_iter()
        .map(|(_, machine)| ServerOption::of(machine, server, plan))
        .collect();
    let best = options.iter().position(|option| option.standing == Standing::Carries);
    if let Some(best) = best {
        options[best].standing = Standing::Best;
    }
    ServerCapacity {
        sentence: sentence(&options, best, scale),
        own: compared(own, &own_plan, best.map(|best| &options[best])),
        options,
        assumptions,
    }
}

impl ServerCapacity {
    /// The machine to buy, if one of the list will do.
    pub fn best(&self) -> Option<&Machine> {
        self.options.iter().find(|option| option.standing == Standing::Best).map(|option| &option.machine)
    }

    /// The options that are worth a person's look, in their order.
    pub fn shown(&self) -> Vec<&ServerOption> {
        shown(&self.options, |option| (option.standing, option.is_own))
    }
}

impl ServerOption {
    fn of(machine: &Machine, server: &Server, plan: impl Fn(&Server) -> ServerPlan) -> Self {
        let plan = plan(&server.on(machine));
        let reason = too_small(&plan);
        Self {
            machine: machine.clone(),
            is_own: (machine.cpu, machine.memory) == (server.cpu, server.memory),
            available: plan.available,
            load_line: plan.load_line,
            holds_limits: !plan.is_overcommitted(),
            standing: if reason.is_some() { Standing::TooSmall } else { Standing::Carries },
            reason,
        }
    }

    /// Why it will not do.
    fn why(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
    }
}

/// Why a server does not carry it: memory is needed past its load line, or more processors are asked for than it has.
fn too_small(plan: &ServerPlan) -> Option<String> {
    let need = plan.is_past_load_line.then_some([plan.need, plan.load_line]);
    let cpu = (plan.requested_cpu > plan.cpu).then_some([plan.requested_cpu, plan.cpu]);
    (need.is_some() || cpu.is_some()).then(|| server_too_small(need, cpu))
}

/// Memory is needed past the load line of a server, or more processors are asked for than it has: each with what there is.
/// It stands after the name of the machine.
fn server_too_small(need: Option<[Memory; 2]>, cpu: Option<[Cpu; 2]>) -> String {
    let memory = need.map(|[need, line]| {
        let (need, line) = pair(need, line);
        format!("the containers need {need}, past its load line at {line}")
    });
    let cpu = cpu.map(|[asked, has]| format!("the containers ask for {} of its {has}", asked.compose()));
    let reasons: Vec<String> = memory.into_iter().chain(cpu).collect();
    format!("{}.", reasons.join(", and "))
}

fn sentence(options: &[ServerOption], best: Option<usize>, scale: Scale) -> String {
    match (best, options.last()) {
        (Some(best), _) => {
            let smaller = best.checked_sub(1).map(|next| &options[next]);
            let smaller = smaller.map(|option| (&option.machine, option.why()));
            best_server(scale, &options[best].machine, smaller)
        }
        (None, Some(largest)) => {
            format!("No machine of the list carries this: with {}, {}", described(&largest.machine), largest.why())
        }
        (None, None) => NO_MACHINES.to_owned(),
    }
}

/// The next smaller one of the list does not carry it, for that reason, if there is one.
fn best_server(scale: Scale, best: &Machine, smaller: Option<(&Machine, &str)>) -> String {
    let answer =
        format!("The {} server that carries this: {}{}.", superlative(scale), described(best), a_month(best.price));
    match smaller {
        Some((smaller, why)) => format!("{answer} With {}, {why}", described(smaller)),
        None => format!("{answer} The list has no smaller one."),
    }
}

fn compared(machines: String, own: &ServerPlan, best: Option<&ServerOption>) -> Own {
    let size = scale::size(own.cpu, own.memory);
    let is_ample = best.is_some_and(|best| scale::size(best.machine.cpu, best.machine.memory) * 2 <= size);
    let (fit, sentence) = match too_small(own) {
        Some(why) => (Fit::Small, format!("The document's own, {machines}, is too small: {why}")),
        None if is_ample => (Fit::Ample, own_is_ample(&machines)),
        None => (Fit::Right, own_is_right(&machines)),
    };
    Own { machines, fit, sentence }
}
