//! Replays a simulation: its state at any moment, from its start and its events.
//!
//! Nothing is simulated again: the events describe the whole life of a replica, so that a page can show any moment of a long
//! simulation, in any order, for the price of going through what happened until then.

use super::record::{Entry, EventKind};
use super::{ReplicaState, Simulation};
use crate::topology::Name;
use std::collections::BTreeMap;

/// A simulation that can be looked at as it is at any time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// Every replica that there ever was, in the order in which they were made.
    lives: Vec<Life>,
    /// How they are before anything happens.
    start: Vec<Option<Place>>,
    /// When one of them changes, and how; nothing where it is gone.
    changes: Vec<(u64, usize, Option<Place>)>,
    /// Every node that something happens to, or that carries a replica.
    nodes: Vec<String>,
    /// When what holds of one of them changes, and how.
    conditions: Vec<(u64, usize, NodeCondition)>,
}

/// The state at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moment<'a> {
    /// The replicas that there are, in the order in which they were made.
    pub replicas: Vec<Present<'a>>,
    /// The conditions of the nodes that have had an event.
    pub nodes: BTreeMap<&'a str, NodeCondition>,
}

/// A replica at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present<'a> {
    /// `SERVICE-NUMBER`.
    pub replica: &'a str,
    /// Its service.
    pub service: &'a Name,
    /// Where it is; nothing on the server, and while it has no node.
    pub node: Option<&'a str>,
    /// 1 for what ran at the start, 2 for what a rollout brings.
    pub release: u32,
    /// How far it is.
    pub state: ReplicaState,
}

/// The condition of a node that has had an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeCondition {
    /// It was ordered, and is not there yet.
    Ordered,
    /// It was ordered, and takes pods.
    Joined,
    /// No new pods come to it.
    Cordoned,
    /// It has stopped, and the cluster has not noticed.
    Stopped,
    /// It has stopped, and the cluster misses it.
    Unreachable,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Life {
    replica: String,
    service: Name,
    release: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    node: Option<usize>,
    state: ReplicaState,
}

impl Replay {
    /// Goes through the events once, so that each moment is then found without looking at a name.
    pub fn of(simulation: &Simulation) -> Self {
        let mut player = Player::default();
        for replica in &simulation.start {
            let life =
                Life { replica: replica.replica.clone(), service: replica.service.clone(), release: replica.release };
            let node = replica.node.as_deref().map(|node| player.node(node));
            player.add(life, Place { node, state: replica.state });
        }
        player.replay.start = player.now.clone();
        for entry in &simulation.events {
            player.play(entry);
        }
        player.replay
    }

    /// Returns the state after all events up to `time_ms`.
    pub fn at(&self, time_ms: u64) -> Moment<'_> {
        let mut places = self.start.clone();
        places.resize(self.lives.len(), None);
        for (_, life, place) in self.changes.iter().take_while(|(time, ..)| *time <= time_ms) {
            if let Some(now) = places.get_mut(*life) {
                *now = *place;
            }
        }
        let name = |node: usize| self.nodes.get(node).map(String::as_str);
        let replicas = self.lives.iter().zip(places).filter_map(|(life, place)| {
            let Place { node, state } = place?;
            Some(Present {
                replica: &life.replica,
                service: &life.service,
                node: node.and_then(name),
                release: life.release,
                state,
            })
        });
        let conditions = self.conditions.iter().take_while(|(time, ..)| *time <= time_ms);
        Moment {
            replicas: replicas.collect(),
            nodes: conditions.filter_map(|(_, node, condition)| Some((name(*node)?, *condition))).collect(),
        }
    }
}

/// Where a replay has come to while it is made.
#[derive(Default)]
struct Player {
    replay: Replay,
    now: Vec<Option<Place>>,
    /// The latest replica of each name; on a server, and with a disk, names come again.
    by_name: BTreeMap<String, usize>,
    by_node: BTreeMap<String, usize>,
}

impl Player {
    fn play(&mut self, entry: &Entry) {
        let node = entry.node.as_deref().map(|node| self.node(node));
        match (&entry.replica, &entry.service, node) {
            (Some(replica), Some(service), node) => self.play_replica(entry, replica, service, node),
            (None, None, Some(node)) => self.play_node(entry, node),
            // What happens to a service changes nothing by itself.
            _ => {}
        }
    }

    fn play_replica(&mut self, entry: &Entry, replica: &str, service: &Name, node: Option<usize>) {
        let state = match entry.event {
            EventKind::Created => {
                let life = Life {
                    replica: replica.to_owned(),
                    service: service.clone(),
                    release: entry.release.unwrap_or_default(),
                };
                let life = self.add(life, Place { node, state: ReplicaState::Pending });
                self.note(entry.time_ms, life);
                return;
            }
            EventKind::Ended => None,
            EventKind::Placed | EventKind::Restarted => Some(ReplicaState::Starting),
            EventKind::Ready => Some(ReplicaState::Ready),
            EventKind::Killed => Some(ReplicaState::Waiting),
            EventKind::Terminating => Some(ReplicaState::Ending),
            _ => return,
        };
        let Some(life) = self.by_name.get(replica).copied() else { return };
        let Some(now) = self.now.get_mut(life) else { return };
        *now = match (*now, state) {
            (Some(Place { state: ReplicaState::Ending, .. }), Some(_)) => {
                // What was told to end stays so, whatever else happens to it.
                Some(Place { node, state: ReplicaState::Ending })
            }
            (_, state) => state.map(|state| Place { node, state }),
        };
        self.note(entry.time_ms, life);
    }

    fn play_node(&mut self, entry: &Entry, node: usize) {
        let condition = match entry.event {
            EventKind::NodeOrdered => NodeCondition::Ordered,
            EventKind::NodeJoined => NodeCondition::Joined,
            EventKind::NodeCordoned => NodeCondition::Cordoned,
            EventKind::NodeLost => NodeCondition::Stopped,
            EventKind::NodeUnreachable => NodeCondition::Unreachable,
            _ => return,
        };
        self.replay.conditions.push((entry.time_ms, node, condition));
        if condition != NodeCondition::Stopped {
            return;
        }
        for life in 0..self.now.len() {
            if let Some(Some(place)) = self.now.get_mut(life)
                && place.node == Some(node)
                && place.state != ReplicaState::Ending
            {
                place.state = ReplicaState::Lost;
                self.note(entry.time_ms, life);
            }
        }
    }

    /// A replica is there from now on.
    fn add(&mut self, life: Life, place: Place) -> usize {
        let index = self.now.len();
        self.by_name.insert(life.replica.clone(), index);
        self.replay.lives.push(life);
        self.now.push(Some(place));
        index
    }

    fn note(&mut self, time: u64, life: usize) {
        let place = self.now.get(life).copied().flatten();
        self.replay.changes.push((time, life, place));
    }

    fn node(&mut self, name: &str) -> usize {
        if let Some(node) = self.by_node.get(name) {
            return *node;
        }
        let node = self.replay.nodes.len();
        self.replay.nodes.push(name.to_owned());
        self.by_node.insert(name.to_owned(), node);
        node
    }
}
