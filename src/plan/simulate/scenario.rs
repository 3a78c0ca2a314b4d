//! Scenarios, and the services or nodes that they are about.

use super::Stop;
use super::state::{MINUTE, Millis};
use crate::quantity::Memory;
use crate::topology::{Curve, Duration, Rate, Role, Service, Topology};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The longest time that is simulated: a day.
pub(super) const LONGEST: Millis = 24 * 60 * MINUTE;
/// How long a request takes where the document does not say; as for its field `traffic.latency`.
const LATENCY: Duration = Duration::from_millis(100);
/// The hourly growth of a leaking process for which the document states none.
const GROWTH: Memory = Memory::from_mib(50);
/// For how long it is seen what traffic has done that no longer changes.
const AFTER_LAST_CORNER: Millis = 10 * MINUTE;
/// The most machines that a scenario may add.
pub(super) const MAX_NEW_NODES: u32 = 1000;

/// A scenario, and what it is about. An absent field takes the default that it documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The kind of scenario.
    pub kind: ScenarioKind,
    /// Where. The cluster, if there is one.
    pub target: Option<Target>,
    /// The seed of everything random. With 0, the default, nothing varies: everything takes its nominal time.
    pub seed: u64,
    /// For how long, at most a day. Until nothing more happens, at most [`ScenarioKind::duration`].
    pub duration: Option<Duration>,
    /// The service that is released or that leaks, or the only one that requests come to. For `rollout`, those that the
    /// first image is built for; for `leak`, the first that the document says grows, else the first that requests come
    /// to, or else the first.
    pub service: Option<String>,
    /// The node that is lost or drained. The one that carries the most pods, of equals the first.
    pub node: Option<String>,
    /// The requests that arrive. The document's usual rate; for `traffic`, its curve, or a spike to its peak.
    pub traffic: Option<Curve>,
    /// From its place on a machine until a container answers: pulling the image, starting, loading. The `startup` of each
    /// service.
    pub startup: Option<Duration>,
    /// How long a terminating process takes to end, at most its grace period. By default the `shutdown` of each service.
    pub shutdown: Option<Duration>,
    /// The hourly growth of each process, in `leak`. By default the service's `memory.growth`, or 50 MiB.
    pub growth: Option<Memory>,
    /// How many machines the cluster autoscaler may add, each like those of the first group that helps. As many as the
    /// `max` of each group of nodes allows.
    pub new_nodes: Option<u32>,
    /// How long it takes until an added machine is ready. The `startup` of its group.
    pub node_startup: Option<Duration>,
}

/// The kind of scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScenarioKind {
    /// A new release.
    Rollout,
    /// A machine stops, and does not come back.
    NodeLoss,
    /// A node is emptied (`kubectl drain`).
    Drain,
    /// Requests come and go.
    Traffic,
    /// Every process of a service grows.
    Leak,
}

/// Where it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The Kubernetes cluster.
    Cluster,
    /// The server with Docker Compose.
    Server,
}

impl ScenarioKind {
    /// Every scenario.
    pub const ALL: [Self; 5] = [Self::Rollout, Self::NodeLoss, Self::Drain, Self::Traffic, Self::Leak];

    /// Its name: `node-loss`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rollout => "rollout",
            Self::NodeLoss => "node-loss",
            Self::Drain => "drain",
            Self::Traffic => "traffic",
            Self::Leak => "leak",
        }
    }

    /// For how long it is simulated unless told otherwise, in milliseconds.
    pub fn duration(self) -> u64 {
        match self {
            Self::Rollout | Self::Drain | Self::NodeLoss => 30 * MINUTE,
            Self::Traffic => 20 * MINUTE,
            Self::Leak => LONGEST,
        }
    }
}

impl FromStr for ScenarioKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|kind| kind.name() == text);
        known.ok_or_else(|| format!("`{text}` is no scenario; there are {}", Self::ALL.map(Self::name).join(", ")))
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "cluster" => Ok(Self::Cluster),
            "server" => Ok(Self::Server),
            _ => Err(format!("`{text}` is no target; there are cluster and server")),
        }
    }
}

impl Scenario {
    /// A scenario with all its defaults.
    pub fn new(kind: ScenarioKind) -> Self {
        Self {
            kind,
            target: None,
            seed: 0,
            duration: None,
            service: None,
            node: None,
            traffic: None,
            startup: None,
            shutdown: None,
            growth: None,
            new_nodes: None,
            node_startup: None,
        }
    }

    /// Where it runs in this topology.
    pub fn target(&self, topology: &Topology) -> Target {
        let default = if topology.cluster.is_some() { Target::Cluster } else { Target::Server };
        self.target.unwrap_or(default)
    }

    /// Why it cannot be simulated with this topology, if so.
    pub fn impossible(&self, topology: &Topology) -> Option<Stop> {
        let needs_nodes = matches!(self.kind, ScenarioKind::NodeLoss | ScenarioKind::Drain);
        match self.target(topology) {
            Target::Server if topology.server.is_none() => return Some(Stop::NoServer),
            Target::Server if needs_nodes => return Some(Stop::NeedsCluster { scenario: self.kind }),
            Target::Cluster if topology.cluster.is_none() => return Some(Stop::NoCluster),
            Target::Cluster if needs_nodes && !has_nodes(topology) => return Some(Stop::NoNodes),
            Target::Cluster | Target::Server => {}
        }
        if let Some(name) = self.service.as_deref() {
            match find(topology, name) {
                None => return Some(Stop::NoService { service: name.to_owned() }),
                Some(service) if !is_running(&topology.services[service]) => {
                    return Some(Stop::NotAlwaysRunning { service: name.to_owned() });
                }
                Some(_) => {}
            }
        }
        if let Some(name) = self.node.as_deref().filter(|name| needs_nodes && !has_node(topology, name)) {
            return Some(Stop::NoNode { node: name.to_owned() });
        }
        let runs = self.kind == ScenarioKind::Traffic || first_running(topology).is_some();
        (!runs).then_some(Stop::NothingRuns)
    }

