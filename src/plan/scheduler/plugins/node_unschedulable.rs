//! `NodeUnschedulable`: a cordoned node takes no pods but those that tolerate it.
//!
//! Source: `pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go` (v1.36.2).

use crate::plan::scheduler::cluster::{Effect, PodTemplate, Taint};
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    if !node.node.unschedulable {
        return None;
    }
    let cordon =
        Taint { key: "node.kubernetes.io/unschedulable".to_owned(), value: String::new(), effect: Effect::NoSchedule };
    let tolerated = pod.tolerations.iter().any(|toleration| toleration.tolerates(&cordon));
    (!tolerated).then(|| Plugin::NodeUnschedulable.rules_out(Reason::Unschedulable))
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::example::place;

    #[test]
    fn a_cordoned_node_takes_only_pods_that_tolerate_it() {
        let outcomes = place(
            "
            nodes:
              - { metadata: { name: a }, spec: { unschedulable: true } }
            pods:
              - { metadata: { name: plain } }
              - metadata: { name: daemon }
                spec: { tolerations: [{ key: node.kubernetes.io/unschedulable, operator: Exists }] }
            ",
        );
        assert_eq!(outcomes, ["0/1 nodes are available: 1 node(s) were unschedulable.", "a"]);
    }
}
