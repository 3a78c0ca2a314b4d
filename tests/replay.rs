//! A simulation played back: at each moment it has what the simulation itself had then.

mod examples;
mod topologies;

use plimsoll::analyze;
use plimsoll::plan::simulate::{
    Amount, Entry, EventKind, Figure, Moment, NodeCondition, Replay, ReplicaState, Scenario, ScenarioKind, Simulation,
    Target, simulate,
};
use plimsoll::topology::Topology;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a replay promises, at every moment at which something happens.
fn check(simulation: &Simulation) {
    let replay = Replay::of(simulation);
    let mut there: BTreeMap<&str, i64> = BTreeMap::new();
    for replica in &simulation.start {
        *there.entry(replica.service.as_str()).or_default() += 1;
    }
    for events in simulation.events.chunk_by(|one, other| one.time_ms == other.time_ms) {
        let time = events[0].time_ms;
        for entry in events {
            *there.entry(entry.service.as_ref().map_or("", |name| name.as_str())).or_default() += difference(entry);
        }
        let moment = replay.at(time);
        let mut counted: BTreeMap<&str, i64> = there.keys().map(|service| (*service, 0)).collect();
        for replica in &moment.replicas {
            *counted.entry(replica.service.as_str()).or_default() += 1;
        }
        assert_eq!(counted, there, "pods are conserved at {time}");
        let names: BTreeSet<&str> = moment.replicas.iter().map(|replica| replica.replica).collect();
        assert_eq!(names.len(), moment.replicas.len(), "nothing is there twice at {time}");
        agrees_with_figures(simulation, &moment, time);
    }
    let end = replay.at(simulation.ended_ms);
    let shown: Vec<_> = end
        .replicas
        .iter()
        .map(|replica| (replica.replica, replica.service, replica.node, replica.release, replica.state))
        .collect();
    let expected: Vec<_> = simulation
        .end
        .iter()
        .map(|replica| {
            (replica.replica.as_str(), &replica.service, replica.node.as_deref(), replica.release, replica.state)
        })
        .collect();
    assert_eq!(shown, expected, "played to the end, there is what the simulation ends with");
}

fn difference(entry: &Entry) -> i64 {
    match entry.event {
        EventKind::Created => 1,
        EventKind::Ended => -1,
        _ => 0,
    }
}

/// The figures were counted by the simulation as it went along.
fn agrees_with_figures(simulation: &Simulation, moment: &Moment, time: u64) {
    let counted = |service, state| {
        let all = moment.replicas.iter();
        u64::try_from(all.filter(|replica| replica.service == service && replica.state == state).count())
    };
    // What was stopped in the middle of a moment has figures of its end only.
    if simulation.stopped_early.is_some() {
        return;
    }
    for series in &simulation.series {
        let (Some(service), state) = (&series.service, state_of(series.figure)) else { continue };
        let Some(state) = state else { continue };
        let after = series.points.partition_point(|(at, _)| *at <= time);
        let Some(Amount::Count(value)) = series.points[after - 1].1 else { panic!("replicas are counted") };
        assert_eq!(Ok(value), counted(service, state), "{time}: of {service}, {state:?}");
    }
}

fn state_of(figure: Figure) -> Option<ReplicaState> {
    match figure {
        Figure::AnsweringReplicas => Some(ReplicaState::Ready),
        Figure::PendingReplicas => Some(ReplicaState::Pending),
        _ => None,
    }
}

fn topology(text: &str) -> Topology {
    analyze(text).outputs.expect("the text is a topology").topology
}

#[test]
fn every_example_can_be_played_back() {
    let mut events = 0;
    for (_, text) in examples::EXAMPLES {
        let topology = topology(text);
        for kind in ScenarioKind::ALL {
            for (target, seed) in [(Target::Cluster, 0), (Target::Cluster, 7), (Target::Server, 0), (Target::Server, 7)]
            {
                let simulation = simulate(&topology, &Scenario { target: Some(target), seed, ..Scenario::new(kind) });
                check(&simulation);
                events += simulation.events.len();
            }
        }
    }
    assert!(events > 1000);
}

const FULL: &str = "
services: { api: { image: \"a:1\", replicas: 2, memory: { limit: 1500Mi } }, db: { postgres: {} } }
cluster: { nodes: [{ count: 2, memory: 4Gi }] }
";

#[test]
fn what_is_on_a_node_that_stops_is_lost_until_it_is_told_to_end() {
    let scenario = Scenario { node: Some("node-1".to_owned()), ..Scenario::new(ScenarioKind::NodeLoss) };
    let simulation = simulate(&topology(FULL), &scenario);
    let replay = Replay::of(&simulation);
    let seen = |time: u64| {
        let moment = replay.at(time);
        let there: Vec<_> = moment
            .replicas
            .iter()
            .filter(|replica| replica.node == Some("node-1"))
            .map(|replica| (replica.replica.to_owned(), replica.state))
            .collect();
        (there, moment.nodes.get("node-1").copied())
    };
    let lost = |names: &[&str], state| names.iter().map(|name| ((*name).to_owned(), state)).collect::<Vec<_>>();
    let names: Vec<String> = seen(0).0.into_iter().map(|(name, _)| name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert!(!names.is_empty());
    assert_eq!(seen(0), (lost(&names, ReplicaState::Lost), Some(NodeCondition::Stopped)));
    assert_eq!(seen(60_000), (lost(&names, ReplicaState::Lost), Some(NodeCondition::Unreachable)));
    assert_eq!(seen(350_000), (lost(&names, ReplicaState::Ending), Some(NodeCondition::Unreachable)));
}

#[test]
fn a_node_that_was_ordered_joins() {
    let scenario = Scenario { new_nodes: Some(1), ..Scenario::new(ScenarioKind::Rollout) };
    let text = FULL.replace("count: 2", "count: 1").replace(", db: { postgres: {} }", "");
    let simulation = simulate(&topology(&text), &scenario);
    let replay = Replay::of(&simulation);
    let conditions: Vec<_> =
        [9_999, 10_000, 130_000].iter().map(|time| replay.at(*time).nodes.get("node-2").copied()).collect();
    assert_eq!(conditions, [None, Some(NodeCondition::Ordered), Some(NodeCondition::Joined)]);
    let moved = replay.at(simulation.ended_ms);
    assert!(moved.replicas.iter().any(|replica| replica.node == Some("node-2")));
}

#[test]
fn a_simulation_of_nothing_has_nothing_at_any_time() {
    let topology = topology("services: { api: { image: \"a:1\" } }\nserver: {}\n");
    let simulation = simulate(&topology, &Scenario::new(ScenarioKind::Drain));
    assert!(simulation.stopped_early.is_some());
    assert_eq!(Replay::of(&simulation).at(u64::MAX), Moment::default());
}

proptest! {
    #![proptest_config(topologies::config(48))]

    #[test]
    fn every_topology_can_be_played_back(document in topologies::documents(), seed in 0..3_u64) {
        let topology = topology(&topologies::text(&document));
        for kind in ScenarioKind::ALL {
            for target in [Target::Cluster, Target::Server] {
                check(&simulate(&topology, &Scenario { target: Some(target), seed, ..Scenario::new(kind) }));
            }
        }
    }
}
