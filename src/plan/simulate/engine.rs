//! The engine: takes what comes next out of the queue, moves the clock there, and has it dealt with; when all that belongs
//! to one moment has happened, looks at traffic and memory and takes the figures down.

use super::Stop;
use super::event::Event;
use super::load::{self, Load};
use super::node_scaler::{self, NodeScaler};
use super::placing::{self, Placing};
use super::queue::Queue;
use super::random::Random;
use super::record::Record;
use super::scenario::{Scenario, ScenarioKind, Target};
use super::state::{Condition, Machine, MachineId, Millis, PodId, SECOND, State, Workload};
use super::{autoscaler, compose, drain, figures, lifecycle, node_lifecycle, scenarios, steps, workload};
use crate::topology::{Replicas, Topology};

/// The most events that are dealt with, most of which change nothing.
const MAX_EVENTS: u64 = 1_000_000;
/// The most recorded events: more cannot be looked through.
const MAX_RECORDED: usize = 50_000;
/// The most pods that are looked at, all times that each is counted: about a second of work.
const MAX_WORK: u64 = 200_000_000;
/// The cost of updating the traffic, memory and figures of one service, in pods to look at.
const SETTLED: u64 = 20;
/// The most pods that run at the start.
const MAX_PODS: u64 = 200_000;
/// How many times, at most, traffic and memory are looked at only because time passes.
const MAX_TICKS: u64 = 400;
/// How long figures go on after the last event, so that they can be seen to be level.
const TAIL: Millis = 10 * SECOND;

/// Everything as it is before the scenario begins: what always runs has run for a while.
pub(super) fn set_up<'a>(topology: &'a Topology, scenario: &'a Scenario) -> State<'a> {
    let target = scenario.target(topology);
    let cluster = topology.cluster.as_ref().filter(|_| target == Target::Cluster);
    let (placing, nodes) = Placing::of(cluster);
    let server = topology.server.filter(|_| target == Target::Server).map(|server| Machine {
        name: "server".to_owned(),
        memory: server.memory - server.system,
        cpu_millis: server.cpu.millis(),
        condition: Condition::Ready,
    });
    let workload = |service| Workload::of(service, target == Target::Server, Load::of(service, scenario, topology));
    let mut state = State {
        topology,
        scenario,
        target,
        now: 0,
        queue: Queue::default(),
        pods: Vec::new(),
        machines: nodes.iter().map(|node| Machine::of(node, Condition::Ready)).chain(server).collect(),
        workloads: topology.services.iter().map(workload).collect(),
        placing,
        node_scaler: NodeScaler::of(cluster, scenario),
        up: None,
        affected_node: None,
        leaking: (scenario.kind == ScenarioKind::Leak).then(|| scenario.leaking(topology)).flatten(),
        has_restarting_processes: false,
        full_at: None,
        random: Random::new(scenario.seed),
        record: Record::default(),
    };
    placing::rebuild(&mut state);
    fill(&mut state);
    schedule(&mut state);
    state.record.is_stale = true;
    state
}

/// The pods that always run.
fn fill(state: &mut State) {
    let pods: u64 = state.workloads.iter().map(|workload| u64::from(workload.replicas)).sum();
    if pods > MAX_PODS {
        state.stop_early(|at_seconds| Stop::TooManyPods { pods, most: MAX_PODS, at_seconds });
        return;
    }
    for service in 0..state.workloads.len() {
        let replicas = state.workloads[service].replicas;
        let pods: Vec<PodId> = (1..=replicas).map(|number| lifecycle::make(state, service, number, 1)).collect();
        state.workloads[service].next_number = replicas.saturating_add(1);
        match state.target {
            Target::Cluster => placing::place_at_start(state, service, &pods),
            Target::Server => pods.into_iter().for_each(|id| lifecycle::has_run(state, id, MachineId(0))),
        }
    }
}

/// Schedules the events that come whatever happens.
fn schedule(state: &mut State) {
    let end = state.scenario.end(state.topology);
    state.queue.at(0, Event::Begin);
    for service in 0..state.workloads.len() {
        let is_autoscaled = matches!(state.service(service).replicas, Replicas::Autoscaled { .. });
        if state.target == Target::Cluster && is_autoscaled && state.workloads[service].load.is_some() {
            let phase = state.random.phase(autoscaler::SYNC);
            state.queue.at(autoscaler::SYNC + phase, Event::Autoscale(service));
        }
        let corners = state.workloads[service].load.as_ref().map(Load::corners);
        for corner in corners.into_iter().flatten().filter(|corner| *corner <= end) {
            state.queue.at(corner, Event::Measure);
        }
    }
    if state.leaking.is_some() || state.workloads.iter().any(|workload| workload.load.is_some()) {
        state.queue.at(0, Event::Tick);
    }
}

