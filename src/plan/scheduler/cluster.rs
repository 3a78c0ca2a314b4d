//! The scheduler's view of a cluster: nodes, and the templates of pods.
//!
//! Volumes, dynamic resources, scheduling gates and preemption are left out.

use super::labels::{Labels, Requirement, Selector};
use crate::quantity::{Cpu, Memory};
use std::collections::BTreeMap;
use std::fmt;

/// A cluster before anything is placed in it.
#[derive(Debug, Clone, Default)]
pub struct Cluster {
    /// The nodes, in the order in which the scheduler came to know them.
    pub nodes: Vec<Node>,
    /// The services, of which the selectors decide which pods are spread together by default.
    pub services: Vec<Service>,
    /// The labels of the namespaces that affinity terms may select.
    pub namespaces: BTreeMap<String, Labels>,
}

/// A machine that pods may be placed on.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its labels.
    pub labels: Labels,
    /// Its taints.
    pub taints: Vec<Taint>,
    /// Whether it is cordoned.
    pub unschedulable: bool,
    /// The resources that its pods may request in all.
    pub allocatable: Resources,
    /// How many pods it may hold.
    pub max_pods: u64,
    /// The images that it has, by every name that each has.
    pub images: Vec<Image>,
}

/// A container image on a node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Image {
    /// All the names that it goes by.
    pub names: Vec<String>,
    /// How large it is.
    pub size: Memory,
}

/// A service, as far as scheduling is concerned.
#[derive(Debug, Clone, Default)]
pub struct Service {
    /// The namespace of the pods that it selects.
    pub namespace: String,
    /// The labels that they have; without any it selects nothing here.
    pub selector: Labels,
}

/// Amounts of each resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Resources {
    /// Processor time.
    pub cpu: Cpu,
    /// Memory.
    pub memory: Memory,
    /// Space on the node's own disk.
    pub ephemeral_storage: Memory,
    /// Everything else, such as `nvidia.com/gpu` or `hugepages-2Mi`, in units of its own.
    pub other: BTreeMap<String, u64>,
}

/// The pod template of a Deployment, `StatefulSet` or Job. Templates that are equal are the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PodTemplate {
    /// The namespace of the pods.
    pub namespace: String,
    /// Their labels.
    pub labels: Labels,
    /// The resources that each pod requests.
    pub requests: Resources,
    /// The requests that scoring assumes, which are not zero for pods that request nothing.
    pub scored_requests: Resources,
    /// The image of each init container and each regular container.
    pub images: Vec<String>,
    /// The ports of the node that each takes.
    pub host_ports: Vec<HostPort>,
    /// The only node that it may run on.
    pub node_name: Option<String>,
    /// The labels that its node must have.
    pub node_selector: Labels,
    /// Required node affinity: any of these terms.
    pub required_node_affinity: Option<Vec<NodeTerm>>,
    /// Preferred node affinity.
    pub preferred_node_affinity: Vec<Weighted<NodeTerm>>,
    /// The taints that it puts up with.
    pub tolerations: Vec<Toleration>,
    /// The pods that it is to be near to.
    pub pod_affinity: PodAffinity,
    /// The pods that it is to be away from.
    pub pod_anti_affinity: PodAffinity,
    /// How its like are to be spread; if empty, the scheduler's own default applies.
    pub spread: Vec<SpreadConstraint>,
    /// The selector of the `ReplicaSet`, `StatefulSet` or `ReplicationController` that owns it.
    pub owner: Selector,
    /// Whether its pods are being deleted. They keep what they hold, but are not counted for spreading.
    pub terminating: bool,
}

/// Something, and how much it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Weighted<T> {
    /// How much it counts, from 1 to 100.
    pub weight: i32,
    /// The thing.
    pub term: T,
}

/// Requirements of a node that must all be met.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct NodeTerm {
    /// Requirements on its labels.
    pub labels: Vec<Requirement>,
    /// Requirements on its name.
    pub names: Vec<NameRequirement>,
}

/// A requirement on a node's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NameRequirement {
    /// One of these.
    In(Vec<String>),
    /// None of these.
    NotIn(Vec<String>),
}

/// Pods to be near to, or away from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PodAffinity {
    /// Required terms.
    pub required: Vec<AffinityTerm>,
    /// Preferred terms.
    pub preferred: Vec<Weighted<AffinityTerm>>,
}

