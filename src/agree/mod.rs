//! Proof that the files agree: each is read back from its text, and what several say of one thing is compared.
//!
//! Readers know the formats and nothing of what wrote them: they state facts ("the port of `api` is 8000", with file and
//! line), and [`ledger`] compares. Other rules, such as that no `.dockerignore` hides what a build copies, are looked at
//! on the way.
//!
//! This takes as long as writing the files does, and what it finds is a mistake of the generators, which no keystroke
//! mends; so `plimsoll check` runs it, and [`analyze`](crate::analyze) does not.

mod compose;
mod dockerfile;
mod ignore;
mod kubernetes;
mod ledger;
mod plain_file;
mod question;
mod shell;
mod traefik;
mod yaml_file;

use crate::generate::{self, Artifact};
use crate::model::FieldPath;
use crate::plan::{self, Plan};
use crate::quantity::Cpu;
use crate::sorting;
use crate::topology::{Environment, Topology};
use ledger::{About, Ledger, Place};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yaml_file::Document;

/// What came of comparing the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// How many files were read.
    pub files: usize,
    /// How many facts were compared: what at least two places say, and rules between files.
    pub facts: usize,
    /// Where they say different things.
    pub disagreements: Vec<Disagreement>,
}

/// Two places that say different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// What differs, with files and lines, in a sentence without a final full stop.
    pub message: String,
    /// The document's path that one of the lines comes from; empty if none has any.
    pub field: FieldPath,
}

/// Compares the files of a document with one another, and with its plan. Of environments it looks at what their overlays
/// rely on, and compares the files that each would have alone: what its overlay makes of the base.
pub fn agree_all(topology: &Topology, plan: &Plan) -> Agreement {
    let mut all = agree(&generate::artifacts(topology), plan);
    for Environment { topology, .. } in &topology.environments {
        let one = agree(&generate::artifacts(topology), &plan::plan(topology));
        all.facts += one.facts;
        all.disagreements.extend(one.disagreements);
    }
    all
}

/// Compares files with one another, and with the plan.
pub fn agree(artifacts: &[Artifact], plan: &Plan) -> Agreement {
    let (mut compose, mut traefik, mut manifests, mut unreadable) = (None, None, Vec::new(), Vec::new());
    let is_yaml = |file: &&Artifact| Path::new(&file.path).extension().is_some_and(|extension| extension == "yaml");
    for file in artifacts.iter().filter(is_yaml) {
        match yaml_file::documents(file) {
            Ok(mut documents) if file.path == COMPOSE => compose = documents.pop(),
            Ok(mut documents) if file.path == TRAEFIK => traefik = documents.pop(),
            Ok(documents) => manifests.extend(documents),
            Err(place) => unreadable.push(place),
        }
    }
    let mut ledger = Ledger::new(artifacts);
    let mut said = Said::default();
    for place in unreadable {
        ledger.require(false, place, || "this is no YAML".to_owned());
    }
    plain_file::plan(plan, &mut ledger);
    if let Some(compose) = &compose {
        compose::read(compose.root(), &mut said, &mut ledger);
    }
    if let Some((traefik, compose)) = traefik.as_ref().zip(compose.as_ref()) {
        traefik::read(traefik.root(), compose.root(), &mut ledger);
    }
    let objects: Vec<_> = manifests.iter().map(Document::root).collect();
    kubernetes::read(&objects, &mut said, &mut ledger);
    for file in artifacts {
        match file.path.as_str() {
            ".env.example" => plain_file::env_example(file, &mut ledger),
            "Caddyfile" => plain_file::caddyfile(file, &mut ledger),
            "DEPLOY.md" => plain_file::guide(file, artifacts, &mut said, &mut ledger),
            _ => {}
        }
    }
    let is_dockerfile = |file: &&Artifact| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        name.starts_with("Dockerfile") && !name.ends_with(IGNORE)
    };
    for file in artifacts.iter().filter(is_dockerfile) {
        dockerfile::read(file, artifacts, &said, &mut ledger);
    }
    said.commands_of_images(&mut ledger);
    ledger.compare_hosts();
    ledger.settle()
}

