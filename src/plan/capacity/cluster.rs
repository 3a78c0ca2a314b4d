//! The smallest cluster of equal machines.

use super::scale::{self, Scale};
use super::search::{self, Found, MOST_MACHINES};
use super::{Fit, Own, Standing, least, shown};
use crate::plan::cluster::{Shortfall, Work, allocatable_of, carry};
use crate::plan::killed_by_its_limit;
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Duration, Machine, Name, NodeGroup, Price, Reserve, Survive, Topology};
use crate::words::plan::capacity as words;
use serde::{Deserialize, Serialize};

/// How many times nodes, or groups of nodes that look alike, are weighed at most for all machines together.
const MOST_WEIGHED: u64 = 8_000_000;
/// How many pairs of a pod and a node are looked at, at most, where something is lost.
const MOST_PAIRS: u64 = 2_000_000;

/// The smallest cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClusterCapacity {
    /// The answer: `The smallest cluster that carries this: 3 × 2 cores, 4 GiB. With 2, …`
    pub sentence: String,
    /// What it survives.
    pub survive: Survive,
    /// The document's own machines.
    pub own: Own,
    /// For each machine of the list, the best first, how many of it carry the topology; none if no cluster helps.
    pub options: Vec<ClusterOption>,
    /// What this takes for granted.
    pub assumptions: Vec<String>,
    /// What was left out because there is too much of it.
    pub limits: Vec<String>,
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
    /// The processors of so many.
    #[serde(rename = "total_cpu_millis")]
    pub total_cpu: Option<Cpu>,
    /// The memory of so many.
    #[serde(rename = "total_memory_bytes")]
    pub total_memory: Option<Memory>,
    /// What so many cost a month, if the machine has a price.
    #[serde(rename = "total_price_cents")]
    pub total_price: Option<Price>,
    /// Whether they will do.
    pub standing: Standing,
    /// Why one less will not do or, where there is no number, why no number will, in a sentence.
    pub reason: Option<String>,
}

pub(super) fn plan(cluster: &Cluster, topology: &Topology, scale: Scale) -> ClusterCapacity {
    let machines = words::groups(&cluster.nodes);
    let killed = killed_by_its_limit(topology);
    let runs = topology.services.iter().any(|service| service.replicas.peak() > 0);
    if !runs || killed.is_some() {
        let (sentence, fit) = match killed {
            Some(why) => (words::no_cluster_helps(&why), Fit::Small),
            None => (words::ANY_CLUSTER.to_owned(), Fit::Ample),
        };
        let own = Own { machines, fit, sentence: sentence.clone() };
        let (options, assumptions, limits) = (Vec::new(), Vec::new(), Vec::new());
        return ClusterCapacity { sentence, survive: cluster.survive, own, options, assumptions, limits };
    }
    let mut options = options(cluster, topology, scale);
    let carrying = options.iter().enumerate();
    let best = scale.best(carrying.filter_map(|(index, option)| Some((index, &option.machine, option.count?))));
    if let Some(best) = best {
        options[best].standing = Standing::Best;
    }
    // Stable: those of one standing stay in the order of their weight.
    options.sort_by_key(|option| option.standing);
    let untried = options.iter().filter(|option| option.standing == Standing::Untried).count();
    let limit = (untried > 0).then(|| words::machines_not_tried(untried, options.len()));
    ClusterCapacity {
        sentence: sentence(&options, scale),
        survive: cluster.survive,
        own: compared(machines, cluster, topology, options.first()),
        options,
        assumptions: assumptions(cluster, scale),
        limits: limit.into_iter().collect(),
    }
}

impl ClusterCapacity {
    /// The options that are worth a person's look, in their order.
    pub fn shown(&self) -> Vec<&ClusterOption> {
        shown(&self.options, |option| (option.standing, option.is_own))
    }
}

impl ClusterOption {
    /// Why no number will do, or none is known.
    fn why(&self) -> &str {
        self.reason.as_deref().unwrap_or_default()
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
    candidates.sort_by_key(weight);
    let mut work = Work { weighings: MOST_WEIGHED, pairs: MOST_PAIRS };
    let mut options: Vec<ClusterOption> =
        candidates.into_iter().map(|candidate| candidate.option(cluster, topology, &mut work)).collect();
    options.sort_by_key(|option| option.count.map_or(u128::MAX, |count| scale.weight(&option.machine, count)));
    options
}

/// A machine, as a group of nodes, and how many of it to begin with.
struct Candidate<'a> {
    machine: &'a Machine,
    group: NodeGroup,
    /// Or why no number of it will do.
    least: Result<u32, String>,
}

