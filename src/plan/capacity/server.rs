//! The smallest server.
//!
//! A new release takes no more than what always runs: `docker compose up` stops a service's containers before it starts the
//! new ones, and its first steps run in between, one container where all of them were
//! (`pkg/compose/convergence.go` of <https://github.com/docker/compose>). So what the containers need at the busiest time
//! decides.

use super::scale::{self, Scale};
use super::{Assumption, Fit, NO_MACHINES, Own, Verdict, a_month, described, prices, shown, superlative};
use crate::plan::figures::pair;
use crate::plan::throughput::Overload;
use crate::plan::verdict::Failing;
use crate::plan::{ServerPlan, Statement};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Machine, Name, Server, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The smallest server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServerCapacity {
    /// The answer: `The smallest server that carries this: 2 cores, 4 GiB. …`
    pub answer: Statement<ServerAnswer>,
    /// The document's own server.
    pub own: Own<ServerShortfall>,
    /// The machines of the list, the smallest first; none if no machine helps.
    pub options: Vec<ServerOption>,
    /// The assumptions of the answer.
    pub assumptions: Vec<Statement<Assumption>>,
}

/// Which server carries it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerAnswer {
    /// None: more requests arrive than the workers of a service answer.
    CannotKeepUp {
        /// By how much.
        overload: Overload,
    },
    /// None: a container needs more than its own limit, and is killed wherever it runs.
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
    /// Any: nothing runs.
    NothingRuns,
    /// The list of machines is empty.
    NoMachines,
    /// The least machine of the list that carries it.
    Carries {
        /// How machines are compared.
        scale: Scale,
        /// The machine.
        machine: Machine,
        /// The next smaller one of the list, which does not carry it.
        smaller: Option<Machine>,
        /// Its shortfall.
        shortfall: Option<Statement<ServerShortfall>>,
    },
    /// No machine of the list carries it.
    NoneCarries {
        /// The largest of the list.
        largest: Machine,
        /// Its shortfall.
        shortfall: Option<Statement<ServerShortfall>>,
    },
}

/// The shortfall of a server: memory below its load line, or CPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerShortfall {
    /// The need of the containers at the busiest time.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// The load line.
    #[serde(rename = "load_line_bytes")]
    pub load_line: Memory,
    /// Their CPU requests.
    #[serde(rename = "requested_cpu_millis")]
    pub requested_cpu: Cpu,
    /// The processors that there are.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
}

/// One machine as the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServerOption {
    /// The machine.
    pub machine: Machine,
    /// Whether the document's own server has its size.
    pub is_own: bool,
    /// Memory that it has for containers.
    #[serde(rename = "available_bytes")]
    pub available: Memory,
    /// The load line of that memory.
    #[serde(rename = "load_line_bytes")]
    pub load_line: Memory,
    /// Whether all containers may grow to their limits on it at once.
    pub holds_limits: bool,
    /// Whether it carries the topology.
    pub verdict: Verdict,
    /// Its shortfall, if it does not carry it.
    pub shortfall: Option<Statement<ServerShortfall>>,
}

pub(super) fn plan(server: &Server, topology: &Topology, scale: Scale) -> ServerCapacity {
    let plan = |server: &Server| crate::plan::server::plan(server, topology);
    let own_plan = plan(server);
    let own = match server.instance {
        Some(instance) => format!("{} ({}, {})", instance.name, server.cpu, server.memory),
        None => format!("{}, {}", server.cpu, server.memory),
    };
    let assumptions = [Some(scale.assumption()), prices(topology), Some(Assumption::ReleaseTakesNoMore)];
    let assumptions = assumptions.into_iter().flatten().map(Statement::from).collect();
    let failing = Failing::first(topology, |service| service.replicas.steady());
    if own_plan.loads.is_empty() || failing.is_some() {
        let (answer, fit) = match failing {
            Some(failing) => (failing.into(), Fit::Small),
            None => (ServerAnswer::NothingRuns, Fit::Ample),
        };
        let own = Own { machines: own, fit, reason: None };
        return ServerCapacity { answer: answer.into(), own, options: Vec::new(), assumptions };
    }
    let mut options: Vec<ServerOption> = scale
        .sorted(&topology.machines)
        .into_iter()
        .map(|(_, machine)| ServerOption::of(machine, server, plan))
        .collect();
    let best = options.iter().position(|option| option.verdict == Verdict::Carries);
    if let Some(best) = best {
        options[best].verdict = Verdict::Best;
    }
    ServerCapacity {
        answer: answer(&options, best, scale).into(),
        own: compared(own, &own_plan, best.map(|best| &options[best])),
        options,
        assumptions,
    }
}

impl ServerCapacity {
    /// The machine to buy, if one of the list will do.
    pub fn best(&self) -> Option<&Machine> {
        self.options.iter().find(|option| option.verdict == Verdict::Best).map(|option| &option.machine)
    }

