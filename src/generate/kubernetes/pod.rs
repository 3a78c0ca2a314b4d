//! The pods of a service: who they run as, what they may write, how they spread and how they end.

use super::object::Noted;
use super::{Context, before_start, config, container, labels, names, replicas_field, secret_files, wait};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::quantity::Memory;
use crate::sorting;
use crate::topology::{Name, Provenance, SECRETS_FOLDER, Service};
use k8s_openapi::api::core::v1::{
    Container, EmptyDirVolumeSource, PersistentVolumeClaim, PersistentVolumeClaimSpec, PodSecurityContext, PodSpec,
    PodTemplateSpec, SeccompProfile, Sysctl, TopologySpreadConstraint, Volume, VolumeMount, VolumeResourceRequirements,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// The claim and the volume of a service's disk.
pub(super) const DISK: &str = "data";
/// How much one writable folder may hold before its pod is evicted, so that it cannot fill the node's disk.
const FOLDER_SIZE: &str = "1Gi";

/// The pods of a service, each of which waits for the Job of that name.
pub(super) fn template(context: Context, waits_for: Option<&str>) -> Noted<PodTemplateSpec> {
    let service = context.service;
    let steps = before_start::in_init_containers(service);
    let init_origin = if steps.is_empty() { wait::origin(context) } else { init_origin(context, steps.len()) };
    let steps = steps.into_iter().enumerate().map(|(index, step)| container::step(context, index, step));
    let init = waits_for.map(|job| wait::container(context, job)).into_iter().chain(steps).collect();
    let mut spec = spec(context, init, container::serving(context));
    spec.notes.at(path!["initContainers"], init_origin);
    if let Some(volume) = waits_for.map(|_| wait::volume(context)) {
        let volumes = spec.value.volumes.get_or_insert_default();
        spec.notes.nest(path!["volumes", volumes.len()], volume.notes);
        volumes.push(volume.value);
    }
    if let Some(sysctl) = low_port(service) {
        let reason = format!(
            "Port {} is below 1024, where only root may listen: in this pod, everyone may from there on",
            sysctl.value
        );
        let link = "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls";
        spec.notes.at(path!["securityContext", "sysctls"], context.origin(service_field!("port"), reason).link(link));
        spec.value.security_context.get_or_insert_default().sysctls = Some(vec![sysctl]);
    }
    let (sleep, grace) = (container::sleep_seconds(service), i64::from(service.grace_seconds()));
    spec.value.termination_grace_period_seconds = Some(sleep.unwrap_or_default() + grace);
    let reason = time_to_end(grace, sleep);
    let link = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination";
    spec.notes
        .at(path!["terminationGracePeriodSeconds"], context.origin(service_field!("shutdown"), reason).link(link));
    let constraints = spread(context);
    if !constraints.is_empty() {
        let replicas = service.replicas.peak();
        let reason = match constraints.len() {
            1 => format!(
                "{replicas} replicas on as many machines as there are, so that one machine less is one replica less"
            ),
            _ => {
                format!("{replicas} replicas over zones first, and in each over machines, so that little goes with one")
            }
        };
        let link = "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/";
        spec.notes.at(path!["topologySpreadConstraints"], context.origin(replicas_field(service), reason).link(link));
        spec.value.topology_spread_constraints = Some(constraints);
    }
    let mut notes = Notes::default();
    notes.nest(path!["spec"], spec.notes);
    notes.at(
        path!["metadata", "labels"],
        context.origin_of_service("Selectors find the pods by these").link(labels::LINK),
    );
    let checksum = config::checksum(service);
    if checksum.is_some() {
        let link =
            "https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically";
        notes.at(
            path!["metadata", "annotations"],
            context
                .origin(
                    service_field!("env"),
                    "Another checksum makes new pods: running ones do not see a changed ConfigMap in their variables",
                )
                .link(link),
        );
    }
    let metadata = ObjectMeta {
        labels: Some(labels::of(service)),
        annotations: checksum.map(|checksum| sorting::map([(config::CHECKSUM.to_owned(), checksum)])),
        ..ObjectMeta::default()
    };
    Noted::new(PodTemplateSpec { metadata: Some(metadata), spec: Some(spec.value) }, notes)
}

/// Explains the grace period: `grace` seconds, after the `sleep` of the preStop hook if there is one.
fn time_to_end(grace: i64, sleep: Option<i64>) -> String {
    match sleep {
        Some(sleep) => format!("{grace} s to end what it is doing, after the {sleep} s in which proxies learn of it"),
        None => format!("{grace} s to end what it is doing, before it is killed"),
    }
}

/// Lets a process that is not root listen on a port below 1024, which not every container runtime does by itself. The
/// Pod Security Standard "restricted" allows it.
fn low_port(service: &Service) -> Option<Sysctl> {
    let port = service.port.filter(|port| *port < 1024)?;
    Some(Sysctl { name: "net.ipv4.ip_unprivileged_port_start".to_owned(), value: port.to_string() })
}

fn init_origin(context: Context, steps: usize) -> Origin {
    let reason = steps_before_every_start(steps, context.service.replicas.peak());
    context
        .origin(service_field!("before_start"), reason)
        .link("https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior")
}

/// Explains the init containers: `steps` of them, in each of `pods` pods.
fn steps_before_every_start(steps: usize, pods: u32) -> String {
    match (steps, pods) {
        (1, 0..=1) => "Runs before every start of the pod".to_owned(),
        (_, 0..=1) => "Run in this order before every start of the pod".to_owned(),
        (_, pods) => {
            format!("Runs before every start of each of {pods} pods, several at once: it must be harmless in parallel")
        }
    }
}

/// The rule by which replicas spread, for zones and for machines: as evenly as it goes, without ever keeping a pod from
/// running. Services that never have two replicas have none. The plan's scheduler simulates exactly these constraints.
pub(super) fn spread(context: Context) -> Vec<TopologySpreadConstraint> {
    let over = |key: &&str| TopologySpreadConstraint {
        label_selector: Some(labels::selector(context.service)),
        max_skew: 1,
        topology_key: (*key).to_owned(),
        when_unsatisfiable: "ScheduleAnyway".to_owned(),
        ..TopologySpreadConstraint::default()
    };
    context.topology.spread_over(context.service).iter().map(over).collect()
}

/// What all pods of a service have in common, those of its Job too.
pub(super) fn spec(context: Context, init_containers: Vec<Noted<Container>>, main: Noted<Container>) -> Noted<PodSpec> {
    let service = context.service;
    let mut notes = Notes::default();
    notes.nest(path!["containers", 0], main.notes);
    let mut init = Vec::with_capacity(init_containers.len());
    for (index, container) in init_containers.into_iter().enumerate() {
        notes.nest(path!["initContainers", index], container.notes);
        init.push(container.value);
    }
    let link = "https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables";
    notes.at(
        path!["enableServiceLinks"],
        context
            .origin_of_service(
                "Without the variables of every Service of the namespace: DB_PORT=tcp://… has surprised many an app",
            )
            .link(link),
    );
    let account = super::service_account::origin(context);
    notes.at(path!["serviceAccountName"], account.clone());
    notes.at(path!["automountServiceAccountToken"], account);
    let security = security(context);
    notes.nest(path!["securityContext"], security.notes);
    let volumes = volumes(context);
    notes.nest(path!["volumes"], volumes.notes);
    let spec = PodSpec {
        init_containers: container::some(init),
        containers: vec![main.value],
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        service_account_name: Some(service.name.to_string()),
        security_context: Some(security.value),
        volumes: container::some(volumes.value),
        ..PodSpec::default()
    };
    Noted::new(spec, notes)
}

/// Why the rights of a pod are so few.
pub(super) fn restricted(context: Context) -> Origin {
    context
        .origin_of_service(
            "The Pod Security Standard \"restricted\": no root, no privileges, no system call that few need",
        )
        .link("https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted")
}

fn security(context: Context) -> Noted<PodSecurityContext> {
    let service = context.service;
    let user = service.user;
    let mut notes = Notes::new(restricted(context));
    let (field, reason) = match service.kind.provenance {
        Provenance::Built => {
            (service.path(), format!("The Dockerfile makes user {}, who owns nothing on the host", user.uid))
        }
        Provenance::Official => (service.path(), format!("User {} owns the image's files", user.uid)),
        Provenance::OwnDockerfile | Provenance::Prebuilt => {
            (service.field(service_field!("user")), format!("The user that the image is told to run as: {}", user.uid))
        }
    };
    notes.at(path!["runAsUser"], Origin::new(&field, reason.clone()));
    notes.at(path!["runAsGroup"], Origin::new(&field, reason));
    notes.at(
        path!["fsGroup"],
        Origin::new(
            field,
            format!("Mounted folders belong to group {}, so that the process may write to them", user.gid),
        ),
    );
    notes.at(
        path!["fsGroupChangePolicy"],
        context.origin(
            service_field!("storage"),
            "Changes the owner of the disk's files at its first mount only, which may take minutes",
        ),
    );
    let security = PodSecurityContext {
        run_as_non_root: Some(true),
        run_as_user: Some(user.uid.into()),
        run_as_group: Some(user.gid.into()),
        fs_group: Some(user.gid.into()),
        fs_group_change_policy: context.service.is_stateful().then(|| "OnRootMismatch".to_owned()),
        seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), localhost_profile: None }),
        ..PodSecurityContext::default()
    };
    Noted::new(security, notes)
}

