//! The lifecycle of one pod: created, started, ready, dead, restarted, terminating, ended.
//!
//! On a cluster the kubelet asks by the probes of the generated manifests: the startup probe at once and then every
//! period until it is answered, the readiness probe then at once (`pkg/kubelet/prober/worker.go` and `prober_manager.go`, v1.36.2). On the
//! server requests come as soon as the process answers.

use super::event::{Event, Run};
use super::record::EventKind;
use super::scenario::Target;
use super::state::{Backoff, MachineId, Millis, Owner, Phase, Pod, PodId, SECOND, ServiceIndex, State};
use super::{compose, drain, memory, placing, steps, workload};
use crate::plan::controllers::restart_backoff;
use crate::plan::durations::exactly;
use crate::topology::Service;
use std::collections::BTreeMap;

/// For how much longer than the simulation what runs at its start has run: long enough to be in no way new.
const BEFORE: Millis = 3600 * SECOND;

/// How long a terminating pod still answers, as its generated `preStop` says; a test keeps the two equal.
pub(super) fn sleep_before_end(service: &Service) -> Millis {
    if service.port.is_some() && !service.keeps_data() { 5 * SECOND } else { 0 }
}

/// How long a terminating pod of a service takes to end, at most its grace period.
pub(super) fn time_to_end(state: &State, service: ServiceIndex) -> Millis {
    let service = state.service(service);
    let sleep = if state.target == Target::Cluster { sleep_before_end(service) } else { 0 };
    (sleep + state.scenario.shutdown(service)).min(u64::from(service.grace_seconds()) * SECOND)
}

/// Makes a pod, without telling of it.
pub(super) fn make(state: &mut State, service: ServiceIndex, number: u32, release: u32) -> PodId {
    let id = new_pod(state, service, number, release, Owner::Workload);
    state.workloads[service].pods.push(id);
    id
}

/// Makes the pod of the Job that runs the steps of a service. It is none of the service's own.
pub(super) fn make_job(state: &mut State, service: ServiceIndex) -> PodId {
    let release = state.workloads[service].release;
    let id = new_pod(state, service, 0, release, Owner::Job);
    state.workloads[service].job = Some(id);
    id
}

fn new_pod(state: &mut State, service: ServiceIndex, number: u32, release: u32, owner: Owner) -> PodId {
    let id = PodId(state.pods.len());
    let backoff = match state.target {
        Target::Cluster => Backoff::Kubelet(restart_backoff::Kubelet::default()),
        Target::Server => Backoff::Docker(restart_backoff::Docker::default()),
    };
    let growth_percent = state.random.about(100);
    let now = state.now;
    state.pods.push(Pod {
        service,
        owner,
        number,
        release,
        machine: None,
        phase: Phase::Pending,
        is_deleted: false,
        created: now,
        older_by: 0,
        started: now,
        ready: None,
        restarts: 0,
        backoff,
        restarting_processes: BTreeMap::new(),
        growth_percent,
        cpu_before: 0.0,
        attempts: 0,
        queued: now,
        turn: 0,
        is_expected: false,
        was_refused: false,
    });
    state.touch(service);
    id
}

/// Creates a pod, which the scheduler places. On a server the container starts at once.
pub(super) fn create(state: &mut State, service: ServiceIndex, number: u32, release: u32, why: &str) {
    let id = make(state, service, number, release);
    state.record_pod(EventKind::Created, id, why);
    match state.target {
        Target::Cluster => placing::wait(state, id),
        Target::Server => {
            start(state, id, MachineId(0));
            state.record_pod(EventKind::Placed, id, "Compose starts it");
        }
    }
}

/// A pod has run on the machine for a long time when the simulation starts.
pub(super) fn has_run(state: &mut State, id: PodId, machine: MachineId) {
    let now = state.now;
    let pod = state.pod_mut(id);
    pod.machine = Some(machine);
    pod.phase = Phase::Running;
    pod.ready = Some(now);
    pod.older_by = BEFORE;
    let service = pod.service;
    state.touch(service);
}

/// The container of a pod starts on a machine.
pub(super) fn start(state: &mut State, id: PodId, machine: MachineId) {
    state.pod_mut(id).machine = Some(machine);
    run(state, id);
}

