//! `kubectl drain`: no new pods come to a node, and those on it are evicted, as far as their budgets allow.
//!
//! All pods are asked for at once; one that may not go yet is asked for again 5 s later, for as long as it takes. The
//! budget is the generated one: one pod of a service may be missing, where it has, or can have, two.
//!
//! Sources: `staging/src/k8s.io/kubectl/pkg/drain/drain.go` (v1.36.2),
//! <https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/>.

use super::event::Event;
use super::lifecycle;
use super::placing;
use super::record::What;
use super::scenario::ScenarioKind;
use super::state::{Condition, MachineId, Millis, Phase, PodId, SECOND, State};
use crate::plan::controllers::disruption_budget::Budget;

/// When a pod is asked for again that may not go yet.
const AGAIN: Millis = 5 * SECOND;
/// How many replicas a service has to have, or be able to have, for a budget to be generated.
const BUDGET_FROM: u32 = 2;
/// `maxUnavailable` of the generated budgets.
const MAX_UNAVAILABLE: u32 = 1;

/// The node is cordoned, and its pods are asked for.
pub(super) fn begin(state: &mut State, machine: MachineId) {
    state.machines[machine.0].condition = Condition::Cordoned;
    placing::rebuild(state);
    let pods = state.pods_on(machine);
    let why = format!("No new pods come to it; its {} are evicted", pods.len());
    state.tell_node(What::NodeCordoned, machine, why);
    for id in pods {
        state.after(0, Event::Evict(id));
    }
    is_empty(state, machine);
}

/// A pod is asked for.
pub(super) fn evict(state: &mut State, id: PodId) {
    let pod = state.pod(id);
    if pod.is_deleted || pod.phase == Phase::Gone {
        return;
    }
    let (service, is_ready) = (pod.service, pod.ready.is_some());
    match budget(state, service) {
        Some(budget) if !budget.allows(is_ready) => {
            let Budget { expected, healthy, .. } = budget;
            if !state.pod(id).was_refused {
                state.pod_mut(id).was_refused = true;
                let why = format!("{healthy} of {expected} are ready; its budget asks for one more. Again every 5 s");
                state.tell_pod(What::EvictionRefused, id, why);
            }
            state.after(AGAIN, Event::Evict(id));
        }
        Some(_) => lifecycle::delete(state, id, "Evicted, as its budget allows"),
        None => lifecycle::delete(state, id, "Evicted: a single replica has no budget"),
    }
}

/// The budget of a service, if it has one.
fn budget(state: &mut State, service: usize) -> Option<Budget> {
    let has_budget = state.service(service).replicas.peak() >= BUDGET_FROM;
    let healthy = state.counts(service).ready;
    let expected = state.workloads[service].replicas;
    has_budget.then_some(Budget { max_unavailable: MAX_UNAVAILABLE, expected, healthy })
}

/// Tells when the last pod has left a drained node.
pub(super) fn is_empty(state: &mut State, machine: MachineId) {
    let is_drained = state.scenario.kind == ScenarioKind::Drain && state.struck == Some(machine);
    if is_drained && state.pods_on(machine).is_empty() {
        state.tell_node(What::NodeDrained, machine, "Nothing runs on it any more");
    }
}
