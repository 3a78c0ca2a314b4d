//! The list of all files, with what they have in common.

use super::object::Noted;
use super::{Context, job, labels};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::{FieldPath, field_path, service_field};
use crate::sorting;
use crate::topology::{Build, Cluster, Name, Service, Topology};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a kustomization can say.
pub(super) const LINK: &str = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/";
/// How it changes images.
pub(super) const IMAGES: &str = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/";
/// How it sorts objects.
const SORT_OPTIONS: &str = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/sortoptions/";
/// kustomize's own order of kinds, but for Jobs, which otherwise come after all of these; it lacks kinds that are never
/// generated.
const JOBS_BEFORE_PODS_THAT_WAIT: [&str; 14] = [
    "Namespace",
    "ResourceQuota",
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "ConfigMap",
    "Secret",
    "Service",
    "PersistentVolumeClaim",
    "Job",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// A `kustomization.yaml`, as far as it is used here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kustomization {
    api_version: &'static str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    resources: Vec<String>,
    labels: [Labels; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    images: Vec<Image>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    patches: Vec<Patch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_options: Option<SortOptions>,
}

/// The order in which kubectl changes objects: by their kinds, then by their names. That of the kustomization that is
/// applied holds, not that of its base.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SortOptions {
    order: &'static str,
    legacy_sort_options: LegacySortOptions,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LegacySortOptions {
    order_first: [&'static str; 14],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Labels {
    pairs: BTreeMap<&'static str, String>,
    include_templates: bool,
}

/// What becomes of an image, wherever containers run it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Image {
    /// Its name, without a tag.
    pub name: String,
    /// Its other name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_name: Option<String>,
    /// Its other tag.
    pub new_tag: String,
}

/// What becomes of an object of the base.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Patch {
    /// It is changed as a file beside the kustomization says, a JSON Patch.
    Change { target: Target, path: String },
    /// It goes: the text is the object's kind and name, with `$patch: delete`.
    Removal { patch: String },
}

/// An object of the base.
#[derive(Serialize)]
pub(super) struct Target {
    pub kind: String,
    pub name: String,
}

impl Kustomization {
    /// The kustomization of these files, whose objects bear the topology's name.
    pub fn new(topology: &Topology, namespace: Option<&Name>, resources: Vec<String>) -> Self {
        Self {
            api_version: "kustomize.config.k8s.io/v1beta1",
            kind: "Kustomization",
            namespace: namespace.map(Name::to_string),
            resources,
            labels: [Labels {
                pairs: sorting::map([(labels::INSTANCE, topology.name.to_string())]),
                include_templates: true,
            }],
            images: Vec::new(),
            patches: Vec::new(),
            sort_options: None,
        }
    }

    /// Lets kubectl create Jobs before the pods that wait for them.
    #[must_use]
    pub fn jobs_first(self) -> Self {
        let legacy_sort_options = LegacySortOptions { order_first: JOBS_BEFORE_PODS_THAT_WAIT };
        Self { sort_options: Some(SortOptions { order: "legacy", legacy_sort_options }), ..self }
    }

    /// Lets containers run other images.
    #[must_use]
    pub fn images(self, images: Vec<Image>) -> Self {
        Self { images, ..self }
    }

    /// Changes or removes objects of the base.
    #[must_use]
    pub fn patches(self, patches: Vec<Patch>) -> Self {
        Self { patches, ..self }
    }
}

/// The kustomization of all files.
pub(super) fn whole(topology: &Topology, cluster: &Cluster, resources: Vec<String>) -> Noted<Kustomization> {
    let mut notes = notes(Origin::new(field_path!("cluster"), "All of it at once: kubectl apply --kustomize k8s"));
    notes.at(path!["namespace"], Origin::new(field_path!("cluster.namespace"), "Every object goes there").link(LINK));
    let mut images = Vec::new();
    for build in &topology.builds {
        let Some((name, tag)) = name_and_tag(&build.image) else { continue };
        // Another tag of the same name would become this one.
        let is_other = |service: &Service| service.image != build.image && image_name(&service.image) == name;
        if topology.services.iter().any(is_other) {
            continue;
        }
        notes.at(path!["images", images.len()], image_origin(topology, cluster, build));
        images.push(Image { name: name.to_owned(), new_name: None, new_tag: tag.to_owned() });
    }
    let mut kustomization = Kustomization::new(topology, Some(&cluster.namespace), resources).images(images);
    if let Some(service) = waits_for_job(topology) {
        notes.at(path!["sortOptions"], order_origin(service.field(service_field!("before_start"))));
        kustomization = kustomization.jobs_first();
    }
    Noted::new(kustomization, notes)
}

