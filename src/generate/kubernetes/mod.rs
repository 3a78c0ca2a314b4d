//! Manifests for Kubernetes, 1.33 and later: a file a service, what they share, and a kustomization that lists them.
//!
//! Where tools that check manifests disagree, this is what is done here:
//! - Memory has a limit equal to its request. Processors have a request and no limit, since a limit throttles.
//! - A tag pins an image, so a node that has it need not pull it again (`IfNotPresent`).
//! - Secrets reach a process as variables: that is what the images and frameworks read.
//! - Databases have no liveness probe: they end by themselves when they cannot go on, and a restart in the middle of
//!   a recovery makes it longer.

mod autoscaler;
mod before_start;
mod config;
mod container;
mod deployment;
mod disruption_budget;
mod gateway_api;
mod job;
mod kustomization;
mod labels;
mod names;
mod namespace;
mod network_policy;
mod object;
mod pod;
mod probes;
mod route;
mod service;
mod service_account;
mod stateful_set;
#[cfg(test)]
mod tests;

use super::artifact::{Artifact, Origin};
use super::notes::{Lines, yaml_artifact};
use crate::topology::{Cluster, Name, Replicas, Service, ServiceId, Topology};
use object::Noted;

/// A service and what is around it.
#[derive(Clone, Copy)]
struct Context<'a> {
    topology: &'a Topology,
    cluster: &'a Cluster,
    id: ServiceId,
    service: &'a Service,
}

impl Context<'_> {
    /// What comes from a field of the service, or from the service as such where `field` is empty.
    fn origin(self, field: &str, reason: impl Into<String>) -> Origin {
        Origin::new(self.service.field(field).trim_end_matches('.'), reason)
    }
}

/// What runs the pods of a service, as `kubectl` names it.
pub(super) fn workload(service: &Service) -> String {
    let kind = if service.is_stateful() { "statefulset" } else { "deployment" };
    format!("{kind}/{}", workload_name(service))
}

/// The files of the cluster below `k8s/`; none if there is no cluster.
pub(super) fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let Some(cluster) = &topology.cluster else { return Vec::new() };
    let mut files: Vec<Artifact> = namespace::namespace(topology, cluster)
        .map(|namespace| yaml_artifact(path(NAMESPACE), [namespace.lines()]))
        .into_iter()
        .collect();
    files.extend(gateway(topology, cluster));
    for (id, service) in topology.running() {
        let context = Context { topology, cluster, id, service };
        files.push(yaml_artifact(path(&file_name(&service.name)), documents(context)));
    }
    let resources = files.iter().filter_map(|file| file.path.strip_prefix(FOLDER)).map(str::to_owned).collect();
    let kustomization = kustomization::kustomization(topology, cluster, resources);
    files.push(yaml_artifact(path(KUSTOMIZATION), [kustomization.lines()]));
    files
}

const FOLDER: &str = "k8s/";
const NAMESPACE: &str = "namespace.yaml";
const GATEWAY: &str = "gateway.yaml";
const KUSTOMIZATION: &str = "kustomization.yaml";

fn path(file: &str) -> String {
    format!("{FOLDER}{file}")
}

/// The file of a service; one that is called like a shared file gets a name that no service can have.
fn file_name(service: &Name) -> String {
    let file = format!("{service}.yaml");
    if [NAMESPACE, GATEWAY, KUSTOMIZATION].contains(&file.as_str()) { format!("{service}.service.yaml") } else { file }
}

fn gateway(topology: &Topology, cluster: &Cluster) -> Option<Artifact> {
    let gateway = route::gateway(topology, cluster)?;
    let redirect = route::redirect(topology, cluster);
    let documents = [Some(gateway.lines()), redirect.as_ref().map(Noted::lines)];
    Some(yaml_artifact(path(GATEWAY), documents.into_iter().flatten()))
}

/// The objects of a service, in the order in which they come to be.
fn documents(context: Context) -> Vec<Lines> {
    let workload = if context.service.is_stateful() {
        stateful_set::stateful_set(context).lines()
    } else {
        deployment::deployment(context).lines()
    };
    [
        Some(service_account::service_account(context).lines()),
        config::config_map(context).as_ref().map(Noted::lines),
        job::job(context).as_ref().map(Noted::lines),
        Some(workload),
        service::service(context).as_ref().map(Noted::lines),
        route::http_route(context).as_ref().map(Noted::lines),
        route::ingress(context).as_ref().map(Noted::lines),
        autoscaler::autoscaler(context).as_ref().map(Noted::lines),
        disruption_budget::disruption_budget(context).as_ref().map(Noted::lines),
        Some(network_policy::network_policy(context).lines()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The name of the object that keeps a service's pods: a Deployment or a StatefulSet.
fn workload_name(service: &Service) -> String {
    let limit = if service.is_stateful() { names::STATEFUL_SET } else { names::LABEL };
    names::fitted(service.name.as_str(), limit)
}

/// The field of the document that says how many pods there are.
fn replicas_field(service: &Service) -> &'static str {
    match service.replicas {
        Replicas::Fixed(_) => "replicas",
        Replicas::Autoscaled { .. } => "autoscale",
    }
}
