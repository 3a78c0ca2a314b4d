//! What compose.yaml says.

use super::ledger::{About, Fact, Ledger, Place};
use super::shell::steps_and_program;
use super::yaml_file::Located;
use super::{Said, question, sorted};
use crate::quantity::Memory;
use crate::sorting;
use std::collections::{BTreeMap, BTreeSet};

/// The services of compose.yaml: the topology's, their first steps, and the proxy.
pub struct Compose<'a> {
    services: BTreeMap<&'a str, Located<'a>>,
    /// For each one-shot service the one that waits for it.
    steps: BTreeMap<&'a str, &'a str>,
    proxy: Option<&'a str>,
}

/// The state of a service that has done what it is for.
const COMPLETED: &str = "service_completed_successfully";

/// Reads the file and states what it says.
pub fn read<'a>(root: Located<'a>, said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
    let compose = Compose::new(root);
    ledger.state(Fact::Name, root.text_or(&["name"], ""), root.place_of(&["name"]));
    let names: Vec<&str> = compose.serving().map(|(name, _)| name).collect();
    ledger.state(Fact::Services, sorted(names), root.place_of(&["services"]));
    let mut keys = BTreeSet::new();
    for (name, service) in compose.serving() {
        compose.serve(name, service, said, ledger);
        let needs = compose.needs(service).map(|(needed, at)| (needed.to_owned(), at.place()));
        said.needs.insert(name.to_owned(), needs.collect());
    }
    for (name, service) in &compose.services {
        let owner = compose.steps.get(name).copied().unwrap_or(name);
        if compose.proxy != Some(*name) {
            container(owner, *service, ledger, &mut keys);
            hardened(name, *service, ledger);
        }
        mounts(root, *service, ledger);
        compose.order(name, *service, ledger);
        build(*service, said, ledger);
    }
    ledger.state(Fact::SecretKeys, sorted(keys), root.place_of(&["services"]));
    let files: Vec<&str> = root.entries(&["secrets"]).map(|(key, _)| key).collect();
    if !files.is_empty() {
        ledger.state(Fact::FileKeys, sorted(files), root.place_of(&["secrets"]));
    }
    compose.no_circle(root.place_of(&["services"]), ledger);
}

impl<'a> Compose<'a> {
    fn new(root: Located<'a>) -> Self {
        let services = sorting::map(root.entries(&["services"]));
        let ended = services.values().flat_map(|service| service.entries(&["depends_on"]));
        let ended: BTreeSet<&str> =
            ended.filter(|(_, how)| how.text(&["condition"]) == Some(COMPLETED)).map(|(name, _)| name).collect();
        let mut steps = BTreeMap::new();
        // Each step is waited for by the next, and the last by its service.
        for (name, service) in services.iter().filter(|(name, _)| !ended.contains(*name)) {
            let mut open: Vec<Located> = vec![*service];
            while let Some(waiting) = open.pop() {
                let waited = waiting.entries(&["depends_on"]).filter(|(other, _)| ended.contains(other));
                for (other, step) in waited.filter_map(|(other, _)| Some((other, services.get(other)?))) {
                    steps.insert(other, *name);
                    open.push(*step);
                }
            }
        }
        let leads_others = |service: &Located| {
            let mut sources = service.items(&["volumes"]).filter_map(|mount| mount.text(&["source"]));
            sources.any(|source| ["./Caddyfile", "./traefik-routes.yaml"].contains(&source))
        };
        let proxy = services.iter().find(|(_, service)| leads_others(service)).map(|(name, _)| *name);
        Self { services, steps, proxy }
    }

    /// What is in the topology, too.
    fn serving(&self) -> impl Iterator<Item = (&'a str, Located<'a>)> {
        let is_added = |name: &&str| self.steps.contains_key(name) || self.proxy == Some(*name);
        self.services.iter().filter(move |(name, _)| !is_added(name)).map(|(name, service)| (*name, *service))
    }

    /// What a service waits for, but for its own steps.
    fn needs(&self, service: Located<'a>) -> impl Iterator<Item = (&'a str, Located<'a>)> {
        service.entries(&["depends_on"]).filter(|(name, _)| !self.steps.contains_key(name))
    }

