//! What runs once before a service, such as a migration: a Job on the cluster, one-shot services on the server.
//!
//! On the cluster new pods come at once, and wait until it has ended; on the server Compose starts none before.

use super::compose;
use super::event::Event;
use super::record::What;
use super::scenario::Target;
use super::state::{Millis, SECOND, ServiceIndex, State};
use crate::words::simulation::events as words;

/// How long each step takes.
const STEP: Millis = 5 * SECOND;

/// The steps of a service begin. Says whether there are any.
pub(super) fn begin(state: &mut State, service: ServiceIndex) -> bool {
    let service_of = state.service(service);
    let steps = service_of.jobs().count() as u64;
    let (is_waited_for, why): (bool, fn(u64) -> String) = match state.target {
        Target::Cluster => (service_of.waits_for_job(), words::steps_on_cluster),
        Target::Server => (steps > 0, words::steps_on_server),
    };
    if !is_waited_for {
        return false;
    }
    state.tell_service(What::StepsBegin, service, why(steps));
    let takes = STEP.saturating_mul(steps);
    state.workloads[service].steps_end = state.now.saturating_add(takes);
    state.after(takes, Event::StepsDone(service));
    true
}

/// The steps of a service have ended.
pub(super) fn done(state: &mut State, service: ServiceIndex) {
    state.tell_service(What::StepsEnded, service, words::STEPS_ENDED);
    if state.target == Target::Server {
        compose::steps_done(state, service);
    }
}
