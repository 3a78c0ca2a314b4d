//! The smallest cluster of equal machines.

use super::scale::{self, Scale};
use super::search::{self, MAX_MACHINES, SearchResult};
use super::{
    Assumption, Fit, NO_MACHINES, Own, OwnReason, Verdict, a_month, described, least, prices, shown, superlative,
};
use crate::plan::allocatable::Allocatable;
use crate::plan::cluster::{Shortfall, Work, carry, free_of};
use crate::plan::phrases::{more_nodes, pods_by_first, unschedulable_pods, without_full_stop};
use crate::plan::throughput::Overload;
use crate::plan::verdict::Failing;
use crate::plan::{Statement, UnplacedPods, unschedulable};
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::topology::{Cluster, Duration, Machine, Name, NodeGroup, Price, Reserve, Service, Survive, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why something was not tried.
const TAKES_TOO_LONG: &str = "placing so many pods takes too long here.";
/// How many times nodes, or groups of nodes that look alike, are weighed at most for all machines together.
const MAX_WEIGHINGS: u64 = 8_000_000;
/// How many pairs of a pod and a node are looked at, at most, where something is lost.
const MAX_PAIRS: u64 = 2_000_000;

/// The smallest cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClusterCapacity {
    /// The answer: `The smallest cluster that carries this: 3 × 2 cores, 4 GiB. With 2, …`
    pub answer: Statement<ClusterAnswer>,
    /// The loss that it survives.
    pub survive: Survive,
    /// The document's own machines.
    pub own: Own<ClusterShortfall>,
    /// For each machine of the list, the best first, how many of it carry the topology; none if no cluster helps.
    pub options: Vec<ClusterOption>,
    /// The assumptions of the answer.
    pub assumptions: Vec<Statement<Assumption>>,
    /// What was left out because it would take too long.
    pub limits: Vec<Statement<Limit>>,
}

/// Which cluster carries it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClusterAnswer {
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
    /// The least number of the best machine of the list.
    Carries {
        /// How machines are compared.
        scale: Scale,
        /// The machine.
        machine: Machine,
        /// How many carry it.
        count: u32,
        /// Their monthly price, if the machine has one.
        #[serde(rename = "total_price_cents")]
        total_price: Option<Price>,
        /// Why one less does not carry it, if one less is a cluster at all.
        reason: Option<Statement<ClusterReason>>,
    },
    /// No number is known, since not every machine could be tried.
    NotTried {
        /// The first machine of the list.
        machine: Machine,
        /// The known reason.
        reason: Option<Statement<ClusterReason>>,
    },
    /// No machine of the list carries it, in any number.
    NoneCarries {
        /// The largest of the list.
        largest: Machine,
        /// Why no number of it does.
        reason: Option<Statement<ClusterReason>>,
    },
}

/// Why one machine less, or any number of a machine, does not carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClusterReason {
    /// A pod is too large for the machine.
    PodTooLarge {
        /// Its service.
        service: Name,
        /// The memory that it requests.
        #[serde(rename = "requested_memory_bytes")]
        requested_memory: Memory,
        /// The processors that it requests.
        #[serde(rename = "requested_cpu_millis")]
        requested_cpu: Cpu,
        /// The memory that a machine has for pods.
        #[serde(rename = "allocatable_memory_bytes")]
        allocatable_memory: Memory,
        /// The processors that a machine has for pods.
        #[serde(rename = "allocatable_cpu_millis")]
        allocatable_cpu: Cpu,
    },
    /// All machines are in one zone, the loss of which must be survived.
    OneZone,
    /// It takes more machines than a cluster can have.
    TooManyMachines {
        /// How many it takes at least.
        least: u64,
        /// How many a cluster can have.
        most: u32,
    },
    /// A number of machines is too small.
    TooFew {
        /// How many.
        count: u32,
        /// Their shortfall.
        shortfall: Statement<ClusterShortfall>,
    },
    /// As many machines as a cluster can have are too few.
    MostAreTooFew {
        /// How many a cluster can have.
        most: u32,
        /// Their shortfall.
        shortfall: Statement<ClusterShortfall>,
    },
    /// To try it would take too long.
    NotTried {
        /// How many it takes at least.
        least: u32,
    },
}

