//! The list of all files, with what they have in common.

use super::object::Noted;
use super::{Context, job, labels};
use crate::generate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::topology::{Build, Cluster, Topology};
use serde::Serialize;
use std::collections::BTreeMap;

const LINK: &str = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/";

/// A `kustomization.yaml`, as far as it is used here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kustomization {
    api_version: &'static str,
    kind: &'static str,
    namespace: String,
    resources: Vec<String>,
    labels: [Labels; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    images: Vec<Image>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Labels {
    pairs: BTreeMap<&'static str, String>,
    include_templates: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Image {
    name: String,
    new_tag: String,
}

/// The kustomization of these files.
pub(super) fn kustomization(topology: &Topology, cluster: &Cluster, resources: Vec<String>) -> Noted<Kustomization> {
    let mut notes = Notes::new(Origin::new("cluster", "All of it at once: kubectl apply --kustomize k8s").link(LINK));
    let reason = "Every object goes there";
    notes.at(path!["namespace"], Origin::new("cluster.namespace", reason).link(LINK));
    let reason =
        "Every object and pod says what it belongs to; selectors stay as they are, since they cannot be changed";
    notes.at(path!["labels"], Origin::new("name", reason).link(labels::LINK));
    let mut images = Vec::new();
    for build in &topology.builds {
        let Some((name, tag)) = name_and_tag(&build.image) else { continue };
        notes.at(path!["images", images.len()], image_origin(topology, cluster, build));
        images.push(Image { name: name.to_owned(), new_tag: tag.to_owned() });
    }
    let kustomization = Kustomization {
        api_version: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        namespace: cluster.namespace.to_string(),
        resources,
        labels: [Labels {
            pairs: BTreeMap::from([(labels::INSTANCE, topology.name.to_string())]),
            include_templates: true,
        }],
        images,
    };
    Noted::new(kustomization, notes)
}

/// A Job cannot be changed, and its name does not follow a tag that is changed here. The new pods wait for the name that
/// the new Job has again.
fn image_origin(topology: &Topology, cluster: &Cluster, build: &Build) -> Origin {
    let jobs: Vec<String> = build
        .services
        .iter()
        .filter_map(|id| job::name(Context { topology, cluster, id: *id, service: topology.service(*id) }))
        .collect();
    let reason = match jobs.as_slice() {
        [] => "A release only changes this tag".to_owned(),
        jobs => {
            format!(
                "A release only changes this tag; first: kubectl delete job --namespace {} --ignore-not-found {}",
                cluster.namespace,
                jobs.join(" ")
            )
        }
    };
    let field = build.services.first().map_or("services".to_owned(), |id| topology.service(*id).field("image"));
    Origin::new(field, reason).link("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/")
}

/// The parts of an image reference that has a tag and no digest.
fn name_and_tag(image: &str) -> Option<(&str, &str)> {
    let (name, tag) = image.rsplit_once(':')?;
    (!tag.contains('/') && !image.contains('@')).then_some((name, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

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
