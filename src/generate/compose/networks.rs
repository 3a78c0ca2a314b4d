//! Who can talk to whom: what is public, what is private, and what has a way out.

use super::model::{Map, Network};
use crate::generate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::topology::{Service, ServiceId, Topology};

const INTERNAL: &str = "https://docs.docker.com/reference/compose-file/networks/#internal";
/// How networks part containers.
pub const BRIDGE: &str = "https://docs.docker.com/engine/network/drivers/bridge/";

/// The reverse proxy and what it leads to.
pub const PUBLIC: &str = "public";
/// What talks only among the containers: databases, and those who need them. It has no way out.
pub const PRIVATE: &str = "private";
/// Compose's own network, for what needs a way out (or a port of the server) and is not public.
pub const DEFAULT: &str = "default";

/// The networks of each service.
pub struct Networks(Vec<Vec<&'static str>>);

impl Networks {
    /// Takes each service into the networks that it needs, and no other.
    pub fn of(topology: &Topology) -> Self {
        let mut is_needed = vec![false; topology.services.len()];
        for ServiceId(target) in topology.services.iter().flat_map(|service| &service.needs) {
            is_needed[*target] = true;
        }
        Self(topology.services.iter().zip(is_needed).map(|(service, is_needed)| networks(service, is_needed)).collect())
    }

    /// The networks of the service at `index`; none where Compose's own is enough.
    pub fn service(&self, ServiceId(index): ServiceId) -> Vec<&'static str> {
        named(self.0.get(index).into_iter().flatten().copied())
    }

    /// The networks of its steps, which no proxy has to reach.
    pub fn step(&self, ServiceId(index): ServiceId) -> Vec<&'static str> {
        let network = |network: &&'static str| if *network == PUBLIC { DEFAULT } else { *network };
        named(self.0.get(index).into_iter().flatten().map(network))
    }

    /// The networks that `compose.yaml` has to declare.
    pub fn declared(&self) -> Map<Network> {
        let is_used = |name| self.0.iter().flatten().any(|network| *network == name);
        [(PUBLIC, false), (PRIVATE, true)]
            .into_iter()
            .filter(|(name, _)| is_used(*name))
            .map(|(name, internal)| (name.to_owned(), Network { internal }))
            .collect()
    }
}

/// Why the networks are there.
pub fn notes() -> Notes {
    let mut notes = Notes::new(Origin::new("services", "Only what shares a network can connect").link(BRIDGE));
    notes.at(path![PUBLIC], Origin::new("services", "The reverse proxy reaches what is public, and nothing else"));
    let private = Origin::new("services", "Nothing leads from here to the internet, nor from there to here");
    notes.at(path![PRIVATE], private.link(INTERNAL));
    notes
}

/// Why a service is in `network`.
pub fn origin(service: &Service, network: &'static str) -> Origin {
    match network {
        PUBLIC => Origin::new(service.field("public"), "The reverse proxy reaches it here").link(BRIDGE),
        PRIVATE => Origin::new(service.field("needs"), "Services that need one another meet here").link(INTERNAL),
        _ => Origin::new(service.field("needs"), "The private network has no way out; this one has").link(BRIDGE),
    }
}

/// Compose's own network needs no naming where it is the only one.
fn named(networks: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let networks: Vec<&str> = networks.collect();
    if networks == [DEFAULT] { Vec::new() } else { networks }
}

fn networks(service: &Service, is_needed: bool) -> Vec<&'static str> {
    let is_public = service.public.is_some();
    let wants_out = service.outbound || service.publish.is_some();
    let is_connected = is_needed || !service.needs.is_empty();
    let mut networks = Vec::new();
    if is_public {
        networks.push(PUBLIC);
    } else if wants_out {
        networks.push(DEFAULT);
    }
    if is_connected || networks.is_empty() {
        networks.push(PRIVATE);
    }
    networks
}
