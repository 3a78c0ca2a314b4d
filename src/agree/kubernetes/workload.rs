//! What Deployments, StatefulSets and Jobs say of their pods.

use super::super::ledger::{About, Fact, Ledger, Place};
use super::super::shell::steps_and_program;
use super::super::yaml_file::Located;
use super::super::{Said, question, shares, sorted};
use super::{NAME, Object, Objects, selects};
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use std::collections::{BTreeMap, BTreeSet};

/// How containers that run a step before a start are called.
const STEP: &str = "before-start-";

/// The steps of each service, with the place of the last that was found.
type Steps<'a> = BTreeMap<&'a str, (Vec<Vec<String>>, Place<'a>)>;

/// What only all manifests together say.
const ALL: Place = Place { path: "k8s/", line: None };

/// Reads what makes pods.
pub fn read<'a>(objects: &Objects<'a>, said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
    let mut steps = Steps::new();
    let (mut keys, mut services, mut workloads) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (object, template) in objects.workloads() {
        let Some(spec) = template.at(&["spec"]) else { continue };
        let service = spec.text_or(&["serviceAccountName"], "");
        account(objects, service, spec, ledger);
        waits(objects, service, spec, ledger);
        claims(objects, spec, ledger);
        user(service, spec, ledger);
        for container in own_containers(spec) {
            common(service, container, object, spec, ledger);
            variables(service, container, objects, &mut keys, ledger);
            secret_files(service, container, spec, &mut keys, ledger);
        }
        if let Some(schedule) = object.at.at(&["spec", "schedule"]) {
            ledger.state_of(service, About::Schedule, schedule.node.text().unwrap_or_default(), schedule.place());
        }
        let found = steps.entry(service).or_insert_with(|| (Vec::new(), spec.place()));
        let serves = object.kind != "Job";
        for container in own_containers(spec) {
            let words = container.texts(&["args"]).unwrap_or_default().iter().map(|word| literal(word)).collect();
            if container.text_or(&["name"], "").starts_with(STEP) {
                found.0.push(words);
                continue;
            }
            let (first_steps, program) = steps_and_program(words);
            found.0.extend(first_steps);
            said.runs(service, container.text_or(&["image"], ""), &program, container.place_of(&["args"]), ledger);
            serve(service, container, spec, ledger);
        }
        if serves {
            services.insert(template.text_or(&["metadata", "labels", NAME], ""));
            if object.kind != "CronJob" {
                workloads.insert(format!("{}/{}", object.kind.to_ascii_lowercase(), object.name));
            }
            replicas(service, object, objects, ledger);
            found_by_selector(object, template, ledger);
        }
    }
    for (service, (mut steps, place)) in steps {
        sorting::sort(&mut steps);
        ledger.state_of(service, About::Steps, format!("{steps:?}"), place);
    }
    ledger.state(Fact::Services, sorted(services), ALL);
    ledger.state(Fact::Workloads, sorted(workloads), ALL);
    ledger.state(Fact::SecretKeys, sorted(keys), ALL);
}

/// Reads what makes pods in one environment only: a Job of its own.
pub fn of_overlay<'a>(
    environment: &str,
    objects: &Objects<'a>,
    object: Object<'a>,
    template: Located<'a>,
    ledger: &mut Ledger<'a>,
) {
    let Some(spec) = template.at(&["spec"]) else { return };
    let account_name = spec.text_or(&["serviceAccountName"], "");
    account(objects, account_name, spec, ledger);
    waits(objects, account_name, spec, ledger);
    // What it says of the service holds in this environment only.
    let service = format!("{account_name} in {environment}");
    user(&service, spec, ledger);
    for container in own_containers(spec) {
        common(&service, container, object, spec, ledger);
    }
}

