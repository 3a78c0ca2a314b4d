//! The smallest cluster of equal machines.

use super::scale::{self, Scale};
use super::search::{self, Found, MOST_MACHINES};
use super::{
    Fit, NO_MACHINES, Own, Standing, a_month, described, least, own_is_ample, own_is_right, shown, superlative,
};
use crate::plan::allocatable::Allocatable;
use crate::plan::cluster::{Shortfall, Work, allocatable_of, carry};
use crate::plan::phrases::{have_nowhere_to_go, more_nodes, pods_by_first, without_full_stop};
use crate::plan::{UnplacedPods, homeless, killed_by_its_limit};
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Duration, Machine, Name, NodeGroup, Price, Reserve, Service, Survive, Topology};
use serde::{Deserialize, Serialize};

const TAKES_TOO_LONG: &str = "to place so many pods takes too long here.";

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
    let machines = groups(&cluster.nodes);
    let killed = killed_by_its_limit(topology);
    let runs = topology.services.iter().any(|service| service.replicas.peak() > 0);
    if !runs || killed.is_some() {
        let (sentence, fit) = match killed {
            Some(why) => (format!("No cluster helps. {why}"), Fit::Small),
            None => ("Nothing runs: any cluster carries that.".to_owned(), Fit::Ample),
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
    let limit = (untried > 0)
        .then(|| format!("{untried} of {} machines were not tried in full: {TAKES_TOO_LONG}", options.len()));
    ClusterCapacity {
        sentence: sentence(&options, scale),
        survive: cluster.survive,
        own: compared(machines, cluster, topology, options.first()),
        options,
        assumptions: assumptions(cluster, scale),
        limits: limit.into_iter().collect(),
    }
}

/// Those of a cluster: `3 × 2 cores, 4 GiB and 1 to 4 × 8 cores, 32 GiB`.
fn groups(groups: &[NodeGroup]) -> String {
    let group = |group: &NodeGroup| {
        let most = if group.may_grow() { format!(" to {}", group.max) } else { String::new() };
        format!("{}{most} × {}, {}", group.count, group.cpu, group.memory)
    };
    let is_any = |group: &&NodeGroup| group.count.max(group.max) > 0;
    let groups: Vec<String> = groups.iter().filter(is_any).map(group).collect();
    if groups.is_empty() { "no machine".to_owned() } else { groups.join(" and ") }
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
            Err(service) => Err(pod_too_large(service, allocatable)),
            Ok(_) if cluster.survive == Survive::Zone && group.zones == 1 => {
                Err("No number will do: they are all in one zone.".to_owned())
            }
            Ok(least) => u32::try_from(least)
                .ok()
                .filter(|least| *least <= MOST_MACHINES)
                .ok_or_else(|| format!("It takes {least} or more, and a cluster has {MOST_MACHINES} at most.")),
        };
        Self { machine, group, least }
    }

    fn option(self, cluster: &Cluster, topology: &Topology, work: &mut Work) -> ClusterOption {
        let found = self.least.map(|least| (least, search::smallest(&self.group, least, cluster, topology, work)));
        let (count, standing, reason) = match found {
            Err(why) => (None, Standing::TooSmall, Some(why)),
            Ok((_, Found::Smallest(count, fewer))) => {
                let why =
                    fewer.map(|shortfall| format!("With {}, {}", count - 1, falls_short(&shortfall, cluster.survive)));
                (Some(count), Standing::Carries, why)
            }
            Ok((_, Found::None(shortfall))) => {
                let why = format!("Even with {MOST_MACHINES}, {}", falls_short(&shortfall, cluster.survive));
                (None, Standing::TooSmall, Some(why))
            }
            Ok((least, Found::Untried)) => {
                (None, Standing::Untried, Some(format!("It takes {least} or more: {TAKES_TOO_LONG}")))
            }
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

/// A pod of the service does not fit on a machine that leaves so much.
fn pod_too_large(service: &Service, machine: Allocatable) -> String {
    let asked = |memory: Memory, cpu: Cpu| format!("{memory} and {cpu}");
    format!(
        "No number will do: a pod of {} asks for {}, and one such machine has {} for pods.",
        service.name,
        asked(service.pod_memory(), service.pod_cpu()),
        asked(machine.memory, machine.cpu)
    )
}

/// What does not work, to stand after `With 2, `.
fn falls_short(shortfall: &Shortfall, survive: Survive) -> String {
    match shortfall {
        Shortfall::Steady(pods) => {
            let (first, count, why) = who_and_why(pods);
            format!("{}: {why}", have_nowhere_to_go(first, count))
        }
        Shortfall::Peak(pods) => {
            let (first, count, why) = who_and_why(pods);
            format!("at the peak {}: {why}", have_nowhere_to_go(first, count))
        }
        Shortfall::Awaits(added) => {
            let nodes = more_nodes(added.nodes());
            format!("it carries what always runs only on {nodes}, which the cluster autoscaler adds.")
        }
        Shortfall::Rollout(service, why) => {
            let why = why.as_ref().map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
            format!("a new release of {service} cannot begin, for want of room for its first pods{why}.")
        }
        Shortfall::Loss(lost, pods) => {
            let lost = lost.as_deref().unwrap_or("one");
            let (first, count, why) = who_and_why(pods);
            format!("losing {lost} leaves {} nowhere to go: {why}", pods_by_first(first, count))
        }
        Shortfall::Alone if survive == Survive::Zone => "losing that zone leaves nothing.".to_owned(),
        Shortfall::Alone => "losing it leaves nothing.".to_owned(),
        Shortfall::PastLoadLine => "one is loaded past its line, 90 % of what it has for pods.".to_owned(),
        Shortfall::Untried => TAKES_TOO_LONG.to_owned(),
    }
}

/// Who has nowhere to go, as the first of how many pods, and why, in the scheduler's words.
fn who_and_why(pods: &[UnplacedPods]) -> (&str, u64, &str) {
    let (first, count) = homeless(pods).unwrap_or_default();
    (first, count, pods.first().map(|pods| pods.message.as_str()).unwrap_or_default())
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
            best_cluster(scale, *count, &best.machine, best.total_price, best.reason.as_deref())
        }
        Some(first) if options.iter().any(|option| option.standing == Standing::Untried) => {
            format!("It is too large to be tried here. Of {}: {}", described(&first.machine), first.why())
        }
        Some(first) => {
            let size = |option: &&ClusterOption| scale::size(option.machine.cpu, option.machine.memory);
            let largest = options.iter().max_by_key(size).unwrap_or(first);
            format!("No machine of the list carries this. Of {}: {}", described(&largest.machine), largest.why())
        }
        None => NO_MACHINES.to_owned(),
    }
}

