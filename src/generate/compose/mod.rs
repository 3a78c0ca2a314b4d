//! compose.yaml for one server, and the Caddyfile of its reverse proxy.

mod healthcheck;
mod model;
mod networks;
mod proxy;
mod service;
#[cfg(test)]
mod tests;

use super::artifact::{Artifact, Origin};
use super::notes::{Notes, path, yaml_artifact};
use crate::topology::{Service, Topology};
use model::{Map, Project, Text, Volume};
use networks::Networks;
use std::collections::BTreeSet;

const VOLUMES: &str = "https://docs.docker.com/engine/storage/volumes/";

/// compose.yaml, and the Caddyfile if something is public.
pub fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let networks = Networks::of(topology);
    let mut names = Names::of(topology);
    let mut notes = Notes::new(Origin::new("services", "What runs on the server"));
    let mut services = Map::default();
    let mut volumes = Map::default();
    notes.at(path!["name"], Origin::new("name", "Containers, networks and volumes carry this name"));
    for draft in service::drafts(topology, &networks, &mut names) {
        notes.nest(path!["services", draft.name.as_str()], draft.notes);
        services.push(draft.name, draft.service);
    }
    for service in &topology.services {
        if service.storage.is_some() {
            let origin = Origin::new(service.field("storage"), "A disk that outlives the container").link(VOLUMES);
            notes.at(path!["volumes", volume_name(service).as_str()], origin);
            volumes.push(volume_name(service), Volume {});
        }
    }
    let proxy = proxy::Proxy::of(topology);
    if let Some(proxy) = &proxy {
        let draft = proxy.draft();
        notes.nest(path!["services", draft.name.as_str()], draft.notes);
        services.push(draft.name, draft.service);
        let origin =
            Origin::new(proxy.field(), "Certificates outlive the container: authorities limit how often they issue");
        notes.at(path!["volumes", proxy.volume_name().as_str()], origin.link(proxy::RATE_LIMITS));
        volumes.push(proxy.volume_name(), Volume {});
    }
    notes.nest(path!["networks"], networks::notes());
    let name = Text::literal(topology.name.as_str());
    let project = Project { name, services, networks: networks.declared(), volumes };
    let mut artifacts = vec![yaml_artifact("compose.yaml", [notes.lines(&project)])];
    artifacts.extend(proxy.map(|proxy| proxy.caddyfile()));
    artifacts
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