/// The containers of a service and its steps; none that only waits for something.
fn own_containers(spec: Located<'_>) -> impl Iterator<Item = Located<'_>> {
    let is_step = |container: &Located| container.text_or(&["name"], "").starts_with(STEP);
    spec.items(&["initContainers"]).filter(is_step).chain(spec.items(&["containers"]))
}

/// Jobs that a pod waits for are there, and so is the right to look at them.
fn waits<'a>(objects: &Objects<'a>, service: &str, spec: Located<'a>, ledger: &mut Ledger<'a>) {
    for container in spec.items(&["initContainers"]).filter(|container| container.at(&["command"]).is_some()) {
        for word in container.items(&["command"]) {
            let Some(job) = word.node.text().and_then(|word| word.strip_prefix("job/")) else { continue };
            let is_there = objects.named("Job", job).is_some();
            ledger.require(is_there, word.place(), || {
                format!("`{service}` waits for the Job `{job}`, which is not there")
            });
            let names_job = |role: Object| {
                let mut names = role.at.items(&["rules"]).flat_map(|rule| rule.items(&["resourceNames"]));
                names.any(|name| name.node.text() == Some(job))
            };
            let binds = |binding: Object| {
                let role = objects.named("Role", binding.at.text_or(&["roleRef", "name"], ""));
                let mut subjects = binding.at.items(&["subjects"]);
                role.is_some_and(names_job) && subjects.any(|subject| subject.text(&["name"]) == Some(service))
            };
            let may = objects.of("RoleBinding").any(binds);
            ledger.require(may, word.place(), || {
                format!("`{service}` may not look at the Job `{job}`, for which it waits")
            });
        }
    }
}

/// A claim that a pod names is there.
fn claims<'a>(objects: &Objects<'a>, spec: Located<'a>, ledger: &mut Ledger<'a>) {
    for volume in spec.items(&["volumes"]) {
        if let Some(claim) = volume.text(&["persistentVolumeClaim", "claimName"]) {
            let is_there = objects.named("PersistentVolumeClaim", claim).is_some();
            ledger.require(is_there, volume.place(), || format!("there is no claim `{claim}`"));
        }
    }
}

fn account<'a>(objects: &Objects<'a>, service: &str, spec: Located<'a>, ledger: &mut Ledger<'a>) {
    let is_there = objects.named("ServiceAccount", service).is_some();
    ledger.require(is_there, spec.place_of(&["serviceAccountName"]), || {
        format!("there is no ServiceAccount `{service}`")
    });
}

/// As whom the pods run; never root where that is refused.
fn user<'a>(service: &str, spec: Located<'a>, ledger: &mut Ledger<'a>) {
    let path = |key: &'static str| ["securityContext", key];
    let text = |key: &'static str| spec.text_or(&path(key), "the image's own");
    let (user, group) = (text("runAsUser"), text("runAsGroup"));
    let place = spec.place_of(&path("runAsUser"));
    ledger.state_of(service, About::User, format!("{user}:{group}"), place);
    let holds = text("runAsNonRoot") != "true" || user != "0";
    ledger.require(holds, place, || format!("`{service}` runs as root, which `runAsNonRoot` refuses"));
    let owner = text("fsGroup");
    ledger.require(owner == group, spec.place_of(&path("fsGroup")), || {
        format!("disks of `{service}` are given to group {owner}, and it runs as group {group}")
    });
}