/// A run of a pod's container begins.
fn run(state: &mut State, id: PodId) {
    let now = state.now;
    let pod = state.pod_mut(id);
    pod.phase = Phase::Running;
    pod.started = now;
    pod.restarting_processes.clear();
    let (service, release, restarts) = (pod.service, pod.release, pod.restarts);
    state.touch(service);
    // Init containers run before the first run only.
    let is_first = restarts == 0 && state.target == Target::Cluster;
    let workload = &state.workloads[service];
    if is_first && workload.waits_for_job && release == workload.release {
        return;
    }
    let wait = if is_first { steps::time_before_container(state.service(service)) } else { 0 };
    start_container(state, id, wait);
}

/// The container of a pod starts after a while, and answers some time after that.
pub(super) fn start_container(state: &mut State, id: PodId, wait: Millis) {
    let pod = state.pod(id);
    let (service, run) = (pod.service, pod.run(id));
    let nominal = state.scenario.startup(state.service(service));
    let startup = state.random.about(nominal) + steps::time_in_container(state.service(service), state.target);
    if state.target == Target::Server {
        state.after(startup, Event::Ready(run));
        return;
    }
    let Some(probe) = state.service(service).startup_probe() else {
        // Without a probe, a container that runs is taken for ready.
        state.after(wait, Event::Ready(run));
        return;
    };
    let period = u64::from(probe.period_seconds) * SECOND;
    let failures = u64::from(probe.failures);
    let phase = wait + state.random.phase(period);
    let asked = (wait + startup).saturating_sub(phase).div_ceil(period);
    if asked < failures {
        state.after(phase + asked * period, Event::Ready(run));
    } else {
        state.after(phase + (failures - 1) * period, Event::GiveUp(run));
    }
}

/// A run of a pod's container answers.
pub(super) fn ready(state: &mut State, run: Run) {
    let pod = state.pod(run.pod);
    let answers = pod.is_in(run)
        && pod.phase == Phase::Running
        && !pod.is_deleted
        && pod.machine.is_some_and(|machine| state.is_up(machine));
    if !answers {
        return;
    }
    let service = pod.service;
    let limit = state.service(service).memory.limit;
    if memory::of_pod(state, run.pod) > limit {
        die(state, run.pod, format!("It needs more than its limit of {limit} before it has started"));
        return;
    }
    let now = state.now;
    let cpu_before = state.workloads[service].load.as_ref().map_or(0.0, |load| load.cpu_used_at(now));
    let pod = state.pod_mut(run.pod);
    pod.ready = Some(now);
    pod.older_by = 0;
    pod.cpu_before = cpu_before;
    let took = now - pod.started;
    let is_asked = state.target == Target::Server || state.service(service).startup_probe().is_some();
    let why = if is_asked {
        format!("It answers {} after its start", exactly(took))
    } else {
        "Nothing can be asked: it counts as ready once it runs".to_owned()
    };
    state.record_pod(EventKind::Ready, run.pod, why);
    state.touch(service);
    workload::reconcile_soon(state, service);
    compose::is_ready(state, run.pod);
}

/// A run of a pod's container has not answered for too long.
pub(super) fn give_up(state: &mut State, run: Run) {
    let pod = state.pod(run.pod);
    let is_silent = pod.is_in(run) && pod.phase == Phase::Running && pod.ready.is_none() && !pod.is_deleted;
    if is_silent && pod.machine.is_some_and(|machine| state.is_up(machine)) {
        let waited = state.now - pod.started;
        die(state, run.pod, format!("Its startup probe was not answered for {}", exactly(waited)));
    }
}

/// The container of a pod dies. It is started again after a while, unless it was to end.
pub(super) fn die(state: &mut State, id: PodId, why: String) {
    if state.pod(id).phase != Phase::Running {
        return;
    }
    state.record_pod(EventKind::Killed, id, why);
    if state.pod(id).is_deleted {
        end(state, id, "It was told to end, and died before");
        return;
    }
    let service = state.pod(id).service;
    let answering = state.counts(service).answering;
    if let Some(load) = state.workloads[service].load.as_mut().filter(|_| state.pods[id.0].ready.is_some()) {
        load.lose_one_of(answering);
    }
    let now = state.now;
    let pod = state.pod_mut(id);
    let wait = match &mut pod.backoff {
        Backoff::Kubelet(kubelet) => kubelet.wait(now),
        Backoff::Docker(docker) => docker.wait(now - pod.started),
    };
    pod.ready = None;
    pod.phase = Phase::Waiting;
    pod.restarts += 1;
    let run = pod.run(id);
    state.touch(service);
    state.after(wait, Event::Restart(run));
    workload::reconcile_soon(state, service);
}