impl<'a> Candidate<'a> {
    fn of(machine: &'a Machine, cluster: &Cluster, topology: &Topology) -> Self {
        let group = NodeGroup {
            name: Name::nearest("node").unwrap_or_else(|| topology.name.clone()),
            count: 0,
            cpu: machine.cpu,
            memory: machine.memory,
            reserve: reserve(cluster),
            max: 0,
            startup: Duration::from_millis(0),
            zones: zones(cluster),
        };
        let allocatable = allocatable_of(&group);
        let least = match least::least(allocatable, topology, cluster.survive, group.zones) {
            Err(service) => Err(words::pod_too_large(service, allocatable)),
            Ok(_) if cluster.survive == Survive::Zone && group.zones == 1 => Err(words::ALL_IN_ONE_ZONE.to_owned()),
            Ok(least) => u32::try_from(least)
                .ok()
                .filter(|least| *least <= MOST_MACHINES)
                .ok_or_else(|| words::more_than_any_cluster(least, MOST_MACHINES)),
        };
        Self { machine, group, least }
    }

    fn option(self, cluster: &Cluster, topology: &Topology, work: &mut Work) -> ClusterOption {
        let found = self.least.map(|least| (least, search::smallest(&self.group, least, cluster, topology, work)));
        let (count, standing, reason) = match found {
            Err(why) => (None, Standing::TooSmall, Some(why)),
            Ok((_, Found::Smallest(count, fewer))) => {
                let why = fewer.map(|shortfall| words::too_few(count - 1, &shortfall, cluster.survive));
                (Some(count), Standing::Carries, why)
            }
            Ok((_, Found::None(shortfall))) => {
                let why = words::most_are_too_few(MOST_MACHINES, &shortfall, cluster.survive);
                (None, Standing::TooSmall, Some(why))
            }
            Ok((least, Found::Untried)) => (None, Standing::Untried, Some(words::number_not_tried(least))),
        };
        let machine = self.machine;
        ClusterOption {
            is_own: cluster.nodes.iter().any(|own| (own.cpu, own.memory) == (machine.cpu, machine.memory)),
            count,
            total_cpu: count.map(|count| machine.cpu.saturating_mul(count.into())),
            total_memory: count.map(|count| machine.memory.saturating_mul(count.into())),
            total_price: count.and_then(|count| Some(machine.price?.times(count))),
            standing,
            reason,
            machine: machine.clone(),
        }
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

fn sentence(options: &[ClusterOption], scale: Scale) -> String {
    match options.first() {
        Some(best @ ClusterOption { standing: Standing::Best, count: Some(count), .. }) => {
            words::best_cluster(scale, *count, &best.machine, best.total_price, best.reason.as_deref())
        }
        Some(first) if options.iter().any(|option| option.standing == Standing::Untried) => {
            words::cluster_not_tried(&first.machine, first.why())
        }
        Some(first) => {
            let size = |option: &&ClusterOption| scale::size(option.machine.cpu, option.machine.memory);
            let largest = options.iter().max_by_key(size).unwrap_or(first);
            words::no_cluster_carries(&largest.machine, largest.why())
        }
        None => words::NO_MACHINES.to_owned(),
    }
}

fn compared(machines: String, cluster: &Cluster, topology: &Topology, best: Option<&ClusterOption>) -> Own {
    let best = best.filter(|best| best.standing == Standing::Best);
    let is_ample = best.is_some_and(|best| {
        let size = scale::size(best.machine.cpu, best.machine.memory) * u128::from(best.count.unwrap_or_default());
        size * 2 <= scale::size_of(&cluster.nodes)
    });
    let (fit, sentence) = match carry(cluster, topology, &mut Work::of_a_plan()) {
        Err(Shortfall::Untried) => (Fit::Untried, words::own_is_not_tried(&machines)),
        Err(shortfall) => (Fit::Small, words::own_cluster_is_small(&machines, &shortfall, cluster.survive)),
        Ok(Some(added)) => (Fit::Right, words::own_is_right_once_grown(&machines, added.nodes())),
        Ok(None) if is_ample => (Fit::Ample, words::own_is_ample(&machines)),
        Ok(None) => (Fit::Right, words::own_is_right(&machines)),
    };
    Own { machines, fit, sentence }
}

fn assumptions(cluster: &Cluster, scale: Scale) -> Vec<String> {
    let equal = words::machines_are_equal(reserve(cluster), zones(cluster));
    vec![scale.sentence(), equal, words::EACH_NUMBER_TRIED.to_owned()]
}
