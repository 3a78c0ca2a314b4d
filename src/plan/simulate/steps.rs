//! The steps before a service, such as a migration: a Job on a cluster, one-shot services on a server.
//!
//! On the cluster new pods come at once, and wait until it has ended; on the server Compose starts none before.

use super::compose;
use super::event::Event;
use super::record::EventKind;
use super::scenario::Target;
use super::state::{Millis, SECOND, ServiceIndex, State};

/// How long each step takes.
const STEP: Millis = 5 * SECOND;

/// The steps of a service begin. Says whether there are any.
pub(super) fn begin(state: &mut State, service: ServiceIndex) -> bool {
    let service_of = state.service(service);
    let steps = service_of.jobs().count() as u64;
    let (is_waited_for, why): (bool, fn(u64) -> String) = match state.target {
        Target::Cluster => (service_of.waits_for_job(), steps_on_cluster),
        Target::Server => (steps > 0, steps_on_server),
    };
    if !is_waited_for {
        return false;
    }
    state.record_service(EventKind::StepsBegin, service, why(steps));
    let takes = STEP.saturating_mul(steps);
    state.workloads[service].steps_end = state.now.saturating_add(takes);
    state.after(takes, Event::StepsDone(service));
    true
}

fn steps_on_cluster(steps: u64) -> String {
    format!("{} before the service; new pods wait until that has ended", run(steps))
}

fn steps_on_server(steps: u64) -> String {
    format!("{} before the service; containers start when that has ended", run(steps))
}

fn run(steps: u64) -> String {
    if steps == 1 { "One runs".to_owned() } else { format!("{steps} run") }
}

/// The steps of a service have ended.
pub(super) fn done(state: &mut State, service: ServiceIndex) {
    state.record_service(EventKind::StepsEnded, service, "Ended well");
    if state.target == Target::Server {
        compose::steps_done(state, service);
    }
}
