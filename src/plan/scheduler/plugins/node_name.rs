//! `NodeName`: a pod that names its node goes nowhere else.
//!
//! Source: `pkg/scheduler/framework/plugins/nodename/node_name.go` (v1.36.2).

use crate::plan::scheduler::cluster::PodTemplate;
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    let other = pod.node_name.as_ref().is_some_and(|name| *name != node.node.name);
    other.then(|| Plugin::NodeName.rules_out(Reason::NodeName))
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::cluster::PodTemplate;
    use crate::plan::scheduler::example::{outcome, read};

    #[test]
    fn a_pod_goes_to_the_node_that_it_names() {
        let mut scheduler = read("nodes: [{ metadata: { name: a } }, { metadata: { name: b } }]").scheduler();
        let mut place = |name: &str| {
            outcome(&mut scheduler, PodTemplate { node_name: Some(name.to_owned()), ..PodTemplate::default() })
        };
        assert_eq!(place("b"), "b");
        assert_eq!(place("c"), "0/2 nodes are available: 2 node(s) didn't match the requested node name.");
    }
}