    /// What only the service itself says, and none of its steps.
    fn serve(&self, name: &str, service: Located<'a>, said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
        let command = service.texts(&["command"]).map(|words| words.iter().map(|word| literal(word)).collect());
        let (mut steps, program) = steps_and_program(command.unwrap_or_default());
        let own_steps = self.steps.iter().filter(|(_, owner)| **owner == name);
        steps.extend(own_steps.filter_map(|(step, _)| {
            let words = self.services.get(step)?.texts(&["command"])?;
            Some(words.iter().map(|word| literal(word)).collect())
        }));
        sorting::sort(&mut steps);
        ledger.state_of(name, About::Steps, format!("{steps:?}"), service.place());
        said.runs(name, &literal(service.text_or(&["image"], "")), &program, service.place_of(&["command"]), ledger);
        let replicas = service.text_or(&["deploy", "replicas"], "1");
        ledger.state_of(name, About::Replicas, replicas, service.place_of(&["deploy", "replicas"]));
        let grace = service.text_or(&["stop_grace_period"], "").trim_end_matches('s');
        ledger.state_of(name, About::Grace, grace, service.place_of(&["stop_grace_period"]));
        for port in service.items(&["ports"]) {
            let mut ports = port.node.text().unwrap_or_default().rsplit(':');
            ledger.state_of(name, About::Port, ports.next().unwrap_or_default(), port.place());
            said.published.extend(ports.next().map(str::to_owned));
        }
        health(name, service, ledger);
    }

    /// Whether what a service waits for can come about.
    fn order(&self, name: &str, service: Located<'a>, ledger: &mut Ledger<'a>) {
        for (other, how) in service.entries(&["depends_on"]) {
            let place = how.place();
            let Some(waited) = self.services.get(other) else {
                ledger.require(false, place, || format!("`{name}` waits for `{other}`, which is not there"));
                continue;
            };
            let (holds, lacks) = match how.text_or(&["condition"], "") {
                "service_healthy" => (waited.at(&["healthcheck"]).is_some(), "has no health check"),
                COMPLETED => (waited.text(&["restart"]) == Some("no"), "does not end"),
                _ => (waited.text(&["restart"]) != Some("no"), "may have ended before"),
            };
            ledger.require(holds, place, || format!("`{name}` waits for `{other}`, which {lacks}"));
        }
        // What has a profile starts when it is asked for.
        if service.text(&["restart"]) == Some("no") && service.at(&["profiles"]).is_none() {
            let place = service.place();
            ledger.require(self.steps.contains_key(name), place, || format!("nothing waits for `{name}` to end"));
        }
    }

    fn no_circle(&self, place: Place<'a>, ledger: &mut Ledger<'a>) {
        let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
        let mut waited: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, service) in &self.services {
            let others = service.entries(&["depends_on"]).filter(|(other, _)| self.services.contains_key(other));
            for (other, _) in others {
                *waiting.entry(name).or_default() += 1;
                waited.entry(other).or_default().push(name);
            }
        }
        let mut ready: Vec<&str> = self.services.keys().copied().filter(|name| !waiting.contains_key(name)).collect();
        while let Some(name) = ready.pop() {
            for next in waited.get(name).into_iter().flatten() {
                if let Some(left) = waiting.get_mut(next) {
                    *left -= 1;
                    if *left == 0 {
                        waiting.remove(next);
                        ready.push(next);
                    }
                }
            }
        }
        let stuck = waiting.keys().next();
        ledger.require(stuck.is_none(), place, || {
            format!("`{}` waits for itself, over others", stuck.copied().unwrap_or_default())
        });
    }
}

/// What a service and its steps say alike.
fn container<'a>(owner: &str, service: Located<'a>, ledger: &mut Ledger<'a>, keys: &mut BTreeSet<String>) {
    let mut state = |about: About, said: String, path: &[&str]| {
        ledger.state_of(owner, about, said, service.place_of(path));
    };
    state(About::Image, literal(service.text_or(&["image"], "")), &["image"]);
    state(About::User, service.text_or(&["user"], "the image's own").to_owned(), &["user"]);
    for path in [&["deploy", "resources", "limits", "memory"][..], &["deploy", "resources", "reservations", "memory"]] {
        state(About::Memory, memory(service.text(path)), path);
    }
    state(About::Memory, memory(service.text(&["memswap_limit"])), &["memswap_limit"]);
    state(About::CpuShares, service.text_or(&["cpu_shares"], "none").to_owned(), &["cpu_shares"]);
    let folders = service.texts(&["tmpfs"]).unwrap_or_default();
    let folders = folders.iter().map(|mount| literal(mount.split(':').next().unwrap_or_default()));
    state(About::Writable, sorted(folders), &["tmpfs"]);
    let disk = service.items(&["volumes"]).find(|mount| mount.text(&["type"]) == Some("volume"));
    let folder = disk.and_then(|disk| disk.text(&["target"])).map_or_else(|| "none".to_owned(), literal);
    ledger.state_of(owner, About::Disk, folder, disk.unwrap_or(service).place());
    for mount in service.items(&["tmpfs"]) {
        let options = mount.node.text().unwrap_or_default().split([':', ',']);
        let option = |name: &str| options.clone().find_map(|option| option.strip_prefix(name)).unwrap_or_default();
        ledger.state_of(owner, About::User, format!("{}:{}", option("uid="), option("gid=")), mount.place());
    }
    variables(owner, service, ledger, keys);
}