fn volumes(context: Context) -> Noted<Vec<Volume>> {
    let mut notes = Notes::default();
    let mut volumes = Vec::new();
    for (name, folder) in folders(context.service) {
        notes.at(path![volumes.len()], folder_origin(context, folder));
        let folder = EmptyDirVolumeSource { size_limit: Some(Quantity(FOLDER_SIZE.to_owned())), medium: None };
        volumes.push(Volume { name, empty_dir: Some(folder), ..Volume::default() });
    }
    if let Some(secrets) = secret_files::volume(context) {
        notes.nest(path![volumes.len()], secrets.notes);
        volumes.push(secrets.value);
    }
    Noted::new(volumes, notes)
}

/// Where the volumes are mounted.
pub(super) fn mounts(context: Context) -> Noted<Vec<VolumeMount>> {
    let service = context.service;
    let mut notes = Notes::default();
    let mut mounts = Vec::new();
    if let Some(storage) = &service.storage {
        let link = "https://kubernetes.io/docs/tasks/run-application/run-replicated-stateful-application/";
        notes.at(
            path![0, "subPath"],
            context
                .origin(
                    service_field!("storage"),
                    "A folder of the disk: at its top may be `lost+found`, beside which databases refuse to begin",
                )
                .link(link),
        );
        notes.at(
            path![0],
            context.origin(
                service_field!("storage"),
                format!("The data stay when the pod goes: {} on a disk", storage.size),
            ),
        );
        mounts.push(VolumeMount {
            name: DISK.to_owned(),
            mount_path: storage.path.clone(),
            sub_path: Some(DISK.to_owned()),
            ..VolumeMount::default()
        });
    }
    for (name, folder) in folders(service) {
        notes.at(path![mounts.len()], folder_origin(context, folder));
        mounts.push(VolumeMount { name, mount_path: folder.to_owned(), ..VolumeMount::default() });
    }
    if let Some(secrets) = secret_files::mount(context) {
        notes.nest(path![mounts.len()], secrets.notes);
        mounts.push(secrets.value);
    }
    Noted::new(mounts, notes)
}