/// Some pods, and what counts as near to them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AffinityTerm {
    /// The pods' labels; `None` selects no pod.
    pub selector: Option<Selector>,
    /// The pods' namespaces.
    pub namespaces: Vec<String>,
    /// Further namespaces by their labels; `None` adds none.
    pub namespace_selector: Option<Selector>,
    /// The node label that has one value in all that is near.
    pub topology_key: String,
}

/// How evenly pods are to be spread over the values of a node label.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SpreadConstraint {
    /// The node label.
    pub topology_key: String,
    /// How many more pods than the least any value may have.
    pub max_skew: i32,
    /// Whether it must hold, or had better.
    pub when_unsatisfiable: WhenUnsatisfiable,
    /// The pods that are counted; `None` counts none.
    pub selector: Option<Selector>,
    /// Keys of the pod's own labels that narrow the selector further.
    pub match_label_keys: Vec<String>,
    /// With fewer values than this, the least is taken to be zero.
    pub min_domains: i32,
    /// Whether to count nodes that the pod's node selector and affinity keep it from.
    pub node_affinity: InclusionPolicy,
    /// Whether to count nodes with taints that it does not tolerate.
    pub node_taints: InclusionPolicy,
}

/// Whether a constraint must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhenUnsatisfiable {
    /// It must.
    DoNotSchedule,
    /// It had better.
    ScheduleAnyway,
}

/// Whether nodes that the pod cannot run on are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InclusionPolicy {
    /// They are not.
    Honor,
    /// They are.
    Ignore,
}

/// A mark on a node that keeps pods away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Taint {
    /// Its key.
    pub key: String,
    /// Its value, often empty.
    pub value: String,
    /// How it keeps pods away.
    pub effect: Effect,
}

/// How a taint keeps pods away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// New pods stay away.
    NoSchedule,
    /// New pods had better stay away.
    PreferNoSchedule,
    /// New pods stay away, and those that are there have to go.
    NoExecute,
}

/// The taints that a pod puts up with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Toleration {
    /// Their key; `None` is any.
    pub key: Option<String>,
    /// Their value; `None` is any.
    pub value: Option<String>,
    /// Their effect; `None` is any.
    pub effect: Option<Effect>,
}

/// A port of the node that a container takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostPort {
    /// The address on which it listens; `0.0.0.0` is every one.
    pub ip: String,
    /// TCP, UDP or SCTP.
    pub protocol: String,
    /// The port's number.
    pub port: i32,
}

impl Toleration {
    /// Whether it puts up with the taint.
    /// Source: `ToleratesTaint` of `staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go`.
    pub fn tolerates(&self, taint: &Taint) -> bool {
        self.effect.is_none_or(|effect| effect == taint.effect)
            && self.key.as_ref().is_none_or(|key| *key == taint.key)
            && self.value.as_ref().is_none_or(|value| *value == taint.value)
    }
}

impl Resources {
    /// These and those together.
    #[must_use]
    pub fn plus(mut self, more: &Self) -> Self {
        self.add(more);
        self
    }

    /// Of each resource, whichever is more.
    #[must_use]
    pub fn max(mut self, other: Self) -> Self {
        self.cpu = self.cpu.max(other.cpu);
        self.memory = self.memory.max(other.memory);
        self.ephemeral_storage = self.ephemeral_storage.max(other.ephemeral_storage);
        for (name, amount) in other.other {
            let most = self.other.entry(name).or_default();
            *most = amount.max(*most);
        }
        self
    }

    /// Adds those to these.
    pub fn add(&mut self, more: &Self) {
        self.cpu += more.cpu;
        self.memory += more.memory;
        self.ephemeral_storage += more.ephemeral_storage;
        for (name, amount) in &more.other {
            let sum = self.other.entry(name.clone()).or_default();
            *sum = sum.saturating_add(*amount);
        }
    }

    /// Takes those off these.
    pub fn subtract(&mut self, less: &Self) {
        self.cpu -= less.cpu;
        self.memory -= less.memory;
        self.ephemeral_storage -= less.ephemeral_storage;
        for (name, amount) in &less.other {
            if let Some(rest) = self.other.get_mut(name) {
                *rest = rest.saturating_sub(*amount);
            }
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSchedule => "NoSchedule",
            Self::PreferNoSchedule => "PreferNoSchedule",
            Self::NoExecute => "NoExecute",
        })
    }
}
