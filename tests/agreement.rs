//! The files agree: one image, one command, one user, one set of variables, one memory figure, whatever the target.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::generate::{Artifact, artifacts};
use plimsoll::quantity::Memory;
use plimsoll::topology::{Stack, Topology};
use serde::Deserialize;
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What every target says of a service.
#[derive(Debug, PartialEq)]
struct Said {
    image: String,
    command: Option<Vec<String>>,
    user: String,
    variables: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
    memory: Memory,
    writable: BTreeSet<String>,
    disk: Option<String>,
}

/// Every example, for both targets.
fn topologies() -> Vec<(&'static str, Topology)> {
    let topology = |text: &str| analyze(text).outputs.unwrap().topology;
    let both = topology(EXAMPLES.iter().find(|(name, _)| *name == "shop").unwrap().1);
    let on_both = |(name, text)| {
        let mut one = topology(text);
        one.server = one.server.or(both.server);
        one.cluster = one.cluster.or(both.cluster.clone());
        // Their own test holds that each is the document with its changes.
        one.environments.clear();
        (name, one)
    };
    EXAMPLES.map(on_both).to_vec()
}

fn documents(artifacts: &[Artifact], path: &str) -> Vec<Value> {
    let file = artifacts.iter().find(|artifact| artifact.path == path).unwrap();
    serde_yaml::Deserializer::from_str(&file.text).map(|document| Value::deserialize(document).unwrap()).collect()
}

fn texts(list: &Value) -> Option<Vec<String>> {
    Some(list.as_sequence()?.iter().map(|item| item.as_str().unwrap().to_owned()).collect())
}

fn in_compose(artifacts: &[Artifact], service: &str) -> Said {
    let compose = documents(artifacts, "compose.yaml").remove(0);
    let said = &compose["services"][service];
    let mut variables = BTreeMap::new();
    let mut secrets = BTreeMap::new();
    for (name, value) in said["environment"].as_mapping().into_iter().flatten() {
        let (name, value) = (name.as_str().unwrap().to_owned(), value.as_str().unwrap());
        match value.strip_prefix("${").and_then(|rest| rest.split_once(":?")) {
            Some((key, _)) => secrets.insert(name, key.to_owned()),
            None => variables.insert(name, value.replace("$$", "$")),
        };
    }
    let mounted = |list: &Value| texts(list).unwrap_or_default();
    Said {
        image: said["image"].as_str().unwrap().to_owned(),
        command: texts(&said["command"]),
        user: said["user"].as_str().unwrap().to_owned(),
        variables,
        secrets,
        memory: Memory::from_compose(said["deploy"]["resources"]["limits"]["memory"].as_str().unwrap()).unwrap(),
        writable: mounted(&said["tmpfs"]).iter().map(|mount| mount.split(':').next().unwrap().to_owned()).collect(),
        disk: said["volumes"][0]["target"].as_str().map(str::to_owned),
    }
}

fn in_kubernetes(artifacts: &[Artifact], service: &str) -> Said {
    let objects = documents(artifacts, &format!("k8s/{service}.yaml"));
    let kind = |kind: &str| objects.iter().find(|object| object["kind"] == kind);
    let workload =
        kind("CronJob").map(|job| &job["spec"]["jobTemplate"]).or(kind("Deployment")).or(kind("StatefulSet"));
    let pod = &workload.unwrap()["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    let mut variables = BTreeMap::new();
    for (name, value) in kind("ConfigMap").and_then(|map| map["data"].as_mapping()).into_iter().flatten() {
        variables.insert(name.as_str().unwrap().to_owned(), value.as_str().unwrap().to_owned());
    }
    let mut secrets = BTreeMap::new();
    for variable in container["env"].as_sequence().into_iter().flatten() {
        let key = variable["valueFrom"]["secretKeyRef"]["key"].as_str().unwrap();
        secrets.insert(variable["name"].as_str().unwrap().to_owned(), key.to_owned());
    }
    let mounts = container["volumeMounts"].as_sequence().into_iter().flatten();
    let (disks, writable): (Vec<_>, Vec<_>) = mounts
        .map(|mount| (mount["name"].as_str().unwrap(), mount["mountPath"].as_str().unwrap().to_owned()))
        .partition(|(name, _)| {
            !pod["volumes"].as_sequence().into_iter().flatten().any(|volume| volume["name"] == *name)
        });
    let user = &pod["securityContext"];
    let number = |value: &Value| value.as_u64().unwrap();
    let limits = &container["resources"]["limits"]["memory"];
    assert_eq!(limits, &container["resources"]["requests"]["memory"], "{service}");
    Said {
        image: container["image"].as_str().unwrap().to_owned(),
        command: texts(&container["args"]),
        user: format!("{}:{}", number(&user["runAsUser"]), number(&user["runAsGroup"])),
        variables,
        secrets,
        memory: Memory::from_kubernetes(limits.as_str().unwrap()).unwrap(),
        writable: writable.into_iter().map(|(_, path)| path).collect(),
        disk: disks.into_iter().next().map(|(_, path)| path),
    }
}

#[test]
fn compose_and_kubernetes_say_the_same_of_every_service() {
    let mut seen = 0;
    for (example, topology) in topologies() {
        let artifacts = artifacts(&topology);
        for (_, service) in topology.running() {
            let name = service.name.as_str();
            let (mut compose, kubernetes) = (in_compose(&artifacts, name), in_kubernetes(&artifacts, name));
            // Compose leaves to the image what its Dockerfile says already.
            if let (None, Some(build)) = (&compose.command, service.build()) {
                compose.command = Some(topology.build(build).command.clone()).filter(|command| !command.is_empty());
            }
            assert_eq!(compose, kubernetes, "{example}: {name}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} services");
}

#[test]
fn the_dockerfile_says_what_the_manifests_rely_on() {
    for (example, topology) in topologies() {
        let artifacts = artifacts(&topology);
        for build in &topology.builds {
            if matches!(build.stack, Stack::Dockerfile { .. }) {
                continue;
            }
            let file = artifacts.iter().find(|artifact| artifact.path == build.dockerfile).unwrap();
            let last = |instruction: &str| {
                let mut lines = file.text.lines().rev();
                lines.find_map(|line| line.strip_prefix(instruction)).map(|rest| rest.trim().to_owned())
            };
            for id in &build.services {
                let service = topology.service(*id);
                let user = format!("{}:{}", service.user.uid, service.user.gid);
                assert_eq!(last("USER").as_deref(), Some(user.as_str()), "{example}: {}", service.name);
            }
            let command: Vec<String> = serde_json::from_str(&last("CMD").unwrap()).unwrap();
            assert_eq!(command, build.command, "{example}");
            assert_eq!(last("EXPOSE"), build.port.map(|port| port.to_string()), "{example}");
        }
    }
}

#[test]
fn every_secret_that_a_file_asks_for_stands_in_the_example() {
    for (example, topology) in topologies() {
        let artifacts = artifacts(&topology);
        let asked: BTreeSet<String> = topology
            .running()
            .flat_map(|(_, service)| in_compose(&artifacts, service.name.as_str()).secrets.into_values())
            .collect();
        let listed = artifacts.iter().find(|artifact| artifact.path == ".env.example");
        let listed: BTreeSet<String> = listed
            .into_iter()
            .flat_map(|file| file.text.lines())
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| Some(line.split_once('=')?.0.to_owned()))
            .collect();
        assert_eq!(asked, listed, "{example}");
    }
}