/// A claim of so much of a disk that one node mounts at a time.
pub(super) fn claim(metadata: ObjectMeta, size: Memory) -> PersistentVolumeClaim {
    let requests = sorting::map([("storage".to_owned(), Quantity(size.kubernetes()))]);
    let spec = PersistentVolumeClaimSpec {
        access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
        resources: Some(VolumeResourceRequirements { requests: Some(requests), limits: None }),
        ..PersistentVolumeClaimSpec::default()
    };
    PersistentVolumeClaim { metadata, spec: Some(spec), status: None }
}

fn folder_origin(context: Context, folder: &str) -> Origin {
    let reason =
        format!("The process writes to {folder}; the folder is empty at every start and holds {FOLDER_SIZE} at most");
    context
        .origin(service_field!("writable"), reason)
        .link("https://kubernetes.io/docs/concepts/storage/volumes/#emptydir")
}

/// The writable folders, each with a volume's name of its own: `tmp` for `/tmp`.
fn folders(service: &Service) -> Vec<(String, &str)> {
    let mut folders: Vec<(String, &str)> = Vec::new();
    let disk = service.storage.as_ref().map(|storage| storage.path.as_str());
    let secrets = (!service.secret_files.is_empty()).then_some(SECRETS_FOLDER);
    let is_free = |folder: &&str| Some(*folder) != disk && Some(*folder) != secrets;
    for folder in service.writable.iter().map(String::as_str).filter(is_free) {
        let name = Name::nearest(folder).map_or_else(|| "folder".to_owned(), |name| name.to_string());
        let is_taken = [DISK, wait::VOLUME, secret_files::VOLUME].contains(&name.as_str())
            || folders.iter().any(|(other, _)| *other == name);
        folders.push((if is_taken { names::hashed(&name, folder) } else { name }, folder));
    }
    folders
}