    /// The options that are worth a person's look, in their order.
    pub fn shown(&self) -> Vec<&ServerOption> {
        shown(&self.options, |option| (option.verdict, option.is_own))
    }
}

impl ServerOption {
    fn of(machine: &Machine, server: &Server, plan: impl Fn(&Server) -> ServerPlan) -> Self {
        let plan = plan(&server.on(machine));
        let shortfall = ServerShortfall::of(&plan);
        Self {
            machine: machine.clone(),
            is_own: machine.is_like(server.instance, server.cpu, server.memory),
            available: plan.available,
            load_line: plan.load_line,
            holds_limits: !plan.is_overcommitted(),
            verdict: if shortfall.is_some() { Verdict::TooSmall } else { Verdict::Carries },
            shortfall: shortfall.map(Statement::from),
        }
    }
}

impl ServerShortfall {
    /// Returns `None` if the server carries it.
    fn of(plan: &ServerPlan) -> Option<Self> {
        let shortfall =
            Self { need: plan.need, load_line: plan.load_line, requested_cpu: plan.requested_cpu, cpu: plan.cpu };
        (shortfall.lacks_memory() || shortfall.lacks_cpu()).then_some(shortfall)
    }

    fn lacks_memory(&self) -> bool {
        self.need > self.load_line
    }

    fn lacks_cpu(&self) -> bool {
        self.requested_cpu > self.cpu
    }
}

impl fmt::Display for ServerShortfall {
    /// Reads on after the name of the machine.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if self.lacks_memory() {
            let (need, line) = pair(self.need, self.load_line);
            write!(formatter, "the containers need {need}, past its load line at {line}")?;
        }
        if self.lacks_memory() && self.lacks_cpu() {
            formatter.write_str(", and ")?;
        }
        if self.lacks_cpu() {
            write!(formatter, "the containers ask for {} of its {}", self.requested_cpu.compose(), self.cpu)?;
        }
        formatter.write_str(".")
    }
}

fn answer(options: &[ServerOption], best: Option<usize>, scale: Scale) -> ServerAnswer {
    match (best, options.last()) {
        (Some(best), _) => {
            let smaller = best.checked_sub(1).map(|next| &options[next]);
            ServerAnswer::Carries {
                scale,
                machine: options[best].machine.clone(),
                smaller: smaller.map(|option| option.machine.clone()),
                shortfall: smaller.and_then(|option| option.shortfall.clone()),
            }
        }
        (None, Some(largest)) => {
            ServerAnswer::NoneCarries { largest: largest.machine.clone(), shortfall: largest.shortfall.clone() }
        }
        (None, None) => ServerAnswer::NoMachines,
    }
}

impl From<Failing> for ServerAnswer {
    fn from(failing: Failing) -> Self {
        match failing {
            Failing::OverItsLimit { service, need, limit } => Self::OverItsLimit { service, need, limit },
            Failing::CannotKeepUp(overload) => Self::CannotKeepUp { overload },
        }
    }
}

impl fmt::Display for ServerAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::OverItsLimit { service, need, limit } => {
                let why = Failing::OverItsLimit { service: service.clone(), need: *need, limit: *limit };
                write!(formatter, "No server helps. {why}")
            }
            Self::CannotKeepUp { overload } => {
                write!(formatter, "No server helps. {}", Failing::CannotKeepUp(overload.clone()))
            }
            Self::NothingRuns => formatter.write_str("Nothing runs: any server carries that."),
            Self::NoMachines => formatter.write_str(NO_MACHINES),
            Self::Carries { scale, machine, smaller, shortfall } => {
                let least = superlative(*scale);
                let (name, price) = (described(machine), a_month(machine.price));
                write!(formatter, "The {least} server that carries this: {name}{price}.")?;
                match smaller.as_ref().zip(shortfall.as_ref()) {
                    Some((smaller, shortfall)) => write!(formatter, " With {}, {shortfall}", described(smaller)),
                    None => formatter.write_str(" The list has no smaller one."),
                }
            }
            Self::NoneCarries { largest, shortfall } => {
                let largest = described(largest);
                write!(formatter, "No machine of the list carries this: with {largest}, ")?;
                shortfall.as_ref().map_or(Ok(()), |shortfall| shortfall.fmt(formatter))
            }
        }
    }
}

fn compared(machines: String, own: &ServerPlan, best: Option<&ServerOption>) -> Own<ServerShortfall> {
    let size = scale::size(own.cpu, own.memory);
    let is_ample = best.is_some_and(|best| scale::size(best.machine.cpu, best.machine.memory) * 2 <= size);
    match ServerShortfall::of(own) {
        Some(shortfall) => Own::too_small(machines, shortfall.into()),
        None if is_ample => Own::more_than_enough(machines),
        None => Own::about_right(machines),
    }
}