    /// When it ends at the latest, in milliseconds: traffic of its own is seen to its last corner, a day to its end.
    pub(super) fn end(&self, topology: &Topology) -> Millis {
        let usual = || match self.curve(topology).filter(|_| self.kind == ScenarioKind::Traffic) {
            Some(Curve::Daily(..)) => LONGEST,
            Some(curve) => {
                let last = curve.corners().into_iter().max().unwrap_or(0);
                self.kind.duration().max(last.saturating_add(AFTER_LAST_CORNER))
            }
            None => self.kind.duration(),
        };
        self.duration.map_or_else(usual, millis).min(LONGEST)
    }

    /// How long a container of the service takes to answer.
    pub(super) fn startup(&self, service: &Service) -> Millis {
        millis(self.startup.unwrap_or(service.startup))
    }

    /// How long a process of the service takes to end.
    pub(super) fn shutdown(&self, service: &Service) -> Millis {
        millis(self.shutdown.unwrap_or(service.shutdown))
    }

    /// Returns the hourly growth of each process of a leaking service.
    pub(super) fn growth(&self, service: &Service) -> Memory {
        let growth = service.memory.growth;
        self.growth.unwrap_or(if growth == Memory::ZERO { GROWTH } else { growth })
    }

    /// The requests that arrive, if any do.
    pub(super) fn curve(&self, topology: &Topology) -> Option<Curve> {
        let default = || {
            let (usual, peak) = usual_rates(topology);
            let traffic = topology.traffic.as_ref();
            match self.kind {
                ScenarioKind::Traffic => {
                    let own = traffic.and_then(|traffic| traffic.curve.clone());
                    Some(own.unwrap_or_else(|| Curve::spike(usual, peak)))
                }
                _ => traffic.map(|traffic| Curve::Steady(traffic.rate)),
            }
        };
        self.traffic.clone().or_else(default)
    }

    /// How long a request takes when nothing is in its way.
    pub(super) fn latency(topology: &Topology) -> Duration {
        topology.traffic.as_ref().map_or(LATENCY, |traffic| traffic.latency)
    }

    /// The services that a release is of.
    pub(super) fn released(&self, topology: &Topology) -> Vec<usize> {
        if let Some(service) = self.service.as_deref().and_then(|name| find(topology, name)) {
            return vec![service];
        }
        let running = || topology.services.iter().enumerate().filter(|(_, service)| is_running(service));
        let Some(image) = running().find_map(|(_, service)| service.build) else {
            return first_running(topology).into_iter().collect();
        };
        running().filter(|(_, service)| service.build == Some(image)).map(|(index, _)| index).collect()
    }

    /// The service that leaks.
    pub(super) fn leaking(&self, topology: &Topology) -> Option<usize> {
        let named = self.service.as_deref().and_then(|name| find(topology, name));
        named.or_else(|| usual(topology))
    }

    /// Whether requests come to the service.
    pub(super) fn sends_to(&self, service: &Service, topology: &Topology) -> bool {
        match &self.service {
            Some(name) if self.kind == ScenarioKind::Traffic => service.name.as_str() == name,
            _ => takes_requests(service, topology),
        }
    }
}

/// The rates that a curve without rates of its own takes: the document's, or 10 and 50 a second.
pub fn usual_rates(topology: &Topology) -> (Rate, Rate) {
    topology
        .traffic
        .as_ref()
        .map_or((Rate::per_second(10), Rate::per_second(50)), |traffic| (traffic.rate, traffic.peak))
}

/// The service that leaks if none is named: the first that the document says grows, or that requests come to, or else the
/// first.
pub(super) fn usual(topology: &Topology) -> Option<usize> {
    let first = |holds: &dyn Fn(&Service) -> bool| {
        topology.services.iter().position(|service| is_running(service) && holds(service))
    };
    first(&|service| service.memory.growth > Memory::ZERO)
        .or_else(|| first(&|service| takes_requests(service, topology)))
        .or_else(|| first_running(topology))
}

/// Requests come to the public services, or without any to the web apps; `topology::resolve` has the same rule for the
/// memory that they take.
pub(super) fn takes_requests(service: &Service, topology: &Topology) -> bool {
    if topology.services.iter().any(|service| service.public.is_some()) {
        service.public.is_some()
    } else {
        service.kind.role == Role::Web
    }
}

fn has_node(topology: &Topology, name: &str) -> bool {
    let mut groups = topology.cluster.iter().flat_map(|cluster| &cluster.nodes);
    groups.any(|group| (1..=group.count).any(|number| group.node_name(number) == name))
}

fn has_nodes(topology: &Topology) -> bool {
    topology.cluster.as_ref().is_some_and(|cluster| cluster.nodes.iter().any(|group| group.count > 0))
}

fn find(topology: &Topology, name: &str) -> Option<usize> {
    topology.services.iter().position(|service| service.name.as_str() == name)
}

fn first_running(topology: &Topology) -> Option<usize> {
    topology.services.iter().position(is_running)
}

/// Whether it runs all the time, and here.
pub(super) fn is_running(service: &Service) -> bool {
    service.replicas.peak() > 0 && service.schedule.is_none()
}

/// In milliseconds.
pub(super) fn millis(duration: Duration) -> Millis {
    duration.micros() / 1000
}