/// What a service's container and those of its steps say alike.
fn common<'a>(service: &str, container: Located<'a>, object: Object<'a>, spec: Located<'a>, ledger: &mut Ledger<'a>) {
    let mut state = |about: About, said: String, path: &[&str]| {
        ledger.state_of(service, about, said, container.place_of(path));
    };
    state(About::Image, container.text_or(&["image"], "").to_owned(), &["image"]);
    for path in [&["resources", "requests", "memory"], &["resources", "limits", "memory"]] {
        let memory = container.text(path).and_then(|text| Memory::from_kubernetes(text).ok());
        state(About::Memory, memory.map_or_else(|| "no limit".to_owned(), Memory::kubernetes), path);
    }
    let cpu = ["resources", "requests", "cpu"];
    let asked = container.text(&cpu).and_then(|text| text.parse::<Cpu>().ok()).unwrap_or_default();
    state(About::Cpu, asked.kubernetes(), &cpu);
    state(About::CpuShares, shares(asked).to_string(), &cpu);

    let empty: BTreeSet<&str> = spec
        .items(&["volumes"])
        .filter(|volume| volume.at(&["emptyDir"]).is_some())
        .filter_map(|volume| volume.text(&["name"]))
        .collect();
    let claimed = object.at.items(&["spec", "volumeClaimTemplates"]);
    let claimed = claimed.filter_map(|claim| claim.text(&["metadata", "name"]));
    let disks_of_pod = spec.items(&["volumes"]).filter(|volume| volume.at(&["persistentVolumeClaim"]).is_some());
    let claims = sorting::set(disks_of_pod.filter_map(|volume| volume.text(&["name"])).chain(claimed));
    let mounted = |names: &BTreeSet<&str>| -> Vec<String> {
        let is_one = |mount: &Located| mount.text(&["name"]).is_some_and(|name| names.contains(name));
        let paths = container.items(&["volumeMounts"]).filter(is_one);
        paths.filter_map(|mount| mount.text(&["mountPath"])).map(str::to_owned).collect()
    };
    let (folders, disks) = (mounted(&empty), mounted(&claims));
    let has_temporary = folders.iter().chain(&disks).any(|folder| folder == "/tmp");
    state(About::Writable, sorted(folders), &["volumeMounts"]);
    state(About::Disk, disks.first().cloned().unwrap_or_else(|| "none".to_owned()), &["volumeMounts"]);
    let root = ["securityContext", "readOnlyRootFilesystem"];
    let holds = container.text(&root) != Some("true") || has_temporary;
    ledger.require(holds, container.place_of(&root), || {
        format!("the root of `{service}` is read-only, and there is no /tmp")
    });
    for mount in container.items(&["volumeMounts"]) {
        let name = mount.text_or(&["name"], "");
        let is_there =
            claims.contains(name) || spec.items(&["volumes"]).any(|volume| volume.text(&["name"]) == Some(name));
        ledger.require(is_there, mount.place(), || format!("there is no volume `{name}`"));
    }
}

/// The variables, plain ones of the ConfigMap and secret ones by key.
fn variables<'a>(
    service: &str,
    container: Located<'a>,
    objects: &Objects<'a>,
    keys: &mut BTreeSet<String>,
    ledger: &mut Ledger<'a>,
) {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for from in container.items(&["envFrom"]) {
        let name = from.text_or(&["configMapRef", "name"], "");
        let map = objects.named("ConfigMap", name);
        ledger.require(map.is_some(), from.place(), || format!("there is no ConfigMap `{name}`"));
        for (name, value) in map.into_iter().flat_map(|map| map.at.entries(&["data"])) {
            names.insert(name);
            let text = value.node.text().unwrap_or_default();
            ledger.state_of(service, About::Variable(name.to_owned()), text, value.place());
        }
    }
    for variable in container.items(&["env"]) {
        let name = variable.text_or(&["name"], "");
        let said = match variable.at(&["valueFrom", "secretKeyRef"]) {
            Some(reference) => {
                ledger.state(Fact::Secret, reference.text_or(&["name"], ""), reference.place());
                let key = reference.text_or(&["key"], "");
                keys.insert(key.to_owned());
                format!("the secret {key}")
            }
            None => literal(variable.text_or(&["value"], "")),
        };
        names.insert(name);
        ledger.state_of(service, About::Variable(name.to_owned()), said, variable.place());
    }
    ledger.state_of(service, About::Variables, sorted(names), container.place_of(&["env"]));
}

