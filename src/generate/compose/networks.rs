//! Who can talk to whom: what is public, what is private, and what has a way out.

use super::model::{Map, Network};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::{FieldPath, field_path, service_field};
use crate::sorting;
use crate::topology::{Service, ServiceId, Topology};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

const INTERNAL: &str = "https://docs.docker.com/reference/compose-file/networks/#internal";
const BRIDGE: &str = "https://docs.docker.com/engine/network/drivers/bridge/";

/// The reverse proxy, and what it leads to.
const PUBLIC: &str = "public";
/// The reverse proxy, and what it leads to that must not get out.
const INBOUND: &str = "inbound";
/// What talks only among the containers: databases, and those who need them. It has no way out.
const PRIVATE: &str = "private";
/// Compose's own network, for what needs a way out (or a port of the server) and is not public.
const DEFAULT: &str = "default";

/// The networks of each service, and of the reverse proxy.
pub struct Networks {
    services: Vec<Vec<&'static str>>,
    proxy: Vec<&'static str>,
}

impl Networks {
    /// Takes each service into the networks that it needs, and no other.
    pub fn of(topology: &Topology) -> Self {
        let mut is_needed = vec![false; topology.services.len()];
        for ServiceId(target) in topology.services.iter().flat_map(Service::needed_services) {
            is_needed[target] = true;
        }
        let services: Vec<_> =
            topology.services.iter().zip(is_needed).map(|(service, is_needed)| networks(service, is_needed)).collect();
        let mut proxy = Vec::new();
        if topology.has_proxy() {
            // Also where nothing else is: it needs the ports of the server, and the authority that issues certificates.
            proxy.push(PUBLIC);
            proxy.extend(services.iter().any(|networks| networks.contains(&INBOUND)).then_some(INBOUND));
        }
        Self { services, proxy }
    }

    /// The networks of a service; none where Compose's own is enough.
    pub fn service(&self, ServiceId(index): ServiceId) -> Vec<&'static str> {
        named(self.services.get(index).into_iter().flatten().copied())
    }

    /// The networks of its steps, which no proxy has to reach.
    pub fn step(&self, id: ServiceId) -> Vec<&'static str> {
        named(self.of_step(id).into_iter())
    }

    /// The networks of the reverse proxy.
    pub fn proxy(&self) -> Vec<&'static str> {
        self.proxy.clone()
    }

    /// The networks that `compose.yaml` has to declare.
    pub fn declared(&self) -> Map<Network> {
        let steps = (0..self.services.len()).flat_map(|index| self.of_step(ServiceId(index)));
        let used: FxHashSet<&str> = self.services.iter().flatten().chain(&self.proxy).copied().chain(steps).collect();
        [(PUBLIC, false), (INBOUND, true), (PRIVATE, true)]
            .into_iter()
            .filter(|(name, _)| used.contains(name))
            .map(|(name, internal)| (name.to_owned(), Network { internal }))
            .collect()
    }

    fn of_step(&self, ServiceId(index): ServiceId) -> BTreeSet<&'static str> {
        let network = |network: &&'static str| match *network {
            PUBLIC => DEFAULT,
            INBOUND => PRIVATE,
            other => other,
        };
        sorting::set(self.services.get(index).into_iter().flatten().map(network))
    }
}

/// Why the networks are there.
pub fn notes() -> Notes {
    let mut notes = Notes::new(shared(field_path!("services")));
    notes.at(
        path![PUBLIC],
        Origin::new(field_path!("services"), "The reverse proxy reaches what is public, and nothing else"),
    );
    let inbound = Origin::new(field_path!("services"), "The reverse proxy reaches what is public and must not get out");
    notes.at(path![INBOUND], inbound.link(INTERNAL));
    let private =
        Origin::new(field_path!("services"), "Nothing leads from here to the internet, nor from there to here");
    notes.at(path![PRIVATE], private.link(INTERNAL));
    notes
}

/// Why networks matter to what `field` is about.
pub fn shared(field: FieldPath) -> Origin {
    Origin::new(field, "Only what shares a network can connect").link(BRIDGE)
}

/// Why a service is in `network`.
pub fn origin(service: &Service, network: &'static str) -> Origin {
    match network {
        PUBLIC => {
            Origin::new(service.field(service_field!("public")), "The reverse proxy reaches it here").link(BRIDGE)
        }
        INBOUND => Origin::new(
            service.field(service_field!("outbound")),
            "The reverse proxy reaches it here, and it reaches nothing outside",
        )
        .link(INTERNAL),
        PRIVATE => Origin::new(service.field(service_field!("needs")), "Services that need one another meet here")
            .link(INTERNAL),
        _ => Origin::new(service.field(service_field!("needs")), "The private network has no way out; this one has")
            .link(BRIDGE),
    }
}

/// Compose's own network needs no naming where it is the only one.
fn named(networks: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let networks: Vec<&str> = networks.collect();
    if networks == [DEFAULT] { Vec::new() } else { networks }
}

fn networks(service: &Service, is_needed: bool) -> Vec<&'static str> {
    // A port of the server leads into no internal network, and Docker's networks let out to everywhere or nowhere.
    let has_way_out = service.outbound || service.publish.is_some() || service.needs_managed();
    let is_connected = is_needed || service.needed_services().next().is_some();
    let mut networks = Vec::new();
    match (service.public.is_some(), has_way_out) {
        (true, true) => networks.push(PUBLIC),
        (true, false) => networks.push(INBOUND),
        (false, true) => networks.push(DEFAULT),
        (false, false) => {}
    }
    if is_connected || networks.is_empty() {
        networks.push(PRIVATE);
    }
    networks
}
