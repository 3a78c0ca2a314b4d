//! Whether there is far more than it takes, in so little work that it can be asked at every keystroke.

use super::Scale;
use super::scale;
use super::server;
use crate::plan::cluster::{Work, carry};
use crate::quantity::Memory;
use crate::topology::{Cluster, Machine, NodeGroup, Service, Topology};

/// The least nodes of which half are reported as enough: of fewer, one may be a spare.
const FEW_NODES: u32 = 4;
/// The least memory of a server that is reported as too large.
const SMALL_SERVER: Memory = Memory::from_gib(8);
/// By how much a server has to be larger than what would do.
const TIMES: u128 = 4;
/// As much as a few hundred pods take.
const WORK: Work = Work { weighings: 100_000, pairs: 20_000 };

/// How many nodes of the document's own cluster, about half of each group, carry the topology as well, without any that come
/// later, if they are known to.
pub fn enough_nodes(topology: &Topology) -> Option<u32> {
    let cluster = topology.cluster.as_ref()?;
    if nodes(cluster) < FEW_NODES || topology.services.iter().all(|service| service.replicas.peak() == 0) {
        return None;
    }
    let halved = |group: &NodeGroup| {
        let count = group.count.div_ceil(2);
        NodeGroup { count, max: count, ..group.clone() }
    };
    let half = Cluster { nodes: cluster.nodes.iter().map(halved).collect(), ..cluster.clone() };
    let carries = may_carry(&half, topology) && carry(&half, topology, &mut WORK.clone()).is_ok();
    carries.then(|| nodes(&half))
}

/// Whether all pods together ask for no more than the machines have, which is seen at a glance.
fn may_carry(cluster: &Cluster, topology: &Topology) -> bool {
    let has = |amount: fn(&NodeGroup) -> u64| -> u128 {
        cluster.nodes.iter().map(|group| u128::from(amount(group)) * u128::from(group.count)).sum()
    };
    let asked = |amount: fn(&Service) -> u64| -> u128 {
        topology.services.iter().map(|one| u128::from(amount(one)) * u128::from(one.replicas.peak())).sum()
    };
    asked(|one| one.pod_memory().bytes()) <= has(|group| group.memory.bytes())
        && asked(|one| one.pod_cpu().millis()) <= has(|group| group.cpu.millis())
}

fn nodes(cluster: &Cluster) -> u32 {
    cluster.nodes.iter().map(|group| group.count).sum()
}

/// The machine that would do as the server, if that is far larger.
pub fn enough_server(topology: &Topology) -> Option<Machine> {
    let server = topology.server.as_ref().filter(|server| server.memory >= SMALL_SERVER)?;
    let capacity = server::plan(server, topology, Scale::of(&topology.machines));
    let best = capacity.best()?;
    let size = |machine: &Machine| scale::size(machine.cpu, machine.memory);
    (size(best) * TIMES <= scale::size(server.cpu, server.memory)).then(|| best.clone())
}
