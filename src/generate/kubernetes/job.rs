//! The steps that run once for a release, in a Job that new pods wait for.
//!
//! It has no `ttlSecondsAfterFinished`: a pod that starts later, on another machine or by the autoscaler, looks for it
//! too (`wait.rs`). It has no `activeDeadlineSeconds` either: a migration may take hours, and to end it halfway is worse.

use super::object::Noted;
use super::{Context, before_start, container, labels, names, pod};
use crate::generate::notes::{Notes, path};
use crate::generate::quoted_list;
use crate::model::service_field;
use k8s_openapi::api::batch::v1::{Job, JobSpec};
use k8s_openapi::api::core::v1::PodTemplateSpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/job/";
/// The reason for `restartPolicy: Never`.
pub(super) const FAILED_ATTEMPT_STAYS: &str = "A failed attempt stays there to be read; the next one gets a new pod";
/// The reason for `podReplacementPolicy: Failed`.
pub(super) const ONE_ATTEMPT_AT_A_TIME: &str =
    "A new attempt waits until the last has ended: two at once could spoil each other's work";
/// Attempts after the first: with the pauses between them, about ten minutes.
const ATTEMPTS: i32 = 6;

/// The Job of a service's steps, if it has any that a Job runs.
///
/// All steps but the last are init containers, which run one after the other.
pub(super) fn job(context: Context) -> Option<Noted<Job>> {
    let steps = before_start::in_job(context.service);
    let mut containers: Vec<_> =
        steps.iter().enumerate().map(|(index, step)| container::step(context, index, step)).collect();
    let last = containers.pop()?;
    let mut pod = pod::spec(context, containers, last);
    pod.value.restart_policy = Some("Never".to_owned());
    pod.notes
        .at(path!["restartPolicy"], context.origin(service_field!("before_start"), FAILED_ATTEMPT_STAYS).link(LINK));
    let labels = labels::of_job(context.topology, context.service);
    let template = PodTemplateSpec {
        metadata: Some(ObjectMeta { labels: Some(labels.clone()), ..ObjectMeta::default() }),
        spec: Some(pod.value),
    };
    let spec = JobSpec {
        backoff_limit: Some(ATTEMPTS),
        pod_replacement_policy: Some("Failed".to_owned()),
        template,
        ..JobSpec::default()
    };
    // A Job cannot be changed, so one that differs in anything is another; the kustomization adds the topology's name.
    let json = serde_json::to_string(&&spec as &dyn erased_serde::Serialize).unwrap_or_default();
    let text = format!("{} {json}", context.topology.name);
    let name = names::hashed(&labels::job_name(context.topology, context.service), &text);
    let mut notes = notes(context);
    notes.nest(path!["spec", "template", "spec"], pod.notes);
    let metadata = ObjectMeta { name: Some(name), labels: Some(labels), ..ObjectMeta::default() };
    Some(Noted::new(Job { metadata, spec: Some(spec), status: None }, notes))
}

/// The name of that Job.
pub(super) fn name(context: Context) -> Option<String> {
    job(context)?.value.metadata.name
}

fn notes(context: Context) -> Notes {
    let origin = |reason: &str| context.origin(service_field!("before_start"), reason).link(LINK);
    let once = context.origin(
        service_field!("before_start"),
        "One container runs the steps once for a release, however many pods start afterwards",
    );
    let mut notes = Notes::new(
        once.link("https://fastapi.tiangolo.com/deployment/docker/#previous-steps-before-starting-and-containers"),
    );
    notes.at(
        path!["metadata", "name"],
        origin(
            "The end of the name follows from the content: a Job cannot be changed, so another release makes another; \
             it stays, since pods that start later look for it too",
        ),
    );
    let needs = context.service.needs.iter().map(|needed| context.topology.name_of(*needed).as_str());
    let reason = tried_for_ten_minutes(&needs.collect::<Vec<_>>());
    notes.at(path!["spec", "backoffLimit"], origin(&reason));
    notes.at(path!["spec", "podReplacementPolicy"], origin(ONE_ATTEMPT_AT_A_TIME));
    notes
}

/// Explains the attempts of a Job whose service needs `needs`.
fn tried_for_ten_minutes(needs: &[&str]) -> String {
    match needs {
        [] => "Tried again for about ten minutes".to_owned(),
        needs => format!("Tried again for about ten minutes, while {} may still be starting", quoted_list(needs)),
    }
}
