//! The picture of a moment of a simulation: the state and the place of each replica.

use super::picture::{Cargo, Hull, Look, Picture, UnplacedReason, UnplacedRow};
use crate::engine::{MOST_PODS, Report};
use crate::plan::simulate::{Amount, Figure, Moment, NodeCondition, Present, ReplicaState, Simulation};
use crate::plan::{ServicePlan, part_of};
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::view::chart::lines::number;
use crate::view::chart::scale::{self, Unit};
use crate::view::colour::Colour;
use std::collections::BTreeMap;

/// Returns the nodes of a cluster at a time, loaded with the requests of their pods.
pub fn of_cluster(plan: &Picture, simulation: &Simulation, moment: &Moment, report: &Report, time: u64) -> Picture {
    let services = Services::new(report, simulation, time);
    let cargo = services.cargo(moment);
    let (mut on_nodes, unplaced) = by_place(cargo);
    let mut hulls: Vec<Hull> = plan.hulls.clone();
    hulls.extend(joined(plan, moment));
    for hull in &mut hulls {
        let cargo = on_nodes.remove(hull.name.as_str()).unwrap_or_default();
        let requested: Memory = cargo.iter().map(|piece| piece.cargo.size).sum();
        let cpu: Cpu = cargo.iter().map(|piece| piece.cpu).sum();
        hull.is_past_line = requested > hull.load_line;
        hull.memory_words = part_of(requested, hull.memory - hull.system);
        let condition = moment.nodes.get(hull.name.as_str()).copied();
        hull.cpu_words = node_label(condition, cpu);
        hull.is_stopped =
            matches!(condition, Some(NodeCondition::Stopped | NodeCondition::Unreachable | NodeCondition::Ordered));
        hull.cargo = cargo.into_iter().map(|piece| piece.cargo).collect();
    }
    let is_any_coming = moment.nodes.values().any(|condition| *condition == NodeCondition::Ordered);
    let why = if is_any_coming { UnplacedReason::Waits } else { UnplacedReason::NoRoom };
    Picture { hulls, unplaced: self::unplaced(why, unplaced), ..plan.clone() }
}

/// The row of replicas without a machine, if there are any.
fn unplaced(why: UnplacedReason, cargo: Cargoes) -> Vec<UnplacedRow> {
    let cargo: Vec<Cargo> = cargo.into_iter().map(|piece| piece.cargo).collect();
    let row = UnplacedRow { why, words: <[String; 2]>::default(), cargo };
    if row.cargo.is_empty() { Vec::new() } else { vec![row] }
}

/// Returns the server at a time, loaded with the memory that its containers use.
pub fn of_server(plan: &Picture, simulation: &Simulation, moment: &Moment, report: &Report, time: u64) -> Picture {
    let services = Services::new(report, simulation, time);
    let mut picture = plan.clone();
    let (here, unplaced): (Vec<Piece>, Vec<Piece>) =
        services.cargo(moment).into_iter().partition(|piece| piece.uses_memory);
    let Some(hull) = picture.hulls.first_mut() else { return picture };
    // The proxy is not a service, and is not simulated.
    let proxy = hull.cargo.iter().filter(|cargo| cargo.colour == Colour::of_none()).cloned();
    let proxy: Vec<Cargo> = proxy.collect();
    hull.cargo = here
        .into_iter()
        .map(|piece| Cargo { size: piece.cargo.need.unwrap_or_default(), need: None, ..piece.cargo })
        .chain(proxy)
        .collect();
    let used: Memory = hull.cargo.iter().map(|cargo| cargo.size).sum();
    hull.is_past_line = used > hull.load_line;
    hull.memory_words = part_of(used, hull.memory - hull.system);
    picture.unplaced = self::unplaced(UnplacedReason::NotRunning, unplaced);
    picture
}

/// A piece of cargo, and its node.
struct Piece {
    node: Option<String>,
    cargo: Cargo,
    cpu: Cpu,
    uses_memory: bool,
}

type Cargoes = Vec<Piece>;

fn by_place(cargo: Cargoes) -> (BTreeMap<String, Cargoes>, Cargoes) {
    let mut on_nodes: BTreeMap<String, Cargoes> = BTreeMap::new();
    let mut unplaced = Vec::new();
    for piece in cargo {
        match piece.node.clone() {
            Some(node) => on_nodes.entry(node).or_default().push(piece),
            None => unplaced.push(piece),
        }
    }
    (on_nodes, unplaced)
}

/// The nodes that were added or ordered: each is like those of its group.
fn joined(plan: &Picture, moment: &Moment) -> Vec<Hull> {
    let drawn = sorting::set(plan.hulls.iter().map(|hull| hull.name.as_str()));
    let added = moment.nodes.iter().filter(|(name, condition)| {
        !drawn.contains(**name) && matches!(condition, NodeCondition::Ordered | NodeCondition::Joined)
    });
    let group = |name: &str| name.rsplit_once('-').map(|(group, _)| group.to_owned());
    let like = |name: &str| plan.hulls.iter().find(|hull| group(&hull.name) == group(name));
    added.filter_map(|(name, _)| Some(Hull { name: (*name).to_owned(), ..like(name)?.clone() })).collect()
}

/// The key of replicas that are drawn as one: their node, the index of their service, and their state.
type Alike<'a> = (Option<&'a str>, Option<usize>, Look);

/// The services at the moment.
struct Services<'a> {
    report: &'a Report,
    plans: BTreeMap<&'a str, &'a ServicePlan>,
    /// The average use of a running replica.
    used: BTreeMap<&'a str, Memory>,
}

