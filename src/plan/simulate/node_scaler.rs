//! The cluster autoscaler: every 10 s it looks for pods that have no node, and orders as many machines as take them. It is not
//! simulated how it takes machines away again (after ten minutes).
//!
//! Source: <https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.33.0/cluster-autoscaler/FAQ.md>.

use super::event::Event;
use super::placing;
use super::record::What;
use super::scenario::{MOST_NEW_NODES, Scenario, millis};
use super::state::{Condition, Machine, MachineId, Millis, PodId, SECOND, State};
use crate::plan::cluster::{Free, NodePlan};
use crate::topology::{Cluster, NodeGroup};

/// How often it looks (`--scan-interval`).
const SCAN: Millis = 10 * SECOND;

/// What may be ordered, and what is on its way.
pub(super) struct NodeScaler {
    groups: Vec<Group>,
    /// How many machines may still be ordered.
    left: u32,
    is_awaited: bool,
    /// What is still free of the machines on their way.
    coming: Vec<Free>,
}

/// Equal machines of which there may be more.
struct Group {
    machine: NodePlan,
    /// How many there are, with those on their way.
    count: u32,
    /// How many more of them there may be.
    left: u32,
    /// How long one takes to be ready.
    startup: Millis,
}

impl NodeScaler {
    /// As many machines as the scenario allows, of the groups that there are; else as many as each group may have.
    pub fn of(cluster: Option<&Cluster>, scenario: &Scenario) -> Self {
        let group = |group: &NodeGroup| Group {
            machine: NodePlan::of(group, 1),
            count: group.count,
            left: scenario.new_nodes.unwrap_or(group.max.saturating_sub(group.count)),
            startup: millis(scenario.node_startup.unwrap_or(group.startup)),
        };
        let groups: Vec<Group> = cluster.into_iter().flat_map(|cluster| &cluster.nodes).map(group).collect();
        let allowed = groups.iter().fold(0, |sum: u32, group| sum.saturating_add(group.left));
        let left = scenario.new_nodes.unwrap_or(allowed).min(MOST_NEW_NODES);
        Self { groups, left, is_awaited: false, coming: Vec::new() }
    }
}

/// A pod fits nowhere: it is seen at the next look.
pub(super) fn look_soon(state: &mut State) {
    if state.node_scaler.left > 0 && !state.node_scaler.is_awaited {
        state.node_scaler.is_awaited = true;
        state.queue.at((state.now / SCAN + 1) * SCAN, Event::AddNodes);
    }
}

/// Orders machines for the pods that have no node and will not fit on those that are on their way.
pub(super) fn add_nodes(state: &mut State) {
    state.node_scaler.is_awaited = false;
    let homeless: Vec<PodId> = state
        .placing
        .waiting
        .iter()
        .copied()
        .filter(|id| state.pod(*id).attempts > 0 && !state.pod(*id).is_expected)
        .collect();
    for id in homeless {
        let service = state.service(state.pod(id).service);
        let has_room = state.node_scaler.coming.iter_mut().any(|free| free.take(service));
        if has_room || order(state, id) {
            state.pod_mut(id).is_expected = true;
        }
    }
}

/// Orders a machine of the first group that takes the pod, if there may be one more.
fn order(state: &mut State, id: PodId) -> bool {
    let service = state.service(state.pod(id).service);
    if state.node_scaler.left == 0 {
        return false;
    }
    let fits = |group: &&mut Group| group.left > 0 && Free::of(&group.machine).take(service);
    let Some(group) = state.node_scaler.groups.iter_mut().find(fits) else { return false };
    group.count += 1;
    group.left -= 1;
    let startup = group.startup;
    let own =
        || state.topology.cluster.iter().find_map(|cluster| Some((cluster, cluster.group(&group.machine.group)?)));
    let zone = own().and_then(|(cluster, own)| cluster.zone(own, group.count));
    let node = NodePlan { node: format!("{}-{}", group.machine.group, group.count), zone, ..group.machine.clone() };
    state.node_scaler.left -= 1;
    let mut free = Free::of(&node);
    free.take(service);
    state.node_scaler.coming.push(free);

    let machine = MachineId(state.machines.len());
    state.machines.push(Machine::of(&node, Condition::Ordered));
    state.placing.add(&node);
    let startup = state.random.about(startup);
    let pod = state.pod(id).name(state.topology);
    state.tell_node(What::NodeOrdered, machine, format!("{pod} has no node, and would fit on one of {}", node.group));
    state.after(startup, Event::Join(machine));
    true
}

/// A machine that was ordered is there.
pub(super) fn join(state: &mut State, machine: MachineId) {
    state.machines[machine.0].condition = Condition::Ready;
    let is_any_coming = state.machines.iter().any(|machine| machine.condition == Condition::Ordered);
    if !is_any_coming {
        state.node_scaler.coming.clear();
        for id in state.placing.waiting.clone() {
            state.pod_mut(id).is_expected = false;
        }
        look_soon(state);
    }
    state.record.is_stale = true;
    state.tell_node(What::NodeJoined, machine, "It is ready");
    placing::rebuild(state);
    placing::wake(state);
}
