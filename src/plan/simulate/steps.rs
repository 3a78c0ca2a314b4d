//! The steps before a service, such as a migration. Each takes 5 s.
//!
//! On a cluster a Job runs those that run once for a release. Its pod needs a node as any other, and new pods wait until the
//! Job is known to be complete: the Job controller looks a second after its pod has ended. Those that run at every start run in
//! the pod, before its container or in it. On the server Compose starts no container before what runs once has ended.
//!
//! Source: `pkg/controller/job/job_controller.go` (v1.36.2).

use super::event::Event;
use super::record::EventKind;
use super::scenario::Target;
use super::state::{MachineId, Millis, Phase, PodId, SECOND, ServiceIndex, State};
use super::{compose, lifecycle, placing};
use crate::topology::{How, Service, Step};

/// How long each step takes.
const STEP: Millis = 5 * SECOND;
/// How long after a change of its pod the Job controller looks at a Job (`SyncJobBatchPeriod`).
const SYNC_JOB_BATCH_PERIOD: Millis = SECOND;

/// How long the steps take that a pod of the cluster runs once, before its container.
pub(super) fn time_before_container(service: &Service) -> Millis {
    let steps = count(service, |step| match step.how {
        How::InitContainer => true,
        // Only the pod itself can mount its disk.
        How::Job => service.is_stateful(),
        How::InContainer => service.command.is_none(),
        How::ByHand => false,
    });
    STEP.saturating_mul(steps)
}

/// How long the steps take that a container runs itself, at every start.
pub(super) fn time_in_container(service: &Service, target: Target) -> Millis {
    let steps = count(service, |step| match step.how {
        How::InContainer => service.command.is_some(),
        // Compose has no init containers.
        How::InitContainer => service.command.is_some() && target == Target::Server,
        How::Job | How::ByHand => false,
    });
    STEP.saturating_mul(steps)
}

fn count(service: &Service, is_one: impl Fn(&Step) -> bool) -> u64 {
    service.before_start.iter().filter(|step| is_one(step)).count() as u64
}

/// Compose runs the steps of a service. Says whether there are any.
pub(super) fn begin(state: &mut State, service: ServiceIndex) -> bool {
    let service_of = state.service(service);
    let steps = count(service_of, |step| match step.how {
        How::Job => true,
        // What runs in the container needs its command.
        How::InitContainer | How::InContainer => service_of.command.is_none(),
        How::ByHand => false,
    });
    if steps == 0 {
        return false;
    }
    let why = format!("{} before the service; containers start when that has ended", run(steps));
    state.record_service(EventKind::StepsBegin, service, why);
    state.after(STEP.saturating_mul(steps), Event::StepsDone(service));
    true
}

/// The Job of a service is created, and its pod waits for a node.
pub(super) fn create_job(state: &mut State, service: ServiceIndex) {
    let id = lifecycle::make_job(state, service);
    placing::wait(state, id);
}

/// The pod of a Job has got a node: its steps run, one after the other.
pub(super) fn start_job(state: &mut State, id: PodId, machine: MachineId) {
    let now = state.now;
    let pod = state.pod_mut(id);
    (pod.machine, pod.phase, pod.started) = (Some(machine), Phase::Running, now);
    let service = pod.service;
    let steps = state.service(service).jobs().count() as u64;
    let node = state.node_name(machine).unwrap_or_default();
    let why = format!("{} on {node} before the service; new pods wait until that has ended", run(steps));
    state.record_service(EventKind::StepsBegin, service, why);
    state.touch(service);
    state.after(STEP.saturating_mul(steps), Event::StepsDone(service));
}

fn run(steps: u64) -> String {
    if steps == 1 { "One runs".to_owned() } else { format!("{steps} run") }
}

/// The steps of a service have ended.
pub(super) fn done(state: &mut State, service: ServiceIndex) {
    state.record_service(EventKind::StepsEnded, service, "Ended well");
    match state.target {
        Target::Server => compose::steps_done(state, service),
        Target::Cluster => end_job(state, service),
    }
}

/// The pod of a Job has ended, and its room is free; that the Job is complete is seen later.
fn end_job(state: &mut State, service: ServiceIndex) {
    let Some(id) = state.workloads[service].job.take() else { return };
    placing::forget(state, id);
    state.pod_mut(id).phase = Phase::Gone;
    state.touch(service);
    placing::wake(state, service);
    state.after(SYNC_JOB_BATCH_PERIOD, Event::JobComplete(service));
}

/// The Job of a service is complete: pods that wait for it go on.
pub(super) fn job_complete(state: &mut State, service: ServiceIndex) {
    let workload = &mut state.workloads[service];
    workload.waits_for_job = false;
    let newest = workload.release;
    let waits = |pod: &super::state::Pod| pod.phase == Phase::Running && pod.release == newest && !pod.is_deleted;
    let waiting: Vec<PodId> = state.pods_of(service).filter(|(_, pod)| waits(pod)).map(|(id, _)| id).collect();
    for id in waiting {
        lifecycle::start_container(state, id, time_before_container(state.service(service)));
    }
}
