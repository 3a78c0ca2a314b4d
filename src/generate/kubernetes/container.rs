//! The container of a service, and those of its steps.

use super::object::Noted;
use super::{Context, before_start, config, names, pod, probes};
use crate::artifact::Origin;
use crate::generate::NAMED_IMAGE;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::topology::{FigureSource, Provenance, Role, Service, Step};
use k8s_openapi::api::core::v1::{
    Capabilities, Container, ContainerPort, Lifecycle, LifecycleHandler, ResourceRequirements, SecurityContext,
    SleepAction,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

/// The container that serves.
pub(super) fn serving(context: Context) -> Noted<Container> {
    let service = context.service;
    let mut made = common(context, service.name.to_string(), before_start::args(service));
    made.notes.at(path!["args"], args_origin(context));
    if let Some(port) = service.port {
        made.value.ports = Some(vec![ContainerPort {
            name: Some(port_name(service).to_owned()),
            container_port: port.into(),
            ..ContainerPort::default()
        }]);
        made.notes.at(path!["ports"], context.origin(service_field!("port"), format!("The process listens on {port}")));
    }
    probes::add(context, &mut made);
    if let Some(seconds) = sleep_seconds(service) {
        let sleep = LifecycleHandler { sleep: Some(SleepAction { seconds }), ..LifecycleHandler::default() };
        made.value.lifecycle = Some(Lifecycle { pre_stop: Some(sleep), ..Lifecycle::default() });
        let reason =
            format!("Still answers for {seconds} s while proxies learn that the pod leaves, so no request is refused");
        made.notes.at(path!["lifecycle"], context.origin(service_field!("port"), reason).link(TERMINATION));
    }
    made
}

const TERMINATION: &str = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow";

/// A container that runs one step and ends.
pub(super) fn step(context: Context, index: usize, step: &Step) -> Noted<Container> {
    // No container of the pod has the name of another, and the one that serves has the service's.
    let name = names::unused(context.topology, &format!("before-start-{}", index + 1));
    let mut made = common(context, name, Some(before_start::literal(&step.command)));
    let reason = format!("Step {} before `{}` starts", index + 1, context.service.name);
    made.notes.at(path!["name"], context.origin(service_field!("before_start"), reason.clone()));
    made.notes.at(path!["args"], context.origin(service_field!("before_start"), reason));
    made
}

/// The name of a service's port, in its container and its Service.
pub(super) fn port_name(service: &Service) -> &'static str {
    if service.kind.role == Role::Web || service.public.is_some() { "http" } else { "tcp" }
}

/// How long a pod that is to end still answers, so that proxies learn of it first: not where no other pod takes over.
pub(super) fn sleep_seconds(service: &Service) -> Option<i64> {
    (service.port.is_some() && !service.keeps_data()).then_some(5)
}

/// What all containers of a service have in common: image, variables, resources, rights and folders.
fn common(context: Context, name: String, args: Option<Vec<String>>) -> Noted<Container> {
    let service = context.service;
    let mut notes = Notes::default();
    let image = image_origin(context);
    let (policy, reason) = if is_pinned(&service.image) {
        ("IfNotPresent", "The tag pins the image, so a node that has it need not ask the registry")
    } else {
        ("Always", "Nothing pins the image, so a node asks the registry for the newest at every start")
    };
    let policy_link = "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy";
    notes.at(path!["imagePullPolicy"], Origin::new(image.field.clone(), reason).link(policy_link));
    notes.at(path!["image"], image);
    let variables = config::variables(context);
    notes.nest(path!["envFrom"], variables.from.notes);
    notes.nest(path!["env"], variables.own.notes);
    let resources = resources(context);
    notes.nest(path!["resources"], resources.notes);
    let rights = rights(context);
    notes.nest(path!["securityContext"], rights.notes);
    let mounts = pod::mounts(context);
    notes.nest(path!["volumeMounts"], mounts.notes);
    let container = Container {
        name,
        image: Some(service.image.clone()),
        image_pull_policy: Some(policy.to_owned()),
        args,
        env_from: some(variables.from.value),
        env: some(variables.own.value),
        resources: Some(resources.value),
        security_context: Some(rights.value),
        volume_mounts: some(mounts.value),
        ..Container::default()
    };
    Noted::new(container, notes)
}

