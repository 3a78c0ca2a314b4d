//! What a picture tells of a service.

use crate::quantity::Memory;
use crate::topology::{CeleryRole, Framework, Kind, Name, Service, Stack, Topology, WebApp};
use serde::{Deserialize, Serialize};

/// What a picture tells of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceSummary {
    /// Its name.
    pub name: Name,
    /// The document's key that says what it is, such as `python` or `postgres`.
    pub kind_key: String,
    /// What it is, as people write it: `FastAPI`, `Celery`, `PostgreSQL 18`.
    pub title: String,
    /// What it is there for.
    pub role: Role,
    /// Whether somebody else runs it, so that nothing is started for it.
    pub is_external: bool,
    /// Where somebody else runs it, if that is known.
    pub external_host: Option<String>,
    /// The services that it connects to, as indices into the report's.
    pub needs: Vec<usize>,
    /// The host under which everyone can reach it.
    pub public: Option<String>,
    /// Whether everyone reaches it by HTTPS.
    pub is_https: bool,
    /// How many containers when nothing happens.
    pub replicas: u32,
    /// How many at the busiest time.
    pub peak_replicas: u32,
    /// Processes in one container, where they are the person's code.
    pub processes: Option<u32>,
    /// The memory limit of one container.
    pub limit: Memory,
    /// The size of its disk.
    pub storage: Option<Memory>,
    /// When it runs, if it does not all the time: five fields of cron.
    pub schedule: Option<String>,
}

/// What a service is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// It answers requests.
    Serves,
    /// It works in the background, or now and then.
    Works,
    /// It keeps what others rely on.
    Keeps,
}

impl ServiceSummary {
    pub(super) fn of(service: &Service, topology: &Topology) -> Self {
        let is_code = matches!(service.kind, Kind::Web { .. } | Kind::Worker { .. } | Kind::Celery { .. });
        let external_host = match &service.kind {
            Kind::External { host, .. } => host.clone(),
            _ => None,
        };
        Self {
            name: service.name.clone(),
            kind_key: service.kind_key.to_owned(),
            title: title(service, topology),
            role: role(service),
            is_external: service.is_external(),
            external_host,
            needs: service.needs.iter().map(|id| id.index()).collect(),
            public: service.public.as_ref().map(|public| public.host.clone()),
            is_https: service.public.as_ref().is_some_and(|public| public.tls),
            replicas: service.replicas.steady(),
            peak_replicas: service.replicas.peak(),
            processes: is_code.then_some(service.workers),
            limit: service.memory.limit,
            storage: service.storage.as_ref().map(|storage| storage.size),
            schedule: service.schedule.as_ref().map(ToString::to_string),
        }
    }
}

fn role(service: &Service) -> Role {
    match service.kind {
        Kind::Worker { .. } | Kind::Celery { .. } => Role::Works,
        Kind::Catalog(_) | Kind::External { .. } if service.keeps_data() || service.is_external() => Role::Keeps,
        _ if service.port.is_none() || service.schedule.is_some() => Role::Works,
        _ if service.is_stateful() => Role::Keeps,
        _ => Role::Serves,
    }
}

fn title(service: &Service, topology: &Topology) -> String {
    match &service.kind {
        Kind::Web { app, .. } => match app {
            WebApp::Python { framework: Framework::Fastapi, .. } => "FastAPI",
            WebApp::Python { framework: Framework::Starlette, .. } => "Starlette",
            WebApp::Python { framework: Framework::Django, .. } => "Django",
            WebApp::Python { framework: Framework::Flask, .. } => "Flask",
            WebApp::Node => "Node.js",
            WebApp::Go => "Go",
        }
        .to_owned(),
        Kind::Worker { build } => {
            let language = match topology.build(*build).stack {
                Stack::Python { .. } => "Python",
                Stack::Node { .. } => "Node.js",
                Stack::Go { .. } => "Go",
                Stack::Dockerfile { .. } => "Dockerfile",
            };
            if service.schedule.is_some() { format!("{language} job") } else { format!("{language} worker") }
        }
        Kind::Celery { role: CeleryRole::Worker, .. } => "Celery".to_owned(),
        Kind::Celery { role: CeleryRole::Beat, .. } => "Celery beat".to_owned(),
        Kind::Dockerfile { .. } => "Dockerfile".to_owned(),
        Kind::Image => short(&service.image).to_owned(),
        Kind::Catalog(kind) => match tag(&service.image) {
            Some(version) => format!("{} {version}", kind.title()),
            None => kind.title().to_owned(),
        },
        Kind::External { kind, .. } => kind.title().to_owned(),
    }
}

/// An image's reference without its registry and digest: `acme/api:1.4` of `ghcr.io/acme/api:1.4`.
fn short(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.split_once('/') {
        Some((registry, rest)) if registry.contains(['.', ':']) || registry == "localhost" => rest,
        _ => image,
    }
}

/// The version that an image's tag starts with: `18` of `postgres:18-alpine`.
fn tag(image: &str) -> Option<&str> {
    let (_, tag) = short(image).rsplit_once(':')?;
    let version = tag.split('-').next()?;
    version.starts_with(|first: char| first.is_ascii_digit()).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_told_by_what_people_call_them() {
        assert_eq!(short("ghcr.io/acme/api:1.4"), "acme/api:1.4");
        assert_eq!(short("localhost:5000/api@sha256:00"), "api");
        assert_eq!(short("library/nginx"), "library/nginx");
        assert_eq!(tag("postgres:18-alpine"), Some("18"));
        assert_eq!(tag("registry:5000/postgres"), None);
        assert_eq!(tag("postgres:latest"), None);
    }
}
