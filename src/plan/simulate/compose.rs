//! `docker compose up` with new images: what it stops, and when it starts it again.
//!
//! It first replaces the containers of the changed services, each service once those that it needs have been replaced: all
//! containers of a service are stopped at once and made anew. Only then does it start them, each service once those
//! that it needs are well and its own first steps have ended. So every replica is down from its stop to its start, however
//! many there are.
//!
//! Sources: `pkg/compose/convergence.go` and `start.go` of <https://github.com/docker/compose>,
//! <https://docs.docker.com/compose/how-tos/startup-order/>.

use super::event::Event;
use super::scenario::Target;
use super::state::{Millis, PodId, SECOND, ServiceIndex, State};
use super::{lifecycle, steps, workload};
use crate::topology::{Needed, ServiceId};

/// How often a starting container is asked whether it is well (`start_interval` of the generated health checks).
const HEALTH_INTERVAL: Millis = 2 * SECOND;

/// A `docker compose up` under way.
#[derive(Debug, Clone)]
pub(super) struct Up {
    /// The services that are replaced, and how far each is.
    stages: Vec<(ServiceIndex, Stage)>,
    is_queued: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Its containers run.
    Old,
    /// They were told to stop.
    Stopping,
    /// New ones are made.
    Made,
    /// Its first steps run.
    Steps,
    /// The new ones start.
    Started,
}

/// Images of these services are new.
pub(super) fn up(state: &mut State, services: &[ServiceIndex]) {
    for service in services {
        workload::release(state, *service);
    }
    state.up = Some(Up { stages: services.iter().map(|service| (*service, Stage::Old)).collect(), is_queued: false });
    advance_soon(state);
}

/// A container answers. Others that wait for it learn so from its health check.
pub(super) fn is_ready(state: &mut State, id: PodId) {
    if state.target == Target::Cluster {
        return;
    }
    workload::finish(state, state.pod(id).service);
    let ran = state.now - state.pod(id).started;
    let until_asked = ran.next_multiple_of(HEALTH_INTERVAL).max(HEALTH_INTERVAL) - ran;
    state.after(until_asked, Event::Compose);
}

/// It sees whether it can go on, once what happens at this moment has happened.
pub(super) fn advance_soon(state: &mut State) {
    if let Some(up) = &mut state.up
        && !std::mem::replace(&mut up.is_queued, true)
    {
        state.after(0, Event::Compose);
    }
}

/// It goes on as far as it can.
pub(super) fn advance(state: &mut State) {
    let Some(mut up) = state.up.take() else { return };
    up.is_queued = false;
    for place in 0..up.stages.len() {
        let Some((service, before)) = up.stages.get(place).copied() else { continue };
        let next = match before {
            Stage::Old if up.all_needed_by(state, service, Stage::Made) => {
                for id in containers(state, service) {
                    lifecycle::delete(state, id, "Compose stops it before it makes the new one");
                }
                Stage::Stopping
            }
            Stage::Stopping if containers(state, service).is_empty() => Stage::Made,
            Stage::Made
                if up.stages.iter().all(|(_, stage)| *stage >= Stage::Made) && needs_are_well(state, service) =>
            {
                begin(state, service)
            }
            unchanged => unchanged,
        };
        if let Some((_, stage)) = up.stages.get_mut(place) {
            *stage = next;
        }
        if next != before {
            up.is_queued = true;
        }
    }
    let advances = up.is_queued;
    state.up = Some(up);
    if advances {
        state.after(0, Event::Compose);
    }
}

/// The first steps of a service have ended.
pub(super) fn steps_done(state: &mut State, service: ServiceIndex) {
    start(state, service);
    if let Some(up) = &mut state.up {
        for (_, stage) in up.stages.iter_mut().filter(|(other, _)| *other == service) {
            *stage = Stage::Started;
        }
    }
    advance_soon(state);
}

impl Up {
    /// Whether those of the changed services that this one needs have come so far.
    fn all_needed_by(&self, state: &State, service: ServiceIndex, least: Stage) -> bool {
        let needs = &state.service(service).needs;
        self.stages.iter().all(|(other, stage)| *stage >= least || !needs.contains(&Needed::Service(ServiceId(*other))))
    }
}

/// Starts a service, or its first steps.
fn begin(state: &mut State, service: ServiceIndex) -> Stage {
    if steps::begin(state, service) {
        return Stage::Steps;
    }
    start(state, service);
    Stage::Started
}

fn start(state: &mut State, service: ServiceIndex) {
    let (replicas, release) = (state.workloads[service].replicas, state.workloads[service].release);
    for number in 1..=replicas {
        lifecycle::create(state, service, number, release, "Compose makes it anew, of the new image");
    }
    state.workloads[service].new_wanted = replicas;
    state.workloads[service].old_wanted = 0;
}

fn containers(state: &State, service: ServiceIndex) -> Vec<PodId> {
    state.pods_of(service).map(|(id, _)| id).collect()
}

/// Whether every container of the services that it needs is well; what has no health check only has to run.
fn needs_are_well(state: &State, service: ServiceIndex) -> bool {
    state.service(service).needed_services().all(|need| {
        let workload = &state.workloads[need.0];
        let well = state.pods_of(need.0).filter(|(_, pod)| is_well(state, pod)).count();
        well as u64 >= u64::from(workload.replicas)
    })
}

fn is_well(state: &State, pod: &super::state::Pod) -> bool {
    let asked = |since: Millis| (since - pod.started).next_multiple_of(HEALTH_INTERVAL).max(HEALTH_INTERVAL);
    pod.ready.is_some_and(|since| pod.older_by > 0 || pod.started + asked(since) <= state.now)
}
