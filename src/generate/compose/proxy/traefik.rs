//! Traefik, which gets and renews certificates too, and is told by a file what leads where.
//!
//! Its Docker provider would find the containers by their labels. For that it needs Docker's socket, which is root on the
//! server and shows the variables of every container, secrets among them
//! (<https://docs.docker.com/engine/security/#docker-daemon-attack-surface>); and all that it would find is known when
//! this is written. So it reads a file, and holds nothing that is worth breaking in for.
//!
//! The file names each replica by its container's name, which Docker's DNS knows. By the name of the service Traefik
//! would ask the DNS for a new connection only, and keep sending requests over the ones that it has.

use super::super::draft::Draft;
use super::super::model::{Map, Text};
use super::{CERTIFICATES_BY_ITSELF, HTTP_AS_ASKED, Proxy, Target, healthcheck};
use crate::artifact::{Artifact, Origin};
use crate::generate::notes::{Notes, path, yaml_artifact};
use crate::model::{ServiceField, field_path, service_field};
use crate::topology::{HealthCheck, Service};
use serde::Serialize;

const FILE: &str = "traefik-routes.yaml";
/// The process is no user of the image, and owns no file.
const USER: &str = "10001:10001";
/// Entry points above 1024, which a process without root's rights may listen on whatever the server's kernel says.
const HTTP_PORT: u16 = 8080;
const HTTPS_PORT: u16 = 8443;

const GLOBAL: &str = "https://doc.traefik.io/traefik/reference/install-configuration/configuration-options/";
const PROVIDER: &str = "https://doc.traefik.io/traefik/reference/install-configuration/providers/others/file/";
const ACME: &str = "https://doc.traefik.io/traefik/reference/install-configuration/tls/certificate-resolvers/acme/";
const ENTRY_POINTS: &str = "https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/";
const PING: &str = "https://doc.traefik.io/traefik/reference/install-configuration/observability/healthcheck/";
const RULES: &str = "https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/";
const BALANCER: &str = "https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service/";
const RETRY: &str = "https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/retry/";
const REDIRECT: &str =
    "https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/redirectscheme/";
const VOLUME_OWNER: &str = "https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container";

/// Replicas up to which each is named; more of them are no good on one server.
const MOST_NAMED: u32 = 64;
/// The longest name that DNS has (RFC 1035).
const LONGEST_LABEL: usize = 63;

impl Proxy<'_> {
    /// What of the service is Traefik's own.
    pub(super) fn traefik(&self, draft: &mut Draft) {
        let service = &mut draft.service;
        service.image = Text::literal("traefik:v3");
        service.user = Some(USER.to_owned());
        service.healthcheck = Some(healthcheck("http://127.0.0.1:8082/ping"));
        draft.note(path!["image"], self.because(CERTIFICATES_BY_ITSELF, ACME));
        draft.note(
            path!["user"],
            self.because(
                "Not root, which the image would be; it needs no right, since its ports are above 1024",
                ENTRY_POINTS,
            ),
        );
        draft.note(
            path!["healthcheck"],
            self.because("Asks the one entry point that listens inside the container only", PING),
        );

        let mut options: Vec<(String, &str, &'static str)> = vec![
            (
                "--providers.file.filename=/etc/traefik/routes.yaml".to_owned(),
                "Told by a file, so that it needs no Docker socket, which would be root on the server",
                PROVIDER,
            ),
            (format!("--entryPoints.web.address=:{HTTP_PORT}"), "HTTP: port 80 of the server", ENTRY_POINTS),
        ];
        if self.has_tls() {
            options.extend([
                (
                    format!("--entryPoints.websecure.address=:{HTTPS_PORT}"),
                    "HTTPS: port 443 of the server",
                    ENTRY_POINTS,
                ),
                ("--entryPoints.websecure.http3.advertisedPort=443".to_owned(), "HTTP/3, by UDP", ENTRY_POINTS),
                (
                    "--certificatesResolvers.letsencrypt.acme.tlsChallenge=true".to_owned(),
                    "The authority sees over port 443 that the host is yours",
                    ACME,
                ),
                (
                    "--certificatesResolvers.letsencrypt.acme.storage=/var/tmp/acme.json".to_owned(),
                    "On the volume, so that certificates outlive the container",
                    ACME,
                ),
            ]);
        }
        options.extend([
            (
                "--entryPoints.traefik.address=127.0.0.1:8082".to_owned(),
                "For the health check, and for nobody else",
                PING,
            ),
            ("--ping=true".to_owned(), "Answers the health check", PING),
            ("--global.checkNewVersion=false".to_owned(), "Asks nobody for a newer version of itself", GLOBAL),
        ]);
        for (index, (_, reason, link)) in options.iter().enumerate() {
            draft.note(path!["command", index], self.because(reason, link));
        }
        draft.note(
            path!["command"],
            Origin::new(field_path!("server.proxy"), "What does not depend on the routes").link(ENTRY_POINTS),
        );
        draft.service.command = Some(options.iter().map(|(option, ..)| Text::literal(option)).collect());

        self.open(draft, (HTTP_PORT, HTTPS_PORT), ENTRY_POINTS);
        self.mount(draft, "./traefik-routes.yaml", "/etc/traefik/routes.yaml", "/var/tmp");
        draft.note(
            path!["volumes", 1],
            self.because(
                "Certificates and keys, in a folder that is everyone's in the image: a new volume takes over that \
                 right",
                VOLUME_OWNER,
            ),
        );
    }

    /// The routes. Hosts, names and ports are checked, so they mean nothing else to Traefik.
    pub(super) fn routes(&self) -> Artifact {
        let mut notes = Notes::new(Origin::new(self.field(), "What is public, and where it is").link(PROVIDER));
        let (mut routers, mut services) = (Map::default(), Map::default());
        for target in &self.targets {
            let name = target.service.name.as_str();
            let because =
                |field: ServiceField, reason: &str, link| Origin::new(target.service.field(field), reason).link(link);
            let reason =
                if target.public.tls { "By HTTPS, with a certificate that renews itself" } else { HTTP_AS_ASKED };
            notes.at(path!["http", "routers", name], because(service_field!("public"), reason, RULES));
            routers.push(name, Router::to(target));
            if target.public.tls {
                let redirect = format!("{name}_redirect");
                notes.at(
                    path!["http", "routers", redirect.as_str()],
                    because(service_field!("public"), "What comes by HTTP is sent to HTTPS", REDIRECT),
                );
                routers.push(redirect, Router::redirect(&target.public.host));
            }
            let balancer = self.balancer(target);
            let (field, reason) = match balancer.servers.len() {
                1 => (service_field!("port"), "By the name of the service, at the port that it listens on"),
                _ => (
                    service_field!("replicas"),
                    "Each request to the next replica, by the name that Compose gives its container",
                ),
            };
            notes.at(path!["http", "services", name], because(field, reason, BALANCER));
            notes.at(
                path!["http", "services", name, "loadBalancer", "healthCheck"],
                because(
                    service_field!("health"),
                    "Asks each replica, and leaves out the one that is not well",
                    BALANCER,
                ),
            );
            services.push(name, LoadBalanced { load_balancer: balancer });
        }
        notes.at(
            path!["http", "middlewares", "retry"],
            Origin::new(
                self.field(),
                "While the app starts anew, requests wait instead of failing; only what it has not seen is sent again",
            )
            .link(RETRY),
        );
        notes.at(
            path!["http", "middlewares", "redirect"],
            Origin::new(self.field(), "For good, so that browsers remember it").link(REDIRECT),
        );
        let middlewares = Middlewares {
            retry: RetryMiddleware { retry: Retry { attempts: 10, initial_interval: "500ms" } },
            redirect: self
                .has_tls()
                .then_some(RedirectMiddleware { redirect_scheme: RedirectScheme { scheme: "https", permanent: true } }),
        };
        yaml_artifact(FILE, [notes.document(&Routes { http: Http { routers, services, middlewares } })])
    }

    fn balancer(&self, target: &Target) -> LoadBalancer {
        let Target { service, public, port } = target;
        let replicas = service.replicas.steady();
        let container = |number: u32| format!("{}-{}-{number}", self.topology.name, service.name);
        let is_named = (2..=MOST_NAMED).contains(&replicas) && container(replicas).len() <= LONGEST_LABEL;
        let names = if is_named { (1..=replicas).map(container).collect() } else { vec![service.name.to_string()] };
        let health_check = match &service.health {
            // Where there is one replica, there is no other to turn to.
            HealthCheck::Http { path } if is_named => Some(HealthCheckOptions {
                path: path.clone(),
                interval: "5s",
                hostname: public.host.clone(),
                headers: forwarded(service),
            }),
            _ => None,
        };
        let servers = names.into_iter().map(|name| Server { url: format!("http://{name}:{port}") }).collect();
        LoadBalancer { servers, health_check }
    }
}

