//! The memory of containers, and what the kernel does when it runs out.
//!
//! A container takes what the plan reckons at rest, what each request inside adds, and in a leak what its processes have
//! grown by since they started. A starting container is taken to have all of it from the start.
//!
//! A container that reaches its limit is killed first. On a cluster all of its processes die, since the kubelet sets
//! `memory.oom.group` on cgroup v2 (`pkg/kubelet/kuberuntime/kuberuntime_container_linux.go`, v1.36.2); Docker does not, and the
//! largest process dies. On the server all containers together may reach the machine's memory; then the largest process
//! of all dies: the kernel weighs resident, swapped and page table pages, and Docker leaves `oom_score_adj` at 0
//! (<https://github.com/torvalds/linux/blob/v6.12/mm/oom_kill.c>, `oom_badness`). On a node that cannot happen: what pods
//! request is their limit.

use super::lifecycle;
use super::load::look_again;
use super::record::EventKind;
use super::scenario::Target;
use super::state::{MachineId, Millis, Phase, Pod, PodId, ServiceIndex, State};
use crate::plan::figures::about;
use crate::plan::part_of;
use crate::quantity::Memory;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

const HOUR_MILLIS: u128 = 3_600_000;

/// Returns the memory that a container uses now.
pub(super) fn of_pod(state: &State, id: PodId) -> Memory {
    let pod = state.pod(id);
    let is_there = pod.phase == Phase::Running && pod.machine.is_some_and(|machine| state.is_up(machine));
    if !is_there {
        return Memory::ZERO;
    }
    let service = state.service(pod.service);
    let dead = pod.restarting_processes.values().filter(|back| **back > state.now).count() as u64;
    let requests = if pod.ready.is_some() && !pod.is_deleted { requests(state, pod.service) } else { Memory::ZERO };
    service.memory.idle() - service.memory.own().saturating_mul(dead) + requests + grown(state, pod)
}

/// Returns the memory that all containers of a service use now.
pub(super) fn of_service(state: &mut State, service: ServiceIndex) -> Memory {
    if state.leaking == Some(service) || state.has_restarting_processes {
        state.record.work += state.workloads[service].pods.len() as u64;
        return state.pods_of(service).map(|(id, _)| of_pod(state, id)).sum();
    }
    let counts = state.counts(service);
    let idle = state.service(service).memory.idle();
    idle.saturating_mul(counts.holding.into()) + requests(state, service).saturating_mul(counts.answering.into())
}

/// Kills containers past their limit, and schedules the next check.
pub(super) fn check(state: &mut State) {
    let mut next = None;
    for service in 0..state.workloads.len() {
        let memory = state.service(service).memory;
        let is_leaking = state.leaking == Some(service);
        let is_within = memory.idle() + requests(state, service) <= memory.limit;
        if is_within && !is_leaking {
            continue;
        }
        let pods: Vec<PodId> =
            state.pods_of(service).filter(|(_, pod)| pod.ready.is_some()).map(|(id, _)| id).collect();
        state.record.work += pods.len() as u64;
        for id in pods {
            while of_pod(state, id) > memory.limit && reach_limit(state, id) {}
            next = earliest(next, full_at(state, id, memory.limit));
        }
    }
    if state.target == Target::Server {
        check_machine(state);
        next = earliest(next, machine_full_at(state));
    }
    if let Some(at) = next {
        look_again(state, at);
    }
}

/// Returns the memory of the requests inside one replica.
fn requests(state: &State, service: ServiceIndex) -> Memory {
    let inside = state.workloads[service].load.as_ref().map_or(0, super::load::Load::inside);
    state.service(service).memory.per_request.saturating_mul(inside)
}

/// Returns the growth of a container's processes so far.
fn grown(state: &State, pod: &Pod) -> Memory {
    if state.leaking != Some(pod.service) {
        return Memory::ZERO;
    }
    let workers = state.service(pod.service).memory.workers;
    let age = |since: Millis| u128::from(state.now.saturating_sub(since));
    let restarting_processes: u128 = pod.restarting_processes.values().map(|back| age(*back)).sum();
    let others = u128::from(workers).saturating_sub(pod.restarting_processes.len() as u128);
    let millis = age(pod.started) * others + restarting_processes;
    let bytes = millis * growth_per_hour(state, pod) / HOUR_MILLIS;
    Memory::from_bytes(u64::try_from(bytes).unwrap_or(u64::MAX))
}

/// Returns the hourly growth of one process, in bytes.
fn growth_per_hour(state: &State, pod: &Pod) -> u128 {
    let growth = state.scenario.growth(state.service(pod.service));
    u128::from(growth.bytes()) * u128::from(pod.growth_percent) / 100
}

/// When a process started: with its container, or when its parent started it anew.
fn start_of(pod: &Pod, worker: u32) -> Millis {
    pod.restarting_processes.get(&worker).copied().unwrap_or(pod.started)
}

/// The container is past its limit. Says whether something of it is left that could be past it still.
fn reach_limit(state: &mut State, id: PodId) -> bool {
    let service = state.service(state.pod(id).service);
    let limit = service.memory.limit;
    if state.target == Target::Cluster {
        let why = limit_reached(limit, service.memory.workers);
        lifecycle::die(state, id, why);
        return false;
    }
    kill_process_of(state, id, |has_parent| {
        format!("The container's memory reached its limit of {limit}{}", starts_another(has_parent))
    })
}