/// The container of a pod is started again.
pub(super) fn restart(state: &mut State, again: Run) {
    let pod = state.pod(again.pod);
    let can_run = pod.machine.is_some_and(|machine| state.is_up(machine));
    if !pod.is_in(again) || pod.phase != Phase::Waiting || !can_run {
        return;
    }
    run(state, again.pod);
    let pod = state.pod(again.pod);
    let waited = match pod.backoff {
        Backoff::Kubelet(kubelet) => kubelet.waited(),
        Backoff::Docker(docker) => docker.waited(),
    };
    state.record_pod(EventKind::Restarted, again.pod, restarted(again.restarts, waited));
}

fn restarted(times: u32, waited_millis: u64) -> String {
    match waited_millis {
        0 => format!("Restart {times}, at once"),
        waited => format!("Restart {times}, after a wait of {}", exactly(waited)),
    }
}

/// Terminates a pod.
pub(super) fn delete(state: &mut State, id: PodId, why: &str) {
    let pod = state.pod(id);
    if pod.is_deleted || pod.phase == Phase::Gone {
        return;
    }
    let (service, phase, machine) = (pod.service, pod.phase, pod.machine);
    placing::set_terminating(state, id);
    state.pod_mut(id).is_deleted = true;
    state.touch(service);
    state.record_pod(EventKind::Terminating, id, why);
    workload::reconcile_soon(state, service);
    match phase {
        Phase::Pending => end(state, id, "It had no node yet"),
        // Its kubelet does not run, so nothing confirms its end.
        _ if machine.is_some_and(|machine| !state.is_up(machine)) => {}
        Phase::Waiting => end(state, id, "Its container did not run"),
        Phase::Running | Phase::Gone => {
            let delay = time_to_end(state, service);
            state.after(delay, Event::Ended(id));
        }
    }
}

/// A pod that was told to end has ended.
pub(super) fn ended(state: &mut State, id: PodId) {
    let pod = state.pod(id);
    if pod.phase != Phase::Gone && pod.machine.is_some_and(|machine| state.is_up(machine)) {
        let why = format!("It ended in {}", exactly(time_to_end(state, pod.service)));
        end(state, id, why);
    }
}

fn end(state: &mut State, id: PodId, why: impl Into<String>) {
    state.record_pod(EventKind::Ended, id, why);
    placing::forget(state, id);
    let pod = state.pod_mut(id);
    pod.phase = Phase::Gone;
    pod.ready = None;
    let (service, machine) = (pod.service, pod.machine);
    state.workloads[service].pods.retain(|other| *other != id);
    state.touch(service);
    workload::reconcile_soon(state, service);
    if let Some(machine) = machine {
        placing::wake(state, service);
        drain::is_empty(state, machine);
    }
    compose::advance_soon(state);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn probes_and_sleep_are_those_of_the_generated_manifests() {
        let text = "services:
  web: { python: {}, health: { path: /ok } }
  plain: { image: a:1, port: 80 }
  worker: { celery: {} }
  db: { postgres: {} }
cluster: {}
";
        let outputs = crate::analyze(text).outputs.unwrap();
        let mut seen = 0;
        for service in &outputs.topology.services {
            let kind = if service.is_stateful() { "StatefulSet" } else { "Deployment" };
            let artifacts = outputs.artifacts();
            let documents = artifacts.iter().flat_map(|artifact| artifact.text.split("\n---\n"));
            let objects = documents.filter_map(|text| serde_yaml::from_str::<Value>(text).ok());
            let name = service.name.as_str();
            let found = objects.into_iter().find(|object| {
                object["kind"] == kind && object["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"] == name
            });
            let Some(object) = found else { panic!("{name} has no {kind}") };
            let container = &object["spec"]["template"]["spec"]["containers"][0];
            let probe = &container["startupProbe"];
            let ours = service.startup_probe();
            assert_eq!(probe["periodSeconds"].as_u64(), ours.map(|probe| probe.period_seconds.into()), "{name}");
            assert_eq!(probe["failureThreshold"].as_u64(), ours.map(|probe| probe.failures.into()), "{name}");
            let sleep = container["lifecycle"]["preStop"]["sleep"]["seconds"].as_u64().unwrap_or(0);
            assert_eq!(sleep, sleep_before_end(service) / SECOND, "{name}");
            seen += 1;
        }
        assert_eq!(seen, 4);
    }
}