/// The first service whose pods wait for a Job.
pub(super) fn waits_for_job(topology: &Topology) -> Option<&Service> {
    topology.services.iter().find(|service| service.waits_for_job())
}

/// Why Jobs come first.
pub(super) fn order_origin(field: impl Into<FieldPath>) -> Origin {
    let reason = "Jobs before the pods that wait for them: where there is room for one pod more, it is the Job's";
    Origin::new(field, reason).link(SORT_OPTIONS)
}

/// The kustomization of what all environments share. Their namespaces, and the tags of images, are their own.
pub(super) fn base(topology: &Topology, resources: Vec<String>) -> Noted<Kustomization> {
    Noted::new(
        Kustomization::new(topology, None, resources),
        notes(Origin::new(
            field_path!("environments"),
            "What all environments share; each is applied from its folder below k8s/overlays, into its namespace",
        )),
    )
}

/// Why the parts are there that every kustomization has.
pub(super) fn notes(origin: Origin) -> Notes {
    let mut notes = Notes::new(origin.link(LINK));
    notes.at(
        path!["labels"],
        Origin::new(
            field_path!("name"),
            "Every object and pod says what it belongs to; selectors stay as they are, since they cannot be changed",
        )
        .link(labels::LINK),
    );
    notes
}

/// A Job cannot be changed, and its name does not follow a tag that is changed here. The new pods wait for the name that
/// the new Job has again.
pub(super) fn image_origin(topology: &Topology, cluster: &Cluster, build: &Build) -> Origin {
    let jobs: Vec<String> = build
        .services
        .iter()
        .filter_map(|id| job::name(Context { topology, cluster, id: *id, service: topology.service(*id) }))
        .collect();
    let reason = match jobs.as_slice() {
        [] => "A release only changes this tag".to_owned(),
        jobs => format!(
            "A release only changes this tag; first: kubectl delete job --namespace {} --ignore-not-found {}",
            cluster.namespace,
            jobs.join(" ")
        ),
    };
    let field = build
        .services
        .first()
        .map_or(field_path!("services"), |id| topology.service(*id).field(service_field!("image")));
    Origin::new(field, reason).link(IMAGES)
}

/// The parts of an image reference that has a tag and no digest.
pub(super) fn name_and_tag(image: &str) -> Option<(&str, &str)> {
    let (name, tag) = image.rsplit_once(':')?;
    (!tag.contains('/') && !image.contains('@')).then_some((name, tag))
}

/// The name of an image, without tag and digest.
pub(super) fn image_name(image: &str) -> &str {
    let name = image.split_once('@').map_or(image, |(name, _)| name);
    name_and_tag(name).map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_told_once_unless_two_of_its_name_run() {
        let told = |tool: &str| {
            let text = format!(
                "cluster: {{}}\nservices:\n  api: {{ python: {{}}, image: \"acme/api:1\" }}\n  tool: {{ image: \"{tool}\" }}\n"
            );
            let topology = crate::analyze(&text).outputs.unwrap().topology;
            let kustomization = whole(&topology, topology.cluster.as_ref().unwrap(), Vec::new()).value;
            kustomization
                .images
                .into_iter()
                .map(|image| format!("{}:{}", image.name, image.new_tag))
                .collect::<Vec<_>>()
        };
        assert_eq!(told("acme/tool:2"), ["acme/api:1"]);
        assert_eq!(told("acme/api:2"), [""; 0]);
        assert_eq!(told(&format!("acme/api@sha256:{}", "0".repeat(64))), [""; 0]);
    }

    #[test]
    fn a_port_of_a_registry_is_no_tag() {
        for (image, parts) in [
            ("ghcr.io/acme/api:1.4", Some(("ghcr.io/acme/api", "1.4"))),
            ("localhost:5000/api:1", Some(("localhost:5000/api", "1"))),
            ("localhost:5000/api", None),
            ("api@sha256:00", None),
        ] {
            assert_eq!(name_and_tag(image), parts);
        }
    }
}