/// On the cluster, where all processes of a container die at once.
fn limit_reached(limit: Memory, workers: u32) -> String {
    match workers {
        1 => format!("Its memory reached its limit of {limit}"),
        workers => format!("Its memory reached its limit of {limit}; all its {workers} processes die at once"),
    }
}

fn starts_another(has_parent: bool) -> &'static str {
    if has_parent { "; its parent starts another" } else { "" }
}

/// Ends the largest process of a container of the server: of a container with a single one, that ends the container.
/// `why` gets whether its parent starts another. Returns whether the container goes on.
fn kill_process_of(state: &mut State, id: PodId, why: impl FnOnce(bool) -> String) -> bool {
    let service = state.service(state.pod(id).service);
    if !service.memory.has_parent() {
        lifecycle::die(state, id, why(false));
        return false;
    }
    let back = state.now.saturating_add(state.scenario.startup(service));
    let (now, workers) = (state.now, service.memory.workers);
    let pod = state.pod_mut(id);
    let alive = (0..workers).filter(|worker| start_of(pod, *worker) <= now);
    let Some(oldest) = alive.min_by_key(|worker| start_of(pod, *worker)) else { return false };
    pod.restarting_processes.insert(oldest, back);
    state.has_restarting_processes = true;
    state.record.is_stale = true;
    look_again(state, back);
    state.record_pod(EventKind::ProcessKilled, id, why(true));
    true
}

/// Returns the memory of the largest process of a container.
fn largest_process(state: &State, id: PodId) -> Memory {
    let pod = state.pod(id);
    let memory = state.service(pod.service).memory;
    let is_one_alive = (0..memory.workers).any(|worker| start_of(pod, worker) <= state.now);
    if !is_one_alive || of_pod(state, id) == Memory::ZERO {
        return Memory::ZERO;
    }
    let alive = u64::from(memory.workers).saturating_sub(pod.restarting_processes.len() as u64).max(1);
    let part = |whole: Memory| Memory::from_bytes(whole.bytes() / alive);
    memory.own() + memory.shared + part(requests(state, pod.service)) + part(grown(state, pod))
}

/// Ends the largest processes until the rest fits the server; of equals, that of the container that was made first.
fn check_machine(state: &mut State) {
    let Some(all) = state.machines.first().map(|machine| machine.memory) else { return };
    let mut used = used_of_machine(state);
    if used <= all {
        return;
    }
    let pods = state.pods_on(MachineId(0));
    state.record.work += pods.len() as u64;
    let mut largest: BinaryHeap<(Memory, Reverse<PodId>)> =
        pods.into_iter().map(|id| (largest_process(state, id), Reverse(id))).collect();
    while used > all {
        let Some((size, Reverse(id))) = largest.pop().filter(|(size, _)| *size > Memory::ZERO) else { return };
        let before = of_pod(state, id);
        kill_process_of(state, id, |has_parent| {
            format!(
                "The server is full ({}); its process is the largest, {}{}",
                part_of(used, all),
                about(size),
                starts_another(has_parent)
            )
        });
        used -= before - of_pod(state, id);
        largest.push((largest_process(state, id), Reverse(id)));
    }
}

fn used_of_machine(state: &mut State) -> Memory {
    let proxy = if state.topology.has_proxy() { state.topology.proxy_need() } else { Memory::ZERO };
    (0..state.workloads.len()).map(|service| of_service(state, service)).sum::<Memory>() + proxy
}

/// When a container will be full if nothing else changes.
fn full_at(state: &State, id: PodId, limit: Memory) -> Option<Millis> {
    let pod = state.pod(id);
    let is_growing = state.leaking == Some(pod.service) && pod.phase == Phase::Running && pod.ready.is_some();
    let rate = growth_per_hour(state, pod) * u128::from(state.service(pod.service).memory.workers);
    if is_growing { after_growing(state.now, limit - of_pod(state, id), rate) } else { None }
}

/// When the server will be full if nothing else changes.
fn machine_full_at(state: &mut State) -> Option<Millis> {
    let service = state.leaking?;
    let workers = u128::from(state.service(service).memory.workers);
    let running = state.pods_of(service).filter(|(_, pod)| pod.phase == Phase::Running);
    let rate: u128 = running.map(|(_, pod)| growth_per_hour(state, pod) * workers).sum();
    let all = state.machines.first().map(|machine| machine.memory)?;
    let left = all - used_of_machine(state);
    after_growing(state.now, left, rate)
}

/// When something has grown past what is left.
fn after_growing(now: Millis, left: Memory, bytes_per_hour: u128) -> Option<Millis> {
    if bytes_per_hour == 0 {
        return None;
    }
    let millis = ((u128::from(left.bytes()) + 1) * HOUR_MILLIS).div_ceil(bytes_per_hour);
    Some(now.saturating_add(u64::try_from(millis).unwrap_or(u64::MAX)))
}

fn earliest(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    one.into_iter().chain(other).min()
}
