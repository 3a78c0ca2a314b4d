//! The values in effect where the document has none, as far as the checked topology knows them.

use crate::topology::{NodeGroup, Service, Topology};
use crate::yaml::Segment;

/// The value in effect at `path`, in the document's spelling.
pub(super) fn effective(topology: &Topology, path: &[Segment]) -> Option<String> {
    let steps: Vec<String> = path.iter().map(|step| crate::edit::shown(std::slice::from_ref(step))).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    match steps.as_slice() {
        ["name"] => Some(topology.name.to_string()),
        ["services", name, field @ ..] => {
            let service = topology.services.iter().find(|service| service.name.as_str() == *name)?;
            of_service(service, field)
        }
        ["server", field] => {
            let server = topology.server.as_ref()?;
            match *field {
                "cpu" => Some(server.cpu.kubernetes()),
                "memory" => Some(server.memory.kubernetes()),
                "system" => Some(server.system.kubernetes()),
                _ => None,
            }
        }
        ["cluster", "nodes", index, field] => {
            of_nodes(topology.cluster.as_ref()?.nodes.get(index.parse::<usize>().ok()?)?, field)
        }
        ["cluster", "namespace"] => Some(topology.cluster.as_ref()?.namespace.to_string()),
        ["traffic", "peak"] => Some(topology.traffic.as_ref()?.peak.to_string()),
        _ => None,
    }
}

fn of_service(service: &Service, field: &[&str]) -> Option<String> {
    match field {
        ["port"] => service.port.map(|port| port.to_string()),
        ["workers"] => Some(service.workers.to_string()),
        ["replicas"] => Some(service.replicas.steady().to_string()),
        ["memory", "process"] => Some(service.memory.process.kubernetes()),
        ["memory", "limit"] => Some(service.memory.limit.kubernetes()),
        ["memory", "per_request"] => Some(service.memory.per_request.kubernetes()),
        ["cpu", "request"] => Some(service.cpu.kubernetes()),
        ["outbound"] => Some(service.outbound.to_string()),
        ["user"] => Some(service.user.uid.to_string()),
        ["storage"] => service.storage.as_ref().map(|storage| storage.size.kubernetes()),
        ["storage_path"] => service.storage.as_ref().map(|storage| storage.path.clone()),
        _ => None,
    }
}

fn of_nodes(group: &NodeGroup, field: &str) -> Option<String> {
    match field {
        "name" => Some(group.name.to_string()),
        "count" => Some(group.count.to_string()),
        "cpu" => Some(group.cpu.kubernetes()),
        "memory" => Some(group.memory.kubernetes()),
        "reserve" => serde_json::to_value(group.reserve).ok()?.as_str().map(str::to_owned),
        _ => None,
    }
}