/// Runs until the scenario's time is over, or nothing more happens.
pub(super) fn run(state: &mut State) {
    let end = state.scenario.end(state.topology);
    let mut events = 0;
    // How it is before anything happens.
    settle(state);
    let ended = loop {
        let next = state.queue.next_time();
        if state.record.stopped_early.is_some() {
            break state.now;
        }
        if state.record.is_stale && next != Some(state.now) {
            settle(state);
            continue;
        }
        if next != Some(state.now) && is_over(state) {
            break state.now.saturating_add(TAIL).min(end);
        }
        let Some(next) = next.filter(|next| *next <= end) else { break end };
        state.now = next;
        if let Some(event) = state.queue.pop() {
            handle(state, event);
        }
        events += 1;
        if events == MAX_EVENTS {
            state.stop_early(|at_seconds| Stop::TooManySteps { most: MAX_EVENTS, at_seconds });
        } else if state.record.entries.len() >= MAX_RECORDED {
            state.stop_early(|at_seconds| Stop::TooManyEvents { most: MAX_RECORDED, at_seconds });
        } else if state.record.work > MAX_WORK {
            state.stop_early(|at_seconds| Stop::TooMuchWork { at_seconds });
        }
    };
    state.now = ended;
    load::measure(state);
    figures::take(state);
}

/// Settles the state after all events of one moment.
fn settle(state: &mut State) {
    state.record.is_stale = false;
    state.record.work += state.workloads.len() as u64 * SETTLED;
    load::measure(state);
    if !state.record.is_stale {
        figures::take(state);
    }
}

/// Whether nothing more will happen, in a scenario without a duration.
fn is_over(state: &State) -> bool {
    let is_nothing = |event: &Event| match event {
        Event::Measure | Event::Tick => true,
        Event::Autoscale(service) => autoscaler::is_settled(&state.workloads[*service], state.now),
        _ => false,
    };
    state.scenario.duration.is_none()
        && state.leaking.is_none()
        && state.workloads.iter().all(|workload| is_level(workload, state.now))
        && state.queue.events().all(is_nothing)
}

fn handle(state: &mut State, event: Event) {
    match event {
        Event::Begin => scenarios::begin(state),
        Event::Apply(service) => workload::release(state, service),
        Event::ApplyJob(service) => steps::create_job(state, service),
        Event::Ready(run) => lifecycle::ready(state, run),
        Event::GiveUp(run) => lifecycle::give_up(state, run),
        Event::Restart(run) => lifecycle::restart(state, run),
        Event::Ended(pod) => lifecycle::ended(state, pod),
        Event::Reconcile(service) => workload::reconcile(state, service),
        Event::Place => placing::place(state),
        Event::Autoscale(service) => autoscaler::sync(state, service),
        Event::AddNodes => node_scaler::add_nodes(state),
        Event::Join(machine) => node_scaler::join(state, machine),
        Event::Unreachable(machine) => node_lifecycle::unreachable(state, machine),
        Event::Untolerated(machine) => node_lifecycle::evict(state, machine),
        Event::Evict(pod) => drain::evict(state, pod),
        Event::StepsDone(service) => steps::done(state, service),
        Event::JobComplete(service) => steps::job_complete(state, service),
        Event::Compose => compose::advance(state),
        Event::Measure => state.record.is_stale = true,
        Event::Tick => tick(state),
    }
}

/// Time has passed; as long as something changes with it, it is looked at again.
fn tick(state: &mut State) {
    state.record.is_stale = true;
    if state.leaking.is_some() || !state.workloads.iter().all(|workload| is_level(workload, state.now)) {
        state.after((state.scenario.end(state.topology) / MAX_TICKS).max(SECOND), Event::Tick);
    }
}

/// Whether the requests of a service go on as they are for ever.
fn is_level(workload: &Workload, now: Millis) -> bool {
    workload.load.as_ref().is_none_or(|load| load.is_settled(now))
}
