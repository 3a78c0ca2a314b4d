//! compose.yaml for one server, and the file of its reverse proxy.

mod draft;
mod healthcheck;
mod model;
mod networks;
mod process;
mod program;
mod proxy;
mod service;
#[cfg(test)]
mod tests;

use super::notes::{Notes, path, yaml_artifact};
use crate::artifact::{Artifact, Origin};
use crate::model::{field_path, service_field};
use crate::topology::{Service, Topology};
use model::{Map, Project, Secret, Text, Volume};
use networks::Networks;
use std::collections::BTreeSet;

/// The folder, beside compose.yaml, of the secrets that are files: one a key. Hidden, so that it is no folder of code.
pub(super) const SECRETS_FOLDER: &str = ".secrets";

const VOLUMES: &str = "https://docs.docker.com/engine/storage/volumes/";
const SECRETS: &str = "https://docs.docker.com/reference/compose-file/secrets/";

/// compose.yaml, and the proxy's file if something is public.
pub fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let networks = Networks::of(topology);
    let mut names = Names::of(topology);
    let mut notes = Notes::new(Origin::new(field_path!("services"), "What runs on the server"));
    let mut services = Map::default();
    let mut volumes = Map::default();
    notes.at(path!["name"], Origin::new(field_path!("name"), "Containers, networks and volumes carry this name"));
    for draft in service::drafts(topology, &networks, &mut names) {
        notes.nest(path!["services", draft.name.as_str()], draft.notes);
        services.push(draft.name, draft.service);
    }
    for service in &topology.services {
        if let Some(storage) = &service.storage {
            let origin = Origin::new(
                service.field(service_field!("storage")),
                format!(
                    "A disk that outlives the container. Docker sets it no limit: see to it that the server has the {}",
                    storage.size
                ),
            )
            .link(VOLUMES);
            notes.at(path!["volumes", volume_name(service).as_str()], origin);
            volumes.push(volume_name(service), Volume {});
        }
    }
    let proxy = proxy::Proxy::of(topology);
    if let Some(proxy) = &proxy {
        let draft = proxy.draft(&networks);
        notes.nest(path!["services", draft.name.as_str()], draft.notes);
        services.push(draft.name, draft.service);
        if let Some(volume) = proxy.volume() {
            notes.at(
                path!["volumes", volume.as_str()],
                Origin::new(
                    proxy.field(),
                    "Certificates outlive the container: authorities limit how often they issue",
                )
                .link(proxy::RATE_LIMITS),
            );
            volumes.push(volume, Volume {});
        }
    }
    notes.nest(path!["networks"], networks::notes());
    let project = Project {
        name: Text::literal(topology.name.as_str()),
        services,
        networks: networks.declared(),
        volumes,
        secrets: secrets(topology, &mut notes),
    };
    let mut artifacts = vec![yaml_artifact("compose.yaml", [notes.document(&project)])];
    artifacts.extend(proxy.map(|proxy| proxy.file()));
    artifacts
}

/// The secrets that are files. Compose can take them from variables too, but has to write those into the container,
/// which it refuses where that is read-only (<https://github.com/docker/compose/pull/12531>).
fn secrets(topology: &Topology, notes: &mut Notes) -> Map<Secret> {
    let mut secrets = Map::default();
    for (key, service) in topology.secret_files() {
        let origin = Origin::new(
            service.field(service_field!("secrets_as")),
            "Mounted as it is, so that it has to be readable to the process; DEPLOY.md makes it from .env",
        )
        .link(SECRETS);
        if secrets.is_empty() {
            notes.at(path!["secrets"], origin.clone());
        }
        notes.at(path!["secrets", key], origin);
        secrets.push(key, Secret { file: format!("./{SECRETS_FOLDER}/{key}") });
    }
    secrets
}

/// The volume of a service's disk.
fn volume_name(service: &Service) -> String {
    format!("{}-data", service.name)
}

/// The names of Compose's services: the topology's, and those that are added without taking one of theirs.
struct Names(BTreeSet<String>);

impl Names {
    fn of(topology: &Topology) -> Self {
        Self(topology.services.iter().map(|service| service.name.to_string()).collect())
    }

    /// `wanted`, or the first of `wanted-2`, `wanted-3` and so on that is free.
    fn take(&mut self, wanted: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.to_owned()).chain(numbered).find(|name| self.0.insert(name.clone()));
        free.unwrap_or_default()
    }
}