/// The shortfall of a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClusterShortfall {
    /// Room for pods that always run.
    Unschedulable {
        /// The first of them.
        first: String,
        /// How many.
        pods: u64,
        /// kube-scheduler's own message.
        message: String,
    },
    /// Room for pods that an autoscaler adds at the peak.
    UnschedulableAtPeak {
        /// The first of them.
        first: String,
        /// How many.
        pods: u64,
        /// kube-scheduler's own message.
        message: String,
    },
    /// Room for what always runs, without nodes that the cluster autoscaler adds.
    OnAddedNodes {
        /// How many it adds.
        nodes: u32,
    },
    /// Room for the first pods of a new release.
    RolloutStuck {
        /// The service.
        service: Name,
        /// kube-scheduler's own message.
        message: Option<String>,
    },
    /// Room for the pods of a node or zone that is lost.
    LossNotSurvived {
        /// The zone; nothing if it is a node.
        zone: Option<String>,
        /// The first pod that has no place then.
        first: String,
        /// How many have none.
        pods: u64,
        /// kube-scheduler's own message.
        message: String,
    },
    /// A second node or zone.
    NothingElse {
        /// The loss that must be survived.
        survive: Survive,
    },
    /// Room below the load line of a node.
    PastLoadLine,
    /// It is not known: to try it would take too long.
    NotTried,
}

/// Something that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Some machines were not tried in every number.
    MachinesNotTried {
        /// How many machines.
        not_tried: usize,
        /// Of how many.
        machines: usize,
    },
}

/// Equal machines as a cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClusterOption {
    /// The machine.
    pub machine: Machine,
    /// Whether the document's own cluster has such machines.
    pub is_own: bool,
    /// How many carry it; nothing if there is no such number, or it is not known.
    pub count: Option<u32>,
    /// The CPU of all of them.
    #[serde(rename = "total_cpu_millis")]
    pub total_cpu: Option<Cpu>,
    /// The memory of all of them.
    #[serde(rename = "total_memory_bytes")]
    pub total_memory: Option<Memory>,
    /// Their monthly price, if the machine has one.
    #[serde(rename = "total_price_cents")]
    pub total_price: Option<Price>,
    /// Whether they carry the topology.
    pub verdict: Verdict,
    /// Why one less will not do or, where there is no number, why no number will.
    pub reason: Option<Statement<ClusterReason>>,
}

pub(super) fn plan(cluster: &Cluster, topology: &Topology, scale: Scale) -> ClusterCapacity {
    let machines = groups(&cluster.nodes);
    let failing = Failing::first(topology, |service| service.replicas.peak());
    let runs = topology.services.iter().any(|service| service.replicas.peak() > 0);
    if !runs || failing.is_some() {
        let (answer, fit) = match failing {
            Some(failing) => (failing.into(), Fit::Small),
            None => (ClusterAnswer::NothingRuns, Fit::Ample),
        };
        let (answer, own) = (answer.into(), Own { machines, fit, reason: None });
        let (options, assumptions, limits) = (Vec::new(), Vec::new(), Vec::new());
        return ClusterCapacity { answer, survive: cluster.survive, own, options, assumptions, limits };
    }
    let mut options = options(cluster, topology, scale);
    let carrying = options.iter().enumerate();
    let best = scale.best(carrying.filter_map(|(index, option)| Some((index, &option.machine, option.count?))));
    if let Some(best) = best {
        options[best].verdict = Verdict::Best;
    }
    // Stable: those of one verdict stay in the order of their weight.
    sorting::sort_by_key(&mut options, |option| option.verdict);
    let not_tried = options.iter().filter(|option| option.verdict == Verdict::Untried).count();
    let limit = (not_tried > 0).then_some(Limit::MachinesNotTried { not_tried, machines: options.len() });
    ClusterCapacity {
        answer: answer(&options, scale).into(),
        survive: cluster.survive,
        own: compared(machines, cluster, topology, options.first()),
        options,
        assumptions: assumptions(cluster, topology, scale),
        limits: limit.into_iter().map(Statement::from).collect(),
    }
}

/// Those of a cluster: `3 × 2 cores, 4 GiB and 1 to 4 × 8 cores, 32 GiB`.
fn groups(groups: &[NodeGroup]) -> String {
    let group = |group: &NodeGroup| {
        let most = if group.may_grow() { format!(" to {}", group.max) } else { String::new() };
        match group.instance {
            Some(instance) => {
                format!("{}{most} × {} ({}, {})", group.count, instance.name, group.cpu, group.memory)
            }
            None => format!("{}{most} × {}, {}", group.count, group.cpu, group.memory),
        }
    };
    let is_any = |group: &&NodeGroup| group.count.max(group.max) > 0;
    let groups: Vec<String> = groups.iter().filter(is_any).map(group).collect();
    if groups.is_empty() { "no machine".to_owned() } else { groups.join(" and ") }
}