fn image_origin(context: Context) -> Origin {
    let service = context.service;
    let Some(build) = service.build else {
        return match service.kind.provenance {
            Provenance::Official => context.origin_of_service(format!("An official image of {}", service.kind.product)),
            Provenance::Prebuilt | Provenance::Built | Provenance::OwnDockerfile => {
                context.origin(service_field!("image"), NAMED_IMAGE)
            }
        };
    };
    let file = &context.topology.build(build).dockerfile;
    if service.image.contains('/') {
        return context.origin(service_field!("image"), format!("Built by {file} and pushed under this name"));
    }
    let reason = format!(
        "Built by {file}; nodes look for a name without a registry on Docker Hub: push it to yours, and write `image: \
         REGISTRY/{}`",
        service.image
    );
    context
        .origin(service_field!("image"), reason)
        .link("https://kubernetes.io/docs/concepts/containers/images/#image-names")
}

/// Whether an image reference means the same image tomorrow.
fn is_pinned(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    image.contains('@') || name.split_once(':').is_some_and(|(_, tag)| tag != "latest")
}

fn args_origin(context: Context) -> Origin {
    let service = context.service;
    if !before_start::in_container(service).is_empty() {
        return context.origin(
            service_field!("before_start"),
            "The steps run first; then the shell gives way to the command, which gets the signal to stop",
        );
    }
    let field = match service.kind.provenance {
        Provenance::Official => {
            return context.origin_of_service("Settings in which it differs from what the image starts");
        }
        Provenance::OwnDockerfile | Provenance::Prebuilt => service.field(service_field!("command")),
        Provenance::Built => service.kind_field(),
    };
    Origin::new(field, "In exec form: no shell stands between the process and the signal to stop")
        .link("https://fastapi.tiangolo.com/deployment/docker/#use-cmd-exec-form")
}

/// Memory has one figure; processors are asked for and not limited.
fn resources(context: Context) -> Noted<ResourceRequirements> {
    let service = context.service;
    let reason = match service.memory.limit_source {
        FigureSource::Given => {
            "The limit that you gave; request and limit are the same, so that the node has what the container may take"
                .to_owned()
        }
        FigureSource::Catalog | FigureSource::Derived => format!(
            "{} needed at the busiest time, and a quarter more; request and limit are the same, so that the node has \
             what the container may take",
            service.memory.need()
        ),
    };
    let memory_link = "https://fastapi.tiangolo.com/deployment/docker/#memory";
    let mut notes = Notes::new(context.origin(service_field!("memory.limit"), reason).link(memory_link));
    let cpu_link = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run";
    notes.at(
        path!["requests", "cpu"],
        context
            .origin(
                service_field!("cpu.request"),
                "Set aside for one container; no limit, since that would throttle it while processors are idle",
            )
            .link(cpu_link),
    );
    Noted::new(requirements(service.cpu, service.memory.limit), notes)
}

/// A request for both, and a limit for memory.
pub(super) fn requirements(cpu: Cpu, memory: Memory) -> ResourceRequirements {
    let (cpu, memory) = (Quantity(cpu.kubernetes()), Quantity(memory.kubernetes()));
    ResourceRequirements {
        requests: Some(sorting::map([("cpu".to_owned(), cpu), ("memory".to_owned(), memory.clone())])),
        limits: Some(sorting::map([("memory".to_owned(), memory)])),
        claims: None,
    }
}

/// What the Pod Security Standard "restricted" asks of each container, and a root file system that nobody writes to.
fn rights(context: Context) -> Noted<SecurityContext> {
    let service = context.service;
    let mut notes = Notes::new(pod::restricted(context));
    let reason = read_only_reason(&service.writable);
    notes.at(path!["readOnlyRootFilesystem"], context.origin(service_field!("writable"), reason));
    Noted::new(restricted(), notes)
}

/// Explains the read-only root file system, which is writable only in the folders `but_in`.
fn read_only_reason(but_in: &[String]) -> String {
    match but_in {
        [] => "Nothing can be written into the image".to_owned(),
        folders => format!("Nothing can be written into the image but in {}", folders.join(", ")),
    }
}

/// The fewest rights that a container can have, whatever it does.
pub(super) fn restricted() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), add: None }),
        read_only_root_filesystem: Some(true),
        ..SecurityContext::default()
    }
}

/// A list, unless it is empty: an empty one says nothing.
pub(super) fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_other_than_latest_or_a_digest_pins() {
        for (image, pinned) in [
            ("ghcr.io/acme/api:1.4", true),
            ("api@sha256:0", true),
            ("localhost:5000/api", false),
            ("api:latest", false),
            ("api", false),
        ] {
            assert_eq!(is_pinned(image), pinned, "{image}");
        }
    }
}
