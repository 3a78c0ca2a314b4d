//! The assumptions of a cluster's plan, and what it leaves out.

use crate::plan::allocatable;
use crate::quantity::{Cpu, Memory};
use crate::topology::{Cluster, Name, Service, SystemPods, Topology};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An assumption of a cluster's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Assumption {
    /// In which order pods arrive, and which of equal nodes they get.
    ArrivalOrder,
    /// Nodes carry nothing but the document's pods.
    NothingElseRuns {
        /// Whether the nodes are spread over zones.
        has_zones: bool,
    },
    /// Nodes carry nothing but the document's pods and the cluster's own.
    LittleElseRuns {
        /// Whether the nodes are spread over zones.
        has_zones: bool,
    },
    /// The cluster's own pods on each node of a group.
    SystemPods {
        /// The group.
        group: Name,
        /// How many.
        pods: u32,
        /// The processor time that they request.
        #[serde(rename = "cpu_millis")]
        cpu: Cpu,
        /// The memory that they request.
        #[serde(rename = "memory_bytes")]
        memory: Memory,
    },
    /// The cluster's own pods that run once or twice.
    SystemDeployments {
        /// How many.
        pods: u32,
        /// The processor time that they request.
        #[serde(rename = "cpu_millis")]
        cpu: Cpu,
        /// The memory that they request.
        #[serde(rename = "memory_bytes")]
        memory: Memory,
    },
    /// How many pods the nodes of a group take follows from the most similar instance type, since the document has none.
    PodsOfType {
        /// The group.
        group: Name,
        /// The type.
        instance_type: String,
        /// How many pods.
        max_pods: u64,
    },
    /// Releases come one at a time.
    OneReleaseAtATime,
    /// Jobs have ended before the rest runs.
    JobsHaveEnded,
    /// Disks can be attached to every node.
    DisksFollowPods,
    /// Disks stay in their zone.
    DisksStayInTheirZone,
}

/// A part of a cluster's plan that is left out because it would take too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Limit {
    /// Pods were not placed.
    PodsNotPlaced {
        /// How many.
        not_placed: u64,
        /// Of how many.
        asked: u64,
        /// How often nodes are weighed at most.
        most_weighings: u64,
    },
    /// Losing a node was not tried for every node.
    LossesNotTried,
}

impl Assumption {
    /// Returns the assumptions that matter for a topology on a cluster.
    pub(super) fn of(topology: &Topology, cluster: &Cluster) -> Vec<Self> {
        let any = |holds: fn(&Service) -> bool| topology.services.iter().any(holds);
        let is_rolled = any(|service| service.surge_percent().is_some() && service.replicas.steady() > 1);
        let has_jobs = any(|service| service.jobs().next().is_some());
        let has_disks = any(Service::is_stateful);
        let has_zones = cluster.has_zones();
        let conditional = [
            (is_rolled, Self::OneReleaseAtATime),
            (has_jobs, Self::JobsHaveEnded),
            (has_disks, Self::DisksFollowPods),
            (has_disks && has_zones, Self::DisksStayInTheirZone),
        ];
        let with_system = cluster.nodes.iter().filter(|group| group.max > 0 && group.system.pods > 0);
        let on_each_node = with_system.map(|group| {
            let SystemPods { pods, cpu, memory } = group.system;
            Self::SystemPods { group: group.name.clone(), pods, cpu, memory }
        });
        let SystemPods { pods, cpu, memory } = SystemPods::sum(&cluster.system);
        let deployments = (pods > 0).then_some(Self::SystemDeployments { pods, cpu, memory });
        let system: Vec<Self> = on_each_node.chain(deployments).collect();
        let else_runs =
            if system.is_empty() { Self::NothingElseRuns { has_zones } } else { Self::LittleElseRuns { has_zones } };
        let pods_of_types = cluster.nodes.iter().filter(|group| group.max > 0).filter_map(|group| {
            let assumed = allocatable::assumed_type(group)?;
            let (group, instance_type) = (group.name.clone(), assumed.name.to_owned());
            Some(Self::PodsOfType { group, instance_type, max_pods: assumed.pods()? })
        });
        [Self::ArrivalOrder, else_runs]
            .into_iter()
            .chain(system)
            .chain(pods_of_types)
            .chain(conditional.into_iter().filter_map(|(holds, one)| holds.then_some(one)))
            .collect()
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Self::ArrivalOrder => {
                "Pods arrive in the order of the document, replica by replica. Of nodes with the same score, the first by \
                 name is taken; Kubernetes may take any of them."
            }
            Self::NothingElseRuns { has_zones } => {
                let place = if *has_zones { "spread over their zones one after the other" } else { "in one zone" };
                return write!(
                    formatter,
                    "The nodes are {place} and carry nothing else; DaemonSets, the gateway and other add-ons take their \
                     share. The memory of a node is what its kubelet reports as capacity, a little less than the machine is \
                     sold with."
                );
            }
            Self::LittleElseRuns { has_zones } => {
                let place = if *has_zones { "spread over their zones one after the other" } else { "in one zone" };
                return write!(
                    formatter,
                    "The nodes are {place} and carry the cluster's own pods beside those of the document; the gateway and \
                     other add-ons take their share. The memory of a node is what its kubelet reports as capacity, a little \
                     less than the machine is sold with."
                );
            }
            Self::SystemPods { group, pods, cpu, memory } => {
                let asked = asked(*cpu, *memory);
                return write!(
                    formatter,
                    "Each node of `{group}` carries {pods} pods of the cluster itself, which request {asked}. Write `system` if \
                     yours differ."
                );
            }
            Self::SystemDeployments { pods, cpu, memory } => {
                let asked = asked(*cpu, *memory);
                return write!(
                    formatter,
                    "{pods} more of its pods, such as those of DNS, run on the first nodes and request {asked}."
                );
            }
            Self::PodsOfType { group, instance_type, max_pods } => {
                return write!(
                    formatter,
                    "The machines of `{group}` have no `type`: like the most similar one of AWS, {instance_type}, each takes \
                     {max_pods} pods, on which depends what EKS reserves. Write `type` or `pods` if that is wrong."
                );
            }
            Self::OneReleaseAtATime => {
                "A new release replaces the pods of one service at a time. Terminating pods hold their memory until they have \
                 ended: here as many as there can be, if new pods are ready sooner."
            }
            Self::JobsHaveEnded => {
                "Jobs of `before_start` run and end before the rest: they are not placed, but a new release counts them."
            }
            Self::DisksFollowPods => {
                "Disks can be attached to every node. After the loss of a node, Kubernetes moves a pod with a disk only \
                 once the node is deleted or marked out of service."
            }
            Self::DisksStayInTheirZone => {
                "Most clouds keep a disk in one zone: a pod that has one cannot follow from a lost zone to another, \
                 unless the disk is kept in both."
            }
        })
    }
}

fn asked(cpu: Cpu, memory: Memory) -> String {
    match (cpu == Cpu::ZERO, memory == Memory::ZERO) {
        (true, true) => "nothing".to_owned(),
        (true, false) => memory.to_string(),
        (false, true) => cpu.to_string(),
        (false, false) => format!("{cpu} and {memory}"),
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::PodsNotPlaced { not_placed, asked, most_weighings } => write!(
                formatter,
                "{not_placed} of {asked} pods were not placed: weighing nodes more than {most_weighings} times takes too \
                 long here."
            ),
            Self::LossesNotTried => {
                formatter.write_str("The loss of a node was tried for the fullest nodes only: too many nodes differ.")
            }
        }
    }
}
