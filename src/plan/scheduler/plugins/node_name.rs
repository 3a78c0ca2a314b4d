//! `NodeName`: a pod that names its node goes nowhere else.
//!
//! Source: `pkg/scheduler/framework/plugins/nodename/node_name.go` (v1.36.2).

use crate::plan::scheduler::cluster::PodTemplate;
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    let other = pod.node_name.as_ref().is_some_and(|name| *name != node.node.name);
    other.then(|| Plugin::NodeName.rules_out(Reason::NodeName))
}