impl ClusterCapacity {
    /// The options that are worth a person's look, in their order.
    pub fn shown(&self) -> Vec<&ClusterOption> {
        shown(&self.options, |option| (option.verdict, option.is_own))
    }
}

/// How many of each machine carry it, those first that weigh the least.
fn options(cluster: &Cluster, topology: &Topology, scale: Scale) -> Vec<ClusterOption> {
    let candidate = |machine| Candidate::of(machine, cluster, topology);
    let mut candidates: Vec<Candidate> =
        scale.sorted(&topology.machines).into_iter().map(|(_, one)| candidate(one)).collect();
    // What may turn out best is tried first, should the work be bounded.
    let weight = |candidate: &Candidate| {
        candidate.least.as_ref().map_or(u128::MAX, |least| scale.weight(candidate.machine, *least))
    };
    sorting::sort_by_key(&mut candidates, weight);
    let mut work = Work { weighings: MAX_WEIGHINGS, pairs: MAX_PAIRS };
    let mut options: Vec<ClusterOption> =
        candidates.into_iter().map(|candidate| candidate.option(cluster, topology, &mut work)).collect();
    sorting::sort_by_key(&mut options, |option| {
        option.count.map_or(u128::MAX, |count| scale.weight(&option.machine, count))
    });
    options
}

/// A machine, as a group of nodes, and how many of it to begin with.
struct Candidate<'a> {
    machine: &'a Machine,
    group: NodeGroup,
    /// Or why no number of it will do.
    least: Result<u32, ClusterReason>,
}

impl<'a> Candidate<'a> {
    fn of(machine: &'a Machine, cluster: &Cluster, topology: &Topology) -> Self {
        let group = NodeGroup {
            name: Name::nearest("node").unwrap_or_else(|| topology.name.clone()),
            count: 0,
            cpu: machine.cpu,
            memory: machine.memory,
            instance: machine.instance(),
            pods: None,
            given_system: None,
            system: cluster.nodes.first().map(|group| group.system).unwrap_or_default(),
            reserve: reserve(cluster),
            max: 0,
            startup: Duration::from_millis(0),
            zones: zones(cluster),
        };
        let allocatable = free_of(&group);
        let least = match least::least(allocatable, topology, cluster.survive, group.zones) {
            Err(service) => Err(pod_too_large(service, allocatable)),
            Ok(_) if cluster.survive == Survive::Zone && group.zones == 1 => Err(ClusterReason::OneZone),
            Ok(least) => u32::try_from(least)
                .ok()
                .filter(|least| *least <= MAX_MACHINES)
                .ok_or(ClusterReason::TooManyMachines { least, most: MAX_MACHINES }),
        };
        Self { machine, group, least }
    }

    fn option(self, cluster: &Cluster, topology: &Topology, work: &mut Work) -> ClusterOption {
        let shortfall = |shortfall: &Shortfall| ClusterShortfall::of(shortfall, cluster.survive).into();
        let found = self.least.map(|least| (least, search::smallest(&self.group, least, cluster, topology, work)));
        let (count, verdict, reason) = match found {
            Err(reason) => (None, Verdict::TooSmall, Some(reason)),
            Ok((_, SearchResult::Smallest(count, fewer))) => {
                let too_few = |fewer| ClusterReason::TooFew { count: count - 1, shortfall: shortfall(&fewer) };
                (Some(count), Verdict::Carries, fewer.map(too_few))
            }
            Ok((_, SearchResult::None(lacks))) => {
                let reason = ClusterReason::MostAreTooFew { most: MAX_MACHINES, shortfall: shortfall(&lacks) };
                (None, Verdict::TooSmall, Some(reason))
            }
            Ok((least, SearchResult::Untried)) => (None, Verdict::Untried, Some(ClusterReason::NotTried { least })),
        };
        let machine = self.machine;
        ClusterOption {
            is_own: cluster.nodes.iter().any(|own| machine.is_like(own.instance, own.cpu, own.memory)),
            count,
            total_cpu: count.map(|count| machine.cpu.saturating_mul(count.into())),
            total_memory: count.map(|count| machine.memory.saturating_mul(count.into())),
            total_price: count.and_then(|count| Some(machine.price?.times(count))),
            verdict,
            reason: reason.map(Statement::from),
            machine: machine.clone(),
        }
    }
}

