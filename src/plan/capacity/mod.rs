//! Capacity planning: the smallest server, and the smallest cluster of equal machines, that carries a topology at its peak,
//! survives the losses that it must, and can still be rolled out; and why the next smaller one does not.
//!
//! It is decided by trying, not by dividing sums: [`search`] plans clusters of a machine, of more and fewer, until one
//! carries it and one machine less does not. Sums say only where to begin ([`least`]).
//!
//! [`capacity`] is total, deterministic and bounded. It takes as long as dozens of plans, so [`super::plan`] does not ask
//! it.

mod cluster;
mod least;
mod scale;
mod search;
mod server;
mod spare;
mod text;

pub use cluster::{ClusterAnswer, ClusterCapacity, ClusterOption, ClusterReason, ClusterShortfall, Limit};
pub use scale::Scale;
pub use server::{ServerAnswer, ServerCapacity, ServerOption, ServerShortfall};
pub use spare::{enough_nodes, enough_server};
pub use text::to_text;

use super::Statement;
use super::phrases::more_nodes;
use crate::model::instance_types::Priced;
use crate::quantity::Memory;
use crate::topology::{Machine, Price, Reserve, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The answer where the document's list of machines is empty.
const NO_MACHINES: &str = "There is no machine to choose from.";

/// The capacity plan: the machines to buy.
///
/// Serialised as `plimsoll capacity --json` prints it: memory in bytes (`…_bytes`), processors in thousandths of a core
/// (`…_millis`), money in hundredths (`…_cents`); an absent value is `null`, never left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapacityPlan {
    /// The smallest server, if Compose is a target.
    pub server: Option<ServerCapacity>,
    /// The smallest cluster, if Kubernetes is a target.
    pub cluster: Option<ClusterCapacity>,
}

/// The document's own machines, compared with the smallest that carry it; `S` says what they lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own<S> {
    /// The machines: `3 × 2 cores, 4 GiB`.
    pub machines: String,
    /// Whether they are enough.
    pub fit: Fit,
    /// Why, where that does not follow from the answer.
    pub reason: Option<Statement<OwnReason<S>>>,
}

/// Why the document's own machines are enough, or are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnReason<S> {
    /// They do not carry it.
    TooSmall {
        /// The machines.
        machines: String,
        /// Their shortfall.
        shortfall: Statement<S>,
    },
    /// They carry it, and half their size would not.
    AboutRight {
        /// The machines.
        machines: String,
    },
    /// They carry the peak once the cluster autoscaler has added nodes.
    RightOnceGrown {
        /// The machines.
        machines: String,
        /// How many nodes it adds.
        nodes: u32,
    },
    /// Half their size would carry it too.
    MoreThanEnough {
        /// The machines.
        machines: String,
    },
    /// They are too many to be tried.
    NotTried {
        /// The machines.
        machines: String,
    },
}

/// An assumption of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumption {
    /// Machines are compared by price.
    ComparedByPrice,
    /// Machines are compared by size.
    ComparedBySize {
        /// The memory that counts as much as a core.
        #[serde(rename = "core_counts_as_bytes")]
        memory_of_a_core: Memory,
        /// Sizes that differ by less count as equal.
        similar_percent: u64,
    },
    /// A release takes no more of a server.
    ReleaseTakesNoMore,
    /// All machines of a cluster are equal, and carry nothing else.
    EqualMachines {
        /// Whose rule says what a machine keeps for itself.
        reserve: Reserve,
        /// Over how many zones they are spread.
        zones: u32,
        /// How many of the cluster's own pods each carries, as far as they are counted.
        system_pods: u32,
    },
    /// Where the prices are from.
    PricesOf {
        /// Who sells the machines.
        cloud: String,
        /// In which region.
        region: String,
        /// When the prices were published.
        date: String,
    },
    /// Each number of machines was tried.
    EachNumberTried,
}

impl<S> Own<S> {
    fn of(machines: String, fit: Fit, reason: OwnReason<S>) -> Self
    where
        OwnReason<S>: fmt::Display,
    {
        Self { machines, fit, reason: Some(reason.into()) }
    }

    fn about_right(machines: String) -> Self {
        Self::of(machines.clone(), Fit::Right, OwnReason::AboutRight { machines })
    }

    fn more_than_enough(machines: String) -> Self {
        Self::of(machines.clone(), Fit::Ample, OwnReason::MoreThanEnough { machines })
    }

    fn too_small(machines: String, shortfall: Statement<S>) -> Self {
        Self::of(machines.clone(), Fit::Small, OwnReason::TooSmall { machines, shortfall })
    }
}