fn variables<'a>(owner: &str, service: Located<'a>, ledger: &mut Ledger<'a>, keys: &mut BTreeSet<String>) {
    let names = service.entries(&["environment"]).map(|(name, _)| name);
    ledger.state_of(owner, About::Variables, sorted(names), service.place_of(&["environment"]));
    let files = service.texts(&["secrets"]).unwrap_or_default();
    keys.extend(files.iter().cloned());
    ledger.state_of(owner, About::SecretFiles, sorted(files), service.place_of(&["secrets"]));
    for (name, value) in service.entries(&["environment"]) {
        let text = value.node.text().unwrap_or_default();
        let said = match secret_key(text) {
            Some(key) => {
                keys.insert(key.to_owned());
                format!("the secret {key}")
            }
            None => literal(text),
        };
        ledger.state_of(owner, About::Variable(name.to_owned()), said, value.place());
    }
}

/// What is asked, and at which port.
fn health<'a>(name: &str, service: Located<'a>, ledger: &mut Ledger<'a>) {
    let Some(test) = service.texts(&["healthcheck", "test"]) else { return };
    let place = service.place_of(&["healthcheck", "test"]);
    let words: Vec<String> = test.iter().skip(1).map(|word| literal(word)).collect();
    let question = question::of_command(&words);
    ledger.state_of(name, About::Health, question.asked, place);
    if let Some(port) = question.port {
        ledger.state_of(name, About::Port, port, place);
    }
}

/// A root that nobody writes to needs a folder for what every program leaves behind.
fn hardened<'a>(name: &str, service: Located<'a>, ledger: &mut Ledger<'a>) {
    if service.text(&["read_only"]) != Some("true") {
        return;
    }
    let temporary = service.texts(&["tmpfs"]).unwrap_or_default();
    let mut folders = temporary.iter().map(|mount| mount.split(':').next().unwrap_or_default());
    let is_disk = service.items(&["volumes"]).any(|mount| mount.text(&["target"]) == Some("/tmp"));
    let holds = is_disk || folders.any(|folder| folder == "/tmp");
    ledger.require(holds, service.place_of(&["read_only"]), || {
        format!("the root of `{name}` is read-only, and there is no /tmp")
    });
}

/// What is mounted is declared, and so are secrets.
fn mounts<'a>(root: Located<'a>, service: Located<'a>, ledger: &mut Ledger<'a>) {
    for mount in service.items(&["volumes"]).filter(|mount| mount.text(&["type"]) == Some("volume")) {
        let volume = mount.text_or(&["source"], "");
        let is_declared = root.at(&["volumes", volume]).is_some();
        ledger.require(is_declared, mount.place(), || format!("the volume `{volume}` is not declared"));
    }
    for secret in service.items(&["secrets"]) {
        let name = secret.node.text().unwrap_or_default();
        let file = root.text(&["secrets", name, "file"]);
        let is_its_own = file.is_some_and(|file| file.rsplit('/').next() == Some(name));
        ledger.require(is_its_own, secret.place(), || format!("the secret `{name}` is no file of its own"));
    }
    for network in service.items(&["networks"]) {
        let name = network.node.text().unwrap_or_default();
        let is_declared = name == "default" || root.at(&["networks", name]).is_some();
        ledger.require(is_declared, network.place(), || format!("the network `{name}` is not declared"));
    }
}

/// From which Dockerfile the image is built.
fn build<'a>(service: Located<'a>, said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
    let Some(build) = service.at(&["build"]) else { return };
    let context = literal(build.text_or(&["context"], "."));
    let context = context.trim_start_matches("./").trim_matches('.');
    let dockerfile = literal(build.text_or(&["dockerfile"], "Dockerfile"));
    let path = if context.is_empty() { dockerfile } else { format!("{context}/{dockerfile}") };
    let image = literal(service.text_or(&["image"], ""));
    said.contexts.insert(path.clone(), context.to_owned());
    ledger.state(Fact::Build(image.clone()), &path, build.place());
    said.builds.insert(image, path);
}

/// The key of a secret that Compose replaces by its value.
fn secret_key(text: &str) -> Option<&str> {
    Some(text.strip_prefix("${")?.split_once(":?")?.0)
}

/// The text that Compose makes of one without variables.
fn literal(text: &str) -> String {
    text.replace("$$", "$")
}

fn memory(text: Option<&str>) -> String {
    let read = text.and_then(|text| Memory::from_compose(text).ok());
    read.map_or_else(|| "no limit".to_owned(), Memory::kubernetes)
}
