//! `NodePorts`: two pods on a node cannot have the same port of it.
//!
//! Sources: `pkg/scheduler/framework/plugins/nodeports/node_ports.go` and `HostPortInfo` of
//! `staging/src/k8s.io/kube-scheduler/framework/types.go` (v1.36.2).

use crate::plan::scheduler::cluster::{HostPort, PodTemplate};
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

const EVERY_ADDRESS: &str = "0.0.0.0";

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    let taken = pod.host_ports.iter().any(|port| node.ports.keys().any(|other| conflict(port, other)));
    taken.then(|| Plugin::NodePorts.rejects(Reason::HostPorts))
}

fn conflict(a: &HostPort, b: &HostPort) -> bool {
    a.port == b.port && a.protocol == b.protocol && (a.ip == b.ip || a.ip == EVERY_ADDRESS || b.ip == EVERY_ADDRESS)
}
