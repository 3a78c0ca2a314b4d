//! How new pods wait until the Job of their service's steps has ended well.
//!
//! An init container asks the cluster's API for that one Job. As long as there is none, or it has not completed, kubectl
//! fails in time and the kubelet starts it again; once it has, every later pod of the release passes at once. So a Job
//! is kept for as long as pods of its release may start: on another machine, by the autoscaler, after a rollback. The
//! same goes for its Role, which is why each Job has its own.

use super::object::Noted;
use super::{Context, container, labels, names, pod};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::{Topology, WAIT_CPU, WAIT_MEMORY};
use k8s_openapi::api::core::v1::{
    ConfigMapProjection, Container, DownwardAPIProjection, DownwardAPIVolumeFile, KeyToPath, ObjectFieldSelector,
    ProjectedVolumeSource, ServiceAccountTokenProjection, Volume, VolumeMount, VolumeProjection,
};
use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, RoleRef, Subject};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

const ROLES: &str = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources";
const WAITING: &str = "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_wait/";
const TOKENS: &str = "https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken";
/// Kubernetes' own image, of a version in the middle of those that are in use: what it asks for has been the same since
/// 1.21 (<https://kubernetes.io/releases/version-skew-policy/#kubectl>).
const IMAGE: &str = "registry.k8s.io/kubectl:v1.35.3";
/// How long kubectl waits before it begins anew: longer than the Job tries.
const TIMEOUT: &str = "15m";
/// The volume with the token.
pub(super) const VOLUME: &str = "kube-api-access";
/// Where kubectl looks for the token, as every client does.
const TOKEN_FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
/// The reason for the image and its pull policy.
const KUBECTL_IS_PINNED: &str =
    "Kubernetes' own image; the tag pins it, so a node that has it need not ask the registry";
/// The shortest life that a token can have; the kubelet renews it.
const TOKEN_SECONDS: i64 = 600;

/// The container that waits for a Job.
pub(super) fn container(context: Context, job: &str) -> Noted<Container> {
    let mut notes = Notes::new(origin(context));
    notes.at(path!["image"], context.origin(service_field!("before_start"), KUBECTL_IS_PINNED));
    notes.at(path!["imagePullPolicy"], context.origin(service_field!("before_start"), KUBECTL_IS_PINNED));
    let reason =
        format!("{WAIT_MEMORY} is more than kubectl takes; it is not added to what the container after it asks for");
    let link = "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers";
    notes.at(path!["resources"], context.origin(service_field!("before_start"), reason).link(link));
    notes.at(path!["securityContext"], pod::restricted(context));
    notes.at(path!["volumeMounts"], token_origin(context));
    let container = Container {
        name: name(context.topology),
        image: Some(IMAGE.to_owned()),
        image_pull_policy: Some("IfNotPresent".to_owned()),
        command: Some(vec![
            "kubectl".to_owned(),
            "wait".to_owned(),
            "--for=condition=Complete".to_owned(),
            format!("--timeout={TIMEOUT}"),
            format!("job/{job}"),
        ]),
        resources: Some(container::requirements(WAIT_CPU, WAIT_MEMORY)),
        security_context: Some(container::restricted()),
        volume_mounts: Some(vec![VolumeMount {
            name: VOLUME.to_owned(),
            mount_path: TOKEN_FOLDER.to_owned(),
            read_only: Some(true),
            ..VolumeMount::default()
        }]),
        ..Container::default()
    };
    Noted::new(container, notes)
}

/// Why a pod waits.
pub(super) fn origin(context: Context) -> Origin {
    context
        .origin(
            service_field!("before_start"),
            "A new pod waits until the steps have ended well; as long as they fail, the old pods go on serving",
        )
        .link(WAITING)
}

/// The volume with the token for that container.
pub(super) fn volume(context: Context) -> Noted<Volume> {
    let token = VolumeProjection {
        service_account_token: Some(ServiceAccountTokenProjection {
            path: "token".to_owned(),
            expiration_seconds: Some(TOKEN_SECONDS),
            audience: None,
        }),
        ..VolumeProjection::default()
    };
    let certificate = VolumeProjection {
        config_map: Some(ConfigMapProjection {
            name: "kube-root-ca.crt".to_owned(),
            items: Some(vec![KeyToPath { key: "ca.crt".to_owned(), path: "ca.crt".to_owned(), mode: None }]),
            optional: None,
        }),
        ..VolumeProjection::default()
    };
    let field = ObjectFieldSelector { field_path: "metadata.namespace".to_owned(), api_version: None };
    let namespace = VolumeProjection {
        downward_api: Some(DownwardAPIProjection {
            items: Some(vec![DownwardAPIVolumeFile {
                path: "namespace".to_owned(),
                field_ref: Some(field),
                ..DownwardAPIVolumeFile::default()
            }]),
        }),
        ..VolumeProjection::default()
    };
    let projected = ProjectedVolumeSource { sources: Some(vec![token, certificate, namespace]), default_mode: None };
    let volume = Volume { name: VOLUME.to_owned(), projected: Some(projected), ..Volume::default() };
    Noted::new(volume, Notes::new(token_origin(context)))
}

fn token_origin(context: Context) -> Origin {
    context
        .origin(
            service_field!("before_start"),
            format!(
                "Only the container that waits gets a token, of {} minutes: the process after it cannot ask the \
                 cluster's API",
                TOKEN_SECONDS / 60
            ),
        )
        .link(TOKENS)
}

/// What the pods that wait for a Job may ask the cluster's API for.
pub(super) fn role(context: Context, job: &str) -> Noted<Role> {
    let looks = PolicyRule {
        api_groups: Some(vec!["batch".to_owned()]),
        resources: Some(vec!["jobs".to_owned()]),
        resource_names: Some(vec![job.to_owned()]),
        verbs: ["get", "list", "watch"].map(str::to_owned).to_vec(),
        non_resource_urls: None,
    };
    let role = Role { metadata: metadata(context, job), rules: Some(vec![looks]) };
    Noted::new(
        role,
        Notes::new(
            context
                .origin(service_field!("before_start"), "May look at this one Job, and at nothing else of the cluster")
                .link(ROLES),
        ),
    )
}

/// Gives those pods that Role.
pub(super) fn role_binding(context: Context, job: &str) -> Noted<RoleBinding> {
    let reason = format!("Lets the pods of `{}` look at their Job", context.service.name);
    let binding = RoleBinding {
        metadata: metadata(context, job),
        role_ref: RoleRef {
            api_group: "rbac.authorization.k8s.io".to_owned(),
            kind: "Role".to_owned(),
            name: job.to_owned(),
        },
        subjects: Some(vec![Subject {
            kind: "ServiceAccount".to_owned(),
            name: context.service.name.to_string(),
            ..Subject::default()
        }]),
    };
    Noted::new(binding, Notes::new(context.origin(service_field!("before_start"), reason).link(ROLES)))
}

/// The labels are the Job's, with which the Role comes and goes.
fn metadata(context: Context, job: &str) -> ObjectMeta {
    let labels = labels::of_job(context.topology, context.service);
    ObjectMeta { name: Some(job.to_owned()), labels: Some(labels), ..ObjectMeta::default() }
}

/// The name of the container; no service, and so no other container, has it.
fn name(topology: &Topology) -> String {
    names::unused(topology, "wait-for-before-start")
}
