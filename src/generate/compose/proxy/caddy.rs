//! Caddy, which gets and renews certificates by itself.

use super::super::draft::Draft;
use super::super::model::Text;
use super::{Proxy, Target, healthcheck};
use crate::artifact::{Artifact, Origin};
use crate::generate::notes::path;
use crate::words::files::compose::proxy as why;

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
        draft.note(path!["image"], self.because(why::CERTIFICATES_BY_ITSELF, AUTOMATIC_HTTPS));
        draft.note(path!["healthcheck"], self.because(why::CADDY_ASKS_ITS_ADMINISTRATION, IMAGE));
        draft.note(path!["tmpfs"], self.because(why::CADDY_NEEDS_NO_COPY, IMAGE));
        draft.note(path!["cap_add"], self.because(why::CADDY_LISTENS_BELOW_1024, IMAGE));
        self.open(draft, (80, 443), AUTOMATIC_HTTPS);
        self.mount(draft, "./Caddyfile", "/etc/caddy/Caddyfile", "/data");
    }

    /// What it leads where. Hosts, names and ports are checked, so they mean nothing else to Caddy.
    pub(super) fn caddyfile(&self) -> Artifact {
        let mut lines: Vec<(String, Option<Origin>)> = Vec::new();
        for Target { service, public, port } in &self.targets {
            let mut line = |text: String, field: &str, reason: &str, link| {
                lines.push((text, Some(Origin::new(service.field(field), reason).link(link))));
            };
            let (scheme, host_reason) =
                if public.tls { ("", why::CADDY_SERVES_HTTPS_BY_ITSELF) } else { ("http://", why::HTTP_AS_ASKED) };
            line(format!("{scheme}{} {{", public.host), "public", host_reason, AUTOMATIC_HTTPS);
            if service.replicas.steady() > 1 {
                let replicas = why::CADDY_ASKS_FOR_ALL_REPLICAS;
                line("\treverse_proxy {".to_owned(), "replicas", replicas, REVERSE_PROXY);
                line(format!("\t\tdynamic a {} {port} {{", service.name), "replicas", replicas, REVERSE_PROXY);
                line("\t\t\trefresh 5s".to_owned(), "replicas", why::CADDY_SEES_REPLICAS_COME_AND_GO, REVERSE_PROXY);
                line("\t\t}".to_owned(), "replicas", replicas, REVERSE_PROXY);
            } else {
                line(
                    format!("\treverse_proxy {}:{port} {{", service.name),
                    "public",
                    why::CADDY_TELLS_THE_CLIENTS_ADDRESS,
                    REVERSE_PROXY,
                );
            }
            line("\t\tlb_try_duration 5s".to_owned(), "public", why::CADDY_HOLDS_REQUESTS_BACK, REVERSE_PROXY);
            line("\t}".to_owned(), "public", host_reason, AUTOMATIC_HTTPS);
            line("}".to_owned(), "public", host_reason, AUTOMATIC_HTTPS);
        }
        Artifact::from_lines("Caddyfile", lines)
    }
}
