//! The cluster autoscaler: every 10 s it looks for unschedulable pods, and orders as many nodes as they need. Scaling
//! down, which begins after ten minutes, is not simulated.
//!
//! Source: <https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.33.0/cluster-autoscaler/FAQ.md>.

use super::event::Event;
use super::placing;
use super::record::EventKind;
use super::scenario::{MAX_NEW_NODES, Scenario, millis};
use super::state::{Condition, Machine, MachineId, Millis, PodId, SECOND, State};
use crate::plan::cluster::{NodePlan, Ordered, Orders};
use crate::topology::{Cluster, NodeGroup};

/// How often it scans (`--scan-interval`).
const SCAN: Millis = 10 * SECOND;

/// The nodes that may be ordered, and those that are on their way.
pub(super) struct NodeScaler {
    /// `None` without a cluster.
    orders: Option<Orders>,
    is_queued: bool,
}

impl NodeScaler {
    /// Allows as many new nodes as the scenario does, in the groups of the cluster; by default, as many as the `max` of each group.
    pub fn of(cluster: Option<&Cluster>, scenario: &Scenario) -> Self {
        let group = |group: &NodeGroup| NodeGroup {
            max: scenario.new_nodes.map_or(group.max, |more| group.count.saturating_add(more)),
            startup: scenario.node_startup.unwrap_or(group.startup),
            ..group.clone()
        };
        let most = scenario.new_nodes.unwrap_or(MAX_NEW_NODES).min(MAX_NEW_NODES);
        let grows = |cluster: &Cluster| Cluster { nodes: cluster.nodes.iter().map(group).collect(), ..cluster.clone() };
        Self { orders: cluster.map(|cluster| Orders::new(grows(cluster), most)), is_queued: false }
    }
}

/// Schedules the next scan, since a pod fits nowhere.
pub(super) fn look_soon(state: &mut State) {
    let scaler = &mut state.node_scaler;
    if !scaler.is_queued && scaler.orders.as_ref().is_some_and(Orders::may_order_more) {
        scaler.is_queued = true;
        state.queue.at((state.now / SCAN + 1) * SCAN, Event::AddNodes);
    }
}

/// Orders nodes for pods that have none and do not fit on those that are on their way.
pub(super) fn add_nodes(state: &mut State) {
    state.node_scaler.is_queued = false;
    let unschedulable: Vec<PodId> = state
        .placing
        .waiting
        .iter()
        .copied()
        .filter(|id| state.pod(*id).attempts > 0 && !state.pod(*id).is_expected)
        .collect();
    for id in unschedulable {
        let service = state.service(state.pod(id).service);
        let Some(orders) = &mut state.node_scaler.orders else { return };
        let mut ordered = Vec::new();
        let expected = orders.expect(service, 1, &mut ordered);
        state.pod_mut(id).is_expected = expected > 0;
        for Ordered { node, startup } in ordered {
            order(state, id, &node, millis(startup));
        }
    }
}

/// Orders a node for the pod.
fn order(state: &mut State, id: PodId, node: &NodePlan, startup: Millis) {
    let machine = MachineId(state.machines.len());
    state.machines.push(Machine::of(node, Condition::Ordered));
    state.placing.add(node);
    let startup = state.random.about(startup);
    let pod = state.pod(id).name(state.topology);
    state.record_node(
        EventKind::NodeOrdered,
        machine,
        format!("{pod} has no node, and would fit on one of {}", node.group),
    );
    state.after(startup, Event::Join(machine));
}

/// Adds a node that was ordered to the cluster.
pub(super) fn join(state: &mut State, machine: MachineId) {
    state.machines[machine.0].condition = Condition::Ready;
    let is_any_coming = state.machines.iter().any(|machine| machine.condition == Condition::Ordered);
    if !is_any_coming {
        state.node_scaler.orders.iter_mut().for_each(Orders::arrive);
        for id in state.placing.waiting.clone() {
            state.pod_mut(id).is_expected = false;
        }
        look_soon(state);
    }
    state.record.is_stale = true;
    state.record_node(EventKind::NodeJoined, machine, "It is ready");
    placing::rebuild(state);
    placing::wake_all(state);
}