fn pod_too_large(service: &Service, machine: Allocatable) -> ClusterReason {
    ClusterReason::PodTooLarge {
        service: service.name.clone(),
        requested_memory: service.pod_memory(),
        requested_cpu: service.pod_cpu(),
        allocatable_memory: machine.memory,
        allocatable_cpu: machine.cpu,
    }
}

impl fmt::Display for ClusterReason {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::PodTooLarge { service, requested_memory, requested_cpu, allocatable_memory, allocatable_cpu } => {
                write!(
                    formatter,
                    "No number will do: a pod of {service} asks for {requested_memory} and {requested_cpu}, and one such \
                 machine has {allocatable_memory} and {allocatable_cpu} for pods."
                )
            }
            Self::OneZone => formatter.write_str("No number will do: they are all in one zone."),
            Self::TooManyMachines { least, most } => {
                write!(formatter, "It takes {least} or more, and a cluster has {most} at most.")
            }
            Self::TooFew { count, shortfall } => write!(formatter, "With {count}, {shortfall}"),
            Self::MostAreTooFew { most, shortfall } => write!(formatter, "Even with {most}, {shortfall}"),
            Self::NotTried { least } => write!(formatter, "It takes {least} or more: {TAKES_TOO_LONG}"),
        }
    }
}

impl ClusterShortfall {
    fn of(shortfall: &Shortfall, survive: Survive) -> Self {
        let first_of = |pods: &[UnplacedPods]| {
            let (first, count) = unschedulable(pods).unwrap_or_default();
            let message = pods.first().map(|pods| pods.message.clone()).unwrap_or_default();
            (first.to_owned(), count, message)
        };
        match shortfall {
            Shortfall::Steady(unplaced) => {
                let (first, pods, message) = first_of(unplaced);
                Self::Unschedulable { first, pods, message }
            }
            Shortfall::Peak(unplaced) => {
                let (first, pods, message) = first_of(unplaced);
                Self::UnschedulableAtPeak { first, pods, message }
            }
            Shortfall::Awaits(added) => Self::OnAddedNodes { nodes: added.nodes() },
            Shortfall::Rollout(service, message) => {
                Self::RolloutStuck { service: service.clone(), message: message.clone() }
            }
            Shortfall::Loss(zone, unplaced) => {
                let (first, pods, message) = first_of(unplaced);
                Self::LossNotSurvived { zone: zone.clone(), first, pods, message }
            }
            Shortfall::Alone => Self::NothingElse { survive },
            Shortfall::PastLoadLine => Self::PastLoadLine,
            Shortfall::Untried => Self::NotTried,
        }
    }
}

impl fmt::Display for ClusterShortfall {
    /// Reads on after `With 2, `.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Unschedulable { first, pods, message } => {
                write!(formatter, "{}: {message}", unschedulable_pods(first, *pods))
            }
            Self::UnschedulableAtPeak { first, pods, message } => {
                write!(formatter, "at the peak {}: {message}", unschedulable_pods(first, *pods))
            }
            Self::OnAddedNodes { nodes } => {
                let nodes = more_nodes(*nodes);
                write!(formatter, "it carries what always runs only on {nodes}, which the cluster autoscaler adds.")
            }
            Self::RolloutStuck { service, message } => {
                write!(
                    formatter,
                    "a new release of {service} cannot begin, since there is no room for its first pods"
                )?;
                match message {
                    Some(message) => write!(formatter, ": {}.", without_full_stop(message)),
                    None => formatter.write_str("."),
                }
            }
            Self::LossNotSurvived { zone, first, pods, message } => {
                let (lost, pods) = (zone.as_deref().unwrap_or("one"), pods_by_first(first, *pods));
                write!(formatter, "losing {lost} leaves {pods} nowhere to go: {message}")
            }
            Self::NothingElse { survive: Survive::Zone } => formatter.write_str("losing that zone leaves nothing."),
            Self::NothingElse { .. } => formatter.write_str("losing it leaves nothing."),
            Self::PastLoadLine => formatter.write_str("one is loaded past its line, 90 % of what it has for pods."),
            Self::NotTried => formatter.write_str(TAKES_TOO_LONG),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self::MachinesNotTried { not_tried, machines } = self;
        write!(formatter, "{not_tried} of {machines} machines were not tried in full: {TAKES_TOO_LONG}")
    }
}