const COMPOSE: &str = "compose.yaml";
const TRAEFIK: &str = "traefik-routes.yaml";
const IGNORE: &str = ".dockerignore";

/// What one file says and another needs to be understood.
#[derive(Default)]
struct Said<'a> {
    /// For each service those that it waits for on the server, and where that is said.
    needs: BTreeMap<String, BTreeMap<String, Place<'a>>>,
    /// The image of each service.
    images: BTreeMap<String, String>,
    /// The images that services run in the environments.
    images_of_overlays: BTreeSet<String>,
    /// The services whose command is left to their image, and where.
    left_to_image: Vec<(String, Place<'a>)>,
    /// The Dockerfile of each image that is built.
    builds: BTreeMap<String, String>,
    /// The folder that each Dockerfile is built in; empty for that of the files.
    contexts: BTreeMap<String, String>,
    /// The ports that the server opens.
    published: BTreeSet<String>,
}

impl<'a> Said<'a> {
    /// A service runs `image`, by this command; by the image's own, if it is empty.
    fn runs(&mut self, service: &str, image: &str, command: &[String], place: Place<'a>, ledger: &mut Ledger<'a>) {
        self.images.insert(service.to_owned(), image.to_owned());
        if command.is_empty() {
            self.left_to_image.push((service.to_owned(), place));
        } else {
            state_command(service, command, place, ledger);
        }
    }

    /// The services that run an image.
    fn services_of(&self, image: &str) -> impl Iterator<Item = &str> {
        self.images.iter().filter(move |(_, other)| *other == image).map(|(service, _)| service.as_str())
    }

    /// An image that is named elsewhere is run by a service.
    fn is_run(&self, image: &str, place: Place<'a>, ledger: &mut Ledger<'a>) {
        let holds = self.images.values().any(|other| other == image) || self.images_of_overlays.contains(image);
        ledger.require(holds, place, || format!("no container runs `{image}`"));
    }

    /// What an image does by itself is what its services do that say nothing else.
    fn command_of_image(&self, image: &str, command: &[String], place: Place<'a>, ledger: &mut Ledger<'a>) {
        let left = sorting::set(self.left_to_image.iter().map(|(service, _)| service.as_str()));
        for service in self.services_of(image).filter(|service| left.contains(service)) {
            state_command(service, command, place, ledger);
        }
    }

    /// Commands of images that none of the files builds.
    fn commands_of_images(&self, ledger: &mut Ledger<'a>) {
        for (service, place) in &self.left_to_image {
            if self.images.get(service).is_none_or(|image| !self.builds.contains_key(image)) {
                ledger.state_of(service, About::Command, "the image's own", *place);
            }
        }
    }
}

fn state_command<'a>(service: &str, command: &[String], place: Place<'a>, ledger: &mut Ledger<'a>) {
    ledger.state_of(service, About::Command, format!("{command:?}"), place);
    if let Some(port) = port_of_command(command) {
        ledger.state_of(service, About::Port, port, place);
    }
}

/// The port that a web server's arguments name.
fn port_of_command(command: &[String]) -> Option<&str> {
    let option = match command.first()?.as_str() {
        "uvicorn" | "fastapi" => "--port",
        "gunicorn" => "--bind",
        _ => return None,
    };
    let value = command.iter().skip_while(|word| *word != option).nth(1)?;
    value.rsplit(':').next()
}

/// The weight that Docker and the kubelet give to a container that asks for so much:
/// `MilliCPUToShares` of <https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/cm/helpers_linux.go>.
fn shares(cpu: Cpu) -> u64 {
    (cpu.millis().saturating_mul(1024) / 1000).clamp(2, 262_144)
}

/// A set in one way to write it.
fn sorted(items: impl IntoIterator<Item = impl Into<String>>) -> String {
    let items: BTreeSet<String> = sorting::set(items.into_iter().map(Into::into));
    items.into_iter().collect::<Vec<_>>().join(" ")
}
