//! `kubectl drain`: cordons a node and evicts its pods, as far as their disruption budgets allow.
//!
//! All evictions are requested at once; a refused one is retried every 5 s, without a time limit. The budget is the
//! generated one: one pod of a service may be missing, or one in ten, if the service has, or can have, two.
//!
//! Sources: `staging/src/k8s.io/kubectl/pkg/drain/drain.go` (v1.36.2),
//! <https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/>.

use super::event::Event;
use super::record::EventKind;
use super::scenario::ScenarioKind;
use super::state::{Condition, MachineId, Millis, Phase, PodId, SECOND, State};
use super::{lifecycle, placing};
use crate::plan::controllers::disruption_budget::{self, Budget};

/// How long after a refused eviction it is retried.
const AGAIN: Millis = 5 * SECOND;

/// Cordons the node and requests the eviction of its pods.
pub(super) fn begin(state: &mut State, machine: MachineId) {
    state.machines[machine.0].condition = Condition::Cordoned;
    placing::rebuild(state);
    let pods = state.pods_on(machine);
    state.record_node(EventKind::NodeCordoned, machine, node_cordoned(pods.len()));
    for id in pods {
        state.after(0, Event::Evict(id));
    }
    is_empty(state, machine);
}

fn node_cordoned(pods: usize) -> String {
    match pods {
        1 => "No new pods come to it; its one is evicted".to_owned(),
        pods => format!("No new pods come to it; its {pods} are evicted"),
    }
}

/// Requests the eviction of a pod.
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
                state.record_pod(
                    EventKind::EvictionRefused,
                    id,
                    format!("{healthy} of {expected} are ready, and no more may be missing; retried every 5 s"),
                );
            }
            state.after(AGAIN, Event::Evict(id));
        }
        Some(_) => lifecycle::delete(state, id, "Evicted, as its budget allows"),
        None => lifecycle::delete(state, id, "Evicted: a single replica has no budget"),
    }
}

/// Returns the disruption budget of a service, if it has one.
fn budget(state: &mut State, service: usize) -> Option<Budget> {
    let healthy = state.counts(service).ready;
    let expected = state.workloads[service].replicas;
    let max_unavailable = disruption_budget::generated(state.service(service).replicas, expected)?;
    Some(Budget { max_unavailable, expected, healthy })
}

/// Records when the last pod has left a drained node.
pub(super) fn is_empty(state: &mut State, machine: MachineId) {
    let is_drained = state.scenario.kind == ScenarioKind::Drain && state.affected_node == Some(machine);
    if is_drained && state.pods_on(machine).is_empty() {
        state.record_node(EventKind::NodeDrained, machine, "Nothing runs on it any more");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn budgets_are_those_of_the_generated_manifests() {
        for (replicas, expected) in [(1_u32, None), (2, Some(1)), (10, Some(1)), (11, Some(2)), (40, Some(4))] {
            let text = format!("services: {{ api: {{ image: \"a:1\", replicas: {replicas} }} }}\ncluster: {{}}\n");
            let outputs = crate::analyze(&text).outputs.unwrap();
            let artifacts = outputs.artifacts();
            let documents = artifacts.iter().flat_map(|artifact| artifact.text.split("\n---\n"));
            let objects = documents.filter_map(|text| serde_yaml::from_str::<Value>(text).ok());
            let generated = objects.into_iter().find(|object| object["kind"] == "PodDisruptionBudget").map(|object| {
                let most = &object["spec"]["maxUnavailable"];
                let percent = most.as_str().and_then(|text| text.strip_suffix('%')?.parse::<u64>().ok());
                let share = percent.map(|percent| (u64::from(replicas) * percent).div_ceil(100));
                most.as_u64().or(share).unwrap()
            });
            let scenario = crate::plan::simulate::Scenario::new(ScenarioKind::Drain);
            let mut state = crate::plan::simulate::engine::set_up(&outputs.topology, &scenario);
            let ours = budget(&mut state, 0).map(|budget| u64::from(budget.max_unavailable));
            assert_eq!((ours, generated), (expected, expected), "{replicas} replicas");
        }
    }
}
