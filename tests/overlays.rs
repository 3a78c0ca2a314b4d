//! The overlay of an environment, applied to the base, gives exactly the objects of the environment's own topology.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod kustomize;

use kustomize::documents::documents;
use kustomize::{Objects, build, differences, files, read};
use plimsoll::analyze;
use plimsoll::generate::artifacts;
use plimsoll::topology::Topology;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Of each environment: its name, what the base with its overlay gives, and what its own topology gives.
fn environments(text: &str) -> Vec<(String, Objects, Objects)> {
    let outputs = analyze(text).outputs.unwrap();
    let overlaid = files(&outputs.artifacts());
    let direct = |topology: &Topology| build(&files(&artifacts(topology)), "k8s");
    let environments = outputs.topology.environments.iter().map(|environment| {
        let name = environment.name.to_string();
        let folder = format!("k8s/overlays/{name}");
        (name, build(&overlaid, &folder), direct(&environment.topology))
    });
    environments.collect()
}

#[test]
fn the_example_gives_the_objects_of_each_environment() {
    let built = environments(include_str!("../examples/environments.yaml"));
    assert_eq!(built.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), ["staging", "production"]);
    for (name, overlaid, direct) in built {
        assert_eq!(differences(&overlaid, &direct), [""; 0], "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_base_and_an_overlay_give_the_objects_of_the_environment(text in documents()) {
        let built = environments(&text);
        prop_assert!(!built.is_empty());
        for (name, overlaid, direct) in built {
            prop_assert_eq!(differences(&overlaid, &direct), [""; 0], "{}", name);
        }
    }

    #[test]
    fn every_line_of_a_patch_comes_from_its_environment(text in documents()) {
        let outputs = analyze(&text).outputs.unwrap();
        for artifact in &outputs.artifacts() {
            let Some((environment, file)) =
                artifact.path.strip_prefix("k8s/overlays/").and_then(|path| path.split_once('/')) else { continue };
            let own = format!("environments.{environment}");
            for (line, origin) in artifact.lines().filter(|_| file.starts_with("patches/")) {
                let field = &origin.unwrap().field;
                prop_assert!(field.as_str() == own || field.starts_with(&format!("{own}.")), "{}: {} {}", file, line, field);
            }
        }
    }
}

#[test]
fn a_release_changes_the_tag_in_one_place() {
    let text = include_str!("../examples/environments.yaml");
    for (environment, tag) in [("staging", "newTag: 1.1.0-rc.1"), ("production", "newTag: \"1.0.0\"")] {
        let mut files = files(&analyze(text).outputs.unwrap().artifacts());
        let folder = format!("k8s/overlays/{environment}");
        let kustomization = files.get_mut(&format!("{folder}/kustomization.yaml")).unwrap();
        assert_eq!(kustomization.matches(tag).count(), 1, "{kustomization}");
        *kustomization = kustomization.replace(tag, "newTag: 2.0.0");
        let objects = format!("{:?}", build(&files, &folder));
        assert_eq!(objects.matches("ghcr.io/example/shop:").count(), 2, "the Job and the Deployment");
        assert_eq!(objects.matches("ghcr.io/example/shop:2.0.0").count(), 2, "{objects}");
    }
}

#[test]
fn what_does_not_differ_has_no_file() {
    let outputs = analyze(
        "services: { api: { python: {}, replicas: 2 }, db: { postgres: {} } }\ncluster: {}\n\
         environments: { staging: {}, production: { services: { api: { replicas: 5 } } } }\n",
    );
    let paths = outputs.outputs.unwrap().artifacts().into_iter().map(|artifact| artifact.path);
    let below: Vec<String> = paths.filter(|path| path.starts_with("k8s/")).collect();
    assert_eq!(
        below,
        [
            "k8s/base/api.yaml",
            "k8s/base/db.yaml",
            "k8s/base/kustomization.yaml",
            "k8s/overlays/staging/namespace.yaml",
            "k8s/overlays/staging/kustomization.yaml",
            "k8s/overlays/production/namespace.yaml",
            "k8s/overlays/production/kustomization.yaml",
            "k8s/overlays/production/patches/deployment-api.yaml",
        ]
    );
}

#[test]
#[ignore = "needs kubectl: cargo xtask test runs it"]
fn kustomize_makes_of_an_overlay_what_the_environment_is() {
    let mut runner = TestRunner::deterministic();
    let generated = (0..30).map(|_| documents().new_tree(&mut runner).unwrap().current());
    let mut seen = 0;
    for text in [include_str!("../examples/environments.yaml").to_owned()].into_iter().chain(generated) {
        let outputs = analyze(&text).outputs.unwrap();
        let overlaid = files(&outputs.artifacts());
        for environment in &outputs.topology.environments {
            let folder = format!("k8s/overlays/{}", environment.name);
            let theirs = built(&overlaid, &folder);
            let direct = files(&artifacts(&environment.topology));
            assert_eq!(differences(&theirs, &built(&direct, "k8s")), [""; 0], "{folder} of {text}");
            assert_eq!(differences(&theirs, &build(&overlaid, &folder)), [""; 0], "the tests' own reading of {text}");
            seen += theirs.len();
        }
    }
    assert!(seen > 1000, "{seen} objects");
}

/// The objects of the kustomization in `folder` of these files, as kubectl builds it.
fn built(files: &BTreeMap<String, String>, folder: &str) -> Objects {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kustomize");
    let _ = fs::remove_dir_all(&root);
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let kubectl = Command::new("kubectl").arg("kustomize").arg(root.join(folder)).output();
    let output = kubectl.expect("kubectl is installed: https://kubernetes.io/docs/tasks/tools/");
    assert!(output.status.success(), "{folder}: {}", String::from_utf8_lossy(&output.stderr));
    read(&String::from_utf8(output.stdout).unwrap())
}
