//! Where it runs, and what arrives, checked.

use super::defaults;
use super::{Curve, Duration, GatewayKind, Name, Price, ProxyKind, Rate, Reserve, Survive};
use super::{GivenSystem, SystemPods};
use crate::model::instance_types::InstanceType;
use crate::quantity::{Cpu, Memory};
use serde::{Deserialize, Serialize};

/// One machine with Docker Compose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// Its processors.
    pub cpu: Cpu,
    /// Its memory.
    pub memory: Memory,
    /// Its type, if the document names one.
    pub instance: Option<&'static InstanceType>,
    /// What the system keeps for itself; less than `memory`.
    pub system: Memory,
    /// The reverse proxy before what is public.
    pub proxy: ProxyKind,
}

/// A Kubernetes cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Groups of equal machines, with different names.
    pub nodes: Vec<NodeGroup>,
    /// The cluster's own pods that run once or twice; none where they are not counted.
    pub system: Vec<SystemPods>,
    /// What it must survive.
    pub survive: Survive,
    /// What leads requests from outside to a service.
    pub gateway: Gateway,
    /// The namespace.
    pub namespace: Name,
    /// Whether the namespace gets a quota.
    pub quota: bool,
}

/// A group of equal machines; they are called `NAME-1`, `NAME-2` and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeGroup {
    /// The group's name.
    pub name: Name,
    /// How many.
    pub count: u32,
    /// The processors of one.
    pub cpu: Cpu,
    /// The memory of one.
    pub memory: Memory,
    /// Its type, if the document names one.
    pub instance: Option<&'static InstanceType>,
    /// How many pods one takes, if the document says.
    pub pods: Option<u64>,
    /// Whose rule says what the machine keeps for itself.
    pub reserve: Reserve,
    /// How many a cluster autoscaler may make of them, from `count`.
    pub max: u32,
    /// What the document says of the cluster's own pods on each, if it does.
    pub given_system: Option<GivenSystem>,
    /// The cluster's own pods on each; none where they are not counted.
    pub system: SystemPods,
    /// How long it takes until a machine that it adds is ready.
    pub startup: Duration,
    /// Over how many zones the machines are spread, at least 1.
    pub zones: u32,
}

/// A machine that one can buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// What it is called, if it has a name.
    pub name: Option<String>,
    /// Its processors.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
    /// Its memory.
    #[serde(rename = "memory_bytes")]
    pub memory: Memory,
    /// What it costs a month.
    #[serde(rename = "price_cents")]
    pub price: Option<Price>,
}

/// What leads requests from outside to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Gateway API or Ingress.
    pub kind: GatewayKind,
    /// Its class; an ingress without one takes the cluster's default.
    pub class: Option<String>,
    /// The cert-manager ClusterIssuer.
    pub issuer: String,
}

/// The requests that arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// In usual times.
    pub rate: Rate,
    /// At the busiest time; at least `rate`.
    pub peak: Rate,
    /// How long one request takes.
    pub latency: Duration,
    /// How the rate goes over time, if the document says.
    pub curve: Option<Curve>,
}

impl Traffic {
    /// Requests in one of `replicas` equal containers at once at the peak, rounded up: Little's law, L = λW
    /// (<https://doi.org/10.1287/opre.9.3.383>).
    pub fn in_flight(&self, replicas: u32) -> u32 {
        let thousandths_times_micros = u128::from(self.peak.millis()) * u128::from(self.latency.micros());
        let requests = thousandths_times_micros.div_ceil(1_000_000_000 * u128::from(replicas.max(1)));
        u32::try_from(requests).unwrap_or(u32::MAX)
    }
}

impl Server {
    /// The same server on another machine. What the system keeps stays, but for the default, which is half at most.
    #[must_use]
    pub fn on(&self, machine: &Machine) -> Self {
        let half = |memory: Memory| Memory::from_bytes(memory.bytes() / 2);
        let usual = defaults::SERVER_SYSTEM;
        let is_usual = self.system == usual.min(half(self.memory));
        let system = if is_usual { usual.min(half(machine.memory)) } else { self.system };
        Self { cpu: machine.cpu, memory: machine.memory, instance: machine.instance(), system, ..*self }
    }
}

impl Cluster {
    /// Whether its machines are spread over zones.
    pub fn has_zones(&self) -> bool {
        self.nodes.iter().any(|group| group.zones > 1)
    }

    /// Whether the cluster autoscaler may add machines.
    pub fn may_grow(&self) -> bool {
        self.nodes.iter().any(NodeGroup::may_grow)
    }

    /// The zone of one of its machines, if it has zones; `number` counts from 1.
    pub fn zone(&self, group: &NodeGroup, number: u32) -> Option<String> {
        self.has_zones().then(|| format!("zone-{}", number.saturating_sub(1) % group.zones.max(1) + 1))
    }
}

impl NodeGroup {
    /// The name of one of its machines; `number` counts from 1.
    pub fn node_name(&self, number: u32) -> String {
        format!("{}-{number}", self.name)
    }

    /// Whether the cluster autoscaler may add machines to it.
    pub fn may_grow(&self) -> bool {
        self.count < self.max
    }
}

impl Machine {
    /// The sizes that one can buy nearly everywhere, without prices, which differ.
    pub fn usual() -> Vec<Self> {
        let small = [(1, Memory::from_mib(512)), (1, Memory::from_gib(1))];
        let sizes = [1, 2, 4, 8, 16, 32, 64].into_iter();
        let sizes = sizes.flat_map(|cpu| [2, 4, 8].map(|each| (cpu, Memory::from_gib(cpu * each))));
        let machine = |(cpu, memory)| Self { name: None, cpu: Cpu::from_cores(cpu), memory, price: None };
        small.into_iter().chain(sizes).map(machine).collect()
    }

    /// What the cloud of this type sells beside it: the common types for the same images, those with a price where any has one.
    pub fn beside(instance: &InstanceType) -> Vec<Self> {
        let is_for_the_same = |one: &&InstanceType| (one.cloud, one.is_arm()) == (instance.cloud, instance.is_arm());
        let types = InstanceType::all().iter().filter(is_for_the_same);
        let has_prices = instance.cloud.priced().is_some();
        let machine = |one: &InstanceType| Self {
            name: Some(one.name.to_owned()),
            cpu: one.cpu(),
            memory: one.memory(),
            price: one.cents().map(Price::from_cents),
        };
        types.filter(|one| !has_prices || one.cents().is_some()).map(machine).collect()
    }

    /// The instance type that it is: one of its name that has as much.
    pub fn instance(&self) -> Option<&'static InstanceType> {
        let named = InstanceType::named(self.name.as_deref()?)?;
        ((named.cpu(), named.memory()) == (self.cpu, self.memory)).then_some(named)
    }

    /// Whether it is the same machine: of the same type, if both have one, or else of the same size.
    pub fn is_like(&self, instance: Option<&InstanceType>, cpu: Cpu, memory: Memory) -> bool {
        match (self.instance(), instance) {
            (Some(one), Some(other)) => one == other,
            _ => (self.cpu, self.memory) == (cpu, memory),
        }
    }

    /// What it has: `2 cores, 4 GiB`.
    pub fn size(&self) -> String {
        format!("{}, {}", self.cpu, self.memory)
    }
}
