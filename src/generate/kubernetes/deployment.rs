//! A service whose pods are all alike and keep nothing.

use super::object::Noted;
use super::{Context, labels, pod, replicas_field, workload_name};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::{Replicas, Role, Service};
use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/";
const STRATEGY: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy";

/// How long a rollout may stand still whose pods wait for a Job. The others have Kubernetes' own ten minutes, or more
/// where a process takes long to start: twice what it gets for that.
const WAITING_SECONDS: i32 = 1800;

/// The Deployment of a service. Its pods wait for the Job of that name.
pub(super) fn deployment(context: Context, waits_for: Option<&str>) -> Noted<Deployment> {
    let service = context.service;
    let mut notes = Notes::new(
        context
            .origin_of_service(format!(
                "Keeps the pods of `{}` running, starts them anew and replaces them in a rollout",
                service.name
            ))
            .link(LINK),
    );
    let template = pod::template(context, waits_for);
    notes.nest(path!["spec", "template"], template.notes);
    note_replicas(context, &mut notes);
    let (strategy, reason) = strategy(service);
    notes.at(path!["spec", "strategy"], context.origin(replicas_field(service), reason).link(STRATEGY));
    let deadline = progress_deadline(context, waits_for.is_some()).map(|(seconds, origin)| {
        notes.at(path!["spec", "progressDeadlineSeconds"], origin);
        seconds
    });
    let spec = DeploymentSpec {
        progress_deadline_seconds: deadline,
        replicas: replicas(service),
        selector: labels::selector(service),
        strategy: Some(strategy),
        template: template.value,
        ..DeploymentSpec::default()
    };
    let metadata = labels::metadata(context, workload_name(service));
    Noted::new(Deployment { metadata, spec: Some(spec), status: None }, notes)
}

/// How long a rollout may stand still, where Kubernetes' own ten minutes are too few, and why.
fn progress_deadline(context: Context, waits: bool) -> Option<(i32, Origin)> {
    let link = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds";
    let starting = context.service.progress_deadline_seconds().and_then(|seconds| i32::try_from(seconds).ok());
    let (seconds, field, reason) = match starting {
        Some(seconds) if !waits || seconds > WAITING_SECONDS => (
            seconds,
            service_field!("startup"),
            format!("{seconds} s without a new pod that works, twice what one gets to start, count as failed"),
        ),
        _ if waits => (
            WAITING_SECONDS,
            service_field!("before_start"),
            "Half an hour without a new pod that works, and the rollout counts as failed: longer than the steps are \
             tried, for which new pods wait"
                .to_owned(),
        ),
        _ => return None,
    };
    Some((seconds, context.origin(field, reason).link(link)))
}

/// How many pods, unless the autoscaler says: a number here would set its own back at every rollout.
pub(super) fn replicas(service: &Service) -> Option<i32> {
    match service.replicas {
        Replicas::Fixed(replicas) => Some(i32::try_from(replicas).unwrap_or(i32::MAX)),
        Replicas::Autoscaled { .. } => None,
    }
}

/// Notes where the number of replicas comes from.
pub(super) fn note_replicas(context: Context, notes: &mut Notes) {
    let service = context.service;
    let reason = replicas_reason(service.replicas.steady(), service.port.is_some());
    let link = "https://fastapi.tiangolo.com/deployment/docker/#replication-number-of-processes";
    notes.at(path!["spec", "replicas"], context.origin(service_field!("replicas"), reason).link(link));
}

/// Explains the number of pods.
fn replicas_reason(pods: u32, listens: bool) -> String {
    match (pods, listens) {
        (0, _) => "Switched off".to_owned(),
        (1, _) => "One pod: while it moves to another machine, there is none".to_owned(),
        (pods, true) => format!("{pods} pods alike, among which the Service shares the requests out"),
        (pods, false) => format!("{pods} pods alike"),
    }
}

/// How pods give way to those of a new release.
fn strategy(service: &Service) -> (DeploymentStrategy, String) {
    let Some(surge_percent) = service.surge_percent() else {
        let strategy = DeploymentStrategy { type_: Some("Recreate".to_owned()), rolling_update: None };
        let reason = if service.kind.role == Role::Scheduler {
            "The old pod ends before the new one starts: two side by side would send each task twice"
        } else {
            "The old pod ends before the new one starts: two side by side would each hold a part of the data"
        };
        return (strategy, reason.to_owned());
    };
    let rolling = RollingUpdateDeployment {
        max_surge: Some(IntOrString::String(format!("{surge_percent}%"))),
        max_unavailable: Some(IntOrString::Int(0)),
    };
    let strategy = DeploymentStrategy { type_: Some("RollingUpdate".to_owned()), rolling_update: Some(rolling) };
    let replicas = service.replicas.peak();
    let surge = (u64::from(replicas) * u64::from(surge_percent)).div_ceil(100);
    (strategy, rollout_in_place(replicas, surge))
}

/// Explains a rolling update that needs room for `surge` pods more.
fn rollout_in_place(replicas: u32, surge: u64) -> String {
    let replicas = if replicas == 1 { "one replica".to_owned() } else { format!("{replicas} replicas") };
    format!("No pod ends before another can work in its place; for {replicas} that takes room for {surge} more")
}
