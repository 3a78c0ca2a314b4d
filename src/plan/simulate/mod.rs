//! What happens over time: a rollout, a lost node, a drain, traffic, a leak, on the cluster or on the server.
//!
//! A discrete-event simulation in virtual time: [`engine`] takes what comes next ([`event`], ordered by [`queue`]), moves the
//! clock there, and hands it to the file that deals with it, which changes the [`state`] and says what is to come. What can be
//! decided by looking at one moment is decided by [`super::controllers`] and [`super::scheduler`], which agree with Kubernetes'
//! own code; the files here add time.
//!
//! | file | what it does |
//! |---|---|
//! | `scenario`, `curve`, `available`, `scenarios/` | what is asked for, and what can be; how each scenario begins, and what came of it |
//! | `lifecycle` | one pod: made, started, ready, dead, started again, told to end, ended |
//! | `workload`, `deployment`, `stateful_set`, `autoscaler` | what keeps the pods of a service |
//! | `placing`, `node_scaler`, `node_lifecycle`, `drain` | pods and nodes |
//! | `compose`, `steps` | the server's `docker compose up`; what runs once before a service |
//! | `load`, `queueing`, `memory` | requests, and what they and time make of processors and memory |
//! | `record`, `figures`, `text` | what is told of it |
//! | `replay` | what there is at any moment, played back from what was told |
//!
//! [`simulate`] is total and deterministic: the same topology and scenario give the same result everywhere. It is bounded in
//! events, virtual time and work, and says if it stopped early.

mod assumption;
mod autoscaler;
mod available;
mod compose;
mod deployment;
mod drain;
mod engine;
mod event;
mod figures;
mod lifecycle;
mod load;
mod memory;
mod node_lifecycle;
mod node_scaler;
mod outcome;
mod placing;
mod queue;
mod queueing;
mod random;
mod record;
mod replay;
mod scenario;
mod scenarios;
mod state;
mod stateful_set;
mod steps;
mod text;
mod workload;

pub use crate::topology::Curve;
pub use assumption::Assumption;
pub use available::AvailableScenarios;
pub use outcome::{Downtime, Outcome, Stop};
pub use record::{Amount, Entry, EventKind, Figure, Series};
pub use replay::{Moment, NodeCondition, Present, Replay};
pub use scenario::{Scenario, ScenarioKind, Target, usual_rates};
pub use text::to_text;

use super::Statement;
use crate::topology::{Name, Topology};
use serde::{Deserialize, Serialize};
use state::{Phase, State};

/// What happens over time. It serialises as `plimsoll simulate --json` prints it: times in milliseconds from the start
/// (`…_ms`), memory in bytes; an absent value is `null`, never left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// What happens.
    pub scenario: ScenarioKind,
    /// Where.
    pub target: Target,
    /// What chance drew from; with 0 nothing varies.
    pub seed: u64,
    /// What came of it.
    pub outcome: Statement<Outcome>,
    /// The longest time for which no replica of a service answered, if there was such a time.
    pub downtime: Option<Statement<Downtime>>,
    /// When it ended.
    pub ended_ms: u64,
    /// Why it ended before its time, if it did.
    pub stopped_early: Option<Statement<Stop>>,
    /// What runs before anything happens.
    pub start: Vec<Replica>,
    /// What happens, in order.
    pub events: Vec<Entry>,
    /// What there is at the end.
    pub end: Vec<Replica>,
    /// Figures over time.
    pub series: Vec<Series>,
    /// What this takes for granted.
    pub assumptions: Vec<Statement<Assumption>>,
}

/// A pod, or a container of the server, at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// `SERVICE-NUMBER`.
    pub replica: String,
    /// Its service.
    pub service: Name,
    /// Where it is; nothing on the server, and while it has no node.
    pub node: Option<String>,
    /// 1 for what ran at the start, 2 for what a rollout brings.
    pub release: u32,
    /// How far it is.
    pub state: ReplicaState,
}

/// How far a replica is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplicaState {
    /// It has no node.
    Pending,
    /// It has started and does not answer yet.
    Starting,
    /// It answers.
    Ready,
    /// Its container has died and waits to be started again.
    Waiting,
    /// Its machine has stopped, and nobody has told it to end.
    Lost,
    /// It was told to end, and has not, as far as is known.
    Ending,
}

/// What happens over time.
pub fn simulate(topology: &Topology, scenario: &Scenario) -> Simulation {
    let target = scenario.target(topology);
    let mut simulation = Simulation {
        scenario: scenario.kind,
        target,
        seed: scenario.seed,
        outcome: Outcome::NothingSimulated.into(),
        downtime: None,
        ended_ms: 0,
        stopped_early: scenario.impossible(topology).map(Statement::from),
        start: Vec::new(),
        events: Vec::new(),
        end: Vec::new(),
        series: Vec::new(),
        assumptions: Assumption::of(target).map(Statement::from).into(),
    };
    if simulation.stopped_early.is_some() {
        return simulation;
    }
    let mut state = engine::set_up(topology, scenario);
    simulation.start = replicas(&state);
    engine::run(&mut state);
    simulation.outcome = scenarios::outcome(&mut state).into();
    simulation.downtime = scenarios::downtime(&state).map(Statement::from);
    simulation.ended_ms = state.now;
    simulation.end = replicas(&state);
    simulation.stopped_early = state.record.stopped_early.map(Statement::from);
    simulation.events = state.record.entries;
    simulation.series = state.record.series;
    simulation
}

impl Simulation {
    /// What came of it, in a sentence or two.
    pub fn summary(&self) -> String {
        let outcome = self.outcome.sentence();
        self.downtime.as_ref().map_or_else(|| outcome.to_owned(), |downtime| format!("{outcome} {downtime}"))
    }
}

/// The replicas that there are, in the order in which they were made.
fn replicas(state: &State) -> Vec<Replica> {
    let there = state.pods.iter().filter(|pod| pod.phase != Phase::Gone);
    let replica = |pod: &state::Pod| {
        let is_up = pod.machine.is_some_and(|machine| state.is_up(machine));
        Replica {
            replica: pod.name(state.topology),
            service: state.service(pod.service).name.clone(),
            node: pod.machine.and_then(|machine| state.node_name(machine)),
            release: pod.release,
            state: match pod.phase {
                _ if pod.is_deleted => ReplicaState::Ending,
                Phase::Pending | Phase::Gone => ReplicaState::Pending,
                _ if !is_up => ReplicaState::Lost,
                Phase::Waiting => ReplicaState::Waiting,
                Phase::Running if pod.ready.is_some() => ReplicaState::Ready,
                Phase::Running => ReplicaState::Starting,
            },
        }
    };
    there.map(replica).collect()
}
