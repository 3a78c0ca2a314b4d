//! The smallest number of equal machines that carry a topology.

use crate::plan::cluster::{Shortfall, Work, carry};
use crate::topology::{Cluster, NodeGroup, Topology};

/// The most machines that are tried: Kubernetes is made for 5,000 nodes
/// (<https://kubernetes.io/docs/setup/best-practices/cluster-large/>).
pub(super) const MAX_MACHINES: u32 = 5000;

/// The result of a search.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SearchResult {
    /// The least number that carries it, and why one less does not, unless the number is 1.
    Smallest(u32, Option<Shortfall>),
    /// As many as a cluster can have do not carry it, and why.
    None(Shortfall),
    /// To try it would take too long.
    Untried,
}

/// The smallest number of the group's machines, from `least` on, that carry it: one less does not, and what fails then.
///
/// The scheduler is not monotone: where each pod goes depends on scores, so that a cluster of more machines can, rarely, fill
/// up in a way in which one of fewer does not. So both answers are tried, and none is inferred.
pub(super) fn smallest(
    group: &NodeGroup,
    least: u32,
    cluster: &Cluster,
    topology: &Topology,
    work: &mut Work,
) -> SearchResult {
    let mut attempt = |count: u32| {
        let cluster = Cluster { nodes: vec![NodeGroup { count, ..group.clone() }], ..cluster.clone() };
        carry(&cluster, topology, work).err()
    };
    // Double the step until the number carries it.
    let (mut count, mut step) = (least.max(1), 1);
    let mut fewer: Option<(u32, Shortfall)> = None;
    while let Some(shortfall) = attempt(count) {
        if shortfall == Shortfall::Untried {
            return SearchResult::Untried;
        }
        if count == MAX_MACHINES {
            return SearchResult::None(shortfall);
        }
        fewer = Some((count, shortfall));
        count = (count + step).min(MAX_MACHINES);
        step *= 2;
    }
    // Bisect, at last one by one, until one less does not.
    while count > 1 {
        let too_few = fewer.as_ref().map_or(count - 2, |(too_few, _)| *too_few);
        if too_few + 1 == count && fewer.is_some() {
            break;
        }
        let middle = too_few + (count - too_few) / 2;
        match attempt(middle) {
            Some(Shortfall::Untried) => return SearchResult::Untried,
            Some(shortfall) => fewer = Some((middle, shortfall)),
            None => count = middle,
        }
    }
    SearchResult::Smallest(count, fewer.map(|(_, shortfall)| shortfall))
}