/// So many of one: `3 × 2 cores, 4 GiB`.
fn counted(count: u32, of: &Machine) -> String {
    format!("{count} × {}", described(of))
}

/// One machine less does not carry it, for that reason, if one less is a cluster at all.
fn best_cluster(scale: Scale, count: u32, of: &Machine, price: Option<Price>, why: Option<&str>) -> String {
    let answer =
        format!("The {} cluster that carries this: {}{}.", superlative(scale), counted(count, of), a_month(price));
    match why {
        Some(why) => format!("{answer} {why}"),
        None => answer,
    }
}

fn compared(machines: String, cluster: &Cluster, topology: &Topology, best: Option<&ClusterOption>) -> Own {
    let best = best.filter(|best| best.standing == Standing::Best);
    let is_ample = best.is_some_and(|best| {
        let size = scale::size(best.machine.cpu, best.machine.memory) * u128::from(best.count.unwrap_or_default());
        size * 2 <= scale::size_of(&cluster.nodes)
    });
    let (fit, sentence) = match carry(cluster, topology, &mut Work::of_a_plan()) {
        Err(Shortfall::Untried) => {
            (Fit::Untried, format!("The document's own, {machines}, is too large to be tried here."))
        }
        Err(shortfall) => (
            Fit::Small,
            format!("The document's own, {machines}, is too small: {}", falls_short(&shortfall, cluster.survive)),
        ),
        Ok(Some(added)) => (
            Fit::Right,
            format!(
                "The document's own, {machines}, is about right: it carries the peak once the cluster autoscaler has added {}.",
                more_nodes(added.nodes())
            ),
        ),
        Ok(None) if is_ample => (Fit::Ample, own_is_ample(&machines)),
        Ok(None) => (Fit::Right, own_is_right(&machines)),
    };
    Own { machines, fit, sentence }
}

fn assumptions(cluster: &Cluster, scale: Scale) -> Vec<String> {
    let equal = machines_are_equal(reserve(cluster), zones(cluster));
    vec![scale.sentence(), equal, "Each number was tried by placing the pods as kube-scheduler does, at the peak, after each loss, and with the pods that a new release of each service cannot begin without.".to_owned()]
}

fn machines_are_equal(reserve: Reserve, zones: u32) -> String {
    let reserve = match reserve {
        Reserve::Kubelet => "the kubelet's default",
        Reserve::Gke => "GKE's rule",
        Reserve::Eks => "EKS's rule",
        Reserve::Aks => "AKS's rule",
    };
    let zones = match zones {
        1 => String::new(),
        zones => format!(" They are spread over {zones} zones."),
    };
    format!(
        "All machines of a cluster are equal, and carry nothing else: DaemonSets, the gateway and other add-ons take \
         their share. What a machine keeps for itself is {reserve}.{zones}"
    )
}
