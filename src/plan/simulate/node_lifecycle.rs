//! A node that stops: what the cluster notices, and when.
//!
//! For 50 s after the node was last heard of nothing happens, and requests still go to its pods. Then it is taken for
//! unreachable, its pods for not ready, and it gets a taint that every pod tolerates for 300 s by default. Then they are
//! deleted, which is when they are replaced. Nobody can confirm their end, so they stay "terminating" for as long as the node is
//! known. If every node is unreachable, the fault is taken to be elsewhere and nothing is deleted.
//!
//! Sources: `pkg/controller/nodelifecycle/node_lifecycle_controller.go`, its defaults in `config/v1alpha1/defaults.go`,
//! `plugin/pkg/admission/defaulttolerationseconds/admission.go` (v1.36.2),
//! <https://kubernetes.io/docs/concepts/architecture/nodes/#rate-limits-on-eviction>.

use super::event::Event;
use super::record::EventKind;
use super::state::{Condition, MachineId, Millis, SECOND, State};
use super::{lifecycle, placing, workload};

/// How long a node may be silent (`--node-monitor-grace-period`).
const GRACE: Millis = 50 * SECOND;
/// How often the kubelet says that it is there, a quarter of its lease of 40 s (`nodeLeaseDurationSeconds`).
const HEARTBEAT: Millis = 10 * SECOND;
/// For how long pods tolerate the taint (`tolerationSeconds`).
const TOLERATION: Millis = 300 * SECOND;

/// The node stops: everything on it is dead at once.
pub(super) fn lose(state: &mut State, machine: MachineId) {
    state.machines[machine.0].condition = Condition::Stopped;
    touch_all(state);
    let since_heard = state.random.phase(HEARTBEAT);
    let pods = state.pods_on(machine).len();
    state.record_node(EventKind::NodeLost, machine, node_stops(pods));
    state.after(GRACE - since_heard, Event::Unreachable(machine));
}

fn node_stops(pods: usize) -> String {
    match pods {
        1 => "It stops, with 1 pod; the cluster does not know yet".to_owned(),
        pods => format!("It stops, with {pods} pods; the cluster does not know yet"),
    }
}

/// The node has not been heard of for too long.
pub(super) fn unreachable(state: &mut State, machine: MachineId) {
    state.machines[machine.0].condition = Condition::Unreachable;
    state.record_node(EventKind::NodeUnreachable, machine, "Not heard of for 50 s; its pods may stay for 300 s more");
    for id in state.pods_on(machine) {
        let pod = state.pod_mut(id);
        let service = pod.service;
        if pod.ready.take().is_some() {
            state.record_pod(EventKind::NotReady, id, "Its node is unreachable: it receives no more requests");
        }
        workload::reconcile_soon(state, service);
    }
    touch_all(state);
    placing::rebuild(state);
    state.after(TOLERATION, Event::Untolerated(machine));
}

/// The pods of the node are deleted.
pub(super) fn evict(state: &mut State, machine: MachineId) {
    let is_known = |condition| condition != Condition::Ordered;
    let all_unreachable = state
        .machines
        .iter()
        .filter(|machine| is_known(machine.condition))
        .all(|machine| machine.condition == Condition::Unreachable);
    if all_unreachable {
        return;
    }
    for id in state.pods_on(machine) {
        lifecycle::delete(state, id, "It tolerates an unreachable node for 300 s");
    }
}

fn touch_all(state: &mut State) {
    for service in 0..state.workloads.len() {
        state.touch(service);
    }
}
