//! The environments of the cluster: a base that they share, and for each an overlay with what differs.
//!
//! An environment is a whole topology. Its objects are made as those of any other, and the overlay is what makes the
//! base's objects into them: so nothing that a field of the document changes, near or far, can be left out.
//! - An object that only the environment has stands in a file of the overlay: its Namespace; a Job whose name follows from
//!   what it runs, where it runs something else.
//! - One that only the base has is removed.
//! - One that both have, and that differs, is patched (`difference.rs` says how); images are told once for all of them.
//!
//! kustomize puts all of them into the environment's namespace, also where they name each other.

mod difference;
mod images;
mod origins;

use super::kustomization::{IMAGES, Image, Kustomization, LINK, Patch, Target, notes};
use super::object::{Noted, Object};
use super::{File, NAMESPACE, files, folder, kustomization, names_of};
use crate::artifact::{Artifact, Origin};
use crate::generate::notes::{Notes, path, yaml_artifact};
use crate::model::{field_path, service_field};
use crate::topology::{Cluster, Environment, Topology};
use crate::yaml::to_yaml;
use origins::Origins;
use rustc_hash::FxHashMap;
use serde_json::json;
use serde_yaml::Value;

const BASE: &str = "k8s/base";
/// The base as an overlay names it.
const BASE_RESOURCE: &str = "../../base";
/// The folder of an overlay's patches.
const PATCHES: &str = "patches";
const PATCHES_LINK: &str = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/";

/// The folder of an environment's overlay.
pub(in crate::generate) fn overlay_folder(environment: &Environment) -> String {
    format!("k8s/overlays/{}", environment.name)
}

/// The base and the overlays.
pub(super) fn artifacts(topology: &Topology, cluster: &Cluster) -> Vec<Artifact> {
    // Each environment has a Namespace of its own.
    let shared: Vec<File> = files(topology, cluster).into_iter().filter(|file| file.name != NAMESPACE).collect();
    let overlays: Vec<Artifact> =
        topology.environments.iter().flat_map(|environment| overlay(topology, &shared, environment)).collect();
    let kustomization = kustomization::base(topology, names_of(&shared));
    folder(BASE, shared, kustomization).into_iter().chain(overlays).collect()
}

/// The files of an environment's overlay.
fn overlay(topology: &Topology, shared: &[File], environment: &Environment) -> Vec<Artifact> {
    let Some(cluster) = &environment.topology.cluster else { return Vec::new() };
    let files = files(&environment.topology, cluster);
    let base: Vec<&Object> = shared.iter().flat_map(|file| &file.objects).collect();
    let wanted: Vec<&Object> = files.iter().flat_map(|file| &file.objects).collect();
    let built: Vec<&str> = environment.topology.builds.iter().map(|build| build.image.as_str()).collect();
    let mut overlay = Overlay {
        folder: overlay_folder(environment),
        environment,
        origins: Origins::new(topology, environment),
        images: images::told(&base, &wanted, &built),
        patches: Vec::new(),
        artifacts: Vec::new(),
    };
    let identified: FxHashMap<_, &Object> = wanted.iter().map(|object| (object.kind_and_name(), *object)).collect();
    for object in &base {
        match identified.get(&object.kind_and_name()) {
            Some(wanted) => overlay.change(object, wanted),
            None => overlay.remove(object),
        }
    }
    let is_shared = |object: &Object| base.iter().any(|other| other.kind_and_name() == object.kind_and_name());
    let own = files.into_iter().filter_map(|file| {
        let objects: Vec<Object> = file.objects.into_iter().filter(|object| !is_shared(object)).collect();
        (!objects.is_empty()).then_some(File { name: file.name, objects })
    });
    overlay.finish(cluster, own.collect())
}

/// An overlay in the making.
struct Overlay<'a> {
    folder: String,
    environment: &'a Environment,
    origins: Origins<'a>,
    images: Vec<Image>,
    /// What becomes of objects of the base, and why.
    patches: Vec<(Patch, Origin)>,
    /// The files of the patches.
    artifacts: Vec<Artifact>,
}

