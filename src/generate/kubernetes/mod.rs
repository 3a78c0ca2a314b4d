//! Manifests for Kubernetes, 1.33 and later: a file a service, what they share, and a kustomization that lists them.
//!
//! Every pod meets the Pod Security Standard "restricted"
//! (<https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted>). Where tools that check manifests
//! (kube-linter, kube-score, Polaris, checkov) ask for something else, or disagree, DEPLOY.md says what was decided, and
//! why (`guide/checks.rs`).
//!
//! What Kubernetes itself would fill in is not written, unless it differs between clusters or a reader has to know it. So
//! Deployments keep ten old ReplicaSets, and a rollout has ten minutes for each step, twice what a process has to start.

mod autoscaler;
mod before_start;
mod config;
mod container;
mod cron_job;
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
mod overlays;
mod pod;
mod probes;
mod quota;
mod route;
mod secret_files;
mod service;
mod service_account;
mod stateful_set;
#[cfg(test)]
mod tests;
mod wait;

use super::notes::yaml_artifact;
use crate::artifact::{Artifact, Origin};
use crate::model::{ServiceField, service_field};
use crate::topology::{Cluster, Name, Replicas, Service, ServiceId, Topology};
use kustomization::Kustomization;
use object::{Noted, Object};
pub(super) use overlays::overlay_folder;

/// A service and what is around it.
#[derive(Clone, Copy)]
struct Context<'a> {
    topology: &'a Topology,
    cluster: &'a Cluster,
    id: ServiceId,
    service: &'a Service,
}

impl Context<'_> {
    /// What comes from a field of the service.
    fn origin(self, field: ServiceField, reason: impl Into<String>) -> Origin {
        Origin::new(self.service.field(field), reason)
    }

    /// What comes from the service as such.
    fn origin_of_service(self, reason: impl Into<String>) -> Origin {
        Origin::new(self.service.path(), reason)
    }
}

/// What runs the pods of a service, as `kubectl` names it.
pub(super) fn workload(service: &Service) -> String {
    let kind = match Workload::of(service) {
        Workload::CronJob => "cronjob",
        Workload::StatefulSet => "statefulset",
        Workload::Deployment => "deployment",
    };
    format!("{kind}/{}", workload_name(service))
}

/// What runs the pods of a service.
#[derive(Clone, Copy)]
enum Workload {
    /// Now and then, one after the other.
    CronJob,
    /// All the time, each with a disk of its own.
    StatefulSet,
    /// All the time, all alike.
    Deployment,
}

impl Workload {
    fn of(service: &Service) -> Self {
        match service {
            Service { schedule: Some(_), .. } => Self::CronJob,
            service if service.is_stateful() => Self::StatefulSet,
            _ => Self::Deployment,
        }
    }
}

/// The Jobs that run steps before a start, as `kubectl` finds them.
pub(super) struct StepsJob {
    /// Its name; another release may have another.
    pub name: String,
    /// The label that all of them have, whatever the release.
    pub selector: String,
}

/// The Job of each service that has one.
pub(super) fn steps_jobs(topology: &Topology, cluster: &Cluster) -> Vec<StepsJob> {
    contexts(topology, cluster)
        .filter_map(|context| {
            let selector = format!("{}={}", labels::NAME, labels::job_name(topology, context.service));
            Some(StepsJob { name: job::name(context)?, selector })
        })
        .collect()
}

/// The services that run in the cluster.
fn contexts<'a>(topology: &'a Topology, cluster: &'a Cluster) -> impl Iterator<Item = Context<'a>> {
    topology.running().map(move |(id, service)| Context { topology, cluster, id, service })
}

/// The files of the cluster below `k8s/`; none if there is no cluster.
///
/// Where the document names environments, what they share is the base, and each has an overlay.
pub(super) fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let Some(cluster) = &topology.cluster else { return Vec::new() };
    if !topology.environments.is_empty() {
        return overlays::artifacts(topology, cluster);
    }
    let files = files(topology, cluster);
    let kustomization = kustomization::whole(topology, cluster, names_of(&files));
    folder(FOLDER, files, kustomization)
}

/// A file with objects.
struct File {
    name: String,
    objects: Vec<Object>,
}

