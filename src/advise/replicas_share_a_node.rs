//! `replicas-share-a-node`: all replicas of a service are on one node, so that they are lost together.

use super::Advised;
use crate::finding::Finding;
use crate::plan::PodPlan;
use crate::topology::Name;
use std::collections::BTreeMap;

const RULE: &str = "replicas-share-a-node";
const LINK: &str = "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(cluster) = &advised.plan.cluster else { return Vec::new() };
    // The pods of a service are placed one after another.
    let by_service = cluster.steady.pods.chunk_by(|a, b| a.service == b.service);
    let share_a_node = |pods: &[PodPlan]| pods.iter().all(|pod| pod.node == pods[0].node);
    let only_nodes: BTreeMap<&Name, &str> =
        by_service.filter(|pods| share_a_node(pods)).map(|pods| (&pods[0].service, pods[0].node.as_str())).collect();
    let replicated = advised.services().filter(|(service, _)| service.replicas.steady() >= 2);
    let together: Vec<(&str, &str)> =
        replicated.filter_map(|(service, _)| Some((service.name.as_str(), *only_nodes.get(&service.name)?))).collect();
    match together.as_slice() {
        [] => Vec::new(),
        [(service, _), ..] if cluster.nodes.len() == 1 => {
            let message = format!("The cluster has one node: the replicas of `{service}` are lost together");
            let finding = Finding::warning(RULE, advised.at("cluster.nodes"), message);
            vec![finding.help("Add a second node; until then, more replicas only cost memory").link(LINK)]
        }
        together => together
            .iter()
            .map(|(service, node)| {
                let span = advised.at(&format!("services.{service}.replicas"));
                let message = format!("All replicas of `{service}` land on `{node}` and are lost together");
                let help = "Make room for one on another node: a lower request, or larger nodes";
                Finding::warning(RULE, span, message).help(help).link(LINK)
            })
            .collect(),
    }
}
