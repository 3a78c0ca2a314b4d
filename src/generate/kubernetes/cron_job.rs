//! A service that runs now and then.
//!
//! How long a run may take is not known, so it has no `activeDeadlineSeconds`: a run that hangs keeps the next ones from
//! starting, which `kubectl get cronjobs` shows as active, and nothing is ended halfway.

use super::job::{FAILED_ATTEMPT_STAYS, ONE_ATTEMPT_AT_A_TIME};
use super::object::Noted;
use super::{Context, labels, pod, workload_name};
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::Schedule;
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimVolumeSource, PodTemplateSpec, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/";
const JOBS: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy";
/// How late a run may begin, in seconds.
const LATE_SECONDS: i64 = 600;
/// Attempts after the first.
const ATTEMPTS: i32 = 2;
/// How many runs that ended well, and how many that failed, can still be read.
const KEPT: i32 = 3;

/// The CronJob of a service, if it has a schedule. Its pods wait for the Job of that name.
pub(super) fn cron_job(context: Context, waits_for: Option<&str>) -> Option<Noted<CronJob>> {
    let schedule = context.service.schedule.as_ref()?;
    let pods = pods(context, waits_for);
    let mut notes = notes(context, schedule);
    notes.nest(path!["spec", "jobTemplate", "spec", "template"], pods.notes);
    let job = JobSpec {
        backoff_limit: Some(ATTEMPTS),
        pod_replacement_policy: Some("Failed".to_owned()),
        template: pods.value,
        ..JobSpec::default()
    };
    let metadata = ObjectMeta { labels: Some(labels::of(context.service)), ..ObjectMeta::default() };
    let spec = CronJobSpec {
        schedule: schedule.to_string(),
        time_zone: Some("Etc/UTC".to_owned()),
        concurrency_policy: Some("Forbid".to_owned()),
        starting_deadline_seconds: Some(LATE_SECONDS),
        successful_jobs_history_limit: Some(KEPT),
        failed_jobs_history_limit: Some(KEPT),
        job_template: JobTemplateSpec { metadata: Some(metadata), spec: Some(job) },
        suspend: None,
    };
    let metadata = labels::metadata(context, workload_name(context.service));
    Some(Noted::new(CronJob { metadata, spec: Some(spec), status: None }, notes))
}

/// The claim of the disk that all runs of a service with a schedule share, if it has one.
pub(super) fn claim(context: Context) -> Option<Noted<PersistentVolumeClaim>> {
    context.service.schedule.as_ref()?;
    let storage = context.service.storage.as_ref()?;
    let notes = Notes::new(
        context
            .origin(
                service_field!("storage"),
                "A disk for all runs, one after the other, of the cluster's default class",
            )
            .link(LINK),
    );
    let claim = pod::claim(labels::metadata(context, context.service.name.as_str()), storage.size);
    Some(Noted::new(claim, notes))
}

fn pods(context: Context, waits_for: Option<&str>) -> Noted<PodTemplateSpec> {
    let mut pods = pod::template(context, waits_for);
    let Some(spec) = &mut pods.value.spec else { return pods };
    spec.restart_policy = Some("Never".to_owned());
    pods.notes.at(
        path!["spec", "restartPolicy"],
        context.origin(service_field!("schedule"), FAILED_ATTEMPT_STAYS).link(JOBS),
    );
    if context.service.storage.is_some() {
        let claim_name = context.service.name.to_string();
        let volumes = spec.volumes.get_or_insert_default();
        pods.notes.at(
            path!["spec", "volumes", volumes.len()],
            context.origin(service_field!("storage"), "The disk of all runs"),
        );
        volumes.push(Volume {
            name: pod::DISK.to_owned(),
            persistent_volume_claim: Some(PersistentVolumeClaimVolumeSource { claim_name, read_only: None }),
            ..Volume::default()
        });
    }
    pods
}

fn notes(context: Context, schedule: &Schedule) -> Notes {
    let origin = |reason: String, link| context.origin(service_field!("schedule"), reason).link(link);
    let mut notes = Notes::new(origin(
        format!("Runs `{}` at {schedule}, each time in a pod of its own", context.service.name),
        LINK,
    ));
    for (key, reason) in [
        (
            "timeZone",
            "The clock of the world, which knows no summer time: no hour is left out or comes twice".to_owned(),
        ),
        ("concurrencyPolicy", "As long as one run goes on, no other begins".to_owned()),
        (
            "startingDeadlineSeconds",
            format!(
                "A run that could not begin in {} minutes is left out, instead of beginning at a time that nobody \
                 expects",
                LATE_SECONDS / 60
            ),
        ),
        ("successfulJobsHistoryLimit", format!("The last {KEPT} runs that ended well stay there to be read")),
        ("failedJobsHistoryLimit", format!("The last {KEPT} runs that failed stay there to be read")),
    ] {
        notes.at(path!["spec", key], origin(reason, LINK));
    }
    let job = |key: &str| path!["spec", "jobTemplate", "spec", key];
    notes.at(job("backoffLimit"), origin(format!("Tried {ATTEMPTS} times more, then not until the next time"), JOBS));
    notes.at(job("podReplacementPolicy"), origin(ONE_ATTEMPT_AT_A_TIME.to_owned(), JOBS));
    notes
}
