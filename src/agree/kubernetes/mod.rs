//! What the manifests say.

mod network;
mod overlay;
mod workload;

use super::Said;
use super::ledger::{Fact, Ledger};
use super::sorted;
use super::yaml_file::Located;
use std::collections::BTreeMap;

/// The label by which a service's objects and pods are known.
const NAME: &str = "app.kubernetes.io/name";
/// The label that the kustomization puts on all of them.
const INSTANCE: &str = "app.kubernetes.io/instance";

/// An object of the cluster.
#[derive(Clone, Copy)]
struct Object<'a> {
    kind: &'a str,
    name: &'a str,
    at: Located<'a>,
}

/// Objects, by kind.
#[derive(Clone)]
struct Objects<'a>(BTreeMap<&'a str, Vec<Object<'a>>>);

/// Reads the objects of all manifests, and states what they say: those of the cluster, or of the base and of each
/// environment that changes it.
pub fn read<'a>(documents: &[Located<'a>], said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
    let overlay_of = |document: &Located<'a>| {
        let path = document.place().path.strip_prefix(overlay::FOLDER)?;
        path.split_once('/').map(|(environment, _)| environment)
    };
    let base: Vec<Located> = documents.iter().filter(|document| overlay_of(document).is_none()).copied().collect();
    if base.is_empty() {
        return;
    }
    let objects = Objects::new(&base);
    for namespace in objects.of("Namespace") {
        ledger.state(Fact::Namespace(String::new()), namespace.name, namespace.at.place());
    }
    workload::read(&objects, said, ledger);
    network::read(&objects, said, ledger);
    for kustomization in objects.of("Kustomization") {
        if let Some(namespace) = kustomization.at.at(&["namespace"]) {
            let name = namespace.node.text().unwrap_or_default();
            ledger.state(Fact::Namespace(String::new()), name, namespace.place());
        }
        kustomized(kustomization.at, &base, ledger);
        for image in kustomization.at.items(&["images"]) {
            let name = format!("{}:{}", image.text_or(&["name"], ""), image.text_or(&["newTag"], ""));
            said.is_run(&name, image.place(), ledger);
        }
    }
    let mut overlays: BTreeMap<&str, Vec<Located>> = BTreeMap::new();
    for document in documents {
        if let Some(environment) = overlay_of(document) {
            overlays.entry(environment).or_default().push(*document);
        }
    }
    for (environment, documents) in overlays {
        overlay::read(environment, &documents, &objects, said, ledger);
    }
}

impl<'a> Objects<'a> {
    fn new(documents: &[Located<'a>]) -> Self {
        let mut objects: BTreeMap<&str, Vec<Object>> = BTreeMap::new();
        for at in documents {
            let object =
                Object { kind: at.text_or(&["kind"], ""), name: at.text_or(&["metadata", "name"], ""), at: *at };
            objects.entry(object.kind).or_default().push(object);
        }
        Self(objects)
    }

    /// The objects of a kind.
    fn of(&self, kind: &str) -> impl Iterator<Item = Object<'a>> {
        self.0.get(kind).into_iter().flatten().copied()
    }

    /// The object of this kind and name.
    fn named(&self, kind: &str, name: &str) -> Option<Object<'a>> {
        self.of(kind).find(|object| object.name == name)
    }

    /// All that makes pods, with the path of the pods' template.
    fn workloads(&self) -> impl Iterator<Item = (Object<'a>, Located<'a>)> {
        const TEMPLATES: [(&str, &[&str]); 4] = [
            ("Deployment", &["spec", "template"]),
            ("StatefulSet", &["spec", "template"]),
            ("Job", &["spec", "template"]),
            ("CronJob", &["spec", "jobTemplate", "spec", "template"]),
        ];
        let with_template = |(kind, path): (&'static str, &'static [&'static str])| {
            self.of(kind).filter_map(move |object| Some((object, object.at.at(path)?)))
        };
        TEMPLATES.into_iter().flat_map(with_template)
    }
}

/// What a kustomization says of the others in its folder.
fn kustomized<'a>(root: Located<'a>, documents: &[Located<'a>], ledger: &mut Ledger<'a>) {
    for labels in root.items(&["labels"]) {
        let name = labels.text_or(&["pairs", INSTANCE], "");
        ledger.state(Fact::Name, name, labels.place_of(&["pairs", INSTANCE]));
    }
    let place = root.place_of(&["resources"]);
    let folder = root.place().path.trim_end_matches("kustomization.yaml");
    let listed = root.texts(&["resources"]).unwrap_or_default();
    let listed = sorted(listed.into_iter().filter(|resource| resource != overlay::BASE));
    let others = documents.iter().filter_map(|document| document.place().path.strip_prefix(folder));
    let found = sorted(others.filter(|path| *path != "kustomization.yaml" && !path.contains('/')));
    ledger.require(listed == found, place, || format!("the resources are {listed}, and the files {found}"));
}

/// Whether a selector finds the pods that have these labels.
fn selects(selector: Located, labels: Located) -> bool {
    let label = |key: &str| labels.text(&[key]);
    let has_parts = selector.at(&["matchLabels"]).is_some() || selector.at(&["matchExpressions"]).is_some();
    let pairs: &[&str] = if has_parts { &["matchLabels"] } else { &[] };
    let is_listed = |requirement: Located| {
        let value = label(requirement.text_or(&["key"], ""));
        requirement.items(&["values"]).any(|one| one.node.text() == value)
    };
    selector.entries(pairs).all(|(key, value)| label(key) == value.node.text())
        && selector.items(&["matchExpressions"]).all(is_listed)
}