/// Whose rule says what a bought machine keeps for itself: that of the first that there is.
fn reserve(cluster: &Cluster) -> Reserve {
    cluster.nodes.first().map_or(Reserve::Kubelet, |group| group.reserve)
}

/// Over how many zones bought machines are spread: over as many as those that there are.
fn zones(cluster: &Cluster) -> u32 {
    cluster.nodes.iter().map(|group| group.zones).max().unwrap_or(1)
}

fn answer(options: &[ClusterOption], scale: Scale) -> ClusterAnswer {
    match options.first() {
        Some(best @ ClusterOption { verdict: Verdict::Best, count: Some(count), .. }) => ClusterAnswer::Carries {
            scale,
            machine: best.machine.clone(),
            count: *count,
            total_price: best.total_price,
            reason: best.reason.clone(),
        },
        Some(first) if options.iter().any(|option| option.verdict == Verdict::Untried) => {
            ClusterAnswer::NotTried { machine: first.machine.clone(), reason: first.reason.clone() }
        }
        Some(first) => {
            let size = |option: &&ClusterOption| scale::size(option.machine.cpu, option.machine.memory);
            let largest = options.iter().max_by_key(size).unwrap_or(first);
            ClusterAnswer::NoneCarries { largest: largest.machine.clone(), reason: largest.reason.clone() }
        }
        None => ClusterAnswer::NoMachines,
    }
}

impl From<Failing> for ClusterAnswer {
    fn from(failing: Failing) -> Self {
        match failing {
            Failing::OverItsLimit { service, need, limit } => Self::OverItsLimit { service, need, limit },
            Failing::CannotKeepUp(overload) => Self::CannotKeepUp { overload },
        }
    }
}

impl fmt::Display for ClusterAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let reason = match self {
            Self::OverItsLimit { service, need, limit } => {
                let why = Failing::OverItsLimit { service: service.clone(), need: *need, limit: *limit };
                return write!(formatter, "No cluster helps. {why}");
            }
            Self::CannotKeepUp { overload } => {
                return write!(formatter, "No cluster helps. {}", Failing::CannotKeepUp(overload.clone()));
            }
            Self::NothingRuns => return formatter.write_str("Nothing runs: any cluster carries that."),
            Self::NoMachines => return formatter.write_str(NO_MACHINES),
            Self::Carries { scale, machine, count, total_price, reason } => {
                let (least, machine, price) = (superlative(*scale), described(machine), a_month(*total_price));
                write!(formatter, "The {least} cluster that carries this: {count} × {machine}{price}.")?;
                reason
            }
            Self::NotTried { machine, reason } => {
                write!(formatter, "It is too large to be tried here. Of {}:", described(machine))?;
                reason
            }
            Self::NoneCarries { largest, reason } => {
                write!(formatter, "No machine of the list carries this. Of {}:", described(largest))?;
                reason
            }
        };
        reason.as_ref().map_or(Ok(()), |reason| write!(formatter, " {reason}"))
    }
}

fn compared(
    machines: String,
    cluster: &Cluster,
    topology: &Topology,
    best: Option<&ClusterOption>,
) -> Own<ClusterShortfall> {
    let best = best.filter(|best| best.verdict == Verdict::Best);
    let is_ample = best.is_some_and(|best| {
        let size = scale::size(best.machine.cpu, best.machine.memory) * u128::from(best.count.unwrap_or_default());
        size * 2 <= scale::size_of(&cluster.nodes)
    });
    match carry(cluster, topology, &mut Work::of_a_plan()) {
        Err(Shortfall::Untried) => Own::of(machines.clone(), Fit::Untried, OwnReason::NotTried { machines }),
        Err(shortfall) => Own::too_small(machines, ClusterShortfall::of(&shortfall, cluster.survive).into()),
        Ok(Some(added)) => {
            let nodes = added.nodes();
            Own::of(machines.clone(), Fit::Right, OwnReason::RightOnceGrown { machines, nodes })
        }
        Ok(None) if is_ample => Own::more_than_enough(machines),
        Ok(None) => Own::about_right(machines),
    }
}

fn assumptions(cluster: &Cluster, topology: &Topology, scale: Scale) -> Vec<Statement<Assumption>> {
    let equal = Assumption::EqualMachines {
        reserve: reserve(cluster),
        zones: zones(cluster),
        system_pods: cluster.nodes.first().map_or(0, |group| group.system.pods),
    };
    let all = [Some(scale.assumption()), prices(topology), Some(equal), Some(Assumption::EachNumberTried)];
    all.into_iter().flatten().map(Statement::from).collect()
}
