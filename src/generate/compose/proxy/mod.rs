//! The reverse proxy in front of what is public.

mod caddy;
mod traefik;

use super::draft::Draft;
use super::model::{BindOptions, Condition, Healthcheck, Mount, Text};
use super::networks::Networks;
use crate::artifact::{Artifact, Origin};
use crate::generate::notes::path;
use crate::model::{FieldPath, service_field};
use crate::topology::{PROXY_MEMORY, ProxyKind, Public, Service, Topology};

/// Let's Encrypt's limits, which a proxy that forgets its certificates runs into.
pub const RATE_LIMITS: &str = "https://letsencrypt.org/docs/rate-limits/";
const HTTPS: &str = "https://fastapi.tiangolo.com/deployment/https/";
const BIND: &str = "https://docs.docker.com/reference/compose-file/services/#volumes";
/// The reason for either image.
const CERTIFICATES_BY_ITSELF: &str = "Gets and renews certificates by itself";
/// The reason for a host without HTTPS.
const HTTP_AS_ASKED: &str = "By HTTP only, as asked: whoever is on the way can read along";

/// The proxy, if something is public.
pub struct Proxy<'a> {
    topology: &'a Topology,
    kind: ProxyKind,
    name: String,
    targets: Vec<Target<'a>>,
}

/// A public service.
struct Target<'a> {
    service: &'a Service,
    public: &'a Public,
    port: u16,
}

impl<'a> Proxy<'a> {
    /// The proxy of `topology`.
    pub fn of(topology: &'a Topology) -> Option<Self> {
        let target =
            |service: &'a Service| Some(Target { service, public: service.public.as_ref()?, port: service.port? });
        let targets: Vec<Target> = topology.services.iter().filter_map(target).collect();
        let kind = topology.server?.proxy;
        (!targets.is_empty()).then(|| Self { topology, kind, name: topology.proxy_name().to_string(), targets })
    }

    /// The document's path of the first field that asks for it.
    pub fn field(&self) -> FieldPath {
        self.targets.first().map_or_else(FieldPath::default, |target| target.service.field(service_field!("public")))
    }

    /// Where it keeps its certificates, if it has to.
    pub fn volume(&self) -> Option<String> {
        (self.kind == ProxyKind::Caddy || self.has_tls()).then(|| format!("{}-data", self.name))
    }

    /// Its service.
    pub fn draft(&self, networks: &Networks) -> Draft {
        let memory = self.because("Plenty for some hundred requests at once", HTTPS);
        let mut draft = Draft::hardened(
            self.name.clone(),
            self.because("One proxy holds the ports 80 and 443 and leads each host to its service", HTTPS),
            (PROXY_MEMORY, memory),
        );
        draft.service.networks = networks.proxy();
        draft.service.restart = "unless-stopped";
        draft.service.stop_grace_period = Some("30s".to_owned());
        draft.note(path!["networks"], self.because("Reaches what is public, and no database", HTTPS));
        match self.kind {
            ProxyKind::Caddy => self.caddy(&mut draft),
            ProxyKind::Traefik => self.traefik(&mut draft),
        }
        for Target { service, .. } in &self.targets {
            let origin = Origin::new(
                service.field(service_field!("public")),
                "Not until it is well: one that is broken must not take the others off the net",
            );
            draft.wait_for(service.name.as_str(), Condition::Started, origin);
        }
        draft
    }

    /// What it leads where.
    pub fn file(&self) -> Artifact {
        match self.kind {
            ProxyKind::Caddy => self.caddyfile(),
            ProxyKind::Traefik => self.routes(),
        }
    }

    fn has_tls(&self) -> bool {
        self.targets.iter().any(|target| target.public.tls)
    }

    fn because(&self, reason: &str, link: &'static str) -> Origin {
        Origin::new(self.field(), reason).link(link)
    }

    /// Opens the server's ports: `http` and `https` are the proxy's own.
    fn open(&self, draft: &mut Draft, (http, https): (u16, u16), link: &'static str) {
        draft.service.ports.push(format!("80:{http}"));
        if self.has_tls() {
            draft.service.ports.extend([format!("443:{https}"), format!("443:{https}/udp")]);
        }
        draft.note(
            path!["ports"],
            self.because(
                "80 for the way to HTTPS and the proof of the host's owner; 443 for HTTPS, by UDP for HTTP/3",
                link,
            ),
        );
    }

    /// Mounts the file that says what leads where, and the volume of certificates.
    fn mount(&self, draft: &mut Draft, source: &'static str, target: &'static str, certificates: &str) {
        let bind = BindOptions { create_host_path: false };
        let mut mounts = vec![Mount::Bind { source, target, read_only: true, bind }];
        mounts
            .extend(self.volume().map(|volume| Mount::Volume { source: volume, target: Text::literal(certificates) }));
        draft.service.volumes = mounts;
        draft.note(
            path!["volumes", 0],
            self.because(
                "The file beside this one; without it nothing starts, instead of an empty folder in its place",
                BIND,
            ),
        );
        draft.note(path!["volumes", 1], self.because("Certificates and keys", RATE_LIMITS));
    }
}

/// Asks `url` inside the image, which has BusyBox's wget.
fn healthcheck(url: &str) -> Healthcheck {
    Healthcheck {
        test: ["CMD", "wget", "-q", "-O", "/dev/null", url].map(Text::literal).to_vec(),
        interval: "30s",
        timeout: "10s",
        retries: 3,
        start_period: "60s".to_owned(),
        start_interval: "2s",
    }
}
