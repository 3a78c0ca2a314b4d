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

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::example::place;

    #[test]
    fn a_port_of_a_node_is_taken_once() {
        let taken = "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.";
        for (first, second, outcome) in [
            ("hostPort: 80", "hostPort: 80", taken),
            ("hostPort: 80", "hostPort: 81", "a"),
            ("hostPort: 80", "hostPort: 80, protocol: UDP", "a"),
            ("hostPort: 80", "hostPort: 80, hostIP: 127.0.0.1", taken),
            ("hostPort: 80, hostIP: 127.0.0.1", "hostPort: 80, hostIP: 127.0.0.2", "a"),
            ("hostPort: 80, hostIP: 127.0.0.1", "hostPort: 80, hostIP: 127.0.0.1", taken),
            ("containerPort: 80", "containerPort: 80", "a"),
        ] {
            let pod = |ports: &str| {
                format!(
                    "{{ metadata: {{ name: p }}, spec: {{ containers: [{{ name: c, ports: [{{ {ports} }}] }}] }} }}"
                )
            };
            let yaml = format!("{{ nodes: [{{ metadata: {{ name: a }} }}], pods: [{}, {}] }}", pod(first), pod(second));
            assert_eq!(place(&yaml), ["a", outcome], "{first}, {second}");
        }
    }
}