impl<S> fmt::Display for OwnReason<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::TooSmall { machines, shortfall } => {
                write!(formatter, "The document's own, {machines}, is too small: {shortfall}")
            }
            Self::AboutRight { machines } => write!(formatter, "The document's own, {machines}, is about right."),
            Self::RightOnceGrown { machines, nodes } => write!(
                formatter,
                "The document's own, {machines}, is about right: it carries the peak once the cluster autoscaler has \
                 added {}.",
                more_nodes(*nodes)
            ),
            Self::MoreThanEnough { machines } => {
                write!(formatter, "The document's own, {machines}, is more than enough.")
            }
            Self::NotTried { machines } => {
                write!(formatter, "The document's own, {machines}, is too large to be tried here.")
            }
        }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::ComparedByPrice => formatter.write_str("Machines are compared by their total price."),
            Self::ComparedBySize { memory_of_a_core, similar_percent } => write!(
                formatter,
                "Without prices, machines are compared by size, a core counting as much as {memory_of_a_core}; where \
                 sizes differ by less than {similar_percent} %, fewer machines are better."
            ),
            Self::ReleaseTakesNoMore => formatter.write_str(
                "A new release takes no more: `docker compose up` stops a container before it starts the new one.",
            ),
            Self::EqualMachines { reserve, zones, system_pods } => {
                let reserve = match reserve {
                    Reserve::Kubelet => "the kubelet's default",
                    Reserve::Gke => "GKE's rule",
                    Reserve::Eks => "EKS's rule",
                    Reserve::Aks => "AKS's rule",
                    Reserve::Doks => "DigitalOcean's rule",
                };
                match system_pods {
                    0 => formatter.write_str(
                        "All machines of a cluster are equal, and carry nothing else: DaemonSets, the gateway and other \
                         add-ons take their share.",
                    ),
                    pods => write!(
                        formatter,
                        "All machines of a cluster are equal, and carry {pods} of its own pods each, but no gateway and \
                         no other add-ons."
                    ),
                }?;
                write!(formatter, " What a machine keeps for itself is {reserve}.")?;
                if *zones == 1 { Ok(()) } else { write!(formatter, " They are spread over {zones} zones.") }
            }
            Self::PricesOf { cloud, region, date } => write!(
                formatter,
                "Prices are those of {cloud} in {region} for 730 hours, in US dollars, as published on {date}; disks, traffic \
                 and what the control plane costs come on top."
            ),
            Self::EachNumberTried => formatter.write_str(
                "Each number was tried by placing the pods as kube-scheduler does, at the peak, after each loss, and with \
                 the pods that a new release of each service cannot begin without.",
            ),
        }
    }
}

/// How the document's own machines compare with the smallest that carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// They do not carry it, or do not survive what they must, or cannot be rolled out.
    Small,
    /// They carry it, and half their size would not.
    Right,
    /// Half their size would carry it too.
    Ample,
    /// It is too large to be tried.
    Untried,
}

/// The verdict on a machine of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is the one to buy.
    Best,
    /// It carries it too.
    Carries,
    /// It is too small.
    TooSmall,
    /// It is too large to be tried.
    Untried,
}

/// How many machines that carry it are worth a look beside the best, and how many that do not.
const SHOWN: usize = 4;

/// Returns the options of a list that are worth showing, in its order: the best, the next few that carry it, those that nearly
/// do, and the document's own.
fn shown<T>(options: &[T], verdict: impl Fn(&T) -> (Verdict, bool)) -> Vec<&T> {
    let is = |option: &T, wanted: Verdict| verdict(option).0 == wanted;
    let small = options.iter().filter(|option| is(option, Verdict::TooSmall)).count();
    let (mut carrying, mut too_small) = (0, 0);
    let is_shown = |option: &&T| {
        let (verdict, is_own) = verdict(option);
        let is_near = match verdict {
            Verdict::Best => true,
            Verdict::Carries | Verdict::Untried => {
                carrying += 1;
                carrying <= SHOWN
            }
            Verdict::TooSmall => {
                too_small += 1;
                small - too_small < SHOWN
            }
        };
        is_near || is_own
    };
    options.iter().filter(is_shown).collect()
}

/// Finds the machines of the document's list that carry `topology`.
///
/// ```
/// use plimsoll::plan::capacity::capacity;
///
/// let document = "services: { api: { python: {}, memory: { limit: 3Gi } } }\nserver: {}";
/// let topology = plimsoll::topology_of(document).expect("the document can be read");
/// let server = capacity(&topology).server.expect("there is a server");
/// println!("{}", server.answer.sentence());
/// ```
pub fn capacity(topology: &Topology) -> CapacityPlan {
    let scale = Scale::of(&topology.machines);
    CapacityPlan {
        server: topology.server.as_ref().map(|server| server::plan(server, topology, scale)),
        cluster: topology.cluster.as_ref().map(|cluster| cluster::plan(cluster, topology, scale)),
    }
}

/// Where the prices of the machines are from, if they are a cloud's.
fn prices(topology: &Topology) -> Option<Assumption> {
    let cloud = topology.beside?.cloud;
    let Priced { region, date } = cloud.priced()?;
    Some(Assumption::PricesOf { cloud: cloud.name().to_owned(), region: region.to_owned(), date: date.to_owned() })
}

/// One with its name: `cx22 (2 cores, 4 GiB)`.
fn described(machine: &Machine) -> String {
    match &machine.name {
        Some(name) => format!("{name} ({})", machine.size()),
        None => machine.size(),
    }
}

fn a_month(price: Option<Price>) -> String {
    price.map(|price| format!(", {price} a month")).unwrap_or_default()
}

fn superlative(scale: Scale) -> &'static str {
    match scale {
        Scale::Price => "cheapest",
        Scale::Size => "smallest",
    }
}