impl<'a> Services<'a> {
    fn new(report: &'a Report, simulation: &'a Simulation, time: u64) -> Self {
        let plans = sorting::map(report.plan.services.iter().map(|plan| (plan.service.as_str(), plan)));
        let mut memory: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for series in &simulation.series {
            let Some(service) = &series.service else { continue };
            let after = series.points.partition_point(|(at, _)| *at <= time);
            let value = after.checked_sub(1).and_then(|last| series.points.get(last)).and_then(|(_, value)| *value);
            let value = value.map_or(0, Amount::count);
            let (bytes, replicas) = memory.entry(service.as_str()).or_default();
            match series.figure {
                Figure::MemoryBytes => *bytes = value,
                Figure::Replicas => *replicas = value,
                _ => {}
            }
        }
        let used = memory.into_iter().map(|(name, (bytes, replicas))| {
            (name, Memory::from_bytes(bytes.checked_div(replicas).unwrap_or_default()))
        });
        Self { report, plans, used: sorting::map(used) }
    }

    /// Returns the cargo in the document's order: each replica, or alike ones as one.
    fn cargo(&self, moment: &Moment) -> Cargoes {
        let place = |service: &str| self.report.services.iter().position(|known| known.name.as_str() == service);
        if moment.replicas.len() <= MOST_PODS {
            let mut replicas: Vec<&Present> = moment.replicas.iter().collect();
            sorting::sort_by_key(&mut replicas, |replica| place(replica.service.as_str()));
            return replicas.into_iter().map(|replica| self.piece(replica, 1)).collect();
        }
        let mut alike: BTreeMap<Alike, (Present, u64)> = BTreeMap::new();
        for replica in &moment.replicas {
            let key = (replica.node, place(replica.service.as_str()), Look::of(replica.state));
            alike.entry(key).or_insert((*replica, 0)).1 += 1;
        }
        alike.into_values().map(|(replica, count)| self.piece(&replica, count)).collect()
    }

    /// Returns a piece of `count` replicas that are alike.
    fn piece(&self, replica: &Present, count: u64) -> Piece {
        let name = replica.service.as_str();
        let limit = self.plans.get(name).map(|plan| plan.container.limit).unwrap_or_default();
        let cpu = self.plans.get(name).map(|plan| cpu_of_one(plan)).unwrap_or_default();
        let uses_memory = matches!(replica.state, ReplicaState::Starting | ReplicaState::Ready | ReplicaState::Ending);
        let used = if uses_memory { self.used.get(name).copied().unwrap_or_default() } else { Memory::ZERO };
        let who = if count == 1 { replica.replica.to_owned() } else { format!("{count} of {name}") };
        let takes = if uses_memory { uses(count, &about(used), limit) } else { "It uses no memory now.".to_owned() };
        Piece {
            node: replica.node.map(str::to_owned),
            cpu: cpu.saturating_mul(count),
            uses_memory,
            cargo: Cargo {
                key: if count == 1 {
                    replica.replica.to_owned()
                } else {
                    format!("{}/{name}/{:?}", replica.node.unwrap_or_default(), replica.state)
                },
                label: if count == 1 { name.to_owned() } else { format!("{count} × {name}") },
                colour: Colour::of(name, &self.report.services),
                size: limit.saturating_mul(count),
                need: Some(used.saturating_mul(count)),
                look: Look::of(replica.state),
                words: replica_label(&who, replica.release > 1, replica.node, replica.state, &takes),
            },
        }
    }
}

/// The CPU request of one container of a service.
fn cpu_of_one(plan: &ServicePlan) -> Cpu {
    let all = &plan.peak;
    Cpu::from_millis(all.cpu.millis().checked_div(all.replicas.into()).unwrap_or_default())
}

fn about(memory: Memory) -> String {
    scale::words(number(memory.bytes()), Unit::Bytes)
}

/// The state of a node, or else the requests of its pods.
fn node_label(condition: Option<NodeCondition>, requested: Cpu) -> String {
    match condition {
        Some(NodeCondition::Ordered) => "ordered".to_owned(),
        Some(NodeCondition::Cordoned) => "cordoned: takes no new pods".to_owned(),
        Some(NodeCondition::Stopped) => "stopped, not noticed yet".to_owned(),
        Some(NodeCondition::Unreachable) => "stopped, unreachable".to_owned(),
        Some(NodeCondition::Joined) | None => format!("{} CPU requested", requested.compose()),
    }
}

/// The state of one or several replicas, with their memory use in a sentence of its own.
fn replica_label(who: &str, is_new: bool, node: Option<&str>, state: ReplicaState, uses: &str) -> String {
    let release = if is_new { " of the new release" } else { "" };
    let place = node.map(|node| format!(" on {node}")).unwrap_or_default();
    let state = match state {
        ReplicaState::Pending => "waits for a node",
        ReplicaState::Starting => "starts",
        ReplicaState::Ready => "is ready",
        ReplicaState::Waiting => "has died and waits to be started again",
        ReplicaState::Lost => "is lost with its node",
        ReplicaState::Ending => "is ending",
    };
    format!("{who}{release}{place} {state}. {uses}")
}

/// The memory use of a replica, or of each of several.
fn uses(count: u64, used: &str, limit: Memory) -> String {
    match count {
        1 => format!("It uses {used}, of at most {limit}."),
        _ => format!("Each uses {used}, of at most {limit}."),
    }
}