/// The secrets that are mounted as files.
fn secret_files<'a>(
    service: &str,
    container: Located<'a>,
    spec: Located<'a>,
    keys: &mut BTreeSet<String>,
    ledger: &mut Ledger<'a>,
) {
    let is_mounted = |volume: &Located| {
        let name = volume.text(&["name"]);
        container.items(&["volumeMounts"]).any(|mount| mount.text(&["name"]) == name)
    };
    let mut files = BTreeSet::new();
    for volume in spec.items(&["volumes"]).filter(|volume| volume.at(&["secret"]).is_some()).filter(is_mounted) {
        let name = volume.text_or(&["secret", "secretName"], "");
        ledger.state(Fact::Secret, name, volume.place_of(&["secret", "secretName"]));
        for item in volume.items(&["secret", "items"]) {
            keys.insert(item.text_or(&["key"], "").to_owned());
            files.insert(item.text_or(&["path"], ""));
        }
    }
    ledger.state_of(service, About::SecretFiles, sorted(files), container.place_of(&["volumeMounts"]));
}

/// What only the serving container says.
fn serve<'a>(service: &str, container: Located<'a>, spec: Located<'a>, ledger: &mut Ledger<'a>) {
    for port in container.items(&["ports"]) {
        ledger.state_of(service, About::Port, port.text_or(&["containerPort"], ""), port.place());
    }
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"].iter().filter_map(|probe| container.at(&[probe])) {
        let asked = probe.at(&["httpGet"]).or_else(|| probe.at(&["tcpSocket"]));
        if let Some(asked) = asked {
            let port = asked.text_or(&["port"], "");
            let listens =
                |listening: Located| [["name"], ["containerPort"]].iter().any(|key| listening.text(key) == Some(port));
            let is_open = container.items(&["ports"]).any(listens);
            ledger.require(is_open, asked.place(), || format!("the container has no port `{port}`"));
        }
        let get = probe.at(&["httpGet"]).map(|get| {
            let mut headers = get.items(&["httpHeaders"]);
            let host = headers.find(|header| header.text(&["name"]) == Some("Host"));
            question::get(get.text_or(&["path"], "/"), host.and_then(|host| host.text(&["value"])))
        });
        let said = get.unwrap_or_else(|| match probe.texts(&["exec", "command"]) {
            Some(words) => question::of_command(&words.iter().map(|word| literal(word)).collect::<Vec<_>>()).asked,
            None => question::CONNECTION.to_owned(),
        });
        ledger.state_of(service, About::Health, said, probe.place());
    }
    let number = |at: Located, path: &[&str]| at.text(path).and_then(|text| text.parse::<u64>().ok());
    let grace = number(spec, &["terminationGracePeriodSeconds"]).unwrap_or(30);
    let sleep = number(container, &["lifecycle", "preStop", "sleep", "seconds"]).unwrap_or_default();
    let place = spec.place_of(&["terminationGracePeriodSeconds"]);
    ledger.state_of(service, About::Grace, grace.saturating_sub(sleep), place);
}

fn replicas<'a>(service: &str, object: Object<'a>, objects: &Objects<'a>, ledger: &mut Ledger<'a>) {
    let target = ["spec", "scaleTargetRef"];
    let scales = |autoscaler: &Object| {
        autoscaler.at.text(&[&target[..], &["name"]].concat()) == Some(object.name)
            && autoscaler.at.text(&[&target[..], &["kind"]].concat()) == Some(object.kind)
    };
    let (at, path) = match objects.of("HorizontalPodAutoscaler").find(scales) {
        Some(autoscaler) => (autoscaler.at, ["spec", "minReplicas"]),
        None => (object.at, ["spec", "replicas"]),
    };
    if object.kind != "CronJob" {
        ledger.state_of(service, About::Replicas, at.text_or(&path, "1"), at.place_of(&path));
    }
}

fn found_by_selector<'a>(object: Object<'a>, template: Located<'a>, ledger: &mut Ledger<'a>) {
    let Some((selector, labels)) = object.at.at(&["spec", "selector"]).zip(template.at(&["metadata", "labels"])) else {
        return;
    };
    ledger.require(selects(selector, labels), selector.place(), || {
        format!("the selector of `{}` finds none of its own pods", object.name)
    });
}

/// The text that Kubernetes makes of one in which it replaces `$(NAME)` and reads `$$` as `$`.
fn literal(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        read.push(letter);
        if letter == '$' {
            letters.next_if_eq(&'$');
        }
    }
    read
}
