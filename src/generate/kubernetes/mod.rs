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
pub(super) fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let Some(cluster) = &topology.cluster else { return Vec::new() };
    let mut files: Vec<Artifact> = namespace::namespace(topology, cluster)
        .map(|namespace| yaml_artifact(path(NAMESPACE), [namespace.lines()]))
        .into_iter()
        .collect();
    files.extend(quota(topology, cluster));
    files.extend(gateway(topology, cluster));
    files.extend(
        contexts(topology, cluster)
            .map(|context| yaml_artifact(path(&file_name(&context.service.name)), documents(context))),
    );
    let resources = files.iter().filter_map(|file| file.path.strip_prefix(FOLDER)).map(str::to_owned).collect();
    let kustomization = kustomization::kustomization(topology, cluster, resources);
    files.push(yaml_artifact(path(KUSTOMIZATION), [kustomization.lines()]));
    files
}

const FOLDER: &str = "k8s/";
const NAMESPACE: &str = "namespace.yaml";
const QUOTA: &str = "quota.yaml";
const GATEWAY: &str = "gateway.yaml";
const KUSTOMIZATION: &str = "kustomization.yaml";

fn path(file: &str) -> String {
    format!("{FOLDER}{file}")
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

fn quota(topology: &Topology, cluster: &Cluster) -> Option<Artifact> {
    let documents = [quota::quota(topology, cluster)?.lines(), quota::limit_range(topology, cluster)?.lines()];
    Some(yaml_artifact(path(QUOTA), documents))
}

fn gateway(topology: &Topology, cluster: &Cluster) -> Option<Artifact> {
    let gateway = route::gateway(topology, cluster)?;
    let redirect = route::redirect(topology, cluster);
    let documents = [Some(gateway.lines()), redirect.as_ref().map(Noted::lines)];
    Some(yaml_artifact(path(GATEWAY), documents.into_iter().flatten()))
}

/// The objects of a service, in the order in which they come to be.
fn documents(context: Context) -> Vec<Lines> {
    let job = job::job(context);
    let waits_for = job.as_ref().and_then(|job| job.value.metadata.name.as_deref());
    let workload = match Workload::of(context.service) {
        Workload::CronJob => cron_job::cron_job(context, waits_for).as_ref().map(Noted::lines),
        Workload::StatefulSet => Some(stateful_set::stateful_set(context).lines()),
        Workload::Deployment => Some(deployment::deployment(context, waits_for).lines()),
    };
    [
        Some(service_account::service_account(context).lines()),
        config::config_map(context).as_ref().map(Noted::lines),
        waits_for.map(|job| wait::role(context, job).lines()),
        waits_for.map(|job| wait::role_binding(context, job).lines()),
        job.as_ref().map(Noted::lines),
        cron_job::claim(context).as_ref().map(Noted::lines),
        workload,
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
fn replicas_field(service: &Service) -> &'static str {
    match service.replicas {
        Replicas::Fixed(_) => "replicas",
        Replicas::Autoscaled { .. } => "autoscale",
    }
}
