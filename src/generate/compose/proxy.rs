//! The reverse proxy in front of what is public: Caddy, which gets and renews certificates by itself.

use super::model::{BindOptions, Condition, Healthcheck, Mount, Text};
use super::networks::PUBLIC;
use super::service::Draft;
use crate::generate::artifact::{Artifact, Origin};
use crate::generate::notes::path;
use crate::topology::{PROXY_MEMORY, Public, Service, Topology};

/// Let's Encrypt's limits, which a proxy that forgets its certificates runs into.
pub const RATE_LIMITS: &str = "https://letsencrypt.org/docs/rate-limits/";
const HTTPS: &str = "https://fastapi.tiangolo.com/deployment/https/";
const AUTOMATIC_HTTPS: &str = "https://caddyserver.com/docs/automatic-https";
const REVERSE_PROXY: &str = "https://caddyserver.com/docs/caddyfile/directives/reverse_proxy";
const CADDY_IMAGE: &str = "https://hub.docker.com/_/caddy";
const BIND: &str = "https://docs.docker.com/reference/compose-file/services/#volumes";

/// The proxy, if something is public.
pub struct Proxy<'a> {
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
        (!targets.is_empty()).then(|| Self { name: topology.proxy_name(), targets })
    }

    /// The document's path of the first field that asks for it.
    pub fn field(&self) -> String {
        self.targets.first().map_or_else(String::new, |target| target.service.field("public"))
    }

    /// Where it keeps its certificates.
    pub fn volume_name(&self) -> String {
        format!("{}-data", self.name)
    }

    /// Its service.
    pub fn draft(&self) -> Draft {
        let field = self.field();
        let because = |reason: &str, link| Origin::new(&field, reason).link(link);
        let reason = "One proxy holds the ports 80 and 443 and leads each host to its service";
        let memory = because("Plenty for some hundred requests at once", CADDY_IMAGE);
        let mut draft = Draft::hardened(self.name.clone(), because(reason, HTTPS), (PROXY_MEMORY, memory));
        let service = &mut draft.service;
        service.image = Text::literal("caddy:2");
        service.healthcheck = Some(Healthcheck {
            test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:2019/config/"].map(Text::literal).to_vec(),
            interval: "30s",
            timeout: "10s",
            retries: 3,
            start_period: "60s",
            start_interval: "2s",
        });
        service.ports.push("80:80".to_owned());
        if self.targets.iter().any(|target| target.public.tls) {
            service.ports.extend(["443:443".to_owned(), "443:443/udp".to_owned()]);
        }
        service.networks = vec![PUBLIC];
        service.volumes = vec![
            Mount::Bind {
                source: "./Caddyfile",
                target: "/etc/caddy/Caddyfile",
                read_only: true,
                bind: BindOptions { create_host_path: false },
            },
            Mount::Volume { source: self.volume_name(), target: Text::literal("/data") },
        ];
        service.restart = "unless-stopped";
        service.stop_grace_period = Some("30s".to_owned());
        service.tmpfs = vec![Text::literal("/config:mode=0700")];
        service.cap_add = &["NET_BIND_SERVICE"];

        let image = "Gets and renews certificates by itself";
        let healthcheck = "Asks its administration, which listens inside the container only";
        let ports = "80 for the way to HTTPS and the proof of the host's owner; 443 for HTTPS, by UDP for HTTP/3";
        let mount = "The file beside this one; without it nothing starts, instead of an empty folder in its place";
        let data = "Certificates and keys";
        let config = "A copy of what it runs, which it needs not keep";
        let right = "The one right that it needs: the ports below 1024. Its image's folders are root's, so it is root without rights";
        draft.note(path!["image"], because(image, AUTOMATIC_HTTPS));
        draft.note(path!["healthcheck"], because(healthcheck, CADDY_IMAGE));
        draft.note(path!["ports"], because(ports, AUTOMATIC_HTTPS));
        draft.note(path!["networks"], because("Reaches what is public, and no database", HTTPS));
        draft.note(path!["volumes", 0], because(mount, BIND));
        draft.note(path!["volumes", 1], because(data, RATE_LIMITS));
        draft.note(path!["tmpfs"], because(config, CADDY_IMAGE));
        draft.note(path!["cap_add"], because(right, CADDY_IMAGE));
        for Target { service, .. } in &self.targets {
            let reason = "Not until it is well: one that is broken must not take the others off the net";
            let origin = Origin::new(service.field("public"), reason);
            draft.wait_for(service.name.as_str(), Condition::Started, origin);
        }
        draft
    }

    /// What it leads where. Hosts, names and ports are checked, so they mean nothing else to Caddy.
    pub fn caddyfile(&self) -> Artifact {
        let mut lines: Vec<(String, Option<Origin>)> = Vec::new();
        for Target { service, public, port } in &self.targets {
            let mut line = |text: String, field: &str, reason: &str, link| {
                lines.push((text, Some(Origin::new(service.field(field), reason).link(link))));
            };
            let (scheme, host_reason) = if public.tls {
                ("", "A host by itself is served by HTTPS, and HTTP leads there")
            } else {
                ("http://", "By HTTP only, as asked: whoever is on the way can read along")
            };
            line(format!("{scheme}{} {{", public.host), "public", host_reason, AUTOMATIC_HTTPS);
            if service.replicas.steady() > 1 {
                let replicas = "Asks Docker's DNS for all replicas, and sends each request to one of them";
                line("\treverse_proxy {".to_owned(), "replicas", replicas, REVERSE_PROXY);
                line(format!("\t\tdynamic a {} {port} {{", service.name), "replicas", replicas, REVERSE_PROXY);
                line("\t\t\trefresh 5s".to_owned(), "replicas", "Sees replicas that come and go", REVERSE_PROXY);
                line("\t\t}".to_owned(), "replicas", replicas, REVERSE_PROXY);
            } else {
                let one = "Tells the app the client's address and scheme in X-Forwarded-*";
                line(format!("\treverse_proxy {}:{port} {{", service.name), "public", one, REVERSE_PROXY);
            }
            let retry = "While the app starts anew, requests wait instead of failing";
            line("\t\tlb_try_duration 5s".to_owned(), "public", retry, REVERSE_PROXY);
            line("\t}".to_owned(), "public", host_reason, AUTOMATIC_HTTPS);
            line("}".to_owned(), "public", host_reason, AUTOMATIC_HTTPS);
        }
        Artifact::from_lines("Caddyfile", lines)
    }
}
