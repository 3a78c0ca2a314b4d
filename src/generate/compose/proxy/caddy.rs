//! Caddy, which gets and renews certificates by itself.

use super::super::draft::Draft;
use super::super::model::Text;
use super::{CERTIFICATES_BY_ITSELF, HTTP_AS_ASKED, Proxy, Target, healthcheck};
use crate::artifact::{Artifact, Origin};
use crate::generate::notes::path;
use crate::model::{ServiceField, service_field};

const AUTOMATIC_HTTPS: &str = "https://caddyserver.com/docs/automatic-https";
const REVERSE_PROXY: &str = "https://caddyserver.com/docs/caddyfile/directives/reverse_proxy";
const IMAGE: &str = "https://hub.docker.com/_/caddy";

impl Proxy<'_> {
    /// What of the service is Caddy's own.
    pub(super) fn caddy(&self, draft: &mut Draft) {
        let service = &mut draft.service;
        service.image = Text::literal("caddy:2");
        service.healthcheck = Some(healthcheck("http://127.0.0.1:2019/config/"));
        service.tmpfs = vec![Text::literal("/config:mode=0700")];
        service.cap_add = &["NET_BIND_SERVICE"];
        draft.note(path!["image"], self.because(CERTIFICATES_BY_ITSELF, AUTOMATIC_HTTPS));
        draft.note(
            path!["healthcheck"],
            self.because("Asks its administration, which listens inside the container only", IMAGE),
        );
        draft.note(path!["tmpfs"], self.because("A copy of what it runs, which it needs not keep", IMAGE));
        draft.note(
            path!["cap_add"],
            self.because(
                "The one right that it needs: the ports below 1024. Its image's folders are root's, so it is root \
                 without rights",
                IMAGE,
            ),
        );
        self.open(draft, (80, 443), AUTOMATIC_HTTPS);
        self.mount(draft, "./Caddyfile", "/etc/caddy/Caddyfile", "/data");
    }

    /// What it leads where. Hosts, names and ports are checked, so they mean nothing else to Caddy.
    pub(super) fn caddyfile(&self) -> Artifact {
        let mut lines: Vec<(String, Option<Origin>)> = Vec::new();
        for Target { service, public, port } in &self.targets {
            let mut line = |text: String, field: ServiceField, reason: &str, link| {
                lines.push((text, Some(Origin::new(service.field(field), reason).link(link))));
            };
            let (scheme, host_reason) = if public.tls {
                ("", "A host by itself is served by HTTPS, and HTTP leads there")
            } else {
                ("http://", HTTP_AS_ASKED)
            };
            line(format!("{scheme}{} {{", public.host), service_field!("public"), host_reason, AUTOMATIC_HTTPS);
            if service.replicas.steady() > 1 {
                let replicas = "Asks Docker's DNS for all replicas, and sends each request to one of them";
                line("\treverse_proxy {".to_owned(), service_field!("replicas"), replicas, REVERSE_PROXY);
                line(
                    format!("\t\tdynamic a {} {port} {{", service.name),
                    service_field!("replicas"),
                    replicas,
                    REVERSE_PROXY,
                );
                line(
                    "\t\t\trefresh 5s".to_owned(),
                    service_field!("replicas"),
                    "Sees replicas that come and go",
                    REVERSE_PROXY,
                );
                line("\t\t}".to_owned(), service_field!("replicas"), replicas, REVERSE_PROXY);
            } else {
                line(
                    format!("\treverse_proxy {}:{port} {{", service.name),
                    service_field!("public"),
                    "Tells the app the client's address and scheme in X-Forwarded-*",
                    REVERSE_PROXY,
                );
            }
            line(
                "\t\tlb_try_duration 5s".to_owned(),
                service_field!("public"),
                "While the app starts anew, requests wait instead of failing",
                REVERSE_PROXY,
            );
            line("\t}".to_owned(), service_field!("public"), host_reason, AUTOMATIC_HTTPS);
            line("}".to_owned(), service_field!("public"), host_reason, AUTOMATIC_HTTPS);
        }
        Artifact::from_lines("Caddyfile", lines)
    }
}
