//! What to buy: the smallest server, and the smallest cluster of equal machines, that carries a topology at its peak,
//! survives what it must, and can still be rolled out; and why the next smaller one does not.
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

pub use cluster::{ClusterCapacity, ClusterOption};
pub(crate) use scale::Scale;
pub use server::{ServerCapacity, ServerOption};
pub use spare::{enough_nodes, enough_server};
pub use text::to_text;

use crate::topology::{Machine, Price, Topology};
use serde::{Deserialize, Serialize};

/// The answer where the document's list of machines is empty.
const NO_MACHINES: &str = "There is no machine to choose from.";

/// What to buy.
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

/// What the document itself has, beside what would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Its machines: `3 × 2 cores, 4 GiB`.
    pub machines: String,
    /// Whether they are enough.
    pub fit: Fit,
    /// The same in a sentence, and why.
    pub sentence: String,
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

/// What becomes of a machine of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is what to buy.
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

/// What of a list is worth a person's look, in its order: the best, the next few that carry it, those that nearly do, and
/// what the document has.
fn shown<T>(options: &[T], standing: impl Fn(&T) -> (Standing, bool)) -> Vec<&T> {
    let is = |option: &T, wanted: Standing| standing(option).0 == wanted;
    let small = options.iter().filter(|option| is(option, Standing::TooSmall)).count();
    let (mut carrying, mut too_small) = (0, 0);
    let is_shown = |option: &&T| {
        let (standing, is_own) = standing(option);
        let is_near = match standing {
            Standing::Best => true,
            Standing::Carries | Standing::Untried => {
                carrying += 1;
                carrying <= SHOWN
            }
            Standing::TooSmall => {
                too_small += 1;
                small - too_small < SHOWN
            }
        };
        is_near || is_own
    };
    options.iter().filter(is_shown).collect()
}

/// What would carry `topology`, of the machines that its document lists.
pub fn capacity(topology: &Topology) -> CapacityPlan {
    let scale = Scale::of(&topology.machines);
    CapacityPlan {
        server: topology.server.as_ref().map(|server| server::plan(server, topology, scale)),
        cluster: topology.cluster.as_ref().map(|cluster| cluster::plan(cluster, topology, scale)),
    }
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

fn own_is_right(own: &str) -> String {
    format!("The document's own, {own}, is about right.")
}

fn own_is_ample(own: &str) -> String {
    format!("The document's own, {own}, is more than enough.")
}
