//! Simulations: a rollout, a lost node, a drain, traffic or a leak, on a cluster or a server.
//!
//! A discrete-event simulation in virtual time: [`engine`] takes the next [`event`] from the [`queue`], advances the clock,
//! and calls the module that handles it, which changes the [`state`] and schedules further events. Decisions of one moment are
//! made by [`super::controllers`] and [`super::scheduler`], which agree with Kubernetes' own code; the modules here add time.
//!
//! | file | what it does |
//! |---|---|
//! | `scenario`, `available`, `scenarios/`, `outcome` | the scenario, and those available; how each begins, and its outcome |
//! | `lifecycle` | one pod: created, started, ready, dead, restarted, terminating, ended |
//! | `workload`, `deployment`, `stateful_set`, `autoscaler` | the controllers of a service's pods |
//! | `placing`, `node_scaler`, `node_lifecycle`, `drain` | pods and nodes |
//! | `compose`, `steps` | the server's `docker compose up`; what runs once before a service |
//! | `load`, `queueing`, `memory` | requests, and the CPU and memory that they and time use |
//! | `record`, `figures`, `text` | events and figures |
//! | `replay` | the state at any moment, from the record |
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
use state::{Owner, Phase, State};

/// A simulation. It serialises as `plimsoll simulate --json` prints it: times in milliseconds from the start
/// (`…_ms`), memory in bytes; an absent value is `null`, never left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// The scenario.
    pub scenario: ScenarioKind,
    /// The target.
    pub target: Target,
    /// The seed of everything random; with 0 nothing varies.
    pub seed: u64,
    /// The outcome.
    pub outcome: Statement<Outcome>,
    /// The longest time for which no replica of a service answered, if there was such a time.
    pub downtime: Option<Statement<Downtime>>,
    /// The time of its end.
    pub ended_ms: u64,
    /// Why it ended early, if it did.
    pub stopped_early: Option<Statement<Stop>>,
    /// The replicas at the start.
    pub start: Vec<Replica>,
    /// The events, in order.
    pub events: Vec<Entry>,
    /// The replicas at the end.
    pub end: Vec<Replica>,
    /// Figures over time.
    pub series: Vec<Series>,
    /// The assumptions of the simulation.
    pub assumptions: Vec<Statement<Assumption>>,
}

/// A pod, or a container of the server, at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// `SERVICE-NUMBER`.
    pub replica: String,
    /// Its service.
    pub service: Name,
    /// Its node; `None` on a server, and while it is pending.
    pub node: Option<String>,
    /// 1 for what ran at the start, 2 for what a rollout brings.
    pub release: u32,
    /// Its state.
    pub state: ReplicaState,
}

/// The state of a replica.
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
    /// Its node has stopped, and it is not terminating yet.
    Lost,
    /// It was told to end, and has not, as far as is known.
    Ending,
}

/// Simulates a scenario.
///
/// ```
/// use plimsoll::plan::simulate::{Scenario, ScenarioKind, simulate};
///
/// let document = "services: { api: { python: {}, replicas: 2 } }\ncluster: {}";
/// let topology = plimsoll::topology_of(document).expect("the document can be read");
/// let simulation = simulate(&topology, &Scenario::new(ScenarioKind::Rollout));
/// assert_eq!(simulation.outcome.sentence(), "The release of api is done after 12 s.");
/// ```
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
    /// Returns the outcome, with the downtime, in a sentence or two.
    pub fn summary(&self) -> String {
        let outcome = self.outcome.sentence();
        self.downtime.as_ref().map_or_else(|| outcome.to_owned(), |downtime| format!("{outcome} {downtime}"))
    }
}

/// The replicas that there are, in the order in which they were made.
fn replicas(state: &State) -> Vec<Replica> {
    let there = state.pods.iter().filter(|pod| pod.phase != Phase::Gone && pod.owner == Owner::Workload);
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