const FOLDER: &str = "k8s";
const NAMESPACE: &str = "namespace.yaml";
const QUOTA: &str = "quota.yaml";
const GATEWAY: &str = "gateway.yaml";
const KUSTOMIZATION: &str = "kustomization.yaml";

/// All objects of the topology, file by file, in the order in which a person reads them.
fn files(topology: &Topology, cluster: &Cluster) -> Vec<File> {
    let namespace = namespace::namespace(topology, cluster);
    let namespace = namespace.map(|namespace| File { name: NAMESPACE.to_owned(), objects: vec![namespace.object()] });
    let services = contexts(topology, cluster)
        .map(|context| File { name: file_name(&context.service.name), objects: objects(context) });
    let shared = namespace.into_iter().chain(quota(topology, cluster)).chain(gateway(topology, cluster));
    shared.chain(services).collect()
}

fn names_of(files: &[File]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

/// The files of a folder, and the kustomization that lists them.
fn folder(folder: &str, files: Vec<File>, kustomization: Noted<Kustomization>) -> Vec<Artifact> {
    let kustomization = File { name: KUSTOMIZATION.to_owned(), objects: vec![kustomization.object()] };
    let artifact =
        |file: File| yaml_artifact(format!("{folder}/{}", file.name), file.objects.iter().map(Object::document));
    files.into_iter().chain([kustomization]).map(artifact).collect()
}

/// The file of a service; one that is called like a shared file gets a name that no service can have.
fn file_name(service: &Name) -> String {
    let file = format!("{service}.yaml");
    if [NAMESPACE, QUOTA, GATEWAY, KUSTOMIZATION].contains(&file.as_str()) {
        format!("{service}.service.yaml")
    } else {
        file
    }
}

fn quota(topology: &Topology, cluster: &Cluster) -> Option<File> {
    let objects = vec![quota::quota(topology, cluster)?.object(), quota::limit_range(topology, cluster)?.object()];
    Some(File { name: QUOTA.to_owned(), objects })
}

fn gateway(topology: &Topology, cluster: &Cluster) -> Option<File> {
    let gateway = route::gateway(topology, cluster)?.object();
    let redirect = route::redirect(topology, cluster).map(Noted::object);
    Some(File { name: GATEWAY.to_owned(), objects: [gateway].into_iter().chain(redirect).collect() })
}

/// The objects of a service, in the order in which they come to be.
fn objects(context: Context) -> Vec<Object> {
    let job = job::job(context);
    let waits_for = job.as_ref().and_then(|job| job.value.metadata.name.clone());
    let waits_for = waits_for.as_deref();
    let workload = match Workload::of(context.service) {
        Workload::CronJob => cron_job::cron_job(context, waits_for).map(Noted::object),
        Workload::StatefulSet => Some(stateful_set::stateful_set(context).object()),
        Workload::Deployment => Some(deployment::deployment(context, waits_for).object()),
    };
    [
        Some(service_account::service_account(context).object()),
        config::config_map(context).map(Noted::object),
        waits_for.map(|job| wait::role(context, job).object()),
        waits_for.map(|job| wait::role_binding(context, job).object()),
        job.map(Noted::object),
        cron_job::claim(context).map(Noted::object),
        workload,
        service::service(context).map(Noted::object),
        route::http_route(context).map(Noted::object),
        route::ingress(context).map(Noted::object),
        autoscaler::autoscaler(context).map(Noted::object),
        disruption_budget::disruption_budget(context).map(Noted::object),
        Some(network_policy::network_policy(context).object()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The name of the object that keeps a service's pods.
fn workload_name(service: &Service) -> String {
    let limit = match Workload::of(service) {
        Workload::CronJob => names::CRON_JOB,
        Workload::StatefulSet => names::STATEFUL_SET,
        Workload::Deployment => names::LABEL,
    };
    names::fitted(service.name.as_str(), limit)
}

/// The field of the document that says how many pods there are.
fn replicas_field(service: &Service) -> ServiceField {
    match service.replicas {
        Replicas::Fixed(_) => service_field!("replicas"),
        Replicas::Autoscaled { .. } => service_field!("autoscale"),
    }
}