/// What a request through the proxy would say of itself, but for its host.
fn forwarded(service: &Service) -> Map<String> {
    let headers = service.proxy_headers().into_iter().filter(|(name, _)| *name != "Host");
    headers.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A file of Traefik's file provider, as far as it is generated.
#[derive(Debug, Serialize)]
struct Routes {
    http: Http,
}

#[derive(Debug, Serialize)]
struct Http {
    routers: Map<Router>,
    services: Map<LoadBalanced>,
    middlewares: Middlewares,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Router {
    rule: Rule,
    entry_points: [&'static str; 1],
    middlewares: [&'static str; 1],
    service: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<Tls>,
}

impl Router {
    fn to(target: &Target) -> Self {
        let tls = target.public.tls;
        Self {
            rule: Rule::host(&target.public.host),
            entry_points: [if tls { "websecure" } else { "web" }],
            middlewares: ["retry"],
            service: target.service.name.to_string(),
            tls: tls.then_some(Tls { cert_resolver: "letsencrypt" }),
        }
    }

    fn redirect(host: &str) -> Self {
        Self {
            rule: Rule::host(host),
            entry_points: ["web"],
            middlewares: ["redirect"],
            service: "noop@internal".to_owned(),
            tls: None,
        }
    }
}

/// What requests a router takes, in Traefik's language.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Rule(String);

impl Rule {
    /// Requests for a host: a DNS name, in which no backtick can end the text.
    fn host(host: &str) -> Self {
        Self(format!("Host(`{host}`)"))
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Tls {
    cert_resolver: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LoadBalanced {
    load_balancer: LoadBalancer,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LoadBalancer {
    servers: Vec<Server>,
    #[serde(skip_serializing_if = "Option::is_none")]
    health_check: Option<HealthCheckOptions>,
}

#[derive(Debug, Serialize)]
struct Server {
    url: String,
}

#[derive(Debug, Serialize)]
struct HealthCheckOptions {
    path: String,
    interval: &'static str,
    hostname: String,
    headers: Map<String>,
}

#[derive(Debug, Serialize)]
struct Middlewares {
    retry: RetryMiddleware,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect: Option<RedirectMiddleware>,
}

#[derive(Debug, Serialize)]
struct RetryMiddleware {
    retry: Retry,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Retry {
    attempts: u32,
    initial_interval: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RedirectMiddleware {
    redirect_scheme: RedirectScheme,
}

#[derive(Debug, Serialize)]
struct RedirectScheme {
    scheme: &'static str,
    permanent: bool,
}
