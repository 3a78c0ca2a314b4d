//! What `kustomize build` makes of a folder, as far as its documentation says and the generated files need:
//! <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/>.

pub mod documents;

use plimsoll::generate::Artifact;
use serde::Deserialize as _;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Objects by kind and name.
pub type Objects = BTreeMap<(String, String), Value>;

/// The texts of files, by path.
pub fn files(artifacts: &[Artifact]) -> BTreeMap<String, String> {
    artifacts.iter().map(|artifact| (artifact.path.clone(), artifact.text.clone())).collect()
}

/// The objects of a text.
pub fn read(text: &str) -> Objects {
    documents_of(text).into_iter().map(|object| (id(&object), object)).collect()
}

/// The objects that are not the same in both, as JSON.
pub fn differences(one: &Objects, other: &Objects) -> Vec<String> {
    let ids: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    let text = |objects: &Objects, id| objects.get(id).map_or_else(|| "nothing".to_owned(), Value::to_string);
    let differing = ids.into_iter().filter(|id| one.get(id) != other.get(id));
    differing.map(|id| format!("{id:?}: {} is not {}", text(one, id), text(other, id))).collect()
}

/// The objects of the kustomization in `folder` of these files, by path.
pub fn build(files: &BTreeMap<String, String>, folder: &str) -> Objects {
    let kustomization = documents_of(&files[&format!("{folder}/kustomization.yaml")]).remove(0);
    let mut objects = Objects::new();
    for resource in list(&kustomization["resources"]) {
        let path = joined(folder, resource.as_str().unwrap());
        let more: Vec<Value> = match files.get(&path) {
            Some(file) => documents_of(file),
            None => build(files, &path).into_values().collect(),
        };
        for object in more {
            let id = id(&object);
            assert!(objects.insert(id.clone(), object).is_none(), "{id:?} comes twice");
        }
    }
    for patch in list(&kustomization["patches"]) {
        apply(patch, &mut objects, files, folder);
    }
    if let Some(namespace) = kustomization["namespace"].as_str() {
        objects = move_to(namespace, objects);
    }
    for labels in list(&kustomization["labels"]) {
        assert_eq!(labels["includeTemplates"], true);
        for object in objects.values_mut() {
            label(object, labels["pairs"].as_object().unwrap());
        }
    }
    for image in list(&kustomization["images"]) {
        for object in objects.values_mut() {
            replace_image(object, image);
        }
    }
    objects
}

fn apply(patch: &Value, objects: &mut Objects, files: &BTreeMap<String, String>, folder: &str) {
    if let Some(text) = patch["patch"].as_str() {
        let removal = documents_of(text).remove(0);
        assert_eq!(removal["$patch"], "delete");
        assert!(objects.remove(&id(&removal)).is_some(), "{removal} is not there");
        return;
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let operations = documents_of(&files[&joined(folder, patch["path"].as_str().unwrap())]).remove(0);
    let operations: json_patch::Patch = serde_json::from_value(operations).unwrap();
    let target = &patch["target"];
    let object = objects.get_mut(&(text(&target["kind"]), text(&target["name"]))).unwrap();
    json_patch::patch(object, &operations).unwrap();
}

/// Puts objects into a namespace, also where a RoleBinding names an account of theirs; a Namespace becomes that one.
fn move_to(namespace: &str, objects: Objects) -> Objects {
    let moved = objects.into_values().map(|mut object| {
        if object["kind"] == "Namespace" {
            object["metadata"]["name"] = namespace.into();
        } else {
            object["metadata"]["namespace"] = namespace.into();
        }
        for subject in object["subjects"].as_array_mut().into_iter().flatten() {
            subject["namespace"] = namespace.into();
        }
        (id(&object), without_nulls(object))
    });
    moved.collect()
}

fn label(object: &mut Value, pairs: &Map<String, Value>) {
    let add = |object: &mut Value| {
        for (key, value) in pairs {
            object["metadata"]["labels"][key] = value.clone();
        }
    };
    add(object);
    let spec = &mut object["spec"];
    for template in [&["template"][..], &["jobTemplate"], &["jobTemplate", "spec", "template"]] {
        let found = template.iter().try_fold(&mut *spec, |value, key| value.get_mut(key));
        found.into_iter().for_each(add);
    }
    if let Some(claims) = spec.get_mut("volumeClaimTemplates") {
        claims.as_array_mut().into_iter().flatten().for_each(add);
    }
    *object = without_nulls(object.take());
}

fn replace_image(value: &mut Value, image: &Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                if ["containers", "initContainers"].contains(&key.as_str()) {
                    for container in value.as_array_mut().into_iter().flatten() {
                        let replaced = container["image"].as_str().and_then(|current| replaced(current, image));
                        container["image"] = replaced.map_or_else(|| container["image"].clone(), Value::from);
                    }
                }
                replace_image(value, image);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace_image(item, image)),
        _ => {}
    }
}

fn replaced(current: &str, image: &Value) -> Option<String> {
    let rest = current.strip_prefix(image["name"].as_str().unwrap())?;
    let is_named = rest.is_empty() || rest.starts_with('@') || rest.starts_with(':') && !rest.contains('/');
    let name = image.get("newName").unwrap_or(&image["name"]).as_str().unwrap();
    is_named.then(|| format!("{name}:{}", image["newTag"].as_str().unwrap()))
}

fn documents_of(text: &str) -> Vec<Value> {
    serde_yaml::Deserializer::from_str(text).map(|document| Value::deserialize(document).unwrap()).collect()
}

fn id(object: &Value) -> (String, String) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&object["kind"]), text(&object["metadata"]["name"]))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// `path` as seen from `folder`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// Asking a value for a key that it does not have leaves a null behind.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(entries.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        value => value,
    }
}
