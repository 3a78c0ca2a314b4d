//! Why a pod does not go to a node, and how the scheduler puts it.

use crate::sorting;
use std::collections::BTreeMap;
use std::fmt;

/// A plugin of the default profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are Kubernetes' own, each told in its file")]
pub enum Plugin {
    NodeUnschedulable,
    NodeName,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    PodTopologySpread,
    InterPodAffinity,
    DynamicResources,
    NodeResourcesBalancedAllocation,
    ImageLocality,
}

/// Why one node will not do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rejection {
    /// The plugin that says so.
    pub plugin: Plugin,
    /// Its message.
    pub reasons: Vec<Reason>,
    /// Whether the node would do if other pods made way (`Unschedulable`, not `UnschedulableAndUnresolvable`).
    pub resolvable: bool,
}

/// One thing that keeps a pod from a node. `Display` is Kubernetes' wording.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "`Display` says what each means")]
pub enum Reason {
    Unschedulable,
    NodeName,
    UntoleratedTaint,
    NodeAffinity,
    NotNamed,
    ConflictingNames,
    HostPorts,
    TooManyPods,
    Insufficient(String),
    SpreadLabelMissing,
    Spread,
    Affinity,
    AntiAffinity,
    ExistingAntiAffinity,
}

impl Plugin {
    /// How much its score counts; zero for plugins that only filter.
    /// Source: `pkg/scheduler/apis/config/v1/default_plugins.go`.
    pub fn weight(self) -> i64 {
        match self {
            Self::TaintToleration => 3,
            Self::NodeAffinity | Self::PodTopologySpread | Self::InterPodAffinity | Self::DynamicResources => 2,
            Self::NodeResourcesFit | Self::NodeResourcesBalancedAllocation | Self::ImageLocality => 1,
            Self::NodeUnschedulable | Self::NodeName | Self::NodePorts => 0,
        }
    }

    /// Its name in Kubernetes' configuration and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::NodeUnschedulable => "NodeUnschedulable",
            Self::NodeName => "NodeName",
            Self::TaintToleration => "TaintToleration",
            Self::NodeAffinity => "NodeAffinity",
            Self::NodePorts => "NodePorts",
            Self::NodeResourcesFit => "NodeResourcesFit",
            Self::PodTopologySpread => "PodTopologySpread",
            Self::InterPodAffinity => "InterPodAffinity",
            Self::DynamicResources => "DynamicResources",
            Self::NodeResourcesBalancedAllocation => "NodeResourcesBalancedAllocation",
            Self::ImageLocality => "ImageLocality",
        }
    }

    /// The node will not do while its pods are what they are.
    pub(super) fn rejects(self, reason: Reason) -> Rejection {
        Rejection { plugin: self, reasons: vec![reason], resolvable: true }
    }

    /// The node will not do, whichever pods are on it.
    pub(super) fn rules_out(self, reason: Reason) -> Rejection {
        Rejection { plugin: self, reasons: vec![reason], resolvable: false }
    }
}

/// Returns the scheduler's message for a pod that fits on no node, with the number of nodes for each rejection.
/// Source: `FitError` of `pkg/scheduler/framework/types.go`, `ErrNoNodesAvailable` of `pkg/scheduler/schedule_one.go`.
pub(super) fn message<'a>(nodes: usize, rejected: impl Iterator<Item = (&'a Rejection, usize)>) -> String {
    if nodes == 0 {
        return "no nodes available to schedule pods".to_owned();
    }
    let mut counts: BTreeMap<&Reason, usize> = BTreeMap::new();
    for (rejection, count) in rejected {
        for reason in &rejection.reasons {
            *counts.entry(reason).or_default() += count;
        }
    }
    // What is wrong with the pod itself is said once, not for every node.
    if counts.contains_key(&Reason::ConflictingNames) {
        return format!("0/{nodes} nodes are available: {}.", Reason::ConflictingNames);
    }
    let mut parts: Vec<String> = counts.into_iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    sorting::sort(&mut parts);
    format!("0/{nodes} nodes are available: {}.", parts.join(", "))
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unschedulable => "node(s) were unschedulable",
            Self::NodeName => "node(s) didn't match the requested node name",
            Self::UntoleratedTaint => "node(s) had untolerated taint(s)",
            Self::NodeAffinity => "node(s) didn't match Pod's node affinity/selector",
            Self::NotNamed => "node(s) didn't satisfy plugin(s) [NodeAffinity]",
            Self::ConflictingNames => "pod affinity terms conflict",
            Self::HostPorts => "node(s) didn't have free ports for the requested pod ports",
            Self::TooManyPods => "Too many pods",
            Self::Insufficient(resource) => return write!(f, "Insufficient {resource}"),
            Self::SpreadLabelMissing => "node(s) didn't match pod topology spread constraints (missing required label)",
            Self::Spread => "node(s) didn't match pod topology spread constraints",
            Self::Affinity => "node(s) didn't match pod affinity rules",
            Self::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
            Self::ExistingAntiAffinity => "node(s) didn't satisfy existing pods anti-affinity rules",
        })
    }
}

impl fmt::Display for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_and_sorted_as_text() {
        let fit = |reasons: &[Reason]| Rejection {
            plugin: Plugin::NodeResourcesFit,
            reasons: reasons.to_vec(),
            resolvable: true,
        };
        let cpu = Reason::Insufficient("cpu".to_owned());
        let name = Plugin::NodeName.rules_out(Reason::NodeName);
        let rejected = [(&fit(&[Reason::TooManyPods, cpu.clone()]), 1), (&fit(&[cpu]), 9), (&name, 2)];
        assert_eq!(
            message(12, rejected.into_iter()),
            "0/12 nodes are available: 1 Too many pods, 10 Insufficient cpu, 2 node(s) didn't match the requested node name."
        );
        let conflict = Plugin::NodeAffinity.rules_out(Reason::ConflictingNames);
        let said = message(1, [(&conflict, 1)].into_iter());
        assert_eq!(said, "0/1 nodes are available: pod affinity terms conflict.");
        assert_eq!(message(0, [].into_iter()), "no nodes available to schedule pods");
    }
}
