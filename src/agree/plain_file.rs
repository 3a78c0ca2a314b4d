//! What `.env.example`, the Caddyfile and DEPLOY.md say.

use super::ledger::{About, Fact, Ledger, Place};
use super::{Said, shares, sorted};
use crate::generate::Artifact;
use crate::plan::Plan;
use std::collections::BTreeSet;

/// The keys of `.env.example`.
pub fn env_example<'a>(file: &'a Artifact, ledger: &mut Ledger<'a>) {
    let lines = file.text.lines().filter(|line| !line.starts_with('#'));
    let keys = lines.filter_map(|line| Some(line.split_once('=')?.0));
    ledger.state(Fact::SecretKeys, sorted(keys), Place { path: &file.path, line: Some(0) });
}

/// The hosts of the Caddyfile, and where they lead.
pub fn caddyfile<'a>(file: &'a Artifact, ledger: &mut Ledger<'a>) {
    let mut host = "";
    for (number, line) in file.text.lines().enumerate() {
        let place = Place { path: &file.path, line: Some(number) };
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [site, "{"] if !line.starts_with('\t') => {
                let (scheme, name) = site.split_once("://").unwrap_or(("https", site));
                host = name;
                ledger.state(Fact::Scheme(name.to_owned()), scheme, place);
            }
            ["reverse_proxy", target, "{"] => ledger.state(Fact::Route(host.to_owned()), target, place),
            ["dynamic", "a", service, port, "{"] => {
                ledger.state(Fact::Route(host.to_owned()), format!("{service}:{port}"), place);
            }
            _ => {}
        }
    }
}

/// The files that DEPLOY.md lists, and what its commands name.
pub fn guide<'a>(file: &'a Artifact, artifacts: &'a [Artifact], said: &mut Said<'a>, ledger: &mut Ledger<'a>) {
    let (mut files, mut workloads) = (BTreeSet::new(), BTreeSet::new());
    let start = Place { path: &file.path, line: Some(0) };
    let mut environment = "";
    for (number, line) in file.text.lines().enumerate() {
        let place = Place { path: &file.path, line: Some(number) };
        if line.starts_with('#') {
            environment = line.strip_prefix("### The environment `").map_or("", |rest| rest.trim_end_matches('`'));
        }
        files.extend(line.strip_prefix("- `").and_then(|line| line.strip_suffix('`')));
        let Some(command) = line.strip_prefix("    ") else { continue };
        let words: Vec<&str> = command.split_whitespace().collect();
        let after = |option: &str| words.iter().skip_while(|word| **word != option).nth(1).copied();
        if words.first() == Some(&"kubectl") {
            if let Some(namespace) = after("--namespace") {
                ledger.state(Fact::Namespace(environment.to_owned()), namespace, place);
            }
            if let Some(file) = after("--filename") {
                let is_there = artifacts.iter().any(|artifact| artifact.path == file);
                ledger.require(is_there, place, || format!("there is no {file}"));
            }
        }
        match words.as_slice() {
            ["docker", "build", ..] => {
                let (image, dockerfile) = (after("--tag").unwrap_or_default(), after("--file").unwrap_or_default());
                let context = words.last().copied().unwrap_or_default().trim_matches('.');
                said.builds.insert(image.to_owned(), dockerfile.to_owned());
                said.contexts.insert(dockerfile.to_owned(), context.to_owned());
                ledger.state(Fact::Build(image.to_owned()), dockerfile, place);
                said.is_run(image, place, ledger);
            }
            ["docker", "push", image] => said.is_run(image, place, ledger),
            ["kubectl", "create", "secret", "generic", name, ..] => ledger.state(Fact::Secret, name, place),
            ["kubectl", "rollout", "status", .., workload] => {
                workloads.insert((*workload).to_owned());
            }
            ["for", "key", "in", ..] => {
                let keys = words.iter().skip(3).map(|key| key.trim_end_matches(';')).take_while(|key| *key != "do");
                ledger.state(Fact::FileKeys, sorted(keys), place);
            }
            ["(crontab", ..] => schedule(command, place, ledger),
            ["curl", .., address] => address_of(address, place, said, ledger),
            _ => {}
        }
    }
    let others = artifacts.iter().map(|artifact| artifact.path.as_str()).filter(|path| *path != file.path);
    ledger.state(Fact::Files, sorted(others), start);
    ledger.state(Fact::Files, sorted(files), start);
    if !workloads.is_empty() || ledger.said(&Fact::Workloads).next().is_some() {
        ledger.state(Fact::Workloads, sorted(workloads), start);
    }
}

/// At which times the server's own cron runs a service.
fn schedule<'a>(command: &str, place: Place<'a>, ledger: &mut Ledger<'a>) {
    let line = command.split_once("echo \"").and_then(|(_, rest)| rest.split_once('"'));
    let Some((line, _)) = line else { return };
    let words: Vec<&str> = line.split_whitespace().collect();
    if let Some(service) = words.last() {
        ledger.state_of(service, About::Schedule, words.iter().take(5).copied().collect::<Vec<_>>().join(" "), place);
    }
}

/// How the person asks a service that is public.
fn address_of<'a>(address: &str, place: Place<'a>, said: &Said<'a>, ledger: &mut Ledger<'a>) {
    let Some((scheme, rest)) = address.split_once("://") else { return };
    let host = rest.split('/').next().unwrap_or_default();
    if host.starts_with("127.0.0.1") {
        let port = host.rsplit(':').next().unwrap_or_default();
        let is_open = said.published.contains(port);
        ledger.require(is_open, place, || format!("no service has the port {port} of the server"));
    } else {
        ledger.state(Fact::Scheme(host.to_owned()), scheme, place);
    }
}

/// The plan's figures of a service.
pub fn plan(plan: &Plan, ledger: &mut Ledger) {
    let place = Place { path: "the plan", line: None };
    for service in &plan.services {
        let name = service.service.as_str();
        ledger.state_of(name, About::Memory, service.container.limit.kubernetes(), place);
        ledger.state_of(name, About::Cpu, service.container.cpu.kubernetes(), place);
        ledger.state_of(name, About::CpuShares, shares(service.container.cpu), place);
        ledger.state_of(name, About::Replicas, service.steady.replicas, place);
    }
    ledger.state(Fact::Services, sorted(plan.services.iter().map(|service| service.service.as_str())), place);
}
