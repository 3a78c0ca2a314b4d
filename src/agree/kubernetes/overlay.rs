//! What the environments change of the base. What a patch writes is not compared with other targets: to be different is
//! what an environment is for.

use super::super::Said;
use super::super::ledger::{Fact, Ledger};
use super::super::yaml_file::Located;
use super::{Object, Objects, kustomized, workload};
use std::collections::BTreeSet;

/// The folder of the environments, each in one of its own.
pub const FOLDER: &str = "k8s/overlays/";
/// The base, as an overlay names it.
pub const BASE: &str = "../../base";
/// The folder of an overlay's patches.
const PATCHES: &str = "patches/";

/// Reads one environment's folder.
pub fn read<'a>(
    environment: &str,
    documents: &[Located<'a>],
    base: &Objects<'a>,
    said: &mut Said<'a>,
    ledger: &mut Ledger<'a>,
) {
    let folder = format!("{FOLDER}{environment}/");
    let below = |document: &Located<'a>| document.place().path.strip_prefix(folder.as_str()).unwrap_or_default();
    let (patches, own): (Vec<Located>, Vec<Located>) =
        documents.iter().partition(|document| below(document).starts_with(PATCHES));
    let own_objects = Objects::new(&own);
    let mut all = base.clone();
    for (kind, objects) in &own_objects.0 {
        all.0.entry(kind).or_default().extend(objects);
    }
    for namespace in own_objects.of("Namespace") {
        ledger.state(Fact::Namespace(environment.to_owned()), namespace.name, namespace.at.place());
    }
    for (object, template) in own_objects.workloads() {
        workload::of_overlay(environment, &all, object, template, ledger);
    }
    for Object { at: root, .. } in own_objects.of("Kustomization") {
        let namespace = root.text_or(&["namespace"], "default");
        ledger.state(Fact::Namespace(environment.to_owned()), namespace, root.place_of(&["namespace"]));
        kustomized(root, &own, ledger);
        let replaced = patches.iter().flat_map(|patch| patch.items(&[])).filter(|operation| {
            operation.text(&["op"]) != Some("test") && operation.text_or(&["path"], "").ends_with("/image")
        });
        said.images_of_overlays.extend(replaced.filter_map(|operation| operation.text(&["value"])).map(str::to_owned));
        renamed(root, said, ledger);
        patched(root, &patches, &folder, &all, ledger);
    }
}

/// Every image that gets another name or tag is one that runs, under the name of the base or one given before.
fn renamed<'a>(root: Located<'a>, said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for image in root.items(&["images"]) {
        let name = image.text_or(&["name"], "");
        let is_run = known.contains(name) || said.images.values().any(|run| repository(run) == name);
        ledger.require(is_run, image.place(), || format!("no container runs an image `{name}`"));
        let new_name = image.text_or(&["newName"], name);
        known.insert(new_name);
        said.images_of_overlays.insert(match image.text(&["digest"]) {
            Some(digest) => format!("{new_name}@{digest}"),
            None => format!("{new_name}:{}", image.text_or(&["newTag"], "")),
        });
    }
}

/// An image's name without tag and digest.
fn repository(image: &str) -> &str {
    let tagged = image.split('@').next().unwrap_or_default();
    match tagged.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => tagged,
    }
}

/// Every patch is there and listed, and finds what it changes.
fn patched<'a>(root: Located<'a>, patches: &[Located<'a>], folder: &str, all: &Objects<'a>, ledger: &mut Ledger<'a>) {
    let mut listed = BTreeSet::new();
    for patch in root.items(&["patches"]) {
        let Some(path) = patch.text(&["path"]) else { continue };
        listed.insert(format!("{folder}{path}"));
        let target = ["kind", "name"].map(|key| patch.text_or(&["target", key], ""));
        let found = all.named(target[0], target[1]);
        ledger.require(found.is_some(), patch.place(), || format!("there is no {} `{}`", target[0], target[1]));
        let file = patches.iter().find(|file| file.place().path.strip_prefix(folder) == Some(path));
        ledger.require(file.is_some(), patch.place(), || format!("there is no {folder}{path}"));
        if let Some((file, object)) = file.zip(found) {
            tested(*file, object, ledger);
        }
    }
    for patch in patches {
        let path = patch.place().path;
        ledger.require(listed.contains(path), patch.place(), || "no kustomization names this patch".to_owned());
    }
}

/// What a patch takes for granted is so. What an operation has moved is not looked at any more: it is elsewhere then.
fn tested<'a>(patch: Located<'a>, object: Object<'a>, ledger: &mut Ledger<'a>) {
    let mut moved: Vec<&str> = Vec::new();
    for operation in patch.items(&[]) {
        let pointer = operation.text_or(&["path"], "");
        let around = pointer.rsplit_once('/').map_or(pointer, |(around, _)| around);
        match operation.text_or(&["op"], "") {
            "test" if !moved.iter().any(|place| pointer.starts_with(place)) => {
                let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
                let steps: Vec<String> = steps.collect();
                let found = object.at.text(&steps.iter().map(String::as_str).collect::<Vec<_>>());
                let expected = operation.text(&["value"]);
                ledger.require(expected.is_none() || found == expected, operation.place(), || {
                    format!("{} `{}` is not so at {pointer}", object.kind, object.name)
                });
            }
            "add" | "remove" | "move" => moved.push(around),
            _ => {}
        }
    }
}