impl Overlay<'_> {
    /// Makes an object of the base into the one that is wanted.
    fn change(&mut self, base: &Object, wanted: &Object) {
        let mut value = base.value.clone();
        images::apply(&mut value, &self.images);
        let operations = difference::operations(&value, &wanted.value);
        if operations.is_empty() {
            return;
        }
        let (kind, name) = base.kind_and_name();
        let reason = format!("What is different about the {kind} `{name}` in `{}`", self.environment.name);
        let origin = Origin::new(self.origins.field_of(wanted), reason).link(PATCHES_LINK);
        let mut notes = Notes::new(origin.clone());
        for (index, operation) in operations.iter().enumerate() {
            notes.at(path![index], self.origins.of_operation(base, wanted, operation));
        }
        let path = format!("{PATCHES}/{}-{name}.yaml", kind.to_ascii_lowercase());
        let target = Target { kind: kind.to_owned(), name: name.to_owned() };
        self.artifacts.push(yaml_artifact(format!("{}/{path}", self.folder), [notes.document(&operations)]));
        self.patches.push((Patch::Change { target, path }, origin));
    }

    /// Removes an object of the base.
    fn remove(&mut self, base: &Object) {
        let (kind, name) = base.kind_and_name();
        let api_version = base.value.get("apiVersion").and_then(Value::as_str).unwrap_or_default();
        let removal = json!({
            "$patch": "delete",
            "apiVersion": api_version,
            "kind": kind,
            "metadata": { "name": name },
        });
        let reason = format!("`{}` has no {kind} `{name}`", self.environment.name);
        let origin = Origin::new(self.origins.field_of(base), reason).link(PATCHES_LINK);
        self.patches.push((Patch::Removal { patch: to_yaml(&removal) }, origin));
    }

    /// All files: the environment's own objects, the kustomization, and the patches.
    fn finish(self, cluster: &Cluster, own: Vec<File>) -> Vec<Artifact> {
        let environment = self.environment;
        let reasoned = |file: File| File {
            objects: file.objects.into_iter().map(|object| self.origins.own(object)).collect(),
            ..file
        };
        let own: Vec<File> = own.into_iter().map(reasoned).collect();
        let command = format!("kubectl apply --kustomize {}", self.folder);
        let reason = format!("All of `{}` at once: {command}", environment.name);
        let mut notes = notes(Origin::new(self.origins.root(), reason));
        notes.at(
            path!["namespace"],
            Origin::new(self.origins.namespace(), "Every object goes there, those of the base too").link(LINK),
        );
        notes.at(
            path!["resources", 0],
            Origin::new(field_path!("environments"), "What all environments share").link(LINK),
        );
        for (index, image) in self.images.iter().enumerate() {
            notes.at(path!["images", index], self.image_origin(cluster, image));
        }
        let mut patches = Vec::with_capacity(self.patches.len());
        for (patch, origin) in self.patches {
            notes.at(path!["patches", patches.len()], origin);
            patches.push(patch);
        }
        let resources = [BASE_RESOURCE.to_owned()].into_iter().chain(names_of(&own)).collect();
        let kustomization = Kustomization::new(&environment.topology, Some(&cluster.namespace), resources);
        let mut kustomization = kustomization.images(self.images).patches(patches);
        if let Some(service) = kustomization::waits_for_job(&environment.topology) {
            let field = self.origins.own_field(service.field(service_field!("before_start")));
            notes.at(path!["sortOptions"], kustomization::order_origin(field));
            kustomization = kustomization.jobs_first();
        }
        folder(&self.folder, own, Noted::new(kustomization, notes)).into_iter().chain(self.artifacts).collect()
    }

    /// Why containers run this image.
    fn image_origin(&self, cluster: &Cluster, image: &Image) -> Origin {
        let Environment { name, topology } = self.environment;
        let reference = format!("{}:{}", image.new_name.as_deref().unwrap_or(&image.name), image.new_tag);
        let build = topology.builds.iter().find(|build| build.image == reference).filter(|_| image.new_name.is_none());
        if let Some(build) = build {
            let origin = kustomization::image_origin(topology, cluster, build);
            return Origin { field: self.origins.own_field(origin.field), ..origin };
        }
        let service = topology.services.iter().find(|service| service.image == reference);
        let field = service.map_or_else(
            || self.origins.root(),
            |service| self.origins.own_field(service.field(service_field!("image"))),
        );
        Origin::new(field, format!("`{name}` runs {reference} instead")).link(IMAGES)
    }
}
